//! A rule, and the dates that it counts from -> a date.
//!
//! In: a state in which these are found. Out: the date with its reason. Not here: in which order dates are found.

use chrono::{Datelike as _, NaiveDate};

use super::{DateFinder, bases};
use crate::{
    calendar::{Closed, Workdays},
    diagnostic::{Faults, Place, Placed},
    model::{Base, Counted, DateCell, Limit, OnClosed, Span, Tbd, Unit, days_on},
    schedule::{
        part::{Edge, Part},
        resolved_date::{Floor, Ground, ResolvedDate},
    },
};

/// A date that a rule counts from.
#[derive(Clone, Copy)]
struct Start<'s> {
    /// What it is the date of; none for the election.
    from: Option<Part>,
    /// The day; or that nobody knows it yet.
    day: Result<NaiveDate, &'s Tbd>,
}

impl<'p> DateFinder<'_, '_, 'p> {
    pub(super) fn takes(
        &self,
        part: Part,
        span: Span,
        place: &'p Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let other = Part { edge: part.edge.other(), ..part };
        let day = match self.start(part, other, place, faults)?.day {
            Ok(day) => day,
            // A milestone of one day has one date, with its note.
            Err(tbd) if part.thing.is_one_day(self.state.index.plan) => {
                let cell = DateCell::Tbd(tbd.clone());
                return Some(ResolvedDate { cell, ..unknown(tbd, other, place) });
            }
            Err(tbd) => return Some(unknown(tbd, other, place)),
        };
        let workdays = self.state.index.workdays(part.thing);
        let sign = if part.edge == Edge::End { 1 } else { -1 };
        // The day at the other end is the first of them, if it is one.
        let more = match span.unit {
            Unit::WorkingDays => span.count - i32::from(workdays.closed(day).is_none()),
            Unit::Days | Unit::Weeks => span.count - 1,
        };
        let offset = Span { count: sign * more, ..span };
        let Some(found) = plus(&workdays, day, offset) else { return self.beyond(part, place, faults) };
        let closed = holidays(&workdays, day, found);
        let ground = Ground::Takes { span, day };
        Some(ResolvedDate { cell: DateCell::Day(found), place, ground, closed })
    }

    pub(super) fn counted(
        &self,
        part: Part,
        rule: &'p Counted,
        place: &'p Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let starts = self.starts(part, rule, place, faults)?;
        let limit = match &rule.not_before {
            Some(limit) => Some(self.not_before(part, rule, limit, faults)?),
            None => None,
        };
        // What waits for a date that nobody knows has none, whatever else it waits for.
        let open = starts.iter().chain(&limit).find_map(|start| Some((start.day.err()?, start.from?)));
        if let Some((tbd, from)) = open {
            return Some(unknown(tbd, from, place));
        }
        let days = || starts.iter().filter_map(|start| Some((start.from, start.day.ok()?)));
        let (from, day) = match rule.base {
            Base::Before(_) => days().min_by_key(|(_, day)| *day),
            _ => days().max_by_key(|(_, day)| *day),
        }?;
        let all = days().filter(|_| starts.len() > 1);
        let others = all.filter_map(|(from, day)| Some((from?, day))).collect();
        let workdays = self.state.index.workdays(part.thing);
        let Some(counted) = plus(&workdays, day, rule.offset) else {
            return self.beyond(part, place, faults);
        };
        let mut closed = match rule.offset.unit {
            Unit::WorkingDays => holidays(&workdays, day, counted),
            Unit::Days | Unit::Weeks => Vec::new(),
        };
        let floor = limit.and_then(|limit| Some(Floor { from: limit.from, day: limit.day.ok()? }));
        let floor = floor.filter(|floor| floor.day > counted);
        let counted = floor.map_or(counted, |floor| floor.day);

        let rolls = rule.roll.as_deref().map_or(workdays, |calendar| Workdays::of([calendar]));
        let (mut found, mut rolled) = (counted, None);
        if let Some(why) = rolls.closed(counted) {
            let Some(on_closed) = on_closed(rule, floor.is_some()) else {
                let from = floor.map_or(from, |floor| floor.from);
                return self.unsaid((part, from), rule, counted, &rolls, place, faults);
            };
            found = match on_closed {
                OnClosed::Stay => Some(counted),
                OnClosed::Next => rolls.next(counted),
                OnClosed::Previous => rolls.previous(counted),
            }
            .filter(can_be_written)
            .or_else(|| self.beyond::<NaiveDate>(part, place, faults))?;
            rolled = Some(on_closed);
            closed.push((counted, why));
            closed.extend(holidays(&rolls, counted, found));
        }
        let cell = rule.time.map_or(DateCell::Day(found), |time| DateCell::Moment(found, time));
        let ground = Ground::Counted { rule, from, day, others, floor, rolled };
        Some(ResolvedDate { cell, place, ground, closed })
    }

