//! What follows from a delay, and its words.
//!
//! Not here: finding it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{AnsweredClosedDay, DoneQuestion, ProposalNote, SlipPurpose, SlipRequest, Timeline};
use crate::{
    desk::iso,
    model::{Relation, Status, date},
    schedule::{ChangeRow, Resolved},
    words::{capitalized, counted, cut, series},
};

/// How many characters of a task's text are shown.
const WIDTH: usize = 96;

/// What follows from a delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlipReport {
    /// The release's id.
    pub release: String,
    /// What it is called.
    pub name: String,
    /// Its file, by its path from the working folder.
    pub file: String,
    /// When counties are told.
    #[serde(serialize_with = "iso")]
    pub announced: NaiveDate,
    /// The cause, as it reads after "due to".
    pub cause: String,
    /// What moves or is reworded, milestones first; nothing if everything named is on these days already.
    pub moved: Vec<DateMove>,
    /// What the last delay has moved, if this one takes its place, and is again as it was before it.
    pub goes_back: Vec<DateReturn>,
    /// Whether every milestone that moves comes earlier.
    pub all_earlier: bool,
    /// What stays.
    pub stays: Vec<StayingDates>,
    /// The memos of the release.
    pub memos: Vec<MemoOfRelease>,
    /// Steps that would move, and whose day has passed: nothing is recorded before somebody says whether they were done.
    pub questions: Vec<DoneQuestion>,
    /// Steps that were to have begun and move with their start: "step 3".
    pub under_way: Vec<String>,
    /// What is to be looked at before the delay is recorded: milestones that move past each other.
    pub unusual: Vec<String>,
    /// Issued memos that would tell the delay, which no issued memo may; they lack a line `knows: ...`.
    pub would_tell: Vec<String>,
    /// Steps that come or go by it: "Step 14 is new: Install it".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// How many delays the release has without this one.
    pub earlier_delays: usize,
    /// What was answered of closed days, and is written into the rules with the delay.
    pub closed: Vec<AnsweredClosedDay>,
    /// What becomes of the delay.
    #[serde(serialize_with = "word")]
    pub purpose: SlipPurpose,
    /// What is proposed of the release already; a new proposal takes its place, and recording it ends it.
    pub proposal: Option<ProposalNote>,
    /// The schedule with the delay, to be drawn.
    #[serde(skip)]
    pub timeline: Timeline,
}

/// A milestone or task that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateMove {
    /// When it was, when it is, and how far that is.
    #[serde(flatten)]
    pub row: ChangeRow,
    /// Why it is when it is: "moved by the delay announced September 20, 2021".
    pub reasons: Vec<String>,
}

/// A milestone or step that is again on the days on which it was before the last delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateReturn {
    /// "Step 2", "The drill".
    pub what: String,
    /// Its days with the last delay: "August 4, 2025".
    pub was: String,
    /// Its days before it, and from now on.
    pub becomes: String,
}

/// Milestones and tasks that stay for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StayingDates {
    /// What stays: "step 6a", "deployment".
    pub what: Vec<String>,
    /// Why.
    pub why: String,
}

/// A memo of the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemoOfRelease {
    /// Its id.
    pub id: String,
    /// How far it has come.
    pub status: Status,
    /// Its date.
    #[serde(serialize_with = "iso")]
    pub date: NaiveDate,
    /// What the delay means for it.
    #[serde(flatten)]
    pub follows: WhatFollows,
}

/// What a delay means for a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "follows", rename_all = "kebab-case")]
pub enum WhatFollows {
    /// It is not issued, and is built anew.
    Rebuilt,
    /// It says that it knows of fewer delays.
    Pinned {
        /// How many it knows of.
        knows: usize,
    },
    /// It is issued and stays so; a later memo updates it.
    Updated {
        /// The later memo.
        by: String,
        /// What the later memo does.
        relation: Relation,
    },
    /// It is issued and stays so; it needs a memo that updates it.
    NeedsUpdate,
    /// It is not issued, and tells what is proposed.
    TellsProposal,
}

