//! What somebody types of new dates: of milestones; and of a delay, with the cause, when counties are told, and what was done.
//!
//! In: a form. Out: [`TypedDays`], a [`TypedDelay`] and the request that it makes; what in them is no date. Not here: what follows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{request::FormData, slip_sheet::CarriedSheet};
use crate::{
    desk::{
        AnswerOf, ClosedAnswer, DelayMarks, DoneAnswers, MilestoneMove, MovableMilestone, MovableRelease,
        SlipPurpose, SlipRequest,
    },
    model::{Day, Id, OnClosed, PlanItemId, Tbd, date},
    words::capitalized,
};

/// What stands in the place of a cause as long as none is typed.
pub(super) const NO_CAUSE: &str = "(the cause)";

/// New days of milestones, as they are typed.
#[derive(Clone, Default)]
pub(super) struct TypedDays {
    /// For each milestone, what is typed as its first and its last day.
    texts: BTreeMap<String, [String; 2]>,
    /// Those that can be read.
    pub moves: Vec<MilestoneMove>,
    /// What is typed and is no date: what to type.
    pub wrong: Vec<String>,
}

/// What is typed of a delay.
pub(super) struct TypedDelay {
    pub days: TypedDays,
    pub told: String,
    pub announced: NaiveDate,
    pub cause: String,
    /// Of what somebody says whether it was done.
    pub answers: BTreeMap<PlanItemId, bool>,
    /// Of what somebody says what happens on a closed day.
    pub closed: BTreeMap<PlanItemId, OnClosed>,
    /// Whether what is unusual is meant.
    pub meant: bool,
    /// What the form was opened for.
    pub begun: Begun,
    /// What the last delay and the proposal were as it was opened.
    pub marks: DelayMarks,
    /// The sheet that it comes from, if it comes from one.
    pub sheet: CarriedSheet,
}

/// What a form of a delay was opened with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Begun {
    /// Nothing: it becomes a new delay, or a proposal.
    #[default]
    Blank,
    /// What is proposed.
    Proposal,
    /// The last delay, which it is to take the place of.
    Last,
}

impl Begun {
    const ALL: [Begun; 3] = [Begun::Blank, Begun::Proposal, Begun::Last];

    /// The word for it, in forms and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Begun::Blank => "",
            Begun::Proposal => "proposal",
            Begun::Last => "change",
        }
    }

    /// What somebody means by the word.
    pub fn of(word: &str) -> Option<Begun> {
        Begun::ALL.into_iter().find(|begun| begun.word() == word)
    }

    /// What becomes of the delay when it is recorded.
    fn purpose(self, marks: &DelayMarks) -> SlipPurpose {
        match self {
            Begun::Blank => SlipPurpose::Record,
            Begun::Proposal => SlipPurpose::RecordProposal,
            Begun::Last => SlipPurpose::Change { of: marks.last.clone() },
        }
    }
}

/// A milestone in the table.
#[derive(Serialize)]
pub(super) struct TypedRow {
    id: String,
    name: String,
    is_window: bool,
    plans: Vec<String>,
    start: String,
    end: String,
}

impl TypedDays {
    /// Reads the fields `to:MILESTONE` and `end:MILESTONE` of a form, in their order.
    pub fn read(form: &FormData) -> TypedDays {
        let mut typed = TypedDays::default();
        let milestones =
            form.iter().filter_map(|(name, start)| Some((name.strip_prefix("to:")?, start.trim())));
        for (milestone, start) in milestones {
            let end = form.filled(&format!("end:{milestone}")).unwrap_or_default();
            typed.texts.insert(milestone.to_owned(), [start.to_owned(), end.to_owned()]);
            let name =
                milestone.parse::<Id>().map_or_else(|_| milestone.to_owned(), |id| capitalized(&id.words()));
            let (first, last) = (day(start), day(end));
            let wrong = [(start, &first), (end, &last)];
            let wrong: Vec<_> =
                wrong.iter().filter(|(text, day)| !text.is_empty() && day.is_none()).collect();
            typed.wrong.extend(wrong.iter().map(|(text, _)| no_date(&name, text)));
            match first {
                Some(start) if wrong.is_empty() => {
                    typed.moves.push(MilestoneMove { milestone: milestone.to_owned(), start, end: last });
                }
                None if start.is_empty() && last.is_some() => {
                    typed.wrong.push(format!("{name}: type its first day, too."));
                }
                _ => {}
            }
        }
        typed
    }

    /// Days that are kept already.
    fn of_moves(moves: &[MilestoneMove]) -> TypedDays {
        let typed = |day: &Day| match day {
            Day::Known(day) => date::table(*day),
            tbd => tbd.written(),
        };
        let texts = moves.iter().map(|to| {
            let end = to.end.as_ref().map(typed).unwrap_or_default();
            (to.milestone.clone(), [typed(&to.start), end])
        });
        TypedDays { texts: texts.collect(), moves: moves.to_vec(), wrong: Vec::new() }
    }

    /// What is typed for a milestone: its first and its last day.
    pub fn of(&self, milestone: &str) -> [String; 2] {
        self.texts.get(milestone).cloned().unwrap_or_default()
    }
}

