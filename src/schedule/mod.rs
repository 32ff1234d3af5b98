//! Plan + the delays that a memo knows + its date -> resolved dates, each with its reason.
//!
//! In: [`Plan`], how many of its delays are known, the date as of which tasks are completed. Out:
//! [`Resolved`], or faults. Not here: YAML, templates, how dates look in prose.

mod chain;
mod check;
mod compare;
mod data;
mod delays;
mod index;
mod limits;
mod part;
mod reason;
mod resolved_date;
mod state;
mod steps;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use check::check;
pub use compare::{Change, Changes, Kind, Moved, Row, Side, TaskWords, compare};
pub use data::data;
pub use part::{Edge, Part, PlanItem};
pub use resolved_date::{Floor, Ground, ResolvedDate};
pub use steps::{Steps, completed_steps};
pub use words::{ChangeRow, ChangeWords, sentence, tell};

pub(crate) use delays::last_day_of_window;
use delays::{happened, leave_behind, over, past, pin};
use index::Index;
use state::{KnownDates, Past, PlanDates};

use crate::{
    diagnostic::{Faults, Place, Placed},
    model::{DateCell, Day, Delay, Id, Plan, Task, Window},
};

/// A plan with every date in its place.
#[derive(Debug)]
pub struct Resolved<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The day on which it is seen so.
    pub as_of: NaiveDate,
    /// The milestones, in the order written.
    pub milestones: Vec<ResolvedMilestone<'p>>,
    /// The delays that are known, earliest first.
    pub delays: &'p [Delay],
    /// The tasks that the plan has, in the order written.
    pub tasks: Vec<ResolvedTask<'p>>,
    /// The days of all milestones, in the first plan and after each known delay.
    pub(crate) windows: Vec<Vec<Window>>,
}

/// What somebody knows of a plan's delays and milestones.
#[derive(Debug)]
pub struct PlanKnowledge<'p> {
    /// On this day.
    pub as_of: NaiveDate,
    /// The delays, earliest first.
    pub delays: &'p [Delay],
    /// The milestones, in the order written.
    pub milestones: Vec<KnownMilestone<'p>>,
}

/// The days of a milestone.
#[derive(Debug)]
pub struct KnownMilestone<'p> {
    /// Its stable name.
    pub id: &'p Id,
    /// In the first plan.
    pub first: Window,
    /// Before the last known delay; in the first plan as `now`.
    pub before: Window,
    /// As far as is known.
    pub now: Window,
    /// Whether it is over on that day, and nobody says that it has not been.
    pub completed: bool,
}

/// A milestone through all delays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedMilestone<'p> {
    /// Its stable name.
    pub id: &'p Id,
    /// In the first plan.
    pub first: Window,
    /// Before the last known delay; in the first plan as `now`.
    pub before: Window,
    /// As far as is known.
    pub now: Window,
    /// When it starts, and why.
    pub start: ResolvedDate<'p>,
    /// When it ends, and why.
    pub end: ResolvedDate<'p>,
    /// Whether it is over as of the given date, and nobody says that it has not been.
    pub completed: bool,
}

/// A task with its dates.
#[derive(Debug, Clone)]
pub struct ResolvedTask<'p> {
    /// Its place in the plan's list.
    pub at: usize,
    /// The task.
    pub task: &'p Task,
    /// When it starts.
    pub start: ResolvedDate<'p>,
    /// When it ends.
    pub end: ResolvedDate<'p>,
    /// Whether it is completed as of the given date.
    pub completed: bool,
    /// How many delays were known when it was completed; all that are known, if it is not.
    pub knew: usize,
}

