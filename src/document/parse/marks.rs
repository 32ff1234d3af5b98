//! Marks of running text: those that are left in it, and those that vanish though they mark no word.
//!
//! In: stretches of Markdown as they were read. Out: what is odd about them, with its place. Not here: blocks.

use std::ops::Range;

use super::{
    super::{Blank, PrintedMark, Remark, Trouble},
    columns::{line_start, rest_of_line},
    running::NAME,
};

/// How many underscores in a row no bold text begins with.
const BLANK: usize = 4;

/// How far a word or a link goes from a mark in it, in bytes: each of many marks looks no further.
const REACH: usize = 300;

/// Looks for marks in a stretch of text that has no markup. Of its first sign the meaning may be taken away. `stars`
/// counts the single stars of the paragraph that could begin something.
pub(super) fn check(
    source: &str,
    run: Range<usize>,
    escaped: bool,
    stars: &mut usize,
    remarks: &mut Vec<Remark>,
) {
    let first = source[run.clone()].chars().next().filter(|_| escaped).map_or(0, char::len_utf8);
    let (start, end) = (run.start + first, run.end);
    let text = &source[start..end];
    let mut done = 0;
    while let Some(at) = text[done..].find(['*', '_', '~', '`', '[', ']', '#']).map(|at| done + at) {
        let rest = &text[at..];
        let mark = rest.chars().next().unwrap_or_default();
        let length = rest.len() - rest.trim_start_matches(mark).len();
        let (before, after) = around(source, start + at..start + at + length);
        let mut found = |length: usize, trouble: Trouble| {
            let last = (start + at + length).min(end) - 1;
            let span = token(source, start + at).start..token(source, source.floor_char_boundary(last)).end;
            remarks.push(Remark { span, trouble });
        };
        done = at + length;
        match mark {
            // Behind a word they stand for a remark below: 8/9/2024**.
            '*' if length > 1 && !(*stars == 0 && is_blank(after) && !is_blank(before)) => {
                *stars += 1;
                found(length, Trouble::Printed(PrintedMark::Stars));
            }
            '*' if opens(before, after) => {
                *stars += 1;
                // One alone may stand for a remark below: *Required.
                if *stars > 1 || before == Some(' ') {
                    found(1, Trouble::Printed(PrintedMark::Stars));
                }
            }
            '~' if length > 1 => found(length, Trouble::Printed(PrintedMark::Tildes)),
            '`' => found(length, Trouble::Printed(PrintedMark::Backtick)),
            '_' if length > 1 && !(is_word(before) && is_word(after))
                || length == 1 && stands_alone(before, after) =>
            {
                let token = token(source, start + at);
                if !is_address(&source[token.clone()]) {
                    done = (token.end - start).clamp(done, text.len());
                    remarks.push(Remark { span: token, trouble: Trouble::Underscores });
                }
            }
            '#' if starts_line(source, start + at) && is_heading(source, start + at, length) => {
                found(length, Trouble::Printed(PrintedMark::NumberSigns));
            }
            '[' if !is_word(before) && is_box(rest) => found(3, Trouble::Printed(PrintedMark::Box)),
            '[' if Blank::was_meant(rest) => {
                let written = &source[start + at..];
                let line = written[..written.floor_char_boundary(NAME)].lines().next().unwrap_or_default();
                let inner = line.find(']').map(|end| &line[1..end]);
                if inner.and_then(Blank::read).is_none() {
                    found(1, Trouble::Printed(PrintedMark::Blank));
                }
            }
            ']' | '[' => {
                if let Some(length) = broken_link(rest, before) {
                    done = at + length.min(rest.len());
                    found(length, Trouble::Printed(PrintedMark::Link));
                }
            }
            _ => {}
        }
    }
}

/// Bold or italic text that is odd.
pub(super) fn face(source: &str, span: Range<usize>) -> Option<(Range<usize>, Trouble)> {
    let text = &source[span.clone()];
    let mark = text.chars().next()?;
    let (before, after) = around(source, span.clone());
    let has_letters = text.contains(char::is_alphabetic);
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let trouble = if mark == '_' {
        let length = text.len() - text.trim_start_matches('_').len();
        let is_blank = length >= BLANK || !text.contains(char::is_alphanumeric);
        return is_blank.then(|| (token(source, span.start), Trouble::Underscores));
    } else if !text.contains(char::is_alphanumeric)
        || is_figure(before)
        || is_figure(after)
        || is_word(before) && !has_letters
    {
        Trouble::LostMarks
    } else if is_word(before) {
        Trouble::MarksInWord
    } else {
        return None;
    };
    Some((token(source, span.start).start..token(source, span.end - 1).end, trouble))
}

