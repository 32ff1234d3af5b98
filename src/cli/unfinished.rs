//! What an earlier command left undone: said, and completed if this command writes.

use std::path::Path;

use super::{Outcome, Terminal, at, build::trouble, snapshot};
use crate::{
    desk::{self, BuildRequest, Refused},
    folder::Unfinished,
};

/// Says what an earlier command left, and completes it if this command `writes`.
pub(super) fn complete(root: &Path, writes: bool, terminal: &mut Terminal) -> Outcome {
    let left = match Unfinished::in_folder(root) {
        Ok(Some(left)) => left,
        Ok(None) => return Outcome::Done,
        Err(newer) => return terminal.refuse(&Refused::NewerJournal(newer)),
    };
    if !writes {
        terminal.note("note: a slip was interrupted; `ccrov build` completes it");
        return Outcome::Done;
    }
    if left.is_written(root) {
        let file = left.file();
        terminal.note(&format!(
            "note: a slip was interrupted; {file} has the delay, and the memos are built now"
        ));
        let folder = at(root);
        let plan = snapshot(&folder).and_then(|snapshot| desk::build(&snapshot, &BuildRequest::default()));
        let done = plan.and_then(|plan| {
            let trouble = trouble(&plan.report, terminal);
            Ok((folder.commit(plan)?.report, trouble))
        });
        match done {
            Ok((report, trouble)) => super::build::say(&report, &trouble, terminal),
            Err(refused) => {
                terminal.complain(&refused.to_string());
                return Outcome::Disk;
            }
        }
    } else {
        terminal.note("note: a slip was interrupted before it wrote anything; run it again");
    }
    match Unfinished::forget(root).map_err(Refused::from) {
        Ok(()) => Outcome::Done,
        Err(refused) => {
            terminal.complain(&refused.to_string());
            Outcome::Disk
        }
    }
}
