//! `check`: everything that `build` does except writing.

use std::path::Path;

use super::{
    Outcome, Terminal, counted,
    make::{Order, make},
    report::{count, outcome, report},
};
use crate::diagnostic::data;

/// `ccrov check`.
pub(super) fn check(root: &Path, memos: &[String], json: bool, terminal: &mut Terminal) -> Outcome {
    let made = match make(&Order::all(root, memos)) {
        Ok(made) => made,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    if json {
        terminal.say(&data(&made.faults, &made.sources, made.asked.len()));
        return outcome(&made.faults);
    }
    let (_, missing) = count(&made);
    let (outcome, trouble) = report(&made.faults, &made.sources, terminal);
    let trouble = if trouble.is_empty() { " No faults.".to_owned() } else { trouble };
    terminal.say(&format!("{missing}Checked {}.{trouble}", counted(made.asked.len(), "memo")));
    outcome
}
