//! Whether a working folder is in order: what an earlier command left, what is not as it was issued, what is not current,
//! what is not published.
//!
//! In: a snapshot; what was interrupted and what was done in its folder, which the front end reads. Out: [`DoctorReport`].
//! Nothing is changed, and every file that a lock names is read. Not here: how it is put in order, which each line says.

use serde::Serialize;

use super::{
    BuildRequest, Refused, Stale, build,
    status::{Unpublished, unpublished},
};
use crate::{
    diagnostic::Findings,
    folder::{InterruptedCommand, Journal, Snapshot},
};

/// How many of the last changes are told.
const TOLD: usize = 5;

/// What is not in order.
#[derive(Debug, Serialize)]
pub struct DoctorReport {
    /// A command that was interrupted: "`ccrov issue drill`".
    pub unfinished: Option<String>,
    /// Files of the output folder that are not what they should be.
    pub stale: Vec<Stale>,
    /// What has gone out and is not yet where visitors read it, as far as this folder knows.
    pub unpublished: Vec<Unpublished>,
    /// The last changes of what analysts write, the last first.
    pub changes: Vec<PastChange>,
    /// Every fault and warning, those of locks and of issued files among them.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// A change of what analysts write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastChange {
    /// What it was, as a person would type it: "issue drill".
    pub what: String,
    /// When it was asked for, if that is known: 2026-03-02T09:30:00.
    pub at: Option<String>,
    /// The files that it changed.
    pub files: Vec<String>,
}

impl DoctorReport {
    /// Whether nothing is to be done.
    pub fn is_well(&self) -> bool {
        self.unfinished.is_none() && self.stale.is_empty() && self.findings.errors() == 0
    }
}

/// Looks at a working folder.
///
/// # Errors
/// [`Refused`] of the disk if the manifest cannot be read.
pub fn doctor(
    snapshot: &Snapshot,
    unfinished: Option<&InterruptedCommand>,
    history: impl Iterator<Item = Journal>,
) -> Result<DoctorReport, Refused> {
    let before = super::output_plan::manifest(snapshot)?;
    let whole = BuildRequest { thorough: true, drafts: before.drafts, ..BuildRequest::default() };
    let report = build(snapshot, &whole)?.report;
    let changes = history.take(TOLD).map(|change| PastChange {
        what: change.what,
        at: change.at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        files: change.texts.iter().map(|text| text.path.to_string()).collect(),
    });
    Ok(DoctorReport {
        unfinished: unfinished.map(ToString::to_string),
        stale: report.stale,
        unpublished: unpublished(snapshot, &before),
        changes: changes.collect(),
        findings: report.findings,
    })
}
