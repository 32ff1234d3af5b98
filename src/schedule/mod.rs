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
pub use resolved_date::{Edge, Floor, Ground, Part, ResolvedDate, Thing};
pub use steps::{Steps, completed_steps};
pub use words::{ChangeRow, ChangeWords, sentence, tell};

use index::Index;
use state::{KnownDates, Pair, Past, State};

use crate::{
    calendar::Workdays,
    diagnostic::{Code, Diagnostic, Faults, Place},
    model::{DateCell, Day, Delay, Id, Move, Plan, Task, Window, date, days_on},
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
    let mut pins = BTreeMap::new();
    let mut known = KnownDates { delays: 0, as_of, given: BTreeMap::new(), past: None };
    let mut windows: Vec<Vec<Window>> = Vec::with_capacity(delays.len() + 1);
    let mut left_behind = BTreeMap::new();
    for (count, delay) in delays.iter().enumerate() {
        known.as_of = delay.announced;
        let state = State::find(&index, &known, faults)?;
        windows.push(windows_of(plan, &state)?);
        leave_behind(&mut left_behind, plan, count, &state);
        pin(delay, &index, &windows, &mut pins, faults)?;
        let past = Past { delay, pairs: past(&index, delay, count, &state).collect() };
        known =
            KnownDates { delays: count + 1, as_of: delay.announced, given: pins.clone(), past: Some(past) };
        known.given.extend(over(&index, &known, faults)?);
        known = KnownDates { as_of, past: None, ..known };
    }
    let state = State::find(&index, &known, faults)?;
    windows.push(windows_of(plan, &state)?);

    let (now, first) = (&windows[delays.len()], &windows[0]);
    let before = windows.len().checked_sub(2).map_or(now, |before| &windows[before]);
    let milestones = plan.milestones.iter().enumerate().filter_map(|(at, milestone)| {
        let [start, end] = state.pair(Thing::Milestone(at))?;
        Some(ResolvedMilestone {
            id: &milestone.id,
            first: first[at].clone(),
            before: before[at].clone(),
            now: now[at].clone(),
            start,
            end,
        })
    });
    let tasks = plan.tasks.iter().enumerate().filter_map(|(at, task)| {
        let [start, end] = state.pair(Thing::Task(at))?;
        let last = last_day(&start.cell, &end.cell);
        let completed = last.is_some_and(|day| {
            day < as_of && task.dates.is_open.is_none() && !reopened(delays, &task.id, day)
        });
        let knew = left_behind.get(&at).filter(|_| completed).copied();
        let knew = knew.filter(|knew| last.is_some_and(|day| day < delays[*knew].announced));
        Some(ResolvedTask { at, task, start, end, completed, knew: knew.unwrap_or(delays.len()) })
    });
    let (milestones, tasks) = (milestones.collect(), tasks.collect());
    Some(Resolved { plan, as_of, milestones, delays, tasks })
}

/// Whether a delay says of what was planned for a day before that it was not done.
fn reopened(delays: &[Delay], id: &Id, planned: NaiveDate) -> bool {
    delays.iter().any(|delay| planned < delay.announced && delay.reopens(id))
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

/// The days of all milestones; `None` if there is one without, which is reported.
fn windows_of(plan: &Plan, state: &State<'_, '_>) -> Option<Vec<Window>> {
    let day = |at, edge| match &state.when(Part { thing: Thing::Milestone(at), edge })?.cell {
        DateCell::Tbd(tbd) => Some(Day::Tbd(tbd.clone())),
        cell => cell.day().map(Day::Known),
    };
    let window = |at| Some(Window { start: day(at, Edge::Start)?, end: day(at, Edge::End)? });
    (0..plan.milestones.len()).map(window).collect()
}

/// What a delay pins. `windows` are those of the milestones before it, plan by plan.
fn pin<'p>(
    delay: &'p Delay,
    index: &Index<'p>,
    windows: &[Vec<Window>],
    pins: &mut BTreeMap<Thing, Pair<'p>>,
    faults: &mut Faults,
) -> Option<()> {
    for (id, to) in &delay.moves {
        let Some(thing @ Thing::Milestone(at)) = index.milestone(id.as_str()) else { continue };
        let last = match last_of_move(to, thing, windows.iter().map(|plan| &plan[at]), index) {
            Ok(last) => last,
            Err(last) => return no_end(&thing.words(index.plan), last, to, faults),
        };
        let moved = |day: &Day| ResolvedDate {
            cell: day.cell(),
            place: &to.place,
            ground: Ground::Moved(delay),
            closed: Vec::new(),
        };
        pins.insert(thing, [moved(&to.start), moved(&last)]);
    }
    Some(())
}

