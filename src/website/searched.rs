//! The search of the website: its page, what all years share, a part a year.
//!
//! In: rows, the published texts. Out: what makes parts. Not here: the index itself, which is `search`'s.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Maker, Row, Site, pages::Page};
use crate::{
    document::Document,
    search::{self, NotIndexed, Output, Searched},
    site::{Form, Piece},
};

/// What makes the parts of the search.
pub(super) fn makers<'a>(site: &'a Site<'_>, rows: &'a [Row<'a>]) -> Vec<Maker<'a>> {
    let mut years: BTreeMap<i32, Vec<&Row<'_>>> = BTreeMap::new();
    rows.iter().for_each(|row| years.entry(row.year()).or_default().push(row));
    let topics: BTreeSet<&str> = rows.iter().filter_map(|row| row.topic).collect();
    let page = Page::new("search/index.html", "search.html", Kind::Search, "Search")
        .with("years", &years.keys().rev().collect::<Vec<_>>())
        .with("topics", &topics);
    let pages = [page];
    let mut makers: Vec<Maker<'_>> = vec![
        Box::new(move |parts| parts.pages("search", &pages)),
        Box::new(|parts| parts.files("search/shared", &(), search::shared)),
    ];
    for (year, rows) in years {
        makers.push(Box::new(move |parts| {
            let texts: Vec<_> = rows.iter().map(|row| text_digest(row)).collect();
            let about: Vec<_> =
                rows.iter().map(|row| (row.page(), row.number, row.title, row.status)).collect();
            parts.files(&format!("search/{year}"), &(texts, about), || part(site, year, &rows));
        }));
    }
    makers
}

/// The digest of the text of a memo.
fn text_digest<'a>(row: &'a Row<'_>) -> Option<&'a str> {
    let text = row.entry.artifacts.iter().find(|file| (file.document, file.kind) == (Piece::Memo, Form::Md));
    text.map(|file| file.sha256.as_str())
}

fn part(site: &Site<'_>, year: i32, rows: &[&Row<'_>]) -> Result<Vec<Output>, NotIndexed> {
    let text = |row: &Row<'_>| {
        let file = row.entry.artifacts.iter().find(|f| (f.document, f.kind) == (Piece::Memo, Form::Md))?;
        let markdown = (site.published)(&file.path)?;
        Some(Document::parse(&String::from_utf8_lossy(&markdown)).ok()?.plain_text())
    };
    let texts: Vec<String> = rows.iter().map(|row| text(row).unwrap_or_default()).collect();
    let searched = rows.iter().zip(&texts).filter_map(|(row, text)| {
        Some(Searched {
            page: row.page()?,
            number: row.number,
            title: row.title,
            date: row.day,
            topic: row.topic,
            status: row.status,
            text,
        })
    });
    search::part(year, &searched.collect::<Vec<_>>())
}
