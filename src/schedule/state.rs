//! All dates of a plan as somebody sees it who knows some of its delays.
//!
//! In: a plan, what is given (moved by delays, over when they were announced). Out: a date with its reason for
//! each start and end; faults of rules that lead nowhere. Not here: what a delay changes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::{
    index::Index,
    resolved_date::{self, Edge, Ground, Part, ResolvedDate, Thing, said},
};
use crate::{
    calendar::{Closed, Workdays},
    diagnostic::{Code, Diagnostic, Faults, Place, Placed},
    model::{Base, Counted, DateCell, DateRule, Delay, OnClosed, Span, Unit, date, days_on, e_text},
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
    pub given: BTreeMap<Thing, Pair<'p>>,
    /// What is past when a delay is announced, and stays where it is if that delay would move it.
    pub past: Option<Past<'p>>,
}

/// What is past when a delay is announced.
pub(super) struct Past<'p> {
    /// The delay.
    pub delay: &'p Delay,
    /// When it was.
    pub pairs: BTreeMap<Thing, Pair<'p>>,
}

/// The dates of a plan.
pub(super) struct State<'i, 'p> {
    index: &'i Index<'p>,
    whens: Vec<Option<ResolvedDate<'p>>>,
}

impl<'i, 'p> State<'i, 'p> {
    /// Finds all dates; `None` if there is a fault.
    pub fn find(index: &'i Index<'p>, known: &KnownDates<'p>, faults: &mut Faults) -> Option<State<'i, 'p>> {
        let before = faults.errors();
        let whens = vec![None; 2 * (index.plan.milestones.len() + index.plan.tasks.len())];
        let mut finding = Finding {
            marks: vec![Mark::New; whens.len()],
            circling: BTreeSet::new(),
            state: State { index, whens },
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
    pub fn pair(&self, thing: Thing) -> Option<Pair<'p>> {
        let when = |edge| self.when(Part { thing, edge }).cloned();
        Some([when(Edge::Start)?, when(Edge::End)?])
    }

    /// What a date follows from, step by step, as a fault tells it.
    pub fn chain(&self, part: Part) -> Vec<(Place, String)> {
        resolved_date::short_chain(self.index.plan, part, |part| self.when(part), |_| false)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    /// It waits for what it counts from.
    Waiting,
    Done,
}

/// Finds each date after those that it counts from.
struct Finding<'f, 'i, 'p> {
    state: State<'i, 'p>,
    marks: Vec<Mark>,
    /// What hangs on itself, and is reported.
    circling: BTreeSet<Thing>,
    known: &'f KnownDates<'p>,
}

impl<'p> Finding<'_, '_, 'p> {
    /// Finds a date and all that it counts from. A long chain of tasks takes no stack.
    fn from(&mut self, part: Part, faults: &mut Faults) {
        let mut waiting = vec![(part, false)];
        while let Some((part, asked)) = waiting.last_mut() {
            let (part, place) = (*part, self.state.index.place_in_list(*part));
            if self.marks[place] == Mark::Done || !self.exists(part.thing) {
                waiting.pop();
                continue;
            }
            self.marks[place] = Mark::Waiting;
            let Some(needed) = self.needs(part).filter(|_| !*asked) else {
                self.state.whens[place] = self.find(part, faults);
                self.marks[place] = Mark::Done;
                waiting.pop();
                continue;
            };
            *asked = true;
            match self.marks[self.state.index.place_in_list(needed)] {
                Mark::New => waiting.push((needed, false)),
                Mark::Done => {}
                Mark::Waiting => {
                    let start = waiting.iter().position(|(part, _)| *part == needed).unwrap_or_default();
                    let parts: Vec<Part> = waiting[start..].iter().map(|(part, _)| *part).collect();
                    self.cycle(&parts, faults);
                }
            }
        }
    }

