//! Why an operation was not carried out.
//!
//! In the words of a person who asked for it, whichever front end she asked through. Not here: faults of files, which
//! [`Findings`] holds.

mod kind;
mod named;
mod not_a_delay;
mod not_a_table;
mod not_attached;
mod not_from_word;
mod not_withdrawn;
mod wording;

pub use kind::RefusalKind;
pub use named::{Blank, Thing};
pub use not_a_delay::NotADelay;
pub use not_a_table::NotATable;
pub use not_attached::NotAttached;
pub use not_from_word::NotFromWord;
pub use not_withdrawn::NotWithdrawn;

use std::error::Error;

use super::{ClosedQuestion, MailKind};
use crate::{
    diagnostic::Findings,
    folder::{CommitError, OutputAmongSources, ReadError, Uneditable, UnreadJournal},
    import::NotAList,
    model::Status,
    output::{NotAManifest, NotAPath, OutputPath},
    publish,
    yaml::edit::NotAPlace,
};

/// Why an operation was not carried out.
#[derive(Debug)]
pub enum Refused {
    /// There is no such folder.
    NoFolder {
        /// As it was named.
        folder: String,
    },
    /// The folder is no working folder.
    NoOffice,
    /// Nothing has such a name.
    Unknown {
        /// What was meant.
        thing: Thing,
        /// The name.
        name: String,
        /// A name that is near, or those that there are.
        offer: String,
    },
    /// What was to be said is blank.
    Blank(Blank),
    /// A memo has this name already.
    Taken {
        /// Its id.
        id: String,
    },
    /// A release of this name is there.
    ReleaseTaken {
        /// Its id.
        id: String,
    },
    /// Text that cannot name a memo or release.
    BadName {
        /// The text.
        name: String,
        /// A name that is near and can.
        near: Option<String>,
    },
    /// The name of a milestone has other letters than rules can name: "Ärger".
    BadLetters {
        /// The name.
        name: String,
    },
    /// Figures that are no memo's number.
    BadNumber {
        /// The figures.
        number: String,
    },
    /// A memo without number and date is in no year's folder.
    NoYear {
        /// Its id.
        id: String,
    },
    /// A file would have a path that cannot be written.
    BadPath {
        /// The path.
        path: String,
        /// Why.
        why: NotAPath,
    },
    /// A file has a name that cannot be written.
    Uneditable(Uneditable),
    /// A file is written in a way that the edit cannot be put into.
    NotEdited {
        /// The memo, or the path of the file.
        what: String,
        /// What to do instead.
        instead: String,
    },
    /// A clipboard has more rows than a table of steps.
    TooManyRows {
        /// How many it has.
        rows: usize,
        /// How many it can have.
        most: usize,
    },
    /// No table could be taken from a spreadsheet's file.
    NotATable(NotATable),
    /// Text that names no field.
    NotAKey {
        /// The text.
        key: String,
        /// Why.
        why: NotAPlace,
    },
    /// What is to be removed is not there.
    NotThere {
        /// The field.
        key: String,
        /// The file, by its path from the working folder.
        file: String,
    },
    /// The memo or release has faults that keep the operation from beginning.
    Faulty {
        /// What has them.
        what: String,
        /// What shows them.
        look: String,
    },
    /// A memo exists as a file only.
    Archived {
        /// Its id.
        id: String,
        /// What that keeps from being done.
        so: &'static str,
    },
    /// A memo that has gone out is to be changed.
    Locked {
        /// Its id.
        id: String,
    },
    /// An entry is to be added under a key that another one has.
    EntryTaken {
        /// The key.
        key: String,
        /// The file, by its path from the working folder.
        file: String,
    },
    /// A second copy is to be settled that is another by now, or none.
    NoSuchCopy {
        /// Its path from the working folder.
        file: String,
    },
    /// An earlier version of a draft is to come back, which says that the memo was issued.
    WasIssued {
        /// The memo's id.
        id: String,
    },
    /// What is kept of a memo's review cannot be read.
    UnreadReview {
        /// The file, by its path from the working folder.
        file: String,
        /// Why.
        why: String,
    },
    /// A file is to be attached that cannot be.
    NotAttached {
        /// What it is called.
        name: String,
        /// Why.
        why: NotAttached,
    },
    /// A memo that exists as a file only is to be sent to somebody as a text.
    NoText {
        /// Its id.
        id: String,
    },
    /// A memo that has gone out is to be deleted.
    NotDeleted {
        /// Its id.
        id: String,
    },
    /// A release is to be deleted, and memos take their dates from it.
    ReleaseInUse {
        /// Its id.
        release: String,
        /// The memos, by their ids.
        memos: Vec<String>,
    },
    /// A memo was never issued.
    NeverIssued {
        /// Its id.
        id: String,
        /// How far it has come, if it says so.
        status: Option<Status>,
    },
    /// Nothing has happened to a memo that a mail could tell.
    NothingToTell {
        /// Its id.
        id: String,
        /// What the mail was to tell, if that was said.
        tells: Option<MailKind>,
    },
    /// A memo is not withdrawn.
    NotWithdrawn(NotWithdrawn),
    /// That a memo was issued cannot be undone.
    StaysIssued {
        /// Its id.
        id: String,
        /// Why.
        why: String,
        /// What to type instead; blank where nothing can be done.
        instead: String,
    },
    /// A schedule was asked for where there is none.
    NoSchedule {
        /// Why.
        why: String,
    },
    /// Nothing is proposed of a release.
    NoProposal {
        /// The release.
        release: String,
    },
    /// A memo tells a delay that is only proposed, so it is not approved.
    OnlyProposed {
        /// The memo.
        id: String,
    },
    /// A release has no delay.
    NoDelay {
        /// Its id.
        release: String,
    },
    /// Something is asked of a delay that cannot be.
    NotADelay(NotADelay),
    /// With a delay the dates of a release would cross.
    Conflict {
        /// The release.
        release: String,
        /// What would be wrong.
        findings: Findings,
        /// What of it is settled by saying what happens on a closed day.
        asked: Vec<ClosedQuestion>,
    },
    /// More delays are asked for than a plan has.
    TooManyDelays {
        /// How many were asked for.
        knows: usize,
        /// The plan.
        name: String,
        /// How many it has.
        delays: usize,
    },
    /// Files have faults.
    Faults(Findings),
    /// Memos that would be published have faults.
    Unpublishable {
        /// Those that are not built.
        with_faults: Vec<String>,
        /// The faults.
        findings: Findings,
    },
    /// The output folder is not what the working folder builds to now.
    NotCurrent {
        /// The files that are not current.
        stale: Vec<OutputPath>,
        /// What else there is to be said.
        findings: Findings,
    },
    /// A list of memos is none.
    NotAList(NotAList),
    /// Nothing is built that could be looked through.
    NothingBuilt,
    /// The manifest of the output folder cannot be understood.
    NotAManifest {
        /// The file.
        file: String,
        /// Why.
        why: NotAManifest,
    },
    /// Nothing can be looked for by these words.
    NoWords {
        /// The words.
        words: String,
    },
    /// The output folder is a link out of the working folder.
    OutputLeadsOut {
        /// The folder.
        folder: String,
    },
    /// The folder that is to be built into has memos, and none of them is of this working folder.
    OutputOfOthers {
        /// The folder.
        folder: String,
    },
    /// The output folder lies among what analysts write.
    OutputAmongSources,
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: ReadError,
    },
    /// A Word file is not read, or a reviewer's change in it not taken.
    NotFromWord(NotFromWord),
    /// A folder that is to be filled has files.
    NotEmpty {
        /// The folder.
        folder: String,
    },
    /// The lists in the output folder show drafts, which are not to be published.
    ShowsDrafts,
    /// A target of a publication refuses, or cannot be reached.
    Target(publish::PublishError),
    /// What an earlier command left undone cannot be read.
    Journal(UnreadJournal),
    /// The folder could not be written.
    Disk(CommitError),
}

