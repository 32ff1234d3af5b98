//! The tasks of a release as the rows of a table.
//!
//! In: the fields of a release, the dates that its cells give, what a form was left with. Out: rows and columns for the template.
//! Not here: what the form asks for when it comes back (`grid_form`).

use serde::Serialize;

use super::{
    controls::{self, FormRow, ShownField},
    faults::{FaultLine, Told},
    form::Left,
};
use crate::desk::{CellDate, Field, FieldsReport, TaskDates};

/// The columns of the table, by the keys of a task.
const COLUMNS: [GridColumn; 10] = [
    column("step", "Step"),
    column("owners", "Responsible"),
    column("text", "Task"),
    column("warning", "Warning"),
    column("start", "Start"),
    column("end", "End"),
    column("takes", "Working days"),
    column("actual", "Done on"),
    column("since", "New with delay"),
    column("until", "Dropped by delay"),
];

const fn column(key: &'static str, label: &'static str) -> GridColumn {
    GridColumn { key, label }
}

/// The tasks of a release, for the template.
#[derive(Serialize)]
pub(super) struct Grid {
    columns: Vec<GridColumn>,
    rows: Vec<GridRow>,
    /// The list as it is typed in the file.
    raw: String,
    /// Whether somebody else has changed the list while steps of it were to move.
    is_another: bool,
    /// Who is responsible for any of them: the ids and the names.
    owners: Vec<[String; 2]>,
}

/// The head of a column.
#[derive(Clone, Copy, Serialize)]
struct GridColumn {
    key: &'static str,
    label: &'static str,
}

/// A task.
#[derive(Serialize)]
struct GridRow {
    /// Its place in the file.
    place: usize,
    is_last: bool,
    /// Its key: `tasks[3]`.
    key: String,
    /// Its stable name, which is never printed.
    id: String,
    /// What it is called: "step 6a".
    name: String,
    cells: Vec<GridCell>,
    /// What is to be said of its number.
    note: Option<String>,
    /// What is wrong with it, and with what stands in no column.
    faults: Vec<FaultLine>,
}

/// A cell.
#[derive(Serialize)]
struct GridCell {
    column: &'static str,
    row: FormRow,
    /// The date that it gives, if that is not what is written.
    date: Option<CellDate>,
}

impl Grid {
    /// The rows of a release; without dates none are shown.
    pub fn of(report: &FieldsReport, dates: Option<&TaskDates>, told: &Told<'_>, left: &Left) -> Grid {
        let list = report.fields.iter().find(|field| field.key == "tasks");
        let tasks = list.map(|list| list.fields.as_slice()).unwrap_or_default();
        // Delays are a column only where a step comes or goes with one.
        let is_used = |shown: &&GridColumn| {
            !matches!(shown.key, "since" | "until")
                || tasks.iter().any(|task| cell(task, shown.key).is_some_and(|field| field.written.is_some()))
        };
        let columns: Vec<GridColumn> = COLUMNS.iter().filter(is_used).copied().collect();
        let row = |(place, task)| row(place, task, &columns, dates, told, left);
        let mut rows: Vec<GridRow> = tasks.iter().enumerate().map(row).collect();
        rows.last_mut().into_iter().for_each(|row| row.is_last = true);
        let mut owners: Vec<[String; 2]> = Vec::new();
        for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column == "owners") {
            let choices = cell.row.options.iter().filter(|choice| cell.row.now_items.contains(&choice.value));
            owners.extend(choices.map(|choice| [choice.value.clone(), choice.label.clone()]));
        }
        owners.sort_by(|one, other| one[1].cmp(&other[1]));
        owners.dedup();
        Grid {
            columns,
            rows,
            raw: list.and_then(|list| list.raw.clone()).unwrap_or_default(),
            is_another: left.theirs("tasks").is_some(),
            owners,
        }
    }

    /// The faults that it shows, by their places among those of the report.
    pub fn faults(&self) -> Vec<usize> {
        let of_row = |row: &GridRow| {
            let of_cells = row.cells.iter().flat_map(|cell| &cell.row.faults);
            of_cells.chain(&row.faults).map(|fault| fault.at).collect::<Vec<_>>()
        };
        self.rows.iter().flat_map(of_row).collect()
    }
}

fn row(
    place: usize,
    task: &Field,
    columns: &[GridColumn],
    dates: Option<&TaskDates>,
    told: &Told<'_>,
    left: &Left,
) -> GridRow {
    let written = |name: &str| cell(task, name).and_then(|field| field.written.clone()).unwrap_or_default();
    let step = written("step");
    let note = dates.and_then(|dates| match dates.steps.get(&place) {
        None => Some("Not in the latest plan.".to_owned()),
        Some(now) if dates.steps.values().filter(|other| *other == now).count() > 1 => {
            Some("Another step has this number, too.".to_owned())
        }
        Some(now) if *now != step => Some(format!("Now {now}.")),
        Some(_) => None,
    });
    let in_cell = |shown: &GridColumn| {
        let field = cell(task, shown.key)?;
        let plain = ShownField { key: shown.key, help: "" };
        let row = controls::row(field, Some(&plain), told, left).called(shown.label);
        let date = dates.and_then(|dates| dates.cells.get(&field.key)).cloned();
        let date = date.filter(|date| !date.date.is_empty() && date.date != row.now);
        Some(GridCell { column: shown.key, row, date })
    };
    let others = task.fields.iter().filter(|field| columns.iter().all(|shown| !is_of(field, shown.key)));
    let faults: Vec<usize> = others.flat_map(|field| &field.faults).chain(&task.faults).copied().collect();
    GridRow {
        place,
        is_last: false,
        key: task.key.clone(),
        id: written("id"),
        name: if step.is_empty() { format!("row {}", place + 1) } else { format!("step {step}") },
        cells: columns.iter().filter_map(in_cell).collect(),
        note,
        faults: FaultLine::all(&faults, told),
    }
}

fn cell<'t>(task: &'t Field, name: &str) -> Option<&'t Field> {
    task.fields.iter().find(|field| is_of(field, name))
}

fn is_of(field: &Field, column: &str) -> bool {
    field.key.rsplit('.').next() == Some(column)
}
