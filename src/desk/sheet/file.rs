//! The table of a spreadsheet's file as the clipboard that Excel would make of it.
//!
//! In: the bytes of a file; the name of a sheet, if somebody says which. Out: [`FileTable`]: one sheet from its first row on, so that rows
//! keep their numbers; what a clipboard could not say is told. From there on there is one way for both ([`paste_sheet`](super::paste_sheet)).
//! Not here: what its columns have, and what changes.

use super::{
    cells::{SheetCells, written},
    columns::{ColumnMeanings, SheetColumn},
};
use crate::{
    desk::NotATable,
    words::{counted, cut, series},
    workbook::{CellPlace, CellValue, Run, Sheet, SheetCell, Workbook, letters},
};

/// A table of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTable {
    /// The sheet that it is on; blank of a .csv.
    pub sheet: String,
    /// Its cells as a clipboard has them.
    pub text: String,
    /// What is to be known of how the file was read.
    pub told: Vec<String>,
}

/// Reads the sheet of a file that has a table of steps; without one, the only sheet that says anything.
///
/// # Errors
/// [`NotATable`]: it is no workbook, or several sheets could be meant.
pub fn table_of(bytes: &[u8], name: Option<&str>) -> Result<FileTable, NotATable> {
    let book = Workbook::read(bytes).map_err(NotATable::File)?;
    let sheet = chosen(&book, name)?;
    let mut sheet = Sheet { ..sheet.clone() };
    let mut told = unread(&sheet);
    told.extend(with_warnings(&mut sheet));
    let text = written(&sheet.rows());
    Ok(FileTable { sheet: sheet.name, text, told })
}

fn chosen<'b>(book: &'b Workbook, name: Option<&str>) -> Result<&'b Sheet, NotATable> {
    let names = |sheets: &[&Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let all: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.cells.is_empty()).collect();
    if let Some(name) = name {
        let is_it = |sheet: &&Sheet| sheet.name.trim().eq_ignore_ascii_case(name.trim());
        let found = book.sheets.iter().find(is_it);
        return found.ok_or_else(|| NotATable::NoSheet { name: name.to_owned(), sheets: names(&all) });
    }
    let seen: Vec<&Sheet> = all.iter().copied().filter(|sheet| !sheet.is_hidden).collect();
    let tables: Vec<&Sheet> = seen.iter().copied().filter(|sheet| head(sheet).is_some()).collect();
    match (tables.as_slice(), seen.as_slice()) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], []) => Err(NotATable::Blank),
        ([], several) => Err(NotATable::WhichSheet { sheets: names(several), are_tables: false }),
        (several, _) => Err(NotATable::WhichSheet { sheets: names(several), are_tables: true }),
    }
}

/// The row of names, and the columns of tasks and of warnings.
fn head(sheet: &Sheet) -> Option<(u32, u32, Option<usize>)> {
    let cells = SheetCells::read(&written(&sheet.rows()));
    let columns = ColumnMeanings::of(&cells, &[]);
    let task = columns.place(SheetColumn::Task)?;
    Some((u32::try_from(columns.head?).ok()?, u32::try_from(task).ok()?, columns.place(SheetColumn::Warning)))
}

