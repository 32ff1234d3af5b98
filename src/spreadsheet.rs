//! A schedule's rows -> CSV, for those who work on in a spreadsheet; and back, for the lists of the website.
//!
//! In: [`Row`]s. Out: bytes of RFC 4180 with a byte order mark, by which Excel knows UTF-8. Not here: order and words,
//! which are the printed schedule's.

use crate::output::StepEntry;

/// A row: one step of a schedule, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
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
/// use ccrov::spreadsheet::{Row, read, write}; let row = Row { step: "1", owner: "Counties", task: "Test", warning:
/// None, start: "", end: "10/8/2021", completed: false }; let csv = write([row]);
/// assert!(csv.ends_with(b"1,Counties,Test,,,10/8/2021,Remaining\r\n")); assert_eq!(read(&csv)[0].owner, "Counties");
/// ```
pub fn write<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let head = ["#", "Responsible Entity", "Task", "Warning", "Start", "End", "Status"];
    for record in std::iter::once(head).chain(rows.into_iter().map(record)) {
        csv.write_record(record).expect("rows of one length are written to memory");
    }
    csv.flush().expect("memory takes all bytes");
    drop(csv);
    bytes
}

fn record(row: Row<'_>) -> [&str; 7] {
    let status = if row.completed { "Completed" } else { "Remaining" };
    [row.step, row.owner, row.task, row.warning.unwrap_or_default(), row.start, row.end, status]
}

/// Reads the steps of a schedule that was written as CSV. What is no such row is left out.
pub fn read(csv: &[u8]) -> Vec<StepEntry> {
    let mut rows = csv::Reader::from_reader(csv);
    let step = |row: csv::StringRecord| {
        let cell = |at| row.get(at).map(str::to_owned);
        let completed = row.get(6)? == "Completed";
        Some(StepEntry {
            step: cell(0)?,
            owner: cell(1)?,
            task: cell(2)?,
            start: cell(4)?,
            end: cell(5)?,
            completed,
        })
    };
    rows.records().flatten().filter_map(step).collect()
}
