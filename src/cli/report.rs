//! The faults of a run, and its counts in words.

use std::collections::BTreeSet;

use super::{Outcome, Terminal};
use crate::{
    diagnostic::{Code, Findings, render},
    words::{counted, severities},
};

/// Prints every fault. Gives a sentence with the counts.
pub(super) fn print(findings: &Findings, terminal: &mut Terminal) -> String {
    let Some(first) = findings.faults.first() else { return String::new() };
    for fault in &findings.faults {
        let text = render(fault, &findings.sources, terminal.style);
        terminal.fault(&format!("{text}\n"));
    }
    terminal.note(&format!("`ccrov explain {}` says more.", first.code));
    let places: BTreeSet<_> = findings.faults.iter().map(|fault| fault.place.source).collect();
    format!(" {} in {}.", severities(findings.errors(), findings.warnings()), counted(places.len(), "file"))
}

/// How a run with these faults ends.
pub(super) fn outcome(findings: &Findings) -> Outcome {
    if findings.faults.iter().any(|fault| fault.code == Code::UnreadableFile) {
        Outcome::Disk
    } else if findings.errors() > 0 {
        Outcome::Faults
    } else {
        Outcome::Done
    }
}

/// A line that names the memos that have faults, if there are any.
pub(super) fn with_faults(memos: &[String]) -> String {
    if memos.is_empty() { String::new() } else { format!("With faults: {}\n", memos.join(", ")) }
}
