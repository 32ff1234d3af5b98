//! A schedule as it can be drawn: what lasts from when to when, now and before a delay.
//!
//! In: a release as it is, and as it would be. Out: rows in the order of the plan, the closed days among them. Not here: drawing.

use chrono::NaiveDate;

use super::{FolderRecords, release_named};
use crate::{
    calendar::Workdays,
    desk::Refused,
    diagnostic::Faults,
    folder::Snapshot,
    schedule::{PlanItem, Resolved, last_day},
    words::{capitalized, cut},
};

/// How many days a span may have whose closed days are told: on a longer one nobody could tell them apart.
const LONGEST: i64 = 500;

/// How many characters of a step's text are told.
const WIDTH: usize = 60;

/// A schedule as it can be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Milestones, then steps, in the order written.
    pub rows: Vec<TimelineRow>,
    /// The first and the last day of anything, if anything has a day.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Days within the span on which the calendar of the milestones is closed: the first and the last of each stretch.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
}

/// A milestone or a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRow {
    /// "Step 6a", "Mock election".
    pub name: String,
    /// What is done in a step; nothing for a milestone.
    pub what: String,
    /// Whether it is a milestone.
    pub is_milestone: bool,
    /// Whether it is completed.
    pub completed: bool,
    /// Its first and last day as they were, if they become others.
    pub was: Option<(NaiveDate, NaiveDate)>,
    /// Its first and last day; none if nobody knows them yet.
    pub is: Option<(NaiveDate, NaiveDate)>,
}

/// A release as it stands on a day, with all its delays; nothing is moved.
///
/// # Errors
/// [`Refused`]: there is no such release, or it has faults.
pub fn timeline(snapshot: &Snapshot, release: &str, as_of: NaiveDate) -> Result<Timeline, Refused> {
    let (id, _) = release_named(snapshot, release)?;
    let side = FolderRecords::read(snapshot)?;
    let mut wrong = Faults::default();
    let now = side.plan(&id).and_then(|plan| side.resolved(&id, plan.delays.len(), as_of, &mut wrong));
    let Some(now) = now else { return Err(side.unreadable(snapshot, wrong)) };
    let texts: Vec<String> = now.tasks.iter().map(|task| task.task.text.value.clone()).collect();
    Ok(Timeline::of(&now, &now, &texts))
}

impl Timeline {
    /// A release before a delay and after it; `texts` are those of the steps after it.
    pub(super) fn of(now: &Resolved<'_>, then: &Resolved<'_>, texts: &[String]) -> Timeline {
        let milestones = then.milestones.iter().enumerate().map(|(at, milestone)| {
            (PlanItem::Milestone(at), milestone.id.words(), String::new(), milestone.completed)
        });
        let steps = then.tasks.iter().zip(texts).map(|(task, text)| {
            let thing = PlanItem::Task(task.at);
            (thing, then.words(thing), cut(text, WIDTH), task.completed)
        });
        let row = |(thing, name, what, completed): (PlanItem, String, String, bool)| {
            let (was, is) = (days(thing, now), days(thing, then));
            TimelineRow {
                name: capitalized(&name),
                what,
                is_milestone: matches!(thing, PlanItem::Milestone(_)),
                completed,
                was: was.filter(|was| Some(*was) != is),
                is,
            }
        };
        let rows: Vec<TimelineRow> = milestones.chain(steps).map(row).collect();
        let all = || rows.iter().flat_map(|row| [row.was, row.is]).flatten();
        let first = all().map(|(first, _)| first).min();
        let span = first.zip(all().map(|(_, last)| last).max());
        let closed = span.map(|span| closed(then, span)).unwrap_or_default();
        Timeline { rows, span, closed }
    }
}

/// The first and the last day of something.
fn days(thing: PlanItem, resolved: &Resolved<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let [start, end] = resolved.pair(thing)?;
    let last = last_day(&start.cell, &end.cell).or(start.cell.first_day())?;
    let first = start.cell.first_day().unwrap_or(last);
    Some((first.min(last), last))
}

/// The stretches of closed days within a span.
fn closed(resolved: &Resolved<'_>, (first, last): (NaiveDate, NaiveDate)) -> Vec<(NaiveDate, NaiveDate)> {
    if (last - first).num_days() > LONGEST {
        return Vec::new();
    }
    let workdays = Workdays::of(resolved.plan.calendar.as_deref());
    let mut stretches: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let days = first.iter_days().take_while(|day| *day <= last);
    for day in days.filter(|day| workdays.closed(*day).is_some()) {
        match stretches.last_mut().filter(|(_, end)| end.succ_opt() == Some(day)) {
            Some((_, end)) => *end = day,
            None => stretches.push((day, day)),
        }
    }
    stretches
}
