//! What is wrong with memos, without building into any folder.

use serde::Serialize;

use super::{Refused, known};
use crate::{
    build::{Scope, build},
    diagnostic::Findings,
    folder::Snapshot,
    output::Manifest,
    records::Readings,
};

/// What was found.
#[derive(Debug, Serialize)]
pub struct CheckReport {
    /// Every fault and warning.
    #[serde(rename = "faults")]
    pub findings: Findings,
    /// How many memos were looked at.
    pub memos: usize,
    /// How many of the faults are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// The memos that have an error.
    pub with_faults: Vec<String>,
}

/// Looks at memos as a build does; at all, if none is named.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo.
pub fn check(snapshot: &Snapshot, memos: &[String]) -> Result<CheckReport, Refused> {
    let memos = known(snapshot, memos)?;
    let before = Manifest::default();
    let scope = Scope { proposals: true, ..Scope::of(&memos, &before) };
    let built = build(snapshot, &mut Readings::default(), &scope, snapshot.faults());
    let with_faults = built.missing().into_iter().map(str::to_owned).collect();
    let findings = Findings { faults: built.faults, sources: built.sources };
    let (errors, warnings) = (findings.errors(), findings.warnings());
    Ok(CheckReport { memos: built.asked.len(), findings, errors, warnings, with_faults })
}
