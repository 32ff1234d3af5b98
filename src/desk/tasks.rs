//! The tasks of a release as a table: the dates that its cells give, with their reasons; a step that is put in.
//!
//! In: a snapshot, a release, the table's form. Out: [`TaskDates`] of the release as it is, or as it would be with what is typed;
//! a plan that saves the form. Not here: the fields of a cell (`fields`), and how the table looks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Field, FieldChange, FieldsReport, FormReport, FormRequest, ItemChange, Refused, SourceFile, fields,
    fields::{all as fields_of, editable, fields_and_records, form_edits, read_release},
    save_form,
};
use crate::{
    diagnostic::Faults,
    folder::{Plan, Snapshot},
    records::{Readings, Records},
    schedule::{Edge, Ground, Part, PlanItem, Resolved, resolve},
    schema::FileField,
    yaml::edit::{self, At, Value},
};

/// The dates of a release's milestones and tasks in its latest form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskDates {
    /// By the keys of the cells: `tasks[3].end`, `milestones.deployment.start`.
    pub cells: BTreeMap<String, CellDate>,
    /// The step that each task has now, by its place in the file; none of a task that the plan has no longer.
    pub steps: BTreeMap<usize, String>,
}

/// The date that a cell gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellDate {
    /// As the table prints it: 10/4/2021, N/A, On-going.
    pub date: String,
    /// What it follows from, in words; none of a date that is written.
    pub reason: Option<String>,
    /// What that follows from in its turn, back to what somebody wrote.
    pub because: Vec<String>,
}

/// A release with what is typed into the form of its tasks. Nothing of it is written.
#[derive(Debug)]
pub struct TypedTasks {
    /// Its fields, with their faults.
    pub fields: FieldsReport,
    /// Its dates; as long as something is to be fixed, those that it has now.
    pub dates: Option<TaskDates>,
    /// How many cells give another date than now; none as long as something is to be fixed.
    pub moved: Option<usize>,
}

/// A step that is put among the tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// The task below which it comes; none in a list without tasks.
    pub below: Option<usize>,
    /// Whether it says what that task says.
    pub copy: bool,
    /// The list as the form read it, as it is typed in the file.
    pub read: String,
}

/// The fields of a release, and the dates of its tasks; no dates if they have faults.
///
/// # Errors
/// [`Refused`]: there is no such release, or it cannot be read at all.
pub fn task_fields(snapshot: &Snapshot, release: &str) -> Result<(FieldsReport, Option<TaskDates>), Refused> {
    let file = SourceFile::Release(release.to_owned());
    let (fields, working) = fields_and_records(snapshot, &file, &mut Readings::default())?;
    Ok((fields, working.and_then(|working| task_dates(&working, release))))
}

/// The dates of a release's tasks; none if it cannot be read, or its dates have faults.
pub(super) fn task_dates(working: &Records, release: &str) -> Option<TaskDates> {
    let plan = working.release(release)?;
    let resolved = resolve(plan, plan.delays.len(), plan.seen_on(), &mut Faults::default())?;
    let milestones = resolved.milestones.iter().enumerate();
    let milestones = milestones.map(|(at, is)| (PlanItem::Milestone(at), format!("milestones.{}", is.id)));
    let tasks = resolved.tasks.iter().map(|task| (PlanItem::Task(task.at), format!("tasks[{}]", task.at)));
    let cells = milestones.chain(tasks).flat_map(|(thing, key)| {
        let edges = [(Edge::Start, "start"), (Edge::End, "end")];
        edges.into_iter().filter_map({
            let resolved = &resolved;
            move |(edge, name)| Some((format!("{key}.{name}"), CellDate::of(resolved, Part { thing, edge })?))
        })
    });
    let steps = resolved.tasks.iter().map(|task| (task.at, task.step().value.clone()));
    Some(TaskDates { cells: cells.collect(), steps: steps.collect() })
}

/// The stable names of a release's tasks, in the order of the file; none of a task without one.
///
/// # Errors
/// [`Refused`]: there is no such release.
pub fn task_ids(snapshot: &Snapshot, release: &str) -> Result<Vec<Option<String>>, Refused> {
    let file = SourceFile::Release(release.to_owned());
    let own = super::texts(snapshot, &file)?;
    let fields = own.first().and_then(|(_, text)| fields_of(text, &file)).unwrap_or_default();
    let tasks = fields.into_iter().find(|field| field.at.to_string() == "tasks");
    let id =
        |task: FileField| task.fields.into_iter().find(|field| field.at.to_string().ends_with(".id"))?.text;
    Ok(tasks.map(|tasks| tasks.fields.into_iter().map(id).collect()).unwrap_or_default())
}

impl CellDate {
    fn of(resolved: &Resolved<'_>, part: Part) -> Option<CellDate> {
        let when = resolved.when(part)?;
        let date = when.cell.to_string();
        let is_written = matches!(when.ground, Ground::Written);
        Some(CellDate {
            date,
            reason: resolved.reason(part).filter(|_| !is_written),
            because: resolved.chain(part).into_iter().skip(1).map(|(_, words)| words).collect(),
        })
    }
}

