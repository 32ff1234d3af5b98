//! Days that no calendar has, and names of months that are none.
//!
//! In: what a text says. Out: November 31, 2/29/2027, Novmber 3, 2026. Not here: numbers that may be something else than
//! days, such as the fraction 9/31.

use chrono::NaiveDate;

use super::{
    Finding,
    forms::Written,
    scan::{Reading, What, joins},
    weekdays::leads_to,
    years::Years,
};
use crate::{diagnostic::Code, model::date::MONTHS};

/// Words before a day.
const BEFORE_A_DAY: [&str; 10] =
    ["on", "by", "from", "through", "thru", "until", "till", "before", "after", "since"];

/// Words before a month that stands without a day: "in June 31 counties took part".
const BEFORE_A_MONTH: [&str; 3] = ["in", "during", "throughout"];

/// The days that do not exist, and the months that are misspelled.
pub(super) fn wrong(reading: &Reading<'_>, years: &Years<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, said) in reading.said.iter().enumerate() {
        match &said.what {
            What::Date(written) => found.extend(no_such(reading, years, at, written)),
            What::Misspelled(month) => {
                let words = said.tokens.clone().filter(|token| reading.tokens.word(*token).is_some());
                // The word itself is the longest: "3rd of Novmber".
                let word = words.max_by_key(|token| reading.tokens.list[*token].range.len());
                let range = word.map_or(said.range.clone(), |word| reading.tokens.list[word].range.clone());
                found.push(Finding {
                    code: Code::MisspelledMonth,
                    message: format!("`{}` is not a month", &reading.tokens.text[range.clone()]),
                    expected: format!("{month} is meant?"),
                    help: format!("write {month}; {}", answer("misspelled-month")),
                    range,
                });
            }
            _ => {}
        }
    }
    found
}

fn no_such(reading: &Reading<'_>, years: &Years<'_>, at: usize, written: &Written) -> Option<Finding> {
    let said = &reading.said[at];
    let year = years.written(at);
    let tokens = &reading.tokens;
    let before = reading.word_before(said.tokens.start);
    let weekday = at.checked_sub(1).is_some_and(|before| {
        matches!(reading.said[before].what, What::Weekday { .. }) && leads_to(reading, before)
    });
    // "from 9/1 to 9/31"
    let range = at.checked_sub(1).is_some_and(|before| {
        reading.date(before).is_some()
            && reading.between(before).is_some_and(|between| joins(&between) && between != "/")
    });
    let beside = weekday || range || BEFORE_A_DAY.contains(&before.as_str());
    if written.unsure && !beside {
        return None;
    }
    let in_figures =
        tokens.figures(said.tokens.start).is_some() && tokens.glued_sign(said.tokens.start + 1).is_some();
    let (month, day) = (written.month, written.day);
    let finding = |message: String, expected: String, help: &str| {
        Some(Finding {
            code: Code::NoSuchDay,
            range: said.range.clone(),
            message,
            expected,
            help: format!("{help}; {}", answer("no-such-day")),
        })
    };
    if in_figures {
        // "13/5/2026" may be anything, but not after "on".
        let other = !(1..=12).contains(&month);
        if day > 31 || month > 31 || other && !beside {
            return None;
        }
        if other {
            let expected = "in figures the month stands first".to_owned();
            return finding(format!("there is no month {month}"), expected, "write it like 11/3/2026");
        }
    }
    let most = |year: i32| {
        (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(31)
    };
    // In a year that is not said, February may have 29 days.
    let (mut last, mut of) = (most(year.unwrap_or(2000)), String::new());
    let leap = (month, day) == (2, 29);
    if leap && year.is_none() {
        let possible = years.possible(at);
        if !beside || possible.is_empty() || possible.iter().any(|year| most(*year) == 29) {
            return None;
        }
        last = 28;
    }
    if let Some(year) = year.filter(|_| month == 2) {
        of = format!(" {year}");
    }
    let wrong =
        std::iter::once(day).chain(written.more.iter().copied()).find(|day| *day > last || *day == 0)?;
    let sure = year.is_some() || weekday || wrong <= 31 && wrong > 0 && !counts(reading, at, &before);
    if !sure || wrong != day && !(wrong <= 31 && (year.is_some() || beside)) {
        return None;
    }
    let name = MONTHS[month as usize - 1];
    let in_year = if of.is_empty() { String::new() } else { format!(" in{of}") };
    let expected = format!("{name}{of} has {last} days");
    finding(format!("there is no {name} {wrong}{in_year}"), expected, "correct the date")
}

fn answer(code: &str) -> String {
    format!("if the text quotes it, write `accepts:` in the memo, and below it `{code}:` with the reason")
}

/// Whether the figures behind a month count what follows: "in June 31 counties took part".
fn counts(reading: &Reading<'_>, at: usize, before: &str) -> bool {
    let next = reading.tokens.word(reading.said[at].tokens.end).unwrap_or_default();
    let things = next.len() > 4 && next.ends_with('s') && next.starts_with(char::is_lowercase);
    things || BEFORE_A_MONTH.contains(&before)
}
