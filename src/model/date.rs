//! Dates and clock times as text.
//!
//! Read in three forms (2021-08-31, 8/31/2021, August 31, 2021); printed in one style for prose
//! ([`prose`]) and one for tables ([`table`]). Not here: calendars, holidays, arithmetic.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};

/// "January" to "December".
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Monday" to "Sunday".
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Why text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It has none of the forms of a date.
    Form,
    /// It has the form, and no calendar has the day: February 30.
    Impossible,
}

/// Reads a date.
///
/// # Errors
/// [`NotADate`]: no form of a date, or a day that does not exist.
///
/// ```
/// use ccrov::model::date::{NotADate, prose, read, table};
/// for written in ["2021-08-31", "8/31/2021", "08/31/2021", "August 31, 2021", "Aug. 31, 2021"] {
///     assert_eq!(prose(read(written).unwrap()), "August 31, 2021");
/// }
/// assert_eq!(table(read("2021-07-09").unwrap()), "7/9/2021");
/// assert_eq!(read("2/30/2021"), Err(NotADate::Impossible));
/// assert_eq!(read("next week"), Err(NotADate::Form));
/// ```
pub fn read(text: &str) -> Result<NaiveDate, NotADate> {
    let text = text.trim();
    let (year, month, day) =
        iso(text).or_else(|| slashes(text)).or_else(|| words(text)).ok_or(NotADate::Form)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADate::Impossible)
}

fn iso(text: &str) -> Option<(i32, u32, u32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4)
        .then(|| Some((number(year)? as i32, number(month)?, number(day)?)))
        .flatten()
}

fn slashes(text: &str) -> Option<(i32, u32, u32)> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4)
        .then(|| Some((number(year)? as i32, number(month)?, number(day)?)))
        .flatten()
}

fn words(text: &str) -> Option<(i32, u32, u32)> {
    let (month_and_day, year) = text.rsplit_once(',').or_else(|| text.rsplit_once(' '))?;
    let (month, day) = month_and_day.trim().split_once(char::is_whitespace)?;
    let year = year.trim();
    (year.len() == 4)
        .then(|| Some((number(year)? as i32, month_named(month)?, number(day.trim())?)))
        .flatten()
}

/// A number of at most four digits and nothing else.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn month_named(text: &str) -> Option<u32> {
    let name = text.trim_end_matches('.').to_ascii_lowercase();
    if name.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|month| month.to_ascii_lowercase().starts_with(&name))?;
    u32::try_from(at + 1).ok()
}

/// "August 31, 2021".
pub fn prose(date: NaiveDate) -> String {
    format!("{} {}, {}", month(date), date.day(), date.year())
}

/// "8/31/2021": no padding.
pub fn table(date: NaiveDate) -> String {
    format!("{}/{}/{}", date.month(), date.day(), date.year())
}

/// "2021-08-31", as other programs read it.
pub fn iso_text(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// The day so many days after another, or before it; `None` beyond the calendar.
pub fn moved(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let distance = Days::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) }
}

/// "August".
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// "August 31".
pub fn month_and_day(date: NaiveDate) -> String {
    format!("{} {}", month(date), date.day())
}

/// "Jan. 9, 2017": the month cut to three letters where it is longer than four.
pub fn short(date: NaiveDate) -> String {
    let name = month(date);
    let (name, dot) = match name {
        "September" => ("Sept", "."),
        _ if name.len() > 4 => (&name[..3], "."),
        _ => (name, ""),
    };
    format!("{name}{dot} {}, {}", date.day(), date.year())
}

/// "Tuesday".
pub fn weekday(date: NaiveDate) -> &'static str {
    WEEKDAYS[date.weekday().num_days_from_monday() as usize]
}

/// "November 5 to November 19, 2021"; one day is that day; over the turn of a year both years stand.
pub fn window(start: NaiveDate, end: NaiveDate) -> String {
    if start == end {
        prose(start)
    } else if start.year() == end.year() {
        format!("{} to {}", month_and_day(start), prose(end))
    } else {
        format!("{}, to {}", prose(start), prose(end))
    }
}

/// Reads a clock time: "11:00 p.m.", "9 a.m.", "12:00 noon", "23:00".
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_ascii_lowercase();
    let (clock, half) = match text.split_once(' ') {
        Some((clock, half)) => (clock, Some(half.trim())),
        None => (text.as_str(), None),
    };
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
        Some(_) => return None,
        None => (number(clock)?, 0),
    };
    let hour = match half {
        None if clock.contains(':') => hour,
        Some("noon") if (hour, minute) == (12, 0) => 12,
        Some("midnight") if (hour, minute) == (12, 0) => 0,
        Some("a.m." | "am") if (1..=12).contains(&hour) => hour % 12,
        Some("p.m." | "pm") if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// "11:00 p.m.", "12:00 noon".
pub fn time(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    let half = match (hour, time.minute(), afternoon) {
        (12, 0, true) => "noon",
        (_, _, true) => "p.m.",
        (_, _, false) => "a.m.",
    };
    format!("{hour}:{:02} {half}", time.minute())
}

/// The dates of a text, "December 14, 2020" and "8/17/2015", by where they stand.
///
/// ```
/// use ccrov::model::date::find;
/// let text = "From May 4, 2026, to 6/1/2026; may 5 and 1/2 do not count.";
/// let found: Vec<&str> = find(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(found, ["May 4, 2026", "6/1/2026"]);
/// ```
pub fn find(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (start, _) in text.char_indices() {
        let before = text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '/');
        if start < done || before {
            continue;
        }
        if let Some(length) = date_at(&text[start..]) {
            done = start + length;
            found.push(start..done);
        }
    }
    found
}

/// The length of a date at a text's start.
fn date_at(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let end = if first.is_ascii_digit() {
        text.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(text.len())
    } else if first.is_ascii_uppercase() {
        let comma = text.find(", ").filter(|comma| *comma < 20)?;
        let year = text[comma + 2..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - comma - 2);
        comma + 2 + year
    } else {
        return None;
    };
    read(&text[..end]).is_ok().then_some(end)
}
