//! The faults of a run, and its counts in words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Outcome, Terminal};
use crate::{
    diagnostic::{Code, Diagnostic, Findings, Severity, SourceId, render},
    words::{counted, grouped, listed, severities},
};

/// Prints the faults, errors before warnings if there is no room for all. Gives a sentence with the counts.
pub(super) fn print(findings: &Findings, terminal: &mut Terminal) -> String {
    let Some(first) = findings.faults.first() else { return String::new() };
    let groups = alike(&findings.faults);
    let is_error = |group: &&Vec<&Diagnostic>| group[0].code.severity() == Severity::Error;
    let shown = terminal.room_for(groups.len());
    let mut errors = shown.min(groups.iter().filter(is_error).count());
    let mut warnings = shown - errors;
    for group in &groups {
        let fault = group[0];
        let room = if fault.code.severity() == Severity::Error { &mut errors } else { &mut warnings };
        if *room > 0 {
            *room -= 1;
            let text = render(fault, &findings.sources, terminal.style);
            terminal.fault(&format!("{text}{}\n", elsewhere(group, findings)));
        }
    }
    if let Some(more @ 1..) = groups.len().checked_sub(shown) {
        terminal.note(&format!("and {} more; `--all` shows them\n", grouped(more)));
    }
    terminal.note(&format!("`ccrov explain {}` says more.", first.code));
    let places: BTreeSet<_> = findings.faults.iter().map(|fault| fault.place.source).collect();
    format!(" {} in {}.", severities(findings.errors(), findings.warnings()), counted(places.len(), "file"))
}

/// How many files are named below a fault that stands in many.
const FILES: usize = 5;

/// The faults to be shown, in their order, each with those that say the same and have the same cause: a name that is
/// misspelt in office.yaml is one fault, however many memos name it.
fn alike(faults: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known: BTreeMap<(Code, &str, (SourceId, usize)), usize> = BTreeMap::new();
    for fault in faults {
        let cause = fault.cause.as_ref().map(|cause| (cause.source, cause.range.start));
        let key = cause.map(|cause| (fault.code, fault.message.as_str(), cause));
        match key.and_then(|key| known.get(&key).copied()) {
            Some(group) => groups[group].push(fault),
            None => {
                known.extend(key.map(|key| (key, groups.len())));
                groups.push(vec![fault]);
            }
        }
    }
    groups
}

/// A line that names where else a fault stands.
fn elsewhere(group: &[&Diagnostic], findings: &Findings) -> String {
    let files: BTreeSet<_> = group[1..].iter().map(|fault| fault.place.source).collect();
    let files: Vec<_> = files.iter().map(|source| findings.sources.get(*source).name.as_str()).collect();
    let (Some(cause), false) = (&group[0].cause, files.is_empty()) else { return String::new() };
    let (line, _) = findings.sources.line_and_column(cause);
    format!(
        "\n   = the same in {}: {}; look at {}, line {line}",
        counted(files.len(), "other file"),
        listed(&files, FILES),
        findings.sources.get(cause.source).name
    )
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
