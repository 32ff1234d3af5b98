//! What a command does that plans, writes and says what it has written.

use std::path::Path;

use serde::Serialize;

use super::{Outcome, Terminal, at, issue::stopped, snapshot};
use crate::{
    desk::Refused,
    folder::{Plan, Snapshot},
};

/// Writes what is planned, and says so.
pub(super) fn write<R: Serialize>(
    root: &Path,
    plan: impl FnOnce(&Snapshot) -> Result<Plan<R>, Refused>,
    said: impl FnOnce(&R) -> String,
    terminal: &mut Terminal,
) -> Outcome {
    let folder = at(root);
    let plan = match snapshot(&folder).and_then(|snapshot| plan(&snapshot)) {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| terminal.say(&said(&report)))
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}
