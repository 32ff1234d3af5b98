//! Dates that cannot stand beside each other.
//!
//! In: a resolved plan. Out: faults of ends before starts, of tasks that do not lie in their window, of what
//! ends after it must; each with the steps that led there. Not here: what only deserves a second look.

use std::{collections::BTreeSet, slice};

use chrono::NaiveDate;

use super::{Edge, Ground, Part, Resolved, ResolvedDate, Thing, index::Index, last_day, resolved_date::said};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, Placed},
    model::{Base, Counted, DateCell, DateRule, Dates, Id, Limit, date, days_on, e_text},
};

/// A milestone or task with its dates.
struct Item<'r, 'p> {
    thing: Thing,
    dates: &'p Dates,
    start: &'r ResolvedDate<'p>,
    end: &'r ResolvedDate<'p>,
}

impl Item<'_, '_> {
    /// Whether nothing can be done about a date any more: it has happened, or was over when a delay moved what it
    /// hung on.
    fn is_past(&self, edge: Edge) -> bool {
        let when = if edge == Edge::Start || self.end.cell.day().is_none() { self.start } else { self.end };
        matches!(when.ground, Ground::Happened | Ground::Over(..))
    }
}

/// Reports them.
pub(super) fn check(resolved: &Resolved<'_>, faults: &mut Faults) {
    let plan = resolved.plan;
    let index = Index::new(plan);
    let milestones = resolved.milestones.iter().zip(&plan.milestones).enumerate();
    let milestones = milestones.map(|(at, (m, written))| Item {
        thing: Thing::Milestone(at),
        dates: &written.dates,
        start: &m.start,
        end: &m.end,
    });
    let tasks = resolved.tasks.iter().map(|task| Item {
        thing: Thing::Task(task.at),
        dates: &task.task.dates,
        start: &task.start,
        end: &task.end,
    });
    for item in milestones.chain(tasks) {
        order(&item, resolved, faults);
        let Some(last) = last_day(&item.start.cell, &item.end.cell) else { continue };
        let during = item.dates.both().into_iter().filter_map(|rule| match &rule.value {
            DateRule::Counted(Counted { base: Base::During(id), .. }) => Some(id),
            _ => None,
        });
        let mut windows: Vec<_> = during.collect();
        windows.dedup_by_key(|id| &id.value);
        for id in windows {
            window(&item, id, last, resolved, faults);
        }
        if let Some(by) = &item.dates.by {
            limit(&item, by, last, &index, resolved, faults);
        }
    }
}

fn order(item: &Item<'_, '_>, resolved: &Resolved<'_>, faults: &mut Faults) {
    let (Some(start), Some(end)) = (item.start.cell.first_day(), item.end.cell.day()) else { return };
    let (start, end) = match (&item.start.cell, &item.end.cell) {
        (DateCell::Moment(_, from), DateCell::Moment(_, to)) if (start, from) > (end, to) => {
            (said(&item.start.cell), said(&item.end.cell))
        }
        _ if start > end => (said(&DateCell::Day(start)), said(&DateCell::Day(end))),
        _ => return,
    };
    let words = item.thing.words(resolved.plan);
    let message = format!("{words} ends {end}, before it starts");
    let parts = [Edge::End, Edge::Start].map(|edge| Part { thing: item.thing, edge });
    faults.push(
        Diagnostic::new(Code::EndBeforeStart, item.end.place.clone(), message)
            .expected(format!("it starts {start}"))
            .because(led(&parts, item.end.place, resolved))
            .help("correct one of the two dates"),
    );
}

fn window(
    item: &Item<'_, '_>,
    id: &Placed<Id>,
    last: NaiveDate,
    resolved: &Resolved<'_>,
    faults: &mut Faults,
) {
    let Some(window) = resolved.milestones.iter().find(|m| *m.id == id.value) else { return };
    let first = item.start.cell.first_day().unwrap_or(last);
    let outside = [(Edge::End, last, last > window.now.end), (Edge::Start, first, first < window.now.start)];
    let outside = outside.into_iter().find(|(edge, _, outside)| *outside && !item.is_past(*edge));
    let Some((edge, day, _)) = outside else { return };
    let part = Part { thing: item.thing, edge };
    let name = id.value.as_str().replace('-', " ");
    let message = format!("{} on {}, outside the {name}", part.words(resolved.plan), date::prose(day));
    faults.push(
        Diagnostic::new(Code::OutsideWindow, id.place.clone(), message)
            .expected(format!("the {name} is {}", date::window(window.now.start, window.now.end)))
            .because(led(slice::from_ref(&part), &id.place, resolved))
            .help("make it shorter, or count it from something else"),
    );
}

fn limit(
    item: &Item<'_, '_>,
    by: &Placed<Limit>,
    last: NaiveDate,
    index: &Index<'_>,
    resolved: &Resolved<'_>,
    faults: &mut Faults,
) {
    let plan = resolved.plan;
    let end = Part { thing: item.thing, edge: Edge::End };
    let (day, words, parts) = match &by.value {
        Limit::Election(days) => {
            let election = plan.election.as_ref();
            let Some(day) = election.and_then(|election| days_on(election.date, *days)) else { return };
            (day, format!("{} is {}", e_text(*days), date::prose(day)), vec![end])
        }
        Limit::Start(target) => {
            let Some(thing) = index.target(target) else { return };
            let start = Part { thing, edge: Edge::Start };
            let Some(when) = resolved.when(start) else { return };
            let Some(day) = when.cell.first_day() else { return };
            let fixed = thing.dates(plan).fixed.as_ref();
            let fixed = fixed.map(|by| format!(", fixed by {}", by.value)).unwrap_or_default();
            (day, format!("{} {}{fixed}", start.words(plan), said(&when.cell)), vec![end, start])
        }
    };
    if last <= day || item.is_past(Edge::End) {
        return;
    }
    let message = format!("{} on {}, later than it must", end.words(plan), date::prose(last));
    faults.push(
        Diagnostic::new(Code::PastLimit, by.place.clone(), message)
            .expected(format!("it must have ended: {words}"))
            .because(led(&parts, &by.place, resolved))
            .help("let it end earlier, or look whether the limit is still right"),
    );
}

/// The steps that led to dates, without what is only written out.
fn led(parts: &[Part], place: &Place, resolved: &Resolved<'_>) -> Vec<(Place, String)> {
    let mut chain: Vec<_> = parts.iter().flat_map(|part| resolved.chain(*part)).collect();
    let plain = |words: &str| words.ends_with("as written");
    if chain.iter().all(|(_, words)| plain(words)) {
        return Vec::new();
    }
    let mut shown = BTreeSet::new();
    chain.retain(|(at, words)| (at != place || !plain(words)) && shown.insert(words.clone()));
    chain
}
