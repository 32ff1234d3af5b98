//! A delay is recorded: what follows from it, and the release's file with the delay in it.
//!
//! Not here: which dates follow (`schedule`), how the file is written (`yaml::edit`), building what follows.

mod closed;
mod folder_records;
mod follows;
mod order;
mod places;
mod proposal;
mod questions;
mod releases;
mod report;
mod take_back;
mod timeline;
mod unusual;
mod written;

use chrono::NaiveDate;

use super::{Blank, NotADelay, Refused, Thing, fields::read_release, release_named};
use crate::{
    diagnostic::{Faults, SourceId, offer},
    folder::{Plan, Snapshot},
    issued::standing,
    model::{Day, Id, Plan as ReleasePlan},
    template::Engine,
};
pub use closed::{AnsweredClosedDay, ClosedAnswer, ClosedQuestion};
use folder_records::FolderRecords;
use follows::Follows;
use order::Order;
pub(super) use order::{FARTHEST, last_planned, milestone_of, near_days};
use places::EditedRelease;
pub use proposal::{
    DroppedProposal, OpenProposal, ProposalNote, drop_proposal, has_proposals, last_request, open_proposal,
    open_proposals, proposed_request,
};
use questions::AnsweredSteps;
pub use questions::{AnswerOf, DoneAnswers, DoneQuestion};
pub use releases::{MovableMilestone, MovableRelease, movable};
pub use report::{DateMove, DateReturn, MemoOfRelease, SlipReport, StayingDates, WhatFollows};
use take_back::last_of;
pub use take_back::{DelayMarks, LastDelay, delay_marks, last_delay, take_back_delay};
pub use timeline::{Timeline, TimelineRow, timeline};
use written::{DelayConflict, DelayFile, WrittenDelay};

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
    /// What happens to dates that would fall on a closed day, and whose rules do not say it.
    pub closed: Vec<ClosedAnswer>,
    /// What becomes of it.
    pub purpose: SlipPurpose,
}

/// What becomes of a delay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SlipPurpose {
    /// It is recorded below the others.
    #[default]
    Record,
    /// It is kept as a proposal, with its open questions, in place of what was proposed before. It moves nothing but in drafts
    /// that tell it.
    Propose {
        /// Who proposes it: a person of the office.
        by: Option<String>,
        /// On which day.
        on: NaiveDate,
    },
    /// It was proposed, and is recorded: the proposal goes, and the drafts that told it tell the delay.
    RecordProposal,
    /// It takes the place of the last delay, which no memo that has gone out tells.
    Change {
        /// The mark of the delay that somebody looked at ([`LastDelay::mark`]): no other one is replaced.
        of: String,
    },
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

/// The folder as it would be with a delay; nothing is asked about what was done, and nothing is looked at.
///
/// # Errors
/// [`Refused`]: there is no such release, or the delay cannot be written.
pub(super) fn with_delay(snapshot: &Snapshot, wish: &SlipRequest) -> Result<Snapshot, Refused> {
    let (id, source) = release_named(snapshot, &wish.release)?;
    let working = read_release(snapshot, &id, &mut Faults::default());
    let plan = working.as_ref().and_then(|working| working.release(&id));
    let Some(plan) = plan else {
        return Err(FolderRecords::read(snapshot)?.unreadable(snapshot, Faults::default()));
    };
    let order = Order::new(wish, plan, &plan.delays)?;
    let text = &snapshot.sources.get(source).text;
    let edited = EditedRelease::new(snapshot, (source, text), &order, &wish.purpose, plan.delays.len())?;
    Ok(edited.edits.snapshot)
}

/// Plans to record a delay, or to keep it as a proposal. The plan changes nothing, and its report says why: by a delay by which
/// nothing moves ([`SlipReport::is_nothing`]); and, if it is to be recorded, as long as nobody has said of steps that would move
/// whether they were done ([`SlipReport::questions`]), and if issued memos would tell the delay ([`SlipReport::would_tell`]).
///
/// # Errors
/// [`Refused`]: there is no such release, milestone or step, nothing is proposed, a day cannot be, files have faults, or, with the
/// delay, dates of the release would cross ([`Refused::Conflict`]).
pub fn slip(snapshot: &Snapshot, wish: &SlipRequest) -> Result<Plan<SlipReport>, Refused> {
    release_named(snapshot, &wish.release)?;
    if wish.reason.trim().is_empty() {
        return Err(Refused::Blank(Blank::Reason));
    }
    slip_from(&FolderRecords::read(snapshot)?, snapshot, wish)
}

