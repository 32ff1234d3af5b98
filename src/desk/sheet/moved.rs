//! The milestones that a sheet's dates move, and what a delay that moves them leaves as it is.
//!
//! In: a sheet, a release. Out: [`SheetMoves`], to be recorded as a delay (`slip`). A delay moves milestones and what follows them, and
//! nothing else: all else that the sheet says is listed. Not here: recording the delay.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    SheetReading, SheetRequest, cells::SheetCells, changes::DATES, columns::ColumnMeanings,
    known::KnownRelease, known::NamedMilestone, report::ChangeKind,
};
use crate::{
    desk::{MilestoneMove, Refused, SheetChange, SlipRequest, slip::with_delay},
    folder::Snapshot,
    model::{DateCell, Day},
    schedule::Edge,
    words::{capitalized, counted},
};

/// What a delay could say of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetMoves {
    /// The milestones that move.
    pub milestones: Vec<SheetMilestone>,
    /// The same as a delay has them.
    #[serde(skip)]
    pub moves: Vec<MilestoneMove>,
    /// Whether nobody can tell what follows before something is answered on the page of the delay.
    pub is_unknown: bool,
    /// How many dates of steps are then what the sheet says.
    pub follow: usize,
    /// Dates that are then not what the sheet says, and milestones that the sheet puts on several days.
    pub differ: Vec<String>,
    /// What the sheet says besides, and no delay can: "2 new steps".
    pub beside: Vec<String>,
}

/// A milestone that the sheet moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetMilestone {
    /// Its id.
    pub id: String,
    /// "The deployment".
    pub name: String,
    /// When it is.
    pub was: String,
    /// Its new day, or its new first day, as it is typed.
    pub start: String,
    /// Its new last day; blank if it is a day, or keeps how long it takes.
    pub end: String,
}

/// Finds the milestones on whose days the sheet has the steps that follow them. `announced` is when the delay would be announced; `changes`
/// are those of the same sheet.
///
/// # Errors
/// [`Refused`]: there is no such release, or its dates have faults.
pub fn sheet_moves(
    snapshot: &Snapshot,
    wish: &SheetRequest,
    changes: &[SheetChange],
    announced: NaiveDate,
) -> Result<SheetMoves, Refused> {
    let known = KnownRelease::of(snapshot, &wish.release)?;
    let cells = SheetCells::read(&wish.text);
    let columns = ColumnMeanings::of(&cells, &wish.columns);
    if !columns.are_known() {
        return Ok(SheetMoves::default());
    }
    let sheet = SheetReading::read(&cells, &columns, &known, wish);
    let mut found = SheetMoves { beside: beside(changes), ..SheetMoves::default() };
    let days = proposed(&sheet, &known);
    let mut moves = Vec::new();
    for milestone in &known.milestones {
        match moved(milestone, &days) {
            Ok(Some(to)) => moves.push((milestone, to)),
            Ok(None) => {}
            Err(words) => found.differ.push(words),
        }
    }
    let delay = SlipRequest {
        release: known.id.clone(),
        moves: moves.iter().map(|(_, to)| to.clone()).collect(),
        reason: "(the cause)".to_owned(),
        announced,
        answers: Default::default(),
        closed: Vec::new(),
        purpose: Default::default(),
    };
    let after = (!moves.is_empty()).then(|| with_delay(snapshot, &delay)).and_then(Result::ok);
    match after.and_then(|after| KnownRelease::on_closed_days(&after, &known.id)) {
        Some(after) => found.compare(&sheet, &known, &after),
        None => found.is_unknown = !moves.is_empty(),
    }
    found.moves = delay.moves;
    found.milestones = moves.into_iter().map(|(milestone, to)| shown(milestone, &to)).collect();
    Ok(found)
}

/// The days that the sheet has for the milestones, by their ids and edges: of steps that are on their days, and of rows that name them.
fn proposed<'s>(
    sheet: &'s SheetReading<'_>,
    known: &KnownRelease,
) -> BTreeMap<(String, Edge), Vec<(String, &'s DateCell)>> {
    let mut days: BTreeMap<(String, Edge), Vec<(String, &DateCell)>> = BTreeMap::new();
    for (row, step) in sheet.steps(known) {
        for (edge, column, _) in DATES {
            if let (Some(on), Some(says)) = (&step.dates[edge].on, row.date(column)) {
                days.entry(on.clone()).or_default().push((step.words(), says));
            }
        }
    }
    for (row, at) in sheet.milestones(known) {
        let milestone = &known.milestones[at];
        let dates = [(Edge::Start, &row.start), (Edge::End, &row.end)];
        let dates = dates.iter().filter_map(|(edge, says)| Some((*edge, says.as_ref()?)));
        for (edge, says) in
            dates.filter(|(_, says)| **says != DateCell::Empty && **says != DateCell::NotApplicable)
        {
            days.entry((milestone.id.clone(), edge)).or_default().push((row.words(), says));
        }
    }
    days
}

