//! What a sheet says otherwise than the release.
//!
//! In: rows with what they are, the release. Out: [`WantedChange`]s, each with what it is to do to the file; what is to be asked. A date
//! that the plan finds is no change while it is what the sheet says. Not here: the file.

use super::{
    SheetReading, SheetRequest,
    columns::SheetColumn,
    known::{DateKind, KnownDate, KnownRelease, KnownStep},
    pair::RowIs,
    questions::questions,
    report::{ChangeKind, Questions, SheetChange, WIDTH},
    rows::SheetRow,
};
use crate::{
    model::{DateCell, Span, Unit},
    words::{as_read, cut},
    yaml::edit::Value,
};

/// A change, and what it does to the file.
pub(super) struct WantedChange {
    pub change: SheetChange,
    pub edit: StepEdit,
    /// Where it stands among the others: the line and the column; what is gone comes last.
    pub order: (usize, usize),
}

/// What a change does to the file.
pub(super) enum StepEdit {
    /// A key of a task says something else; without a value it goes.
    Set { at: usize, key: &'static str, value: Option<Value>, without: Option<&'static str> },
    /// A task comes, by the place of its row.
    New { row: usize, keys: Vec<(String, Value)> },
    /// A task goes.
    Gone { at: usize },
    /// Nothing can be done here.
    Nothing,
}

/// What a sheet says otherwise than the release, but for the dates that the plan finds.
pub(super) struct SheetComparison {
    pub wanted: Vec<WantedChange>,
    pub questions: Questions,
    pub told: Vec<String>,
}

/// The two columns of dates, with their keys in a file.
pub(super) const DATES: [(usize, SheetColumn, &str); 2] =
    [(0, SheetColumn::Start, "start"), (1, SheetColumn::End, "end")];

/// Compares them.
pub(super) fn compared(
    sheet: &SheetReading<'_>,
    known: &KnownRelease,
    wish: &SheetRequest,
) -> SheetComparison {
    let questions = questions(sheet, known, wish);
    let mut found = Comparing { sheet, known, wish, wanted: Vec::new(), told: Vec::new() };
    for (row, step) in sheet.steps(known) {
        found.step(row, step);
    }
    found.new_steps();
    found.gone();
    let Comparing { mut wanted, mut told, .. } = found;
    wanted.sort_by_key(|one| one.order);
    told.extend(double_numbers(&wanted, known));
    SheetComparison { wanted, questions, told }
}

/// The dates that the plan finds otherwise than the sheet says them; `then` is the release with the other changes.
pub(super) fn by_rules(
    sheet: &SheetReading<'_>,
    known: &KnownRelease,
    then: &KnownRelease,
    wish: &SheetRequest,
) -> Vec<WantedChange> {
    let mut wanted = Vec::new();
    for (row, step) in sheet.steps(known) {
        let Some(later) = then.steps.iter().find(|later| later.id == step.id) else { continue };
        for (edge, column, key) in DATES {
            let KnownDate { cell, kind, reason, .. } = &later.dates[edge];
            let Some(says) = row.date(column).filter(|says| *says != cell) else { continue };
            if !matches!(kind, DateKind::Rule | DateKind::Takes) {
                continue;
            }
            let note = format!(
                "The plan finds {}: {reason}. Taken, the sheet’s date is written by hand and follows nothing.",
                shown(cell)
            );
            let change = change(row, step, column, cell.to_string(), says.to_string());
            let change = SheetChange { kind: ChangeKind::Computed, note: Some(note), ..change };
            let without = (*kind == DateKind::Takes).then_some("takes");
            let edit = StepEdit::Set { at: step.at, key, value: date_value(says), without };
            wanted.push(WantedChange {
                change: taken(change, wish),
                edit,
                order: (row.line, column as usize),
            });
        }
    }
    wanted
}

fn shown(cell: &DateCell) -> String {
    if *cell == DateCell::Empty { "no date".to_owned() } else { cell.to_string() }
}

/// A release and a sheet that are being compared.
pub(super) struct Comparing<'c> {
    pub sheet: &'c SheetReading<'c>,
    pub known: &'c KnownRelease,
    wish: &'c SheetRequest,
    wanted: Vec<WantedChange>,
    pub told: Vec<String>,
}