/// The same from what was read of the folder.
fn slip_from(
    before: &FolderRecords,
    snapshot: &Snapshot,
    wish: &SlipRequest,
) -> Result<Plan<SlipReport>, Refused> {
    let (id, source) = release_named(snapshot, &wish.release)?;
    let mut wrong = Faults::default();
    let now = before.plan(&id).and_then(|plan| {
        let earlier = plan.delays.len().saturating_sub(usize::from(wish.purpose.is_change()));
        before.resolved(&id, earlier, wish.announced, &mut wrong)
    });
    let Some(now) = &now else { return Err(before.unreadable(snapshot, wrong)) };
    can_be(snapshot, (&id, source), &wish.purpose, (before, now.plan))?;
    let old = before.errors(source, wrong);
    let mut order = Order::new(wish, now.plan, now.delays)?.without_rest(now);
    let told = AnsweredSteps::new(wish, now)?;
    let answers = closed::known(&wish.closed, now)?;
    let report = SlipReport::nothing(&id, &snapshot.sources.get(source).name, wish, now);
    let report = SlipReport { proposal: ProposalNote::of(before, now.plan), ..report };
    if order.moves.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut Faults::default());
    let texts = before.texts(now, &engine);
    let delay = DelayFile { snapshot, source, wish, answers };
    let WrittenDelay { written, after, open, closed } =
        delay.write(&mut order, &told, now, &texts, &report.proposal)?;
    let (after, then, cause) = match delay.then(after.as_ref(), now, &engine, &old) {
        Ok(then) => then,
        Err(DelayConflict { faults, asked }) => {
            return Err(Refused::Conflict { release: id, findings: written.findings(faults), asked });
        }
    };
    // What was read again is what was asked for, and nothing else of the plan is another.
    let told = then.plan.delays.split_last();
    if told.is_none_or(|(last, rest)| !order.is(last) || rest.len() != now.delays.len()) {
        return Err(written
            .not_edited("the delay would not be read as it is meant: write it under `delays:` yourself"));
    }
    let stands = || before.resolved(&id, now.plan.delays.len(), wish.announced, &mut Faults::default());
    let stands = wish.purpose.is_change().then(stands).flatten();
    let follows = Follows {
        id: &id,
        before: &texts,
        now,
        after,
        then: &then,
        engine: &engine,
        locks: &standing(snapshot, |_| false, &[], &mut Faults::default()).locks,
        stands: stands.as_ref(),
        questions: &open,
    };
    let report = follows.report(report);
    delay.planned(&order, SlipReport { cause, questions: open, closed, ..report }, &written)
}

/// Refuses what needs a proposal, or a delay that nobody can have read of.
fn can_be(
    snapshot: &Snapshot,
    (id, source): (&str, SourceId),
    purpose: &SlipPurpose,
    (side, plan): (&FolderRecords, &ReleasePlan),
) -> Result<(), Refused> {
    let release = || id.to_owned();
    match purpose {
        SlipPurpose::Record => Ok(()),
        SlipPurpose::Propose { by, .. } => {
            let people = || side.working.office.people.keys().map(Id::as_str);
            match by.as_deref().filter(|by| !people().any(|known| known == *by)) {
                Some(by) => {
                    let offer = offer(by, people());
                    Err(Refused::Unknown { thing: Thing::Person, name: by.to_owned(), offer })
                }
                None => Ok(()),
            }
        }
        SlipPurpose::RecordProposal if plan.proposal.is_none() => {
            Err(Refused::NoProposal { release: release() })
        }
        SlipPurpose::RecordProposal => Ok(()),
        SlipPurpose::Change { of } => match last_of(side, snapshot, (id, source)) {
            None => Err(Refused::NoDelay { release: release() }),
            Some(last) if last.mark != *of => {
                Err(Refused::NotADelay(NotADelay::AnotherDelay { release: release() }))
            }
            Some(last) if !last.issued.is_empty() => {
                Err(Refused::NotADelay(NotADelay::DelayTold { release: release(), memos: last.issued }))
            }
            Some(_) => Ok(()),
        },
    }
}
