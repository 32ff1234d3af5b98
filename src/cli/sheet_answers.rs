//! What the arguments of `import --release` answer.
//!
//! In: what a sheet asks, the arguments. Out: the request with the answers, and what comes of it; or which argument answers nothing. Not
//! here: what is asked, which the desk finds.

use std::fmt;

use super::import::ImportArguments;
use crate::{
    desk::{self, OwnerAnswer, Refused, RowAnswer, SheetReport, SheetRequest},
    folder::Snapshot,
};

/// Why a sheet is not compared.
pub(super) enum NotCompared {
    /// An argument answers nothing.
    Answer(WrongAnswer),
    Refused(Refused),
}

impl From<Refused> for NotCompared {
    fn from(why: Refused) -> NotCompared {
        NotCompared::Refused(why)
    }
}

impl From<WrongAnswer> for NotCompared {
    fn from(why: WrongAnswer) -> NotCompared {
        NotCompared::Answer(why)
    }
}

/// An argument that answers nothing.
#[derive(Debug)]
pub(super) enum WrongAnswer {
    /// It is not written as answers to its question are.
    Form {
        form: &'static str,
        said: String,
    },
    NoEntity(String),
    NoOwner(String),
    NoRow(usize),
    NotThatStep {
        row: usize,
        step: String,
    },
    NoCell(String),
    NoChange {
        number: usize,
        last: usize,
    },
}

impl fmt::Display for WrongAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongAnswer::Form { form, said } => write!(f, "write {form}, not {said}"),
            WrongAnswer::NoEntity(id) => write!(f, "the office has no entity `{id}`"),
            WrongAnswer::NoOwner(name) => write!(f, "no row names “{name}” and is asked about"),
            WrongAnswer::NoRow(row) => write!(f, "nobody asks which step row {row} is"),
            WrongAnswer::NotThatStep { row, step } => write!(f, "row {row} cannot be step {step}"),
            WrongAnswer::NoCell(place) => write!(f, "nobody asks about the cell {place}"),
            WrongAnswer::NoChange { number, last } => {
                write!(f, "there is no change {number}: they are counted from 1 to {last}")
            }
        }
    }
}

impl std::error::Error for WrongAnswer {}

/// The request with what the arguments answer, and what comes of it.
pub(super) fn answered(
    now: &Snapshot,
    mut wish: SheetRequest,
    chosen: &ImportArguments,
) -> Result<(SheetRequest, SheetReport), NotCompared> {
    let mut report = desk::paste_sheet(now, &wish)?.report;
    if !(chosen.who.is_empty() && chosen.row.is_empty() && chosen.date.is_empty()) {
        chosen.who.iter().try_for_each(|said| owner(&mut wish, &report, said))?;
        chosen.row.iter().try_for_each(|said| row(&mut wish, &report, said))?;
        chosen.date.iter().try_for_each(|said| date(&mut wish, &report, said))?;
        report = desk::paste_sheet(now, &wish)?.report;
    }
    if let Some(only) = &chosen.only {
        let last = report.changes.len();
        if let Some(&number) = only.iter().find(|number| !(1..=last).contains(number)) {
            return Err(WrongAnswer::NoChange { number, last }.into());
        }
        wish.seen = report.changes.iter().map(|change| change.key.clone()).collect();
        wish.taken = only.iter().map(|number| report.changes[number - 1].key.clone()).collect();
        report = desk::paste_sheet(now, &wish)?.report;
    }
    Ok((wish, report))
}

/// The two sides of an answer, without the blanks around them.
fn sides<'s>(said: &'s str, form: &'static str) -> Result<(&'s str, &'s str), WrongAnswer> {
    let sides = said.rsplit_once('=').map(|(of, answer)| (of.trim(), answer.trim()));
    sides.ok_or_else(|| WrongAnswer::Form { form, said: said.to_owned() })
}

/// Whom a name means: "Counties=all-cte".
fn owner(wish: &mut SheetRequest, asked: &SheetReport, said: &str) -> Result<(), WrongAnswer> {
    let (name, entity) = sides(said, "--who \"NAME=ENTITY\"")?;
    let answer = match entity {
        "new" => OwnerAnswer::New,
        id if asked.entities.iter().any(|(known, _)| known == id) => OwnerAnswer::Is(id.to_owned()),
        id => return Err(WrongAnswer::NoEntity(id.to_owned())),
    };
    if !asked.owners.iter().any(|owner| owner.name == name) {
        return Err(WrongAnswer::NoOwner(name.to_owned()));
    }
    wish.owners.insert(name.to_owned(), answer);
    Ok(())
}

/// Which step a row is: "7=14".
fn row(wish: &mut SheetRequest, asked: &SheetReport, said: &str) -> Result<(), WrongAnswer> {
    const FORM: &str = "--row 7=STEP, 7=new or 7=none";
    let (line, step) = sides(said, FORM)?;
    let line: usize = line.parse().map_err(|_| WrongAnswer::Form { form: FORM, said: said.to_owned() })?;
    let row = asked.open_rows.iter().find(|row| row.line == line).ok_or(WrongAnswer::NoRow(line))?;
    let number = |words: &str| {
        let (number, _) = words.strip_prefix("Step ")?.split_once(':')?;
        Some(number.to_owned())
    };
    let answer = match step {
        "new" => RowAnswer::New,
        "none" => RowAnswer::LeaveOut,
        _ => {
            let found =
                row.steps.iter().find(|(id, words)| id == step || number(words).as_deref() == Some(step));
            let not_that = || WrongAnswer::NotThatStep { row: line, step: step.to_owned() };
            RowAnswer::Step(found.ok_or_else(not_that)?.0.clone())
        }
    };
    wish.rows.insert(line, answer);
    Ok(())
}

/// What a cell means: "E7=10/4/2026".
fn date(wish: &mut SheetRequest, asked: &SheetReport, said: &str) -> Result<(), WrongAnswer> {
    let (place, date) = sides(said, "--date E7=10/4/2026")?;
    let cell = asked.dates.iter().find(|cell| cell.place.eq_ignore_ascii_case(place));
    let cell = cell.ok_or_else(|| WrongAnswer::NoCell(place.to_owned()))?;
    wish.dates.insert((cell.line, cell.column), date.to_owned());
    Ok(())
}
