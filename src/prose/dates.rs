//! Dates as texts say them: a weekday that is not the date's, an E-number that does not fit.
//!
//! In: a text as it was written, or as it was filled in. Out: faults at their places. Not here: finding
//! dates that say nothing of themselves.

use std::ops::Range;

use chrono::NaiveDate;

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    model::{Text, date},
};

/// Reports every date of a text that contradicts itself; E-numbers count from `election`.
pub fn check(text: &Text, election: Option<NaiveDate>, sources: &Sources, faults: &mut Faults) {
    let mut pieces = sources.pieces(text);
    for (said, range) in weekdays(&text.value) {
        let Some((day, length)) = leading_date(&text.value[range.end..]) else { continue };
        if date::weekday(day) == said {
            continue;
        }
        let piece = range.start..range.end + length;
        let message = format!("{} is a {}", date::prose(day), date::weekday(day));
        faults.push(
            Diagnostic::new(Code::WrongWeekday, pieces.place(piece), message)
                .expected(format!("it is no {said}"))
                .help("correct the weekday or the date"),
        );
    }
    let Some(election) = election else { return };
    let mut pieces = sources.pieces(text);
    for (at, _) in text.value.match_indices("(E") {
        let Some((days, length)) = e_number(&text.value[at + 1..]) else { continue };
        let Some((said, start)) = trailing_date(text.value[..at].trim_end()) else { continue };
        if date::moved(election, days) == Some(said) {
            continue;
        }
        let place = pieces.place(start..at + 1 + length);
        let real = said.signed_duration_since(election).num_days();
        let message = format!("{} is E{real:+}", date::prose(said));
        faults.push(
            Diagnostic::new(Code::WrongENumber, place, message)
                .expected(format!("the election is on {}", date::prose(election)))
                .help("correct the number or the date"),
        );
    }
}

/// Weekdays that a comma follows, each with its range including comma and space.
fn weekdays(text: &str) -> impl Iterator<Item = (&'static str, Range<usize>)> + '_ {
    text.match_indices("day, ").filter_map(|(at, comma)| {
        let word = &text[..at + "day".len()];
        let day = date::WEEKDAYS.into_iter().find(|day| word.ends_with(day))?;
        Some((day, word.len() - day.len()..at + comma.len()))
    })
}

/// A date at a text's start, "December 14, 2020" or "8/17/2015" or "08/17/15", with its length.
fn leading_date(text: &str) -> Option<(NaiveDate, usize)> {
    let in_figures = text.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(text.len());
    if in_figures > 0 {
        return figures(&text[..in_figures]).map(|day| (day, in_figures));
    }
    // Blanks that do not break stand in dates, too.
    let (month, rest) = text.split_once(char::is_whitespace)?;
    let (day, rest) = rest.split_once(',')?;
    let rest = rest.strip_prefix(char::is_whitespace)?;
    let year = rest.get(..4)?;
    let day_of_calendar = date::read(&format!("{month} {day}, {year}")).ok()?;
    Some((day_of_calendar, text.len() - rest.len() + year.len()))
}

/// A date at a text's end, with its start.
fn trailing_date(text: &str) -> Option<(NaiveDate, usize)> {
    let text = text.strip_suffix(',').unwrap_or(text);
    let after_blank = |count: usize| {
        let blank = text.rmatch_indices(char::is_whitespace).nth(count);
        blank.map_or(0, |(at, blank)| at + blank.len())
    };
    let last = after_blank(0);
    if let Some(day) = figures(&text[last..]) {
        return Some((day, last));
    }
    let start = after_blank(2);
    let (day, length) = leading_date(&text[start..])?;
    (start + length == text.len()).then_some((day, start))
}

/// "8/17/2015", or "08/17/15" of this century.
fn figures(text: &str) -> Option<NaiveDate> {
    let (month_and_day, year) = text.rsplit_once('/')?;
    let century = if year.len() == 2 { "20" } else { "" };
    date::read(&format!("{month_and_day}/{century}{year}")).ok()
}

/// "E-60", "E+2", with its length.
fn e_number(text: &str) -> Option<(i64, usize)> {
    let end = text.find(')')?;
    Some((text[..end].strip_prefix('E')?.replace('–', "-").parse().ok()?, end))
}
