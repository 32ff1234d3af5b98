//! Memos -> what a visitor's browser searches in, a part a year.
//!
//! In: the published words of memos. Out: the files of `search/`. Not here: the page, which is the template
//! `search.html`; which memos are published.
//!
//! Index and search are pagefind's. A browser loads [`shared`] once, and of each year's [`part`] only the
//! stretches of the index that the words need. What is found by which words is said in [`query`], for
//! `ccrov find` and for the page's script alike.

mod index;
mod normal;
pub mod query;
mod text;
mod wordings;
mod words;

use std::{error::Error, fmt, io};

use chrono::NaiveDate;

pub use text::{text_files, text_of};

use crate::output::{NotAPath, OutputPath};

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
    /// Its words, as [`text_of`] gives them; empty if it is kept elsewhere.
    pub text: &'a str,
}

impl SearchEntry<'_> {
    /// What memos are sorted by, in rising order.
    pub fn place(&self) -> String {
        format!("{} {} {}", self.date, self.number.unwrap_or(""), self.page)
    }
}

/// Why there is no index.
#[derive(Debug)]
pub enum NotIndexed {
    /// The system refuses what the maker of the index needs.
    System(io::Error),
    /// The maker of the index says why.
    Pagefind(String),
    /// The maker of the index failed.
    Panicked,
    /// A file of the index has a name that cannot be published.
    Path(String, NotAPath),
}

impl fmt::Display for NotIndexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the index of the search cannot be made: ")?;
        match self {
            NotIndexed::System(error) => error.fmt(f),
            NotIndexed::Pagefind(why) => f.write_str(why),
            NotIndexed::Panicked => f.write_str("its maker failed"),
            NotIndexed::Path(path, why) => write!(f, "{path}: {why}"),
        }
    }
}

impl Error for NotIndexed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NotIndexed::System(error) => Some(error),
            NotIndexed::Path(_, why) => Some(why),
            NotIndexed::Pagefind(_) | NotIndexed::Panicked => None,
        }
    }
}

/// A file of the search.
pub type Output = (OutputPath, Vec<u8>);

/// The files of `search/<year>/`, in the order of paths. The order of the memos does not matter.
///
/// # Errors
/// [`NotIndexed`] with what pagefind said.
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
///     text: "The release is on Sunday.",
/// };
/// let files = search::part(2021, &[memo]).unwrap();
/// assert!(files.iter().all(|(path, _)| path.as_str().starts_with("search/2021/")));
/// assert!(files.iter().any(|(path, _)| path.as_str() == "search/2021/pagefind-entry.json"));
/// ```
pub fn part(year: i32, memos: &[SearchEntry<'_>]) -> Result<Vec<Output>, NotIndexed> {
    let mut memos = memos.to_vec();
    memos.sort_by_cached_key(|memo| (memo.place(), memo.title.to_owned()));
    let records = index::records(&memos);
    let own = |name: &str| {
        ["pf_meta", "pf_index", "pf_fragment", "pf_filter", "json"].iter().any(|e| name.ends_with(e))
    };
    index::files(records, &format!("search/{year}"), own)
}

/// The files that all years share: the page's script, pagefind's, and its program. They depend on the version of
/// this program alone.
///
/// # Errors
/// [`NotIndexed`] with what pagefind said.
pub fn shared() -> Result<Vec<Output>, NotIndexed> {
    let script = ("search/search.js".parse(), include_bytes!("search.js").to_vec());
    let own = |name: &str| {
        matches!(name, "pagefind.js" | "wasm.en.pagefind" | "pagefind-entry.json")
            || name.ends_with("pf_meta")
    };
    let mut files = index::files(vec![index::nothing()], "search", own)?;
    files.push((script.0.expect("a plain file name is a path"), script.1));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}
