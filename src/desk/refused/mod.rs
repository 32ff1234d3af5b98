//! Why an operation was not carried out.
//!
//! In the words of a person who asked for it, whichever front end she asked through. Not here: faults of files, which
//! [`Findings`] holds.

mod kind;
mod not_a_table;
mod not_attached;
mod not_withdrawn;
mod wording;

pub use kind::RefusalKind;
pub use not_a_table::NotATable;
pub use not_attached::NotAttached;
pub use not_withdrawn::NotWithdrawn;

use std::error::Error;

use chrono::NaiveDate;

use super::ClosedQuestion;
use crate::{
    diagnostic::Findings,
    folder::{CommitError, OutputAmongSources, ReadError, Uneditable, UnreadJournal},
    import::NotAList,
    model::Status,
    output::{NotAManifest, NotAPath, OutputPath},
    publish,
    word::read::WordFault,
    yaml::edit::NotAPlace,
};

/// What a name was to be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A memo, by the name of its file.
    Memo,
    /// A release, by the name of its file.
    Release,
    /// A memo or a release.
    MemoOrRelease,
    /// A milestone of a release.
    Milestone,
    /// A step or a milestone of a plan.
    Step,
    /// A responsible entity.
    Entity,
    /// A person of the office.
    Person,
    /// A key of a file.
    Key,
    /// A comment on a memo.
    Comment,
}

/// What was to be said, and is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// Who reads a memo, or has approved it.
    Person,
    /// The cause of a delay.
    Reason,
    /// Why a memo is withdrawn.
    Why,
    /// What was wrong in a memo.
    Correction,
    /// Why a memo is issued that nobody has approved.
    Anyway,
    /// How a memo was approved.
    How,
    /// Why a memo goes back to its analyst.
    Back,
    /// What is said of a memo.
    Comment,
    /// What to look for.
    Search,
    /// The name of a new memo.
    Name,
    /// The Word file that a memo begins with.
    Word,
}

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
    /// A name that a step and a milestone share.
    StepAndMilestone {
        /// The name.
        name: String,
        /// The step as printed.
        step: String,
    },
    /// It is said whether a milestone was done, and the release's file would say it of a step.
    NamedLikeStep {
        /// The id of both.
        milestone: String,
        /// The step as printed.
        step: String,
    },
    /// Something is said to have been done, and not to have been.
    DoneAndNot {
        /// What: "step 2".
        what: String,
    },
    /// It is said whether something was done whose day has not passed.
    NotPast {
        /// What: "step 2".
        what: String,
        /// When counties are told.
        announced: NaiveDate,
    },
    /// A milestone is moved twice by one delay.
    MovedTwice {
        /// Its id.
        milestone: String,
    },
    /// A last day was given to a milestone that is one day.
    OneDay {
        /// Its id.
        milestone: String,
        /// The first day that was given, as it is written: 2021-12-05, TBD.
        start: String,
    },
    /// A window would end before it starts.
    EndsFirst {
        /// The milestone's id.
        milestone: String,
        /// The last day that was given.
        end: NaiveDate,
    },
    /// A day that is many years from the others, as a year that is not typed to its end is.
    FarDay {
        /// What is on it: a milestone's id, or when counties are told.
        what: String,
        /// The day.
        day: NaiveDate,
        /// The day from which it is so far.
        from: NaiveDate,
    },
    /// A window of which only the first day is given, and whose length cannot be kept.
    NoEnd {
        /// The milestone's id.
        milestone: String,
    },
    /// The last delay of a release is not the one that somebody wants to change.
    AnotherDelay {
        /// The release's id.
        release: String,
    },
    /// A delay that is to be taken back has been told.
    DelayTold {
        /// The release's id.
        release: String,
        /// The memos that told it and have gone out.
        memos: Vec<String>,
    },
    /// A delay would be announced before the last one.
    BeforeLastDelay {
        /// When it would be announced.
        announced: NaiveDate,
        /// When the last one was.
        last: NaiveDate,
    },
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
    /// A Word file cannot be read.
    UnreadWord {
        /// The file.
        file: String,
        /// Why, and what to do.
        why: WordFault,
    },
    /// A reviewer's file is of another memo.
    OfOtherMemo {
        /// The file.
        file: String,
        /// The memo that it is of.
        of: String,
        /// The memo that was meant.
        memo: String,
    },
    /// A reviewer's file is no copy of the memo that was sent.
    NotACopy {
        /// The file.
        file: String,
        /// The memo.
        memo: String,
    },
    /// A reviewer's file has no change of such a number.
    NoSuchChange {
        /// The number.
        number: usize,
        /// The last one.
        last: usize,
    },
    /// A reviewer's change cannot be taken.
    NotTaken {
        /// Its number.
        number: usize,
        /// Why.
        why: String,
    },
    /// Two of a reviewer's changes are in the same words.
    SameWords,
    /// With a reviewer's changes, something else would be printed than what the reviewer wrote.
    PrintsOtherwise {
        /// The memo.
        memo: String,
    },
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
            Refused::UnreadWord { why, .. } => Some(why),
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
