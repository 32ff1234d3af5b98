//! What a publication would change at its target.
//!
//! In: what stands there, what is wanted, what is in doubt. Out: a fate for each file. Pure: a target says what
//! stands there, and the command line prints it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::output::{OutputPath, SiteFile};

/// Files by their paths.
pub(super) type FilesByPath = BTreeMap<OutputPath, SiteFile>;

/// What becomes of a file at the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is not there yet.
    New,
    /// It is there and differs, or it is not certain what is there.
    Changed,
    /// It is there as it should be.
    Unchanged,
    /// It was published and belongs to nothing any more.
    Removed,
}

/// A file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// The file as it is to be; one that is removed, as it was.
    pub file: SiteFile,
    /// What becomes of it.
    pub fate: Fate,
}

/// Every file of the target that is ours or is to be, in the order of paths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetPlan {
    /// The files.
    pub files: Vec<PlannedFile>,
}

impl TargetPlan {
    /// Compares what is there with what is wanted. What is `touched` is ours, and may hold anything or be missing.
    pub(super) fn new(there: &FilesByPath, wanted: &FilesByPath, touched: &FilesByPath) -> TargetPlan {
        let paths: BTreeSet<_> = there.keys().chain(wanted.keys()).chain(touched.keys()).collect();
        let planned = |path: &OutputPath| {
            let is_touched = touched.contains_key(path);
            let (file, fate) = match (wanted.get(path), there.get(path)) {
                (Some(file), _) if is_touched => (file, Fate::Changed),
                (Some(file), None) => (file, Fate::New),
                (Some(file), Some(old)) if file.sha256 == old.sha256 => (file, Fate::Unchanged),
                (Some(file), Some(_)) => (file, Fate::Changed),
                (None, old) => (old.or_else(|| touched.get(path))?, Fate::Removed),
            };
            Some(PlannedFile { file: file.clone(), fate })
        };
        TargetPlan { files: paths.into_iter().filter_map(planned).collect() }
    }

    /// Everything stays as it is.
    pub(super) fn of_no_change(there: &FilesByPath) -> TargetPlan {
        TargetPlan::new(there, there, &FilesByPath::new())
    }

    /// The files with a fate.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &SiteFile> {
        self.files.iter().filter(move |planned| planned.fate == fate).map(|planned| &planned.file)
    }

    /// Whether everything is there as it should be.
    pub fn is_done(&self) -> bool {
        self.files.iter().all(|planned| planned.fate == Fate::Unchanged)
    }

    /// The files whose bytes go to the target.
    pub fn sent(&self) -> impl Iterator<Item = &SiteFile> {
        let sent = |planned: &&PlannedFile| matches!(planned.fate, Fate::New | Fate::Changed);
        self.files.iter().filter(sent).map(|planned| &planned.file)
    }

    /// The files that are there afterwards.
    pub(super) fn after(&self) -> Vec<SiteFile> {
        let stays = |planned: &&PlannedFile| planned.fate != Fate::Removed;
        self.files.iter().filter(stays).map(|planned| planned.file.clone()).collect()
    }
}

/// Files, each path once.
pub(super) fn by_path<'a>(files: impl IntoIterator<Item = &'a SiteFile>) -> FilesByPath {
    files.into_iter().map(|file| (file.path.clone(), file.clone())).collect()
}
