//! A schedule for those who work on in a spreadsheet: its rows as CSV and as an Excel file.
//!
//! In: the printed schedule. Out: both files; the rows for the lists of the website. Not here: how a spreadsheet is written.

use super::run::MemoRun;
use crate::{
    output::{Form, Piece},
    spreadsheet::{self, BookRow, ScheduleBook, ScheduleRow},
    template::{ScheduleView, StepRow},
};

impl MemoRun<'_> {
    /// Adds both.
    pub fn spreadsheets(&mut self, schedule: &ScheduleView, title: &str) {
        let csv = spreadsheet::write(rows(schedule).map(|book| book.row));
        self.entry.schedule = spreadsheet::read(&csv);
        for (step, row) in self.entry.schedule.iter_mut().zip(rows(schedule)) {
            step.id = row.id.parse().ok();
        }
        // A page says how large it is.
        if self.job.forms.iter().any(|form| matches!(form, Form::Xlsx | Form::Html)) {
            let author = &self.rendered.publisher;
            let rows = rows(schedule).collect();
            let book = ScheduleBook { title, author, day: self.memo.date, rows, has_ids: false };
            self.put(Piece::Schedule, Form::Xlsx, spreadsheet::write_book(&book), None);
        }
        self.put(Piece::Schedule, Form::Csv, csv, None);
    }
}

/// The rows in their order: what remains, then what is completed.
fn rows(schedule: &ScheduleView) -> impl Iterator<Item = BookRow<'_>> {
    fn row(row: &StepRow, completed: bool) -> BookRow<'_> {
        let printed = ScheduleRow {
            step: &row.step,
            owner: &row.owner,
            task: &row.text,
            warning: row.warning.as_deref(),
            start: &row.dates[0],
            end: &row.dates[1],
            completed,
        };
        BookRow { row: printed, id: &row.id }
    }
    let remaining = schedule.remaining.iter().map(|step| row(step, false));
    remaining.chain(schedule.completed.iter().map(|step| row(step, true)))
}
