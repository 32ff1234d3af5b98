//! One line of YAML as somebody writes it: its key, what its value begins, and the slips that show in it alone.
//!
//! In: a line without its end. Out: [`LineKey`], [`LineValue`], a slip with its range in the line. Not here: what
//! the lines around it make of it.

use std::ops::Range;

use super::{
    scalar::closing_quote,
    syntax::{NO_SPACE, TAB, Words},
};

const CURLY: Words = Words::fixed(
    "curly quotes stand here, which are not quotes to YAML",
    "type straight quotes around the value: \"...\"",
);
const NO_SPACE_AFTER_DASH: Words =
    Words::fixed("no space follows the dash", "write a space after the dash of a list: `- All City Clerks`");
const EQUALS: Words =
    Words::fixed("an equals sign stands after the key", "write a colon and a space: `status: issued`");
const NO_COLON: Words = Words::fixed(
    "this line has no colon",
    "write a colon and a space after a key: `status: issued`; indent a line that goes on with the text above it",
);
const OPEN_QUOTE: Words = Words::fixed(
    "a quote is opened and not closed in this line",
    "close the quote at the end of the value; a quote inside it is written \\\"",
);
const OPEN_BRACKET: Words = Words::fixed(
    "a bracket is opened and not closed in this line",
    "close it: [sos, cgi] or {at: release}; put text that begins with [ or { in quotes",
);
const CUT: Words = Words::fixed(
    "a number sign after a space begins a remark, and cuts this line off",
    "put a value that begins with it in quotes: \"#0b3d78\"",
);

/// A key at the beginning of a line, or of an item of a list.
pub(super) struct LineKey<'l> {
    pub name: &'l str,
    /// Where it begins, in bytes.
    pub column: usize,
    /// The byte after its colon.
    pub end: usize,
}

/// What stands after a key.
pub(super) enum LineValue {
    Nothing,
    /// `|` or `>`: the text stands below.
    Block,
    /// A quote or a bracket that the line does not close.
    Open,
    Written,
}

/// The key of a line: a word, a colon, and a space or nothing.
pub(super) fn key(line: &str) -> Option<LineKey<'_>> {
    let mut column = line.len() - line.trim_start_matches(' ').len();
    while let Some(item) = line[column..].strip_prefix("- ") {
        column = line.len() - item.trim_start_matches(' ').len();
    }
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
    let written = line[column..].trim_start_matches(is_key);
    let name = &line[column..line.len() - written.len()];
    let value = written.trim_start_matches(' ').strip_prefix(':')?;
    let ends = value.is_empty() || value.starts_with(' ');
    (!name.is_empty() && ends).then(|| LineKey { name, column, end: line.len() - value.len() })
}

/// What stands after a key's colon.
pub(super) fn value(after: &str) -> LineValue {
    let written = after.split(" #").next().unwrap_or(after).trim();
    if written.is_empty() || written.starts_with('#') {
        return LineValue::Nothing;
    }
    if let Some(mark) = written.strip_prefix(['|', '>'])
        && mark.chars().all(|c| matches!(c, '+' | '-' | '0'..='9'))
    {
        return LineValue::Block;
    }
    let open = [('"', '"'), ('\'', '\''), ('[', ']'), ('{', '}')]
        .iter()
        .any(|(open, close)| written.starts_with(*open) && (written.len() < 2 || !written.ends_with(*close)));
    if open { LineValue::Open } else { LineValue::Written }
}

/// A slip of one line, with its range in the line.
pub(super) fn slip(line: &str) -> Option<(Range<usize>, Words)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if line[indent..].starts_with('\t') {
        return Some((indent..indent + 1, TAB));
    }
    let item = line[indent..].strip_prefix("- ").map_or(indent, |_| indent + 2);
    let rest = &line[item..];
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let key = match rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        true => rest.len() - rest.trim_start_matches(is_key).len(),
        false => 0,
    };
    let after = item + key;
    if key > 0 && line[after..].starts_with(" = ") {
        return Some((after + 1..after + 2, EQUALS));
    }
    // Text in lines of its own is indented.
    let written = line.split(" #").next().unwrap_or(line).trim_end();
    if item == 0 && key > 0 && written[key.min(written.len())..].starts_with(' ') && !written.contains(':') {
        return Some((0..written.len(), NO_COLON));
    }
    if rest.starts_with('-') && rest.len() > 1 && !rest[1..].starts_with(['-', ' ']) {
        return Some((item..item + 1, NO_SPACE_AFTER_DASH));
    }
    let value = line[after..].trim_start_matches(' ').strip_prefix(':').filter(|_| key > 0)?;
    let at = line.len() - value.len();
    let first = value.chars().next()?;
    if first == '\t' {
        return Some((at..at + 1, TAB));
    }
    if first != ' ' {
        return (!value.starts_with("//")).then_some((at..at + first.len_utf8(), NO_SPACE));
    }
    let start = at + (value.len() - value.trim_start().len());
    let value = value.trim();
    let bare = value.split(" #").next().unwrap_or(value).trim_end();
    let open = |open: char, close: char| {
        value.starts_with(open) && (value.len() < 2 || !bare.ends_with(close) && !bare[1..].contains(close))
    };
    if value.starts_with(['“', '”', '‘', '’']) {
        Some((start..start + value.len(), CURLY))
    } else if open('"', '"') || open('\'', '\'') {
        Some((start..start + 1, OPEN_QUOTE))
    } else if value.starts_with(['"', '\'']) {
        quoted(bare).map(|(range, words)| (start + range.start..start + range.end, words))
    } else if open('[', ']') || open('{', '}') || value.starts_with(['[', '{']) && !bare.ends_with([']', '}'])
    {
        let cut = value.find(" #").map(|at| at + 1).filter(|at| !value[at + 1..].starts_with(' '));
        if let Some(cut) = cut {
            return Some((start + cut..start + value.len(), CUT));
        }
        Some((start..start + 1, OPEN_BRACKET))
    } else {
        None
    }
}

/// What goes on after the quote that closes a value.
fn quoted(value: &str) -> Option<(Range<usize>, Words)> {
    let quote = value.chars().next()?;
    let end = closing_quote(value)?;
    let after = value[end + 1..].trim();
    if after.is_empty() {
        return None;
    }
    let sign = match after {
        "," => Some("a comma"),
        ";" => Some("a semicolon"),
        "." => Some("a period"),
        _ => None,
    };
    if let Some(sign) = sign {
        let found = format!("{sign} stands after the closing quote");
        let help = format!("take it out: {}", &value[..=end]);
        return Some((end + 1..value.len(), Words::new(found, help)));
    }
    let inner = value[1..].strip_suffix(quote).unwrap_or(&value[1..]);
    let (found, help) = match quote {
        '\'' => (
            "an apostrophe stands inside single quotes, and ends the text",
            match inner.contains('"') {
                true => format!("write it twice: '{}'", inner.replace('\'', "''")),
                false => format!("put the text in double quotes: \"{inner}\""),
            },
        ),
        _ => (
            "a quote stands inside the quotes, and ends the text",
            match inner.contains('\'') {
                true => "write a quote inside the text as \\\"".to_owned(),
                false => format!("put the text in single quotes: '{inner}'"),
            },
        ),
    };
    Some((end..end + 1, Words::new(found, help)))
}
