//! Slips in the expressions of a text that the template engine would print without a word.
//!
//! In: a text and what it can see. Out: ranges. Not here: slips that the engine reports itself.

use std::ops::Range;

use tera::Value;

use super::Values;
use crate::diagnostic::{Code, Diagnostic, Place};

/// A name that stands for several values.
pub(super) struct SeveralValues<'t> {
    /// Where it stands in the text.
    pub range: Range<usize>,
    path: &'t str,
    parts: Vec<String>,
}

impl SeveralValues<'_> {
    /// The fault, at its place.
    pub fn fault(&self, place: Place) -> Diagnostic {
        let path = self.path;
        let help = match self.parts.as_slice() {
            [] => format!("write {{{{ {path} | join(sep=\", \") }}}}, or repeat with {{% for %}}"),
            parts => {
                let parts: Vec<_> = parts.iter().map(|part| format!("`{path}.{part}`")).collect();
                format!("there are {}", parts.join(", "))
            }
        };
        Diagnostic::new(Code::SeveralValues, place, format!("`{path}` stands for several values"))
            .expected("which of them is to be printed?")
            .help(help)
    }
}

/// Every `{{ name }}` of a text whose name stands for a list or for something with parts.
pub(super) fn several_values<'t>(text: &'t str, values: &Values) -> Vec<SeveralValues<'t>> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices("{{") {
        let named = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let rest = &text[open + 2..];
        let end = rest.find(|c: char| !named(c) && !c.is_whitespace()).unwrap_or(rest.len());
        let (inner, path) = (&rest[..end], rest[..end].trim());
        if path.is_empty() || !path.chars().all(named) || !rest[end..].starts_with("}}") {
            continue;
        }
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let value = values.get(first).and_then(|value| match rest {
            Some(rest) => value.get_from_path(rest),
            None => Some(value),
        });
        let Some(value) = value.filter(|value| value.is_map() || value.is_array()) else { continue };
        let start = open + 2 + inner.find(path).unwrap_or(0);
        found.push(SeveralValues { range: start..start + path.len(), path, parts: parts(value) });
    }
    found
}

/// The parts of a value that can be printed.
fn parts(value: &Value) -> Vec<String> {
    let simple = |value: &Value| !value.is_map() && !value.is_array();
    let entries = value.as_map().into_iter().flatten();
    entries.filter(|(_, value)| simple(value)).map(|(key, _)| key.to_string()).collect()
}

/// Every `{ name.name }`, `{ name.name }}` and `{{ name }` of a text.
pub(super) fn lone_braces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('{') {
        if text[..open].ends_with('{') || text[open + 1..].starts_with(['%', '#']) {
            continue;
        }
        let opened = if text[open + 1..].starts_with('{') { 2 } else { 1 };
        let rest = &text[open + opened..];
        let Some(end) = rest.find(['{', '}', '\n']).filter(|end| rest[*end..].starts_with('}')) else {
            continue;
        };
        let closed = if rest[end + 1..].starts_with('}') { 2 } else { 1 };
        let inner = rest[..end].trim();
        let is_name = inner.starts_with(|c: char| c.is_ascii_lowercase())
            && inner.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.| ".contains(c));
        let meant = is_name && (inner.contains(['.', '|', '_']) || opened != closed);
        if meant && (opened, closed) != (2, 2) {
            found.push(open..open + opened + end + closed);
        }
    }
    found
}
