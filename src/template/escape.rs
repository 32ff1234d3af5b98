//! Values in Markdown print as they were written.
//!
//! In: a value. Out: the same with a backslash before each sign that Markdown would read as its own. Not here: HTML,
//! whose escape is the engine's.

use std::io::{Result, Write};

/// Writes a value so that Markdown reads it as plain text. What needs no escape stays as it is, so
/// that the published Markdown is pleasant to read.
pub(super) fn markdown(value: &str, out: &mut dyn Write) -> Result<()> {
    let mut rest = value;
    if begins_block(rest) {
        let at = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        write!(out, "{}\\", &rest[..at])?;
        rest = &rest[at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        out.write_all(&rest.as_bytes()[..first])?;
        rest = &rest[first..];
    }
    let mut before = ' ';
    let mut characters = rest.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_alphanumeric() || after == '#',
            _ => false,
        };
        match c {
            '\n' | '\r' => out.write_all(b" ")?,
            _ if special => write!(out, "\\{c}")?,
            _ => write!(out, "{c}")?,
        }
        before = c;
    }
    Ok(())
}

/// Whether text at a line's start would begin a heading, list, quote or definition: a mark, then a
/// space or the end.
fn begins_block(text: &str) -> bool {
    let text = text.split(['\n', '\r']).next().unwrap_or_default();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (mark, rest) = match text[digits..].chars().next() {
        Some(c @ ('.' | ')')) if digits > 0 => (c, &text[digits + 1..]),
        Some('#') if digits == 0 => ('#', text.trim_start_matches('#')),
        Some(c @ ('-' | '+' | ':' | '=')) if digits == 0 => (c, text.trim_start_matches(c)),
        Some('>' | '~') if digits == 0 => return true,
        _ => return false,
    };
    rest.is_empty() || rest.starts_with(' ') || mark == ':'
}
