//! A .csv -> a workbook of one sheet.
//!
//! In: text. Out: its cells as text; whether a comma, a semicolon or a tab parts them, the first line that has any says. Not here: what a
//! cell means.

use csv::ReaderBuilder;

use super::{CellPlace, CellValue, LAST, MOST_CELLS, NotAWorkbook, Sheet, SheetCell, Workbook};
use crate::spreadsheet::unguarded;

/// Reads it.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, NotAWorkbook> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|_| NotAWorkbook::NotUtf8)?;
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(parting(text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut next = 0;
    for row in rows.records() {
        let row = row.map_err(|_| NotAWorkbook::NotUtf8)?;
        // Blank lines before a row are rows of the sheet, too.
        let begin = row.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
        let begins = text.get(begin..).unwrap_or_default();
        // The reader stands between the two signs of a line end.
        let begins = if text.get(..begin).is_some_and(|before| before.ends_with('\r')) {
            begins.strip_prefix('\n').unwrap_or(begins)
        } else {
            begins
        };
        let blank = begins.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank = blank.filter(|byte| *byte == b'\n').count();
        let line = (next + u32::try_from(blank).unwrap_or(LAST.row)).min(LAST.row);
        next = line + 1;
        for (column, cell) in (0..=LAST.column).zip(row.iter()) {
            if !cell.trim().is_empty() {
                let value = CellValue::plain(unguarded(cell), false);
                sheet.cells.insert(CellPlace { row: line, column }, SheetCell { value, is_struck: false });
            }
        }
        if sheet.cells.len() > MOST_CELLS {
            return Err(NotAWorkbook::TooLarge("200,000 cells"));
        }
    }
    Ok(Workbook { sheets: vec![sheet] })
}

/// What parts the cells: what the first line that is not blank has most of.
fn parting(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| line.bytes().filter(|byte| *byte == sign).count();
    let most = b",;\t".iter().rev().max_by_key(|sign| count(**sign));
    most.copied().unwrap_or(b',')
}
