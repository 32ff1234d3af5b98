//! What a slip is to be: a request -> a delay of a plan.
//!
//! Not here: what follows from it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AnsweredClosedDay, MilestoneMove, SlipRequest};
use crate::{
    desk::{NotADelay, Refused, Thing},
    diagnostic::offer,
    model::{DateRule, Day, Delay, Id, Move, Plan, PlanItemId},
    schedule::Resolved,
    yaml::edit::Value,
};

/// How many years a day may be from the others.
pub(in crate::desk) const FARTHEST: u32 = 20;

/// A delay that is to be told.
pub(super) struct Order {
    pub announced: NaiveDate,
    pub reason: String,
    /// In the order of the milestones.
    pub moves: Vec<To>,
    /// What was past and had not been done.
    pub reopens: Vec<PlanItemId>,
    /// What was past and had been done; a delay does not say it, a proposal does.
    pub done: Vec<PlanItemId>,
}

/// A milestone and where it moves; a window without an end keeps its length.
pub(super) struct To {
    id: Id,
    start: Day,
    end: Option<Day>,
}

impl Order {
    /// Holds a request against the plan that it is to change.
    pub fn new(wish: &SlipRequest, plan: &Plan, delays: &[Delay]) -> Result<Order, Refused> {
        let announced = wish.announced;
        if let Some(last) = delays.last().filter(|last| announced < last.announced) {
            return Err(Refused::NotADelay(NotADelay::BeforeLastDelay { announced, last: last.announced }));
        }
        near("the announcement", announced, last_planned(plan))?;
        let mut moves = BTreeMap::new();
        for one in &wish.moves {
            let (at, to) = to(one, plan)?;
            near_days(one, Some(announced))?;
            if let Some(twice) = moves.insert(at, to) {
                return Err(Refused::NotADelay(NotADelay::MovedTwice { milestone: twice.id.to_string() }));
            }
        }
        let (reason, moves) = (wish.reason.trim().to_owned(), moves.into_values().collect());
        Ok(Order { announced, reason, moves, reopens: Vec::new(), done: Vec::new() })
    }

    /// Leaves out what is there already.
    pub fn without_rest(mut self, now: &Resolved<'_>) -> Order {
        self.moves.retain(|To { id, start, end }| {
            let window = now.milestones.iter().find(|milestone| milestone.id == id).map(|m| &m.now);
            let is = |day: &Day, wanted: &Day| day.is_as_written(wanted);
            window.is_none_or(|window| {
                !is(&window.start, start) || end.as_ref().is_some_and(|end| !is(&window.end, end))
            })
        });
        self
    }

    /// As it is written into the release's file.
    pub fn value(&self) -> Value {
        Value::Map(self.entries())
    }

    /// As it is written into the release's file as long as it is only proposed.
    pub fn proposal(&self, by: Option<&str>, on: NaiveDate, closed: &[AnsweredClosedDay]) -> Value {
        let text = |key: &str, text: String| (key.to_owned(), Value::Text(text));
        let mut proposal: Vec<_> = by.map(|by| text("by", by.to_owned())).into_iter().collect();
        proposal.push(text("date", Day::from(on).written()));
        proposal.extend(self.entries());
        let done = self.done.iter().map(|done| Value::Text(done.id().to_string())).collect::<Vec<_>>();
        proposal.extend((!done.is_empty()).then(|| ("done".to_owned(), Value::List(done))));
        let (mut steps, mut milestones) = (BTreeMap::new(), BTreeMap::new());
        for day in closed {
            let kind = if matches!(day.target, PlanItemId::Task(_)) { &mut steps } else { &mut milestones };
            kind.insert(day.id.clone(), Value::Text(day.closed.to_owned()));
        }
        let kinds =
            [("steps", steps), ("milestones", milestones)].into_iter().filter(|(_, days)| !days.is_empty());
        let kinds: Vec<_> =
            kinds.map(|(kind, days)| (kind.to_owned(), Value::Map(days.into_iter().collect()))).collect();
        proposal.extend((!kinds.is_empty()).then(|| ("closed".to_owned(), Value::Map(kinds))));
        Value::Map(proposal)
    }

