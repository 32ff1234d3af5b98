//! Changes as data for other programs.
//!
//! In: [`Changes`]. Out: JSON. Not here: what is told to people, but for each change's sentence.

use serde::Serialize;
use serde_json::Value;

use super::{Change, Changes, Kind, Moved, Row, sentence};
use crate::model::{DateCell, date};

#[derive(Serialize)]
struct Report<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(rename = "for")]
    entity: Option<&'a str>,
    milestones: Vec<ChangeEntry<'a>>,
    tasks: Vec<ChangeEntry<'a>>,
    /// The ids of the tasks that have been completed since.
    completed: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    id: &'a str,
    kinds: Vec<&'static str>,
    was: Option<View<'a>>,
    is: Option<View<'a>>,
    start_moved: Option<DayCounts>,
    end_moved: Option<DayCounts>,
    sentence: String,
}

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    #[serde(flatten)]
    task: Option<TaskView<'a>>,
    /// A day as 2021-10-08, a time as 2021-10-08T23:00; else as printed.
    start: String,
    end: String,
}

#[derive(Serialize)]
struct TaskView<'a> {
    step: &'a str,
    owners: Vec<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct DayCounts {
    working_days: i64,
    calendar_days: i64,
}

/// Changes from one plan to another as JSON; the names are those by which the plans were
/// asked for.
pub fn data(changes: &Changes<'_>, from: &str, to: &str, entity: Option<&str>) -> Value {
    let done = changes.since.iter().filter(|(_, done)| *done);
    let report = Report {
        from,
        to,
        entity,
        milestones: changes.milestones.iter().map(entry).collect(),
        tasks: changes.tasks.iter().map(entry).collect(),
        completed: done.map(|(task, _)| task.task.id.as_str()).collect(),
    };
    serde_json::to_value(&report).expect("text, numbers and lists always serialise")
}

fn entry<'a>(change: &'a Change<'_>) -> ChangeEntry<'a> {
    let shown = change.is.as_ref().or(change.was.as_ref());
    ChangeEntry {
        id: shown.map_or("", |row| row.id.as_str()),
        kinds: change.kinds().into_iter().map(Kind::word).collect(),
        was: change.was.as_ref().map(view),
        is: change.is.as_ref().map(view),
        start_moved: change.start().and_then(days),
        end_moved: change.end().and_then(days),
        sentence: sentence(change),
    }
}

fn days(moved: Moved) -> Option<DayCounts> {
    match moved {
        Moved::By { working, calendar } => Some(DayCounts { working_days: working, calendar_days: calendar }),
        Moved::Anew => None,
    }
}

fn view<'a>(row: &'a Row<'_>) -> View<'a> {
    let task = row.task.map(|task| TaskView {
        step: task.step,
        owners: task.owners.iter().map(|owner| owner.name.as_str()).collect(),
        text: task.text,
    });
    View { id: row.id.as_str(), task, start: cell(&row.start), end: cell(&row.end) }
}

fn cell(cell: &DateCell) -> String {
    match cell {
        DateCell::Day(day) => date::iso_text(*day),
        DateCell::Moment(day, time) => format!("{}T{}", date::iso_text(*day), time.format("%H:%M")),
        other => other.to_string(),
    }
}
