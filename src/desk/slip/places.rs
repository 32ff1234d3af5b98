//! The release's file with the delay in it, and faults of it with places that somebody can look at.
//!
//! In: a delay that is to be written. Out: the edits; faults whose places are lines of the file as it is, or of the delay.
//! Not here: what the delay is, and which faults there are.

use std::ops::Range;

use super::{ProposalNote, SlipPurpose, order::Order};
use crate::{
    desk::Refused,
    diagnostic::{Diagnostic, Findings, Place, SourceId, Sources},
    folder::{Edits, Snapshot},
    yaml::edit::{self, At, Value},
};

/// The keys after which a first delay is written.
const AFTER: [&str; 5] = ["milestones", "election", "calendar", "environment", "name"];

/// The keys after which a proposal is written.
const AFTER_DELAYS: [&str; 6] = ["delays", "milestones", "election", "calendar", "environment", "name"];

/// Under which a proposal stands.
pub(super) const PROPOSED: &str = "proposed";

/// What the lines of a delay are called that are in no file yet.
const DELAY: &str = "the new delay";

/// A release's file with a delay that was not in it.
pub(super) struct EditedRelease {
    pub edits: Edits,
    source: SourceId,
    sources: Sources,
    /// The lines of the delay in the edited text, if nothing else of it is another.
    inserted: Option<Range<usize>>,
}

impl EditedRelease {
    /// Writes the delay below the others: as if it were recorded, also if it is to be proposed. One that takes the place of the last
    /// one of `delays` is written in its place.
    pub fn new(
        snapshot: &Snapshot,
        (source, text): (SourceId, &str),
        order: &Order,
        purpose: &SlipPurpose,
        delays: usize,
    ) -> Result<EditedRelease, Refused> {
        let file = snapshot.sources.get(source);
        let edited = || {
            let base = match purpose {
                SlipPurpose::RecordProposal => without_proposal(text)?,
                _ => text.to_owned(),
            };
            let written = edit::append(&base, "delays", order.value(), &AFTER)?;
            let inserted = (base == file.text).then(|| inserted(&base, &written));
            match purpose {
                SlipPurpose::Change { .. } => Some((without_delay(&written, delays.checked_sub(1)?)?, None)),
                _ => Some((written, inserted)),
            }
        };
        let (written, inserted) =
            edited().ok_or_else(|| not_edited(&file.name, "write the delay under `delays:` yourself"))?;
        let mut edits = Edits::of(snapshot);
        edits.edit(source, &written);
        let sources = snapshot.sources.clone();
        Ok(EditedRelease { edits, source, sources, inserted })
    }

    /// The file is written in a way that the delay cannot be put into.
    pub fn not_edited(&self, instead: &str) -> Refused {
        not_edited(&self.sources.get(self.source).name, instead)
    }

    /// Lets the drafts that told what was proposed tell the delay, by its number.
    pub fn tell(&mut self, proposal: &Option<ProposalNote>, delay: usize) -> Result<(), Refused> {
        for memo in proposal.iter().flat_map(|proposal| &proposal.drafts) {
            let Some((source, text)) = self.edits.snapshot.memo(memo) else { continue };
            let text = edit::set(text, &[("knows", Some(&delay.to_string()))])
                .ok_or_else(|| not_edited(memo, "write the number of the delay after `knows:` yourself"))?;
            self.edits.edit(source, &text);
        }
        Ok(())
    }

    /// The file as it is in the snapshot with the delay as a proposal: no rule says anything else before it is recorded.
    pub fn proposed(&self, snapshot: &Snapshot, proposal: Value) -> Result<Edits, Refused> {
        let text = &snapshot.sources.get(self.source).text;
        let text = edit::put(text, PROPOSED, proposal, &AFTER_DELAYS)
            .ok_or_else(|| self.not_edited("write the delay under `proposed:` yourself"))?;
        let mut edits = Edits::of(snapshot);
        edits.edit(self.source, &text);
        Ok(edits)
    }

    /// Faults of the edited file, each at the line that it has in the file as it is; faults of the delay itself at its own
    /// lines.
    pub fn findings(self, faults: Vec<Diagnostic>) -> Findings {
        let Some(Range { start, end }) = self.inserted else {
            return Findings { faults, sources: self.edits.snapshot.sources };
        };
        let text = &self.edits.snapshot.sources.get(self.source).text;
        let delay = text.get(start..end).unwrap_or_default().to_owned();
        let mut sources = self.sources;
        let of_delay = sources.add(DELAY, &delay);
        let place = |place: Place| {
            if place.source != self.source || place.range.end <= start {
                return place;
            }
            let back = |by: usize| place.range.start.saturating_sub(by)..place.range.end.saturating_sub(by);
            match place.range.start >= end {
                true => self.source.at(back(end - start)),
                false => of_delay.at(back(start)),
            }
        };
        let faults = faults.into_iter().map(|fault| Diagnostic {
            place: place(fault.place),
            because: fault.because.into_iter().map(|(at, words)| (place(at), words)).collect(),
            cause: fault.cause.map(place),
            ..fault
        });
        Findings { faults: faults.collect(), sources }
    }
}

/// A release's text without what is proposed.
pub(super) fn without_proposal(text: &str) -> Option<String> {
    edit::remove_at(text, &At::default().key(PROPOSED))
}

/// A release's text without one of its delays.
pub(super) fn without_delay(text: &str, delay: usize) -> Option<String> {
    edit::remove_at(text, &At::default().key("delays").item(delay))
}

pub(super) fn not_edited(file: &str, instead: &str) -> Refused {
    Refused::NotEdited { what: file.to_owned(), instead: instead.to_owned() }
}

/// The whole lines that a text has more than before.
fn inserted(before: &str, after: &str) -> Range<usize> {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = after.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    start..start + (after.len() - before.len().min(after.len()))
}