    fn entries(&self) -> Vec<(String, Value)> {
        let day = |day: &Day| Value::Text(day.written());
        let entry = |key: &str, value| (key.to_owned(), value);
        let moves = self.moves.iter().map(|To { id, start, end }| {
            let to = match end {
                None => day(start),
                Some(end) => Value::Map(vec![entry("start", day(start)), entry("end", day(end))]),
            };
            entry(id.as_str(), to)
        });
        let reopens = self.reopens.iter().map(|open| Value::Text(open.id().to_string())).collect::<Vec<_>>();
        let mut delay = vec![
            entry("announced", day(&self.announced.into())),
            entry("cause", Value::Text(self.reason.clone())),
            entry("moves", Value::Map(moves.collect())),
        ];
        delay.extend((!reopens.is_empty()).then(|| entry("reopens", Value::List(reopens))));
        delay
    }

    /// Whether a delay that was read again says this.
    pub fn is(&self, delay: &Delay) -> bool {
        let moves = self.moves.iter().all(|To { id, start, end }| {
            delay.moves.get(id).is_some_and(|there: &Move| {
                let end = match (&there.end, end) {
                    (Some(there), Some(end)) => there.is_as_written(end),
                    (there, end) => there.is_none() && end.is_none(),
                };
                there.start.is_as_written(start) && end
            })
        });
        moves
            && delay.moves.len() == self.moves.len()
            && delay.reopens.iter().map(|open| &open.value).eq(&self.reopens)
            && (delay.announced, delay.cause.value.as_str()) == (self.announced, self.reason.as_str())
    }
}

/// The last day that is written down for a milestone, in the first plan or by a delay.
pub(in crate::desk) fn last_planned(plan: &Plan) -> Option<NaiveDate> {
    let written = plan.milestones.iter().filter_map(|milestone| match &milestone.dates.start.value {
        DateRule::Literal(cell) => cell.day(),
        _ => None,
    });
    let moved = plan.delays.iter().flat_map(|delay| delay.moves.values().filter_map(|to| to.start.known()));
    written.chain(moved).max()
}

/// Refuses days of a milestone that are many years from another day.
pub(in crate::desk) fn near_days(one: &MilestoneMove, from: Option<NaiveDate>) -> Result<(), Refused> {
    let end = one.end.as_ref().and_then(Day::known);
    one.start.known().into_iter().chain(end).try_for_each(|day| near(&one.milestone, day, from))
}

/// Refuses a day that is many years from another one.
fn near(what: &str, day: NaiveDate, from: Option<NaiveDate>) -> Result<(), Refused> {
    match from.filter(|from| from.years_since(day).or(day.years_since(*from)) >= Some(FARTHEST)) {
        Some(from) => Err(Refused::NotADelay(NotADelay::FarDay { what: what.to_owned(), day, from })),
        None => Ok(()),
    }
}

fn to(one: &MilestoneMove, plan: &Plan) -> Result<(usize, To), Refused> {
    let at = milestone_of(one, plan)?;
    let MilestoneMove { start, end, .. } = one;
    Ok((at, To { id: plan.milestones[at].id.clone(), start: start.clone(), end: end.clone() }))
}

/// The place of the milestone that is to move, in its plan; that it can be on these days is looked at.
pub(in crate::desk) fn milestone_of(one: &MilestoneMove, plan: &Plan) -> Result<usize, Refused> {
    let MilestoneMove { milestone: name, start, end } = one;
    let at = plan.milestones.iter().position(|milestone| milestone.id.as_str() == name).ok_or_else(|| {
        let offer = offer(name, plan.milestones.iter().map(|milestone| milestone.id.as_str()));
        Refused::Unknown { thing: Thing::Milestone, name: name.clone(), offer }
    })?;
    match end {
        Some(_) if !plan.milestones[at].is_window => {
            Err(Refused::NotADelay(NotADelay::OneDay { milestone: name.clone(), start: start.written() }))
        }
        Some(Day::Known(end)) if start.known().is_some_and(|start| *end < start) => {
            Err(Refused::NotADelay(NotADelay::EndsFirst { milestone: name.clone(), end: *end }))
        }
        _ => Ok(at),
    }
}
