//! The foot of a page, where its notes stand.
//!
//! In: notes that are set; the strips of a page that refer to them. Out: the frames at the page's foot, below a
//! short rule. A note that does not fit goes on at the next foot; none is ever left out. Not here:
//! the text above.

use std::collections::{BTreeSet, VecDeque};

use super::page::Page;
use crate::pdf::glyphs::GlyphSpan;
use crate::pdf::setting::frame::{Drawing, Frame, Owner};
use crate::pdf::setting::galley::Strip;
use crate::pdf::setting::notes::{NoteStrips, StripGroup, height};

/// The foot of the page that is being made, and what waits for the next.
pub struct Foot<'a> {
    notes: &'a NoteStrips,
    begun: BTreeSet<usize>,
    waiting: VecDeque<&'a StripGroup>,
    here: Vec<&'a StripGroup>,
}

impl<'a> Foot<'a> {
    pub fn new(notes: &'a NoteStrips) -> Foot<'a> {
        Foot { notes, begun: BTreeSet::new(), waiting: VecDeque::new(), here: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.here.is_empty()
    }

    /// A note has begun and not ended.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub fn height(&self) -> f32 {
        self.height_with(0.0)
    }

    fn height_with(&self, more: f32) -> f32 {
        let notes: f32 = self.here.iter().map(|group| height(group)).sum();
        // The first stands right below the rule.
        let first = self.here.first().and_then(|group| group.first()).map_or(0.0, |strip| strip.before);
        match notes + more {
            // Without notes there is no rule either.
            0.0 => 0.0,
            height => height - first + self.notes.gaps.0 + self.notes.gaps.1,
        }
    }

    /// The notes that strips are the first to refer to.
    fn new_notes(&self, strips: &[Strip]) -> Vec<usize> {
        let mut found = Vec::new();
        // Once all notes have begun, no glyph need be looked at.
        if self.notes.notes.len() == self.begun.len() {
            return found;
        }
        for frame in strips.iter().flat_map(|strip| &strip.frames) {
            // A table's head that is repeated is no part of the document: it refers to nothing again.
            let (Drawing::Text(glyphs), Owner::Part(..)) = (&frame.drawn, frame.owner) else { continue };
            for glyph in glyphs.iter() {
                let GlyphSpan::Note(note) = glyph.span else { continue };
                let note = note as usize;
                if !self.begun.contains(&note) && !found.contains(&note) {
                    found.push(note);
                }
            }
        }
        found.retain(|&note| note < self.notes.notes.len());
        found
    }

    /// Whether strips refer to notes that have not begun.
    pub fn refers(&self, strips: &[Strip]) -> bool {
        !self.new_notes(strips).is_empty()
    }

    /// How high the foot must at least be with the notes of these strips: with all of them, the last
    /// as far as its first lines.
    pub fn least(&self, strips: &[Strip]) -> f32 {
        let new = self.new_notes(strips);
        let mut more = 0.0;
        for (at, &note) in new.iter().enumerate() {
            let groups = &self.notes.notes[note];
            // Notes stand in their order: the last begins when those before it have ended.
            let count = if at + 1 == new.len() { 1 } else { groups.len() };
            more += groups.iter().take(count).map(|group| height(group)).sum::<f32>();
        }
        self.height_with(more)
    }

    /// Adds the notes of a strip, as far as the foot may be so high.
    pub fn add(&mut self, strip: &Strip, most: f32) {
        let new = self.new_notes(std::slice::from_ref(strip));
        // What waits leaves the room to what must stand below this strip.
        if strip.keep && new.is_empty() {
            return;
        }
        new.into_iter().for_each(|note| self.begin(note));
        while self.waiting.front().is_some_and(|group| self.height_with(height(group)) <= most + 0.01) {
            self.here.extend(self.waiting.pop_front());
        }
    }

    /// Begins a foot with what waits, as far as it may be so high, and at least with a part of it.
    pub fn carry(&mut self, most: f32) {
        // Whether it fits or not: what is never placed would wait for ever.
        self.here.extend(self.waiting.pop_front());
        while self.waiting.front().is_some_and(|group| self.height_with(height(group)) <= most) {
            self.here.extend(self.waiting.pop_front());
        }
    }

    /// Lets notes wait that nothing on any page refers to.
    pub fn begin_all(&mut self) {
        (0..self.notes.notes.len()).for_each(|note| self.begin(note));
    }

    fn begin(&mut self, note: usize) {
        if self.begun.insert(note) {
            self.waiting.extend(&self.notes.notes[note]);
        }
    }

    /// Draws the foot and begins the next.
    pub fn draw(&mut self, page: &mut Page, bottom: f32) {
        if self.here.is_empty() {
            return;
        }
        let mut y = bottom - self.height() + self.notes.gaps.0;
        page.frames.push(Frame { y, ..self.notes.rule.clone() });
        y += self.notes.gaps.1;
        for (at, strip) in self.here.drain(..).flatten().enumerate() {
            y += if at == 0 { 0.0 } else { strip.before };
            page.frames.extend(strip.frames.iter().map(|frame| Frame { y: frame.y + y, ..frame.clone() }));
            y += strip.height;
        }
    }
}
