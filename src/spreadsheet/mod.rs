//! A schedule's rows -> CSV, or an .xlsx ([`write_book`]), for those who work on in a spreadsheet; CSV back, for the lists of the website.
//!
//! In: [`ScheduleRow`]s. Out: bytes of RFC 4180 with a byte order mark, by which Excel knows UTF-8. A cell that a
//! spreadsheet would take for a formula has an apostrophe in front, which is no part of it when it is read back. Not
//! here: order and words, which are the printed schedule's.

mod book;

use std::borrow::Cow;

pub use book::{BookRow, ScheduleBook, write_book};

use crate::output::StepEntry;

/// A row: one step of a schedule, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleRow<'a> {
    /// The printed step: "6a".
    pub step: &'a str,
    /// Who is responsible.
    pub owner: &'a str,
    /// What is to be done.
    pub task: &'a str,
    /// What must not be overlooked.
    pub warning: Option<&'a str>,
    /// When it starts; empty if it has no start.
    pub start: &'a str,
    /// When it ends.
    pub end: &'a str,
    /// Whether it is done.
    pub completed: bool,
}

/// Writes a schedule as CSV: a head, then the rows in their order.
///
/// ```
/// use ccrov::spreadsheet::{ScheduleRow, read, write};
/// let (step, owner, task) = ("1", "Counties", "Test");
/// let row = ScheduleRow { step, owner, task, warning: None, start: "", end: "10/8/2021", completed: false };
/// let csv = write([row]);
/// assert!(csv.ends_with(b"1,Counties,Test,,,10/8/2021,Remaining\r\n"));
/// assert_eq!(read(&csv)[0].owner, "Counties");
/// ```
pub fn write<'a>(rows: impl IntoIterator<Item = ScheduleRow<'a>>) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let head = ["#", "Responsible Entity", "Task", "Warning", "Start", "End", "Status"];
    for record in std::iter::once(head).chain(rows.into_iter().map(record)) {
        csv.write_record(record.map(guarded).iter().map(|cell| cell.as_bytes()))
            .expect("rows of one length are written to memory");
    }
    csv.flush().expect("memory takes all bytes");
    drop(csv);
    bytes
}

fn record(row: ScheduleRow<'_>) -> [&str; 7] {
    let status = if row.completed { "Completed" } else { "Remaining" };
    [row.step, row.owner, row.task, row.warning.unwrap_or_default(), row.start, row.end, status]
}

/// Reads the steps of a schedule that was written as CSV. What is no such row is left out.
pub fn read(csv: &[u8]) -> Vec<StepEntry> {
    let mut rows = csv::Reader::from_reader(csv);
    let step = |row: csv::StringRecord| {
        let cell = |at| row.get(at).map(|cell| unguarded(cell).to_owned());
        let completed = row.get(6)? == "Completed";
        Some(StepEntry {
            id: None,
            step: cell(0)?,
            owner: cell(1)?,
            task: cell(2)?,
            warning: cell(3).filter(|warning| !warning.is_empty()),
            start: cell(4)?,
            end: cell(5)?,
            completed,
        })
    };
    rows.records().flatten().filter_map(step).collect()
}

/// Whether a spreadsheet would compute a cell, with or without apostrophes in front.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell as it is written: nothing in it is computed.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell that was written so, as it was before.
///
/// ```
/// use ccrov::spreadsheet::unguarded;
/// assert_eq!((unguarded("'=1+1"), unguarded("'70s")), ("=1+1", "'70s"));
/// ```
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|cell| is_formula(cell)).unwrap_or(cell)
}