/// The path that a sign belongs to whose backslash vanishes, if it is one: it begins as a share or a drive does, or has
/// other backslashes that are printed. One that is written with two for each is as it should be.
pub(super) fn path(source: &str, at: usize) -> Option<Range<usize>> {
    let token = token(source, at);
    let text = source[token.clone()].trim_start_matches(['(', '"', '\'', '*', '“', '‘']);
    let is_share = text.strip_prefix("\\\\").is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let backslashes = |text: &str| text.len() - text.trim_start_matches('\\').len();
    let mut letters = text.chars();
    let is_drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.as_str().strip_prefix(':').is_some_and(|rest| backslashes(rest) % 2 == 1);
    // One that stands before a letter or figure is printed.
    let is_printed = |signs: &str| (signs.len() - signs.trim_end_matches('\\').len()) % 2 == 1;
    let has_printed = text
        .split_inclusive(char::is_alphanumeric)
        .any(|part| part.strip_suffix(char::is_alphanumeric).is_some_and(is_printed));
    (is_share || is_drive || has_printed).then_some(token)
}

/// The signs before and behind a stretch.
fn around(source: &str, span: Range<usize>) -> (Option<char>, Option<char>) {
    (source[..span.start].chars().next_back(), source[span.end..].chars().next())
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether a mark stands right before a word and not behind one.
fn opens(before: Option<char>, after: Option<char>) -> bool {
    is_word(after) && (is_blank(before) || before == Some('('))
}

fn stands_alone(before: Option<char>, after: Option<char>) -> bool {
    is_blank(before) && is_blank(after)
}

/// The stretch without blanks that a sign belongs to.
fn token(source: &str, at: usize) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || c == '|';
    let from = source.ceil_char_boundary(at.saturating_sub(REACH));
    let to = source.floor_char_boundary((at + REACH).min(source.len()));
    let start =
        source[from..at].rfind(blank).map_or(from, |before| source.ceil_char_boundary(from + before + 1));
    let end = source[at..to].find(blank).map_or(to, |length| at + length);
    start..end.max(start)
}

/// Whether a word is an address of the web or of mail.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.contains("www.")
}

fn starts_line(source: &str, at: usize) -> bool {
    let before = source[..at].trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

/// Whether number signs were to begin a heading: several before a word; or one, if nothing else stands in the paragraph.
fn is_heading(source: &str, at: usize, signs: usize) -> bool {
    let line = &source[rest_of_line(source, at)];
    let is_alone = || {
        let (above, below) = (&source[..line_start(source, at)], &source[at + line.len()..]);
        let is_empty = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
        is_empty(above.lines().next_back()) && is_empty(below.lines().nth(1)) && !line.ends_with('.')
    };
    let word = line[signs..].chars().next();
    signs > 1 && signs <= 6 && is_word(word)
        || signs == 1 && word.is_some_and(char::is_alphabetic) && is_alone()
}

/// Whether brackets are a box to check.
fn is_box(text: &str) -> bool {
    ["[ ]", "[x]", "[X]", "[]", "[_]"].iter().any(|form| text.starts_with(form))
}

/// The length of what was to be a link, from its bracket on: `](the form.pdf)`, `] (form.pdf)`, `[form.pdf]` behind a
/// parenthesis, `][form]`.
fn broken_link(rest: &str, before: Option<char>) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(REACH)];
    if rest.starts_with("](") || rest.starts_with("][") {
        return Some(rest.find([')', '\n']).map_or(rest.len(), |end| end + 1));
    }
    let (inner, close) = match (before, rest.strip_prefix("] (")) {
        (_, Some(inner)) => (inner, ')'),
        (Some(')'), None) => (rest.strip_prefix('[')?, ']'),
        _ => return None,
    };
    let address = inner.split(close).next().filter(|address| address.len() < inner.len())?;
    let is_address = !address.contains(char::is_whitespace) && address.contains(['.', '/', '@']);
    is_address.then(|| rest.len() - inner.len() + address.len() + 1)
}
