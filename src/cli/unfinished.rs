//! What an earlier command left undone: said, and finished if this command writes.

use std::path::Path;

use super::{Outcome, Terminal};
use crate::{
    desk::Refused,
    folder::{Recovery, System, Unrecovered, recover, unfinished},
};

/// Says what an earlier command left, and finishes it if this command `writes`. Unless all is done, the command that
/// follows is not to begin.
pub(super) fn complete(root: &Path, writes: bool, terminal: &mut Terminal) -> Outcome {
    if !writes {
        return match unfinished(root) {
            Ok(None) => Outcome::Done,
            Ok(Some(what)) => {
                terminal.note(&format!("note: {what} was interrupted; `ccrov build` finishes it"));
                Outcome::Done
            }
            Err(why) => terminal.refuse(&Refused::Journal(why)),
        };
    }
    match recover(&System, root) {
        Ok(Recovery::Nothing) => {}
        Ok(Recovery::Finished { what, edited }) => {
            terminal.note(&format!("note: {what} was interrupted; it is finished now"));
            for file in edited {
                terminal.note(&format!(
                    "note: {file} was edited after the interruption, and was left as it is; look whether it says what \
                     {what} was to write"
                ));
            }
        }
        Ok(Recovery::LeftToBuild { what }) => {
            terminal.note(&format!("note: {what} was interrupted; the next `ccrov build` builds what it has not"));
        }
        Ok(Recovery::OfEarlierVersion) => terminal.note(
            "note: a slip by an earlier ccrov was interrupted; look whether the release's file has the delay: `ccrov \
             build` builds what it says, and if the delay is not in it, run the slip again",
        ),
        Ok(Recovery::Forgotten { what, edited }) => {
            let why = edited.map(|file| format!(", and {file} was edited since")).unwrap_or_default();
            terminal.note(&format!(
                "note: {what} was interrupted before anything was changed{why}; if you still want it, run it again"
            ));
        }
        Err(Unrecovered::Unread(why)) => return terminal.refuse(&Refused::Journal(why)),
        Err(Unrecovered::Disk(why)) => return terminal.refuse(&Refused::Disk(why)),
    }
    Outcome::Done
}
