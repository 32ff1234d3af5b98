//! What nobody can tell of a sheet: names, rows, dates.
//!
//! In: a sheet, a release, answers. Out: [`Questions`]; what was answered stays among them, so that the answer can be changed. Not here:
//! what changes.

use std::collections::BTreeMap;

use super::{
    OwnerAnswer, RowAnswer, SheetReading, SheetRequest,
    columns::SheetColumn,
    known::KnownRelease,
    pair::{RowIs, pairs},
    report::{DateQuestion, OwnerQuestion, Questions, RowQuestion, WIDTH},
    who::Owners,
};
use crate::words::cut;

/// What is to be asked: of names, of rows, of dates. What was answered stays, so that the answer can be changed.
pub(super) fn questions(sheet: &SheetReading<'_>, known: &KnownRelease, wish: &SheetRequest) -> Questions {
    let mut found = Questions::default();
    let nobody = BTreeMap::new();
    let office = Owners::of(known, &nobody);
    let unanswered = pairs(&sheet.rows, &known.steps, &BTreeMap::new());
    for (at, row) in sheet.rows.iter().enumerate() {
        let is_new = matches!(sheet.is[at], RowIs::New);
        if sheet.is[at] == RowIs::LeftOut && !wish.rows.contains_key(&row.line) {
            continue;
        }
        let names = match row.cell(SheetColumn::Who) {
            Some(cell) if !cell.is_empty() => office.ids(cell).err().unwrap_or_default(),
            _ if is_new && row.filled(SheetColumn::Task).is_some() => vec![String::new()],
            _ => Vec::new(),
        };
        for name in names {
            let answer = wish.owners.get(&name).map(OwnerAnswer::key).unwrap_or_default();
            let question = OwnerQuestion { name: name.clone(), lines: Vec::new(), answer };
            found.owners.entry(name).or_insert(question).lines.push(row.line);
        }
        // A row whose answer cannot be is asked as before it.
        let open = match wish.rows.contains_key(&row.line) {
            true => [&unanswered[at], &sheet.is[at]],
            false => [&sheet.is[at], &unanswered[at]],
        };
        let open = open.into_iter().find_map(|is| match is {
            RowIs::Open(all) => Some(all.clone()),
            _ => None,
        });
        if let Some(all) = open {
            let step = |at: &usize| {
                let step = &known.steps[*at];
                (step.id.clone(), format!("{}: {}", step.words(), cut(&step.texts[0], WIDTH)))
            };
            let says =
                format!("{}: {}", row.words(), cut(row.filled(SheetColumn::Task).unwrap_or_default(), WIDTH));
            let (answer, wrong) = row_answer(sheet, known, wish, at);
            found.rows.push(RowQuestion {
                line: row.line,
                says,
                steps: all.iter().map(step).collect(),
                answer,
                wrong,
            });
        }
        for column in &row.unread {
            let answer = wish.dates.get(&(row.line, *column)).cloned().unwrap_or_default();
            found.dates.push(DateQuestion {
                line: row.line,
                column: *column,
                place: sheet.place(*column, row.line),
                cell: format!("{} of {}", column.label(), row.words().to_lowercase()),
                says: row.cell(*column).unwrap_or_default().to_owned(),
                is_open: row.open.contains(column),
                answer,
            });
        }
    }
    found
}

/// What was answered of a row, and why it cannot be.
fn row_answer(
    sheet: &SheetReading<'_>,
    known: &KnownRelease,
    wish: &SheetRequest,
    at: usize,
) -> (String, String) {
    let line = sheet.rows[at].line;
    let Some(answer) = wish.rows.get(&line) else { return Default::default() };
    if !matches!(sheet.is[at], RowIs::Open(_)) {
        return (answer.key(), String::new());
    }
    let first = wish.rows.range(..line).find(|(_, other)| *other == answer).map(|(line, _)| line);
    let step = known.steps.iter().find(|step| RowAnswer::Step(step.id.clone()) == *answer);
    let wrong = first.zip(step).map(|(line, step)| format!("{} is row {line} already.", step.words()));
    (String::new(), wrong.unwrap_or_default())
}
