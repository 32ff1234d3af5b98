//! A delay is recorded: what follows from it, and the release's file with the delay in it.
//!
//! Not here: which dates follow (`schedule`), how the file is written (`yaml::edit`), building what follows.

mod follows;
mod order;
mod places;
mod questions;
mod releases;
mod report;
mod take_back;
mod timeline;
mod unusual;

use chrono::NaiveDate;

use super::{Blank, Refused, no_release};
use crate::{
    diagnostic::{Diagnostic, Faults, Findings, Severity, SourceId, Sources},
    folder::{Plan, Snapshot, stem},
    issued::standing,
    model::{Day, Id, Plan as ReleasePlan},
    records::{self, Records},
    schedule::{self, Resolved, resolve},
    template::{Engine, causes, task_texts},
};
use follows::Follows;
use order::Order;
pub(super) use order::{FARTHEST, last_planned, milestone_of, near_days};
use places::EditedRelease;
use questions::AnsweredSteps;
pub use questions::{DoneAnswers, DoneQuestion};
pub use releases::{MovableMilestone, MovableRelease, movable};
pub use report::{DateMove, MemoOfRelease, SlipReport, StayingDates, WhatFollows};
pub use take_back::{LastDelay, last_delay, take_back_delay};
pub use timeline::{Timeline, TimelineRow, timeline};

/// A delay that is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipRequest {
    /// The release, by the name of its file.
    pub release: String,
    /// The milestones that move.
    pub moves: Vec<MilestoneMove>,
    /// The cause, as it reads after "due to".
    pub reason: String,
    /// When counties are told.
    pub announced: NaiveDate,
    /// What is known of steps whose day has passed by then.
    pub answers: DoneAnswers,
}

/// A milestone, and where it moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneMove {
    /// Its id.
    pub milestone: String,
    /// Its new day, or a window's new first day.
    pub start: Day,
    /// A window's new last day; without it, the window keeps its length in working days.
    pub end: Option<Day>,
}

/// A working folder as it is, or as it would be.
struct Side {
    sources: Sources,
    working: Records,
    faults: Vec<Diagnostic>,
}

impl Side {
    fn read(snapshot: &Snapshot) -> Option<Side> {
        let mut faults = Faults::default();
        let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| true);
        Some(Side { sources: snapshot.sources.clone(), working: working?, faults: faults.into_sorted() })
    }

    fn plan(&self, id: &str) -> Option<&ReleasePlan> {
        self.working.releases.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    /// The plan with all its delays, seen on a day; the faults of its rules and dates go to `faults`.
    fn resolved(&self, id: &str, as_of: NaiveDate, faults: &mut Faults) -> Option<Resolved<'_>> {
        let plan = self.plan(id)?;
        let resolved = resolve(plan, plan.delays.len(), as_of, faults)?;
        let entities = self.working.office.entities.values().flatten();
        schedule::check(&resolved, entities.map(|entity| entity.name.as_str()), &self.sources, faults);
        Some(resolved)
    }

    /// The texts of a plan's steps, as they are printed.
    fn texts(&self, resolved: &Resolved<'_>, engine: &Engine) -> Vec<String> {
        task_texts(resolved.plan, None, resolved, &self.working.office, engine, &self.sources)
    }

    /// The cause of the last delay, as it is printed.
    fn cause(&self, resolved: &Resolved<'_>, engine: &Engine, faults: &mut Faults) -> Option<String> {
        causes(resolved, &self.working.office, engine, &self.sources, faults)?.pop()
    }

    /// What is wrong with the release, as far as it is not a matter of taste.
    fn errors(&self, source: SourceId, more: Faults) -> Vec<Diagnostic> {
        let mut all = self.faults.clone();
        all.extend(more.into_sorted());
        all.retain(|fault| fault.place.source == source && fault.code.severity() == Severity::Error);
        all
    }
}

/// The folder as it would be with a delay; nothing is asked about what was done, and nothing is looked at.
///
/// # Errors
/// [`Refused`]: there is no such release, or the delay cannot be written.
pub(super) fn with_delay(snapshot: &Snapshot, wish: &SlipRequest) -> Result<Snapshot, Refused> {
    let id = stem(&wish.release);
    let releases = &snapshot.texts.releases;
    let source = releases.iter().find(|(known, _)| *known == id).map(|(_, source)| *source);
    let source = source.ok_or_else(|| no_release(&id, releases.iter().map(|(id, _)| id.as_str())))?;
    let side = Side::read(snapshot);
    let plan = side.as_ref().and_then(|side| side.plan(&id));
    let plan = plan.ok_or_else(|| unreadable(snapshot, None, Faults::default()))?;
    let order = Order::new(wish, plan)?;
    Ok(EditedRelease::new(snapshot, source, &order)?.edits.snapshot)
}

