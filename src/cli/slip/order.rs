//! What a slip is to be: the arguments -> a delay.
//!
//! Not here: what follows from it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::SlipArguments;
use crate::{
    diagnostic::offer,
    input::edit::Value,
    model::{Delay, Id, Milestone, Move, Plan, date},
    schedule::Resolved,
};

/// A delay that is to be told.
pub(super) struct Order {
    pub announced: NaiveDate,
    pub reason: String,
    /// In the order of the milestones.
    pub moves: Vec<To>,
}

/// A milestone and where it moves; a window without an end keeps its length.
pub(super) struct To {
    id: Id,
    start: NaiveDate,
    end: Option<NaiveDate>,
}

impl Order {
    /// Reads the arguments; the error says which one is wrong.
    pub fn read(chosen: &SlipArguments, announced: NaiveDate, plan: &Plan) -> Result<Order, String> {
        let reason = chosen.reason.trim().to_owned();
        if reason.is_empty() {
            return Err("--reason says nothing; it reads after \"due to\" in the memo".to_owned());
        }
        if let Some(last) = plan.delays.last().filter(|last| announced < last.announced) {
            return Err(format!(
                "the delay would be announced on {}, before the last one, of {}; --announced sets another day",
                date::prose(announced),
                date::prose(last.announced)
            ));
        }
        let mut moves = BTreeMap::new();
        for text in &chosen.moves {
            let (at, to) = one(text, plan)?;
            if let Some(twice) = moves.insert(at, to) {
                return Err(format!("{} is moved twice", twice.id));
            }
        }
        Ok(Order { announced, reason, moves: moves.into_values().collect() })
    }

    /// Leaves out what is there already.
    pub fn without_rest(mut self, now: &Resolved<'_>) -> Order {
        self.moves.retain(|To { id, start, end }| {
            let window = now.milestones.iter().find(|milestone| milestone.id == id).map(|m| m.now);
            window.is_none_or(|window| window.start != *start || end.is_some_and(|end| end != window.end))
        });
        self
    }

    /// As it is written into the release's file.
    pub fn value(&self) -> Value {
        let day = |day: NaiveDate| Value::Text(date::iso_text(day));
        let entry = |key: &str, value| (key.to_owned(), value);
        let moves = self.moves.iter().map(|To { id, start, end }| {
            let to = match end {
                None => day(*start),
                Some(end) => Value::Map(vec![entry("start", day(*start)), entry("end", day(*end))]),
            };
            entry(id.as_str(), to)
        });
        Value::Map(vec![
            entry("announced", day(self.announced)),
            entry("cause", Value::Text(self.reason.clone())),
            entry("moves", Value::Map(moves.collect())),
        ])
    }

    /// Whether a delay that was read again says this.
    pub fn is(&self, delay: &Delay) -> bool {
        let moves = self.moves.iter().all(|To { id, start, end }| {
            delay.moves.get(id).is_some_and(|there: &Move| (there.start, there.end) == (*start, *end))
        });
        moves
            && delay.moves.len() == self.moves.len()
            && (delay.announced, delay.cause.value.as_str()) == (self.announced, self.reason.as_str())
    }
}

/// `release=2021-12-05`, `mock-election=2021-11-19..2021-12-03`.
fn one(text: &str, plan: &Plan) -> Result<(usize, To), String> {
    let form = "write --move release=2021-12-05, or --move mock-election=2021-11-19..2021-12-03";
    let (name, dates) = text.split_once('=').ok_or_else(|| format!("`{text}` moves nothing; {form}"))?;
    let name = name.trim();
    let at = plan.milestones.iter().position(|milestone| milestone.id.as_str() == name).ok_or_else(|| {
        let known = offer(name, plan.milestones.iter().map(|milestone| milestone.id.as_str()));
        format!("there is no milestone `{name}`; {known}")
    })?;
    let Milestone { id, is_window, .. } = &plan.milestones[at];
    let day = |text: &str| date::read(text).map_err(|_| format!("`{}` is no date; {form}", text.trim()));
    let Some((start, end)) = dates.split_once("..") else {
        return Ok((at, To { id: id.clone(), start: day(dates)?, end: None }));
    };
    let (start, end) = (day(start)?, day(end)?);
    if !is_window {
        return Err(format!("{id} is one day: write --move {id}={}", date::iso_text(start)));
    }
    if end < start {
        return Err(format!("{id} would end on {}, before it starts", date::prose(end)));
    }
    Ok((at, To { id: id.clone(), start, end: Some(end) }))
}
