//! Days as texts say them: a weekday that is not the date's, an E-number that does not fit, a day that no calendar has.
//!
//! In: a text as it was typed, and as it was filled in. Out: faults at their places; or all that a text says of days.
//! Not here: dates of fields, which are read by `records`.

mod e_numbers;
mod forms;
mod no_such_day;
mod scan;
mod tokens;
mod weekdays;
mod years;

use std::{collections::BTreeSet, ops::Range};

use chrono::NaiveDate;

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, Sources},
    model::Text,
};
use scan::{DatedText, What};
use tokens::Sight;
use years::Years;

/// The days by which a memo's texts are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// The date that the memo bears: a date without a year is near it.
    pub memo: Option<NaiveDate>,
    /// The election from which its E-numbers count.
    pub election: Option<NaiveDate>,
}

/// Something that is wrong in a text.
struct Finding {
    code: Code,
    range: Range<usize>,
    message: String,
    expected: String,
    help: String,
}

impl Finding {
    fn told(self, place: Place) -> Diagnostic {
        Diagnostic::new(self.code, place, self.message).expected(self.expected).help(self.help)
    }
}

/// Reports every day of a text that contradicts itself or that no calendar has.
pub fn check(text: &Text, days: Days, sources: &Sources, faults: &mut Faults) {
    let mut pieces = sources.pieces(text);
    for finding in wrong(&text.value, days, &BTreeSet::new()) {
        let range = finding.range.clone();
        let mut place = pieces.place(range.clone());
        if place == text.place {
            // Over a line's end it is written in another way than it reads; its first word is not.
            let first = text.value[range.clone()].find(char::is_whitespace).unwrap_or(range.len());
            place = pieces.place(range.start..range.start + first);
        }
        faults.push(finding.told(place));
    }
}

/// Reports what is wrong only in the text as it was filled in: a typed weekday before a date of a template. What was
/// typed so is told where it was typed.
pub fn check_filled(text: &Text, filled: &str, days: Days, sources: &Sources, faults: &mut Faults) {
    if filled == text.value {
        return;
    }
    let found = wrong(filled, days, &text.value.split("\n\n").collect());
    if found.is_empty() {
        return;
    }
    let typed: BTreeSet<String> =
        wrong(&text.value, days, &BTreeSet::new()).into_iter().map(|finding| finding.message).collect();
    for finding in found.into_iter().filter(|finding| !typed.contains(&finding.message)) {
        let place = match beside_expression(&text.value, &filled[finding.range.clone()]) {
            Some(range) => sources.piece(text, range),
            None => text.place.clone(),
        };
        faults.push(finding.told(place));
    }
}

/// Where a typed text has an expression beside the first or the last word of what it was filled in with; if only one has.
fn beside_expression(typed: &str, said: &str) -> Option<Range<usize>> {
    let first = said.split_whitespace().next()?;
    let last = said.split_whitespace().next_back()?.trim_start_matches('(');
    let mut places = typed.match_indices("{{").filter_map(|(start, _)| {
        let end = start + typed[start..].find("}}")? + "}}".len();
        let before = typed[..start].trim_end();
        if before.ends_with(first) {
            return Some(before.len() - first.len()..end);
        }
        let after = typed[end..].trim_start_matches([' ', '\n', '(', ',']);
        after.starts_with(last).then(|| start..typed.len() - after.len() + last.len())
    });
    let place = places.next()?;
    places.next().is_none().then_some(place)
}

/// What is wrong in a text, but for its paragraphs that are `known`.
fn wrong(text: &str, days: Days, known: &BTreeSet<&str>) -> Vec<Finding> {
    // Every day that can be wrong has figures beside it.
    let says_no_day = |text: &str| !text.bytes().any(|byte| byte.is_ascii_digit());
    if says_no_day(text) {
        return Vec::new();
    }
    let passes = |paragraph: &str| says_no_day(paragraph) || known.contains(paragraph);
    let reading = DatedText::of(text, Sight::Read, &passes);
    if reading.said.is_empty() {
        return Vec::new();
    }
    let years = Years::of(&reading, days.memo);
    let mut found = weekdays::wrong(&reading, &years);
    found.extend(no_such_day::wrong(&reading, &years));
    if let Some(election) = days.election {
        found.extend(e_numbers::wrong(&reading, &years, election));
    }
    found.sort_by_key(|finding| finding.range.start);
    found
}

/// The days from an election that a text names, also in expressions: -60 of `{{ "E-60" | e_date }}`.
pub fn e_numbers(text: &str) -> Vec<i64> {
    let said = DatedText::of(text, Sight::Typed, &|_| false).said.into_iter();
    said.filter_map(|said| match said.what {
        What::ENumber { days, .. } => Some(days),
        _ => None,
    })
    .collect()
}

/// All that a text says of days, also where its readers do not see it: in code, in addresses, in expressions. A weekday
/// with its date is one.
///
/// ```
/// use ccrov::prose::days;
/// let text = "On Friday, September 4 (E-60), the 30th day";
/// let said: Vec<&str> = days(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(said, ["Friday, September 4", "E-60", "30th day"]);
/// ```
pub fn days(text: &str) -> Vec<Range<usize>> {
    let reading = DatedText::of(text, Sight::Typed, &|_| false);
    let mut days: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (at, said) in reading.said.iter().enumerate() {
        let leads = matches!(said.what, What::Weekday { .. })
            && reading.date(at + 1).is_some()
            && weekdays::leads_to(&reading, at);
        let alone = !matches!(said.what, What::Weekday { short: true, .. });
        match days.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = said.range.end,
            None if leads || alone => days.push(said.range.clone()),
            None => {}
        }
        goes_on = leads;
    }
    days
}
