//! The schedule that an issued memo told the counties.
//!
//! In: a memo's lock; of a lock without dates, its published spreadsheet; what the office and the plan are called today.
//! Out: [`IssuedSchedule`], a plan of nothing but printed dates, which `schedule` compares as it does any other. Not here:
//! what changed since, and finding dates: what was issued is never computed anew.

use std::{fmt, sync::Arc};

use chrono::NaiveDate;
use serde_json::Value;

use super::LockFile;
use crate::{
    diagnostic::{Place, Placed, Sources},
    model::{DateCell, DateRule, Dates, Day, Entity, Id, Milestone, Office, Plan, Task, Tbd, Text, Window},
    output::{File, Form, OutputPath, Piece},
    schedule::{Ground, Resolved, ResolvedDate, ResolvedMilestone, ResolvedTask},
    spreadsheet,
};

/// A schedule as it was issued.
#[derive(Debug, Clone)]
pub struct IssuedSchedule {
    /// What was printed, as a plan without rules.
    plan: Plan,
    /// The memo's date.
    as_of: NaiveDate,
    windows: Vec<Window>,
    completed: Vec<bool>,
    texts: Vec<String>,
    record: ScheduleRecord,
}

/// Where it is known from what was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduleRecord {
    /// From the data in the lock: milestones, steps, every date as printed.
    Lock,
    /// From the published spreadsheet, for the lock is older than such data: steps alone, known by their numbers.
    Spreadsheet(OutputPath),
}

/// What was printed: milestones by the names that templates know them by, and steps in their order.
#[derive(Default)]
struct Printed {
    milestones: Vec<(String, Window)>,
    steps: Vec<PrintedStep>,
}

/// A step as it was printed.
struct PrintedStep {
    id: Option<String>,
    step: String,
    owner: String,
    text: String,
    start: DateCell,
    end: DateCell,
    completed: bool,
}

/// What is not kept of an issued memo: its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRecord {
    memo: String,
}

impl fmt::Display for NoRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let memo = &self.memo;
        write!(
            f,
            "the lock of memo {memo} holds no dates, for an older ccrov wrote it, and the memo published no schedule as a \
             spreadsheet; so nothing says which dates the counties have read"
        )
    }
}

impl std::error::Error for NoRecord {}

impl IssuedSchedule {
    /// What a memo with this lock told of a plan, which today is `now`. `published` reads a published file.
    ///
    /// # Errors
    /// [`NoRecord`]: the lock is of the first format, and its memo published no spreadsheet.
    pub fn read(
        locked: &LockFile,
        now: &Plan,
        office: &Office,
        sources: &Sources,
        published: impl FnOnce(&File) -> Option<Vec<u8>>,
    ) -> Result<IssuedSchedule, NoRecord> {
        let place = sources.get(locked.source).text.find("resolved:").unwrap_or(0);
        let place = locked.source.at(place..place);
        let data = locked.lock.resolved.as_ref().and_then(|seen| of_data(seen, &office.tbd));
        let is_schedule = |file: &&File| (file.document, file.kind) == (Piece::Schedule, Form::Csv);
        let (record, Printed { milestones: windows, steps }) = match data {
            Some(data) => (ScheduleRecord::Lock, data),
            None => {
                let file = locked.lock.memo.artifacts.iter().find(is_schedule);
                let found = file.and_then(|file| Some((file, published(file)?)));
                let (file, csv) = found.ok_or_else(|| NoRecord { memo: locked.id().to_owned() })?;
                (ScheduleRecord::Spreadsheet(file.path.clone()), of_spreadsheet(&csv, &office.tbd))
            }
        };
        let mut milestones: Vec<(usize, Milestone, Window)> = Vec::new();
        for (variable, window) in windows {
            let at = now.milestones.iter().position(|milestone| milestone.id.variable() == variable);
            let id = match at {
                Some(at) => now.milestones[at].id.clone(),
                None => match variable.replace('_', "-").parse() {
                    Ok(id) => id,
                    Err(_) => continue,
                },
            };
            let dates = dates(&window.start.cell(), &window.end.cell(), &place);
            let is_window = window.start != window.end;
            milestones.push((at.unwrap_or(usize::MAX), Milestone { id, dates, is_window }, window));
        }
        milestones.sort_by_key(|(at, ..)| *at);
        let windows = milestones.iter().map(|(.., window)| window.clone()).collect();
        let milestones = milestones.into_iter().map(|(_, milestone, _)| milestone).collect();
        let completed = steps.iter().map(|step| step.completed).collect();
        let texts = steps.iter().map(|step| step.text.clone()).collect();
        let mut tasks: Vec<Task> = Vec::with_capacity(steps.len());
        for step in steps {
            let task = task(step, now, office, &place, &tasks);
            tasks.push(task);
        }
        let plan = Plan { milestones, delays: Vec::new(), tasks, ..now.clone() };
        Ok(IssuedSchedule { plan, as_of: locked.lock.memo.date, windows, completed, texts, record })
    }

