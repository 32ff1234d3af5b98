//! A delay is recorded: what follows from it, and the release's file with the delay in it.
//!
//! Not here: which dates follow (`schedule`), how the file is written (`yaml::edit`), building what follows.

mod closed;
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

use chrono::NaiveDate;

use super::{Blank, Refused, Thing, no_release};
use crate::{
    diagnostic::{Diagnostic, Faults, Findings, Severity, SourceId, Sources, offer},
    folder::{Plan, Snapshot, stem},
    issued::standing,
    model::{Day, Id, Plan as ReleasePlan},
    records::{self, Records},
    schedule::{self, Resolved, resolve},
    template::{Engine, causes, task_texts},
};
use closed::KnownAnswer;
pub use closed::{AnsweredClosedDay, ClosedAnswer, ClosedQuestion};
use follows::Follows;
use order::Order;
pub(super) use order::{FARTHEST, last_planned, milestone_of, near_days};
use places::EditedRelease;
pub use proposal::{
    DroppedProposal, OpenProposal, ProposalNote, drop_proposal, last_request, open_proposals,
    proposed_request,
};
use questions::AnsweredSteps;
pub use questions::{AnswerOf, DoneAnswers, DoneQuestion};
pub use releases::{MovableMilestone, MovableRelease, movable};
pub use report::{DateMove, DateReturn, MemoOfRelease, SlipReport, StayingDates, WhatFollows};
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

/// A working folder as it is, or as it would be.
struct FolderRecords {
    sources: Sources,
    working: Records,
    faults: Vec<Diagnostic>,
}

impl FolderRecords {
    fn read(snapshot: &Snapshot) -> Option<FolderRecords> {
        let mut faults = Faults::default();
        let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| true);
        Some(FolderRecords {
            sources: snapshot.sources.clone(),
            working: working?,
            faults: faults.into_sorted(),
        })
    }

    fn plan(&self, id: &str) -> Option<&ReleasePlan> {
        self.working.releases.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    /// The plan with so many of its delays, seen on a day; the faults of its rules and dates go to `faults`.
    fn resolved(
        &self,
        id: &str,
        delays: usize,
        as_of: NaiveDate,
        faults: &mut Faults,
    ) -> Option<Resolved<'_>> {
        let resolved = resolve(self.plan(id)?, delays, as_of, faults)?;
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
    let (id, source) = release_named(snapshot, &wish.release)?;
    let side = FolderRecords::read(snapshot);
    let plan = side.as_ref().and_then(|side| side.plan(&id));
    let plan = plan.ok_or_else(|| unreadable(snapshot, None, Faults::default()))?;
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
    let (id, source) = release_named(snapshot, &wish.release)?;
    if wish.reason.trim().is_empty() {
        return Err(Refused::Blank(Blank::Reason));
    }
    let before = FolderRecords::read(snapshot);
    let mut wrong = Faults::default();
    let now = before.as_ref().and_then(|side| {
        let earlier = side.plan(&id)?.delays.len().saturating_sub(usize::from(wish.purpose.is_change()));
        side.resolved(&id, earlier, wish.announced, &mut wrong)
    });
    let (Some(before), Some(now)) = (&before, &now) else {
        return Err(unreadable(snapshot, before, wrong));
    };
    can_be(snapshot, &id, &wish.purpose, (before, now.plan))?;
    let old = before.errors(source, wrong);
    let mut order = Order::new(wish, now.plan, now.delays)?.without_rest(now);
    let told = AnsweredSteps::new(wish, now)?;
    let answers = closed::known(&wish.closed, now)?;
    let file = snapshot.sources.get(source);
    let report = SlipReport::nothing(&id, &file.name, wish, now);
    let report = SlipReport { proposal: ProposalNote::of(before, now.plan), ..report };
    if order.moves.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut Faults::default());
    let texts = before.texts(now, &engine);
    let delay = DelayFile { snapshot, source, wish, answers };
    let WrittenDelay { written, after, open, closed } =
        delay.write(&mut order, &told, now, &texts, &report.proposal)?;
    let mut wrong = Faults::default();
    let then =
        after.as_ref().and_then(|side| side.resolved(&id, now.delays.len() + 1, wish.announced, &mut wrong));
    let cause =
        after.as_ref().zip(then.as_ref()).and_then(|(side, then)| side.cause(then, &engine, &mut wrong));
    let mut conflicts = after.as_ref().map(|side| side.errors(source, wrong)).unwrap_or_default();
    // What was wrong before is not the delay's fault.
    conflicts.retain(|fault| !old.iter().any(|old| (old.code, &old.message) == (fault.code, &fault.message)));
    let (Some(after), Some(then), Some(cause), true) = (&after, &then, cause, conflicts.is_empty()) else {
        let plan = after.as_ref().and_then(|side| side.plan(&id));
        let asked = plan.map(|plan| closed::questions(plan, &conflicts)).unwrap_or_default();
        return Err(Refused::Conflict { release: id, findings: written.findings(conflicts), asked });
    };
    // What was read again is what was asked for, and nothing else of the plan is another.
    let told =
        then.plan.delays.split_last().filter(|(last, rest)| order.is(last) && rest.len() == now.delays.len());
    if told.is_none() {
        return Err(written
            .not_edited("the delay would not be read as it is meant: write it under `delays:` yourself"));
    }
    let locks = standing(snapshot, |_| false, &[], &mut Faults::default()).locks;
    let stands = wish
        .purpose
        .is_change()
        .then(|| before.resolved(&id, now.plan.delays.len(), wish.announced, &mut Faults::default()));
    let stands = stands.flatten();
    let follows = Follows {
        id: &id,
        before: &texts,
        now,
        after,
        then,
        engine: &engine,
        locks: &locks,
        stands: stands.as_ref(),
        questions: &open,
    };
    let report = follows.report(report);
    let report = SlipReport { cause, questions: open, closed, ..report };
    planned(&delay, &order, report, &written)
}