/// What a reader of the sheet sees, or does not, and a clipboard would not say.
pub(super) fn unread(sheet: &Sheet) -> Vec<String> {
    let mut told = Vec::new();
    let (one, many) = (|cell: &str| format!("The cell {cell}"), |cells: &str| format!("The cells {cells}"));
    let named = |places: &[CellPlace]| {
        let shown: Vec<String> = places.iter().take(12).map(CellPlace::to_string).collect();
        let more = places.len() - shown.len();
        let names = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { series(&shown) };
        if places.len() == 1 { one(&names) } else { many(&names) }
    };
    let that = |is: &dyn Fn(&SheetCell) -> bool| -> Vec<CellPlace> {
        sheet.cells.iter().filter(|(_, cell)| is(cell)).map(|(place, _)| *place).collect()
    };
    let are = |places: &[CellPlace]| if places.len() == 1 { "is" } else { "are" };
    let faulty = that(&|cell| matches!(cell.value, CellValue::Fault(_)));
    for place in faulty.iter().take(12) {
        told.push(format!(
            "The cell {place} says “{}”, which nobody can read.",
            cut(&sheet.cells[place].value.to_string(), 40)
        ));
    }
    if faulty.len() > 12 {
        told.push(format!("{} more cells cannot be read.", faulty.len() - 12));
    }
    let struck = that(&|cell| cell.is_struck);
    if !struck.is_empty() {
        told.push(format!(
            "{} {} struck through in the sheet, and read all the same.",
            named(&struck),
            are(&struck)
        ));
    }
    let odd = that(&|cell| matches!(cell.value, CellValue::Number { is_plain: false, .. }));
    if !odd.is_empty() {
        let its = if odd.len() == 1 { "a number in a format" } else { "numbers in formats" };
        told.push(format!(
            "{} {} {its} of Excel that ccrov does not know: look at how it reads here.",
            named(&odd),
            are(&odd)
        ));
    }
    let says = |row: &&u32| {
        sheet.cells.range(CellPlace { row: **row, column: 0 }..).next().is_some_and(|(at, _)| at.row == **row)
    };
    let hidden: Vec<String> =
        sheet.hidden_rows.iter().filter(says).map(|row| (row + 1).to_string()).collect();
    if !hidden.is_empty() {
        let (row, is) = if hidden.len() == 1 { ("Row", "is") } else { ("Rows", "are") };
        let (shown, rest) = hidden.split_at(hidden.len().min(12));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        told.push(format!(
            "{row} {}{more} {is} hidden in the sheet, and read all the same.",
            shown.join(", ")
        ));
    }
    let down =
        sheet.merged.iter().filter(|(first, last)| first.row < last.row && sheet.cells.contains_key(first));
    let down: Vec<CellPlace> = down.map(|(first, _)| *first).collect();
    if !down.is_empty() {
        told.push(format!(
            "{} {} merged over several rows, and read in each of them.",
            named(&down),
            are(&down)
        ));
    }
    if let Some(place) = sheet.beyond() {
        told.push(format!(
            "From the cell {place} on, the sheet goes on farther than a table is read: that is left out."
        ));
    }
    told
}

/// Puts bold capitals at the end of a task into a column of warnings, if the sheet has none, and says where.
fn with_warnings(sheet: &mut Sheet) -> Option<String> {
    let (row, column, None) = head(sheet)? else { return None };
    let last = sheet.cells.keys().filter(|place| place.row >= row).map(|place| place.column).max()?;
    let is_task = |place: &CellPlace| place.column == column && place.row > row;
    let tasks: Vec<CellPlace> = sheet.cells.keys().copied().filter(is_task).collect();
    let mut found = Vec::new();
    for place in tasks {
        let Some((task, warning)) = warning(&sheet.cells[&place].value) else { continue };
        let of = |text: &str| {
            let value = CellValue::Text(vec![Run { text: text.to_owned(), is_bold: false }]);
            SheetCell { value, is_struck: false }
        };
        let cells = [(place, of(&task)), (CellPlace { column: last + 1, ..place }, of(&warning))];
        sheet.cells.extend(cells);
        found.push(place.row + 1);
    }
    let rows: Vec<String> = found.iter().map(u32::to_string).collect();
    let name = CellValue::Text(vec![Run { text: "Warning".to_owned(), is_bold: true }]);
    let of_head = (CellPlace { row, column: last + 1 }, SheetCell { value: name, is_struck: false });
    (!rows.is_empty()).then(|| {
        sheet.cells.extend([of_head]);
        let row = if rows.len() == 1 { "row" } else { "rows" };
        format!(
            "Bold capitals in column {} are read as {}: {row} {}.",
            letters(column),
            warnings(rows.len()),
            series(&rows)
        )
    })
}

fn warnings(count: usize) -> String {
    if count == 1 { "a warning".to_owned() } else { counted(count, "warning") }
}

/// A cell's words and its warning, if it ends with bold capitals that others are not.
fn warning(value: &CellValue) -> Option<(String, String)> {
    let CellValue::Text(runs) = value else { return None };
    let is_plain = |run: &Run| !run.is_bold && !run.text.trim().is_empty();
    let begin = runs.iter().rposition(is_plain)? + 1;
    let words = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let (task, warning) = (words(&runs[..begin]), words(&runs[begin..]));
    let warning = warning.trim().trim_start_matches(['–', '—', '-']).trim_start();
    let task = task.trim().trim_end_matches(['–', '—', '-']).trim_end();
    let letters = || warning.chars().filter(|sign| sign.is_alphabetic());
    let is_loud = letters().count() > 3 && letters().all(|letter| !letter.is_lowercase());
    (is_loud && !task.is_empty()).then(|| (task.to_owned(), warning.to_owned()))
}
