//! A rule, and the dates that it counts from -> a date.
//!
//! In: a state in which these are found. Out: the date with its reason. Not here: in which order dates are found.

use chrono::{Datelike as _, NaiveDate};

use super::Finding;
use crate::{
    calendar::{Closed, Workdays},
    diagnostic::{Faults, Place},
    model::{Base, Counted, DateCell, OnClosed, Span, Unit, days_on},
    schedule::resolved_date::{Edge, Ground, Part, ResolvedDate},
};

impl<'p> Finding<'_, '_, 'p> {
    pub(super) fn takes(
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

    pub(super) fn counted(
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