impl SlipPurpose {
    /// Whether it takes the place of the last delay.
    pub(super) fn is_change(&self) -> bool {
        matches!(self, SlipPurpose::Change { .. })
    }

    /// Whether it is kept as a proposal.
    pub(super) fn is_proposal(&self) -> bool {
        matches!(self, SlipPurpose::Propose { .. })
    }
}

/// "record-proposal".
fn word<S: Serializer>(purpose: &SlipPurpose, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match purpose {
        SlipPurpose::Record => "record",
        SlipPurpose::Propose { .. } => "propose",
        SlipPurpose::RecordProposal => "record-proposal",
        SlipPurpose::Change { .. } => "change",
    })
}

impl SlipReport {
    /// A delay by which nothing moves.
    pub(super) fn nothing(id: &str, file: &str, wish: &SlipRequest, now: &Resolved<'_>) -> SlipReport {
        SlipReport {
            release: id.to_owned(),
            name: now.plan.name.clone().unwrap_or_else(|| id.to_owned()),
            file: file.to_owned(),
            announced: wish.announced,
            cause: wish.reason.trim().to_owned(),
            moved: Vec::new(),
            goes_back: Vec::new(),
            all_earlier: false,
            stays: Vec::new(),
            memos: Vec::new(),
            questions: Vec::new(),
            under_way: Vec::new(),
            unusual: Vec::new(),
            would_tell: Vec::new(),
            steps: Vec::new(),
            earlier_delays: now.delays.len(),
            closed: Vec::new(),
            purpose: wish.purpose.clone(),
            proposal: None,
            timeline: Timeline::default(),
        }
    }

    /// Whether everything named is on these days already.
    pub fn is_nothing(&self) -> bool {
        self.moved.is_empty() && self.stays.is_empty() && self.memos.is_empty() && self.would_tell.is_empty()
    }

    /// Whether it is kept as a proposal: then nothing is asked before.
    pub fn is_proposal(&self) -> bool {
        self.purpose.is_proposal()
    }

    /// Whether it takes the place of the last delay.
    pub fn is_change(&self) -> bool {
        self.purpose.is_change()
    }

    /// What is unusual, each in a sentence.
    pub fn unusual_sentences(&self) -> Vec<String> {
        self.unusual.iter().map(|said| format!("{}.", capitalized(said))).collect()
    }

    /// "2 questions are open", if any is.
    pub fn open_questions(&self) -> Option<String> {
        match self.questions.len() {
            0 => None,
            1 => Some("1 question is open".to_owned()),
            open => Some(format!("{open} questions are open")),
        }
    }

    fn under_way_sentence(&self) -> String {
        let it = if self.under_way.len() == 1 { "it was" } else { "they were" };
        format!(
            "{}: {it} to have begun, and the start moves, too; if it has begun, write `actual: {{start: ...}}` first",
            listed(&self.under_way)
        )
    }

    fn on_closed_day(&self, answered: &AnsweredClosedDay) -> String {
        let becomes = match answered.closed {
            "next" => "moves to the next working day",
            "previous" => "moves to the working day before",
            _ => "stays",
        };
        let when = if self.is_proposal() { "once it is recorded" } else { "from now on" };
        format!("{}: {becomes}; its rule says so {when}", capitalized(&answered.what))
    }

    /// Why the delay cannot be recorded, though it can be shown.
    pub fn why_not(&self) -> Option<String> {
        if self.is_proposal() {
            return None;
        }
        let memos = self.would_tell.join(", ");
        (!memos.is_empty()).then(|| {
            format!(
                "issued on that day or later, and without a line `knows: ...`, so it would tell this delay: {memos}; add \
                 `knows: {}` to keep it as it is",
                self.earlier_delays
            )
        })
    }
}

