//! The rows of a sheet that are steps which the release has not.
//!
//! In: a release and a sheet that are being compared. Out: a change for each such row, with the keys of its task. Not here: where it comes.

use std::collections::BTreeSet;

use super::{
    changes::{Comparing, DATES, StepEdit, date_value, one_or_all, working_days},
    columns::SheetColumn,
    pair::RowIs,
    report::{ChangeKind, SheetChange, WIDTH},
    rows::SheetRow,
};
use crate::{desk::tasks::next_step, model::DateCell, words::cut, yaml::edit::Value};

impl Comparing<'_> {
    /// Adds them, each with its number, or with one that fits below the step above it.
    pub(super) fn new_steps(&mut self) {
        let sheet = self.sheet;
        let mut numbers: BTreeSet<String> =
            self.known.steps.iter().flat_map(|step| step.numbers.clone()).collect();
        numbers.extend(sheet.rows.iter().filter_map(|row| row.filled(SheetColumn::Step).map(str::to_owned)));
        let mut above = String::new();
        for (at, (row, is)) in sheet.rows.iter().zip(&sheet.is).enumerate() {
            if let RowIs::New = is {
                let is_last = sheet.is[at + 1..].iter().all(|later| !matches!(later, RowIs::Step(_)));
                let number = row.filled(SheetColumn::Step).map(str::to_owned);
                let given = number.unwrap_or_else(|| match above.is_empty() {
                    true => (1..)
                        .map(|nth: usize| nth.to_string())
                        .find(|nth| !numbers.contains(nth))
                        .unwrap_or_default(),
                    false => next_step(&above, &numbers, is_last),
                });
                numbers.insert(given.clone());
                self.new_step(at, row, &given);
                above = given;
            } else if let RowIs::Step(step) = is {
                above.clone_from(&self.known.steps[*step].numbers[0]);
            }
        }
    }

    fn new_step(&mut self, at: usize, row: &SheetRow, number: &str) {
        let text = row.filled(SheetColumn::Task);
        let owners = self.sheet.owners.ids(row.cell(SheetColumn::Who).unwrap_or_default());
        let mut keys = vec![("step".to_owned(), Value::Text(number.to_owned()))];
        keys.extend(owners.iter().cloned().map(|ids| ("owners".to_owned(), one_or_all(ids))));
        let value = |column| row.filled(column).map(|text| Value::Text(text.to_owned()));
        keys.extend(value(SheetColumn::Task).map(|text| ("text".to_owned(), text)));
        keys.extend(value(SheetColumn::Warning).map(|text| ("warning".to_owned(), text)));
        for (_, column, key) in DATES {
            keys.extend(row.date(column).and_then(date_value).map(|date| (key.to_owned(), date)));
        }
        let has = |column| row.date(column).is_some_and(|date| *date != DateCell::Empty);
        let takes = row.days().filter(|_| has(SheetColumn::Start) != has(SheetColumn::End));
        keys.extend(takes.map(|days| ("takes".to_owned(), Value::Text(format!("{days}wd")))));
        if let Some(days) = row.days().filter(|_| takes.is_none()) {
            let words = match has(SheetColumn::Start) {
                true => {
                    "Of new steps with two dates the dates count; their working days are left out.".to_owned()
                }
                false => {
                    format!(
                        "{}: it has no date, so its number of working days, {days}, is left out.",
                        row.words()
                    )
                }
            };
            if !self.told.contains(&words) {
                self.told.push(words);
            }
        }
        self.told.extend(row.unread_days());
        let is_unread = !row.open.is_empty();
        let note = match (text, &owners) {
            (None, _) => Some("It says no task, so it cannot become a step."),
            (_, Err(_)) => Some("First say above who is responsible."),
            _ if is_unread => Some("First put its dates right above."),
            _ if row.filled(SheetColumn::Step).is_none() => Some("The sheet gives it no number."),
            _ => None,
        };
        let dates = DATES.map(|(_, column, _)| row.date(column).map(DateCell::to_string).unwrap_or_default());
        let dates = dates.iter().filter(|date| !date.is_empty()).cloned().collect::<Vec<_>>().join(" to ");
        let who = owners.as_ref().map(|ids| self.sheet.owners.printed(ids)).unwrap_or_default();
        let takes = takes.map(working_days).unwrap_or_default();
        let said = [who, dates, takes, row.filled(SheetColumn::Warning).unwrap_or_default().to_owned()];
        let change = SheetChange {
            key: format!("{} new", row.line),
            kind: ChangeKind::New,
            line: Some(row.line),
            step: format!("Step {number}"),
            task: cut(text.unwrap_or_default(), WIDTH),
            cell: String::new(),
            was: String::new(),
            becomes: said.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", "),
            note: note.map(str::to_owned),
            can_be_taken: text.is_some() && owners.is_ok() && !is_unread,
            is_taken: false,
        };
        self.add(change, StepEdit::New { row: at, keys }, (row.line, 0));
    }
}
