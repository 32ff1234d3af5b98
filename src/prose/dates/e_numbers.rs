//! E-numbers that stand beside a date.
//!
//! In: what a text says, the election's day. Out: the E-numbers that are not their date's. Not here: weekdays.

use chrono::{Datelike as _, NaiveDate};

use super::{
    Finding,
    scan::{DatedText, What, joins},
    weekdays::leads_to,
    years::Years,
};
use crate::{diagnostic::Code, model::date};

/// A date beside an E-number.
struct DateBeside {
    /// Among what is said.
    date: usize,
    /// Whether parentheses say that the two are one day.
    sure: bool,
}

/// The E-numbers that are not their date's.
pub(super) fn wrong(reading: &DatedText<'_>, years: &Years<'_>, election: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, said) in reading.said.iter().enumerate() {
        let What::ENumber { days, in_words } = said.what else { continue };
        let Some(meant) = date::moved(election, days) else { continue };
        let sides = [before(reading, at), after(reading, at)];
        let sure = sides.iter().flatten().any(|side| side.sure);
        if in_words && !sure {
            continue;
        }
        // "September 4, E-60, October 4": it may be the day on either side.
        let sides = sides.into_iter().flatten().filter(|side| side.sure == sure);
        let beside: Vec<(usize, NaiveDate)> =
            sides.filter_map(|side| Some((side.date, nearest(reading, years, side.date, meant)?))).collect();
        let right = |day: NaiveDate| day == meant || in_words && day == election;
        let Some((date, day)) = beside.last().copied().filter(|_| !beside.iter().any(|(_, day)| right(*day)))
        else {
            continue;
        };
        let range = &reading.said[date].range;
        let real = day.signed_duration_since(election).num_days();
        found.push(Finding {
            code: Code::WrongENumber,
            range: said.range.start.min(range.start)..said.range.end.max(range.end),
            message: format!("{} is E{real:+}", date::prose(day)),
            expected: format!("the election is on {}", date::prose(election)),
            help: "correct the number or the date".to_owned(),
        });
    }
    found
}

/// The day that a date is; without a year, the one nearest to the day that the number means.
fn nearest(reading: &DatedText<'_>, years: &Years<'_>, at: usize, meant: NaiveDate) -> Option<NaiveDate> {
    let date = reading.date(at).filter(|date| date.more.is_empty())?;
    let around = || meant.year() - 1..=meant.year() + 1;
    let years = years.written(at).map_or_else(|| around().collect(), |year| vec![year]);
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, date.month, date.day));
    days.min_by_key(|day| day.signed_duration_since(meant).abs())
}

/// The date before an E-number: "September 4 (E-60)", "September 4 (Friday, E-60)".
fn before(reading: &DatedText<'_>, number: usize) -> Option<DateBeside> {
    // "September 4 and October 4 (E-60, E-30)"
    let list = matches!(reading.said.get(number + 1).map(|next| &next.what), Some(What::ENumber { .. }));
    let list = list && reading.between(number).is_some_and(|between| joins(&between));
    let closes = closes(reading, number) && !list;
    let last = number.checked_sub(1)?;
    let link = reading.between(last)?;
    if let What::Weekday { .. } = reading.said[last].what {
        let date = last.checked_sub(1).filter(|date| reading.date(*date).is_some())?;
        let named = reading.between(date)?;
        let one = matches!(
            (named.as_str(), link.as_str()),
            ("(", "," | ";") | ("(" | "( a", ") (") | (", a" | ",", "(")
        );
        return (one && closes).then_some(DateBeside { date, sure: true });
    }
    reading.date(last)?;
    let begins = reading.tokens.begins(reading.said[last].tokens.start);
    match link.as_str() {
        "(" | ", (" if closes => Some(DateBeside { date: last, sure: true }),
        "," | "|" | "=" => Some(DateBeside { date: last, sure: false }),
        "-" | ":" if begins => Some(DateBeside { date: last, sure: false }),
        _ => None,
    }
}

/// The date after an E-number: "E-60 (September 4)", "E-60, Friday, September 4, 2026".
fn after(reading: &DatedText<'_>, number: usize) -> Option<DateBeside> {
    let first = number + 1;
    let date = match reading.said.get(first)?.what {
        What::Weekday { .. } if leads_to(reading, first) => first + 1,
        _ => first,
    };
    reading.date(date)?;
    // "E-60 (September 4 to October 4)", "E-60 to E-30, September 4 to October 4"
    let goes_on =
        reading.date(date + 1).is_some() && reading.between(date).is_some_and(|between| joins(&between));
    let begins = reading.tokens.begins(reading.said[number].tokens.start);
    match reading.between(number)?.as_str() {
        "(" | "( on" if closes(reading, date) && !goes_on => Some(DateBeside { date, sure: true }),
        "," | "|" | "=" | "is" | "is on" | "falls on" if !goes_on => Some(DateBeside { date, sure: false }),
        "-" | ":" if begins && !goes_on => Some(DateBeside { date, sure: false }),
        _ => None,
    }
}

/// Whether parentheses end behind something, or go on with another thing.
fn closes(reading: &DatedText<'_>, at: usize) -> bool {
    let after = reading.said[at].tokens.end;
    [')', ',', ';'].iter().any(|sign| reading.tokens.is_sign(after, *sign))
}
