//! `_ccrov/published.json`: what was published at a target, kept there.
//!
//! It alone says which files of a target are ours. Not here: how it is brought there.

use std::{collections::BTreeMap, error::Error, fmt};

use serde::{Deserialize, Serialize};

use super::plan::{FilesByPath, TargetPlan, by_path};
use crate::{
    format::{Format, Newer},
    output::{OutputPath, SiteFile},
};

/// Where the record stands at a target.
pub(super) const RECORD: &str = "_ccrov/published.json";

/// The folder of a target in which no file of a site can stand.
pub(super) const OWN: &str = "_ccrov/";

/// Why text is no record that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotARecord {
    /// It is none: the line and column of its JSON.
    Json(String),
    /// A newer program wrote it.
    Newer(Newer),
}

impl fmt::Display for NotARecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotARecord::Json(place) => write!(f, "{place}; put back what was changed in it"),
            NotARecord::Newer(newer) => newer.fmt(f),
        }
    }
}

impl Error for NotARecord {}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// The number of its format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    pub format: Format,
    /// How often something was published there.
    pub generation: u64,
    /// What a visitor finds: the files of the last publication that came to its end.
    pub files: Vec<SiteFile>,
    /// How the last publication is taken back, if it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Back>,
    /// Files that a publication is sending or removing, and that may be in any state if it was interrupted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<SiteFile>,
    /// The digests of the files that are kept so that a publication can be taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// The tags that storage gave to files as they were published: while an object has its tag, it has its content.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<OutputPath, String>,
    /// Whose turn it is, in storage, until it is done: nobody else touches anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// A run that is under way, or was interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// No other run has it.
    pub id: String,
    /// Whether it is an undo.
    #[serde(default)]
    pub undo: bool,
    /// How often something had been published when it began.
    pub generation: u64,
}

/// The way back to what was there before a publication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Back {
    /// The files that it replaced or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put: Vec<SiteFile>,
    /// The files that were not there before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<OutputPath>,
}

impl Record {
    /// Reads a record.
    pub fn read(json: &[u8]) -> Result<Record, NotARecord> {
        Format::check(json, Format::FIRST).map_err(NotARecord::Newer)?;
        serde_json::from_slice(json).map_err(|error| NotARecord::Json(error.to_string()))
    }

    /// As JSON with a line end.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("text, numbers and lists always serialise");
        json.push(b'\n');
        json
    }

    /// The files by their paths.
    pub fn files(&self) -> FilesByPath {
        by_path(&self.files)
    }

    /// The record of what a plan leads to.
    pub fn next(&self, plan: &TargetPlan, undo: Option<Back>) -> Record {
        Record { generation: self.generation + 1, files: plan.after(), undo, ..Record::default() }
    }
}

impl Back {
    /// The way back from what a plan leads to, to the files that `were` there before, as far as they can be brought
    /// back. Of a file that somebody else has spoiled, what replaces it stays.
    pub fn of(
        plan: &TargetPlan,
        were: &FilesByPath,
        can_be_brought_back: impl Fn(&SiteFile) -> bool,
    ) -> Back {
        let now = by_path(&plan.after());
        let same = |file: &SiteFile| now.get(&file.path).is_some_and(|new| new.sha256 == file.sha256);
        let put = were.values().filter(|file| !same(file) && can_be_brought_back(file));
        Back {
            put: put.cloned().collect(),
            remove: now.keys().filter(|path| !were.contains_key(*path)).cloned().collect(),
        }
    }

    /// What is there when it has been gone.
    pub fn from(&self, files: &FilesByPath) -> FilesByPath {
        let mut before = files.clone();
        self.remove.iter().for_each(|path| drop(before.remove(path)));
        before.extend(by_path(&self.put));
        before
    }
}
