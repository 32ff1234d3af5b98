//! Footnotes: galleys of their own, and the foot of a page that they are cut into.
//!
//! In: notes; the strips of a page that refer to them. Out: the frames at the page's foot, below a
//! short rule. A note that does not fit goes on at the next foot; none is ever left out. Not here:
//! the text above.

use std::collections::{BTreeSet, VecDeque};

use super::blocks::{self, Place};
use super::galley::{Column, Strip, rule};
use super::page::{Drawn, Frame, Owner, Page};
use super::text::{Glyphs, Setter, Span};
use super::theme::Theme;
use crate::document::{Inline, Note};

/// Strips that stay together.
type Group = Vec<Strip>;

/// The notes of a document, each set as groups of strips.
pub struct Notes {
    notes: Vec<Vec<Group>>,
    rule: Frame,
    /// Between the text and the rule, and between the rule and the first note.
    gaps: (f32, f32),
}

impl Notes {
    pub fn new(setter: &mut Setter, notes: &[Note], column: Column) -> Notes {
        let theme = setter.theme;
        let gaps = theme.note_gaps;
        let depth = setter.depth;
        setter.depth -= gaps.0 + gaps.1;
        let notes = notes
            .iter()
            .enumerate()
            .map(|(i, note)| grouped(set(setter, note, i, column), setter.depth))
            .collect();
        setter.depth = depth;
        let short = Column { width: theme.note_rule.min(column.width), ..column };
        Notes { notes, rule: rule(theme, short, 0.0), gaps }
    }
}

/// A note with its number at its left.
fn set(setter: &mut Setter, note: &Note, number: usize, column: Column) -> Vec<Strip> {
    let theme: &Theme = setter.theme;
    let style = theme.note;
    let label: Vec<Glyphs> = setter.set(&[Inline::Note(number)], &style, Some(note.id));
    let text = Place::page(column.indented(theme.note_indent, theme), style);
    let body = blocks::blocks(setter, &note.blocks, text);
    let label = label.into_iter().next().unwrap_or_default();
    let mut strips = blocks::beside(setter, &label, &style, column, note.id, body);
    strips.iter_mut().for_each(|strip| strip.before = strip.before.min(theme.item_gap));
    if let Some(first) = strips.first_mut() {
        first.before = theme.note_between;
    }
    strips
}

/// Strips in groups that stay together, none higher than a page's foot can be.
fn grouped(strips: Vec<Strip>, most: f32) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for strip in strips {
        let keep = strip.keep;
        match groups.last_mut() {
            Some(group) if open && height(group) + strip.before + strip.height <= most => group.push(strip),
            _ => groups.push(vec![strip]),
        }
        open = keep;
    }
    groups
}

fn height(group: &[Strip]) -> f32 {
    group.iter().map(|strip| strip.before + strip.height).sum()
}

/// The foot of the page that is being made, and what waits for the next.
pub struct Foot<'a> {
    notes: &'a Notes,
    begun: BTreeSet<usize>,
    waiting: VecDeque<&'a Group>,
    here: Vec<&'a Group>,
}

impl<'a> Foot<'a> {
    pub fn new(notes: &'a Notes) -> Foot<'a> {
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
            0.0 => 0.0,
            height => height - first + self.notes.gaps.0 + self.notes.gaps.1,
        }
    }

    /// The notes that strips are the first to refer to.
    fn new_notes(&self, strips: &[Strip]) -> Vec<usize> {
        let mut found = Vec::new();
        if self.notes.notes.len() == self.begun.len() {
            return found;
        }
        for frame in strips.iter().flat_map(|strip| &strip.frames) {
            let (Drawn::Text(glyphs), Owner::Part(..)) = (&frame.drawn, frame.owner) else { continue };
            for glyph in glyphs.iter() {
                let Span::Note(note) = glyph.span else { continue };
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
