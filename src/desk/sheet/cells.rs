//! A spreadsheet's clipboard as cells, and cells as what a spreadsheet pastes.
//!
//! In: text as Excel, LibreOffice and Google Sheets put it on the clipboard: a tab between cells, a line a row, quotes around a cell
//! with a tab, a line break or a quote in it. Out: rows of cells. Not here: what a cell means.

use crate::{
    spreadsheet::{guarded, unguarded},
    words::is_control,
};

/// The cells of a clipboard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SheetCells {
    /// The rows in their order, blank ones too: the place of a row is its line in the sheet, less one.
    pub rows: Vec<Vec<String>>,
    /// How many signs that cannot be seen were replaced by blanks.
    pub unseen: usize,
}

impl SheetCells {
    /// Reads a clipboard. The line end after the last row begins no row.
    pub fn read(text: &str) -> SheetCells {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let mut cells = SheetCells::default();
        let mut row = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (cell, after) = match quoted(rest) {
                Some((cell, length)) => (cell, &rest[length..]),
                None => {
                    let length = rest.find(['\t', '\n']).unwrap_or(rest.len());
                    (rest[..length].to_owned(), &rest[length..])
                }
            };
            let cell = cells.seen(&cell);
            row.push(cell);
            match after.strip_prefix('\t') {
                Some(next) => {
                    // A tab at the very end has a blank cell behind it.
                    if next.is_empty() || next.starts_with('\n') {
                        row.push(String::new());
                    }
                    rest = next.strip_prefix('\n').unwrap_or(next);
                    if next.len() != rest.len() || rest.is_empty() {
                        cells.rows.push(std::mem::take(&mut row));
                    }
                }
                None => {
                    cells.rows.push(std::mem::take(&mut row));
                    rest = after.strip_prefix('\n').unwrap_or(after);
                }
            }
        }
        cells
    }

    /// A cell as it is read: without blanks at its ends, and without what nobody sees.
    fn seen(&mut self, cell: &str) -> String {
        let plain = |c: char| match c {
            '\n' => c,
            '\t' | '\u{a0}' | '\u{202f}' => ' ',
            c if is_control(c) || matches!(c, '\u{200b}' | '\u{feff}') => '\u{0}',
            c => c,
        };
        let plain: String = cell.chars().map(plain).collect();
        self.unseen += plain.matches('\u{0}').count();
        let plain = plain.replace('\u{0}', " ");
        let lines: Vec<&str> = plain.lines().map(str::trim).collect();
        unguarded(lines.join("\n").trim()).to_owned()
    }

    /// How many rows say something.
    pub fn filled_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count()
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }
}

/// A cell in quotes at the beginning of a text, and how long it is with them. A spreadsheet writes quotes only around what needs them,
/// so what merely begins with a quote is no such cell.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut at = text.strip_prefix('"').map(|_| 1)?;
    let mut cell = String::new();
    loop {
        let end = at + text[at..].find('"')?;
        cell.push_str(&text[at..end]);
        let rest = &text[end + 1..];
        if rest.starts_with('"') {
            cell.push('"');
            at = end + 2;
        } else if rest.is_empty() || rest.starts_with(['\t', '\n']) {
            return cell.contains(['\t', '\n', '"']).then_some((cell, end + 1));
        } else {
            return None;
        }
    }
}

/// Rows as a spreadsheet pastes them: each cell stays text in its own cell, and none is computed.
pub(super) fn written(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        let cell = guarded(cell);
        match cell.contains(['\t', '\n', '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.into_owned(),
        }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t") + "\r\n").collect()
}
