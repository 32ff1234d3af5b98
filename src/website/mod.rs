//! What all memos together are published as: the home page, lists, calendar, feed, search.
//!
//! In: the manifest's memos, the office, templates of pages. Out: [`PartFiles`], the parts of the website with their
//! files. A part that is made from the same as before is not made again. Not here: the pages of memos, which
//! the press makes; the output folder.

mod announced;
mod around;
mod asked;
mod calendars;
mod entities;
mod event_words;
mod events;
mod groups;
mod lists;
mod numbers;
mod pages;
mod parts;
mod rows;
mod schedules;
mod search_parts;
mod site;

use chrono::NaiveDate;

pub use parts::PartFiles;
pub use site::Site;

use crate::{
    diagnostic::Faults,
    layout::PageKind,
    output::{MemoEntry, OutputPath},
    threads,
};
use entities::EntityListing;
use parts::{Maker, Parts};
use rows::MemoListing;

/// The website's own files that lie in no folder.
const FILES: [&str; 11] = [
    "404.html",
    "feed.css",
    "feed.xml",
    "icon.svg",
    "index.html",
    "manifest.json",
    "memos.json",
    "next.js",
    "robots.txt",
    "sitemap.xml",
    "style.css",
];

/// The website's own folders.
const FOLDERS: [&str; 8] =
    ["_ccrov", "calendar", "counties", "entities", "memos", "releases", "search", "topics"];

/// Whether a path is one of the website's own, which no memo can be published as. That of a bare number is, too:
/// `21144/index.html`.
pub fn is_own(path: &OutputPath) -> bool {
    let path = path.key();
    match path.split_once('/') {
        None => FILES.contains(&path.as_str()),
        // No folder can have the name of a file.
        Some((folder, rest)) => FOLDERS.contains(&folder) || FILES.contains(&folder) || rest == "index.html",
    }
}

/// Makes the website. A part with a fault in a template stays as it was.
pub fn make(site: &Site<'_>, faults: &mut Faults) -> Vec<PartFiles> {
    let rows = rows::rows(site);
    let as_of = site.as_of.or_else(|| newest_issued(site.memos));
    let entities = EntityListing::all(site, &rows);
    let lists: Vec<Maker<'_>> = vec![
        Box::new(|parts| parts.pages("home", &lists::home(site, &rows, &entities, as_of))),
        Box::new(|parts| {
            lists::years(&rows).iter().for_each(|(year, pages)| parts.pages(&format!("memos/{year}"), pages));
        }),
        Box::new(|parts| parts.pages("memos", &lists::all(&rows))),
        Box::new(|parts| parts.pages("topics", &lists::topics(&rows))),
        Box::new(|parts| parts.pages("releases", &schedules::releases(site, &rows))),
        Box::new(|parts| parts.pages("entities", &asked::pages(site, &rows, &entities, as_of))),
        Box::new(|parts| parts.pages("calendar", &schedules::calendar(site, &rows))),
        Box::new(|parts| {
            let years = numbers::years(&rows);
            years.iter().for_each(|(year, pages)| parts.pages(&format!("numbers/{year}"), pages));
        }),
        Box::new(|parts| parts.pages("around", &around::pages(site, &rows))),
        Box::new(|parts| calendars::make(site, &rows, &entities, parts)),
        Box::new(|parts| parts.files("data", &data_of(&rows), || Ok((around::data(site, &rows), true)))),
    ];
    // What takes longest begins first.
    let makers: Vec<_> = search_parts::makers(site, &rows).into_iter().chain(lists).collect();
    let done = threads::each(&makers, site.threads, |make| {
        let mut parts = Parts::of(site);
        make(&mut parts);
        (parts.made, parts.faults)
    });
    let mut all = Vec::new();
    for (made, own) in done {
        faults.take_over(own);
        all.extend(made);
    }
    let mut words = Parts::of(site);
    search_parts::words(site, &all, &mut words);
    faults.take_over(words.faults);
    all.extend(words.made);
    all.sort_by(|a, b| a.part.name.cmp(&b.part.name));
    all
}

/// What the data of all memos is made from.
fn data_of<'a>(rows: &'a [MemoListing<'_>]) -> Vec<&'a MemoEntry> {
    rows.iter().map(|row| row.entry).collect()
}

/// The date of the newest memo that has been issued.
fn newest_issued(memos: &[&MemoEntry]) -> Option<NaiveDate> {
    let issued = memos.iter().filter(|memo| memo.status == "issued" || memo.status == "archived");
    issued.map(|memo| memo.date).max()
}
