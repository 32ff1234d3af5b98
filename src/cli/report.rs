//! The faults of a run, and its counts in words.

use std::collections::BTreeSet;

use super::{Outcome, Terminal};
use crate::{
    diagnostic::{Code, Findings, Severity, render},
    words::{counted, grouped, listed, severities},
};

/// Prints the faults, errors before warnings if there is no room for all. Gives a sentence with the counts.
pub(super) fn print(findings: &Findings, terminal: &mut Terminal) -> String {
    let Some(first) = findings.faults.first() else { return String::new() };
    let shown = terminal.room_for(findings.faults.len());
    let mut errors = shown.min(findings.errors());
    let mut warnings = shown - errors;
    for fault in &findings.faults {
        let room = if fault.code.severity() == Severity::Error { &mut errors } else { &mut warnings };
        if *room > 0 {
            *room -= 1;
            let text = render(fault, &findings.sources, terminal.style);
            terminal.fault(&format!("{text}\n"));
        }
    }
    if let Some(more @ 1..) = findings.faults.len().checked_sub(shown) {
        terminal.note(&format!("and {} more; `--all` shows them\n", grouped(more)));
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

/// How many memos are named in a line.
const NAMED: usize = 50;

/// A line that names the memos that have faults, if there are any.
pub(super) fn with_faults(memos: &[String]) -> String {
    if memos.is_empty() { String::new() } else { format!("With faults: {}\n", listed(memos, NAMED)) }
}
