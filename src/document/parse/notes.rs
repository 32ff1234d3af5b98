//! Footnotes: references and the notes they lead to.
//!
//! In: references and notes in the order of the Markdown. Out: the notes in the order in which the
//! text refers to them, and what leads nowhere. Not here: where notes are shown.

use std::{collections::BTreeMap, ops::Range};

use super::super::{Inline, MarkdownFault, Note};

/// What has been seen of a document's notes; labels are the same in small letters and capitals.
#[derive(Default)]
pub(super) struct NoteIndex {
    /// The labels that the text refers to, in order, each with its first reference.
    referred: Vec<(String, Range<usize>)>,
    written: BTreeMap<String, Note>,
    /// A note is being read.
    inside: bool,
}

impl NoteIndex {
    /// A reference in the text, which is a fault inside a note.
    pub fn reference(&mut self, label: &str, span: Range<usize>, faults: &mut Vec<MarkdownFault>) -> Inline {
        if self.inside {
            faults.push(MarkdownFault::NoteInNote { span: span.clone(), label: label.to_owned() });
        }
        let key = label_key(label);
        let known = self.referred.iter().position(|(known, _)| *known == key);
        // Notes are numbered by their first references.
        Inline::Note(known.unwrap_or_else(|| {
            self.referred.push((key, span));
            self.referred.len() - 1
        }))
    }

    /// Whether what is read from here on stands in a note; gives what held until now.
    pub fn set_inside(&mut self, inside: bool) -> bool {
        std::mem::replace(&mut self.inside, inside)
    }

    /// Adds a note that has been read.
    pub fn add(&mut self, label: &str, note: Note, faults: &mut Vec<MarkdownFault>) {
        let span = note.span.clone();
        if self.written.insert(label_key(label), note).is_some() {
            faults.push(MarkdownFault::NoteTwice { span, label: label.to_owned() });
        }
    }

    /// The notes, once all is read.
    pub fn finish(self, faults: &mut Vec<MarkdownFault>) -> Vec<Note> {
        let NoteIndex { referred, mut written, .. } = self;
        let mut notes = Vec::with_capacity(referred.len());
        for (label, span) in referred {
            match written.remove(&label) {
                Some(note) => notes.push(note),
                None => faults.push(MarkdownFault::UnknownNote { span, label }),
            }
        }
        let unused =
            written.into_iter().map(|(label, note)| MarkdownFault::UnusedNote { span: note.span, label });
        faults.extend(unused);
        notes
    }
}

/// Labels are the same in small letters and capitals, with one space or many.
pub(super) fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