    /// Every date that a rule counts from.
    fn starts(
        &self,
        part: Part,
        rule: &Counted,
        place: &Place,
        faults: &mut Faults,
    ) -> Option<Vec<Start<'_>>> {
        if let Base::Election(days) = rule.base {
            let day = self.election_day(part, days, place, faults)?;
            return Some(vec![Start { from: None, day: Ok(day) }]);
        }
        let starts = (0..bases(rule)).map(|nth| {
            let from = self.base(rule, part.edge, nth)?;
            self.start(part, from, place, faults)
        });
        starts.collect()
    }

    /// The day that a rule may not lead to a day before.
    fn not_before(
        &self,
        part: Part,
        rule: &Counted,
        limit: &Placed<Limit>,
        faults: &mut Faults,
    ) -> Option<Start<'_>> {
        let day = match limit.value {
            Limit::Start(_) => return self.start(part, self.floor(rule)?, &limit.place, faults),
            Limit::Day(day) => day,
            Limit::Election(days) => self.election_day(part, days, &limit.place, faults)?,
        };
        Some(Start { from: None, day: Ok(day) })
    }

    /// A day by its E-number; that the calendar does not have it is reported.
    fn election_day(&self, part: Part, days: i32, place: &Place, faults: &mut Faults) -> Option<NaiveDate> {
        let election = self.state.index.plan.election.as_ref()?.date;
        let day = days_on(election, days).filter(can_be_written);
        day.or_else(|| self.beyond(part, place, faults))
    }

    /// A date that another is counted from; that it is no day is reported.
    fn start(&self, part: Part, from: Part, place: &Place, faults: &mut Faults) -> Option<Start<'_>> {
        let cell = &self.state.when(from)?.cell;
        let day = match (cell, cell.day()) {
            (DateCell::Tbd(tbd), _) => Err(tbd),
            (_, Some(day)) => Ok(day),
            _ => return self.no_day(part, from, place, faults),
        };
        Some(Start { from: Some(from), day })
    }
}

/// Where a rule leads that leads to a closed day; `None` if it does not say. Counting in working days leads to the next one,
/// and so does what may not lead to an earlier day.
fn on_closed(rule: &Counted, has_floor: bool) -> Option<OnClosed> {
    let usual = (!rule.may_fall_on_closed_day()).then_some(OnClosed::Next);
    match rule.closed.or(usual)? {
        OnClosed::Previous if has_floor => Some(OnClosed::Next),
        on_closed => Some(on_closed),
    }
}

/// A date that hangs on one that nobody knows yet.
fn unknown<'p>(tbd: &Tbd, from: Part, place: &'p Place) -> ResolvedDate<'p> {
    let cell = DateCell::Tbd(tbd.without_note());
    ResolvedDate { cell, place, ground: Ground::Unknown { from }, closed: Vec::new() }
}

fn plus(workdays: &Workdays<'_>, day: NaiveDate, offset: Span) -> Option<NaiveDate> {
    match offset.unit {
        Unit::WorkingDays => workdays.plus(day, offset.count),
        Unit::Days | Unit::Weeks => days_on(day, offset.calendar_days()?),
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