/// The last day of what a delay moves. A window moved by its first day alone keeps the length that it had when both
/// its days were known; if that cannot be, its last day then, if there was one, is the error.
fn last_of_move<'w>(
    to: &Move,
    thing: Thing,
    before: impl DoubleEndedIterator<Item = &'w Window>,
    index: &Index<'_>,
) -> Result<Day, Option<NaiveDate>> {
    let start = match (&to.start, &to.end) {
        (_, Some(end)) => return Ok(end.clone()),
        (Day::Tbd(_), None) => return Ok(to.start.clone()),
        (Day::Known(start), None) => *start,
    };
    if thing.is_one_day(index.plan) {
        return Ok(to.start.clone());
    }
    let (first, last) = before.rev().find_map(Window::known).ok_or(None)?;
    as_long(&index.workdays(thing), first, last, start).map(Day::Known).ok_or(Some(last))
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
fn no_end(window: &str, last: Option<NaiveDate>, to: &Move, faults: &mut Faults) -> Option<()> {
    let message = format!("{window} is moved by its first day alone, and it is not known when it ends");
    let start = to.start.written();
    let expected = match last {
        Some(last) => {
            format!("it ended on {}, {}, which is not a working day", date::weekday(last), date::prose(last))
        }
        None => "no plan before has both its days".to_owned(),
    };
    faults.push(
        Diagnostic::new(Code::ClosedDayUnsaid, to.place.clone(), message)
            .expected(expected)
            .help(format!("write both: {{start: {start}, end: ...}}")),
    );
    None
}

/// What is past when a delay is announced, and hangs on something that a delay can move. What the delay reopens is not.
fn past<'s, 'p>(
    index: &'s Index<'p>,
    delay: &'p Delay,
    count: usize,
    state: &'s State<'_, 'p>,
) -> impl Iterator<Item = (Thing, Pair<'p>)> + use<'s, 'p> {
    let plan = index.plan;
    let hangs = |thing: Thing| thing.dates(plan).both().iter().any(|rule| rule.value.hangs());
    let is_open = |thing: Thing| thing.dates(plan).is_open.is_some() || delay.reopens(thing.id(plan));
    let there = move |thing: &Thing| match *thing {
        Thing::Milestone(_) => true,
        Thing::Task(at) => plan.tasks[at].exists(count),
    };
    let things = index.things().filter(there).filter(move |thing| hangs(*thing) && !is_open(*thing));
    things.filter_map(|thing| {
        let pair = state.pair(thing)?;
        let last = last_day(&pair[0].cell, &pair[1].cell);
        last.filter(|day| *day < delay.announced)?;
        Some((thing, pair))
    })
}

/// What is past and would be moved by a delay all the same: nothing else is held, so what only hangs on it still follows
/// it when it is known when it happened.
fn over<'p>(
    index: &Index<'p>,
    known: &KnownDates<'p>,
    faults: &mut Faults,
) -> Option<BTreeMap<Thing, Pair<'p>>> {
    let past = known.past.iter().flat_map(|past| past.pairs.keys());
    let mut past = past.filter(|thing| !known.given.contains_key(thing)).peekable();
    if past.peek().is_none() {
        return Some(BTreeMap::new());
    }
    let state = State::find(index, known, faults)?;
    let is_over = |pair: &Pair<'_>| pair.iter().any(|when| matches!(when.ground, Ground::Over(..)));
    Some(past.filter_map(|thing| Some((*thing, state.pair(*thing).filter(is_over)?))).collect())
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

/// The last day of something that starts and ends so.
pub(crate) fn last_day(start: &DateCell, end: &DateCell) -> Option<NaiveDate> {
    match end {
        DateCell::OnGoing | DateCell::Tbd(_) => None,
        DateCell::Empty | DateCell::NotApplicable => start.day(),
        end => end.day(),
    }
}
