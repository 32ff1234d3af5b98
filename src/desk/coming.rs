//! What is due in the next days: steps and milestones of the releases, and deadlines of memos, in drafts and in what has gone out.
//!
//! In: a snapshot, its list of memos, the first day and how many days. Out: [`ComingDate`]s in their order. Which day it is, the front
//! end says. Not here: what a plan's dates hang on (`schedule`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{ListedMemo, SourceFile};
use crate::{
    diagnostic::Faults,
    folder::Snapshot,
    model::{DateCell, Entity, InForce, Memo, Plan, date},
    output::{Manifest, MemoEntry, StepEntry},
    records,
    schedule::{PlanItem, Resolved, ResolvedTask, resolve},
};

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ComingDate {
    /// The day.
    pub day: NaiveDate,
    /// The day in words, with its weekday, and its time: "Monday, March 2, 2026, 5:00 p.m.".
    pub date: String,
    /// What is due.
    pub what: String,
    /// From whom; blank of a milestone.
    pub who: String,
    /// What to look at twice, if there is something.
    pub warning: Option<String>,
    /// The file that says so.
    #[serde(skip)]
    pub file: ComingFrom,
    /// What that is called: a memo's number or id, a release's id.
    pub name: String,
}

/// Where a date stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComingFrom {
    /// In a release.
    Release(String),
    /// In a memo.
    Memo(String),
}

impl ComingFrom {
    /// The file.
    pub fn file(&self) -> SourceFile {
        match self {
            ComingFrom::Release(id) => SourceFile::Release(id.clone()),
            ComingFrom::Memo(id) => SourceFile::Memo(id.clone()),
        }
    }
}

/// What is due from a day on, for some days. Of memos, only those in work are read; of the others the manifest says what they print.
///
pub fn coming(
    snapshot: &Snapshot,
    manifest: &Manifest,
    memos: &[ListedMemo],
    from: NaiveDate,
    days: u64,
) -> Vec<ComingDate> {
    let until = from.checked_add_days(Days::new(days)).unwrap_or(from);
    let mut coming = Coming { from, until, found: Vec::new() };
    let in_work: BTreeSet<&str> =
        memos.iter().filter(|memo| memo.is_in_work).map(|memo| memo.id.as_str()).collect();
    let mut texts = snapshot.texts.clone();
    texts.memos.retain(|(id, _)| in_work.contains(id.as_str()));
    if let Some(records) = records::read(&texts, &snapshot.sources, &mut Faults::default(), |_| true) {
        for (id, plan) in &records.releases {
            plan.iter().for_each(|plan| coming.release(id.as_str(), plan));
        }
        let drafts = records.memos.values().flatten().chain(&records.faulty);
        drafts.for_each(|memo| coming.draft(memo));
    }
    let gone_out = |memo: &&MemoEntry| !memo.is_draft() && !in_work.contains(memo.id.as_str());
    let out: BTreeMap<&str, &MemoEntry> =
        manifest.memos.iter().filter(gone_out).map(|memo| (memo.id.as_str(), memo)).collect();
    let in_force = InForce::of(&out.values().map(|memo| memo.statement()).collect::<Vec<_>>());
    for memo in out.values().filter(|memo| memo.status == "issued" && in_force.is_in_force(&memo.id)) {
        let later = in_force.later(&memo.id).iter().filter(|later| !later.withdrawn);
        let later: Vec<&MemoEntry> = later.filter_map(|later| out.get(later.id).copied()).collect();
        let listed = later.iter().filter(|later| in_force.is_in_force(&later.id));
        let anew: Vec<&StepEntry> = listed.flat_map(|later| &later.deadlines).collect();
        // A later schedule takes the place of one that stands in no release.
        coming.issued(memo, &anew, later.iter().all(|later| later.schedule.is_empty()));
    }
    coming.found.sort();
    coming.found.dedup();
    coming.found
}

struct Coming {
    from: NaiveDate,
    until: NaiveDate,
    found: Vec<ComingDate>,
}

