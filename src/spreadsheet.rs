//! A schedule's rows -> CSV, for those who work on in a spreadsheet; and back, for the lists of the website.
//!
//! In: [`ScheduleView`]. Out: bytes of RFC 4180 with a byte order mark, by which Excel knows UTF-8.
//! Not here: order and words, which are the printed schedule's.

use crate::{
    site::StepEntry,
    template::{ScheduleView, TableRow},
};

/// Writes a schedule as CSV: a head, the remaining steps, the completed ones.
pub fn write(schedule: &ScheduleView) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let remaining = schedule.remaining.iter().map(|row| record(row, "Remaining"));
    let completed = schedule.completed.iter().map(|row| record(row, "Completed"));
    let head = ["#", "Responsible Entity", "Task", "Warning", "Start", "End", "Status"];
    for record in std::iter::once(head).chain(remaining).chain(completed) {
        csv.write_record(record).expect("rows of one length are written to memory");
    }
    csv.flush().expect("memory takes all bytes");
    drop(csv);
    bytes
}

fn record<'r>(row: &'r TableRow, status: &'r str) -> [&'r str; 7] {
    let warning = row.warning.as_deref().unwrap_or_default();
    [&row.step, &row.owner, &row.text, warning, &row.start, &row.end, status]
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