/// Resolves a plan as somebody who knows its first `knows` delays sees it on the day `as_of`. `None` if a
/// rule leads nowhere; that is reported.
///
/// A task is completed when its last day is before `as_of`, unless the task or a delay says that it was not done. "N/A" and
/// "On-going" end on no day; a task whose end is "N/A" or empty ends when it starts. A delay does not move what was past when
/// it was announced and what it does not reopen; what has happened (`actual`) by `as_of` stands where it happened.
pub fn resolve<'p>(
    plan: &'p Plan,
    knows: usize,
    as_of: NaiveDate,
    faults: &mut Faults,
) -> Option<Resolved<'p>> {
    let delays = &plan.delays[..knows.min(plan.delays.len())];
    let index = Index::new(plan);
    let day = |nth: usize| delays.get(nth).map_or(as_of, |delay| delay.announced);
    let mut known = KnownDates { delays: 0, as_of: day(0), given: BTreeMap::new(), past: None };
    let mut state = PlanDates::find(&index, &known, faults)?;
    let mut pins = BTreeMap::new();
    let mut windows: Vec<Vec<Window>> = Vec::with_capacity(delays.len() + 1);
    let mut left_behind = BTreeMap::new();
    let happened = happened(plan);
    for (count, delay) in delays.iter().enumerate() {
        windows.push(windows_of(plan, &state)?);
        leave_behind(&mut left_behind, plan, count, &state);
        pin(delay, &index, &windows, &mut pins, faults)?;
        let past = Past { delay, pairs: past(&index, delay, count, &state).collect() };
        known =
            KnownDates { delays: count + 1, as_of: delay.announced, given: pins.clone(), past: Some(past) };
        state = PlanDates::find(&index, &known, faults)?;
        // What is known on the next day is the same, unless something happened in between.
        let next = day(count + 1);
        if happened.iter().any(|day| (*day <= delay.announced) != (*day <= next)) {
            known.given.extend(over(&known, &state));
            known = KnownDates { as_of: next, past: None, ..known };
            state = PlanDates::find(&index, &known, faults)?;
        }
    }
    windows.push(windows_of(plan, &state)?);

    let (now, first) = (&windows[delays.len()], &windows[0]);
    let before = windows.len().checked_sub(2).map_or(now, |before| &windows[before]);
    let milestones = plan.milestones.iter().enumerate().filter_map(|(at, milestone)| {
        let [start, end] = state.pair(PlanItem::Milestone(at))?;
        let last = now[at].end.known();
        Some(ResolvedMilestone {
            id: &milestone.id,
            first: first[at].clone(),
            before: before[at].clone(),
            now: now[at].clone(),
            start,
            end,
            completed: is_completed(plan, PlanItem::Milestone(at), last, (as_of, delays)),
        })
    });
    let tasks = plan.tasks.iter().enumerate().filter_map(|(at, task)| {
        let [start, end] = state.pair(PlanItem::Task(at))?;
        let last = last_day(&start.cell, &end.cell);
        // Whether what is due was done, a memo does not know.
        let completed = !task.is_deadline() && is_completed(plan, PlanItem::Task(at), last, (as_of, delays));
        let knew = left_behind.get(&at).filter(|_| completed).copied();
        let knew = knew.filter(|knew| last.is_some_and(|day| day < delays[*knew].announced));
        Some(ResolvedTask { at, task, start, end, completed, knew: knew.unwrap_or(delays.len()) })
    });
    let (milestones, tasks) = (milestones.collect(), tasks.collect());
    Some(Resolved { plan, as_of, milestones, delays, tasks, windows })
}

/// Whether the last day of something is before `as_of`, and neither it nor a delay says that it was not done.
fn is_completed(
    plan: &Plan,
    thing: PlanItem,
    last: Option<NaiveDate>,
    (as_of, delays): (NaiveDate, &[Delay]),
) -> bool {
    let reopened = |day| delays.iter().any(|delay| day < delay.announced && thing.is_reopened(delay, plan));
    last.is_some_and(|day| day < as_of && thing.dates(plan).is_open.is_none() && !reopened(day))
}

impl<'p> ResolvedTask<'p> {
    /// Its printed step: what was completed keeps the one that it had.
    pub fn step(&self) -> &'p Placed<String> {
        self.task.step_at(self.knew)
    }
}

