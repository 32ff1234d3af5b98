//! The search of the website: its page and scripts, a part a year, and what they make together.
//!
//! In: rows, the published texts. Out: what makes parts. Not here: the index itself, which is `search`'s.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use super::{
    MemoListing, PageKind,
    pages::WebPage,
    parts::{Maker, PartFiles, Parts},
    site::Site,
};
use crate::{
    output::OutputPath,
    search::{self, NotIndexed, Output, SearchEntry, text_files, text_of},
};

/// What makes the parts of the search.
pub(super) fn makers<'a>(site: &'a Site<'_>, rows: &'a [MemoListing<'a>]) -> Vec<Maker<'a>> {
    let mut years: BTreeMap<i32, Vec<&MemoListing<'_>>> = BTreeMap::new();
    rows.iter().for_each(|row| years.entry(row.year()).or_default().push(row));
    let topics: BTreeSet<&str> = rows.iter().filter_map(|row| row.topic).collect();
    let page = WebPage::new("search/index.html", "search.html", PageKind::Search, "Search")
        .with("years", &years.keys().rev().collect::<Vec<_>>())
        .with("topics", &topics);
    let pages = [page];
    let mut makers: Vec<Maker<'_>> = vec![
        Box::new(move |parts| parts.pages("search", &pages)),
        Box::new(|parts| parts.files("search/shared", &(), || Ok((search::shared(), true)))),
    ];
    for (year, rows) in years {
        makers.push(Box::new(move |parts| {
            let texts: Vec<_> =
                rows.iter().flat_map(|row| text_files(row.entry)).map(|file| &file.sha256).collect();
            let about: Vec<_> =
                rows.iter().map(|row| (row.page(), row.number, row.day, row.title, row.status)).collect();
            let superseded: Vec<_> = rows.iter().map(|row| &row.superseded).collect();
            // A year of which no memo is superseded is made from what it always was.
            let path = format!("search/{year}");
            match superseded.iter().all(|by| by.is_none()) {
                true => parts.files(&path, &(texts, about), || Ok(part(site, year, &rows))),
                false => parts.files(&path, &(texts, about, superseded), || Ok(part(site, year, &rows))),
            }
        }));
    }
    makers
}

/// Makes what all years make together, of the parts that are made: what [`makers`] make comes first.
pub(super) fn words(site: &Site<'_>, made: &[PartFiles], parts: &mut Parts<'_, '_>) {
    let mut years: BTreeMap<&str, Vec<(&OutputPath, &str)>> = BTreeMap::new();
    for part in made {
        let places = part.part.files.iter().filter(|file| search::is_places(&file.path));
        for file in places {
            years.entry(&part.part.name).or_default().push((&file.path, &file.sha256));
        }
    }
    let new: BTreeMap<_, _> =
        made.iter().flat_map(|part| &part.files).map(|(path, text)| (path, text)).collect();
    let read = |path: &OutputPath| {
        let bytes = new.get(path).map(|bytes| (*bytes).clone()).or_else(|| (site.published)(path));
        bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| NotIndexed(path.clone()))
    };
    parts.files("search/words", &years, || {
        let texts = years.values().map(|files| files.iter().map(|(path, _)| read(path)).collect());
        Ok((search::words(&texts.collect::<Result<Vec<_>, _>>()?), true))
    });
}

/// The part of a year, and whether all that memos say was there to be read.
fn part(site: &Site<'_>, year: i32, rows: &[&MemoListing<'_>]) -> (Vec<Output>, bool) {
    let missing = Cell::new(false);
    let read = |path: &OutputPath| {
        let bytes = (site.published)(path);
        missing.set(missing.get() || bytes.is_none());
        Ok::<_, Infallible>(bytes.unwrap_or_default())
    };
    let words = |row: &&MemoListing<'_>| text_of(row.entry, read).unwrap_or_else(|never| match never {});
    let words: Vec<_> = rows.iter().map(words).collect();
    let searched = rows.iter().zip(&words).filter_map(|(row, words)| {
        Some(SearchEntry {
            page: row.page()?,
            number: row.number,
            title: row.title,
            date: row.day,
            topic: row.topic,
            status: row.status,
            superseded: row.superseded.as_deref(),
            opening: &words.opening,
            text: &words.text,
        })
    });
    (search::part(year, &searched.collect::<Vec<_>>()), !missing.get())
}
