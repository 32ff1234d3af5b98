//! All dates of a plan as somebody sees it who knows some of its delays.
//!
//! In: a plan, what is given (moved by delays, over when they were announced). Out: a date with its reason for
//! each start and end; faults of rules that lead nowhere. Not here: what a delay changes.

mod astray;
mod counting;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;

use super::{
    chain,
    index::Index,
    part::{Edge, Part, PlanItem},
    resolved_date::{Ground, ResolvedDate},
};
use crate::{
    diagnostic::{Faults, Place, Placed},
    model::{Base, Counted, DateCell, DateRule, Delay, Limit},
};

/// The start and the end of a milestone or task.
pub(super) type Pair<'p> = [ResolvedDate<'p>; 2];

/// What a state is found from.
pub(super) struct KnownDates<'p> {
    /// How many delays.
    pub delays: usize,
    /// What has happened until this day is known.
    pub as_of: NaiveDate,
    /// Dates that no rule finds.
    pub given: BTreeMap<PlanItem, Pair<'p>>,
    /// What is past when a delay is announced, and stays where it is if that delay would move it.
    pub past: Option<Past<'p>>,
}

/// What is past when a delay is announced.
pub(super) struct Past<'p> {
    /// The delay.
    pub delay: &'p Delay,
    /// When it was.
    pub pairs: BTreeMap<PlanItem, Pair<'p>>,
}

/// The dates of a plan.
pub(super) struct PlanDates<'i, 'p> {
    index: &'i Index<'p>,
    whens: Vec<Option<ResolvedDate<'p>>>,
}

impl<'i, 'p> PlanDates<'i, 'p> {
    /// Finds all dates; `None` if there is a fault.
    pub fn find(
        index: &'i Index<'p>,
        known: &KnownDates<'p>,
        faults: &mut Faults,
    ) -> Option<PlanDates<'i, 'p>> {
        let before = faults.errors();
        let whens = vec![None; 2 * (index.plan.milestones.len() + index.plan.tasks.len())];
        let mut finding = DateFinder {
            marks: vec![Visit::New; whens.len()],
            circling: BTreeSet::new(),
            state: PlanDates { index, whens },
            known,
        };
        for thing in index.things() {
            for edge in [Edge::Start, Edge::End] {
                finding.from(Part { thing, edge }, faults);
            }
        }
        (faults.errors() == before).then_some(finding.state)
    }

    /// A date; `None` of what the plan does not have.
    pub fn when(&self, part: Part) -> Option<&ResolvedDate<'p>> {
        self.whens[self.index.place_in_list(part)].as_ref()
    }

    /// Both ends.
    pub fn pair(&self, thing: PlanItem) -> Option<Pair<'p>> {
        let when = |edge| self.when(Part { thing, edge }).cloned();
        Some([when(Edge::Start)?, when(Edge::End)?])
    }

    /// What a date follows from, step by step, as a fault tells it.
    pub fn chain(&self, part: Part) -> Vec<(Place, String)> {
        chain::short_chain(self.index.plan, part, |part| self.when(part), |_| false)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    /// It waits for what it counts from.
    Waiting,
    Done,
}

/// Finds each date after those that it counts from.
struct DateFinder<'f, 'i, 'p> {
    state: PlanDates<'i, 'p>,
    marks: Vec<Visit>,
    /// What hangs on itself, and is reported.
    circling: BTreeSet<PlanItem>,
    known: &'f KnownDates<'p>,
}

impl<'p> DateFinder<'_, '_, 'p> {
    /// Finds a date and all that it counts from. A long chain of tasks takes no stack.
    fn from(&mut self, part: Part, faults: &mut Faults) {
        let mut waiting = vec![(part, 0)];
        while let Some((part, asked)) = waiting.last_mut() {
            let (part, place) = (*part, self.state.index.place_in_list(*part));
            if self.marks[place] == Visit::Done || !self.exists(part.thing) {
                waiting.pop();
                continue;
            }
            self.marks[place] = Visit::Waiting;
            let Some(needed) = self.needed(part, *asked) else {
                self.state.whens[place] = self.find(part, faults);
                self.marks[place] = Visit::Done;
                waiting.pop();
                continue;
            };
            *asked += 1;
            match self.marks[self.state.index.place_in_list(needed)] {
                Visit::New => waiting.push((needed, 0)),
                Visit::Done => {}
                Visit::Waiting => {
                    let start = waiting.iter().position(|(part, _)| *part == needed).unwrap_or_default();
                    let parts: Vec<Part> = waiting[start..].iter().map(|(part, _)| *part).collect();
                    self.cycle(&parts, faults);
                }
            }
        }
    }

    fn exists(&self, thing: PlanItem) -> bool {
        match thing {
            PlanItem::Milestone(_) => true,
            PlanItem::Task(at) => self.state.index.plan.tasks[at].exists(self.known.delays),
        }
    }

