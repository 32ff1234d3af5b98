//! The sheets of a spreadsheet's file as tables in a text: a list of contacts, say.
//!
//! In: the bytes of a file. Out: for each sheet that a reader sees, its cells as a table in Markdown, as if they had been pasted; what is to
//! be known of how they were read. Not here: which text it goes into.

use serde::Serialize;

use super::file::unread;
use crate::{
    desk::NotATable,
    paste::{Clipboard, paste},
    workbook::{CellPlace, CellValue, NotAWorkbook, Sheet, Workbook},
};

/// A sheet as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextTable {
    /// The sheet; blank of a .csv.
    pub sheet: String,
    /// The table.
    pub markdown: String,
    /// What is to be known of how the file was read.
    pub told: Vec<String>,
}

/// How many cells a table in a text can have: more than a memo of 200 pages.
const MOST_CELLS: usize = 20_000;

/// The sheets that say something and are not hidden, each as a table.
///
/// # Errors
/// [`NotATable`]: it is no workbook, or no sheet says anything.
pub fn tables_in_text(bytes: &[u8]) -> Result<Vec<TextTable>, NotATable> {
    let book = Workbook::read(bytes).map_err(NotATable::File)?;
    let seen = book.sheets.iter().filter(|sheet| !sheet.is_hidden && !sheet.cells.is_empty());
    let tables: Vec<TextTable> = seen.map(table).collect::<Result<_, _>>()?;
    if tables.is_empty() { Err(NotATable::Blank) } else { Ok(tables) }
}

fn table(sheet: &Sheet) -> Result<TextTable, NotATable> {
    let too_large = NotATable::File(NotAWorkbook::TooLarge("20,000 cells for a table in a memo"));
    let rows = sheet.rows();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_filled = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    let left =
        (0..width).find(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.trim().is_empty())));
    let left = left.unwrap_or_default();
    let filled = rows.iter().enumerate().filter(|(_, row)| is_filled(row));
    let filled: Vec<(usize, &Vec<String>)> = filled.collect();
    if filled.len() * (width - left) > MOST_CELLS {
        return Err(too_large);
    }
    let row = |(at, row): &(usize, &Vec<String>)| {
        let cell = |column: usize| {
            let text = row.get(column).map(String::as_str).unwrap_or_default();
            format!("<td>{}</td>", inside(sheet, (*at, column), text))
        };
        format!("<tr>{}</tr>", (left..width).map(cell).collect::<String>())
    };
    let html = format!("<table>{}</table>", filled.iter().map(row).collect::<String>());
    let pasted = paste(&Clipboard { html: Some(&html), plain: "", into: "" });
    Ok(TextTable { sheet: sheet.name.clone(), markdown: pasted.markdown, told: unread(sheet) })
}

/// What a cell says, as HTML: bold stays bold, and lines stay lines.
fn inside(sheet: &Sheet, (row, column): (usize, usize), text: &str) -> String {
    let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
    let cell = place.and_then(|(row, column)| sheet.cells.get(&CellPlace { row, column }));
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('\n', "<br>")
    };
    match cell.map(|cell| &cell.value) {
        Some(CellValue::Text(runs)) => {
            let run = |run: &crate::workbook::Run| match run.is_bold && !run.text.trim().is_empty() {
                true => format!("<b>{}</b>", escaped(&run.text)),
                false => escaped(&run.text),
            };
            runs.iter().map(run).collect()
        }
        _ => escaped(text),
    }
}
