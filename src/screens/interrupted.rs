//! What an earlier run left undone is finished when a folder is opened, and said on Home.
//!
//! In: a working folder. Out: the words for Home. Not here: how it is finished (`folder::recover`).

use super::{refusal, values};
use std::path::Path;

use crate::{
    desk::Refused,
    folder::{InterruptedCommand, Recovery, System, Turn, Unrecovered, recover, unfinished},
    words::series,
};

/// Finishes what is unfinished, and says so; clears away what was only put aside. Nothing, if somebody is at work there.
pub(super) fn finish(root: &Path) -> Option<String> {
    if Turn::is_taken(root) {
        return None;
    }
    let is_left = unfinished(root).map_or(true, |left| left.is_some());
    match recover(&System, root) {
        Ok(Recovery::Nothing) => None,
        Ok(Recovery::Finished { what, edited }) => Some(format!(
            "{} was interrupted the last time. It is finished now.{}",
            named(&what),
            match edited.as_slice() {
                [] => String::new(),
                files => format!(" Somebody has changed {} since, so look at that.", series(files)),
            }
        )),
        Ok(Recovery::LeftToBuild { what }) => Some(format!(
            "{} was interrupted the last time. What is not built yet is built when you publish.",
            named(&what)
        )),
        Ok(Recovery::OfEarlierVersion) => Some(
            "An earlier ccrov was interrupted while it recorded a delay. Look whether the release has the delay; if not, record it again."
                .to_owned(),
        ),
        Ok(Recovery::Forgotten { what, .. }) => Some(format!(
            "{} was interrupted the last time, before anything was changed. Do it again if you still want it.",
            named(&what)
        )),
        // The first change is refused for the same reason.
        Err(Unrecovered::Unread(why)) => Some(refusal::words(&Refused::Journal(why))),
        Err(Unrecovered::Disk(why)) if is_left => Some(refusal::words(&Refused::Disk(why))),
        // What a killed run has only put aside goes with the next change, if it cannot be cleared away now.
        Err(Unrecovered::Disk(_)) => None,
    }
}

/// What was done, as a person would call it: "Issue 26001".
fn named(what: &InterruptedCommand) -> String {
    values::deed(what.what().unwrap_or("what was done last"))
}
