//! `import`: a list of old memos -> archive files in memos/.

use std::path::Path;

use super::{Outcome, Terminal, at, snapshot};
use crate::{
    desk::{self, Refused},
    folder::ReadError,
    words::{counted, grouped},
};

/// `ccrov import LIST`.
pub(super) fn import(root: &Path, list: &Path, terminal: &mut Terminal) -> Outcome {
    let name = list.display().to_string();
    if desk::is_word_name(&name) {
        return terminal.wrong_usage(&format!(
            "{name} is no list. To begin a memo with its text: `ccrov new --from {name}`. To file it with the old memos as it is, \
             write it into a list: a row with the memo's number, date, subject and file"
        ));
    }
    let done = std::fs::read(list)
        .map_err(|error| Refused::Unreadable { file: name.clone(), why: ReadError::from(error) })
        .and_then(|text| desk::import(&snapshot(&at(root))?, &text))
        .and_then(|plan| Ok(at(root).commit(plan)?));
    let report = match done {
        Ok(receipt) => receipt.report,
        Err(refused @ Refused::NotAList(_)) => return terminal.wrong_usage(&format!("{name}: {refused}")),
        Err(refused) => return terminal.refuse(&refused),
    };
    let outcome = if report.refused.is_empty() { Outcome::Done } else { Outcome::Faults };
    terminal.answer(&report, outcome, |terminal| {
        let shown = terminal.room_for(report.refused.len());
        for row in &report.refused[..shown] {
            terminal.note(&format!("{name}:{}: {}", row.line, row.why));
        }
        if let Some(more @ 1..) = report.refused.len().checked_sub(shown) {
            terminal.note(&format!("and {} more; `--all` shows them", grouped(more)));
        }
        let left = match report.refused.len() {
            0 => String::new(),
            rows => format!("; {} could not be taken", counted(rows, "row")),
        };
        terminal.say(&format!("Made {} in memos/{left}.", counted(report.files.len(), "file")));
    })
}
