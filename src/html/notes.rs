//! Footnotes as HTML: references, and a section of notes that lead back.
//!
//! In: notes, references. Out: markup. Not here: looks.

use std::fmt::Write as _;

use super::FragmentWriter;
use crate::document::{Block, BlockKind, Note};

impl FragmentWriter<'_> {
    /// A reference to a note, counted from 0. The note leads back to its first reference.
    pub(super) fn reference(&mut self, note: usize) {
        let number = note + 1;
        let _ = write!(self.out, "<sup><a href=\"#note-{number}\"");
        if self.referred.insert(note) {
            let _ = write!(self.out, " id=\"to-note-{number}\"");
        }
        let _ = write!(self.out, " role=\"doc-noteref\" aria-label=\"Note {number}\">{number}</a></sup>");
    }

    pub(super) fn notes(&mut self, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n");
        for (note, number) in notes.iter().zip(1..) {
            let _ = writeln!(self.out, "<li id=\"note-{number}\">");
            // The way back stands at the end of the note's text.
            let (text, before) = match note.blocks.split_last() {
                Some((Block { kind: BlockKind::Paragraph(text), .. }, before)) => (text.as_slice(), before),
                _ => (&[][..], note.blocks.as_slice()),
            };
            before.iter().for_each(|block| self.block(block));
            self.out.push_str("<p>");
            self.lines(text);
            let _ = writeln!(
                self.out,
                " <a href=\"#to-note-{number}\" role=\"doc-backlink\" aria-label=\"Back to the text of note {number}\">\u{21a9}\u{fe0e}</a></p>\n</li>"
            );
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}
