//! What a sheet would change, and what is to be asked of it, for a page.
//!
//! Not here: finding it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    cells::SheetCells,
    columns::{ColumnMeanings, SheetColumn},
    known::KnownRelease,
    rows::letter,
};
use crate::{diagnostic::Findings, words::cut};

/// How many characters of a task's text are shown.
pub(super) const WIDTH: usize = 96;

/// What a sheet would change.
#[derive(Debug, Default, Serialize)]
pub struct SheetReport {
    /// The columns of the sheet.
    pub columns: Vec<ColumnChoice>,
    /// Whether nobody can tell which column has the tasks: then nothing is compared.
    pub asks_columns: bool,
    /// Whether a column may have warnings, and nobody can tell.
    pub asks_warnings: bool,
    /// How many rows the sheet has.
    pub rows: usize,
    /// What changes, in the order of the sheet; then what is gone.
    pub changes: Vec<SheetChange>,
    /// How many changes are taken.
    pub taken: usize,
    /// How many steps are as the sheet says.
    pub same: usize,
    /// Names that nobody knows.
    pub owners: Vec<OwnerQuestion>,
    /// Rows that could be several steps.
    pub open_rows: Vec<RowQuestion>,
    /// Dates that cannot be read.
    pub dates: Vec<DateQuestion>,
    /// What is to be known besides: what is left out, and how something was read.
    pub told: Vec<String>,
    /// Who can be responsible, by their ids and printed names.
    pub entities: Vec<(String, String)>,
    /// What would be wrong with the release. As long as there is anything, nothing is written.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// A column of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnChoice {
    /// "A".
    pub letter: String,
    /// What stands first in it.
    pub example: String,
    /// What it has.
    pub is: Option<SheetColumn>,
    /// Whether nobody can tell if it has warnings.
    pub is_asked: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetChange {
    /// Its name in forms: "5 start", "gone task-4".
    pub key: String,
    /// What kind of change.
    pub kind: ChangeKind,
    /// The line of the sheet, from 1; none of a step that the sheet has not.
    pub line: Option<usize>,
    /// "Step 6a"; "Row 7" of a new one without a number.
    pub step: String,
    /// What is to be done there.
    pub task: String,
    /// The cell that changes: "Start"; of a whole step nothing.
    pub cell: String,
    /// What stands there; nothing of a new step.
    pub was: String,
    /// What comes to stand there; nothing of one that is gone.
    pub becomes: String,
    /// What is to be known before it is taken.
    pub note: Option<String>,
    /// Whether it can be taken at all; else its note says why not.
    pub can_be_taken: bool,
    /// Whether it is taken.
    pub is_taken: bool,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A step that the release has not.
    New,
    /// A cell says something else.
    Changed,
    /// The plan finds another date, or fills a text in: to take it is to write it by hand.
    Computed,
    /// A step that the sheet has not.
    Gone,
}

/// A name that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerQuestion {
    /// As the sheet has it; blank of rows that name nobody.
    pub name: String,
    /// The lines of the sheet.
    pub lines: Vec<usize>,
    /// What was answered, by its key; blank as long as nothing was.
    pub answer: String,
}

/// A row that could be several steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowQuestion {
    /// Its line in the sheet.
    pub line: usize,
    /// What it says.
    pub says: String,
    /// The steps that it could be: ids, and what they are called.
    pub steps: Vec<(String, String)>,
    /// What was answered, by its key; blank as long as nothing was.
    pub answer: String,
    /// Why the answer cannot be: "Step 6 is row 4 already."
    pub wrong: String,
}

/// A date that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateQuestion {
    /// Its line in the sheet.
    pub line: usize,
    /// Its column.
    pub column: SheetColumn,
    /// Where it stands: "E7".
    pub place: String,
    /// "Start of step 6a".
    pub cell: String,
    /// What stands there.
    pub says: String,
    /// What was typed in its place.
    pub answer: String,
    /// Whether that cannot be read either, or nothing was typed.
    pub is_open: bool,
}

/// What is to be asked.
#[derive(Default)]
pub(super) struct Questions {
    pub owners: BTreeMap<String, OwnerQuestion>,
    pub rows: Vec<RowQuestion>,
    pub dates: Vec<DateQuestion>,
}

impl SheetReport {
    pub(super) fn begin(known: &KnownRelease, cells: &SheetCells, columns: &ColumnMeanings) -> SheetReport {
        let shown = |(at, is): (usize, &Option<SheetColumn>)| {
            let example = cells.rows.iter().find_map(|row| row.get(at).filter(|cell| !cell.is_empty()));
            let example = cut(&example.cloned().unwrap_or_default().replace('\n', " "), 40);
            ColumnChoice { letter: letter(at), example, is: *is, is_asked: columns.asked.contains(&at) }
        };
        SheetReport {
            columns: columns.meanings.iter().enumerate().map(shown).collect(),
            asks_columns: !columns.are_known(),
            asks_warnings: !columns.asked.is_empty(),
            rows: cells.filled_rows(),
            entities: known.entities.clone(),
            ..SheetReport::default()
        }
    }

    pub(super) fn questions(&mut self, questions: Questions) {
        self.owners = questions.owners.into_values().collect();
        self.open_rows = questions.rows;
        self.dates = questions.dates;
    }

    /// How many questions are open: what they ask about is not taken.
    pub fn open_questions(&self) -> usize {
        let owners = self.owners.iter().filter(|question| question.answer.is_empty()).count();
        let rows = self.open_rows.iter().filter(|question| question.answer.is_empty()).count();
        owners + rows + self.dates.iter().filter(|question| question.is_open).count()
    }

    /// Whether the sheet says what the release says.
    pub fn is_nothing(&self) -> bool {
        self.changes.is_empty() && self.open_questions() == 0 && !self.asks_columns && self.rows > 0
    }
}
