//! Cells of a spreadsheet as plain text.
//!
//! In: plain text. Out: the table that it is: tabs between cells, quotes around those that hold line ends. None, if it is
//! no table. Not here: cells as HTML.

use super::{
    block::{CopiedBlock, CopiedTable},
    counts::Counts,
    plain, table,
    text::{self, Signs},
};

/// The table, or the text of the only cell.
pub(super) fn blocks(plain: &str, counts: &mut Counts) -> Option<Vec<CopiedBlock>> {
    if let Some(cell) = only_cell(plain) {
        return Some(
            text::paragraphs(lines(&cell, counts)).into_iter().map(CopiedBlock::paragraph).collect(),
        );
    }
    if !plain.contains('\t') {
        return None;
    }
    let rows = rows(plain);
    let width = rows.first()?.len();
    let is_even = rows.iter().all(|row| row.len() == width);
    let is_list = width == 2 && rows.iter().all(|row| is_mark(&row[0]));
    // One tab in one line is hardly a row.
    if width < 2 || !is_even || is_list || rows.len() == 1 && width == 2 {
        return None;
    }
    let mut cell = |cell: &str| -> Signs {
        let paragraphs = text::paragraphs(lines(cell, counts));
        let line_end = text::Sign { mark: text::Mark::Break, look: text::SignLook::default() };
        paragraphs.join(&line_end)
    };
    let mut rows: Vec<Vec<Signs>> =
        rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    table::drop_empty_columns(&mut rows);
    match &mut rows[..] {
        [] => None,
        [row] if row.len() == 1 => Some(vec![CopiedBlock::paragraph(std::mem::take(&mut row[0]))]),
        _ => Some(vec![CopiedBlock::Table(CopiedTable { caption: None, rows })]),
    }
}

/// Whether the first of two cells is the mark of an item, behind which a word processor puts a tab; or nothing, where a
/// paragraph is indented.
fn is_mark(cell: &str) -> bool {
    let cell = cell.trim();
    let is_bullet = cell == "o" || cell.chars().count() < 2 && !cell.contains(char::is_alphanumeric);
    is_bullet || cell.len() < 6 && cell.ends_with(['.', ')'])
}

/// Rows of cells, one line a row, with tabs between cells. A spreadsheet sets quotes around a cell that holds a line end
/// or a tab, and doubles the quotes within; other quotes are the cell's own.
fn rows(plain: &str) -> Vec<Vec<String>> {
    let plain = plain.replace("\r\n", "\n");
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = plain.strip_suffix('\n').unwrap_or(&plain);
    loop {
        let (cell, length) = quoted(rest).unwrap_or_else(|| {
            let length = rest.find(['\t', '\n']).unwrap_or(rest.len());
            (rest[..length].to_owned(), length)
        });
        row.push(cell);
        rest = &rest[length..];
        let mut signs = rest.chars();
        match signs.next() {
            Some('\t') => {}
            Some(_) => rows.push(std::mem::take(&mut row)),
            None => {
                rows.push(row);
                return rows;
            }
        }
        rest = signs.as_str();
    }
}

/// A cell in quotes at the start of a text, and how long it is with them.
fn quoted(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('"')?;
    let mut at = 0;
    loop {
        at += inner[at..].find('"')?;
        if !inner[at + 1..].starts_with('"') {
            break;
        }
        at += 2;
    }
    let ends = inner[at + 1..].chars().next().is_none_or(|c| matches!(c, '\t' | '\n'));
    let cell = &inner[..at];
    let needs = cell.contains(['\n', '\t', '"']);
    (ends && needs).then(|| (cell.replace("\"\"", "\""), at + 2))
}

/// What stands between the quotes that a spreadsheet sets around the only cell.
fn only_cell(plain: &str) -> Option<String> {
    let inner = plain.trim_end_matches(['\r', '\n']).strip_prefix('"')?.strip_suffix('"')?;
    let is_one = inner.contains('\n') && !inner.contains('\t') && !inner.replace("\"\"", "").contains('"');
    is_one.then(|| inner.replace("\"\"", "\""))
}

fn lines(cell: &str, counts: &mut Counts) -> Signs {
    let mut out = Signs::new();
    for (at, line) in cell.replace("\r\n", "\n").split('\n').enumerate() {
        if at > 0 {
            out.push(text::Sign { mark: text::Mark::Break, look: text::SignLook::default() });
        }
        out.extend(plain::signs(line, counts));
    }
    out
}
