//! Days that no calendar has, and names of months and weekdays that are none.
//!
//! In: what a text says. Out: November 31, 2/29/2027, Novmber 3, 2026, Wedensday, November 3. Not here: numbers that may be something else than
//! days, such as the fraction 9/31.

use chrono::NaiveDate;

use super::{
    Finding,
    forms::WrittenDate,
    scan::{DatedText, What, joins},
    weekdays::leads_to,
    years::Years,
};
use crate::{diagnostic::Code, model::date::MONTHS};

/// Words before a day.
const BEFORE_A_DAY: [&str; 10] =
    ["on", "by", "from", "through", "thru", "until", "till", "before", "after", "since"];

/// Words before a month that stands without a day: "in June 31 counties took part".
const BEFORE_A_MONTH: [&str; 3] = ["in", "during", "throughout"];

/// The days that do not exist, and the months and weekdays that are misspelled.
pub(super) fn wrong(reading: &DatedText<'_>, years: &Years<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, said) in reading.said.iter().enumerate() {
        match &said.what {
            What::Date(written) => {
                found.extend(misspelled_weekday(reading, said.tokens.start));
                found.extend(no_such(reading, years, at, written));
            }
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

fn misspelled_weekday(reading: &DatedText<'_>, date: usize) -> Option<Finding> {
    let (weekday, at) = reading.tokens.misspelled_weekday(date)?;
    let range = reading.tokens.list[at].range.clone();
    Some(Finding {
        code: Code::MisspelledWeekday,
        message: format!("`{}` is not a weekday", &reading.tokens.text[range.clone()]),
        expected: format!("{weekday} is meant?"),
        help: format!("write {weekday}; {}", answer("misspelled-weekday")),
        range,
    })
}

fn no_such(reading: &DatedText<'_>, years: &Years<'_>, at: usize, written: &WrittenDate) -> Option<Finding> {
    let said = &reading.said[at];
    let (year, month) = (years.written(at), written.month);
    let before = reading.word_before(said.tokens.start);
    let weekday = has_weekday(reading, at);
    let beside = weekday || leads_here(reading, at) || BEFORE_A_DAY.contains(&before.as_str());
    if written.unsure && !beside {
        return None;
    }
    let finding = |message: String, expected: String, help: &str| {
        let help = format!("{help}; {}", answer("no-such-day"));
        Some(Finding { code: Code::NoSuchDay, range: said.range.clone(), message, expected, help })
    };
    let start = said.tokens.start;
    if reading.tokens.figures(start).is_some() && reading.tokens.glued_sign(start + 1).is_some() {
        // "13/5/2026" may be anything, but not after "on".
        let no_month = !(1..=12).contains(&month);
        if written.day > 31 || month > 31 || no_month && !beside {
            return None;
        }
        if no_month {
            let expected = "in figures the month stands first".to_owned();
            return finding(format!("there is no month {month}"), expected, "write it like 11/3/2026");
        }
    }
    let days = |year: i32| {
        (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(31)
    };
    let last = match year {
        Some(year) => days(year),
        // Any of the years that it may be of can have a February 29.
        None if month == 2 && beside => years.possible(at).into_iter().map(days).max().unwrap_or(29),
        None => days(2000),
    };
    let wrong = |day: u32| day > last || day == 0;
    let sure =
        |day: u32| year.is_some() || weekday || (1..=31).contains(&day) && !counts(reading, at, &before);
    // Further days may count something else: "November 15 and 40 more".
    let sure_of_more = |day: u32| day <= 31 && (year.is_some() || beside);
    let first = Some(written.day).filter(|day| wrong(*day));
    let day = match first {
        Some(day) => day,
        None => written.more.iter().copied().find(|day| wrong(*day)).filter(|day| sure_of_more(*day))?,
    };
    if !sure(day) {
        return None;
    }
    let name = MONTHS[month as usize - 1];
    let (of, within) = match year.filter(|_| month == 2) {
        Some(year) => (format!(" {year}"), format!(" in {year}")),
        None => (String::new(), String::new()),
    };
    finding(
        format!("there is no {name} {day}{within}"),
        format!("{name}{of} has {last} days"),
        "correct the date",
    )
}

/// Whether a weekday leads to a date.
fn has_weekday(reading: &DatedText<'_>, date: usize) -> bool {
    date.checked_sub(1).is_some_and(|before| {
        matches!(reading.said[before].what, What::Weekday { .. }) && leads_to(reading, before)
    })
}

/// Whether another date leads to a date: "from 9/1 to 9/31".
fn leads_here(reading: &DatedText<'_>, date: usize) -> bool {
    date.checked_sub(1).is_some_and(|before| {
        reading.date(before).is_some()
            && reading.between(before).is_some_and(|between| joins(&between) && between != "/")
    })
}

fn answer(code: &str) -> String {
    format!("if the text quotes it, write `accepts:` in the memo, and below it `{code}:` with the reason")
}

/// Whether the figures behind a month count what follows: "in June 31 counties took part".
fn counts(reading: &DatedText<'_>, at: usize, before: &str) -> bool {
    let next = reading.tokens.word(reading.said[at].tokens.end).unwrap_or_default();
    let things = next.len() > 4 && next.ends_with('s') && next.starts_with(char::is_lowercase);
    things || BEFORE_A_MONTH.contains(&before)
}