    fn rule(&self, part: Part) -> &'p Placed<DateRule> {
        let dates = part.thing.dates(self.state.index.plan);
        match part.edge {
            Edge::Start => &dates.start,
            Edge::End => &dates.end,
        }
    }

    /// When it did start or end, as far as that is known.
    fn happened(&self, part: Part) -> Option<&'p Placed<DateCell>> {
        let dates = part.thing.dates(self.state.index.plan);
        let happened = match part.edge {
            Edge::Start => dates.started.as_ref(),
            Edge::End => dates.ended.as_ref(),
        };
        // "N/A" stays "N/A": nothing was to happen there.
        let to_happen = match &self.rule(part).value {
            DateRule::Literal(cell) => {
                *cell == DateCell::OnGoing || cell.tbd().is_some() || cell.day().is_some()
            }
            _ => true,
        };
        happened.filter(|at| to_happen && at.value.day().is_some_and(|day| day <= self.known.as_of))
    }

    /// What no rule finds: a delay moved it there, or it was over when one was announced. What is known to have
    /// happened later was not over.
    fn given(&self, part: Part) -> Option<&ResolvedDate<'p>> {
        let [start, end] = self.known.given.get(&part.thing)?;
        let given = if part.edge == Edge::Start { start } else { end };
        let held = [start, end].into_iter().find_map(|when| match &when.ground {
            Ground::Over(delay, _) => Some(delay),
            _ => None,
        });
        let Some(delay) = held else { return Some(given) };
        let happened = [Edge::Start, Edge::End].map(|edge| self.happened(Part { edge, ..part }));
        let mut days = happened.into_iter().flatten().filter_map(|at| at.value.day());
        (!days.any(|day| day > delay.announced)).then_some(given)
    }

    /// The n-th of what must be found before.
    fn needed(&self, part: Part, nth: usize) -> Option<Part> {
        if self.happened(part).is_some() || self.given(part).is_some() {
            return None;
        }
        match &self.rule(part).value {
            DateRule::Literal(_) => None,
            DateRule::Takes(_) => (nth == 0).then_some(Part { edge: part.edge.other(), ..part }),
            DateRule::Counted(counted) => match nth.cmp(&bases(counted)) {
                Ordering::Less => self.base(counted, part.edge, nth),
                Ordering::Equal => self.floor(counted),
                Ordering::Greater => None,
            },
        }
    }

    /// The n-th of what a rule counts from. A milestone of one day has one date, and a task whose end is "N/A" or empty
    /// ends when it starts.
    fn base(&self, counted: &Counted, edge: Edge, nth: usize) -> Option<Part> {
        let index = self.state.index;
        let (thing, edge) = match &counted.base {
            Base::At(id) | Base::During(id) => (index.milestone(id.value.as_str())?, edge),
            Base::With(target) => (index.target(&target.value)?, edge),
            Base::After(targets) => (index.target(&targets.get(nth)?.value)?, Edge::End),
            Base::Before(targets) => (index.target(&targets.get(nth)?.value)?, Edge::Start),
            Base::Election(_) => return None,
        };
        let one_date = match thing {
            PlanItem::Milestone(at) => !index.plan.milestones[at].is_window,
            PlanItem::Task(_) => {
                let end = &thing.dates(index.plan).end.value;
                let open = matches!(end, DateRule::Literal(DateCell::Empty | DateCell::NotApplicable));
                open && matches!(counted.base, Base::After(_))
            }
        };
        Some(Part { thing, edge: if one_date { Edge::Start } else { edge } })
    }

    /// What a rule may not lead to a day before.
    fn floor(&self, counted: &Counted) -> Option<Part> {
        match &counted.not_before.as_ref()?.value {
            Limit::Start(target) => Some(Part { thing: self.state.index.target(target)?, edge: Edge::Start }),
            Limit::Election(_) | Limit::Day(_) => None,
        }
    }

    fn find(&self, part: Part, faults: &mut Faults) -> Option<ResolvedDate<'p>> {
        let rule = self.rule(part);
        if let Some(Placed { value, place }) = self.happened(part) {
            return Some(ResolvedDate {
                cell: value.clone(),
                place,
                ground: Ground::Happened,
                closed: Vec::new(),
            });
        }
        if let Some(given) = self.given(part) {
            return Some(given.clone());
        }
        let Some((delay, kept)) = self.past(part) else { return self.by_rule(part, rule, faults) };
        // Where its rule would lead is not looked at: it is past.
        match self.by_rule(part, rule, &mut Faults::default()) {
            Some(found) if found.cell == kept.cell => Some(found),
            _ => Some(kept.clone().over(delay)),
        }
    }

    /// When it was, if it was past when the delay was announced.
    fn past(&self, part: Part) -> Option<(&'p Delay, &ResolvedDate<'p>)> {
        let Past { delay, pairs } = self.known.past.as_ref()?;
        let [start, end] = pairs.get(&part.thing)?;
        Some((delay, if part.edge == Edge::Start { start } else { end }))
    }

    fn by_rule(
        &self,
        part: Part,
        rule: &'p Placed<DateRule>,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let place = &rule.place;
        match &rule.value {
            DateRule::Literal(cell) => {
                Some(ResolvedDate { cell: cell.clone(), place, ground: Ground::Written, closed: Vec::new() })
            }
            DateRule::Takes(span) => self.takes(part, *span, place, faults),
            DateRule::Counted(counted) => self.counted(part, counted, place, faults),
        }
    }
}

/// From how many dates a rule counts.
fn bases(counted: &Counted) -> usize {
    match &counted.base {
        Base::At(_) | Base::During(_) | Base::With(_) => 1,
        Base::After(targets) | Base::Before(targets) => targets.len(),
        Base::Election(_) => 0,
    }
}
