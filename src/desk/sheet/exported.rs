//! The steps of a release as a workbook.
//!
//! In: a snapshot, a release. Out: the bytes of an .xlsx whose rows have the ids of their tasks, so that each is known again. Not here:
//! where it goes.

use super::known::{KnownRelease, KnownStep};
use crate::{
    desk::Refused,
    folder::Snapshot,
    spreadsheet::{BookRow, ScheduleBook, ScheduleRow, write_book},
};

/// The steps of a release in its latest plan, as an Excel file.
///
/// # Errors
/// [`Refused`]: there is no such release, or its dates have faults.
pub fn exported_steps(snapshot: &Snapshot, release: &str) -> Result<Vec<u8>, Refused> {
    let known = KnownRelease::of(snapshot, release)?;
    let dates: Vec<[String; 2]> = known.steps.iter().map(dates).collect();
    let rows = known.steps.iter().zip(&dates).map(|(step, dates)| row(step, dates)).collect();
    let (title, author, day) = (&*known.name, &*known.author, known.as_of);
    Ok(write_book(&ScheduleBook { title, author, day, rows, has_ids: true }))
}

fn dates(step: &KnownStep) -> [String; 2] {
    [0, 1].map(|edge: usize| step.dates[edge].cell.to_string())
}

fn row<'k>(step: &'k KnownStep, [start, end]: &'k [String; 2]) -> BookRow<'k> {
    let row = ScheduleRow {
        step: &step.numbers[0],
        owner: &step.owners_printed,
        task: &step.texts[0],
        warning: step.warnings.first().map(String::as_str),
        start,
        end,
        completed: step.is_completed,
    };
    BookRow { row, id: &step.id }
}
