//! Plan + the delays that a memo knows + its date -> resolved dates, each with its reason.
//!
//! In: [`Plan`], how many of its delays are known, the date as of which tasks are completed. Out:
//! [`Resolved`], or faults. Not here: YAML, templates, how dates look in prose.

mod check;
mod compare;
mod data;
mod index;
mod limits;
mod resolved_date;
mod state;
mod steps;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use check::check;
pub use compare::{Change, Changes, Kind, Moved, Row, Side, TaskWords, compare};
pub use data::data;
pub use resolved_date::{Edge, Ground, Part, ResolvedDate, Thing};
pub use steps::{Steps, completed_steps};
pub use words::{ChangeRow, ChangeWords, sentence, tell};

use index::Index;
use state::{KnownDates, Pair, State};

use crate::{
    calendar::Workdays,
    diagnostic::{Code, Diagnostic, Faults, Place},
    model::{DateCell, Delay, Id, Move, Plan, Task, Window, date, days_on},
};

/// A plan with every date in its place.
#[derive(Debug)]
pub struct Resolved<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The milestones, in the order written.
    pub milestones: Vec<ResolvedMilestone<'p>>,
    /// The delays that are known, earliest first.
    pub delays: &'p [Delay],
    /// The tasks that the plan has, in the order written.
    pub tasks: Vec<ResolvedTask<'p>>,
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
/// A task is completed when its last day is before `as_of`. "N/A" and "On-going" end on no day; a
/// task whose end is "N/A" or empty ends when it starts. What was completed when a delay was announced is
/// not moved by it, and what has happened (`actual`) by `as_of` stands where it happened.
pub fn resolve<'p>(
    plan: &'p Plan,
    knows: usize,
    as_of: NaiveDate,
    faults: &mut Faults,
) -> Option<Resolved<'p>> {
    let delays = &plan.delays[..knows.min(plan.delays.len())];
    let index = Index::new(plan);
    let mut pins = BTreeMap::new();
    let mut known = KnownDates { delays: 0, as_of, given: BTreeMap::new() };
    let mut windows: Vec<Vec<Window>> = Vec::with_capacity(delays.len() + 1);
    let mut left_behind = BTreeMap::new();
    for (count, delay) in delays.iter().enumerate() {
        known.as_of = delay.announced;
        let state = State::find(&index, &known, faults)?;
        windows.push(windows_of(plan, &state));
        leave_behind(&mut left_behind, plan, count, &state);
        pin(delay, &index, &state, &mut pins, faults)?;
        let over = over(plan, delay, count, &state);
        known = KnownDates { delays: count + 1, as_of, given: over.chain(pins.clone()).collect() };
    }
    let state = State::find(&index, &known, faults)?;
    windows.push(windows_of(plan, &state));

    let (now, first) = (&windows[delays.len()], &windows[0]);
    let before = windows.len().checked_sub(2).map_or(now, |before| &windows[before]);
    let milestones = plan.milestones.iter().enumerate().filter_map(|(at, milestone)| {
        let [start, end] = state.pair(Thing::Milestone(at))?;
        Some(ResolvedMilestone {
            id: &milestone.id,
            first: first[at],
            before: before[at],
            now: now[at],
            start,
            end,
        })
    });
    let tasks = plan.tasks.iter().enumerate().filter_map(|(at, task)| {
        let [start, end] = state.pair(Thing::Task(at))?;
        let last = last_day(&start.cell, &end.cell);
        let completed = last.is_some_and(|day| day < as_of);
        let knew = left_behind.get(&at).filter(|_| completed).copied();
        let knew = knew.filter(|knew| last.is_some_and(|day| day < delays[*knew].announced));
        Some(ResolvedTask { at, task, start, end, completed, knew: knew.unwrap_or(delays.len()) })
    });
    let (milestones, tasks) = (milestones.collect(), tasks.collect());
    Some(Resolved { plan, milestones, delays, tasks })
}

impl<'p> Resolved<'p> {
    /// The start or the end of a milestone or task, if the plan has it.
    pub fn when(&self, part: Part) -> Option<&ResolvedDate<'p>> {
        let (start, end) = match part.thing {
            Thing::Milestone(at) => self.milestones.get(at).map(|m| (&m.start, &m.end))?,
            Thing::Task(at) => {
                let found = self.tasks.binary_search_by_key(&at, |task| task.at).ok()?;
                (&self.tasks[found].start, &self.tasks[found].end)
            }
        };
        Some(if part.edge == Edge::Start { start } else { end })
    }

    /// What a date follows from, step by step, itself first: each place with what stands there.
    pub fn chain(&self, part: Part) -> Vec<(Place, String)> {
        resolved_date::chain(self.plan, part, |part| self.when(part))
    }
}

/// The days of all milestones.
fn windows_of(plan: &Plan, state: &State<'_, '_>) -> Vec<Window> {
    let day =
        |at, edge| state.when(Part { thing: Thing::Milestone(at), edge }).and_then(|when| when.cell.day());
    let window = |at| {
        let start = day(at, Edge::Start).unwrap_or(NaiveDate::MIN);
        Window { start, end: day(at, Edge::End).unwrap_or(start) }
    };
    (0..plan.milestones.len()).map(window).collect()
}

