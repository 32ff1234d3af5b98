//! Memos -> what a visitor's browser searches in.
//!
//! In: the published words of memos. Out: the files of `search/`. Not here: the page, which is the template
//! `search.html`; which memos are published.
//!
//! The files of a year are made by [`part`] and are all that a change of one of its memos makes again, but for what
//! [`words()`] makes of all years: where to look for a word. [`shared`] is what runs in the browser. What is found by which
//! words is said in [`query`], for `ccrov find` and for the page's script alike.

mod ascending;
mod index;
mod merge;
mod normal;
pub mod query;
mod text;
mod wordings;
mod words;

use std::{error::Error, fmt};

use chrono::NaiveDate;

pub use merge::{is_places, words};
pub use text::{MemoText, text_files, text_of};

use crate::output::OutputPath;

/// A memo as it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchEntry<'a> {
    /// Where it leads: a path from the site's base, or a whole address.
    pub page: &'a str,
    /// Its printed number.
    pub number: Option<&'a str>,
    /// Its subject.
    pub title: &'a str,
    /// The date it bears.
    pub date: NaiveDate,
    /// What it is about, as [`crate::model::topic`] finds it.
    pub topic: Option<&'a str>,
    /// How far it has come: "issued", "withdrawn", "archived".
    pub status: &'a str,
    /// The memo that is to be read in its place, as it is called: "CC/ROV #24904".
    pub superseded: Option<&'a str>,
    /// What is printed above its text, as [`text_of`] gives it.
    pub opening: &'a str,
    /// Its words, as [`text_of`] gives them; empty if it is kept elsewhere.
    pub text: &'a str,
}

impl SearchEntry<'_> {
    /// What memos are sorted by, in rising order.
    pub fn place(&self) -> String {
        format!("{} {} {}", self.date, self.number.unwrap_or(""), self.page)
    }
}

/// A file that the words of all years are made of cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotIndexed(pub OutputPath);

impl fmt::Display for NotIndexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the index of the search cannot be made: {} cannot be read", self.0)
    }
}

impl Error for NotIndexed {}

/// A file of the search.
pub type Output = (OutputPath, Vec<u8>);

/// The files of `search/<year>/`, in the order of paths. The order of the memos does not matter.
///
/// ```
/// use ccrov::search::{self, SearchEntry};
/// let memo = SearchEntry {
///     page: "ccrov/2021/august/21144dl.html",
///     number: Some("21144"),
///     title: "VoteCal: Release",
///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
///     topic: Some("VoteCal"),
///     status: "issued",
///     superseded: None,
///     opening: "August 31, 2021",
///     text: "The release is on Sunday.",
/// };
/// let files = search::part(2021, &[memo]);
/// let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
/// assert_eq!(names, ["search/2021/memos-0-0.txt", "search/2021/places-0.txt"]);
/// ```
pub fn part(year: i32, memos: &[SearchEntry<'_>]) -> Vec<Output> {
    let mut memos = memos.to_vec();
    memos.sort_by_cached_key(|memo| (memo.place(), memo.title.to_owned()));
    index::files(year, &memos)
}

/// The scripts of the page. They depend on the version of this program alone.
pub fn shared() -> Vec<Output> {
    let scripts = [
        ("search/index.js", include_str!("index.js")),
        ("search/search.js", include_str!("search.js")),
        ("search/stem.js", include_str!("stem.js")),
        ("search/wordings.js", include_str!("wordings.js")),
    ];
    scripts.map(|(name, text)| output(name, text.to_owned())).into()
}

/// A file at a path of letters, figures, hyphens, dots and slashes.
fn output(path: &str, text: String) -> Output {
    (path.parse().expect("the names of these files are harmless"), text.into_bytes())
}
