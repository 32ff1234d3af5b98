//! How the lines of a paragraph begin: as items of a list, or rows of a table, in a form that Markdown does not know.
//!
//! In: the places where the lines of a paragraph begin. Out: what they were to be. Not here: lists and tables as such.

use std::ops::Range;

use super::{super::Trouble, columns::rest_of_line};

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemMark {
    /// `a.`, `A.`
    Letter,
    /// `(1)`, `(a)`, `(iv)`
    Parentheses,
    /// `1)`, `a)`
    Parenthesis,
    /// `I.`, `iv.`
    Roman,
    /// `1.`, `1.1`
    Number,
    /// A dash as a bullet.
    Dash,
    /// A hyphen without a blank behind it.
    Hyphen,
    /// The letter o, which some bullets become.
    Circle,
}

/// What the lines of a paragraph were to be, if not that.
pub(super) fn check(source: &str, starts: &[usize], below_table: bool) -> Option<(Range<usize>, Trouble)> {
    let lines: Vec<Range<usize>> = starts.iter().map(|start| rest_of_line(source, *start)).collect();
    let text = |line: &Range<usize>| &source[line.clone()];
    let bars = |line: &&Range<usize>| text(line).contains('|');
    let first = lines.first()?;
    let is_escaped = source[..first.start].ends_with('\\');
    if text(first).starts_with('|') && !is_escaped || lines.iter().filter(bars).count() > 1 {
        return Some((first.clone(), Trouble::NoTable { below_table }));
    }
    let marks: Vec<Option<(ItemMark, &str)>> = lines.iter().map(|line| mark(text(line))).collect();
    let alike = |wanted: ItemMark| marks.iter().flatten().filter(|(mark, _)| *mark == wanted).count();
    for (at, (found, shown)) in marks.iter().enumerate().filter_map(|(at, mark)| Some((at, (*mark)?))) {
        let is_introduced = at > 0 && text(&lines[at - 1]).ends_with(':');
        let is_bullet = found == ItemMark::Circle || found == ItemMark::Dash && at == 0;
        if is_bullet || is_introduced || alike(found) > 1 {
            return Some((lines[at].clone(), Trouble::NoList { mark: shown.to_owned() }));
        }
    }
    None
}

/// Whether a line begins as an item of a list does, in a form that Markdown does not know.
///
/// ```
/// use ccrov::document::begins_as_item;
/// assert!(begins_as_item("(a) the form") && begins_as_item("– a pen") && !begins_as_item("Yes. It is."));
/// ```
pub fn begins_as_item(line: &str) -> bool {
    mark(line).is_some()
}

/// What a line begins with, if an item of a list could.
fn mark(line: &str) -> Option<(ItemMark, &str)> {
    let (word, rest) = line.split_once(' ').filter(|(_, rest)| !rest.trim().is_empty()).unwrap_or((line, ""));
    let is_roman =
        |word: &str| !word.is_empty() && word.len() < 6 && word.chars().all(|c| "IVXivx".contains(c));
    let is_short = |word: &str| word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_count = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_digit());
    let is_numbering = |word: &str| is_roman(word) || is_short(word) || is_count(word);
    let mark = if let Some(inner) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
        is_numbering(inner).then_some(ItemMark::Parentheses)
    } else if let Some(inner) = word.strip_suffix(')') {
        is_numbering(inner).then_some(ItemMark::Parenthesis)
    } else if let Some(inner) = word.strip_suffix('.').filter(|_| !rest.is_empty()) {
        let parts = || inner.split('.').all(is_count);
        match inner {
            _ if parts() => Some(ItemMark::Number),
            _ if is_roman(inner) => Some(ItemMark::Roman),
            _ if is_short(inner) => Some(ItemMark::Letter),
            _ => None,
        }
    } else if rest.is_empty() || word.contains(|c: char| c.is_ascii_digit()) {
        glued(word)
    } else {
        match word {
            "–" | "—" | "−" | "‐" | "‑" => Some(ItemMark::Dash),
            "o" => Some(ItemMark::Circle),
            _ => glued(word),
        }
    };
    Some((mark?, word))
}

/// A word with the mark of an item right before it: `1.test`, `-test`.
fn glued(word: &str) -> Option<ItemMark> {
    let is_letter = |rest: &str| rest.starts_with(char::is_alphabetic);
    if word.strip_prefix('-').is_some_and(is_letter) {
        return Some(ItemMark::Hyphen);
    }
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let figures = word.len() - rest.len();
    ((1..=2).contains(&figures) && rest.strip_prefix(['.', ')']).is_some_and(is_letter))
        .then_some(ItemMark::Number)
}
