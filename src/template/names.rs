//! Names in expressions that are not known as they are written.
//!
//! In: a text with expressions, and what it can see. Out: faults of names with a hyphen, before the engine reads them as a
//! subtraction; what to type for a name that the memo leaves unsaid. Not here: what the engine reports.

use std::ops::Range;

use super::{Values, fault::FILTERS};
use crate::diagnostic::{Code, Diagnostic, Place};

/// A name with a hyphen that stands for something with an underscore.
pub(super) struct HyphenatedName<'t> {
    /// Where it stands in the text.
    pub range: Range<usize>,
    written: &'t str,
}

impl HyphenatedName<'_> {
    /// The fault, at its place.
    pub fn fault(&self, place: Place) -> Diagnostic {
        let meant = self.written.replace('-', "_");
        Diagnostic::new(Code::UndefinedVariable, place, format!("`{}` stands for nothing", self.written))
            .expected("a hyphen takes one from another here")
            .help(format!("write `{meant}`: in braces a hyphen is written as an underscore"))
    }
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// Every name in the expressions of a text that is known with underscores where it has hyphens.
pub(super) fn dashed<'t>(text: &'t str, values: &Values) -> Vec<HyphenatedName<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let start = open + 2;
        let end = text[start..].find(close).map_or(text.len(), |end| start + end);
        dashed_in(text, start..end, values, &mut found);
        at = end;
    }
    found
}

fn dashed_in<'t>(text: &'t str, range: Range<usize>, values: &Values, found: &mut Vec<HyphenatedName<'t>>) {
    let expression = &text[range.clone()];
    if !expression.contains('-') {
        return;
    }
    let (mut quote, mut filtered, mut at) = (None, false, 0);
    while let Some(c) = expression[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if quote.is_some() {
            quote = quote.filter(|open| *open != c);
        } else if matches!(c, '"' | '\'' | '`') {
            quote = Some(c);
        } else if in_name(c) {
            at = expression[start..].find(|c| !in_name(c)).map_or(expression.len(), |end| start + end);
            let trimmed = expression[start..at].trim_start_matches('-');
            let written = trimmed.trim_end_matches('-');
            let name = at - trimmed.len();
            if is_known(written, filtered, values) {
                let start = range.start + name;
                found.push(HyphenatedName { range: start..start + written.len(), written });
            }
        }
        filtered = c == '|' || filtered && c == ' ';
    }
}

/// Whether a name with a hyphen is known with underscores, and not without.
fn is_known(written: &str, filtered: bool, values: &Values) -> bool {
    let Some((minuend, _)) = written.split_once('-') else { return false };
    let meant = written.replace('-', "_");
    if filtered {
        return FILTERS.contains(&meant.as_str());
    }
    is_value(&meant, values) && !is_value(minuend, values)
}

fn is_value(path: &str, values: &Values) -> bool {
    match path.split_once('.') {
        Some((first, rest)) => values.get(first).and_then(|value| value.get_from_path(rest)).is_some(),
        None => values.get(path).is_some(),
    }
}

/// The name with a hyphen that stands at a place.
pub(super) fn dashed_around<'t>(text: &'t str, range: &Range<usize>) -> Option<&'t str> {
    let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
    let start = before.trim_end_matches(in_name).len();
    let end = text.len() - after.trim_start_matches(in_name).len();
    let name = text[start..end].trim_matches('-');
    let whole = name.chars().all(in_name) && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (whole && name.contains('-')).then_some(name)
}

/// What to type for what every memo may name, and this one does not: its contact, its election, its release.
pub(super) fn unsaid(path: &str, name: &str, values: &Values) -> Option<String> {
    let first = path.split('.').next().unwrap_or(path);
    let known = |table: &str| -> Vec<String> {
        let keys = values.get(table).and_then(|value| value.as_map());
        // What a memo names has hyphens.
        keys.into_iter().flatten().map(|(key, _)| key.to_string().replace('_', "-")).collect()
    };
    let line = |key: &str, mut names: Vec<String>| {
        names.sort();
        let first = names.first()?;
        Some(match names.len() {
            1 => format!("add a line `{key}: {first}` to the memo"),
            _ => format!("add a line such as `{key}: {first}` to the memo; there are {}", names.join(", ")),
        })
    };
    match name {
        "deadlines" | "deadline_table" | "deadline_rows" => {
            Some("list the memo's own under `deadlines:`, each with `what`, `who` and `date`".to_owned())
        }
        "contact" => line("contact", known("contacts")),
        "election" => line("election", known("elections")),
        "release" | "environment" | "delay" | "delays" | "schedule" => Some(of_release()),
        _ if first == "milestones" && known("milestones").is_empty() => Some(of_release()),
        _ => None,
    }
}

fn of_release() -> String {
    "add a line `release: ...` to the memo, with the name of a file in memos/releases/".to_owned()
}
