//! One document, or two as one, ready to be written.
//!
//! In: documents, how their tables stand in the PDF. Out: the XML of what stands on pages and of the notes. Not here: the parts around it.

use std::collections::BTreeMap;

use super::{
    WordMemo,
    body::Body,
    change::{self, Mark, MarkedPiece},
    flow::{Flow, ListRun, Paragraph, Piece, Style},
    head,
    look::Look,
    part::{Part, References, Shared},
};
use crate::{document::Document, pdf::Arrangement, word::markup::Markup};

/// A text with what came and went.
pub(super) struct Text {
    letterhead: Vec<Paragraph>,
    pieces: Vec<MarkedPiece>,
    notes: Vec<Vec<MarkedPiece>>,
    lists: Vec<ListRun>,
    /// Under which number Word finds each list.
    numbers: Vec<usize>,
}

/// The parts that hold a text, each with what it refers to.
pub(super) struct TextParts {
    pub body: Markup,
    pub body_references: References,
    pub notes: Markup,
    pub notes_references: References,
    pub first_head: Markup,
    pub first_references: References,
    pub running_head: Markup,
    pub lists: Vec<ListRun>,
}

/// A document, and how its tables stand in the PDF.
pub(super) type Arranged<'d> = (&'d Document, Arrangement);

impl Text {
    /// A document by itself.
    pub fn of((document, arrangement): &Arranged<'_>, look: &Look<'_>) -> Text {
        let notes: Vec<usize> = (0..document.notes.len()).collect();
        let flow = Flow::of(document, arrangement, look, &notes);
        Text {
            letterhead: flow.letterhead,
            pieces: change::all(flow.pieces, Mark::Same),
            notes: flow.notes.into_iter().map(|note| change::all(note, Mark::Same)).collect(),
            numbers: (1..=flow.lists.len()).collect(),
            lists: flow.lists,
        }
    }

    /// A document as it was and as it is. The letterhead is shown as it is: it says who holds the office on the memo's date, which nobody edits.
    pub fn of_both(was: &Arranged<'_>, is: &Arranged<'_>, look: &Look<'_>) -> Text {
        let count = is.0.notes.len();
        let own: Vec<usize> = (0..count.max(was.0.notes.len())).collect();
        let new = Flow::of(is.0, &is.1, look, &own);
        let places = change::notes(&Flow::of(was.0, &was.1, look, &own).notes, &new.notes);
        let mut pairs: BTreeMap<usize, usize> =
            places.into_iter().filter_map(|(old, new)| Some((old?, new?))).collect();
        let mut text = Text::merged(was, new.clone(), look, &pairs);
        // What is referred to elsewhere now is another note: else it would go with its reference.
        let kept = change::kept_notes(&mut text.pieces);
        let all = pairs.len();
        pairs.retain(|_, new| kept.contains(new));
        if pairs.len() < all {
            text = Text::merged(was, new, look, &pairs);
        }
        text
    }

    /// The same. `pairs` are the notes that were and are the same one.
    fn merged(was: &Arranged<'_>, new: Flow, look: &Look<'_>, pairs: &BTreeMap<usize, usize>) -> Text {
        // A note that went stands behind those that are there.
        let mut behind = new.notes.len()..;
        let as_of = |nth: usize| pairs.get(&nth).copied().or_else(|| behind.next()).unwrap_or(nth);
        let mapped: Vec<usize> = (0..was.0.notes.len()).map(as_of).collect();
        let old = Flow::of(was.0, &was.1, look, &mapped);
        let shift = new.lists.len();
        let as_lists = change::lists(&old.pieces, &new.pieces, &old.lists);
        let gone = as_lists.iter().enumerate().map(|(nth, list)| list.unwrap_or(shift + nth) + 1);
        let numbers = (1..=shift).chain(gone).collect();
        let shifted =
            |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.of_lists_behind(shift)).collect();
        let mut old_notes: BTreeMap<usize, Vec<Piece>> =
            mapped.iter().copied().zip(old.notes.into_iter().map(shifted)).collect();
        let mut notes: Vec<Vec<MarkedPiece>> = Vec::new();
        for (nth, note) in new.notes.into_iter().enumerate() {
            notes.push(match old_notes.remove(&nth) {
                Some(was) => change::merged(was, note),
                None => change::all(note, Mark::Inserted),
            });
        }
        notes.extend(old_notes.into_values().map(|note| change::all(note, Mark::Deleted)));
        Text {
            letterhead: new.letterhead,
            pieces: change::merged(shifted(old.pieces), new.pieces),
            notes,
            lists: [new.lists, old.lists].concat(),
            numbers,
        }
    }

    /// The text as XML.
    pub fn written(mut self, memo: &WordMemo<'_>, look: &Look<'_>, shared: &mut Shared<'_>) -> TextParts {
        self.notes = change::in_order(&mut self.pieces, self.notes);
        let body = Body { look, lists: &self.numbers };
        let mut part = Part::new(shared);
        head::first(&mut part, self.letterhead, memo.mark, &body);
        let Part { markup: first_head, references: first_references, .. } = part;
        let mut part = Part::new(shared);
        head::running(&mut part, memo.running_head, memo.mark, look);
        let running_head = part.markup;
        let mut part = Part::new(shared);
        let last = body.pieces(&mut part, &self.pieces);
        last.write(&mut part.markup, look);
        let Part { markup: text, references: body_references, .. } = part;
        let mut part = Part::new(shared);
        for (nth, note) in self.notes.iter().enumerate() {
            part.markup.open("w:footnote", &[("w:id", &(nth + 1).to_string())]);
            let alone = [MarkedPiece::Paragraph(change::whole_paragraph(
                Paragraph::new(format!("_note{}", nth + 1), Style::Footnote, Vec::new()),
                Mark::Same,
            ))];
            body.note(&mut part, if note.is_empty() { &alone } else { note });
            part.markup.close("w:footnote");
        }
        let Part { markup: notes, references: notes_references, .. } = part;
        let lists = self.lists;
        TextParts {
            body: text,
            body_references,
            notes,
            notes_references,
            first_head,
            first_references,
            running_head,
            lists,
        }
    }
}

impl Piece {
    /// The same, where its lists stand behind others.
    fn of_lists_behind(mut self, others: usize) -> Piece {
        if let Piece::Paragraph(Paragraph { item: Some(item), .. }) = &mut self {
            item.list += others;
        }
        self
    }
}