    /// As a plan whose dates have been found.
    pub fn resolved(&self) -> Resolved<'_> {
        let milestones = self.plan.milestones.iter().zip(&self.windows).map(|(milestone, window)| {
            let (id, dates) = (&milestone.id, &milestone.dates);
            let (start, end) = (printed(&dates.start), printed(&dates.end));
            ResolvedMilestone {
                id,
                first: window.clone(),
                before: window.clone(),
                now: window.clone(),
                start,
                end,
                completed: window.end.known().is_some_and(|end| end < self.as_of),
            }
        });
        let tasks = self.plan.tasks.iter().zip(&self.completed).enumerate();
        let tasks = tasks.map(|(at, (task, completed))| {
            let (start, end) = (printed(&task.dates.start), printed(&task.dates.end));
            ResolvedTask { at, task, start, end, completed: *completed, knew: 0 }
        });
        let (milestones, tasks) = (milestones.collect(), tasks.collect());
        Resolved { plan: &self.plan, as_of: self.as_of, milestones, delays: &[], tasks, windows: Vec::new() }
    }

    /// The texts of its steps as they were printed, in their order.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Where it is known from.
    pub fn record(&self) -> &ScheduleRecord {
        &self.record
    }

    /// The days of a milestone, if they are known.
    pub fn window(&self, id: &Id) -> Option<Window> {
        let at = self.plan.milestones.iter().position(|milestone| milestone.id == *id)?;
        self.windows.get(at).cloned()
    }
}

/// What a lock holds of it.
fn of_data(seen: &Value, tbd: &str) -> Option<Printed> {
    let milestones = seen.get(0)?.get("milestones").and_then(Value::as_object);
    let day = |milestone: &Value, edge: &str| match cell(milestone.get(edge)?.as_str()?, tbd) {
        DateCell::Tbd(tbd) => Some(Day::Tbd(tbd)),
        cell => cell.day().map(Day::Known),
    };
    let milestones = milestones.into_iter().flatten().filter_map(|(name, milestone)| {
        let (start, end) = (day(milestone, "start")?, day(milestone, "end")?);
        Some((name.clone(), Window { start, end }))
    });
    let rows = |part: &str, completed: bool| {
        let rows = seen.get(2).and_then(|view| view.get(part)).and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(move |row| step(row, completed, tbd)).collect::<Vec<_>>()
    };
    let mut steps = rows("completed", true);
    steps.extend(rows("remaining", false));
    Some(Printed { milestones: milestones.collect(), steps })
}

fn step(row: &Value, completed: bool, tbd: &str) -> Option<PrintedStep> {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let texts: Vec<&str> = text("text").into_iter().chain(text("warning")).collect();
    Some(PrintedStep {
        id: text("id").map(str::to_owned),
        step: text("step")?.to_owned(),
        owner: text("owner")?.to_owned(),
        text: texts.join(" – "),
        start: cell(text("start")?, tbd),
        end: cell(text("end")?, tbd),
        completed,
    })
}

fn of_spreadsheet(csv: &[u8], tbd: &str) -> Printed {
    let step = |row: crate::output::StepEntry| PrintedStep {
        id: None,
        start: cell(&row.start, tbd),
        end: cell(&row.end, tbd),
        step: row.step,
        owner: row.owner,
        text: row.task,
        completed: row.completed,
    };
    Printed { steps: spreadsheet::read(csv).into_iter().map(step).collect(), ..Printed::default() }
}

