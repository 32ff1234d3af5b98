//! `check`: everything that `build` does except writing.

use std::path::Path;

use super::{
    Outcome, Terminal, at,
    report::{outcome, print, with_faults},
    snapshot,
};
use crate::{desk, words::counted};

/// `ccrov check`.
pub(super) fn check(root: &Path, memos: &[String], terminal: &mut Terminal) -> Outcome {
    let report = match snapshot(&at(root)).and_then(|snapshot| desk::check(&snapshot, memos)) {
        Ok(report) => report,
        Err(refused) => return terminal.refuse(&refused),
    };
    terminal.answer(&report, outcome(&report.findings), |terminal| {
        let trouble = print(&report.findings, terminal);
        let trouble = if trouble.is_empty() { " No faults.".to_owned() } else { trouble };
        let with_faults = with_faults(&report.with_faults);
        terminal.say(&format!("{with_faults}Checked {}.{trouble}", counted(report.memos, "memo")));
    })
}
