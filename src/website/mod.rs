//! What all memos together are published as: the home page, lists, calendar, feed, search.
//!
//! In: the manifest's memos, the office, templates of pages. Out: [`Made`], the parts of the website with their
//! files. A part that is made from the same as before is not made again. Not here: the pages of memos, which
//! the press makes; the output folder.

mod around;
mod events;
mod lists;
mod numbers;
mod pages;
mod rows;
mod schedules;
mod searched;

use std::num::NonZeroUsize;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    layout::Kind,
    model::{Office, date},
    search::NotIndexed,
    site::{Files, MemoEntry, OutputPath, Part, SiteFile, digest},
    template::Engine,
    threads,
};
use pages::Page;
use rows::Row;

/// What the website is made of.
pub struct Site<'a> {
    /// The office.
    pub office: &'a Office,
    /// The memos that are shown.
    pub memos: &'a [&'a MemoEntry],
    /// What releases are called, by their ids.
    pub releases: &'a [(String, String)],
    /// The day after which dates come up; that of the newest issued memo, if none is given.
    pub as_of: Option<NaiveDate>,
    /// The templates of pages.
    pub engine: &'a Engine,
    /// The style sheet.
    pub style: &'a str,
    /// The picture of its tabs, as SVG.
    pub icon: &'a str,
    /// The digest of what pages are made of besides memos: templates, office, program.
    pub stamp: &'a str,
    /// The parts of before.
    pub before: &'a [Part],
    /// Whether a file of before is where it was.
    pub is_there: &'a (dyn Fn(&SiteFile) -> bool + Sync),
    /// Reads a published file.
    pub published: &'a (dyn Fn(&OutputPath) -> Option<Vec<u8>> + Sync),
    /// On how many threads it is made.
    pub threads: NonZeroUsize,
    /// The texts of the run.
    pub sources: &'a Sources,
}

/// A part of the website.
pub struct Made {
    /// Its entry in the manifest.
    pub part: Part,
    /// Its files; nothing if they stay as they are.
    pub files: Files,
}

/// Makes the website. A part with a fault in a template stays as it was.
pub fn make(site: &Site<'_>, faults: &mut Faults) -> Vec<Made> {
    let rows = rows::rows(site);
    let as_of = site.as_of.or_else(|| newest_issued(site.memos));
    let lists: Vec<Maker<'_>> = vec![
        Box::new(|parts| parts.pages("home", &lists::home(site, &rows, as_of))),
        Box::new(|parts| {
            lists::years(&rows).iter().for_each(|(year, pages)| parts.pages(&format!("memos/{year}"), pages));
        }),
        Box::new(|parts| parts.pages("memos", &lists::all(&rows))),
        Box::new(|parts| parts.pages("topics", &lists::topics(&rows))),
        Box::new(|parts| parts.pages("releases", &schedules::releases(site, &rows))),
        Box::new(|parts| parts.pages("entities", &schedules::entities(site, &rows))),
        Box::new(|parts| parts.pages("calendar", &schedules::calendar(site, &rows))),
        Box::new(|parts| {
            let years = numbers::years(&rows);
            years.iter().for_each(|(year, pages)| parts.pages(&format!("numbers/{year}"), pages));
        }),
        Box::new(|parts| parts.pages("around", &around::pages(site, &rows))),
        Box::new(|parts| parts.files("data", &data_of(&rows), || Ok((around::data(site, &rows), true)))),
    ];
    // What takes longest begins first.
    let makers: Vec<_> = searched::makers(site, &rows).into_iter().chain(lists).collect();
    let done = threads::each(&makers, site.threads, |make| {
        let mut parts = Parts { site, faults: Faults::default(), made: Vec::new() };
        make(&mut parts);
        (parts.made, parts.faults)
    });
    let mut all = Vec::new();
    for (made, own) in done {
        faults.take_over(own);
        all.extend(made);
    }
    all.sort_by(|a, b| a.part.name.cmp(&b.part.name));
    all
}

/// Makes parts of the website.
type Maker<'a> = Box<dyn Fn(&mut Parts<'_, '_>) + Sync + 'a>;

/// What the data of all memos is made from.
fn data_of<'a>(rows: &'a [Row<'_>]) -> Vec<&'a MemoEntry> {
    rows.iter().map(|row| row.entry).collect()
}

/// The date of the newest memo that has been issued.
fn newest_issued(memos: &[&MemoEntry]) -> Option<NaiveDate> {
    let issued = memos.iter().filter(|memo| memo.status == "issued" || memo.status == "archived");
    issued.filter_map(|memo| date::read(&memo.date).ok()).max()
}

/// The parts so far.
struct Parts<'a, 's> {
    site: &'a Site<'s>,
    faults: Faults,
    made: Vec<Made>,
}

impl Parts<'_, '_> {
    /// A part of pages from templates.
    fn pages(&mut self, name: &str, pages: &[Page]) {
        let site = self.site;
        let key: Vec<String> = pages.iter().map(Page::made_from).collect();
        let fill =
            |faults: &mut Faults| pages.iter().map(|page| page.fill(site, faults)).collect::<Option<Files>>();
        self.part(name, &key.join("\n"), |faults| Some((fill(faults)?, true)));
    }

    /// A part of other files, made from what `key` says. `make` tells whether everything was there that they are made
    /// from; if not, they are made anew the next time.
    fn files(
        &mut self,
        name: &str,
        key: &impl Serialize,
        make: impl FnOnce() -> Result<(Files, bool), NotIndexed>,
    ) {
        let place = self.site.office.published_as.place.source.start();
        let wrong = |wrong: NotIndexed| {
            Diagnostic::new(Code::ProgramFailed, place, wrong.to_string())
                .expected("all else of the website is made")
                .help("tell those who look after ccrov")
        };
        self.part(name, &pages::json(key), |faults| make().map_err(|said| faults.push(wrong(said))).ok());
    }

    fn part(&mut self, name: &str, key: &str, make: impl FnOnce(&mut Faults) -> Option<(Files, bool)>) {
        let made_from = digest(format!("{}\n{name}\n{key}", self.site.stamp).as_bytes());
        let before = self.site.before.iter().find(|part| part.name == name);
        let same =
            before.filter(|part| part.made_from == made_from && part.files.iter().all(self.site.is_there));
        if let Some(part) = same {
            return self.made.push(Made { part: part.clone(), files: Vec::new() });
        }
        let Some((files, whole)) = make(&mut self.faults) else {
            self.made.extend(before.map(|part| Made { part: part.clone(), files: Vec::new() }));
            return;
        };
        let listed = files.iter().map(|(path, bytes)| SiteFile {
            path: path.clone(),
            size: bytes.len() as u64,
            sha256: digest(bytes),
        });
        let made_from = if whole { made_from } else { String::new() };
        let part = Part { name: name.to_owned(), made_from, files: listed.collect() };
        self.made.push(Made { part, files });
    }
}
