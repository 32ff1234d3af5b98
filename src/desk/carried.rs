//! What a copied text says of days and memos, which a new memo must not say unseen.
//!
//! In: a text. Out: where dates, months, weekdays and memos' numbers stand. Not here: whether they are
//! right.

use std::ops::Range;

use crate::model::{
    Number,
    date::{MONTHS, WEEKDAYS},
};

/// Every such stretch of a text; a weekday with its date is one. Five figures are a memo's number after
/// a number sign or "CCROV", or if `known` knows them.
pub(super) fn find(text: &str, known: impl Fn(&Number) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (start, _) in text.char_indices() {
        let within = text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if start < done || within {
            continue;
        }
        let rest = &text[start..];
        let length = weekday(rest).or_else(|| date(rest)).or_else(|| number(&text[..start], rest, &known));
        if let Some(length) = length {
            done = start + length;
            found.push(start..done);
        }
    }
    found
}

/// "Tuesday", "Tuesday, August 31, 2021".
fn weekday(text: &str) -> Option<usize> {
    let day = WEEKDAYS.iter().find_map(|day| word(text, day))?;
    let after = text[day..].strip_prefix(", ").and_then(date);
    Some(after.map_or(day, |date| day + 2 + date))
}

fn date(text: &str) -> Option<usize> {
    in_words(text).or_else(|| in_figures(text))
}

/// "August", "Aug. 31", "August 31, 2021", "August 2021".
fn in_words(text: &str) -> Option<usize> {
    let whole = MONTHS.iter().find_map(|month| word(text, month));
    let short = || {
        let month = MONTHS.iter().find_map(|month| word(text, &month[..3])).or_else(|| word(text, "Sept"))?;
        let dot = usize::from(text[month..].starts_with('.'));
        let dated = dot == 1 || text[month..].starts_with(' ') && figures(&text[month + 1..]) > 0;
        dated.then_some(month + dot)
    };
    let mut length = whole.or_else(short)?;
    for (before, most) in [(" ", 2), (", ", 4), (" ", 4)] {
        if let Some(rest) = text[length..].strip_prefix(before) {
            let count = figures(rest);
            if count > 0 && (count == most || most == 2 && count == 1) {
                length += before.len() + count;
            }
        }
    }
    Some(length)
}

/// "2021-08-31", "8/31/2021", "08/31/21", "8/31".
fn in_figures(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !c.is_ascii_digit() && c != '/' && c != '-').unwrap_or(text.len());
    let text = text[..length].trim_end_matches(['/', '-']);
    let lengths = |sign| text.split(sign).map(str::len).collect::<Vec<_>>();
    let day = match lengths('/').as_slice() {
        [1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4] => true,
        _ => matches!(lengths('-').as_slice(), [4, 1..=2, 1..=2]),
    };
    (day && !text.contains('/') | !text.contains('-')).then_some(text.len())
}

fn number(before: &str, text: &str, known: &impl Fn(&Number) -> bool) -> Option<usize> {
    let number: Number = text[..figures(text)].parse().ok()?;
    let named = before.ends_with('#') || before.trim_end().ends_with("ROV");
    (named || known(&number)).then_some(Number::DIGITS)
}

/// The length of a word at a text's start, if the text begins with it and it ends there.
fn word(text: &str, word: &str) -> Option<usize> {
    let there = text.get(..word.len()).is_some_and(|start| start == word || start == word.to_uppercase());
    let ends = there && !text[word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    ends.then_some(word.len())
}

/// How many figures a text begins with.
fn figures(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}
