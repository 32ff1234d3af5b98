//! A spreadsheet's clipboard and the steps of a release: what is new, changed and gone, what nobody can tell, and the release with what
//! somebody takes of it; the steps as a spreadsheet pastes them.
//!
//! In: a snapshot, a release, a clipboard, answers. Out: a plan whose report shows every change and question before anything is written.
//! Not here: how the page looks.

mod answers;
mod cells;
mod changes;
mod columns;
mod copied;
mod day;
mod edits;
mod exported;
mod file;
mod in_text;
mod known;
mod moved;
mod new_steps;
mod pair;
mod questions;
mod report;
mod rows;
mod who;
mod with_delay;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use answers::{OwnerAnswer, RowAnswer};
pub use columns::SheetColumn;
pub(super) use columns::is_task_table;
pub use copied::copied_steps;
pub use exported::exported_steps;
pub use file::{FileTable, table_of};
pub use in_text::{TextTable, tables_in_text};
pub use moved::{SheetMilestone, SheetMoves, sheet_moves};
pub use report::{
    ChangeKind, ColumnChoice, DateQuestion, OwnerQuestion, RowQuestion, SheetChange, SheetReport,
};

pub use with_delay::slip_with_sheet;

use super::{
    Refused, SourceFile,
    fields::{editable, release_errors},
};
use crate::{
    diagnostic::{self, Findings},
    folder::{Edits, Plan, Snapshot},
    words::{counted, series},
};
use cells::SheetCells;
use changes::{DATES, SheetComparison, WantedChange, compared};
use columns::ColumnMeanings;
use edits::edited;
use known::KnownRelease;
use pair::pairs;
use rows::Rows;
use who::Owners;

/// How many rows a table of steps can have: a release of many years has 200.
const MOST_ROWS: usize = 1000;

/// A clipboard that is to be taken over into a release.
#[derive(Debug, Clone, Default)]
pub struct SheetRequest {
    /// The release, by the name of its file.
    pub release: String,
    /// What a spreadsheet put on the clipboard.
    pub text: String,
    /// What was found when the text was read from a file ([`FileTable::told`]).
    pub told: Vec<String>,
    /// What each column has, if its names do not say it; none of a column that is left out.
    pub columns: Vec<Option<SheetColumn>>,
    /// Whom names mean that nobody knows, by the names; of rows without a name, by a blank one.
    pub owners: BTreeMap<String, OwnerAnswer>,
    /// What a row is that could be several steps, by its line in the sheet.
    pub rows: BTreeMap<usize, RowAnswer>,
    /// What is typed in the place of a date that cannot be read, by the line in the sheet and the column.
    pub dates: BTreeMap<(usize, SheetColumn), String>,
    /// The changes that somebody saw, by their keys. What nobody saw is taken as it is offered.
    pub seen: BTreeSet<String>,
    /// Those of them that are taken.
    pub taken: BTreeSet<String>,
}