/// A release as it would be with what is typed into the form of its tasks.
///
/// # Errors
/// [`Refused`]: there is no such release, or what is typed cannot be put into the file in the way it is written.
pub fn typed_tasks(snapshot: &Snapshot, release: &str, wish: &FormRequest) -> Result<TypedTasks, Refused> {
    let file = SourceFile::Release(release.to_owned());
    let (_, edits) = form_edits(snapshot, &file, &touched(wish))?;
    let (fields, after) = task_fields(&edits.snapshot, release)?;
    let before = read_release(snapshot, release, &mut Faults::default());
    let before = before.and_then(|before| task_dates(&before, release));
    let moved = after.as_ref().map(|after| {
        let was = |key| before.as_ref().and_then(|before| before.cells.get(key)).map(|was| &was.date);
        after.cells.iter().filter(|(key, cell)| was(*key) != Some(&cell.date)).count()
    });
    Ok(TypedTasks { fields, dates: after.or(before), moved })
}

/// What of a form says something else than was read: the rest changes nothing.
fn touched(wish: &FormRequest) -> FormRequest {
    let row = |key: &str| key.split_once("].").map_or_else(|| key.to_owned(), |(row, _)| row.to_owned());
    let fields = || wish.fields.iter();
    let rows: BTreeSet<String> =
        fields().filter(|field| field.read != field.typed).map(|field| row(&field.key)).collect();
    FormRequest {
        fields: fields().filter(|field| rows.contains(&row(&field.key))).cloned().collect(),
        lists: wish.lists.iter().filter(|list| list.read != list.typed).cloned().collect(),
        ..FormRequest::default()
    }
}

/// Plans to save the form of a release's tasks, and to put in a step.
///
/// # Errors
/// [`Refused`]: there is no such release, or an edit cannot be put into the file in the way it is written.
pub fn save_tasks(
    snapshot: &Snapshot,
    release: &str,
    mut wish: FormRequest,
    new: Option<&NewStep>,
) -> Result<Plan<FormReport>, Refused> {
    let file = SourceFile::Release(release.to_owned());
    let Some(NewStep { below, copy, read }) = new else { return save_form(snapshot, &file, &wish) };
    // A copy says what is typed, not what was saved before.
    let (report, mut edits) = form_edits(snapshot, &file, &wish)?;
    let source = editable(snapshot, &file)?;
    let typed = edits.snapshot.sources.get(source).text.clone();
    let tasks = fields(&edits.snapshot, &file)?.fields.into_iter().find(|field| field.key == "tasks");
    let tasks = tasks.map(|tasks| tasks.fields).unwrap_or_default();
    if tasks.is_empty() && read.is_empty() && report.conflicts.is_empty() {
        let text = edit::append(&typed, "tasks", edit::typed(FIRST), &[]);
        let text = text.ok_or_else(|| Refused::NotEdited {
            what: report.file.clone(),
            instead: "write the first step under `tasks:` yourself".to_owned(),
        })?;
        edits.edit(source, &text);
        return Ok(Plan::of_sources(format!("desk: Tasks in {}", report.file), report, edits.files()?));
    }
    let change = match below.filter(|below| *below < tasks.len()) {
        Some(below) => FieldChange::Insert(below + 1, item(&typed, &tasks, below, *copy)),
        None => FieldChange::Insert(usize::MAX, FIRST.to_owned()),
    };
    wish.items.push(ItemChange { key: "tasks".to_owned(), read: read.clone(), change });
    save_form(snapshot, &file, &wish)
}

/// The first step of a release, as it is typed in the file.
const FIRST: &str = "{id: task-1, step: 1, text: \"\", owners: \"\"}";

/// A step that comes below another one, as it is typed in the file; `text` is the file's.
fn item(text: &str, tasks: &[Field], below: usize, copy: bool) -> String {
    let (ids, steps) = (all(tasks, "id"), all(tasks, "step"));
    let above = cell(&tasks[below], "step").and_then(|field| field.written.clone()).unwrap_or_default();
    let id = (tasks.len() + 1..).map(|number| format!("task-{number}")).find(|id| !ids.contains(id));
    let step = next_step(&above, &steps, below + 1 == tasks.len());
    let carried: &[&str] = if copy { &COPIED } else { &["owners", "since", "until"] };
    let own = |key: &str, said: String| (key.to_owned(), Value::Text(said));
    let mut keys = vec![own("id", id.unwrap_or_default()), own("step", step)];
    keys.extend((!copy).then(|| own("text", String::new())));
    // Read from the file, for a rule can be written in many ways.
    let task = At::default().key("tasks").item(below);
    let said = |key: &&str| Some(((*key).to_owned(), edit::value_at(text, &task.key(key))?));
    keys.extend(carried.iter().filter_map(said));
    edit::in_line(&Value::Map(keys))
}

/// What a copy of a step takes along: all but its names, and what happened.
const COPIED: [&str; 11] =
    ["owners", "text", "warning", "since", "until", "start", "end", "takes", "fixed", "authority", "by"];

fn cell<'t>(task: &'t Field, name: &str) -> Option<&'t Field> {
    let is_it = |field: &&Field| field.key.rsplit('.').next() == Some(name);
    task.fields.iter().find(is_it)
}

fn all(tasks: &[Field], name: &str) -> BTreeSet<String> {
    tasks.iter().filter_map(|task| cell(task, name)?.written.clone()).collect()
}

/// The number of a step that comes below another one: 7 at the end, else 6a below 6, 6b below 6a.
pub(super) fn next_step(above: &str, taken: &BTreeSet<String>, is_last: bool) -> String {
    let number = above.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if is_last && let Ok(number) = number.parse::<u32>() {
        let next = number.saturating_add(1).to_string();
        if !taken.contains(&next) {
            return next;
        }
    }
    let letters = ('a'..='z').map(|letter| format!("{number}{letter}"));
    let free = letters.filter(|step| step.as_str() > above).find(|step| !taken.contains(step));
    free.unwrap_or_else(|| format!("{above}a"))
}
