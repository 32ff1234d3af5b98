//! Rules that lead to no date.
//!
//! In: what a rule came to. Out: the fault, with the steps that led there. Not here: finding dates.

use chrono::NaiveDate;

use super::DateFinder;
use crate::{
    calendar::{Closed, Workdays},
    diagnostic::{Code, Diagnostic, Faults, Place},
    model::{Base, Counted, Span, date, e_text},
    schedule::{
        chain::{self, said},
        part::Part,
        resolved_date::ResolvedDate,
    },
};

impl<'p> DateFinder<'_, '_, 'p> {
    pub(super) fn cycle(&mut self, parts: &[Part], faults: &mut Faults) {
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
        let chain = chain::shortened(steps.collect(), tell);
        faults.push(
            Diagnostic::new(Code::RuleCycle, place, format!("{} hangs on itself", parts[0].noun(plan)))
                .expected(expected)
                .because(chain)
                .help("write one of these dates, or count it from a milestone"),
        );
    }

    pub(super) fn no_day<T>(&self, part: Part, from: Part, place: &Place, faults: &mut Faults) -> Option<T> {
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

    pub(super) fn beyond<T>(&self, part: Part, place: &Place, faults: &mut Faults) -> Option<T> {
        let message = format!("{} beyond the calendar", part.named(self.state.index.plan));
        faults.push(
            Diagnostic::new(Code::ImpossibleDate, place.clone(), message)
                .expected("a day of the calendar is expected")
                .help("look at the rule's numbers"),
        );
        None
    }

    pub(super) fn unsaid(
        &self,
        (part, from): (Part, Option<Part>),
        rule: &Counted,
        day: NaiveDate,
        workdays: &Workdays<'_>,
        place: &Place,
        faults: &mut Faults,
    ) -> Option<ResolvedDate<'p>> {
        let plan = self.state.index.plan;
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
                    Base::Election(days) if rule.offset == Span::NONE => {
                        let number = e_text(days);
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
