//! A list of old memos -> archive files in memos/.
//!
//! Not here: what a row must hold, which `crate::import` knows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Refused;
use crate::{
    diagnostic::{Faults, Severity},
    folder::{Edit, Plan, Snapshot, SourcePath},
    import::{self, Imported, NotAMemo},
    records,
};

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The files that are made, by their paths from the working folder.
    pub files: Vec<SourcePath>,
    /// The rows that could not be taken.
    #[serde(rename = "refused_rows")]
    pub refused: Vec<RefusedRow>,
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// The line of the list, from 1.
    pub line: u64,
    /// What is wrong with it, and what to do.
    pub why: String,
}

/// Plans a file for each row of a list, which is CSV as a spreadsheet saves it. Faults in memos that are there already
/// are no matter of the list.
///
/// # Errors
/// [`Refused::NotAList`].
pub fn import(snapshot: &Snapshot, list: &[u8]) -> Result<Plan<ImportReport>, Refused> {
    let known = |id: &str| snapshot.memos.iter().any(|known| known == id);
    let Imported { files, mut refused } = import::read(list, known).map_err(Refused::NotAList)?;
    let mut edits = Vec::new();
    for file in &files {
        let path: SourcePath =
            file.path.parse().map_err(|why| Refused::BadPath { path: file.path.clone(), why })?;
        edits.push(Edit::new_file(path, &*file.text));
    }
    let faulty = faulty(snapshot, &edits);
    for file in &files {
        if let Some(why) = faulty.get(&file.path) {
            refused.push(import::RowFault { line: file.line, why: NotAMemo::Faulty(why.clone()) });
        }
    }
    edits.retain(|edit| !faulty.contains_key(edit.path.as_str()));
    refused.sort_by_key(|row| row.line);
    let refused =
        refused.into_iter().map(|row| RefusedRow { line: row.line, why: row.why.to_string() }).collect();
    let files = edits.iter().map(|edit| edit.path.clone()).collect();
    Ok(Plan::of_sources("import", ImportReport { files, refused }, edits))
}

/// What `ccrov check` would say of new files: the first fault of each, by its path.
fn faulty(snapshot: &Snapshot, edits: &[Edit]) -> BTreeMap<String, String> {
    let after = snapshot.with(edits);
    let new: BTreeSet<&str> = edits.iter().map(|edit| edit.path.as_str()).collect();
    let mut faults = Faults::default();
    records::read(&after.texts, &after.sources, &mut faults, |_| true);
    let mut found = BTreeMap::new();
    for fault in faults.into_sorted().into_iter().filter(|fault| fault.code.severity() == Severity::Error) {
        let path = &after.sources.get(fault.place.source).name;
        if new.contains(path.as_str()) {
            found.entry(path.clone()).or_insert(fault.message);
        }
    }
    found
}
