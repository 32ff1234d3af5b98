//! The schedule that an issued memo told the counties.
//!
//! In: a memo's lock; of a lock without dates, its published spreadsheet; what the office and the plan are called today.
//! Out: [`IssuedSchedule`], a plan of nothing but printed dates, which `schedule` compares as it does any other. Not here:
//! what stands in a record, what changed since, and finding dates: what was issued is never computed anew.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;

use super::{
    LockFile,
    printed::{self, PrintedPlan, PrintedStep},
    tasks::Tasks,
};
use crate::{
    diagnostic::{Place, Placed, Sources},
    model::{DateCell, DateRule, Dates, Milestone, Office, Plan, Window},
    output::{File, OutputPath},
    schedule::{Ground, Resolved, ResolvedDate, ResolvedMilestone, ResolvedTask},
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
        let data = locked.lock.resolved.as_ref().filter(|seen| seen.is_array());
        let (record, PrintedPlan { milestones: windows, steps }) = match data {
            Some(seen) => (ScheduleRecord::Lock, PrintedPlan::of_data(seen, &office.tbd)),
            None => {
                let found = locked.spreadsheet().and_then(|file| Some((file, published(file)?)));
                let (file, csv) = found.ok_or_else(|| NoRecord { memo: locked.id().to_owned() })?;
                (
                    ScheduleRecord::Spreadsheet(file.path.clone()),
                    PrintedPlan::of_spreadsheet(&csv, &office.tbd),
                )
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
        let texts = steps.iter().map(PrintedStep::words).collect();
        let mut tasks = Tasks::of(now, office, &place);
        let tasks = steps.into_iter().map(|step| tasks.task(step)).collect();
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

    /// Whether the days of its milestones are known.
    pub fn knows_milestones(&self) -> bool {
        self.record == ScheduleRecord::Lock
    }

    /// The days of the milestones that a memo with this lock told, by their names in templates; of a lock of the first format
    /// none are known. Nothing else of the schedule is made.
    pub fn milestones(locked: &LockFile, office: &Office) -> BTreeMap<String, Window> {
        let seen = locked.lock.resolved.as_ref();
        seen.map(|seen| printed::milestones(seen, &office.tbd)).unwrap_or_default().into_iter().collect()
    }
}

pub(super) fn dates(start: &DateCell, end: &DateCell, place: &Place) -> Dates {
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
