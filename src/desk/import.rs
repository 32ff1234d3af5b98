//! A list of old memos -> archive files in memos/.
//!
//! Not here: what a row must hold, which `crate::import` knows.

use serde::Serialize;

use super::Refused;
use crate::{
    folder::{Edit, Plan, Snapshot, SourcePath},
    import::{self, Imported},
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
    let Imported { files, refused } = import::read(list, known).map_err(Refused::NotAList)?;
    let mut edits = Vec::new();
    for (path, text) in files {
        let path: SourcePath = path.parse().map_err(|why| Refused::BadPath { path, why })?;
        edits.push(Edit::new_file(path, text));
    }
    let refused =
        refused.into_iter().map(|row| RefusedRow { line: row.line, why: row.why.to_string() }).collect();
    let files = edits.iter().map(|edit| edit.path.clone()).collect();
    Ok(Plan::of_sources("import", ImportReport { files, refused }, edits))
}
