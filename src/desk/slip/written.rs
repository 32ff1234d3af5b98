//! A release's file with a delay in it, read again: what was answered is in it, and what becomes of it is planned.
//!
//! In: what the delay is to be, the answers. Out: the folder as it would be, the questions that are left; a plan. Not here: how the file is
//! edited (`places`), and what follows (`follows`).

use super::{
    AnsweredClosedDay, ClosedQuestion, DoneQuestion, ProposalNote, SlipPurpose, SlipReport, SlipRequest,
    closed::{self, KnownAnswer},
    folder_records::FolderRecords,
    order::Order,
    places::EditedRelease,
    questions::AnsweredSteps,
};
use crate::{
    desk::Refused,
    diagnostic::{self, Diagnostic, Faults, SourceId},
    folder::{Plan, Snapshot},
    model::Id,
    schedule::Resolved,
    template::Engine,
};

/// A release's file, and what becomes of a delay in it.
pub(super) struct DelayFile<'s> {
    pub snapshot: &'s Snapshot,
    pub source: SourceId,
    pub wish: &'s SlipRequest,
    /// What happens on closed days.
    pub answers: Vec<KnownAnswer>,
}

/// The folder with a delay in it, as if it were recorded.
pub(super) struct WrittenDelay {
    pub written: EditedRelease,
    pub after: Option<FolderRecords>,
    /// What nobody has answered.
    pub open: Vec<DoneQuestion>,
    /// What was answered of closed days.
    pub closed: Vec<AnsweredClosedDay>,
}

/// What stands in the way of a delay.
#[derive(Default)]
pub(super) struct DelayConflict {
    pub faults: Vec<Diagnostic>,
    /// What is to be asked of closed days.
    pub asked: Vec<ClosedQuestion>,
}

impl DelayFile<'_> {
    /// Writes the delay, with what it reopens by the answers, and what happens on closed days.
    pub fn write(
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
            let after = FolderRecords::read(&written.edits.snapshot).ok();
            Ok::<_, Refused>((written, after))
        };
        let id = now.plan.id.as_ref().map_or("", Id::as_str);
        let (mut written, mut after) = write(order, &text)?;
        let with_delay = after.as_ref().and_then(|side| side.plan(id));
        let asked = with_delay.map(|plan| told.questions(now, plan, texts)).unwrap_or_default();
        asked.can_be_written(now.plan, self.wish.purpose.is_proposal())?;
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
            after = FolderRecords::read(&written.edits.snapshot).ok();
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

    /// The release with the delay, and the cause as it is printed; or what stands in the way. What was wrong before (`old`) is not the
    /// delay's fault.
    pub fn then<'a>(
        &self,
        after: Option<&'a FolderRecords>,
        now: &Resolved<'_>,
        engine: &Engine,
        old: &[Diagnostic],
    ) -> Result<(&'a FolderRecords, Resolved<'a>, String), DelayConflict> {
        let Some(after) = after else { return Err(DelayConflict::default()) };
        let (id, mut wrong) = (now.plan.id.as_ref().map_or("", Id::as_str), Faults::default());
        let then = after.resolved(id, now.delays.len() + 1, self.wish.announced, &mut wrong);
        let cause = then.as_ref().and_then(|then| after.cause(then, engine, &mut wrong));
        let mut faults = after.errors(self.source, wrong);
        diagnostic::leave_out(&mut faults, old);
        match (then, cause) {
            (Some(then), Some(cause)) if faults.is_empty() => Ok((after, then, cause)),
            _ => {
                let asked = after.plan(id).map(|plan| closed::questions(plan, &faults));
                Err(DelayConflict { faults, asked: asked.unwrap_or_default() })
            }
        }
    }

    /// The plan of what becomes of a delay, unless something is left to be said before.
    pub fn planned(
        &self,
        order: &Order,
        report: SlipReport,
        written: &EditedRelease,
    ) -> Result<Plan<SlipReport>, Refused> {
        let id = &report.release;
        let what = match self.wish.purpose {
            SlipPurpose::Record => format!("slip {id}"),
            SlipPurpose::Propose { .. } => format!("propose a delay of {id}"),
            SlipPurpose::RecordProposal => format!("record the proposed delay of {id}"),
            SlipPurpose::Change { .. } => format!("change the delay of {id}"),
        };
        let files = match &self.wish.purpose {
            SlipPurpose::Propose { by, on } => written
                .proposed(self.snapshot, order.proposal(by.as_deref(), *on, &report.closed))?
                .files()?,
            _ if !report.questions.is_empty() || !report.would_tell.is_empty() => {
                return Ok(Plan::nothing(report));
            }
            _ => written.edits.files()?,
        };
        Ok(Plan::of_sources(what, report, files))
    }
}
