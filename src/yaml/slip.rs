//! A file that YAML gave up on -> the usual slip of somebody who writes it, with its place.
//!
//! In: a file's text, and where its reader gave up. The reader gives up where no reading is left, which is often a line or
//! more after the slip: so the lines are gone through as they were meant. Out: what stands there, what to type. Not here:
//! what the reader itself says, and files that can be read.

use std::ops::Range;

use super::{
    blanks::{self, odd_blank},
    line::{self, LineKey, LineValue},
    syntax::Words,
};
use crate::diagnostic::Code;

/// The usual slip before the place where the reader gave up, with its place.
pub(super) fn slip(text: &str, gave_up: usize) -> Option<(Range<usize>, Words)> {
    let end = text[gave_up..].find('\n').map_or(text.len(), |at| gave_up + at);
    let mut lines = LinesAbove::default();
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        lines.take(start, line.trim_end());
        start += line.len();
    }
    // The reader is still in a text that it takes for one value.
    if lines.misplaced.is_none()
        && let Within::Text { key, column: _, name } = lines.within
    {
        return Some((key, without_bar(&name)));
    }
    lines.misplaced.or(lines.in_line)
}

/// Text of several lines without the bar that keeps them.
fn without_bar(key: &str) -> Words {
    Words {
        code: Code::FoldedBody,
        found: format!("a text of several lines follows `{key}:`, without a bar").into(),
        help: format!("write `{key}: |`, and the text below it, each line indented by two spaces").into(),
    }
}

/// What the lines stand in.
#[derive(Default)]
enum Within {
    #[default]
    Keys,
    /// Below `body: |`: the key's column, and that of the text, once it has begun.
    Block { column: usize, text: Option<usize>, remark: Option<Range<usize>>, name: String },
    /// Text that goes on below a key without a bar.
    Text { key: Range<usize>, column: usize, name: String },
    /// A quote or bracket that goes on in the next line.
    Open { column: usize },
}

/// A key above: its column, and whether something stands after it.
struct KeyAbove {
    column: usize,
    filled: bool,
}

/// The lines so far.
#[derive(Default)]
struct LinesAbove {
    within: Within,
    /// The keys that a next one may stand under, the innermost last.
    above: Vec<KeyAbove>,
    /// The blanks before the first key, and the last key with its name.
    first: Range<usize>,
    last: Option<(Range<usize>, String)>,
    /// The first line that does not stand where it was meant to.
    misplaced: Option<(Range<usize>, Words)>,
    /// The last slip that shows in a line alone.
    in_line: Option<(Range<usize>, Words)>,
}

impl LinesAbove {
    fn misplaced(&mut self, range: Range<usize>, words: Words) {
        self.misplaced.get_or_insert((range, words));
    }

    /// Takes a line in, which begins at a byte of the file.
    fn take(&mut self, start: usize, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let Some(first) = line[indent..].chars().next() else { return };
        let all = start + indent..start + line.len();
        let key = line::key(line);
        match &mut self.within {
            Within::Block { column, text, remark, name } if indent > *column => {
                let name = name.clone();
                match (text, remark.take()) {
                    // What looked like a remark stands between lines of the text.
                    (_, Some(remark)) => self.misplaced(remark, not_indented(&name)),
                    (Some(text), None) if indent < *text => {
                        let found = "this line is indented less than the text above it";
                        let help = format!("indent each line of `{name}: |` alike, by two spaces");
                        self.misplaced(all, Words::new(found, help));
                    }
                    (text, None) => _ = text.get_or_insert(indent),
                }
                return;
            }
            Within::Block { column, remark, name, .. } => {
                let list = line[indent..].starts_with('-') && indent < *column;
                if first == '#' {
                    *remark = Some(all);
                    return;
                }
                if odd_blank(first).is_none() && first != '\t' && key.is_none() && !list {
                    let words = not_indented(name);
                    self.misplaced(all, words);
                    return;
                }
            }
            Within::Text { column, .. } if indent > *column => return,
            Within::Open { column } if key.as_ref().is_none_or(|key| key.column > *column) => return,
            Within::Keys | Within::Text { .. } | Within::Open { .. } => {}
        }
        self.within = Within::Keys;
        if first == '#' {
            return;
        }
        if odd_blank(first).is_some() {
            let blanks = line[indent..].chars().take_while(|c| odd_blank(*c).is_some() || *c == ' ');
            let end = all.start + blanks.map(char::len_utf8).sum::<usize>();
            self.misplaced(all.start..end, blanks::words(first));
            return;
        }
        if let Some((range, words)) = line::slip(line) {
            self.in_line = Some((start + range.start..start + range.end, words));
        }
        match key {
            Some(key) => self.take_key(start, line, indent, &key),
            None => self.take_text(indent, line),
        }
    }

    /// A line that begins with a key.
    fn take_key(&mut self, start: usize, line: &str, indent: usize, key: &LineKey<'_>) {
        let range = start + key.column..start + key.column + key.name.len();
        let blanks = start..start + key.column;
        let is_item = key.column > indent;
        let first = self.above.is_empty();
        while self.above.len() > 1 && self.above.last().is_some_and(|above| above.column > key.column) {
            self.above.pop();
        }
        match self.above.last() {
            None => self.first = blanks,
            Some(above) if above.column > key.column => {
                let first = self.first.clone();
                self.misplaced(first, BLANKS_BEFORE);
            }
            Some(above) if above.column < key.column && above.filled && !is_item => {
                if let Some((range, name)) = self.last.clone().filter(|(_, name)| name == "body") {
                    self.within = Within::Text { key: range, column: above.column, name };
                    return;
                }
                self.misplaced(blanks, BLANKS_BEFORE);
            }
            Some(_) => {}
        }
        let value = line::value(&line[key.end..]);
        let filled = !matches!(value, LineValue::Nothing);
        match self.above.last_mut() {
            Some(above) if above.column == key.column => above.filled = filled,
            // A column of its own, unless it was found to stand in none.
            _ if first || self.misplaced.is_none() => {
                self.above.push(KeyAbove { column: key.column, filled });
            }
            _ => {}
        }
        let (column, name) = (key.column, key.name.to_owned());
        self.last = Some((range, name.clone()));
        self.within = match value {
            LineValue::Block => Within::Block { column, text: None, remark: None, name },
            LineValue::Open => Within::Open { column },
            LineValue::Nothing | LineValue::Written => Within::Keys,
        };
    }

    /// A line without a key: an item of a list, or text that goes on.
    fn take_text(&mut self, indent: usize, line: &str) {
        if line[indent..].starts_with('-') {
            return;
        }
        if let (Some(above), Some((key, name))) = (self.above.last(), &self.last)
            && indent > above.column
        {
            self.within = Within::Text { key: key.clone(), column: above.column, name: name.clone() };
        }
    }
}

const BLANKS_BEFORE: Words = Words::fixed(
    "spaces stand before this key",
    "begin a key right under the key above it: take the spaces out",
);

fn not_indented(key: &str) -> Words {
    let help = format!("indent each line of `{key}: |` by two spaces");
    Words::new("this text is not indented", help)
}