/// Plans to record a delay. The plan changes nothing, and its report says why: by a delay by which nothing moves
/// ([`SlipReport::is_nothing`]), as long as nobody has said of steps that would move whether they were done
/// ([`SlipReport::questions`]), and if issued memos would tell the delay ([`SlipReport::would_tell`]).
///
/// # Errors
/// [`Refused`]: there is no such release, milestone or step, a day cannot be, files have faults, or, with the delay, dates of
/// the release would cross ([`Refused::Conflict`]).
pub fn slip(snapshot: &Snapshot, wish: &SlipRequest) -> Result<Plan<SlipReport>, Refused> {
    let id = stem(&wish.release);
    let releases = &snapshot.texts.releases;
    let Some((_, source)) = releases.iter().find(|(known, _)| *known == id) else {
        return Err(no_release(&id, releases.iter().map(|(known, _)| known.as_str())));
    };
    if wish.reason.trim().is_empty() {
        return Err(Refused::Blank(Blank::Reason));
    }
    let before = Side::read(snapshot);
    let mut wrong = Faults::default();
    let now = before.as_ref().and_then(|side| side.resolved(&id, wish.announced, &mut wrong));
    let (Some(before), Some(now)) = (&before, &now) else {
        return Err(unreadable(snapshot, before, wrong));
    };
    let old = before.errors(*source, wrong);
    let mut order = Order::new(wish, now.plan)?.without_rest(now);
    let told = AnsweredSteps::new(wish, now)?;
    let file = snapshot.sources.get(*source);
    if order.moves.is_empty() {
        return Ok(Plan::nothing(SlipReport::nothing(&id, &file.name, wish, now.plan)));
    }
    let mut written = EditedRelease::new(snapshot, *source, &order)?;
    let mut after = Side::read(&written.edits.snapshot);
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut Faults::default());
    let texts = before.texts(now, &engine);
    let with_delay = after.as_ref().and_then(|side| side.plan(&id));
    let asked = with_delay.map(|plan| told.questions(now, plan, &texts));
    let (questions, reopens) = asked.unwrap_or_default();
    if !reopens.is_empty() {
        order.reopens = reopens;
        written = EditedRelease::new(snapshot, *source, &order)?;
        after = Side::read(&written.edits.snapshot);
    }
    let mut wrong = Faults::default();
    let then = after.as_ref().and_then(|side| side.resolved(&id, wish.announced, &mut wrong));
    let cause =
        after.as_ref().zip(then.as_ref()).and_then(|(side, then)| side.cause(then, &engine, &mut wrong));
    let mut conflicts = after.as_ref().map(|side| side.errors(*source, wrong)).unwrap_or_default();
    // What was wrong before is not the delay's fault.
    conflicts.retain(|fault| !old.iter().any(|old| (old.code, &old.message) == (fault.code, &fault.message)));
    let (Some(after), Some(then), Some(cause), true) = (&after, &then, cause, conflicts.is_empty()) else {
        return Err(Refused::Conflict { release: id, findings: written.findings(conflicts) });
    };
    // What was read again is what was asked for, and nothing else of the plan is another.
    let told =
        then.plan.delays.split_last().filter(|(last, rest)| order.is(last) && rest.len() == now.delays.len());
    if told.is_none() {
        return Err(written
            .not_edited("the delay would not be read as it is meant: write it under `delays:` yourself"));
    }
    let locks = standing(snapshot, |_| false, &[], &mut Faults::default()).locks;
    let follows = Follows {
        id: &id,
        before: &texts,
        now,
        after,
        then,
        engine: &engine,
        locks: &locks,
        questions: &questions,
    };
    let report = follows.report(&file.name, wish);
    let report = SlipReport { cause, questions, ..report };
    if !report.questions.is_empty() || !report.would_tell.is_empty() {
        return Ok(Plan::nothing(report));
    }
    Ok(Plan::of_sources(format!("slip {id}"), report, written.edits.files()?))
}

/// The faults for which nothing can be said of a release.
fn unreadable(snapshot: &Snapshot, side: Option<Side>, wrong: Faults) -> Refused {
    let mut faults = snapshot.faults();
    faults.take_over(wrong);
    if let Some(side) = side {
        side.faults.into_iter().for_each(|fault| faults.push(fault));
    } else {
        records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| true);
    }
    Refused::Faults(Findings { faults: faults.into_sorted(), sources: snapshot.sources.clone() })
}
