//! Dates that cannot stand beside each other.
//!
//! In: a resolved plan. Out: faults of ends before starts, of tasks that do not lie in their window, of what
//! ends after it must; each with the steps that led there. Not here: what only deserves a second look.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Edge, Ground, Part, PlanItem, Resolved, ResolvedDate,
    chain::{self, FARTHEST, said, steps},
    index::Index,
    last_day,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, Placed},
    model::{Base, Counted, DateCell, DateRule, Dates, Id, Limit, date, days_on, e_text},
};

/// A milestone or task with its dates.
struct DatedItem<'r, 'p> {
    thing: PlanItem,
    dates: &'p Dates,
    start: &'r ResolvedDate<'p>,
    end: &'r ResolvedDate<'p>,
}

impl DatedItem<'_, '_> {
    /// Whether nothing can be done about a date any more: it has happened, or was past when a delay moved what it, or its
    /// limit, hangs on.
    fn is_past(&self, edge: Edge, resolved: &Resolved<'_>) -> bool {
        let when = if edge == Edge::Start || self.end.cell.day().is_none() { self.start } else { self.end };
        let hangs = self.dates.hangs();
        let last = last_day(&self.start.cell, &self.end.cell);
        let announced = resolved.delays.last().map(|delay| delay.announced);
        when.ground == Ground::Happened || hangs && last.is_some_and(|last| Some(last) < announced)
    }
}

/// Dates that cannot stand beside each other.
struct DateConflict<'r> {
    /// The dates; the first is the one at fault.
    parts: Vec<Part>,
    fault: Diagnostic,
    place: &'r Place,
}

/// Reports them. Of dates that hang on each other, the first is the cause, and the others follow from it.
pub(super) fn check(resolved: &Resolved<'_>, faults: &mut Faults) {
    let conflicts = conflicts(resolved);
    let mut at_fault: BTreeMap<Part, usize> = BTreeMap::new();
    for (at, conflict) in conflicts.iter().enumerate() {
        at_fault.entry(conflict.parts[0]).or_insert(at);
    }
    let causes = causes(&conflicts, &at_fault, resolved);
    let causes: Vec<_> = causes.into_iter().map(|at| at.map(|at| conflicts[at].place.clone())).collect();
    for (conflict, cause) in conflicts.into_iter().zip(causes) {
        let led = led(&conflict, resolved, |part| at_fault.contains_key(&part));
        faults.push(conflict.fault.because(led).follows(cause));
    }
}

/// For each conflict the one that it follows from in the end.
fn causes(
    conflicts: &[DateConflict<'_>],
    at_fault: &BTreeMap<Part, usize>,
    resolved: &Resolved<'_>,
) -> Vec<Option<usize>> {
    let nearest = |conflict: &DateConflict<'_>| {
        let steps = steps(conflict.parts[0], |part| resolved.when(part)).skip(1).take(FARTHEST);
        steps.into_iter().find_map(|(part, _)| at_fault.get(&part).copied())
    };
    let mut causes: Vec<Option<usize>> = conflicts.iter().map(nearest).collect();
    for at in 0..causes.len() {
        let (mut cause, mut passed) = (at, vec![]);
        while let Some(next) = causes[cause] {
            passed.push(cause);
            cause = next;
        }
        // Who asks next need not go the whole way.
        passed.into_iter().for_each(|passed| causes[passed] = Some(cause));
    }
    causes
}

fn conflicts<'r>(resolved: &'r Resolved<'_>) -> Vec<DateConflict<'r>> {
    let plan = resolved.plan;
    let index = Index::new(plan);
    let milestones = resolved.milestones.iter().zip(&plan.milestones).enumerate();
    let milestones = milestones.map(|(at, (m, written))| DatedItem {
        thing: PlanItem::Milestone(at),
        dates: &written.dates,
        start: &m.start,
        end: &m.end,
    });
    let tasks = resolved.tasks.iter().map(|task| DatedItem {
        thing: PlanItem::Task(task.at),
        dates: &task.task.dates,
        start: &task.start,
        end: &task.end,
    });
    let mut conflicts = Vec::new();
    for item in milestones.chain(tasks) {
        conflicts.extend(order(&item, resolved));
        if let Some(by) = &item.dates.by {
            conflicts.extend(limit(&item, by, &index, resolved));
        }
        let Some(last) = last_day(&item.start.cell, &item.end.cell) else { continue };
        let during = item.dates.both().into_iter().filter_map(|rule| match &rule.value {
            DateRule::Counted(Counted { base: Base::During(id), .. }) => Some(id),
            _ => None,
        });
        let mut windows: Vec<_> = during.collect();
        windows.dedup_by_key(|id| &id.value);
        conflicts.extend(windows.into_iter().filter_map(|id| window(&item, id, last, &index, resolved)));
    }
    conflicts
}

