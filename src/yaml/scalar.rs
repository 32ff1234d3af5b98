//! A value as it was written -> what YAML drops of it, or makes of it, without a word.
//!
//! In: a value's range in the file's text. Out: faults; whether its lines are joined. Not here: values that cannot be read.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::tree::{Builder, trimmed};
use crate::diagnostic::Code;

impl Builder<'_> {
    /// Text without quotes of which YAML drops a part, or keeps quotes that were meant as such.
    pub(super) fn look_at_plain(&mut self, text: &str, range: Range<usize>) {
        let line_end = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at);
        let after = self.text[range.end..line_end].trim_end();
        let line_end = range.end + after.len();
        // Where there is nothing, the place is that of the colon.
        let after = after.strip_prefix(':').filter(|_| text.is_empty()).unwrap_or(after);
        let cut = after.trim_start();
        if cut.len() > 1
            && cut.len() < after.len()
            && cut.starts_with('#')
            && !cut[1..].starts_with([' ', '#', '!'])
        {
            self.fault(
                Code::CutByHash,
                line_end - cut.len()..line_end,
                format!("`{cut}` is cut off: a number sign after a space begins a remark"),
                "this is not read",
                &format!(
                    "put the whole in quotes: \"{}\"; or, for a remark, write a space after the #",
                    format!("{text} {cut}").trim_start()
                ),
            );
        }
        let curly = [('“', '”'), ('‘', '’'), ('„', '“')];
        if curly.iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close)) {
            let inner = text.trim_matches(['“', '”', '‘', '’', '„']);
            self.fault(
                Code::CurlyQuotes,
                range,
                "curly quotes stand around this value, and would be printed".to_owned(),
                "YAML takes straight quotes",
                &format!("write \"{inner}\"; if the curly quotes are meant, put straight ones around them"),
            );
        }
    }

    /// Reports a text whose lines YAML joins, though it has paragraphs, a list or a table. The lines of a body are never
    /// joined; elsewhere `>` says that they may be.
    pub(super) fn look_at_lines(&mut self, style: ScalarStyle, range: Range<usize>) {
        let Some(key) = self.open.last().and_then(|open| open.key.as_ref()) else { return };
        let written = &self.text[range.clone()];
        let found = match style {
            ScalarStyle::Literal => return,
            ScalarStyle::Folded if key.text != "body" => return,
            ScalarStyle::Folded => "`>` joins the lines of a text".to_owned(),
            _ if !written.contains('\n') => return,
            ScalarStyle::Plain => format!("a text of several lines follows `{}:`, without a bar", key.text),
            _ => format!("the text of `{}` stands in quotes over several lines", key.text),
        };
        if key.text != "body" && !written.lines().skip(1).any(is_apart) {
            return;
        }
        let end = self.text[key.range.end..].find('\n').map_or(range.start, |at| key.range.end + at);
        let help =
            format!("write `{}: |`, and the text below it, each line indented by two spaces", key.text);
        let expected = "lists, tables and paragraphs would run together";
        self.told = Some(key.range.start);
        self.fault(Code::FoldedBody, key.range.start..end, found, expected, &help);
    }
}

/// Whether a line of a text does not go on with the one before it: it is empty, or begins an item, a row or a heading.
fn is_apart(line: &str) -> bool {
    let line = line.trim();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    line.is_empty()
        || ["- ", "* ", "• ", "| ", "## "].iter().any(|mark| line.starts_with(mark))
        || digits > 0 && [". ", ") "].iter().any(|mark| line[digits..].starts_with(mark))
}

/// Up to the closing quote: the reader counts a remark after it in.
pub(super) fn quoted(text: &str, range: Range<usize>) -> Range<usize> {
    match closing_quote(&text[range.clone()]) {
        Some(end) => range.start..range.start + end + 1,
        None => trimmed(text, range),
    }
}

/// Where the quote stands that closes a value which begins with one.
pub(super) fn closing_quote(value: &str) -> Option<usize> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if quote == '"' && c == '\\' {
            characters.next();
        } else if c == quote {
            // Two of them are one that is printed.
            if quote == '\'' && characters.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            return Some(at);
        }
    }
    None
}
