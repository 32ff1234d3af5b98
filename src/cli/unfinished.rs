//! What an earlier command left undone: said, and completed if this command writes.

use std::path::Path;

use super::{
    Outcome, Terminal, at,
    build::{say, trouble},
    report::outcome,
    snapshot,
};
use crate::{
    desk::{self, BuildRequest, Refused},
    folder::{Reached, Unfinished},
};

/// Says what an earlier command left, and completes it if this command `writes`. Unless all is done, the command that
/// follows is not to begin.
pub(super) fn complete(root: &Path, writes: bool, terminal: &mut Terminal) -> Outcome {
    let left = match Unfinished::in_folder(root) {
        Ok(Some(left)) => left,
        Ok(None) => return Outcome::Done,
        Err(why) => return terminal.refuse(&Refused::Journal(why)),
    };
    if !writes {
        terminal.note("note: a slip was interrupted; `ccrov build` completes it");
        return Outcome::Done;
    }
    let file = left.file();
    match left.reached(root) {
        Reached::Sources => {
            terminal.note(&format!(
                "note: a slip was interrupted; {file} has the delay, and the memos are built now"
            ));
            let folder = at(root);
            let plan =
                snapshot(&folder).and_then(|snapshot| desk::build(&snapshot, &BuildRequest::default()));
            match plan.and_then(|plan| Ok(folder.commit(plan)?.report)) {
                Ok(report) if outcome(&report.findings) == Outcome::Disk => {
                    return terminal.refuse(&Refused::Faults(report.findings));
                }
                Ok(report) => {
                    let trouble = trouble(&report, terminal);
                    say(&report, &trouble, terminal);
                }
                Err(refused) => return terminal.refuse(&refused),
            }
        }
        Reached::Nothing => {
            terminal.note("note: a slip was interrupted before it wrote anything; run it again");
        }
        Reached::Edited => terminal.note(&format!(
            "note: a slip was interrupted, and {file} was edited since; look whether it has the delay: `ccrov build` \
             builds what it says, and if the delay is not in it, run the slip again"
        )),
    }
    match Unfinished::forget(root).map_err(Refused::from) {
        Ok(()) => Outcome::Done,
        Err(refused) => terminal.refuse(&refused),
    }
}
