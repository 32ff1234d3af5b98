//! A schedule's rows -> an .xlsx.
//!
//! In: a [`ScheduleBook`]. Out: the bytes of a workbook of one sheet: a table that Excel, LibreOffice and screen readers know by its heads,
//! with real days and times; all else is text and stays so (`=CLOSED`, `3-4`, `1.10`). The same bytes every time: what a workbook says of
//! its making, the book says. Not here: order and words of the rows.

use chrono::{NaiveDate, Timelike as _};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Table, TableColumn, TableStyle, Workbook,
    Worksheet, XlsxError,
};

use super::ScheduleRow;
use crate::model::DateCell;

/// A schedule that becomes a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleBook<'a> {
    /// What it is called; printed at the head of each page.
    pub title: &'a str,
    /// Who made it: the office.
    pub author: &'a str,
    /// The day of the memo, or of the last delay.
    pub day: NaiveDate,
    /// Its steps.
    pub rows: Vec<BookRow<'a>>,
    /// Whether it has a column of ids, by which a step is known again whatever else changes.
    pub has_ids: bool,
}

/// A row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookRow<'a> {
    /// The step as printed.
    pub row: ScheduleRow<'a>,
    /// The task's id.
    pub id: &'a str,
}

/// The columns: their names and how wide they are.
const COLUMNS: [(&str, u32); 8] = [
    ("#", 7),
    ("Responsible Entity", 22),
    ("Task", 64),
    ("Warning", 28),
    ("Start", 17),
    ("End", 17),
    ("Status", 12),
    ("ID", 22),
];

/// The most that Excel prints at the head of a page.
const LONGEST_HEAD: usize = 200;

/// Writes it.
///
/// ```
/// use ccrov::{spreadsheet::{BookRow, ScheduleBook, ScheduleRow, write_book}, workbook::Workbook};
/// let row = ScheduleRow {
///     step: "1.10", owner: "Counties", task: "=CLOSED", warning: None, start: "N/A", end: "10/8/2021", completed: false,
/// };
/// let day = chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap();
/// let rows = vec![BookRow { row, id: "test" }];
/// let book = ScheduleBook { title: "Schedule", author: "Secretary of State", day, rows, has_ids: false };
/// let rows = Workbook::read(&write_book(&book)).unwrap().sheets[0].rows();
/// assert_eq!(rows[1], ["1.10", "Counties", "=CLOSED", "", "N/A", "10/8/2021", "Remaining"]);
/// ```
pub fn write_book(book: &ScheduleBook<'_>) -> Vec<u8> {
    written(book).expect("a sheet of text and days within Excel's limits is written to memory")
}

fn written(book: &ScheduleBook<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let midnight = ExcelDateTime::parse_from_str(&book.day.format("%Y-%m-%d").to_string())?;
    let about =
        DocProperties::new().set_title(book.title).set_author(book.author).set_creation_datetime(&midnight);
    workbook.set_properties(&about);
    let columns = &COLUMNS[..COLUMNS.len() - usize::from(!book.has_ids)];
    let sheet = workbook.add_worksheet();
    set_up(sheet, book, columns)?;
    rows(sheet, book)?;
    let last = u32::try_from(book.rows.len()).unwrap_or(LAST_ROW).min(LAST_ROW);
    if last > 0 {
        let heads = columns.iter().map(|(name, _)| TableColumn::new().set_header(*name));
        let table = Table::new()
            .set_name("Schedule")
            .set_columns(&heads.collect::<Vec<_>>())
            .set_style(TableStyle::Light1)
            .set_alt_text_title(book.title);
        let right = u16::try_from(columns.len() - 1).unwrap_or_default();
        sheet.add_table(0, 0, last, right, &table)?;
        sheet.ignore_error_range(0, 0, last, right, IgnoreError::NumberStoredAsText)?;
    }
    workbook.save_to_buffer()
}

/// The last row that a sheet has.
const LAST_ROW: u32 = 1_048_575;

/// The page, and the row of heads.
fn set_up(sheet: &mut Worksheet, book: &ScheduleBook<'_>, columns: &[(&str, u32)]) -> Result<(), XlsxError> {
    sheet.set_name("Schedule")?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (at, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(0, at, *name, &head)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(1);
    let title: String = book.title.chars().take(LONGEST_HEAD).collect();
    sheet.set_header(format!("&L{}", title.replace('&', "&&"))).set_footer("&RPage &P of &N");
    Ok(())
}

fn rows(sheet: &mut Worksheet, book: &ScheduleBook<'_>) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    for (at, BookRow { row, id }) in (1..=LAST_ROW).zip(&book.rows) {
        let [step, owner, task, warning, start, end, status] = super::record(*row);
        for (column, said) in [(0, step), (1, owner), (2, task), (3, warning), (6, status)] {
            put(sheet, (at, column), said, &text)?;
        }
        date(sheet, (at, 4), start, &text)?;
        date(sheet, (at, 5), end, &text)?;
        if book.has_ids {
            put(sheet, (at, 7), id, &text)?;
        }
    }
    Ok(())
}

/// Text; a cell cannot have more than Excel takes.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    said: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match said {
        "" => sheet.write_blank(row, column, format)?,
        said => sheet.write_string_with_format(row, column, said, format)?,
    };
    Ok(())
}

/// A day or a time, if that is what is printed; else its text.
fn date(sheet: &mut Worksheet, place: (u32, u16), said: &str, text: &Format) -> Result<(), XlsxError> {
    let shown = |code: &str| {
        Format::new().set_num_format(code).set_align(FormatAlign::Top).set_align(FormatAlign::Left)
    };
    let (number, format) = match said.parse::<DateCell>() {
        Ok(DateCell::Day(day)) if is_known(day) => (serial(day), shown("m/d/yyyy")),
        Ok(DateCell::Moment(day, time)) if is_known(day) => {
            let part = f64::from(time.num_seconds_from_midnight()) / 86_400.0;
            (serial(day) + part, shown("m/d/yyyy h:mm AM/PM"))
        }
        _ => return put(sheet, place, said, text),
    };
    sheet.write_number_with_format(place.0, place.1, number, &format)?;
    Ok(())
}

/// Whether Excel knows a day: it counts from 1900, and has a day in its first February that never was.
fn is_known(day: NaiveDate) -> bool {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31);
    first.is_some_and(|first| first <= day) && last.is_some_and(|last| day <= last)
}

fn serial(day: NaiveDate) -> f64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    day.signed_duration_since(zero).num_days() as f64
}
