//! Which days are working days, and counting in them.
//!
//! In: the calendars of those who are to work. Out: days that are closed, each with its reason; days counted
//! on and back. Not here: what falls on a day.

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

    /// Why a day is closed, if it is.
    ///
    /// ```
    /// use ccrov::{calendar::{Closed, Workdays}, model::{Calendar, ClosedDay, date}};
    /// let columbus = ClosedDay { date: date::read("2021-10-11").unwrap(), reason: "Columbus Day".to_owned() };
    /// let counties = Calendar { name: "Counties".to_owned(), closed: vec![columbus] };
    /// let workdays = Workdays::of([&counties]);
    /// let friday = date::read("2021-10-08").unwrap();
    /// assert_eq!(workdays.closed(friday), None);
    /// assert_eq!(workdays.plus(friday, 1), date::read("2021-10-12").ok());
    /// ```
    pub fn closed(&self, day: NaiveDate) -> Option<Closed<'c>> {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return Some(Closed::Weekend);
        }
        self.0.iter().find_map(|calendar| {
            let closed = calendar.closed.iter().find(|closed| closed.date == day)?;
            Some(Closed::Holiday { calendar, reason: &closed.reason })
        })
    }

    /// The working day that is so many working days later, or earlier; 0 is the day itself, open or not.
    /// `None` if no calendar goes so far.
    pub fn plus(&self, day: NaiveDate, count: i32) -> Option<NaiveDate> {
        let mut at = day;
        for _ in 0..count.unsigned_abs() {
            at = if count > 0 { self.next(at.succ_opt()?)? } else { self.previous(at.pred_opt()?)? };
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
        let days = first.iter_days().skip(1).take_while(|day| *day <= last);
        let count = days.filter(|day| self.closed(*day).is_none()).count() as i64;
        if from <= to { count } else { -count }
    }
}