    fn exists(&self, thing: Thing) -> bool {
        match thing {
            Thing::Milestone(_) => true,
            Thing::Task(at) => self.state.index.plan.tasks[at].exists(self.known.delays),
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
            DateRule::Literal(cell) => *cell == DateCell::OnGoing || cell.day().is_some(),
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

    /// What must be found before.
    fn needs(&self, part: Part) -> Option<Part> {
        if self.happened(part).is_some() || self.given(part).is_some() {
            return None;
        }
        match &self.rule(part).value {
            DateRule::Literal(_) => None,
            DateRule::Takes(_) => Some(Part { edge: part.edge.other(), ..part }),
            DateRule::Counted(counted) => self.base(counted, part.edge),
        }
    }

    /// What a rule counts from. A milestone of one day has one date, and a task whose end is "N/A" or empty
    /// ends when it starts.
    fn base(&self, counted: &Counted, edge: Edge) -> Option<Part> {
        let index = self.state.index;
        let (thing, edge) = match &counted.base {
            Base::At(id) | Base::During(id) => (index.milestone(id.value.as_str())?, edge),
            Base::With(target) => (index.target(&target.value)?, edge),
            Base::After(target) => (index.target(&target.value)?, Edge::End),
            Base::Election => return None,
        };
        let one_date = match thing {
            Thing::Milestone(at) => !index.plan.milestones[at].is_window,
            Thing::Task(_) => {
                let end = &thing.dates(index.plan).end.value;
                let open = matches!(end, DateRule::Literal(DateCell::Empty | DateCell::NotApplicable));
                open && matches!(counted.base, Base::After(_))
            }
        };
        Some(Part { thing, edge: if one_date { Edge::Start } else { edge } })
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

    fn takes(
        &self,
        part: Part,
        span: Span,
        place: &'p Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let other = Part { edge: part.edge.other(), ..part };
        let when = self.state.when(other)?;
        let Some(day) = when.cell.day() else {
            return self.no_day(part, other, place, faults);
        };
        let workdays = self.state.index.workdays(part.thing);
        let sign = if part.edge == Edge::End { 1 } else { -1 };
        // The day at the other end is the first of them, if it is one.
        let more = match span.unit {
            Unit::Days => span.count - 1,
            Unit::WorkingDays => span.count - i32::from(workdays.closed(day).is_none()),
        };
        let offset = Span { count: sign * more, ..span };
        let Some(found) = plus(&workdays, day, offset) else { return self.beyond(part, place, faults) };
        let closed = holidays(&workdays, day, found);
        let ground = Ground::Takes { span, day };
        Some(ResolvedDate { cell: DateCell::Day(found), place, ground, closed })
    }

    fn counted(
        &self,
        part: Part,
        rule: &'p Counted,
        place: &'p Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let plan = self.state.index.plan;
        let (from, day) = match rule.base {
            Base::Election => (None, plan.election.as_ref()?.date),
            _ => {
                let from = self.base(rule, part.edge)?;
                match self.state.when(from)?.cell.day() {
                    Some(day) => (Some(from), day),
                    None => return self.no_day(part, from, place, faults),
                }
            }
        };
        let workdays = self.state.index.workdays(part.thing);
        let Some(counted) = plus(&workdays, day, rule.offset) else {
            return self.beyond(part, place, faults);
        };
        let mut closed = match rule.offset.unit {
            Unit::WorkingDays => holidays(&workdays, day, counted),
            Unit::Days => Vec::new(),
        };
        let mut found = counted;
        if let Some(why) = workdays.closed(counted) {
            found = match rule.closed {
                None => return self.unsaid(part, rule, counted, &workdays, place, faults),
                Some(OnClosed::Stay) => Some(counted),
                Some(OnClosed::Next) => workdays.next(counted),
                Some(OnClosed::Previous) => workdays.previous(counted),
            }
            .filter(can_be_written)
            .or_else(|| self.beyond::<NaiveDate>(part, place, faults))?;
            closed.push((counted, why));
            closed.extend(holidays(&workdays, counted, found));
        }
        let cell = rule.time.map_or(DateCell::Day(found), |time| DateCell::Moment(found, time));
        Some(ResolvedDate { cell, place, ground: Ground::Counted { rule, from, day }, closed })
    }

    fn cycle(&mut self, parts: &[Part], faults: &mut Faults) {
        let plan = self.state.index.plan;
        let before = self.circling.len();
        self.circling.extend(parts.iter().map(|part| part.thing));
        if self.circling.len() == before {
            return;
        }
        let tell = |(part, next): (&Part, &Part)| {
            let words = format!("{} is counted from {}", part.noun(plan), next.noun(plan));
            (self.rule(*part).place.clone(), words)
        };
        let mut steps = parts.iter().zip(parts.iter().cycle().skip(1));
        let Some((place, expected)) = steps.next().map(tell) else { return };
        let chain = resolved_date::shortened(steps.collect(), tell);
        faults.push(
            Diagnostic::new(Code::RuleCycle, place, format!("{} hangs on itself", parts[0].noun(plan)))
                .expected(expected)
                .because(chain)
                .help("write one of these dates, or count it from a milestone"),
        );
    }

    fn no_day<T>(&self, part: Part, from: Part, place: &Place, faults: &mut Faults) -> Option<T> {
        let plan = self.state.index.plan;
        let message = format!("{} by a rule that counts from no day", part.named(plan));
        let cell = self.state.when(from).map(|when| said(&when.cell)).unwrap_or_default();
        faults.push(
            Diagnostic::new(Code::NoDay, place.clone(), message)
                .expected(format!("{} {cell}", from.words(plan)))
                .because(self.state.chain(from))
                .help("count from something that has a day, or write the date"),
        );
        None
    }

    fn beyond<T>(&self, part: Part, place: &Place, faults: &mut Faults) -> Option<T> {
        let message = format!("{} beyond the calendar", part.named(self.state.index.plan));
        faults.push(
            Diagnostic::new(Code::ImpossibleDate, place.clone(), message)
                .expected("a day of the calendar is expected")
                .help("look at the rule's numbers"),
        );
        None
    }

    fn unsaid(
        &self,
        part: Part,
        rule: &Counted,
        day: NaiveDate,
        workdays: &Workdays<'_>,
        place: &Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let plan = self.state.index.plan;
        let from = self.base(rule, part.edge);
        let full = |day: NaiveDate| format!("{}, {}", date::weekday(day), date::prose(day));
        let reason = match workdays.closed(day) {
            Some(Closed::Holiday { calendar, reason }) => format!(" ({reason}, {})", calendar.name),
            _ => String::new(),
        };
        let or = |found: Option<NaiveDate>| found.map(full).unwrap_or_default();
        let (next, previous) = (or(workdays.next(day)), or(workdays.previous(day)));
        let message = format!("{} on {}, which is not a working day{reason}", part.named(plan), full(day));
        faults.push(
            Diagnostic::new(Code::ClosedDayUnsaid, place.clone(), message)
                .expected("the rule does not say what happens on a closed day")
                .because(from.map(|from| self.state.chain(from)).unwrap_or_default())
                .help(match rule.base {
                    Base::Election => {
                        let number = e_text(rule.offset.count);
                        format!(
                            "write {{at: {number}, closed: next}} ({next}), `closed: previous` ({previous}) or `closed: stay`"
                        )
                    }
                    _ => format!("add `closed: next` ({next}), `closed: previous` ({previous}) or `closed: stay`"),
                }),
        );
        None
    }
}

fn plus(workdays: &Workdays<'_>, day: NaiveDate, offset: Span) -> Option<NaiveDate> {
    match offset.unit {
        Unit::Days => days_on(day, offset.count),
        Unit::WorkingDays => workdays.plus(day, offset.count),
    }
    .filter(can_be_written)
}

/// Whether a day has a year of four figures.
fn can_be_written(day: &NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// The holidays between two days.
fn holidays<'c>(workdays: &Workdays<'c>, a: NaiveDate, b: NaiveDate) -> Vec<(NaiveDate, Closed<'c>)> {
    let days = a.min(b).iter_days().skip(1).take_while(|day| *day < a.max(b));
    let closed = days.filter_map(|day| Some((day, workdays.closed(day)?)));
    closed.filter(|(_, closed)| *closed != Closed::Weekend).collect()
}
