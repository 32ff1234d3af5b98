//! What a sheet would change, in lines for a terminal.
//!
//! In: a report. Out: its lines, each change with its number, by which it can be chosen. Not here: what is written.

use std::fmt;

use super::report::{ChangeKind, SheetChange, SheetReport};
use crate::words::{counted, cut, series};

/// How many characters of a line's words are shown.
const WIDTH: usize = 72;

impl fmt::Display for SheetReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (ChangeKind::New, "New steps"),
            (ChangeKind::Changed, "Changes"),
            (
                ChangeKind::Computed,
                "The plan finds something else, and keeps it unless you choose the number",
            ),
            (ChangeKind::Gone, "Not in the sheet, and kept unless you choose the number"),
        ];
        for (kind, heading) in kinds {
            let all = || self.changes.iter().enumerate().filter(|(_, change)| change.kind == kind);
            if all().next().is_some() {
                writeln!(f, "{heading}")?;
            }
            all().try_for_each(|(at, change)| line(f, at + 1, change))?;
        }
        if self.open_questions() > 0 {
            writeln!(f, "To answer")?;
        }
        for owner in self.owners.iter().filter(|owner| owner.answer.is_empty()) {
            let rows: Vec<String> = owner.lines.iter().map(usize::to_string).collect();
            let name =
                if owner.name.is_empty() { "nobody".to_owned() } else { format!("“{}”", owner.name) };
            writeln!(
                f,
                "  row {} names {name}, whom the office does not have: --who \"{}=ENTITY\", or =new",
                series(&rows),
                owner.name
            )?;
        }
        for row in self.open_rows.iter().filter(|row| row.answer.is_empty()) {
            let steps: Vec<String> = row.steps.iter().map(|(_, words)| cut(words, 40)).collect();
            writeln!(
                f,
                "  row {} ({}) could be {}: --row {}=STEP, =new or =none",
                row.line,
                cut(&row.says, 40),
                series(&steps),
                row.line
            )?;
        }
        for date in self.dates.iter().filter(|date| date.is_open) {
            writeln!(
                f,
                "  {}, {}: “{}” is no date: --date {}=10/4/2026",
                date.place,
                date.cell,
                cut(&date.says, 40),
                date.place
            )?;
        }
        if !self.told.is_empty() {
            writeln!(f, "Good to know")?;
        }
        self.told.iter().try_for_each(|told| writeln!(f, "  {told}"))?;
        write!(
            f,
            "{} as the sheet says.",
            match self.same {
                1 => "1 step is".to_owned(),
                same => format!("{} are", counted(same, "step")),
            }
        )
    }
}

/// A change, with its number.
fn line(f: &mut fmt::Formatter<'_>, number: usize, change: &SheetChange) -> fmt::Result {
    let SheetChange { step, task, cell, was, becomes, .. } = change;
    let plain = |text: &str| text.replace('\n', " ");
    let (task, was, becomes) = (&plain(task), &plain(was), &plain(becomes));
    let nothing =
        |text: &str| if text.is_empty() { "nothing".to_owned() } else { cut(text, WIDTH).to_string() };
    let row = change.line.map(|line| format!(" (row {line})")).unwrap_or_default();
    match change.kind {
        ChangeKind::New => {
            writeln!(f, "  {number:>3}  {step}{row}: {}\n       {}", cut(task, WIDTH), nothing(becomes))?;
        }
        ChangeKind::Gone => writeln!(f, "  {number:>3}  {step}: {}", cut(task, WIDTH))?,
        ChangeKind::Changed | ChangeKind::Computed => writeln!(
            f,
            "  {number:>3}  {step}{row}, {}: was {}, becomes {}",
            cell.to_lowercase(),
            nothing(was),
            nothing(becomes)
        )?,
    }
    match &change.note {
        Some(note) => writeln!(f, "       {note}"),
        None => Ok(()),
    }
}
