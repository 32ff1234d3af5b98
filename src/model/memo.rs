//! A memo as its analyst wrote it.

use std::{fmt, str::FromStr, sync::Arc};

use chrono::NaiveDate;

use super::{Contact, Election, Id, Letterhead, Person, Plan, Text};
use crate::diagnostic::{Placed, SourceId};

/// A memorandum.
#[derive(Debug, Clone)]
pub struct Memo {
    /// The file's stem: `21144`, or `15161-2` for a second memo of the same number.
    pub id: Id,
    /// The file it was read from.
    pub source: SourceId,
    /// The printed number, which is text; a draft may have none.
    pub number: Option<String>,
    /// The date it bears; also the date as of which tasks are completed.
    pub date: NaiveDate,
    /// How far it has come.
    pub status: Status,
    /// Why it was withdrawn, if it was.
    pub why: Option<String>,
    /// The lines at its top.
    pub letterhead: Arc<Letterhead>,
    /// TO, at least one; an address block has several lines.
    pub to: Vec<String>,
    /// FROM, at least one.
    pub from: Vec<Originator>,
    /// Whether "/s/" stands before the originators' names.
    pub signed: bool,
    /// Whose initials form the file's name.
    pub analyst: Arc<Person>,
    /// RE.
    pub subject: Text,
    /// Whom a reader can ask.
    pub contact: Option<Arc<Contact>>,
    /// The election from which it counts days: E-60.
    pub election: Option<Arc<Election>>,
    /// What it says.
    pub body: Body,
    /// The plan it speaks of.
    pub plan: Option<Arc<Plan>>,
    /// How many of the plan's delays it knows.
    pub knows: usize,
    /// What is attached.
    pub attachments: Vec<Attachment>,
}

/// Who signs a memo, with the title of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originator {
    /// The person.
    pub name: String,
    /// The title on the memo's date.
    pub title: String,
}

/// What a memo says.
#[derive(Debug, Clone)]
pub enum Body {
    /// Markdown with template expressions.
    Text(Text),
    /// A template by its name, `release-delay`.
    Template(Placed<String>),
}

/// Something attached to a memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachment {
    /// The schedule of the memo's plan.
    Schedule,
}

/// How far a memo has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// Being read by others.
    Review,
    /// Ready to go out.
    Approved,
    /// Sent.
    Issued,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every status there is, in the order of a memo's life.
    pub const ALL: [Status; 5] =
        [Status::Draft, Status::Review, Status::Approved, Status::Issued, Status::Withdrawn];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Review => "review",
            Status::Approved => "approved",
            Status::Issued => "issued",
            Status::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Status::ALL.into_iter().find(|status| status.word() == text).ok_or(())
    }
}