fn order<'r>(item: &DatedItem<'r, 'r>, resolved: &'r Resolved<'_>) -> Option<DateConflict<'r>> {
    let (start, end) = (item.start.cell.first_day()?, item.end.cell.day()?);
    let (start, end) = match (&item.start.cell, &item.end.cell) {
        (DateCell::Moment(_, from), DateCell::Moment(_, to)) if (start, from) > (end, to) => {
            (said(&item.start.cell), said(&item.end.cell))
        }
        _ if start > end => (said(&DateCell::Day(start)), said(&DateCell::Day(end))),
        _ => return None,
    };
    let words = resolved.words(item.thing);
    let message = format!("{words} ends {end}, before it starts");
    let parts = [Edge::End, Edge::Start].map(|edge| Part { thing: item.thing, edge });
    let fault = Diagnostic::new(Code::EndBeforeStart, item.end.place.clone(), message)
        .expected(format!("it starts {start}"))
        .help("correct one of the two dates");
    Some(DateConflict { parts: parts.to_vec(), fault, place: item.end.place })
}

fn window<'r>(
    item: &DatedItem<'r, 'r>,
    id: &'r Placed<Id>,
    last: NaiveDate,
    index: &Index<'_>,
    resolved: &'r Resolved<'_>,
) -> Option<DateConflict<'r>> {
    let PlanItem::Milestone(at) = index.milestone(id.value.as_str())? else { return None };
    let window = resolved.milestones.get(at)?;
    let first = item.start.cell.first_day().unwrap_or(last);
    // A day that nobody knows yet holds nothing.
    let outside = [
        (Edge::End, last, window.now.end.known().is_some_and(|end| last > end)),
        (Edge::Start, first, window.now.start.known().is_some_and(|start| first < start)),
    ];
    let mut outside =
        outside.into_iter().filter(|(edge, _, outside)| *outside && !item.is_past(*edge, resolved));
    let (edge, day, _) = outside.next()?;
    let part = Part { thing: item.thing, edge };
    let name = id.value.words();
    let message = format!("{} on {}, outside the {name}", part.words(resolved), date::prose(day));
    let fault = Diagnostic::new(Code::OutsideWindow, id.place.clone(), message)
        .expected(format!("the {name} is {}", window.now.prose()))
        .help("make it shorter, or count it from something else");
    Some(DateConflict { parts: vec![part], fault, place: &id.place })
}

fn limit<'r>(
    item: &DatedItem<'r, 'r>,
    by: &'r Placed<Limit>,
    index: &Index<'_>,
    resolved: &'r Resolved<'_>,
) -> Option<DateConflict<'r>> {
    let plan = resolved.plan;
    let end = Part { thing: item.thing, edge: Edge::End };
    let (day, words, parts) = match &by.value {
        Limit::Election(days) => {
            let election = plan.election.as_ref();
            let day = election.and_then(|election| days_on(election.date, *days))?;
            (day, format!("{} is {}", e_text(*days), date::prose(day)), vec![end])
        }
        Limit::Day(day) => (*day, format!("the latest day is {}", date::prose(*day)), vec![end]),
        Limit::Start(target) => {
            let thing = index.target(target)?;
            let start = Part { thing, edge: Edge::Start };
            let when = resolved.when(start)?;
            let day = when.cell.first_day()?;
            let fixed = thing.dates(plan).fixed.as_ref();
            let fixed = fixed.map(|by| format!(", fixed by {}", by.value)).unwrap_or_default();
            (day, format!("{} {}{fixed}", start.words(resolved), said(&when.cell)), vec![end, start])
        }
    };
    // What goes on without an end has not ended by the day on which it is looked at.
    let goes_on = item.end.cell == DateCell::OnGoing;
    let last = if goes_on { resolved.as_of } else { last_day(&item.start.cell, &item.end.cell)? };
    if last <= day || item.is_past(Edge::End, resolved) {
        return None;
    }
    let message = match goes_on {
        true => format!("{} goes on after {}", resolved.words(item.thing), date::prose(day)),
        false => format!("{} on {}, later than it may", end.words(resolved), date::prose(last)),
    };
    let fault = Diagnostic::new(Code::PastLimit, by.place.clone(), message)
        .expected(format!("it must have ended: {words}"))
        .help("let it end earlier, or look whether the limit is still right");
    Some(DateConflict { parts, fault, place: &by.place })
}

/// The steps that led to the dates of a conflict, without what is only written out. They end where another fault
/// is told.
fn led(
    conflict: &DateConflict<'_>,
    resolved: &Resolved<'_>,
    is_told: impl Fn(Part) -> bool,
) -> Vec<(Place, String)> {
    let chain = |part: &Part| chain::short_chain(resolved, *part, |part| resolved.when(part), &is_told);
    let mut chain: Vec<_> = conflict.parts.iter().flat_map(chain).collect();
    let plain = |words: &str| words.ends_with("as written");
    if chain.iter().all(|(_, words)| plain(words)) {
        return Vec::new();
    }
    let mut shown = BTreeSet::new();
    chain.retain(|(at, words)| (at != conflict.place || !plain(words)) && shown.insert(words.clone()));
    chain
}
