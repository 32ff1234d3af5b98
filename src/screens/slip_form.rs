//! What somebody types of new dates: of milestones; and of a delay, with the cause, when counties are told, and what was done.
//!
//! In: a form. Out: [`TypedDays`], a [`TypedDelay`] and the request that it makes; what in them is no date. Not here: what follows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::request::FormData;
use crate::{
    desk::{DoneAnswers, MilestoneMove, MovableMilestone, MovableRelease, SlipRequest},
    model::{Day, Id, Tbd, date},
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
    /// For each question, by its key, whether it was done.
    pub answers: BTreeMap<String, bool>,
    /// Whether what is unusual is meant.
    pub meant: bool,
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
            meant: false,
        }
    }

    /// Reads a form.
    pub fn read(form: &FormData, today: NaiveDate) -> TypedDelay {
        let field = |name: &str| form.filled(name).unwrap_or_default().to_owned();
        let answers = form.iter().filter_map(|(name, value)| Some((name.strip_prefix("done:")?, value)));
        let mut typed = TypedDelay {
            days: TypedDays::read(form),
            told: field("told"),
            announced: today,
            cause: field("cause"),
            answers: answers.map(|(id, value)| (id.to_owned(), value == "yes")).collect(),
            meant: form.get("meant").is_some(),
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

    /// The delay as it is asked for, with the answers to questions that `name` knows by their keys.
    pub fn wish(&self, release: &str, name: impl Fn(&str) -> Option<String>) -> SlipRequest {
        let said = |wanted: bool| {
            let said = self.answers.iter().filter(|(_, done)| **done == wanted);
            said.filter_map(|(key, _)| name(key)).collect()
        };
        SlipRequest {
            release: release.to_owned(),
            moves: self.days.moves.clone(),
            reason: if self.cause.is_empty() { NO_CAUSE.to_owned() } else { self.cause.clone() },
            announced: self.announced,
            answers: DoneAnswers { done: said(true), not_done: said(false) },
        }
    }
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