/// What a delay pins.
fn pin<'p>(
    delay: &'p Delay,
    index: &Index<'p>,
    state: &State<'_, 'p>,
    pins: &mut BTreeMap<Thing, Pair<'p>>,
    faults: &mut Faults,
) -> Option<()> {
    for (id, to) in &delay.moves {
        let Some(thing) = index.milestone(id.as_str()) else { continue };
        let Some([start, end]) = state.pair(thing) else { continue };
        let (first, last) = start.cell.day().zip(end.cell.day())?;
        let last = match to.end.or_else(|| as_long(&index.workdays(thing), first, last, to.start)) {
            Some(last) => last,
            None => return no_end(&thing.words(index.plan), last, to, faults),
        };
        let moved = |day| ResolvedDate {
            cell: DateCell::Day(day),
            place: &to.place,
            ground: Ground::Moved(delay),
            closed: Vec::new(),
        };
        pins.insert(thing, [moved(to.start), moved(last)]);
    }
    Some(())
}

/// The last day of a window that keeps its length in working days and starts on another day. One that ends on
/// a closed day has such a day only if as many days of the calendar have as many working days, and end alike.
fn as_long(
    workdays: &Workdays<'_>,
    first: NaiveDate,
    last: NaiveDate,
    start: NaiveDate,
) -> Option<NaiveDate> {
    let open = |day: NaiveDate| i64::from(workdays.closed(day).is_none());
    let length = |first, last| workdays.between(first, last) + open(first);
    let as_many = days_on(start, i32::try_from((last - first).num_days()).ok()?)?;
    if first == last {
        Some(as_many)
    } else if open(last) == 1 {
        workdays.plus(start, i32::try_from(length(first, last) - open(start)).ok()?)
    } else {
        Some(as_many).filter(|end| open(*end) == 0 && length(start, *end) == length(first, last))
    }
}

/// Reports a window of which it is not known when it ends.
fn no_end(window: &str, last: NaiveDate, to: &Move, faults: &mut Faults) -> Option<()> {
    let message = format!("{window} is moved by its first day alone, and it is not known when it ends");
    let start = date::iso_text(to.start);
    faults.push(
        Diagnostic::new(Code::ClosedDayUnsaid, to.place.clone(), message)
            .expected(format!("it ended on {}, {}, no working day", date::weekday(last), date::prose(last)))
            .help(format!("write both: {{start: {start}, end: ...}}")),
    );
    None
}

/// What is over when a delay is announced, and would be moved by it all the same.
fn over<'p>(
    plan: &'p Plan,
    delay: &'p Delay,
    count: usize,
    state: &State<'_, 'p>,
) -> impl Iterator<Item = (Thing, Pair<'p>)> {
    let milestones = plan.milestones.iter().enumerate();
    let milestones = milestones.map(|(at, m)| (Thing::Milestone(at), [&m.dates.start, &m.dates.end]));
    let tasks = plan.tasks.iter().enumerate().filter(move |(_, task)| task.exists(count));
    let tasks = tasks.map(|(at, t)| (Thing::Task(at), [&t.dates.start, &t.dates.end]));
    milestones.chain(tasks).filter_map(move |(thing, rules)| {
        rules.iter().find(|rule| rule.value.hangs())?;
        let pair = state.pair(thing)?;
        let last = last_day(&pair[0].cell, &pair[1].cell);
        last.filter(|day| *day < delay.announced)?;
        Some((thing, pair.map(|when| kept(when, delay))))
    })
}

/// Notes which tasks are over when a delay is announced, by how many were known before it. One that a delay moves on is not
/// over any more.
fn leave_behind(left_behind: &mut BTreeMap<usize, usize>, plan: &Plan, count: usize, state: &State<'_, '_>) {
    let before =
        |last: Option<NaiveDate>, delay: usize| last.is_some_and(|day| day < plan.delays[delay].announced);
    for at in (0..plan.tasks.len()).filter(|at| plan.tasks[*at].exists(count)) {
        let pair = state.pair(Thing::Task(at));
        let last = pair.and_then(|[start, end]| last_day(&start.cell, &end.cell));
        // What is known to have ended later was not over at an earlier delay.
        let was = left_behind.remove(&at).filter(|was| before(last, *was));
        let now = was.or_else(|| before(last, count).then_some(count));
        left_behind.extend(now.map(|count| (at, count)));
    }
}

fn kept<'p>(when: ResolvedDate<'p>, delay: &'p Delay) -> ResolvedDate<'p> {
    let ground = match when.ground {
        ground @ (Ground::Over(..) | Ground::Written | Ground::Happened | Ground::Moved(_)) => ground,
        ground => Ground::Over(delay, Box::new(ground)),
    };
    ResolvedDate { ground, ..when }
}

/// The last day of something that starts and ends so.
pub(crate) fn last_day(start: &DateCell, end: &DateCell) -> Option<NaiveDate> {
    match end {
        DateCell::OnGoing => None,
        DateCell::Empty | DateCell::NotApplicable => start.day(),
        end => end.day(),
    }
}
