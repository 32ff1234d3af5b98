//! The delays of a release: what they move, what they reopen.
//!
//! In: their keys, the milestones and tasks of the plan. Out: [`Delay`]s; faults of what cannot move, or had been done. Not
//! here: where a milestone ends up.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    dates,
    reader::Reader,
    rule::{self, RuleNames},
};
use crate::{
    diagnostic::{Code, Diagnostic, Placed},
    model::{Delay, Id, Milestone, Move, Office, PlanItemId, Task, date},
    yaml::{Data, Node},
};

/// The delays of a release as they are read.
#[derive(Default)]
pub(super) struct Delays {
    /// How many there are, with those that have a fault.
    pub count: usize,
    /// Those that could be read, each with its place among all, from 0.
    read: Vec<(usize, Delay)>,
}

impl Delays {
    /// Reads them all.
    pub fn read(&mut self, node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>, milestones: &[Milestone]) {
        let each = |n: &Node, r: &mut Reader<'_>| {
            self.count += 1;
            let delay = delay(n, r, names, milestones)?;
            if self.read.last().is_some_and(|(_, last)| delay.announced < last.announced) {
                let message =
                    format!("announced on {}, before the one above it", date::prose(delay.announced));
                let help = "put the delays in the order in which they were announced".to_owned();
                r.fault(Code::DelayOrder, n, message, "each delay moves what the one above it left", help);
            }
            self.read.push((self.count - 1, delay));
            Some(())
        };
        r.list(node, each);
    }

    /// Reports what a delay cannot reopen.
    pub fn check_reopened(&self, milestones: &[Milestone], tasks: &[Task], r: &mut Reader<'_>) {
        for (at, delay) in &self.read {
            delay
                .reopens
                .iter()
                .for_each(|open| can_reopen(open, *at, delay.announced, milestones, tasks, r));
        }
    }

    /// The last one that could be read.
    pub fn last(&self) -> Option<&Delay> {
        self.read.last().map(|(_, delay)| delay)
    }

    /// Those that could be read, earliest first.
    pub fn into_list(self) -> Vec<Delay> {
        self.read.into_iter().map(|(_, delay)| delay).collect()
    }
}

/// A date, or a start and an end; each may be one that nobody knows yet.
fn moved_to(node: &Node, r: &mut Reader<'_>, office: &Office) -> Option<Move> {
    let place = r.source.at(node.range.clone());
    let day = |n: &Node, r: &mut Reader<'_>| rule::day_or_tbd(n, r, office);
    if !matches!(node.data, Data::Map(_)) {
        return Some(Move { start: day(node, r)?, end: None, place });
    }
    let mut f = r.fields(node, "a move")?;
    let start = r.need(&mut f, "start", day);
    let end = r.need(&mut f, "end", day);
    r.end(&f);
    let (start, end) = (start?, end?);
    let known = start.known().zip(end.known());
    known.is_none_or(|(start, end)| dates::in_order(start, end, node, r)).then_some(Move {
        start,
        end: Some(end),
        place,
    })
}

fn delay(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>, milestones: &[Milestone]) -> Option<Delay> {
    let mut f = r.fields(node, "a delay")?;
    let announced = r.need(&mut f, "announced", |n, r| r.date(n));
    let cause = r.need(&mut f, "cause", |n, r| r.prose(n));
    let moves = r.need(&mut f, "moves", |n, r| Some(moves(n, r, names, milestones, announced)));
    let reopens = r.may(&mut f, "reopens", |n, r| Some(r.list(n, |n, r| rule::target(n, r, names))));
    r.end(&f);
    let reopens = reopens?.unwrap_or_default();
    Some(Delay { announced: announced?, cause: cause?, moves: moves?, reopens })
}

