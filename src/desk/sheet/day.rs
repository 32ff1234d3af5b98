//! Dates as spreadsheets show them.
//!
//! In: the text of a cell. Out: a [`DateCell`], or nothing if it could be read in two ways or in none: such a cell is a question, and
//! never guessed. Not here: which column has dates.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::model::{DateCell, date};

/// Excel's number of the day that never was, February 29, 1900.
const NEVER: u32 = 60;

/// The numbers that a plan can have as days: those of the years 1950 to 2099.
const LIKELY: std::ops::RangeInclusive<u32> = 18_264..=73_050;

/// From which two-digit year on Excel means the last century: nobody can tell what is meant.
const LAST_CENTURY: i32 = 30;

/// Reads a cell.
pub(super) fn read(text: &str) -> Option<DateCell> {
    let text = without_marks(text);
    if let Ok(cell) = text.parse::<DateCell>() {
        // What has no time of the day is shown with midnight by some programs.
        return Some(match cell {
            DateCell::Moment(day, NaiveTime::MIN) => DateCell::Day(day),
            cell => cell,
        });
    }
    let lower = text.to_lowercase();
    match lower.as_str() {
        "n.a." | "not applicable" => return Some(DateCell::NotApplicable),
        "on going" => return Some(DateCell::OnGoing),
        _ => {}
    }
    if let Some((day, time)) = text.split_once(' ')
        && matches!(time, "00:00:00" | "0:00:00")
    {
        return date::read(day).ok().map(DateCell::Day);
    }
    slashes(text).or_else(|| day_first(text)).or_else(|| with_weekday(text)).map(DateCell::Day)
}

/// Whether a whole column has Excel's numbers of days where it has dates.
pub(super) fn are_serials<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let dates = cells.filter(|cell| !matches!(read(cell), Some(other) if other.day().is_none()));
    let mut count = 0;
    dates.inspect(|_| count += 1).all(|cell| serial(cell).is_some()) && count > 0
}

/// The day of one of Excel's numbers, by the calendar that begins in 1900 and has a day too many.
pub(super) fn serial(text: &str) -> Option<NaiveDate> {
    let number: u32 = text.trim().parse().ok().filter(|number| LIKELY.contains(number))?;
    let before = NaiveDate::from_ymd_opt(1899, 12, if number > NEVER { 30 } else { 31 })?;
    date::moved(before, i64::from(number))
}

/// A cell without what our tables print beside a date: the star of a moved one, and its E-number.
fn without_marks(text: &str) -> &str {
    let text = text.trim().trim_end_matches('*').trim_end();
    match text.rsplit_once(" (E") {
        Some((day, number)) if number.ends_with(')') && !number.contains(char::is_alphabetic) => day,
        _ => text,
    }
}

/// 8/31/21.
fn slashes(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else { return None };
    NaiveDate::from_ymd_opt(short_year(year)?, number(month)?, number(day)?)
}

/// 31-Aug-21, 31 August 2021.
fn day_first(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['-', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let year = if year.len() == 4 { year.parse().ok()? } else { short_year(year)? };
    date::read(&format!("{month} {}, {year}", number(day)?)).ok()
}

/// Tuesday, August 31, 2021, if that is a Tuesday.
fn with_weekday(text: &str) -> Option<NaiveDate> {
    let (weekday, rest) = text.split_once([',', ' '])?;
    let weekday = weekday.trim_end_matches('.').to_lowercase();
    let nth = date::WEEKDAYS
        .iter()
        .position(|name| weekday.len() >= 3 && name.to_lowercase().starts_with(&weekday))?;
    let rest = rest.trim();
    let day = date::read(rest).ok().or_else(|| slashes(rest)).or_else(|| day_first(rest))?;
    (day.weekday().num_days_from_monday() as usize == nth).then_some(day)
}

/// A year of two figures, if Excel means one of this century.
fn short_year(text: &str) -> Option<i32> {
    let year = number(text).filter(|_| text.len() == 2)?;
    i32::try_from(year).ok().filter(|year| *year < LAST_CENTURY).map(|year| 2000 + year)
}

fn number(text: &str) -> Option<u32> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_short.then(|| text.parse().ok()).flatten()
}