impl fmt::Display for SlipReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SlipReport { name, release, cause, .. } = self;
        let announced = date::prose(self.announced);
        let what = if self.all_earlier { "change" } else { "delay" };
        let stop = if cause.ends_with('.') { "" } else { "." };
        let proposed = if self.is_proposal() { "proposed, to be announced" } else { "announced" };
        writeln!(f, "{name} ({release}), a {what} {proposed} {announced}, due to {cause}{stop}")?;
        if let Some(proposal) = &self.proposal {
            let becomes = match self.purpose {
                SlipPurpose::Propose { .. } => "replaced by this one",
                SlipPurpose::RecordProposal => "recorded with this",
                SlipPurpose::Record | SlipPurpose::Change { .. } => "still only proposed",
            };
            writeln!(f, "Proposed before, {becomes}: {}", proposal.words)?;
        }
        writeln!(f, "\nChanges")?;
        for moved in &self.moved {
            moved.fmt(f)?;
        }
        section(f, "Steps that come or go by this delay", self.steps.iter().cloned())?;
        let back = self.goes_back.iter().map(ToString::to_string);
        section(f, "As before the last delay", back)?;
        section(f, "Stays", self.stays.iter().map(ToString::to_string))?;
        let under_way = (!self.under_way.is_empty()).then(|| self.under_way_sentence());
        section(f, "Under way", under_way)?;
        section(f, "Done or not", self.questions.iter().flat_map(asked))?;
        section(f, "On closed days", self.closed.iter().map(|day| self.on_closed_day(day)))?;
        section(f, "Unusual", self.unusual_sentences())?;
        let once = if self.is_proposal() { ", once it is recorded" } else { "" };
        writeln!(f, "\n{} of this release{once}", capitalized(&counted(self.memos.len(), "memo")))?;
        for memo in &self.memos {
            memo.fmt(f)?;
        }
        Ok(())
    }
}

/// Lines under a heading, if there are any.
fn section(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    lines: impl IntoIterator<Item = String>,
) -> fmt::Result {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() {
        writeln!(f, "\n{heading}")?;
    }
    lines.try_for_each(|line| writeln!(f, "  {line}"))
}

/// A question, and when its answer would move it.
fn asked(question: &DoneQuestion) -> [String; 2] {
    let DoneQuestion { what, planned, becomes, .. } = question;
    let when = format!("    was planned for {planned}; if it was not done, it becomes {becomes}");
    [cut(what, WIDTH), when]
}

impl fmt::Display for DateReturn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DateReturn { what, was, becomes } = self;
        write!(f, "{what}: goes back from {was} to {becomes}")
    }
}

impl fmt::Display for DateMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ChangeRow { step, owner, task, was, is, difference } = &self.row;
        let what = match step.as_str() {
            "" => task.clone(),
            step => format!("Step {step}, {owner}: {task}"),
        };
        writeln!(f, "  {}", cut(&what, WIDTH))?;
        let when = match (was.as_str(), is.as_str()) {
            (was, is) if was == is => format!("stays {is}"),
            ("", is) => is.to_owned(),
            (was, "") => format!("was {was}"),
            (was, is) => format!("was {was}, becomes {is}"),
        };
        writeln!(f, "      {when}: {difference}")?;
        self.reasons.iter().try_for_each(|reason| writeln!(f, "      {reason}"))
    }
}

impl fmt::Display for StayingDates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", listed(&self.what), self.why)
    }
}

impl fmt::Display for MemoOfRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let says = match &self.follows {
            WhatFollows::Rebuilt => "follows, and is built anew".to_owned(),
            WhatFollows::Pinned { knows } => format!("stays: it says `knows: {knows}`"),
            WhatFollows::Updated { by, relation } => format!("stays as issued; {by} {} it", relation.key()),
            WhatFollows::TellsProposal => "tells what is proposed".to_owned(),
            WhatFollows::NeedsUpdate => "stays as issued; it needs a memo that updates it".to_owned(),
        };
        writeln!(f, "  {} ({}, {}): {says}", self.id, self.status, date::prose(self.date))
    }
}

/// "Steps 1, 2 and 6a", "The deployment and step 3".
fn listed(all: &[String]) -> String {
    let numbers: Option<Vec<&str>> = all.iter().map(|name| name.strip_prefix("step ")).collect();
    match numbers.as_deref() {
        Some(numbers) if numbers.len() > 1 => format!("Steps {}", series(numbers)),
        _ => capitalized(&series(all)),
    }
}
