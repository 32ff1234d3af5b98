//! A memo as its analyst wrote it.

use std::{fmt, str::FromStr, sync::Arc};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Contact, Election, Id, Letterhead, Person, Plan, Text};
use crate::diagnostic::{Place, Placed, SourceId};

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
    /// When it was withdrawn; memos of older years do not say it.
    pub withdrawn: Option<NaiveDate>,
    /// What was put right in it after it was issued, earliest first.
    pub corrections: Vec<Correction>,
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
    /// The same plan, or an empty one, with the memo's own deadlines behind its tasks; none if it lists none.
    pub deadlines: Option<Arc<Plan>>,
    /// How many of the plan's delays it knows.
    pub knows: usize,
    /// Whether the last of these delays is only proposed.
    pub tells_proposal: bool,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// What stands above the list of attachments, if not the usual word.
    pub attachment_label: Option<String>,
    /// Whether the titles of the attachments are listed.
    pub lists_attachments: bool,
    /// Whether the blanks of its PDF can be filled in on the screen.
    pub fields: bool,
    /// Which earlier memos it stands in relation to.
    pub relations: Vec<(Relation, Placed<Id>)>,
}

impl Memo {
    /// All that the memo dates: the tasks of its plan, then its own deadlines.
    pub fn dated(&self) -> Option<&Arc<Plan>> {
        self.deadlines.as_ref().or(self.plan.as_ref())
    }

    /// The texts that it holds itself, in which variables can stand; not those of its plan and its deadlines.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.subject];
        if let Body::Text(body) = &self.body {
            texts.push(body);
        }
        for attachment in &self.attachments {
            match attachment {
                Attachment::Text(text) => texts.extend([&text.title, &text.body]),
                Attachment::File(file) => texts.push(&file.title),
                Attachment::Schedule | Attachment::Changes => {}
            }
        }
        texts
    }
}

/// Who signs a memo, with the title of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originator {
    /// The person.
    pub name: String,
    /// The title on the memo's date.
    pub title: String,
}

/// Something that was put right in an issued memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When the memo was published anew.
    pub date: NaiveDate,
    /// What was wrong, as it reads after "Corrected September 2, 2021:".
    pub what: String,
}

/// What a memo says.
#[derive(Debug, Clone)]
pub enum Body {
    /// Markdown with template expressions.
    Text(Text),
    /// A template by its name, `release-delay`.
    Template(Placed<String>),
}

impl Body {
    /// Where it is written, or its template is named.
    pub fn place(&self) -> Place {
        match self {
            Body::Text(text) | Body::Template(text) => text.place.clone(),
        }
    }
}

/// Something attached to a memo.
#[derive(Debug, Clone)]
pub enum Attachment {
    /// The schedule of the memo's plan.
    Schedule,
    /// What changed in it.
    Changes,
    /// A text, which becomes a part of the memo.
    Text(AttachedText),
    /// A file, which is published beside the memo.
    File(AttachedFile),
}

/// A text that is attached.
#[derive(Debug, Clone)]
pub struct AttachedText {
    /// What it is listed under.
    pub title: Text,
    /// The date it bears, if it bears one.
    pub date: Option<NaiveDate>,
    /// Its revision mark: "Revised 8/27/2020".
    pub revised: Option<String>,
    /// Its own letterhead, if it has one.
    pub letterhead: Option<Arc<Letterhead>>,
    /// Its own addressees, if it has any.
    pub to: Vec<String>,
    /// Markdown with template expressions.
    pub body: Text,
}

/// A file that is attached.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// What it is listed under.
    pub title: Text,
    /// The path from the working folder.
    pub path: Placed<String>,
}

/// How a memo stands to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Both are to be read.
    Updates,
    /// Only this one is to be read.
    Supersedes,
    /// This one sets an error of the other right.
    Corrects,
}

impl Relation {
    /// Every relation there is.
    pub const ALL: [Relation; 3] = [Relation::Updates, Relation::Supersedes, Relation::Corrects];

    /// The key under which a memo names the earlier one.
    pub fn key(self) -> &'static str {
        match self {
            Relation::Updates => "updates",
            Relation::Supersedes => "supersedes",
            Relation::Corrects => "corrects",
        }
    }

    /// What the later memo says of the earlier one.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Updates => "Updates",
            Relation::Supersedes => "Supersedes",
            Relation::Corrects => "Corrects",
        }
    }

    /// What the earlier memo is told of the later one.
    pub fn reverse_words(self) -> &'static str {
        match self {
            Relation::Updates => "Updated by",
            Relation::Supersedes => "Superseded by",
            Relation::Corrects => "Corrected by",
        }
    }
}

/// A memo of earlier years that exists as a file only.
#[derive(Debug, Clone)]
pub struct Archived {
    /// The YAML file's stem.
    pub id: Id,
    /// The printed number.
    pub number: String,
    /// The date it bears.
    pub date: NaiveDate,
    /// What it is about.
    pub title: String,
    /// Where it is.
    pub kept: Kept,
}

/// Where an archived memo is.
#[derive(Debug, Clone)]
pub enum Kept {
    /// In a file of the working folder, by its path, which is published as it is.
    File(Placed<String>),
    /// At an address.
    Address(String),
}

/// How far a memo has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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

    /// It has not gone out yet.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Draft | Status::Review | Status::Approved)
    }

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