/// Plans to take a clipboard over into the steps of a release. As long as it is not known which column has what, or nothing is taken,
/// nothing is planned.
///
/// # Errors
/// [`Refused`]: there is no such release, its dates have faults, the clipboard is more than a table of steps, or an edit cannot be put
/// into the file in the way it is written.
pub fn paste_sheet(snapshot: &Snapshot, wish: &SheetRequest) -> Result<Plan<SheetReport>, Refused> {
    let known = KnownRelease::of(snapshot, &wish.release)?;
    let cells = SheetCells::read(&wish.text);
    let rows = cells.filled_rows();
    if rows > MOST_ROWS {
        return Err(Refused::TooManyRows { rows, most: MOST_ROWS });
    }
    let columns = ColumnMeanings::of(&cells, &wish.columns);
    let source = editable(snapshot, &SourceFile::Release(known.id.clone()))?;
    let name = snapshot.sources.get(source).name.clone();
    let mut report = SheetReport::begin(&known, &cells, &columns);
    report.told.extend(wish.told.iter().cloned());
    if !columns.are_known() {
        return Ok(Plan::nothing(report));
    }
    let sheet = SheetReading::read(&cells, &columns, &known, wish);
    let SheetComparison { mut wanted, questions, told } = compared(&sheet, &known, wish);
    let changed = |wanted: &[WantedChange]| {
        let mut edits = Edits::of(snapshot);
        edited(&mut edits, source, &known, &sheet, wanted, wish).map(|()| edits)
    };
    let mut edits = changed(&wanted)?;
    // First what somebody takes by hand, then what rules find by then: what agrees with the sheet needs no change.
    if let Ok(then) = KnownRelease::of(&edits.snapshot, &wish.release) {
        let by_hand = changes::by_rules(&sheet, &known, &then, wish);
        wanted.extend(by_hand.into_iter().filter(|one| one.change.is_taken));
        if wanted.iter().any(|one| one.change.is_taken && one.change.kind == ChangeKind::Computed) {
            edits = changed(&wanted)?;
        }
    }
    if let Ok(then) = KnownRelease::of(&edits.snapshot, &wish.release) {
        let left = changes::by_rules(&sheet, &known, &then, wish);
        wanted.extend(left.into_iter().filter(|one| !one.change.is_taken));
        report.told.extend(sheet.followers(&known, &then));
    }
    wanted.sort_by_key(|one| one.order);
    let (mut faults, _) = release_errors(&edits.snapshot, &known.id);
    diagnostic::leave_out(&mut faults, &release_errors(snapshot, &known.id).0);
    report.findings = Findings { faults, sources: edits.snapshot.sources.clone() };
    report.told.extend(told.into_iter().chain(sheet.told.iter().cloned()));
    report.same = sheet.steps_unchanged(&wanted);
    report.questions(questions);
    report.changes = wanted.into_iter().map(|one| one.change).collect();
    report.taken = report.changes.iter().filter(|change| change.is_taken).count();
    if report.taken == 0 || !report.findings.faults.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let what = format!("desk: {} from a spreadsheet in {name}", counted(report.taken, "change"));
    Ok(Plan::of_sources(what, report, edits.files()?))
}

/// A sheet whose rows are known.
struct SheetReading<'s> {
    rows: Vec<rows::SheetRow>,
    is: Vec<pair::RowIs>,
    owners: Owners<'s>,
    told: Vec<String>,
    /// In which columns of the sheet what stands.
    places: [Option<usize>; SheetColumn::ALL.len()],
}

