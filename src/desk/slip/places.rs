//! The release's file with the delay in it, and faults of it with places that somebody can look at.
//!
//! In: a delay that is to be written. Out: the edit; faults whose places are lines of the file as it is, or of the delay.
//! Not here: what the delay is, and which faults there are.

use std::ops::Range;

use super::order::Order;
use crate::{
    desk::Refused,
    diagnostic::{Diagnostic, Findings, Place, SourceId, Sources},
    folder::{Edits, Snapshot},
    yaml::edit,
};

/// The keys after which a first delay is written.
const AFTER: [&str; 5] = ["milestones", "election", "calendar", "environment", "name"];

/// What the lines of a delay are called that are in no file yet.
const DELAY: &str = "the new delay";

/// A release's file with a delay that was not in it.
pub(super) struct EditedRelease {
    pub edits: Edits,
    source: SourceId,
    sources: Sources,
    /// The lines of the delay in the edited text.
    inserted: Range<usize>,
}

impl EditedRelease {
    /// Writes the delay below the others.
    pub fn new(snapshot: &Snapshot, source: SourceId, order: &Order) -> Result<EditedRelease, Refused> {
        let file = snapshot.sources.get(source);
        let text = edit::append(&file.text, "delays", order.value(), &AFTER)
            .ok_or_else(|| not_edited(&file.name, "write the delay under `delays:` yourself"))?;
        let inserted = inserted(&file.text, &text);
        let mut edits = Edits::of(snapshot);
        edits.edit(source, &text);
        Ok(EditedRelease { edits, source, sources: snapshot.sources.clone(), inserted })
    }

    /// The file is written in a way that the delay cannot be put into.
    pub fn not_edited(&self, instead: &str) -> Refused {
        not_edited(&self.sources.get(self.source).name, instead)
    }

    /// Faults of the edited file, each at the line that it has in the file as it is; faults of the delay itself at its own
    /// lines.
    pub fn findings(self, faults: Vec<Diagnostic>) -> Findings {
        let text = &self.edits.snapshot.sources.get(self.source).text;
        let delay = text.get(self.inserted.clone()).unwrap_or_default().to_owned();
        let mut sources = self.sources;
        let of_delay = sources.add(DELAY, &delay);
        let Range { start, end } = self.inserted;
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

fn not_edited(file: &str, instead: &str) -> Refused {
    Refused::NotEdited { what: file.to_owned(), instead: instead.to_owned() }
}

/// The whole lines that a text has more than before.
fn inserted(before: &str, after: &str) -> Range<usize> {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = after.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    start..start + (after.len() - before.len().min(after.len()))
}
