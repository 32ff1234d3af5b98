//! What programs and lost visitors read: the feed, the list for search engines, the data of all memos, the page
//! that stands where there is none, the style sheet.
//!
//! In: rows. Out: pages and files. Not here: lists for people.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::{MemoListing, PageKind, Site, pages::WebPage};
use crate::{
    model::{Id, Relation, topic},
    output::{ChangesEntry, Form, OutputPath, Piece, StepEntry},
};

/// How many memos the feed has: those whose standing changed last.
const FEED: usize = 40;

/// The feed and the list for search engines, if the site has an address; the page that stands where there is none.
pub(super) fn pages(site: &Site<'_>, rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let title = &site.office.website.title;
    let mut pages =
        vec![WebPage::new("404.html", "missing.html", PageKind::Missing, "There is no such page")];
    if site.office.website.address.is_none() {
        return pages;
    }
    let mut newest: Vec<&MemoListing<'_>> = rows.iter().collect();
    // A memo of long ago that is withdrawn today is news. Rows of one day stay in their order.
    newest.sort_by_key(|row| Reverse(row.updated));
    let feed: Vec<_> = newest.into_iter().take(FEED).map(FeedItem::of).collect();
    // The feed is as new as its newest entry: the clock has no part in it.
    let updated = feed.iter().map(|item| item.updated).max();
    pages.push(
        WebPage::new("feed.xml", "feed.xml", PageKind::Elsewhere, title.as_str())
            .with("items", &feed)
            .with("updated", &updated.unwrap_or_default()),
    );
    let items: Vec<_> = rows.iter().filter(|row| row.page.is_some()).map(FeedItem::of).collect();
    pages.push(
        WebPage::new("sitemap.xml", "sitemap.xml", PageKind::Elsewhere, title.as_str()).with("items", &items),
    );
    pages
}

#[derive(Serialize)]
struct FeedItem<'a> {
    memo: &'a MemoListing<'a>,
    /// The last day on which its standing changed.
    updated: NaiveDate,
    /// What changed in its schedule since the memo that it updates.
    changes: Option<&'a ChangesEntry>,
}

impl<'a> FeedItem<'a> {
    fn of(row: &'a MemoListing<'a>) -> FeedItem<'a> {
        FeedItem { memo: row, updated: row.updated, changes: row.entry.changes.as_ref() }
    }
}

#[derive(Serialize)]
struct MemoData<'a> {
    id: &'a str,
    number: Option<&'a str>,
    date: NaiveDate,
    title: &'a str,
    topic: Option<&'a str>,
    status: &'a str,
    withdrawn: Option<NaiveDate>,
    /// Whether readers are to follow it: it was not withdrawn, and nothing supersedes it.
    in_force: bool,
    release: Option<&'a str>,
    /// Where its page is, or the memo itself if it is kept elsewhere.
    address: Option<String>,
    relations: std::collections::BTreeMap<Relation, &'a [Id]>,
    corrections: Vec<CorrectionData<'a>>,
    files: Vec<FileData>,
    schedule: &'a [StepEntry],
    #[serde(skip_serializing_if = "<[StepEntry]>::is_empty")]
    deadlines: &'a [StepEntry],
}

#[derive(Serialize)]
struct CorrectionData<'a> {
    date: NaiveDate,
    what: &'a str,
}

#[derive(Serialize)]
struct FileData {
    document: Piece,
    kind: Form,
    address: String,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
}

/// The data of all memos as JSON, the style sheet, and what search engines are told.
pub(super) fn data(site: &Site<'_>, rows: &[MemoListing<'_>]) -> Vec<(OutputPath, Vec<u8>)> {
    let path = |name: &str| -> OutputPath { name.parse().expect("a plain file name is a path") };
    let address = site.office.website.address.as_deref();
    let full = |path: &str| address.map_or_else(|| path.to_owned(), |address| format!("{address}/{path}"));
    let memo = |row: &MemoListing<'_>| memo(row, &full);
    let mut json = Vec::new();
    json.extend_from_slice(b"{\"memos\": [");
    for (at, row) in rows.iter().enumerate() {
        json.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        json.extend(memo(row));
    }
    json.extend_from_slice(b"\n]}\n");
    let mut files = vec![
        (path("memos.json"), json),
        (path("style.css"), site.style.as_bytes().to_vec()),
        (path("icon.svg"), site.icon.as_bytes().to_vec()),
        (path("next.js"), include_bytes!("next.js").to_vec()),
        (path("feed.css"), include_bytes!("feed.css").to_vec()),
    ];
    if let Some(address) = address {
        let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n");
        files.push((path("robots.txt"), robots.into_bytes()));
    }
    files
}

fn memo(row: &MemoListing<'_>, full: &dyn Fn(&str) -> String) -> Vec<u8> {
    let entry = row.entry;
    let file = |file: &crate::output::File| FileData {
        document: file.document,
        kind: file.kind,
        address: full(file.path.as_str()),
        size: file.size,
        pages: file.pages,
    };
    let memo = MemoData {
        id: row.id,
        number: row.number,
        date: row.day,
        title: row.title,
        topic: topic(row.title),
        status: row.status,
        withdrawn: entry.withdrawn,
        in_force: row.in_force,
        release: entry.release.as_ref().map(Id::as_str),
        address: row.address.map(str::to_owned).or_else(|| row.page.as_deref().map(full)),
        relations: entry.relations.iter().map(|(relation, ids)| (*relation, ids.as_slice())).collect(),
        corrections: entry
            .corrections
            .iter()
            .map(|correction| CorrectionData { date: correction.date, what: &correction.what })
            .collect(),
        files: entry.artifacts.iter().map(file).collect(),
        schedule: &entry.schedule,
        deadlines: &entry.deadlines,
    };
    serde_json::to_vec(&memo).expect("text, numbers and lists always serialise")
}