impl TypedDelay {
    /// Nothing typed yet.
    pub fn blank(today: NaiveDate) -> TypedDelay {
        TypedDelay {
            days: TypedDays::default(),
            told: date::table(today),
            announced: today,
            cause: String::new(),
            answers: BTreeMap::new(),
            closed: BTreeMap::new(),
            meant: false,
            begun: Begun::Blank,
            marks: DelayMarks::default(),
            sheet: CarriedSheet::default(),
        }
    }

    /// What is kept already: a proposal, or the last delay.
    pub fn kept(wish: &SlipRequest, begun: Begun) -> TypedDelay {
        let kept = |of: &AnswerOf| match of {
            AnswerOf::Target(target) => Some(target.clone()),
            AnswerOf::Name(_) => None,
        };
        let answers = [(&wish.answers.done, true), (&wish.answers.not_done, false)];
        let answers = answers.into_iter().flat_map(|(all, done)| all.iter().map(move |of| (of, done)));
        let closed = wish.closed.iter().filter_map(|answer| Some((kept(&answer.of)?, answer.closed)));
        TypedDelay {
            days: TypedDays::of_moves(&wish.moves),
            told: date::table(wish.announced),
            announced: wish.announced,
            cause: wish.reason.clone(),
            answers: answers.filter_map(|(of, done)| Some((kept(of)?, done))).collect(),
            closed: closed.collect(),
            meant: false,
            begun,
            marks: DelayMarks::default(),
            sheet: CarriedSheet::default(),
        }
    }

    /// Reads a form.
    pub fn read(form: &FormData, today: NaiveDate) -> TypedDelay {
        let field = |name: &str| form.filled(name).unwrap_or_default().to_owned();
        let answers = form
            .iter()
            .filter_map(|(name, value)| Some((target(name.strip_prefix("done:")?)?, value == "yes")));
        let closed = form.iter().filter_map(|(name, value)| {
            let closed = OnClosed::ALL.into_iter().find(|known| known.word() == value)?;
            Some((target(name.strip_prefix("closed:")?)?, closed))
        });
        let mut typed = TypedDelay {
            days: TypedDays::read(form),
            told: field("told"),
            announced: today,
            cause: field("cause"),
            answers: answers.collect(),
            closed: closed.collect(),
            meant: form.get("meant").is_some(),
            begun: form.get("begun").and_then(Begun::of).unwrap_or_default(),
            marks: DelayMarks { last: field("last"), proposed: field("proposed") },
            sheet: CarriedSheet::of(form),
        };
        if !typed.told.is_empty() {
            match date::read(&typed.told) {
                Ok(day) => typed.announced = day,
                Err(_) => typed.days.wrong.push(no_date("Counties are told on", &typed.told)),
            }
        }
        typed
    }

    /// The rows of the table.
    pub fn rows(&self, release: &MovableRelease) -> Vec<TypedRow> {
        let row = |milestone: &MovableMilestone| {
            let [start, end] = self.days.of(&milestone.id);
            TypedRow {
                id: milestone.id.clone(),
                name: capitalized(&milestone.name),
                is_window: milestone.is_window,
                plans: milestone.plans.clone(),
                start,
                end,
            }
        };
        release.milestones.iter().map(row).collect()
    }

    /// The delay as it is asked for, with the answers to what is asked.
    pub fn wish(&self, release: &str, is_asked: impl Fn(&PlanItemId) -> bool) -> SlipRequest {
        let said = |wanted: bool| {
            let said = self.answers.iter().filter(|(of, done)| **done == wanted && is_asked(of));
            said.map(|(of, _)| AnswerOf::Target(of.clone())).collect()
        };
        let closed = self
            .closed
            .iter()
            .map(|(of, closed)| ClosedAnswer { of: AnswerOf::Target(of.clone()), closed: *closed });
        SlipRequest {
            release: release.to_owned(),
            moves: self.days.moves.clone(),
            reason: if self.cause.is_empty() { NO_CAUSE.to_owned() } else { self.cause.clone() },
            announced: self.announced,
            answers: DoneAnswers { done: said(true), not_done: said(false) },
            closed: closed.collect(),
            purpose: self.begun.purpose(&self.marks),
        }
    }
}

/// What tells a step or a milestone from the others in the names of fields: `step-install`, `milestone-report`.
pub(super) fn key(of: &PlanItemId) -> String {
    match of {
        PlanItemId::Task(id) => format!("step-{id}"),
        PlanItemId::Milestone(id) => format!("milestone-{id}"),
    }
}

fn target(key: &str) -> Option<PlanItemId> {
    let (kind, id) = key.split_once('-')?;
    let id = id.parse().ok()?;
    Some(if kind == "milestone" { PlanItemId::Milestone(id) } else { PlanItemId::Task(id) })
}

/// A day as it is typed; none of what is no date.
pub(super) fn day(text: &str) -> Option<Day> {
    match Tbd::read(text) {
        Some(tbd) => Some(Day::Tbd(tbd)),
        None => date::read(text).ok().map(Day::Known),
    }
}

/// What to type in the place of what is no date.
pub(super) fn no_date(name: &str, text: &str) -> String {
    format!("{name}: “{text}” is no date. Type it as 12/5/2021.")
}