impl<'s> SheetReading<'s> {
    fn read(
        cells: &SheetCells,
        columns: &ColumnMeanings,
        known: &'s KnownRelease,
        wish: &'s SheetRequest,
    ) -> SheetReading<'s> {
        let typed = |line, column| wish.dates.get(&(line, column)).map(String::as_str);
        let Rows { mut rows, told } = Rows::of(cells, columns, typed);
        rows.iter_mut().for_each(|row| row.in_words(&known.tbd));
        let mut is = pairs(&rows, &known.steps, &wish.rows);
        for (row, is) in rows.iter().zip(&mut is).filter(|(_, is)| **is == pair::RowIs::New) {
            if known.milestone_named(row).is_some() {
                *is = pair::RowIs::LeftOut;
            }
        }
        let places = SheetColumn::ALL.map(|column| columns.place(column));
        let mut sheet = SheetReading { rows, is, owners: Owners::of(known, &wish.owners), told, places };
        sheet.told.extend(sheet.milestone_words(known));
        sheet.told.extend(sheet.order_words(known));
        sheet.told.extend(sheet.status_words(known));
        sheet
    }

    /// The name of a cell: "E7".
    fn place(&self, column: SheetColumn, line: usize) -> String {
        let letter = self.places[column as usize].map(rows::letter).unwrap_or_default();
        format!("{letter}{line}")
    }

    /// The rows that are milestones of the release, by their places there.
    fn milestones(&self, known: &KnownRelease) -> impl Iterator<Item = (&rows::SheetRow, usize)> {
        let left_out = self.rows.iter().zip(&self.is).filter(|(_, is)| **is == pair::RowIs::LeftOut);
        left_out.filter_map(|(row, _)| Some((row, known.milestone_named(row)?)))
    }

    /// That milestones do not move among the steps.
    fn milestone_words(&self, known: &KnownRelease) -> Option<String> {
        let names: Vec<String> = self
            .milestones(known)
            .map(|(row, _)| format!("“{}”", row.cell(SheetColumn::Task).unwrap_or_default()))
            .collect();
        let (is, its) = if names.len() == 1 {
            ("is a milestone", "its date is")
        } else {
            ("are milestones", "their dates are")
        };
        let words = "A date has moved changes that";
        (!names.is_empty())
            .then(|| format!("{} {is} of the release: {its} not changed here. {words}.", series(&names)))
    }

    /// The rows that are steps of the release.
    fn steps<'k>(
        &self,
        known: &'k KnownRelease,
    ) -> impl Iterator<Item = (&rows::SheetRow, &'k known::KnownStep)> {
        self.rows.iter().zip(&self.is).filter_map(|(row, is)| match is {
            pair::RowIs::Step(at) => Some((row, &known.steps[*at])),
            _ => None,
        })
    }

    /// That the sheet has its steps in another order, if it has.
    fn order_words(&self, known: &KnownRelease) -> Option<String> {
        let places: Vec<usize> = self.steps(known).map(|(_, step)| step.at).collect();
        let words = "The sheet has its steps in another order. The order of the release stays.";
        (!places.is_sorted()).then(|| words.to_owned())
    }

    /// That the sheet has steps as completed which are not so far.
    fn status_words(&self, known: &KnownRelease) -> Option<String> {
        let differs = |(row, step): &(&rows::SheetRow, &known::KnownStep)| {
            row.is_completed == Some(true) && !step.is_completed
        };
        let steps: Vec<String> =
            self.steps(known).filter(differs).map(|(_, step)| step.numbers[0].clone()).collect();
        let what = if steps.len() == 1 { "step" } else { "steps" };
        let words = "A step is completed when its last day is over on the day of a memo, so nothing is written for that.";
        (!steps.is_empty()).then(|| format!("The sheet has {what} {} as completed. {words}", series(&steps)))
    }

    /// How many steps are as the sheet says.
    fn steps_unchanged(&self, wanted: &[WantedChange]) -> usize {
        let lines: BTreeSet<usize> = wanted.iter().filter_map(|one| one.change.line).collect();
        let steps = self.rows.iter().zip(&self.is).filter(|(_, is)| matches!(is, pair::RowIs::Step(_)));
        steps.filter(|(row, _)| !lines.contains(&row.line)).count()
    }

    /// Which dates come to be what the sheet says because they follow others.
    fn followers(&self, known: &KnownRelease, then: &KnownRelease) -> Option<String> {
        let follows = |(row, step): &(&rows::SheetRow, &known::KnownStep)| {
            let later = then.steps.iter().find(|later| later.id == step.id);
            DATES.into_iter().any(|(edge, column, _)| {
                let is_rule = !matches!(step.dates[edge].kind, known::DateKind::Written);
                let (was, says) = (&step.dates[edge].cell, row.date(column));
                let is = later.map(|later| &later.dates[edge].cell);
                is_rule && says.is_some() && says != Some(was) && says == is
            })
        };
        let steps: Vec<String> =
            self.steps(known).filter(follows).map(|(_, step)| step.numbers[0].clone()).collect();
        let numbers = series(&steps);
        match steps.len() {
            0 => None,
            1 => Some(format!(
                "Step {numbers} follows what changes, and is then when the sheet says: no date is written there."
            )),
            _ => Some(format!(
                "Steps {numbers} follow what changes, and are then when the sheet says: no date is written there."
            )),
        }
    }
}
