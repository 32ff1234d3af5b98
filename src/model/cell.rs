//! What stands in the Start or End column of a schedule.

use std::{fmt, str::FromStr, sync::Arc};

use chrono::{NaiveDate, NaiveTime};

use super::{Tbd, date};

/// A date cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateCell {
    /// Nothing.
    Empty,
    /// "N/A".
    NotApplicable,
    /// "On-going".
    OnGoing,
    /// A day.
    Day(NaiveDate),
    /// A day and a clock time.
    Moment(NaiveDate, NaiveTime),
    /// Some day from the first to the second.
    Between(NaiveDate, NaiveDate),
    /// A day that nobody knows yet.
    Tbd(Tbd),
}

/// Why text is no date cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotACell {
    /// It has none of the forms.
    Form,
    /// A day that does not exist.
    Impossible,
    /// A "Between" whose second date is before its first.
    Backwards,
}

impl From<date::NotADate> for NotACell {
    fn from(fault: date::NotADate) -> Self {
        match fault {
            date::NotADate::Form => NotACell::Form,
            date::NotADate::Impossible => NotACell::Impossible,
        }
    }
}

impl DateCell {
    /// What stands beside its day: "11:00 p.m.", or that it is any day up to then.
    pub fn aside(&self) -> String {
        match self {
            DateCell::Moment(_, time) => date::time(*time),
            DateCell::Between(..) => self.to_string(),
            _ => String::new(),
        }
    }

    /// The day it names; of "Between", the last.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            DateCell::Day(day) | DateCell::Moment(day, _) | DateCell::Between(_, day) => Some(*day),
            DateCell::Empty | DateCell::NotApplicable | DateCell::OnGoing | DateCell::Tbd(_) => None,
        }
    }

    /// The day it names; of "Between", the first.
    pub fn first_day(&self) -> Option<NaiveDate> {
        match self {
            DateCell::Between(day, _) => Some(*day),
            other => other.day(),
        }
    }

    /// Its day as it reads in a sentence, without a time: "October 8, 2024", "to be determined"; what has no day as in a table.
    ///
    /// ```
    /// use ccrov::model::DateCell;
    /// let prose = |text: &str| text.parse::<DateCell>().unwrap().prose();
    /// assert_eq!((prose("10/8/2024 5:00 p.m."), prose("n/a")), ("October 8, 2024".to_owned(), "N/A".to_owned()));
    /// ```
    pub fn prose(&self) -> String {
        match (self, self.day()) {
            (DateCell::Tbd(tbd), _) => tbd.prose(),
            (_, Some(day)) => date::prose(day),
            (other, None) => other.to_string(),
        }
    }

    /// That nobody knows its day yet, if so.
    pub fn tbd(&self) -> Option<&Tbd> {
        match self {
            DateCell::Tbd(tbd) => Some(tbd),
            _ => None,
        }
    }

    /// The same, "TBD" in the office's word.
    #[must_use]
    pub fn in_words(self, word: &Arc<str>) -> DateCell {
        match self {
            DateCell::Tbd(tbd) => DateCell::Tbd(tbd.in_words(word)),
            other => other,
        }
    }
}

impl FromStr for DateCell {
    type Err = NotACell;

    /// Reads a cell in the forms that analysts write.
    ///
    /// # Errors
    /// [`NotACell`].
    ///
    /// ```
    /// use ccrov::model::DateCell;
    /// let printed = |text: &str| text.parse::<DateCell>().map(|cell| cell.to_string());
    /// assert_eq!(printed("2021-10-08").unwrap(), "10/8/2021");
    /// assert_eq!(printed("6/25/2021 11:00 pm").unwrap(), "6/25/2021 11:00 p.m.");
    /// assert_eq!(printed("between 1/9/2017 and 4/3/2017").unwrap(), "Between Jan. 9, 2017 and Apr. 3, 2017");
    /// assert_eq!(printed("ongoing").unwrap(), "On-going");
    /// assert_eq!(printed("tba (Fall 2026)").unwrap(), "TBD (Fall 2026)");
    /// assert!(printed("soon").is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, NotACell> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        match lower.as_str() {
            "" => return Ok(DateCell::Empty),
            "n/a" | "na" => return Ok(DateCell::NotApplicable),
            "on-going" | "ongoing" => return Ok(DateCell::OnGoing),
            _ => {}
        }
        if let Some(tbd) = Tbd::read(text) {
            return Ok(DateCell::Tbd(tbd));
        }
        if let Some(dates) = lower.strip_prefix("between ") {
            let (from, to) = dates.split_once(" and ").ok_or(NotACell::Form)?;
            let (from, to) = (date::read(from)?, date::read(to)?);
            return if from <= to { Ok(DateCell::Between(from, to)) } else { Err(NotACell::Backwards) };
        }
        match date::read(text) {
            Ok(day) => Ok(DateCell::Day(day)),
            Err(fault) => day_and_time(text).unwrap_or(Err(fault.into())),
        }
    }
}

/// A date, a space, a clock time; the first space at which both can be read.
fn day_and_time(text: &str) -> Option<Result<DateCell, NotACell>> {
    text.match_indices(' ').find_map(|(at, _)| {
        let time = date::read_time(&text[at..])?;
        match date::read(&text[..at]) {
            Ok(day) => Some(Ok(DateCell::Moment(day, time))),
            Err(date::NotADate::Impossible) => Some(Err(NotACell::Impossible)),
            Err(date::NotADate::Form) => None,
        }
    })
}

impl fmt::Display for DateCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateCell::Empty => Ok(()),
            DateCell::NotApplicable => f.write_str("N/A"),
            DateCell::OnGoing => f.write_str("On-going"),
            DateCell::Day(day) => f.write_str(&date::table(*day)),
            DateCell::Moment(day, time) => write!(f, "{} {}", date::table(*day), date::time(*time)),
            DateCell::Between(from, to) => {
                write!(f, "Between {} and {}", date::short(*from), date::short(*to))
            }
            DateCell::Tbd(tbd) => tbd.fmt(f),
        }
    }
}