impl Coming {
    fn release(&mut self, id: &str, plan: &Plan) {
        let Some(resolved) = resolve(plan, plan.delays.len(), self.from, &mut Faults::default()) else {
            return;
        };
        let file = ComingFrom::Release(id.to_owned());
        for (at, milestone) in resolved.milestones.iter().enumerate() {
            let name = resolved.words(PlanItem::Milestone(at));
            let window = milestone.start.cell != milestone.end.cell;
            let ends = [
                (&milestone.start.cell, if window { " begins" } else { "" }),
                (&milestone.end.cell, " ends"),
            ];
            for (cell, what) in ends.into_iter().take(1 + usize::from(window)) {
                let what = crate::words::capitalized(&format!("{}{what}", name.trim_start_matches("the ")));
                self.add(cell, cell.day(), (what, String::new()), None, &file, id);
            }
        }
        self.steps(resolved.steps(), &resolved, &file, id);
    }

    fn draft(&mut self, memo: &Memo) {
        let id = memo.id.as_str();
        let (file, name) = (ComingFrom::Memo(id.to_owned()), memo.number.as_deref().unwrap_or(id));
        let Some(plan) = memo.dated().filter(|_| !memo.tells_proposal) else { return };
        let Some(resolved) = resolve(plan, memo.knows, memo.date, &mut Faults::default()) else { return };
        for task in resolved.deadlines() {
            let warning = "The memo that says so is not issued yet.".to_owned();
            self.task(task, String::new(), Some(warning), &file, name);
        }
        // Tasks of a release stand there.
        if memo.plan.as_ref().is_some_and(|plan| plan.id.is_none()) {
            self.steps(resolved.steps(), &resolved, &file, name);
        }
    }

    fn steps<'r, 'p: 'r>(
        &mut self,
        steps: impl Iterator<Item = &'r ResolvedTask<'p>>,
        resolved: &Resolved<'p>,
        file: &ComingFrom,
        name: &str,
    ) {
        for task in steps.filter(|task| !task.completed) {
            let step = format!("{}: ", crate::words::capitalized(&resolved.words(PlanItem::Task(task.at))));
            let warning = task.task.warning.as_ref().map(|warning| warning.value.clone());
            self.task(task, step, warning, file, name);
        }
    }

    fn task(
        &mut self,
        task: &ResolvedTask<'_>,
        step: String,
        warning: Option<String>,
        file: &ComingFrom,
        name: &str,
    ) {
        let what = step + &task.task.text.value;
        let who = Entity::joined(&task.task.owners);
        let cell = if task.end.cell.day().is_some() { &task.end.cell } else { &task.start.cell };
        self.add(cell, cell.day(), (what, who), warning, file, name);
    }

    /// What a memo in force asks for: its deadlines but those that a later one lists `anew`, and its own steps if it `has_schedule`.
    fn issued(&mut self, memo: &MemoEntry, anew: &[&StepEntry], has_schedule: bool) {
        let (file, name) = (ComingFrom::Memo(memo.id.clone()), memo.number.as_deref().unwrap_or(&memo.id));
        // A schedule of a release has its dates of today in the release.
        let is_own = has_schedule && memo.release.is_none();
        let steps = memo.schedule.iter().filter(|step| is_own && !step.completed);
        let holds = |own: &&StepEntry| !anew.iter().any(|other| other.is_same_deadline(own));
        for entry in memo.deadlines.iter().filter(holds).chain(steps) {
            let cell: DateCell = entry.end.parse().unwrap_or(DateCell::Empty);
            let what = match entry.step.as_str() {
                "" => entry.task.clone(),
                step => format!("Step {step}: {}", entry.task),
            };
            self.add(&cell, cell.day(), (what, entry.owner.clone()), entry.warning.clone(), &file, name);
        }
    }

    fn add(
        &mut self,
        cell: &DateCell,
        day: Option<NaiveDate>,
        (what, who): (String, String),
        warning: Option<String>,
        file: &ComingFrom,
        name: &str,
    ) {
        let Some(day) = day.filter(|day| self.from <= *day && *day < self.until) else { return };
        let time = match cell {
            DateCell::Moment(_, time) => format!(", {}", date::time(*time)),
            _ => String::new(),
        };
        let date = format!("{}, {}{time}", date::weekday(day), date::prose(day));
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        let (file, name) = (file.clone(), name.to_owned());
        self.found.push(ComingDate { day, date, what, who, warning, file, name });
    }
}
