//! What came of issuing memos, or of correcting them.
//!
//! In: nothing. Out: [`IssueReport`], which the command line tells and programs read. Not here: how it comes to that.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{BroughtChange, ChangeChoice, iso, iso_or_nothing};
use crate::{
    diagnostic::Findings,
    model::{Id, Relation},
    output::OutputPath,
};

/// What is issued, or corrected, and what is not.
#[derive(Debug, Serialize)]
pub struct IssueReport {
    /// What is issued.
    pub issued: Vec<IssuedMemo>,
    /// What is not, in the order in which it was found.
    pub left: Vec<MemoLeftOut>,
    /// What was corrected.
    pub correction: Option<String>,
    /// When it was corrected.
    #[serde(serialize_with = "iso_or_nothing")]
    pub corrected: Option<NaiveDate>,
    /// Numbers that no memo bears, of years in which numbers were given: "21145 to 21146".
    pub gaps: Vec<Gaps>,
    /// How many files of the memos are written to the output folder.
    pub written: usize,
    /// The faults of the memos, each round once: those of memos that are not issued, then warnings of those that are.
    pub faults: Vec<Findings>,
}

/// A memo that is issued or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssuedMemo {
    /// Its id from now on.
    pub id: String,
    /// Its id of before.
    pub was: String,
    /// Its subject.
    pub title: String,
    /// What is printed otherwise since it was issued, besides the edit that is being corrected.
    pub also_changed: Vec<BroughtChange>,
    /// What could go with its correction by itself, and whether it does.
    pub choices: Vec<ChangeChoice>,
    /// What its date changes in it since it was approved, besides the date.
    pub since_approval: Vec<BroughtChange>,
    /// How many comments on it are open; nothing if they cannot be read.
    pub open_comments: Option<usize>,
    /// Its page, by its path in the output folder.
    pub page: Option<OutputPath>,
    /// The earlier memos that it names, and how it stands to them.
    pub relations: BTreeMap<Relation, Vec<Id>>,
    /// The files that are locked, by their paths in the output folder.
    pub files: Vec<String>,
}

/// The numbers of a year that no memo bears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// The year.
    pub year: i32,
    /// The numbers.
    pub numbers: String,
}

/// A memo that is left as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum MemoLeftOut {
    /// It is issued already.
    IssuedAlready {
        /// The memo.
        id: String,
    },
    /// It is as it was issued: there is nothing to correct.
    NothingToCorrect {
        /// The memo.
        id: String,
    },
    /// What is printed of it would differ by more than its edit, and nobody has said that it is to.
    BringsChanges {
        /// The memo.
        id: String,
        /// Whether it was edited at all.
        is_edited: bool,
        /// What would be printed otherwise.
        differences: Vec<BroughtChange>,
        /// What of it can be taken by itself; nothing, if it goes as a whole or not at all.
        choices: Vec<ChangeChoice>,
    },
    /// Its edit stands in the same lines as a change of office, release or templates that does not go with it.
    SameLines {
        /// The memo.
        id: String,
        /// The changes that can be taken by themselves.
        choices: Vec<ChangeChoice>,
    },
    /// Nobody has approved it.
    NotReviewed {
        /// The memo.
        id: String,
        /// Whether somebody is to review it, or has done so and is to approve it.
        in_review: bool,
    },
    /// It would be printed otherwise than it was approved.
    ChangedSinceApproval {
        /// The memo.
        id: String,
    },
    /// Its release has a delay that was announced after its date, and it does not say whether it tells it.
    UntoldDelay {
        /// The memo.
        id: String,
        /// Its date.
        #[serde(serialize_with = "iso")]
        of: NaiveDate,
        /// When the delay was announced.
        #[serde(serialize_with = "iso")]
        announced: NaiveDate,
        /// How many delays were announced by its date.
        by_then: usize,
        /// How many there are.
        all: usize,
    },
    /// It cannot be issued.
    Refused {
        /// The memo.
        id: String,
        /// Why, in a sentence.
        reason: String,
        /// What to type; blank where nothing helps, or where the reason says it.
        instead: String,
    },
    /// It has faults.
    Faulty {
        /// The memo.
        id: String,
    },
}

impl MemoLeftOut {
    /// The memo.
    pub fn id(&self) -> &str {
        match self {
            MemoLeftOut::IssuedAlready { id }
            | MemoLeftOut::NothingToCorrect { id }
            | MemoLeftOut::BringsChanges { id, .. }
            | MemoLeftOut::SameLines { id, .. }
            | MemoLeftOut::NotReviewed { id, .. }
            | MemoLeftOut::ChangedSinceApproval { id }
            | MemoLeftOut::UntoldDelay { id, .. }
            | MemoLeftOut::Refused { id, .. }
            | MemoLeftOut::Faulty { id } => id,
        }
    }

    /// Whether nothing is wrong with it: nothing was to be done.
    pub fn is_done(&self) -> bool {
        matches!(self, MemoLeftOut::IssuedAlready { .. } | MemoLeftOut::NothingToCorrect { .. })
    }
}
