//! What a record of an issued memo says of its schedule, as it was printed.
//!
//! In: the data of a lock, or a published spreadsheet; the office's word for a date that nobody knows. Out: [`PrintedPlan`]:
//! milestones by their names in templates, steps in their order. Not here: which step of today's plan is which.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    model::{DateCell, Day, Tbd, Window, after_tbd},
    output::StepEntry,
    spreadsheet,
    words::with_warning,
};

/// What was printed: milestones by the names that templates know them by, and steps in their order.
#[derive(Default)]
pub(super) struct PrintedPlan {
    pub milestones: Vec<(String, Window)>,
    pub steps: Vec<PrintedStep>,
}

/// A step as it was printed.
pub(super) struct PrintedStep {
    /// Its stable name, if the record has it.
    pub id: Option<String>,
    pub step: String,
    pub owner: String,
    pub text: String,
    /// What must not be overlooked.
    pub warning: Option<String>,
    pub start: DateCell,
    pub end: DateCell,
    pub completed: bool,
}

impl PrintedStep {
    /// As it reads with its warning.
    pub fn words(&self) -> String {
        with_warning(&self.text, self.warning.as_deref())
    }
}

impl PrintedPlan {
    /// What a lock holds of it.
    pub fn of_data(seen: &Value, tbd: &Arc<str>) -> PrintedPlan {
        let cells = Cells::of_data(seen, tbd);
        let rows = |part: &str, completed: bool| {
            let rows = seen.get(2).and_then(|view| view.get(part)).and_then(Value::as_array);
            let rows = rows.into_iter().flatten();
            rows.filter_map(|row| step(row, completed, &cells)).collect::<Vec<_>>()
        };
        let mut steps = rows("completed", true);
        steps.extend(rows("remaining", false));
        let deadlines = seen.get(0).and_then(|base| base.get("deadline_rows")).and_then(Value::as_array);
        steps.extend(deadlines.into_iter().flatten().filter_map(|row| deadline(row, &cells)));
        PrintedPlan { milestones: milestones(seen, tbd), steps }
    }

    /// What a published spreadsheet holds of it: steps alone.
    pub fn of_spreadsheet(csv: &[u8], tbd: &Arc<str>) -> PrintedPlan {
        // It does not say which word the office had then.
        let cells = Cells { then: tbd, now: tbd };
        let step = |row: StepEntry| PrintedStep {
            id: None,
            start: cells.read(&row.start),
            end: cells.read(&row.end),
            step: row.step,
            owner: row.owner,
            text: row.task,
            warning: row.warning,
            completed: row.completed,
        };
        PrintedPlan {
            steps: spreadsheet::read(csv).into_iter().map(step).collect(),
            ..PrintedPlan::default()
        }
    }
}

/// The milestones that a lock holds.
pub(super) fn milestones(seen: &Value, tbd: &Arc<str>) -> Vec<(String, Window)> {
    let cells = Cells::of_data(seen, tbd);
    let day = |milestone: &Value, edge: &str| match cells.read(milestone.get(edge)?.as_str()?) {
        DateCell::Tbd(tbd) => Some(Day::Tbd(tbd)),
        cell => cell.day().map(Day::Known),
    };
    let milestones = seen.get(0).and_then(|base| base.get("milestones")).and_then(Value::as_object);
    let milestones = milestones.into_iter().flatten().filter_map(|(name, milestone)| {
        let (start, end) = (day(milestone, "start")?, day(milestone, "end")?);
        Some((name.clone(), Window { start, end }))
    });
    milestones.collect()
}

fn step(row: &Value, completed: bool, cells: &Cells<'_>) -> Option<PrintedStep> {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    Some(PrintedStep {
        id: text("id").map(str::to_owned),
        step: text("step")?.to_owned(),
        owner: text("owner")?.to_owned(),
        text: text("text").unwrap_or_default().to_owned(),
        warning: text("warning").map(str::to_owned),
        start: cells.read(text("start")?),
        end: cells.read(text("end")?),
        completed,
    })
}

fn deadline(row: &Value, cells: &Cells<'_>) -> Option<PrintedStep> {
    let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(PrintedStep {
        id: text("id"),
        step: String::new(),
        owner: text("who")?,
        text: text("what")?,
        warning: None,
        start: DateCell::Empty,
        end: cells.read(&text("cell")?),
        completed: false,
    })
}

/// Reads printed cells: a date that nobody knew was printed in the office's word of then, and is told in that of now.
struct Cells<'a> {
    then: &'a str,
    now: &'a Arc<str>,
}

impl<'a> Cells<'a> {
    fn of_data(seen: &'a Value, now: &'a Arc<str>) -> Cells<'a> {
        let then = seen.get(0).and_then(|base| base.get("tbd")).and_then(Value::as_str);
        Cells { then: then.unwrap_or(Tbd::WORD), now }
    }

    /// What no form reads stays what was printed: a date of which nothing is known but its words.
    fn read(&self, text: &str) -> DateCell {
        // A schedule may show a star and an E-number behind a date.
        let alone = text.rsplit_once(" (E").map_or(text, |(date, _)| date).trim_end_matches('*');
        let unknown = || format!("{}{}", Tbd::WORD, after_tbd(text, self.then)?).parse().ok();
        let read: Option<DateCell> = text.parse().ok().or_else(unknown).or_else(|| alone.parse().ok());
        read.unwrap_or_else(|| DateCell::Tbd(Tbd::as_printed(text))).in_words(self.now)
    }
}
