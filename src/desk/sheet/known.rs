//! A release as a sheet is held against it.
//!
//! In: a snapshot. Out: [`KnownRelease`]: the steps of its latest plan in the words that are printed, each date with what it follows.
//! Not here: the sheet.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{columns::SheetColumn, pair::normal, rows::SheetRow};
use crate::{
    calendar::Workdays,
    desk::{
        Refused,
        fields::{in_release, read_release},
    },
    diagnostic::Faults,
    folder::{Snapshot, stem},
    model::{Base, Calendar, DateCell, DateRule, Dates, Entity, Office, Plan, Task, Unit},
    records::Records,
    schedule::{Edge, Ground, Part, PlanItem, Resolved, resolve},
    template::{Engine, texts_and_warnings},
    words::with_warning,
};

/// A release in its latest plan.
pub(super) struct KnownRelease {
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whose it is: "State of California".
    pub author: String,
    /// The last day that it tells of: of its delays, of what has happened; else the first of its steps' days.
    pub as_of: NaiveDate,
    pub steps: Vec<KnownStep>,
    /// All ids that tasks have, of all plans.
    pub ids: Vec<String>,
    pub milestones: Vec<NamedMilestone>,
    /// Who can be responsible: ids and printed names.
    pub entities: Vec<(String, String)>,
    /// The office's word for a date that nobody knows.
    pub tbd: Arc<str>,
}

/// A milestone.
pub(super) struct NamedMilestone {
    pub id: String,
    /// "mock election".
    pub words: String,
    pub is_window: bool,
    pub days: [DateCell; 2],
}

/// A step.
pub(super) struct KnownStep {
    /// Its place among the tasks of the file.
    pub at: usize,
    pub id: String,
    /// The number that it has now, then the one that it had when it was completed.
    pub numbers: Vec<String>,
    /// Whether a delay has given it another number.
    pub is_renumbered: bool,
    /// Who is responsible, by their ids, and as printed.
    pub owners: Vec<String>,
    pub owners_printed: String,
    /// What is to be done: as printed; then as printed with its warning, and as written.
    pub texts: Vec<String>,
    /// What must not be overlooked, as printed and as written.
    pub warnings: Vec<String>,
    pub dates: [KnownDate; 2],
    /// How many working days it takes, if its file says that.
    pub takes: Option<i32>,
    /// Whether it is completed as far as the release is told.
    pub is_completed: bool,
    /// How many working days there are from its start to its end.
    pub days: Option<i64>,
    calendars: Vec<Arc<Calendar>>,
}

/// When a step starts or ends.
pub(super) struct KnownDate {
    pub cell: DateCell,
    pub kind: DateKind,
    /// What it follows, in words; why it is when it is.
    pub reason: String,
    /// The milestone on whose first or last day it is because of its rule.
    pub on: Option<(String, Edge)>,
}

/// What a date follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateKind {
    /// The file says it.
    Written,
    /// It has happened.
    Happened,
    /// A rule finds it.
    Rule,
    /// It is found from the other end by how long the step takes.
    Takes,
}

impl KnownRelease {
    /// Reads a release.
    ///
    /// # Errors
    /// [`Refused`]: there is no such release, or its dates cannot be found.
    pub fn of(snapshot: &Snapshot, release: &str) -> Result<KnownRelease, Refused> {
        let id = stem(release);
        in_release(snapshot, &id, |working, plan| KnownRelease::found(snapshot, &id, working, plan))
    }

    /// Reads a release whose dates may fall on closed days: they stay there before somebody says what happens.
    pub fn on_closed_days(snapshot: &Snapshot, id: &str) -> Option<KnownRelease> {
        let working = read_release(snapshot, id, &mut Faults::default())?;
        let mut plan = working.release(id)?.clone();
        plan.stay_on_closed_days();
        KnownRelease::found(snapshot, id, &working, &plan)
    }