impl Comparing<'_> {
    pub fn add(&mut self, change: SheetChange, edit: StepEdit, order: (usize, usize)) {
        self.wanted.push(WantedChange { change: taken(change, self.wish), edit, order });
    }

    /// The cells of a step.
    fn step(&mut self, row: &SheetRow, step: &KnownStep) {
        self.number(row, step);
        if let Some(ids) = row.filled(SheetColumn::Who).and_then(|cell| self.sheet.owners.ids(cell).ok())
            && ids != step.owners
        {
            let becomes = self.sheet.owners.printed(&ids);
            let value = one_or_all(ids);
            self.set(
                row,
                step,
                (SheetColumn::Who, "owners"),
                (step.owners_printed.clone(), becomes),
                Some(value),
            );
        }
        self.text(row, step, (SheetColumn::Task, "text"), &step.texts);
        self.text(row, step, (SheetColumn::Warning, "warning"), &step.warnings);
        for (edge, column, key) in DATES {
            self.date(row, step, &step.dates[edge], (column, key));
        }
        self.days(row, step);
    }

    fn set(
        &mut self,
        row: &SheetRow,
        step: &KnownStep,
        (column, key): (SheetColumn, &'static str),
        (was, becomes): (String, String),
        value: Option<Value>,
    ) {
        let change = change(row, step, column, was, becomes);
        let edit = StepEdit::Set { at: step.at, key, value, without: None };
        self.add(change, edit, (row.line, column as usize));
    }

    fn number(&mut self, row: &SheetRow, step: &KnownStep) {
        let Some(number) =
            row.filled(SheetColumn::Step).filter(|number| !step.numbers.iter().any(|is| is == number))
        else {
            return;
        };
        let both = (step.numbers[0].clone(), number.to_owned());
        if step.is_renumbered {
            let note = "A delay gave this step its number. Change it in the file.".to_owned();
            let change = SheetChange {
                note: Some(note),
                can_be_taken: false,
                ..change(row, step, SheetColumn::Step, both.0, both.1)
            };
            self.add(change, StepEdit::Nothing, (row.line, 0));
        } else {
            let value = Value::Text(number.to_owned());
            self.set(row, step, (SheetColumn::Step, "step"), both, Some(value));
        }
    }

    fn text(
        &mut self,
        row: &SheetRow,
        step: &KnownStep,
        place: (SheetColumn, &'static str),
        texts: &[String],
    ) {
        let Some(says) = row.cell(place.0) else { return };
        let is_said =
            texts.iter().any(|text| as_read(text) == as_read(says)) || texts.is_empty() && says.is_empty();
        // A step has a text; a sheet that leaves it blank says nothing of it.
        if is_said || says.is_empty() && place.0 == SheetColumn::Task {
            return;
        }
        let was = texts.first().cloned().unwrap_or_default();
        let is_filled_in = texts.iter().any(|text| text.contains("{{") || text.contains("{%"));
        let value = Some(Value::Text(says.to_owned())).filter(|_| !says.is_empty());
        let change = change(row, step, place.0, was, says.to_owned());
        let change = match is_filled_in {
            false => change,
            true => SheetChange {
                kind: ChangeKind::Computed,
                note: Some("The release fills a date or a name into this text. Taken, it says the sheet’s words, whatever moves.".to_owned()),
                ..change
            },
        };
        let edit = StepEdit::Set { at: step.at, key: place.1, value, without: None };
        self.add(change, edit, (row.line, place.0 as usize));
    }

    fn date(
        &mut self,
        row: &SheetRow,
        step: &KnownStep,
        is: &KnownDate,
        (column, key): (SheetColumn, &'static str),
    ) {
        let Some(says) = row.date(column).filter(|says| **says != is.cell) else { return };
        let both = (is.cell.to_string(), says.to_string());
        match is.kind {
            DateKind::Written => self.set(row, step, (column, key), both, date_value(says)),
            DateKind::Happened => {
                let note =
                    "It has happened on that day. If that is wrong, change Done on in the table of steps."
                        .to_owned();
                let change = change(row, step, column, both.0, both.1);
                let change = SheetChange { note: Some(note), can_be_taken: false, ..change };
                self.add(change, StepEdit::Nothing, (row.line, column as usize));
            }
            // What the plan finds is held against the sheet when all else is changed.
            DateKind::Rule | DateKind::Takes => {}
        }
    }

    /// How long it takes: what its file says, if the sheet has no date that says it; else the sheet's dates are counted.
    fn days(&mut self, row: &SheetRow, step: &KnownStep) {
        let Some(days) = row.days() else {
            self.told.extend(row.unread_days());
            return;
        };
        let is_open = |(edge, column, _): (usize, SheetColumn, &str)| {
            step.dates[edge].kind == DateKind::Takes
                && row.date(column).is_none_or(|says| *says == DateCell::Empty)
        };
        match step.takes {
            Some(takes) if DATES.into_iter().any(is_open) => {
                if takes != days {
                    let words = |count: i32| count.to_string();
                    let value = Some(Value::Text(format!("{days}wd")));
                    self.set(row, step, (SheetColumn::Days, "takes"), (words(takes), words(days)), value);
                }
            }
            _ => {
                let date = |edge: usize, column| row.date(column).unwrap_or(&step.dates[edge].cell);
                let (start, end) = (date(0, SheetColumn::Start), date(1, SheetColumn::End));
                let words = row.words();
                self.told.extend(match step.working_days(start, end) {
                    Some(counted) if counted == i64::from(days) => None,
                    Some(counted) => Some(format!("{words}: the sheet says {}; from {start} to {end} there are {counted}. The dates count.", working_days(days))),
                    None => Some(format!("{words}: the sheet says {}. The number is left out, for it does not say when the step starts and ends.", working_days(days))),
                });
            }
        }
    }

    /// The steps that the sheet has not. A part of a sheet is easily copied: so none goes before somebody says so.
    fn gone(&mut self) {
        let could_be = |at: usize| {
            self.sheet.is.iter().any(|is| match is {
                RowIs::Step(is) => *is == at,
                RowIs::Open(all) => all.contains(&at),
                RowIs::New | RowIs::LeftOut => false,
            })
        };
        let gone: Vec<usize> = (0..self.known.steps.len()).filter(|at| !could_be(*at)).collect();
        for at in gone {
            let step = &self.known.steps[at];
            let change = SheetChange {
                key: format!("gone {}", step.id),
                kind: ChangeKind::Gone,
                line: None,
                step: step.words(),
                task: cut(&step.texts[0], WIDTH),
                cell: String::new(),
                was: step.owners_printed.clone(),
                becomes: String::new(),
                note: None,
                can_be_taken: true,
                is_taken: false,
            };
            self.add(change, StepEdit::Gone { at: step.at }, (usize::MAX, step.at));
        }
    }
}

/// A change of a cell, that can be taken.
fn change(
    row: &SheetRow,
    step: &KnownStep,
    column: SheetColumn,
    was: String,
    becomes: String,
) -> SheetChange {
    let blank = "The sheet leaves this blank. Tick it to remove what the release says.";
    SheetChange {
        key: format!("{} {}", row.line, column.key()),
        kind: ChangeKind::Changed,
        line: Some(row.line),
        step: step.words(),
        task: cut(&step.texts[0], WIDTH),
        cell: column.label().to_owned(),
        was,
        note: becomes.is_empty().then(|| blank.to_owned()),
        becomes,
        can_be_taken: true,
        is_taken: false,
    }
}

/// A change with whether it is taken: as somebody says who saw it; else what the sheet alone says is taken, and neither what the plan finds
/// nor what the sheet lacks or leaves blank.
fn taken(change: SheetChange, wish: &SheetRequest) -> SheetChange {
    let removes = change.kind == ChangeKind::Changed && change.becomes.is_empty();
    let usual = matches!(change.kind, ChangeKind::New | ChangeKind::Changed) && !removes;
    let said = if wish.seen.contains(&change.key) { wish.taken.contains(&change.key) } else { usual };
    SheetChange { is_taken: said && change.can_be_taken, ..change }
}

/// "5 working days".
pub(super) fn working_days(count: i32) -> String {
    Span { count, unit: Unit::WorkingDays }.words()
}

/// What a date is written as.
pub(super) fn date_value(cell: &DateCell) -> Option<Value> {
    match cell {
        DateCell::Empty => None,
        DateCell::Tbd(tbd) => Some(Value::Text(tbd.written())),
        cell => Some(Value::Text(cell.to_string())),
    }
}

pub(super) fn one_or_all(mut ids: Vec<String>) -> Value {
    match ids.len() {
        1 => Value::Text(ids.remove(0)),
        _ => Value::Flow(Box::new(Value::List(ids.into_iter().map(Value::Text).collect()))),
    }
}

/// Which numbers two steps would have.
fn double_numbers(wanted: &[WantedChange], known: &KnownRelease) -> Option<String> {
    let mut numbers: Vec<&str> = Vec::new();
    for step in &known.steps {
        let own = |one: &&WantedChange| matches!(&one.edit, StepEdit::Set { at, key: "step", .. } if *at == step.at);
        let is_gone = |one: &WantedChange| {
            matches!(&one.edit, StepEdit::Gone { at } if *at == step.at) && one.change.is_taken
        };
        if !wanted.iter().any(is_gone) {
            let new = wanted.iter().filter(|one| one.change.is_taken).find(own);
            numbers.push(new.map_or(&step.numbers[0], |one| &one.change.becomes));
        }
    }
    let new = wanted.iter().filter(|one| matches!(one.edit, StepEdit::New { .. }) && one.change.is_taken);
    numbers.extend(new.map(|one| one.change.step.trim_start_matches("Step ")));
    numbers.sort_unstable();
    let double = numbers.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    double.map(|number| {
        format!("Two steps would have the number {number}. Untick one, or put the number right afterward.")
    })
}