/// Which milestones move to where.
pub(super) fn moves(
    node: &Node,
    r: &mut Reader<'_>,
    names: &RuleNames<'_>,
    milestones: &[Milestone],
    announced: Option<NaiveDate>,
) -> BTreeMap<Id, Move> {
    let entries = if let Data::Map(entries) = &node.data { entries.as_slice() } else { &[] };
    for (key, _) in entries {
        let at_key = Node { range: key.range.clone(), data: Data::Nothing };
        let Some(id) = names.milestones.iter().find(|id| id.as_str() == key.text) else {
            rule::no_milestone(&key.text, &at_key, r, &names.milestones);
            continue;
        };
        let fixed = milestones.iter().find(|m| m.id == *id).and_then(|m| m.dates.fixed.as_ref());
        if let Some(fixed) = fixed {
            let message = format!("the milestone `{id}` is fixed and cannot be moved");
            let expected = format!("it is fixed: {}", fixed.value);
            let help =
                "take this line out; or, if the authority allows it, `fixed` of the milestone".to_owned();
            r.fault(Code::FixedMoves, &at_key, message, &expected, help);
        }
    }
    let moves: BTreeMap<Id, Move> = r
        .entries(node, |n, r| moved_to(n, r, names.office))
        .into_iter()
        .filter_map(|(id, to)| Some((id, to?)))
        .collect();
    for (id, to) in &moves {
        if let Some(milestone) = milestones.iter().find(|milestone| milestone.id == *id) {
            can_move(milestone, to, announced, r);
        }
    }
    moves
}

/// Reports the move of a day to a window, and of what had happened when the delay was announced.
fn can_move(milestone: &Milestone, to: &Move, announced: Option<NaiveDate>, r: &mut Reader<'_>) {
    let Milestone { id, dates, is_window } = milestone;
    if to.end.is_some() && !is_window {
        let message = format!("the milestone `{id}` is one day, and is moved to a start and an end");
        r.faults.push(
            Diagnostic::new(Code::BadValue, to.place.clone(), message)
                .expected("its new date is expected")
                .help(format!("write `{id}: {}`", to.start.written())),
        );
    }
    let ends = [("started", &dates.started, Some(&to.start)), ("ended", &dates.ended, to.end.as_ref())];
    let happened = ends.into_iter().find_map(|(verb, actual, to)| {
        let (actual, to, announced) = (actual.as_ref()?, to?, announced?);
        let day = actual.value.day().filter(|day| *day <= announced && Some(*day) != to.known())?;
        Some((if *is_window { verb } else { "was" }, day, actual))
    });
    if let Some((verb, day, actual)) = happened {
        let words = format!("the {} {verb} on {}", milestone.words(), date::prose(day));
        r.faults.push(
            Diagnostic::new(Code::FixedMoves, to.place.clone(), format!("{words}, and cannot be moved"))
                .expected("it had happened when the delay was announced")
                .because(vec![(actual.place.clone(), words)])
                .help("take this line out, or correct `actual` of the milestone"),
        );
    }
}

/// Reports that a delay reopens what was not there, or what had been done when it was announced.
pub(super) fn can_reopen(
    open: &Placed<PlanItemId>,
    delay: usize,
    announced: NaiveDate,
    milestones: &[Milestone],
    tasks: &[Task],
    r: &mut Reader<'_>,
) {
    let task = |id: &Id| tasks.iter().find(|task| task.id == *id);
    let (ended, words) = match &open.value {
        PlanItemId::Milestone(id) => {
            let milestone = milestones.iter().find(|milestone| milestone.id == *id);
            (milestone.and_then(|m| m.dates.ended.as_ref()), format!("the {}", id.words()))
        }
        PlanItemId::Task(id) => match task(id) {
            Some(task) if !task.exists(delay) => {
                let message = format!("`{id}` is not in the plan that this delay changes");
                r.faults.push(
                    Diagnostic::new(Code::UnknownTask, open.place.clone(), message)
                        .expected("a step of that plan is expected")
                        .help("take it out; or look at its `since` and `until`"),
                );
                return;
            }
            task => (task.and_then(|t| t.dates.ended.as_ref()), format!("`{id}`")),
        },
    };
    let Some((actual, day)) = ended.and_then(|actual| Some((actual, actual.value.day()?))) else { return };
    if day > announced {
        return;
    }
    let message = format!("{words} had been done when this delay was announced");
    r.faults.push(
        Diagnostic::new(Code::ConflictingKeys, open.place.clone(), message)
            .expected("`reopens` names what had not been done")
            .because(vec![(actual.place.clone(), format!("it ended on {}", date::prose(day)))])
            .help("take it out here, or correct its `actual`"),
    );
}
