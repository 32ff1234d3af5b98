//! Footnotes: references and the notes they lead to.
//!
//! In: references and notes in the order of the Markdown. Out: the notes in the order in which the
//! text refers to them, and what leads nowhere. Not here: where notes are shown.

use std::{collections::BTreeMap, ops::Range};

use super::super::{Fault, Inline, Note};
use super::{Reader, label_key};

/// What has been seen of a document's notes; labels are the same in small letters and capitals.
#[derive(Default)]
pub(super) struct Notes {
    /// The labels that the text refers to, in order, each with its first reference.
    referred: Vec<(String, Range<usize>)>,
    written: BTreeMap<String, Note>,
    /// A note is being read.
    inside: bool,
}

impl Reader<'_> {
    pub(super) fn reference(&mut self, label: &str, span: Range<usize>) -> Inline {
        if self.notes.inside {
            self.faults.push(Fault::NoteInNote { span: span.clone(), label: label.to_owned() });
        }
        let key = label_key(label);
        let referred = &mut self.notes.referred;
        let known = referred.iter().position(|(known, _)| *known == key);
        Inline::Note(known.unwrap_or_else(|| {
            referred.push((key, span));
            referred.len() - 1
        }))
    }

    pub(super) fn note(&mut self, label: &str, span: Range<usize>) {
        let id = self.part();
        let outer = std::mem::replace(&mut self.notes.inside, true);
        let blocks = self.blocks();
        self.notes.inside = outer;
        let span = self.inked(span);
        let note = Note { id, span: span.clone(), blocks };
        if self.notes.written.insert(label_key(label), note).is_some() {
            self.faults.push(Fault::NoteTwice { span, label: label.to_owned() });
        }
    }

    /// The notes, once all is read.
    pub(super) fn take_notes(&mut self) -> Vec<Note> {
        let Notes { referred, mut written, .. } = std::mem::take(&mut self.notes);
        let mut notes = Vec::with_capacity(referred.len());
        for (label, span) in referred {
            match written.remove(&label) {
                Some(note) => notes.push(note),
                None => self.faults.push(Fault::UnknownNote { span, label }),
            }
        }
        let unused = written.into_iter().map(|(label, note)| Fault::UnusedNote { span: note.span, label });
        self.faults.extend(unused);
        notes
    }
}
