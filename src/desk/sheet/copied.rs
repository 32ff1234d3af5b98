//! The steps of a release as a spreadsheet pastes them.
//!
//! In: a snapshot, a release. Out: text with tabs, with a row of names. Not here: putting it on the clipboard.

use super::{cells::written, columns::SheetColumn, known::KnownRelease, known::KnownStep};
use crate::{desk::Refused, folder::Snapshot};

/// The steps of a release in its latest plan, for Excel.
///
/// # Errors
/// [`Refused`]: there is no such release, or its dates have faults.
pub fn copied_steps(snapshot: &Snapshot, release: &str) -> Result<String, Refused> {
    let known = KnownRelease::of(snapshot, release)?;
    let head = SheetColumn::COPIED.map(|column| column.label().to_owned()).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(known.steps.iter().map(row)).collect();
    Ok(written(&rows))
}

fn row(step: &KnownStep) -> Vec<String> {
    let [start, end] = [0, 1].map(|edge: usize| step.dates[edge].cell.to_string());
    let days = step.days.map(|days| days.to_string()).unwrap_or_default();
    let warning = step.warnings.first().cloned().unwrap_or_default();
    vec![
        step.numbers[0].clone(),
        step.owners_printed.clone(),
        step.texts[0].clone(),
        warning,
        start,
        end,
        days,
    ]
}