/// The plan of what becomes of a delay, unless something is left to be said before.
fn planned(
    delay: &DelayFile<'_>,
    order: &Order,
    report: SlipReport,
    written: &EditedRelease,
) -> Result<Plan<SlipReport>, Refused> {
    let id = &report.release;
    let what = match delay.wish.purpose {
        SlipPurpose::Record => format!("slip {id}"),
        SlipPurpose::Propose { .. } => format!("propose a delay of {id}"),
        SlipPurpose::RecordProposal => format!("record the proposed delay of {id}"),
        SlipPurpose::Change { .. } => format!("change the delay of {id}"),
    };
    let files = match &delay.wish.purpose {
        SlipPurpose::Propose { by, on } => {
            written.proposed(delay.snapshot, order.proposal(by.as_deref(), *on, &report.closed))?.files()?
        }
        _ if !report.questions.is_empty() || !report.would_tell.is_empty() => {
            return Ok(Plan::nothing(report));
        }
        _ => written.edits.files()?,
    };
    Ok(Plan::of_sources(what, report, files))
}

/// A release's file, and what becomes of a delay in it.
struct DelayFile<'s> {
    snapshot: &'s Snapshot,
    source: SourceId,
    wish: &'s SlipRequest,
    /// What happens on closed days.
    answers: Vec<KnownAnswer>,
}

/// The folder with a delay in it, as if it were recorded.
struct WrittenDelay {
    written: EditedRelease,
    after: Option<FolderRecords>,
    /// What nobody has answered.
    open: Vec<DoneQuestion>,
    /// What was answered of closed days.
    closed: Vec<AnsweredClosedDay>,
}

impl DelayFile<'_> {
    /// Writes the delay, with what it reopens by the answers, and what happens on closed days.
    fn write(
        &self,
        order: &mut Order,
        told: &AnsweredSteps,
        now: &Resolved<'_>,
        texts: &[String],
        proposal: &Option<ProposalNote>,
    ) -> Result<WrittenDelay, Refused> {
        let mut text = self.snapshot.sources.get(self.source).text.clone();
        let write = |order: &Order, text: &str| {
            let delays = now.plan.delays.len();
            let written =
                EditedRelease::new(self.snapshot, (self.source, text), order, &self.wish.purpose, delays)?;
            let after = FolderRecords::read(&written.edits.snapshot);
            Ok::<_, Refused>((written, after))
        };
        let id = now.plan.id.as_ref().map_or("", Id::as_str);
        let (mut written, mut after) = write(order, &text)?;
        let with_delay = after.as_ref().and_then(|side| side.plan(id));
        let asked = with_delay.map(|plan| told.questions(now, plan, texts)).unwrap_or_default();
        asked.can_be_written(now.plan, matches!(self.wish.purpose, SlipPurpose::Propose { .. }))?;
        (order.reopens, order.done) = (asked.reopens, asked.done);
        if !order.reopens.is_empty() {
            (written, after) = write(order, &text)?;
        }
        let mut closed = Vec::new();
        // What an answer moves can lead something else to a closed day.
        while let Some((answered, days)) = self.answered(&text, after.as_ref(), id, now.delays.len() + 1) {
            if answered == text {
                break;
            }
            text = answered;
            closed.extend(days);
            (written, after) = write(order, &text)?;
        }
        if self.wish.purpose == SlipPurpose::RecordProposal {
            written.tell(proposal, now.delays.len() + 1)?;
            after = FolderRecords::read(&written.edits.snapshot);
        }
        Ok(WrittenDelay { written, after, open: asked.open, closed })
    }

    /// The release's text with the answers to what is asked of closed days, if there are any.
    fn answered(
        &self,
        text: &str,
        after: Option<&FolderRecords>,
        id: &str,
        delays: usize,
    ) -> Option<(String, Vec<AnsweredClosedDay>)> {
        let (side, mut wrong) = (after?, Faults::default());
        side.resolved(id, delays, self.wish.announced, &mut wrong);
        closed::answered(text, side.plan(id)?, &wrong.into_sorted(), &self.answers)
    }
}

/// A release by the name of its file.
fn release_named(snapshot: &Snapshot, name: &str) -> Result<(String, SourceId), Refused> {
    let id = stem(name);
    let releases = &snapshot.texts.releases;
    match releases.iter().find(|(known, _)| *known == id) {
        Some((_, source)) => Ok((id, *source)),
        None => Err(no_release(&id, releases.iter().map(|(known, _)| known.as_str()))),
    }
}

/// Refuses what needs a proposal, or a delay that nobody can have read of.
fn can_be(
    snapshot: &Snapshot,
    id: &str,
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
        SlipPurpose::Change { of } => match last_delay(snapshot, id)? {
            None => Err(Refused::NoDelay { release: release() }),
            Some(last) if last.mark != *of => Err(Refused::AnotherDelay { release: release() }),
            Some(last) if !last.issued.is_empty() => {
                Err(Refused::DelayTold { release: release(), memos: last.issued })
            }
            Some(_) => Ok(()),
        },
    }
}

/// The faults for which nothing can be said of a release.
fn unreadable(snapshot: &Snapshot, side: Option<FolderRecords>, wrong: Faults) -> Refused {
    let mut faults = snapshot.faults();
    faults.take_over(wrong);
    if let Some(side) = side {
        side.faults.into_iter().for_each(|fault| faults.push(fault));
    } else {
        records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| true);
    }
    Refused::Faults(Findings { faults: faults.into_sorted(), sources: snapshot.sources.clone() })
}
