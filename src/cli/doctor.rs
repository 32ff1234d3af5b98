//! `doctor`: whether the working folder is in order, and what to do where it is not.

use std::path::Path;

use super::{
    Outcome, Terminal, at,
    report::{outcome, print},
    snapshot,
    status::unpublished,
};
use crate::{
    desk::{self, DoctorReport, Refused},
    folder::{history, unfinished},
    words::counted,
};

/// `ccrov doctor`.
pub(super) fn doctor(root: &Path, terminal: &mut Terminal) -> Outcome {
    let looked = || {
        let unfinished = unfinished(root).map_err(Refused::Journal)?;
        desk::doctor(&snapshot(&at(root))?, unfinished.as_ref(), history(root))
    };
    let report = match looked() {
        Ok(report) => report,
        Err(refused) => return terminal.refuse(&refused),
    };
    let ill = if report.is_well() { Outcome::Done } else { Outcome::Faults };
    terminal.answer(&report, ill.max(outcome(&report.findings)), |terminal| say(&report, terminal))
}

fn say(report: &DoctorReport, terminal: &mut Terminal) {
    print(&report.findings, terminal);
    if let Some(what) = &report.unfinished {
        terminal.say(&format!("Interrupted: {what}. `ccrov build` finishes it."));
    }
    if !report.stale.is_empty() {
        let count = counted(report.stale.len(), "file");
        let are = if report.stale.len() == 1 { "is" } else { "are" };
        terminal.say(&format!("{count} in output/ {are} not current. `ccrov build --anew` writes them."));
    }
    unpublished(&report.unpublished, terminal);
    for change in &report.changes {
        let at = change.at.as_deref().map(|at| format!("{}  ", at.replace('T', " "))).unwrap_or_default();
        terminal.say(&format!("{at}{}: {}", change.what, change.files.join(", ")));
    }
    if report.is_well() {
        terminal.say("Everything is in order.");
    }
}
