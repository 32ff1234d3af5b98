//! What a delay does to a plan: what it moves, what it leaves where it was.
//!
//! In: a delay, and the dates of the plan before it. Out: the dates that it gives; what is past and stays. Not here: the dates
//! that follow from these.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Ground, PlanItem, ResolvedDate,
    index::Index,
    last_day,
    state::{KnownDates, Pair, PlanDates},
};
use crate::{
    calendar::Workdays,
    diagnostic::{Code, Diagnostic, Faults},
    model::{Dates, Day, Delay, Move, Plan, Window, date, days_on},
};

/// What a delay pins. `windows` are those of the milestones before it, plan by plan.
pub(super) fn pin<'p>(
    delay: &'p Delay,
    index: &Index<'p>,
    windows: &[Vec<Window>],
    pins: &mut BTreeMap<PlanItem, Pair<'p>>,
    faults: &mut Faults,
) -> Option<()> {
    // What is reopened follows its rule again, if it has one.
    pins.retain(|thing, _| !(thing.is_reopened(delay, index.plan) && thing.dates(index.plan).hangs()));
    for (id, to) in &delay.moves {
        let Some(thing @ PlanItem::Milestone(at)) = index.milestone(id.as_str()) else { continue };
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
    thing: PlanItem,
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

/// The last day of a plan's window that begins on another day and keeps the length that it had; none if that cannot be.
pub(crate) fn last_day_of_window(
    plan: &Plan,
    milestone: usize,
    before: &Window,
    start: NaiveDate,
) -> Option<NaiveDate> {
    let (first, last) = before.known()?;
    as_long(&Index::new(plan).workdays(PlanItem::Milestone(milestone)), first, last, start)
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
pub(super) fn past<'s, 'p>(
    index: &'s Index<'p>,
    delay: &'p Delay,
    count: usize,
    state: &'s PlanDates<'_, 'p>,
) -> impl Iterator<Item = (PlanItem, Pair<'p>)> + use<'s, 'p> {
    let plan = index.plan;
    let is_open = |thing: PlanItem| thing.dates(plan).is_open.is_some() || thing.is_reopened(delay, plan);
    let there = move |thing: &PlanItem| match *thing {
        PlanItem::Milestone(_) => true,
        PlanItem::Task(at) => plan.tasks[at].exists(count),
    };
    let things =
        index.things().filter(there).filter(move |thing| thing.dates(plan).hangs() && !is_open(*thing));
    things.filter_map(|thing| {
        let pair = state.pair(thing)?;
        let last = last_day(&pair[0].cell, &pair[1].cell);
        last.filter(|day| *day < delay.announced)?;
        Some((thing, pair))
    })
}

/// What is past and would be moved by a delay all the same: nothing else is held, so what only hangs on it still follows
/// it when it is known when it happened.
pub(super) fn over<'p>(known: &KnownDates<'p>, state: &PlanDates<'_, 'p>) -> BTreeMap<PlanItem, Pair<'p>> {
    let past = known.past.iter().flat_map(|past| past.pairs.keys());
    let past = past.filter(|thing| !known.given.contains_key(thing));
    let is_over = |pair: &Pair<'_>| pair.iter().any(|when| matches!(when.ground, Ground::Over(..)));
    past.filter_map(|thing| Some((*thing, state.pair(*thing).filter(is_over)?))).collect()
}

/// The days on which something is known to have happened.
pub(super) fn happened(plan: &Plan) -> BTreeSet<NaiveDate> {
    plan.all_dates().flat_map(Dates::happened).collect()
}

/// Notes which tasks are over when a delay is announced, by how many were known before it. One that a delay moves on is not
/// over any more.
pub(super) fn leave_behind(
    left_behind: &mut BTreeMap<usize, usize>,
    plan: &Plan,
    count: usize,
    state: &PlanDates<'_, '_>,
) {
    let before =
        |last: Option<NaiveDate>, delay: usize| last.is_some_and(|day| day < plan.delays[delay].announced);
    for at in (0..plan.tasks.len()).filter(|at| plan.tasks[*at].exists(count)) {
        let pair = state.pair(PlanItem::Task(at));
        let last = pair.and_then(|[start, end]| last_day(&start.cell, &end.cell));
        // What is known to have ended later was not over at an earlier delay.
        let was = left_behind.remove(&at).filter(|was| before(last, *was));
        let now = was.or_else(|| before(last, count).then_some(count));
        left_behind.extend(now.map(|count| (at, count)));
    }
}