/// Where the sheet moves a milestone.
///
/// # Errors
/// The words for what cannot be told.
fn moved(
    milestone: &NamedMilestone,
    days: &BTreeMap<(String, Edge), Vec<(String, &DateCell)>>,
) -> Result<Option<MilestoneMove>, String> {
    let name = capitalized(&format!("the {}", milestone.words));
    let said = |edge| days.get(&(milestone.id.clone(), edge)).map(Vec::as_slice).unwrap_or_default();
    let one = |all: &[(String, &DateCell)]| -> Result<Option<Day>, String> {
        let Some(((step, first), rest)) = all.split_first() else { return Ok(None) };
        if let Some((other, says)) = rest.iter().find(|(_, says)| says != first) {
            let (step, other) = (step.to_lowercase(), other.to_lowercase());
            return Err(format!("{name} would be on {first} by {step}, and on {says} by {other}."));
        }
        match first {
            DateCell::Day(day) | DateCell::Moment(day, _) => Ok(Some(Day::Known(*day))),
            DateCell::Tbd(tbd) => Ok(Some(Day::Tbd(tbd.clone()))),
            other => {
                Err(format!("{name} would be on “{other}” by {}, which is no day.", step.to_lowercase()))
            }
        }
    };
    let [was_start, was_end] = &milestone.days;
    let (start, end) = match milestone.is_window {
        true => (one(said(Edge::Start))?, one(said(Edge::End))?),
        false => (one(&[said(Edge::Start), said(Edge::End)].concat())?, None),
    };
    let moves = |day: &Option<Day>, was: &DateCell| day.as_ref().is_some_and(|day| day.cell() != *was);
    if !moves(&start, was_start) && !moves(&end, was_end) {
        return Ok(None);
    }
    let is_later = start.is_none().then(|| was_start.day().map(Day::Known)).flatten();
    let Some(start) = start.or(is_later) else {
        return Err(format!("{name}: the sheet does not say its first day."));
    };
    Ok(Some(MilestoneMove { milestone: milestone.id.clone(), start, end }))
}

fn shown(milestone: &NamedMilestone, to: &MilestoneMove) -> SheetMilestone {
    let [start, end] = milestone.days.clone().map(|day| day.to_string());
    SheetMilestone {
        id: milestone.id.clone(),
        name: capitalized(&format!("the {}", milestone.words)),
        was: if start == end { start } else { format!("{start} to {end}") },
        start: to.start.cell().to_string(),
        end: to.end.as_ref().map(|end| end.cell().to_string()).unwrap_or_default(),
    }
}

/// What a sheet says besides dates, counted.
fn beside(changes: &[SheetChange]) -> Vec<String> {
    let count = |what: &str, which: &str, is: &dyn Fn(&SheetChange) -> bool| {
        let count = changes.iter().filter(|change| is(change)).count();
        (count > 0).then(|| counted(count, what) + which)
    };
    let is_date = |change: &SheetChange| matches!(change.cell.as_str(), "Start" | "End");
    let all = [
        count("new step", "", &|change| change.kind == ChangeKind::New && !change.is_taken),
        count("step", " that the sheet does not have", &|change| {
            change.kind == ChangeKind::Gone && !change.is_taken
        }),
        count("cell", " outside Start and End", &|change| {
            matches!(change.kind, ChangeKind::Changed | ChangeKind::Computed) && !is_date(change)
        }),
    ];
    all.into_iter().flatten().collect()
}

impl SheetMoves {
    /// Holds the dates after the delay against the sheet.
    fn compare(&mut self, sheet: &SheetReading<'_>, known: &KnownRelease, after: &KnownRelease) {
        for (row, step) in sheet.steps(known) {
            let Some(then) = after.steps.iter().find(|then| then.id == step.id) else { continue };
            for (edge, column, _) in DATES {
                let (was, is) = (&step.dates[edge].cell, &then.dates[edge].cell);
                match row.date(column) {
                    Some(says) if says == is => self.follow += usize::from(was != is),
                    Some(says) => self.differ.push(format!(
                        "{}, {}: the sheet says {}, and with the delay it is {}.",
                        step.words(),
                        column.label().to_lowercase(),
                        empty_words(says),
                        empty_words(is)
                    )),
                    None => {}
                }
            }
        }
    }
}

fn empty_words(cell: &DateCell) -> String {
    if *cell == DateCell::Empty { "nothing".to_owned() } else { cell.to_string() }
}