    fn found(snapshot: &Snapshot, id: &str, working: &Records, plan: &Plan) -> Option<KnownRelease> {
        let resolved = resolve(plan, plan.delays.len(), plan.seen_on(), &mut Faults::default())?;
        let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut Faults::default());
        let (office, sources) = (&working.office, &snapshot.sources);
        let texts = texts_and_warnings(None, &resolved, office, &engine, sources);
        let entities = office.entities.iter();
        let entities = entities.filter_map(|(id, is)| Some((id.to_string(), is.as_ref()?.name.clone())));
        let milestones = resolved.milestones.iter().zip(&plan.milestones);
        let milestones = milestones.map(|(is, written)| NamedMilestone {
            id: is.id.to_string(),
            words: is.id.words(),
            is_window: written.is_window,
            days: [is.now.start.cell(), is.now.end.cell()],
        });
        let steps = resolved.tasks.iter().zip(texts);
        let steps = steps.map(|(task, texts)| KnownStep::of(task.at, &resolved, texts, office));
        let steps: Vec<KnownStep> = steps.collect::<Option<_>>()?;
        let days = || steps.iter().flat_map(|step| &step.dates).filter_map(|date| date.cell.day());
        let told = Some(plan.seen_on()).filter(|day| *day > NaiveDate::MIN);
        Some(KnownRelease {
            id: id.to_owned(),
            name: plan.name.clone().unwrap_or_else(|| id.to_owned()),
            author: office.state.clone(),
            as_of: told.or_else(|| days().min()).unwrap_or_default(),
            steps,
            ids: plan.tasks.iter().map(|task| task.id.to_string()).collect(),
            milestones: milestones.collect(),
            entities: entities.collect(),
            tbd: Arc::clone(&office.tbd),
        })
    }

    /// The milestone that a row names, if it names one and nobody who does it.
    pub fn milestone_named(&self, row: &SheetRow) -> Option<usize> {
        let words = normal(row.filled(SheetColumn::Task).filter(|_| row.filled(SheetColumn::Who).is_none())?);
        let words = words.strip_prefix("the ").unwrap_or(&words);
        self.milestones.iter().position(|milestone| normal(&milestone.words) == words)
    }
}

impl KnownStep {
    fn of(
        at: usize,
        resolved: &Resolved<'_>,
        (text, warning): (String, Option<String>),
        office: &Office,
    ) -> Option<KnownStep> {
        let found = resolved.task(at)?;
        let task = found.task;
        let date = |edge| KnownDate::of(resolved, Part { thing: PlanItem::Task(at), edge });
        let mut numbers = vec![task.step_at(resolved.delays.len()).value.clone()];
        numbers.extend(Some(found.step().value.clone()).filter(|step| *step != numbers[0]));
        let (start, end) = (&found.start.cell, &found.end.cell);
        Some(KnownStep {
            at,
            id: task.id.to_string(),
            numbers,
            is_renumbered: !task.steps.is_empty(),
            owners: owner_ids(task, office),
            owners_printed: Entity::joined(&task.owners),
            texts: vec![text.clone(), with_warning(&text, warning.as_deref()), task.text.value.clone()],
            warnings: warning.into_iter().chain(task.warning.iter().map(|text| text.value.clone())).collect(),
            dates: [date(Edge::Start)?, date(Edge::End)?],
            takes: takes(&task.dates),
            is_completed: found.completed,
            days: working_days(task.calendars(), start, end),
            calendars: task.owners.iter().filter_map(|owner| owner.calendar.clone()).collect(),
        })
    }

    /// What it is called: "Step 6a".
    pub fn words(&self) -> String {
        format!("Step {}", self.numbers[0])
    }

    /// How many working days there are from one day to another for those who are responsible, both included.
    pub fn working_days(&self, start: &DateCell, end: &DateCell) -> Option<i64> {
        working_days(self.calendars.iter().map(|calendar| &**calendar), start, end)
    }
}

impl KnownDate {
    fn of(resolved: &Resolved<'_>, part: Part) -> Option<KnownDate> {
        let when = resolved.when(part)?;
        let kind = match &when.ground {
            Ground::Written => DateKind::Written,
            Ground::Happened => DateKind::Happened,
            Ground::Takes { .. } => DateKind::Takes,
            _ => DateKind::Rule,
        };
        let on = match &when.ground {
            Ground::Counted {
                rule,
                from: Some(Part { thing: PlanItem::Milestone(at), edge }),
                floor: None,
                ..
            } if rule.offset.count == 0
                && when.rolled().is_none()
                && !matches!(rule.base, Base::Election(_)) =>
            {
                Some((resolved.plan.milestones[*at].id.to_string(), *edge))
            }
            _ => None,
        };
        Some(KnownDate { cell: when.cell.clone(), kind, reason: resolved.reason(part)?, on })
    }
}

fn owner_ids(task: &Task, office: &Office) -> Vec<String> {
    let id = |owner: &Arc<Entity>| {
        let mut known = office.entities.iter();
        known
            .find(|(_, is)| is.as_ref().is_some_and(|is| is.name == owner.name))
            .map(|(id, _)| id.to_string())
    };
    task.owners.iter().filter_map(id).collect()
}

fn takes(dates: &Dates) -> Option<i32> {
    dates.both().into_iter().find_map(|rule| match &rule.value {
        DateRule::Takes(span) if span.unit == Unit::WorkingDays => Some(span.count),
        _ => None,
    })
}

fn working_days<'c>(
    calendars: impl Iterator<Item = &'c Calendar>,
    start: &DateCell,
    end: &DateCell,
) -> Option<i64> {
    let (first, last) = (start.day()?, end.day()?);
    let workdays = Workdays::of(calendars);
    (first <= last).then(|| workdays.between(first, last) + i64::from(workdays.closed(first).is_none()))
}