/// What was printed in a cell is one of the forms that can be read, or the office's word for a date that nobody knows.
fn cell(text: &str, tbd: &str) -> DateCell {
    let written = match text.strip_prefix(tbd) {
        Some(note) => format!("{}{note}", Tbd::WORD),
        None => text.to_owned(),
    };
    // A schedule may show a star and an E-number behind a date.
    let alone = written.rsplit_once(" (E").map_or(written.as_str(), |(date, _)| date).trim_end_matches('*');
    written.parse().or_else(|_| alone.parse()).unwrap_or(DateCell::Empty)
}

/// A printed step as a task. One without an id is the plan's task of that number and owner, or of that text.
fn task(step: PrintedStep, now: &Plan, office: &Office, place: &Place, before: &[Task]) -> Task {
    let owner =
        |task: &Task| task.owners.iter().map(|owner| owner.name.as_str()).collect::<Vec<_>>().join("/");
    let free = |task: &&Task| !before.iter().any(|other| other.id == task.id);
    let known = match &step.id {
        Some(id) => now.tasks.iter().find(|task| task.id.as_str() == id),
        None => {
            let all = || now.tasks.iter().filter(free);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let alike = |task: &&Task| words(&task.text.value) == words(&step.text);
            let same = |task: &&Task| task.step.value == step.step;
            let found = all().find(|task| same(task) && owner(task) == step.owner);
            found.or_else(|| all().find(alike)).or_else(|| all().find(same))
        }
    };
    let id = known.map(|task| task.id.clone()).or_else(|| step.id.as_ref()?.parse().ok());
    let id = id.unwrap_or_else(|| own_id(&step.step, before));
    let placed = |value: String| Text { value, place: place.clone() };
    let owners = match known.filter(|task| owner(task) == step.owner) {
        Some(task) => task.owners.clone(),
        None => owners(&step.owner, office),
    };
    Task {
        id,
        owners,
        // As it is written it is matched with another entry of the same text.
        text: known.map_or_else(|| placed(step.text), |task| task.text.clone()),
        warning: None,
        since: 0,
        until: None,
        dates: dates(&step.start, &step.end, place),
        step: placed(step.step),
    }
}

/// A name for a step that no plan knows any more.
fn own_id(step: &str, before: &[Task]) -> Id {
    let step: String = step.chars().filter(char::is_ascii_alphanumeric).collect();
    let base = format!("as-issued-{}", step.to_ascii_lowercase());
    let names = (1..).map(|nth| format!("{}-{nth}", base.trim_end_matches('-')));
    let mut ids = names.filter_map(|name| name.parse::<Id>().ok());
    let free = |id: &Id| !before.iter().any(|task| task.id == *id);
    ids.find(free).expect("letters, digits and single hyphens are an id, and the count has no end")
}

/// Who is responsible, one by one, as the office knows them: the longest name first. Whom it does not know any more is one.
fn owners(printed: &str, office: &Office) -> Vec<Arc<Entity>> {
    let mut owners = Vec::new();
    let mut rest = printed;
    while !rest.is_empty() {
        let known = office.entities.values().flatten().filter(|entity| {
            rest.strip_prefix(entity.name.as_str())
                .is_some_and(|more| more.is_empty() || more.starts_with('/'))
        });
        let Some(entity) = known.max_by_key(|entity| entity.name.len()) else {
            owners.push(Arc::new(Entity { name: rest.to_owned(), calendar: None, part_of: Vec::new() }));
            break;
        };
        rest = rest[entity.name.len()..].trim_start_matches('/');
        owners.push(Arc::clone(entity));
    }
    owners
}

fn dates(start: &DateCell, end: &DateCell, place: &Place) -> Dates {
    let literal = |cell: &DateCell| Placed { value: DateRule::Literal(cell.clone()), place: place.clone() };
    Dates {
        start: literal(start),
        end: literal(end),
        started: None,
        ended: None,
        is_open: None,
        fixed: None,
        by: None,
    }
}

/// A date as it stands there.
fn printed(rule: &Placed<DateRule>) -> ResolvedDate<'_> {
    let cell = match &rule.value {
        DateRule::Literal(cell) => cell.clone(),
        DateRule::Counted(_) | DateRule::Takes(_) => DateCell::Empty,
    };
    ResolvedDate { cell, place: &rule.place, ground: Ground::Written, closed: Vec::new() }
}
