//! Weekdays that stand beside a date.
//!
//! In: what a text says. Out: the weekdays that are not their date's. Not here: dates that no calendar has.

use chrono::{Datelike as _, NaiveDate};

use super::{
    Finding,
    forms::WrittenDate,
    scan::{DatedText, What, joins},
    years::Years,
};
use crate::{
    diagnostic::Code,
    model::date::{self, WEEKDAYS},
};

/// A weekday, and the days that it may be said of.
struct SaidWeekday {
    weekday: usize,
    day: usize,
    days: Vec<NaiveDate>,
    /// The date, among what is said.
    date: usize,
}

/// The weekdays that are not their date's.
pub(super) fn wrong(reading: &DatedText<'_>, years: &Years<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.said.len() {
        let list = weekdays(reading, at);
        if list.is_empty() {
            at += 1;
            continue;
        }
        let claims = claims(reading, years, at, &list);
        found.extend(claims.into_iter().filter_map(|claim| judge(reading, &claim)));
        at += list.len();
    }
    found
}

fn judge(reading: &DatedText<'_>, claim: &SaidWeekday) -> Option<Finding> {
    let fits = |day: &NaiveDate| day.weekday().num_days_from_monday() as usize == claim.day;
    let likeliest = *claim.days.first()?;
    if claim.days.iter().any(fits) {
        return None;
    }
    let (weekday, date) = (&reading.said[claim.weekday].range, &reading.said[claim.date].range);
    Some(Finding {
        code: Code::WrongWeekday,
        range: weekday.start.min(date.start)..weekday.end.max(date.end),
        message: format!("{} is a {}", date::prose(likeliest), date::weekday(likeliest)),
        expected: format!("it is no {}", WEEKDAYS[claim.day]),
        help: "correct the weekday or the date".to_owned(),
    })
}

/// The weekdays that are said together from one on: "Saturday and Sunday".
fn weekdays(reading: &DatedText<'_>, first: usize) -> Vec<usize> {
    let mut days = Vec::new();
    for said in &reading.said[first..] {
        let What::Weekday { day, .. } = said.what else { break };
        let linked = days.is_empty() || {
            let between = reading.between(first + days.len() - 1).unwrap_or_default();
            joins(&between)
        };
        if !linked {
            break;
        }
        days.push(day);
    }
    days
}

/// The dates that weekdays are said of: those that follow, else the one before them.
fn claims(reading: &DatedText<'_>, years: &Years<'_>, first: usize, list: &[usize]) -> Vec<SaidWeekday> {
    let last = first + list.len() - 1;
    let ahead = reading.date(last + 1).filter(|_| leads_to(reading, last));
    let behind = first.checked_sub(1).filter(|_| is_behind(reading, first, last));
    let behind = behind.and_then(|at| reading.date(at).map(|date| (at, date)));
    let on = |at: usize, written: &WrittenDate, day: u32| years.days(at, written, day);
    if let [day] = list {
        let ahead = ahead.map(|date| (last + 1, date));
        // In a row a weekday may be that of the date on either side.
        let cell = ahead.is_some() && behind.is_some() && reading.between(last).as_deref() == Some("|");
        let (at, date) = match (ahead, behind) {
            (Some(ahead), _) => ahead,
            (None, Some((at, date))) if date.more.is_empty() => (at, date),
            _ => return Vec::new(),
        };
        let mut days = on(at, date, date.day);
        if let Some((at, date)) = behind.filter(|_| cell) {
            days.extend(on(at, date, date.day));
        }
        return vec![SaidWeekday { weekday: first, day: *day, days, date: at }];
    }
    let dates = match (ahead, behind) {
        (Some(_), _) => following(reading, last + 1),
        (None, Some((at, date))) => each_day(at, date).collect(),
        (None, None) => return Vec::new(),
    };
    // "Monday through Friday, November 2": which of them is it?
    if dates.len() != list.len() {
        return Vec::new();
    }
    let pairs = list.iter().zip(dates).enumerate();
    pairs
        .filter_map(|(nth, (weekday, (at, day)))| {
            let days = on(at, reading.date(at)?, day);
            Some(SaidWeekday { weekday: first + nth, day: *weekday, days, date: at })
        })
        .collect()
}

fn each_day(at: usize, date: &WrittenDate) -> impl Iterator<Item = (usize, u32)> + '_ {
    std::iter::once(date.day).chain(date.more.iter().copied()).map(move |day| (at, day))
}

/// The days of dates that are said together from one on: "October 31 and November 1".
fn following(reading: &DatedText<'_>, first: usize) -> Vec<(usize, u32)> {
    let mut days = Vec::new();
    let mut at = first;
    while let Some(date) = reading.date(at) {
        days.extend(each_day(at, date));
        if !reading.between(at).is_some_and(|between| joins(&between)) {
            break;
        }
        at += 1;
    }
    days
}

/// Whether a weekday is that of the date that follows: ", ", " the ", " (" between them.
pub(super) fn leads_to(reading: &DatedText<'_>, weekday: usize) -> bool {
    let Some(between) = reading.between(weekday) else { return false };
    let between = between.strip_suffix("the").map_or(between.as_str(), str::trim_end);
    let between = ["morning", "afternoon", "evening", "night"]
        .iter()
        .find_map(|part| between.strip_prefix(part))
        .map_or(between, str::trim_start);
    match between {
        "" | "," | "(" => true,
        // In a running sentence a dash may begin another thought; in a row other words make it another thing.
        "-" | ":" | "|" => reading.tokens.begins(reading.said[weekday].tokens.start),
        _ => false,
    }
}

/// Whether weekdays are those of the date before them: "(Monday)", ", a Monday", ", Monday" at an end.
fn is_behind(reading: &DatedText<'_>, first: usize, last: usize) -> bool {
    let Some(between) = reading.between(first - 1) else { return false };
    let after = reading.said[last].tokens.end;
    let tokens = &reading.tokens;
    let ends = tokens.ends(after) || [')', '.', ';', '|'].iter().any(|sign| tokens.is_sign(after, *sign));
    match between.as_str() {
        "(" | "( a" | ", (" => [')', ',', ';'].iter().any(|sign| tokens.is_sign(after, *sign)),
        ", a" | ", which is a" | ", which falls on a" | ", which was a" | ", which is on a" => true,
        "" | "," | "-" => ends || tokens.is_sign(after, ','),
        "|" => ends,
        _ => false,
    }
}
