//! What a copied plan says and may have to be another: days, elections, years, months, versions.
//!
//! In: the text of a release. Out: each place with what stands there, to be confirmed one by one. Not here: whether it is right.

use std::ops::Range;

use crate::{
    desk::{CarriedText, carried, new_memo::item},
    folder::SourcePath,
    model::date,
    yaml::{Entry, outline},
};

/// Keys whose whole value is looked at.
const WHOLE: [&str; 3] = ["name", "system", "election"];

/// Every such place of a text, in their order; without the days of the milestones in `typed`, which were just given.
pub(super) fn places<'e>(
    path: &SourcePath,
    text: &str,
    elections: impl Iterator<Item = &'e str>,
    typed: &[&str],
) -> Vec<CarriedText> {
    let entries = outline(text).unwrap_or_default();
    let mut found: Vec<Range<usize>> = Vec::new();
    let whole = entries.iter().filter(|entry| entry.text.is_some() && WHOLE.contains(&entry.path.as_str()));
    found.extend(whole.map(|entry| entry.range.clone()));
    let days = carried::find(text, |_| false).into_iter();
    found.extend(days.filter(|range| !follows(&text[range.clone()])));
    for election in elections {
        found.extend(text.match_indices(election).map(|(at, name)| at..at + name.len()));
    }
    found.extend(figures(text));
    found.extend(months(text));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let is_typed = |entry: &&Entry| {
        let milestone = entry.path.strip_prefix("milestones.").and_then(|path| path.split('.').next());
        milestone.is_some_and(|milestone| typed.contains(&milestone))
    };
    let just_given: Vec<&Entry> = entries.iter().filter(is_typed).collect();
    found.retain(|range| !just_given.iter().any(|entry| entry.range.contains(&range.start)));
    let mut end = 0;
    found.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    found.into_iter().map(|range| item(path, text, range.start, &named(&entries, text, range))).collect()
}

/// Whether it takes its days from milestones alone, and so follows the new ones by itself.
fn follows(text: &str) -> bool {
    text.starts_with("{{")
        && text.contains("milestones.")
        && !text.contains("election")
        && !text.contains("delay")
}

/// What stands at a place, with what it belongs to: "step 13, start: 7/9/2021".
fn named(entries: &[Entry], text: &str, range: Range<usize>) -> String {
    let said = &text[range.clone()];
    let Some(at) =
        entries.iter().position(|entry| entry.range.start <= range.start && range.end <= entry.range.end)
    else {
        return said.to_owned();
    };
    let path = &entries[at].path;
    let Some(key) = path.strip_prefix("tasks.") else {
        let key = path.strip_prefix("milestones.").unwrap_or(path);
        return format!("{}: {said}", key.replace(['.', '_'], " "));
    };
    // A step's number stands after its id, and before all that has dates.
    let step = entries[..=at].iter().rev().find(|entry| entry.path == "tasks.step");
    let step = step.and_then(|entry| entry.text.as_deref()).unwrap_or_default();
    format!("step {step}, {}: {said}", key.replace('.', " "))
}

/// Years and version numbers: "2021", "3.2", "2021.2.1".
fn figures(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        let figures = text[start..end].trim_end_matches('.');
        from = end.max(start + 1);
        let before = text[..start].chars().next_back();
        let after = text[start + figures.len()..].chars().next();
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !"-/:_".contains(c));
        let is_version = figures.contains('.') && !figures.contains("..");
        let is_year = figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"));
        let begins = apart(before) || (is_version && before.is_some_and(|c| "vV".contains(c)));
        if (is_version || is_year) && begins && apart(after) {
            found.push(start..start + figures.len());
        }
    }
    found
}

/// Months that are named. "May" is one only beside a figure.
fn months(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for month in date::MONTHS {
        for (at, _) in text.match_indices(month) {
            let (before, after) = (&text[..at], &text[at + month.len()..]);
            let is_word =
                !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
            let year = after.strip_prefix([' ', ',']).unwrap_or_default().trim_start();
            let figures = year.len() - year.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if is_word && (month != "May" || figures > 0) {
                // The year goes with its month.
                let year = if figures == 4 { after.len() - year.len() + figures } else { 0 };
                found.push(at..at + month.len() + year);
            }
        }
    }
    found
}
