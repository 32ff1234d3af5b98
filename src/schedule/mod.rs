//! Plan + the delays that a memo knows + its date -> resolved dates.
//!
//! In: [`Plan`], how many of its delays are known, the date as of which tasks are completed. Out:
//! [`Resolved`]. Not here: YAML, templates, how dates look in prose.

mod check;
mod steps;

use chrono::NaiveDate;

pub use check::check;
pub use steps::{Steps, completed_steps};

use crate::model::{DateCell, DateRule, Delay, Id, Plan, Task, Window};

/// A plan with every date in its place.
#[derive(Debug)]
pub struct Resolved<'p> {
    /// The milestones, in the order written.
    pub milestones: Vec<ResolvedMilestone<'p>>,
    /// The delays that are known, earliest first.
    pub delays: &'p [Delay],
    /// The tasks that the plan has, in the order written.
    pub tasks: Vec<ResolvedTask<'p>>,
}

/// A milestone through all delays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedMilestone<'p> {
    /// Its stable name.
    pub id: &'p Id,
    /// In the first plan.
    pub first: Window,
    /// Before the last known delay; in the first plan as `now`.
    pub before: Window,
    /// As far as is known.
    pub now: Window,
}

/// A task with its dates.
#[derive(Debug)]
pub struct ResolvedTask<'p> {
    /// The task.
    pub task: &'p Task,
    /// When it starts.
    pub start: DateCell,
    /// When it ends.
    pub end: DateCell,
    /// Whether it is completed as of the given date.
    pub completed: bool,
}

/// Resolves a plan as somebody who knows its first `knows` delays sees it on the day `as_of`.
///
/// A task is completed when its last day is before `as_of`. "N/A" and "On-going" end on no day; a
/// task whose end is "N/A" or empty ends when it starts.
pub fn resolve(plan: &Plan, knows: usize, as_of: NaiveDate) -> Resolved<'_> {
    let delays = &plan.delays[..knows.min(plan.delays.len())];
    let milestones: Vec<_> = plan.milestones.iter().map(|m| milestone(&m.id, m.first, delays)).collect();
    let tasks = plan.tasks.iter().filter(|task| task.exists(delays.len())).map(|task| {
        let start = literal(&task.start.value, &milestones, |window| window.start);
        let end = literal(&task.end.value, &milestones, |window| window.end);
        let completed = last_day(&start, &end).is_some_and(|day| day < as_of);
        ResolvedTask { task, start, end, completed }
    });
    Resolved { tasks: tasks.collect(), milestones, delays }
}

fn milestone<'p>(id: &'p Id, first: Window, delays: &[Delay]) -> ResolvedMilestone<'p> {
    let (mut before, mut now) = (first, first);
    for delay in delays {
        before = now;
        now = delay.moves.get(id).copied().unwrap_or(now);
    }
    ResolvedMilestone { id, first, before, now }
}

fn literal(
    rule: &DateRule,
    milestones: &[ResolvedMilestone<'_>],
    edge: impl Fn(Window) -> NaiveDate,
) -> DateCell {
    match rule {
        DateRule::At(id) => milestones
            .iter()
            .find(|milestone| milestone.id == id)
            .map_or(DateCell::Empty, |milestone| DateCell::Day(edge(milestone.now))),
        DateRule::Literal(cell) => cell.clone(),
    }
}

fn last_day(start: &DateCell, end: &DateCell) -> Option<NaiveDate> {
    match end {
        DateCell::OnGoing => None,
        DateCell::Empty | DateCell::NotApplicable => start.day(),
        end => end.day(),
    }
}
