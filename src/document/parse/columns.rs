//! Where lines and items begin in the Markdown, and how far what stands there is indented.
//!
//! In: the text, a place. Out: places and columns, in bytes. Not here: what stands there.

use std::ops::Range;

/// What stands before the text of an item: `- `, `12. `.
pub(super) struct ItemMarker {
    /// Where it begins.
    pub start: usize,
    /// Its number, if it has one.
    pub number: Option<u64>,
    /// Where its sign stands, behind the number.
    pub sign: usize,
}

/// The marker of an item that begins at a place.
pub(super) fn marker(source: &str, at: usize) -> ItemMarker {
    let (_, start) = indent(source, at);
    let rest = &source[start..];
    let figures = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    ItemMarker { start, number: figures.parse().ok(), sign: start + figures.len() }
}

/// Where the line of a place begins.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// From a place to the end of its line.
pub(super) fn rest_of_line(source: &str, at: usize) -> Range<usize> {
    let line = source[at..].lines().next().unwrap_or_default();
    at..at + line.trim_end().len()
}

/// How far what stands at a place is indented, and where it begins.
pub(super) fn indent(source: &str, at: usize) -> (usize, usize) {
    let first = at + source[at..].len() - source[at..].trim_start_matches(' ').len();
    (first - line_start(source, first), first)
}

/// How far the text is indented that stands behind a sign of one byte.
pub(super) fn column_behind(source: &str, sign: usize) -> usize {
    match indent(source, source.floor_char_boundary(sign + 1)) {
        (column, first) if source[first..].starts_with('\n') || first == source.len() => column + 1,
        (column, _) => column,
    }
}

/// A stretch without the blanks around it.
pub(super) fn inked(source: &str, span: Range<usize>) -> Range<usize> {
    let text = &source[span.clone()];
    let start = span.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