impl Refused {
    /// Whether some files were written, and others were not.
    pub fn is_partial(&self) -> bool {
        match self {
            Refused::Disk(failed) => failed.is_partial(),
            Refused::Target(failed) => {
                matches!(
                    failed,
                    publish::PublishError::Interrupted { .. } | publish::PublishError::TakenOver { .. }
                )
            }
            _ => false,
        }
    }

    /// The faults of files that it rests on.
    pub fn findings(&self) -> Option<&Findings> {
        match self {
            Refused::Faults(findings)
            | Refused::Conflict { findings, .. }
            | Refused::Unpublishable { findings, .. }
            | Refused::NotCurrent { findings, .. } => Some(findings),
            _ => None,
        }
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Refused::BadPath { why, .. } => Some(why),
            Refused::Uneditable(why) => Some(why),
            Refused::NotAList(why) => Some(why),
            Refused::NotATable(why) => Some(why),
            Refused::NotAKey { why, .. } => Some(why),
            Refused::NotAManifest { why, .. } => Some(why),
            Refused::Unreadable { why, .. } => Some(why),
            Refused::NotADelay(why) => Some(why),
            Refused::NotFromWord(why) => why.source(),
            Refused::Target(why) => Some(why),
            Refused::Journal(why) => Some(why),
            Refused::Disk(why) => Some(why),
            _ => None,
        }
    }
}

impl From<Uneditable> for Refused {
    fn from(why: Uneditable) -> Refused {
        Refused::Uneditable(why)
    }
}

impl From<CommitError> for Refused {
    fn from(why: CommitError) -> Refused {
        Refused::Disk(why)
    }
}

impl From<publish::PublishError> for Refused {
    fn from(why: publish::PublishError) -> Refused {
        Refused::Target(why)
    }
}

impl From<OutputAmongSources> for Refused {
    fn from(_: OutputAmongSources) -> Refused {
        Refused::OutputAmongSources
    }
}
