//! A memo's text -> the text of another memo like it.
//!
//! In: a text, and the values that are to be others. Out: the text with these values; every other byte
//! is kept, remarks too. Not here: which values, and files.

use std::{collections::BTreeMap, ops::Range};

use crate::input::{Entry, outline};

/// A text with other values.
pub(super) struct Copied {
    pub text: String,
    /// Where the other values stand in it.
    pub written: Vec<Range<usize>>,
}

/// Writes the keys of `set` anew (`None` leaves nothing after the colon), and every value that `renamed`
/// knows. `None` if the text cannot be read, or would not say what it should afterwards.
pub(super) fn copy(
    text: &str,
    set: &[(&str, Option<&str>)],
    renamed: &BTreeMap<String, String>,
) -> Option<Copied> {
    let entries = outline(text)?;
    let first = entries.iter().filter(|entry| !entry.path.contains('.')).min_by_key(|e| e.key.start)?;
    let braces = text[..first.key.start].trim_end().ends_with('{');
    let mut pieces = Vec::new();
    let mut expected = Vec::new();
    for (key, value) in set {
        let there = entries.iter().any(|entry| entry.path == *key);
        if let (false, Some(value)) = (there, value) {
            let end = if braces { ", " } else { line_end(text) };
            pieces.push((first.key.start..first.key.start, format!("{key}: {}", quoted(value, braces)), end));
            expected.push(((*key).to_owned(), Some((*value).to_owned())));
        }
    }
    for entry in &entries {
        let set = set.iter().find(|(key, _)| *key == entry.path).map(|(_, value)| *value);
        let other = entry.text.as_ref().and_then(|text| renamed.get(text)).map(|name| Some(name.as_str()));
        let now = set.or(other);
        if let Some(value) = now.filter(|value| *value != entry.text.as_deref()) {
            pieces.push(piece(text, entry, &quoted(value.unwrap_or_default(), braces)));
        }
        expected.push((entry.path.clone(), now.map_or(entry.text.clone(), |now| now.map(str::to_owned))));
    }
    pieces.sort_by_key(|(range, ..)| range.start);
    let copied = spliced(text, &pieces);
    let says: Vec<_> = outline(&copied.text)?.into_iter().map(|entry| (entry.path, entry.text)).collect();
    (says == expected).then_some(copied)
}

/// A stretch of the text, what stands there instead, and what follows that.
type Piece = (Range<usize>, String, &'static str);

/// A value in its place; after the colon, if there was none.
fn piece(text: &str, entry: &Entry, value: &str) -> Piece {
    if !entry.range.is_empty() {
        return (entry.range.clone(), value.to_owned(), "");
    }
    let colon = text[entry.key.end..].find(':').map_or(entry.key.end, |at| entry.key.end + at + 1);
    (colon..colon, format!(" {value}"), "")
}

fn spliced(text: &str, pieces: &[Piece]) -> Copied {
    let mut out = String::with_capacity(text.len() + 64);
    let mut written = Vec::new();
    let mut from = 0;
    for (range, value, end) in pieces {
        out.push_str(&text[from..range.start]);
        written.push(out.len()..out.len() + value.len());
        out.push_str(value);
        out.push_str(end);
        from = range.end;
    }
    out.push_str(&text[from..]);
    Copied { text: out, written }
}

/// In braces a comma ends a value, so one with a comma is quoted.
fn quoted(value: &str, braces: bool) -> String {
    if braces && value.contains(',') { format!("\"{value}\"") } else { value.to_owned() }
}

/// How the lines of a text end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
