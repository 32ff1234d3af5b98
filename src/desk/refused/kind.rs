//! What kind of answer a refusal is: an exit status, or a status of HTTP, follows from it.
//!
//! In: a refusal. Out: its [`RefusalKind`]. Not here: its words.

use super::Refused;
use crate::{folder::CommitError, publish};

/// What kind of answer a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// What was asked for cannot be: ask for something else.
    Request,
    /// Something is wrong in what analysts write, or the folder is in another state than was asked for.
    Faults,
    /// A file or folder could not be read or written, or a target not be reached.
    Disk,
}

impl Refused {
    /// What kind of answer it is.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Refused::NotEdited { .. }
            | Refused::UnreadReview { .. }
            | Refused::Faults(_)
            | Refused::Conflict { .. }
            | Refused::Uneditable(_)
            | Refused::Unpublishable { .. }
            | Refused::NotCurrent { .. }
            | Refused::OutputOfOthers { .. }
            | Refused::ShowsDrafts => RefusalKind::Faults,
            Refused::NotAManifest { .. }
            | Refused::OutputLeadsOut { .. }
            | Refused::Journal(_)
            | Refused::Unreadable { .. } => RefusalKind::Disk,
            Refused::Disk(CommitError::Foreign { .. }) => RefusalKind::Faults,
            Refused::Disk(failed) if failed.is_stale() => RefusalKind::Faults,
            Refused::Disk(_) => RefusalKind::Disk,
            Refused::Target(failed) => of_target(failed),
            _ => RefusalKind::Request,
        }
    }
}

fn of_target(failed: &publish::PublishError) -> RefusalKind {
    match failed {
        publish::PublishError::Unfit { .. } => RefusalKind::Request,
        publish::PublishError::InTheWay { .. }
        | publish::PublishError::Reserved { .. }
        | publish::PublishError::Altered { .. }
        | publish::PublishError::Busy { .. }
        | publish::PublishError::Overtaken { .. }
        | publish::PublishError::Claimed { .. }
        | publish::PublishError::TakenOver { .. }
        | publish::PublishError::NothingToUndo { .. } => RefusalKind::Faults,
        publish::PublishError::NotBegun { why } | publish::PublishError::Interrupted { why, .. } => {
            of_target(why)
        }
        _ => RefusalKind::Disk,
    }
}
