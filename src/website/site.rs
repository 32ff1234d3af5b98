//! What the website is made of.
//!
//! In: nothing. Out: [`Site`], which every list reads. Not here: what is made of it.

use std::{collections::BTreeSet, num::NonZeroUsize};

use chrono::NaiveDate;

use crate::{
    diagnostic::Sources,
    model::Office,
    output::{MemoEntry, OutputPath, SiteFile, SitePart},
    template::Engine,
};

/// What the website is made of.
pub struct Site<'a> {
    /// The office.
    pub office: &'a Office,
    /// The memos that are shown.
    pub memos: &'a [&'a MemoEntry],
    /// What releases are called, by their ids.
    pub releases: &'a [(String, String)],
    /// The ids of memos whose schedule does not hold, for an older one has told more delays.
    pub behind: &'a BTreeSet<String>,
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
    pub before: &'a [SitePart],
    /// Whether a file of before is where it was.
    pub is_there: &'a (dyn Fn(&SiteFile) -> bool + Sync),
    /// Reads a published file.
    pub published: &'a (dyn Fn(&OutputPath) -> Option<Vec<u8>> + Sync),
    /// On how many threads it is made.
    pub threads: NonZeroUsize,
    /// The texts of the run.
    pub sources: &'a Sources,
}
