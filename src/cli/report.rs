//! The faults of a run, and its counts in words.

use std::collections::BTreeSet;

use super::{Outcome, Terminal, counted, make::Made};
use crate::diagnostic::{Code, Diagnostic, Severity, Sources, render};

/// Prints every fault. Gives the outcome and a sentence with the counts.
pub(super) fn report(faults: &[Diagnostic], sources: &Sources, terminal: &mut Terminal) -> (Outcome, String) {
    let Some(first) = faults.first() else { return (Outcome::Done, String::new()) };
    for fault in faults {
        let _ = writeln!(terminal.faults, "{}\n", render(fault, sources, terminal.style));
    }
    let _ = writeln!(terminal.faults, "`ccrov explain {}` says more.", first.code);
    let places: BTreeSet<_> = faults.iter().map(|fault| fault.place.source).collect();
    let trouble = format!(" {} in {}.", severities(faults), counted(places.len(), "file"));
    (outcome(faults), trouble)
}

/// "2 faults and 1 warning".
fn severities(faults: &[Diagnostic]) -> String {
    let errors = errors(faults);
    let counts = [(errors, "fault"), (faults.len() - errors, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what));
    counts.collect::<Vec<_>>().join(" and ")
}

/// How a run with these faults ends.
pub(super) fn outcome(faults: &[Diagnostic]) -> Outcome {
    if faults.iter().any(|fault| fault.code == Code::UnreadableFile) {
        Outcome::Disk
    } else if errors(faults) > 0 {
        Outcome::Faults
    } else {
        Outcome::Done
    }
}

fn errors(faults: &[Diagnostic]) -> usize {
    faults.iter().filter(|fault| fault.code.severity() == Severity::Error).count()
}

/// How many memos were built, in words, and a line that names those that were not.
pub(super) fn count(made: &Made) -> (String, String) {
    let missing = made.missing();
    let asked = counted(made.asked.len(), "memo");
    if missing.is_empty() {
        return (asked, String::new());
    }
    let count = format!("{} of {asked}", made.built.len() + made.unchanged.len());
    (count, format!("With faults: {}\n", missing.join(", ")))
}
