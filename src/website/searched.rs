//! The search of the website: its page, what all years share, a part a year.
//!
//! In: rows, the published texts. Out: parts. Not here: the index itself, which is `search`'s.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Parts, Row, Site, pages::Page};
use crate::{
    document::Document,
    search::{self, NotIndexed, Output, Searched},
    site::{Form, Piece},
};

/// Adds the parts of the search.
///
/// # Errors
/// [`NotIndexed`] of the first part that cannot be made.
pub(super) fn parts(parts: &mut Parts<'_, '_>, rows: &[Row<'_>]) -> Result<(), NotIndexed> {
    let mut years: BTreeMap<i32, Vec<&Row<'_>>> = BTreeMap::new();
    rows.iter().for_each(|row| years.entry(row.year()).or_default().push(row));
    let topics: BTreeSet<&str> = rows.iter().filter_map(|row| row.topic).collect();
    let page = Page::new("search/index.html", "search.html", Kind::Search, "Search")
        .with("years", &years.keys().rev().collect::<Vec<_>>())
        .with("topics", &topics);
    parts.pages("search", &[page]);
    let mut said = Ok(());
    parts.files("search/shared", &(), || search::shared().map_err(|wrong| said = Err(wrong)).ok());
    for (year, rows) in &years {
        let site = parts.site;
        let texts: Vec<_> = rows.iter().map(|row| text_digest(row)).collect();
        let about: Vec<_> = rows.iter().map(|row| (row.page(), row.number, row.title, row.status)).collect();
        parts.files(&format!("search/{year}"), &(texts, about), || {
            part(site, *year, rows).map_err(|wrong| said = Err(wrong)).ok()
        });
    }
    said
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
