//! Which days are working days, and counting in them.
//!
//! In: the calendars of those who are to work. Out: days that are closed, each with its reason; days counted
//! on and back. Not here: what falls on a day.

mod holidays;
mod lunar;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::model::Calendar;

/// Why a day is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed<'c> {
    /// It is a Saturday or Sunday.
    Weekend,
    /// A calendar has it as a closed day.
    Holiday {
        /// Whose.
        calendar: &'c Calendar,
        /// "Columbus Day".
        reason: &'c str,
    },
}

/// The days on which all of several calendars are open: a task that two do together needs both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workdays<'c>(Vec<&'c Calendar>);

impl<'c> Workdays<'c> {
    /// The days that are open in all of the calendars; without any, Monday to Friday.
    pub fn of(calendars: impl IntoIterator<Item = &'c Calendar>) -> Workdays<'c> {
        let mut all: Vec<&Calendar> = Vec::new();
        for calendar in calendars {
            if !all.contains(&calendar) {
                all.push(calendar);
            }
        }
        Workdays(all)
    }

    /// Why a day is closed, if it is. A reason that an office wrote comes first, then that it is a Saturday or
    /// Sunday, then the holiday.
    ///
    /// ```
    /// use ccrov::calendar::{Closed, Workdays};
    /// use ccrov::model::{Calendar, ClosedDay, Holidays, date};
    /// let columbus = ClosedDay { date: date::read("2021-10-11").unwrap(), reason: "Columbus Day".to_owned() };
    /// let counties = Calendar {
    ///     name: "Counties".to_owned(),
    ///     holidays: Some(Holidays::StateOffices),
    ///     closed: vec![columbus],
    /// };
    /// let workdays = Workdays::of([&counties]);
    /// let friday = date::read("2021-10-08").unwrap();
    /// assert_eq!(workdays.closed(friday), None);
    /// assert_eq!(workdays.plus(friday, 1), date::read("2021-10-12").ok());
    ///
    /// let monday = date::read("2021-07-05").unwrap();
    /// let reason = "Independence Day, observed";
    /// assert_eq!(workdays.closed(monday), Some(Closed::Holiday { calendar: &counties, reason }));
    /// ```
    pub fn closed(&self, day: NaiveDate) -> Option<Closed<'c>> {
        let written = self.0.iter().find_map(|calendar| {
            let closed = calendar.closed.iter().find(|closed| closed.date == day)?;
            Some(Closed::Holiday { calendar, reason: &closed.reason })
        });
        if written.is_some() || weekend(day) {
            return written.or(Some(Closed::Weekend));
        }
        self.0.iter().find_map(|calendar| {
            let reason = holidays::on(calendar.holidays?, day)?;
            Some(Closed::Holiday { calendar, reason })
        })
    }

    /// The working day that is so many working days later, or earlier; 0 is the day itself, open or not.
    /// `None` if no calendar goes so far.
    pub fn plus(&self, day: NaiveDate, count: i32) -> Option<NaiveDate> {
        let (mut at, mut left) = (day, i64::from(count));
        while left > 0 {
            let after = at.succ_opt()?;
            at = weekday(weekdays_before(after) + left - 1)?;
            left -= self.open(after, at);
        }
        while left < 0 {
            let before = at.pred_opt()?;
            at = weekday(weekdays_before(at) + left)?;
            left += self.open(at, before);
        }
        Some(at)
    }

    /// The day itself, or the first working day after it.
    pub fn next(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..).map_while(|days| day.checked_add_days(Days::new(days))).find(|day| self.closed(*day).is_none())
    }

    /// The day itself, or the last working day before it.
    pub fn previous(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..).map_while(|days| day.checked_sub_days(Days::new(days))).find(|day| self.closed(*day).is_none())
    }

    /// How many working days later `to` is than `from`; less than 0 if it is earlier. What is counted are the
    /// working days after the earlier one, up to the later one: from a Friday to the Monday after is 1.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let (first, last) = (from.min(to), from.max(to));
        let count = first.succ_opt().map_or(0, |first| self.open(first, last));
        if from <= to { count } else { -count }
    }

    /// How many days of a span are open. Closed days are looked up and taken off; going from day to day would
    /// take too long for a span of years.
    fn open(&self, first: NaiveDate, last: NaiveDate) -> i64 {
        let weekdays = weekdays_before(last) - weekdays_before(first) + i64::from(!weekend(last));
        let mut closed: Vec<NaiveDate> = Vec::new();
        for calendar in &self.0 {
            closed.extend(calendar.closed.iter().map(|closed| closed.date));
            closed.extend(calendar.holidays.into_iter().flat_map(|kept| holidays::within(kept, first, last)));
        }
        closed.retain(|day| (first..=last).contains(day) && !weekend(*day));
        closed.sort_unstable();
        closed.dedup();
        weekdays - closed.len() as i64
    }
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// How many days from Monday to Friday there are from the first Monday of the calendar up to the day before.
fn weekdays_before(day: NaiveDate) -> i64 {
    let days = i64::from(day.num_days_from_ce()) - 1;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

/// The day from Monday to Friday before which there are so many.
fn weekday(before: i64) -> Option<NaiveDate> {
    let days = before.div_euclid(5) * 7 + before.rem_euclid(5);
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days + 1).ok()?)
}