impl<'p> Resolved<'p> {
    /// The start or the end of a milestone or task, if the plan has it.
    pub fn when(&self, part: Part) -> Option<&ResolvedDate<'p>> {
        let (start, end) = match part.thing {
            PlanItem::Milestone(at) => self.milestones.get(at).map(|m| (&m.start, &m.end))?,
            PlanItem::Task(at) => self.task(at).map(|task| (&task.start, &task.end))?,
        };
        Some(if part.edge == Edge::Start { start } else { end })
    }

    /// What a milestone or task is called in a sentence, a completed step by the number that it had.
    pub fn words(&self, thing: PlanItem) -> String {
        let task = match thing {
            PlanItem::Milestone(_) => None,
            PlanItem::Task(at) => self.task(at).filter(|task| !task.task.is_deadline()),
        };
        task.map_or_else(|| thing.words(self.plan), |task| format!("step {}", task.step().value))
    }

    /// A task by its place in the plan's list, if the plan has it.
    pub fn task(&self, at: usize) -> Option<&ResolvedTask<'p>> {
        self.tasks.binary_search_by_key(&at, |task| task.at).ok().map(|found| &self.tasks[found])
    }

    /// What a date follows from, in words without a full stop; `None` of what the plan does not have.
    pub fn reason(&self, part: Part) -> Option<String> {
        Some(self.when(part)?.reason(part, self))
    }

    /// The deadlines that a memo lists itself, in the order written.
    pub fn deadlines(&self) -> impl Iterator<Item = &ResolvedTask<'p>> {
        self.tasks.iter().filter(|task| task.task.is_deadline())
    }

    /// The steps of its schedule, in the order written.
    pub fn steps(&self) -> impl Iterator<Item = &ResolvedTask<'p>> {
        self.tasks.iter().filter(|task| !task.task.is_deadline())
    }

    /// What is known.
    pub fn known(&self) -> PlanKnowledge<'p> {
        let milestones = self.milestones.iter().map(|m| KnownMilestone {
            id: m.id,
            first: m.first.clone(),
            before: m.before.clone(),
            now: m.now.clone(),
            completed: m.completed,
        });
        PlanKnowledge { as_of: self.as_of, delays: self.delays, milestones: milestones.collect() }
    }

    /// What was known of the first `knew` delays on the day on which the next one was announced; `None` if there is no next one.
    pub fn known_before(&self, knew: usize) -> Option<PlanKnowledge<'p>> {
        let next = self.delays.get(knew)?;
        let (first, now) = (self.windows.first()?, self.windows.get(knew)?);
        let before = &self.windows[knew.saturating_sub(1)];
        let (as_of, delays) = (next.announced, &self.delays[..knew]);
        let milestones = self.plan.milestones.iter().enumerate().map(|(at, milestone)| KnownMilestone {
            id: &milestone.id,
            first: first[at].clone(),
            before: before[at].clone(),
            now: now[at].clone(),
            completed: is_completed(self.plan, PlanItem::Milestone(at), now[at].end.known(), (as_of, delays)),
        });
        Some(PlanKnowledge { as_of, delays, milestones: milestones.collect() })
    }

    /// All milestones, then all tasks that the plan has.
    pub fn things(&self) -> impl Iterator<Item = PlanItem> {
        let milestones = (0..self.milestones.len()).map(PlanItem::Milestone);
        milestones.chain(self.tasks.iter().map(|task| PlanItem::Task(task.at)))
    }

    /// The start and the end of a milestone or task, if the plan has it.
    pub fn pair(&self, thing: PlanItem) -> Option<[&ResolvedDate<'p>; 2]> {
        let when = |edge| self.when(Part { thing, edge });
        Some([when(Edge::Start)?, when(Edge::End)?])
    }

    /// What a date follows from, step by step, itself first: each place with what stands there.
    pub fn chain(&self, part: Part) -> Vec<(Place, String)> {
        chain::chain(self, part, |part| self.when(part))
    }
}

/// The days of all milestones; `None` if there is one without, which is reported.
fn windows_of(plan: &Plan, state: &PlanDates<'_, '_>) -> Option<Vec<Window>> {
    let day = |at, edge| match &state.when(Part { thing: PlanItem::Milestone(at), edge })?.cell {
        DateCell::Tbd(tbd) => Some(Day::Tbd(tbd.clone())),
        cell => cell.day().map(Day::Known),
    };
    let window = |at| Some(Window { start: day(at, Edge::Start)?, end: day(at, Edge::End)? });
    (0..plan.milestones.len()).map(window).collect()
}

/// The last day of something that starts and ends so.
pub(crate) fn last_day(start: &DateCell, end: &DateCell) -> Option<NaiveDate> {
    match end {
        DateCell::OnGoing | DateCell::Tbd(_) => None,
        DateCell::Empty | DateCell::NotApplicable => start.day(),
        end => end.day(),
    }
}
