//! What a copied text says of days and memos, which a new memo must not say unseen.
//!
//! In: a text. Out: where it says a day, counts days, takes a day from an election or a release, or names a memo. Not
//! here: whether it is right.

use std::ops::Range;

use crate::{model::Number, prose};

/// What expressions take days from.
const SOURCES: [&str; 5] = ["e_date", "elections", "election", "milestones", "delay"];

/// Every such stretch of a text, in their order. Five figures are a memo's number after a number sign or "CCROV", or if
/// `known` knows them.
pub(super) fn find(text: &str, known: impl Fn(&Number) -> bool) -> Vec<Range<usize>> {
    let mut found = expressions(text);
    found.extend(prose::days(text));
    found.extend(numbers(text, known));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    // What stands in an expression is shown with it.
    let mut end = 0;
    found.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    found
}

/// `{{ "E-60" | e_date }}`, `{{ milestones.release.date }}`: what brings a day from elsewhere.
fn expressions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(end) = text[start..].find("}}").map(|at| start + at + 2) else { break };
        let names = text[start..end].split(|c: char| !(c.is_alphanumeric() || c == '_'));
        if names.into_iter().any(|name| SOURCES.contains(&name)) {
            found.push(start..end);
        }
        from = end;
    }
    found
}

fn numbers(text: &str, known: impl Fn(&Number) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
            let figures = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
            from = start + figures;
            let before = &text[..start];
            let within = before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
                || text[from..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let Some(number) = text[start..from].parse::<Number>().ok().filter(|_| !within) else { continue };
            let named = before.ends_with('#') || before.trim_end().ends_with("ROV");
            if named || known(&number) {
                return Some(start..from);
            }
        }
        None
    })
}
