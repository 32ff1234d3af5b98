//! Footnotes, set.
//!
//! In: the document's notes. Out: for each its groups of strips, none higher than a page's foot can be, and the rule
//! above them. Not here: on which page a note stands.

use super::blocks;
use super::frame::Frame;
use super::galley::{Column, Strip, beside, rule};
use super::place::BlockPlace;
use super::setter::Setter;
use crate::document::{Inline, Note};
use crate::pdf::glyphs::Glyphs;
use crate::pdf::theme::Theme;

/// Strips that stay together.
pub type StripGroup = Vec<Strip>;

/// The notes of a document, each set as groups of strips.
pub struct NoteStrips {
    pub notes: Vec<Vec<StripGroup>>,
    pub rule: Frame,
    /// Between the text and the rule, and between the rule and the first note.
    pub gaps: (f32, f32),
}

impl NoteStrips {
    pub fn new(setter: &mut Setter, notes: &[Note], column: Column) -> NoteStrips {
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
        NoteStrips { notes, rule: rule(theme, short, 0.0), gaps }
    }
}

/// A note with its number at its left.
fn set(setter: &mut Setter, note: &Note, number: usize, column: Column) -> Vec<Strip> {
    let theme: &Theme = setter.theme;
    let style = theme.note;
    let label: Vec<Glyphs> = setter.set(&[Inline::Note(number)], &style, Some(note.id));
    let text = BlockPlace::page(column.indented(theme.note_indent, theme), style);
    let body = blocks::blocks(setter, &note.blocks, text);
    let label = label.into_iter().next().unwrap_or_default();
    let mut strips = beside(setter, &label, &style, column, note.id, body);
    strips.iter_mut().for_each(|strip| strip.before = strip.before.min(theme.item_gap));
    if let Some(first) = strips.first_mut() {
        first.before = theme.note_between;
    }
    strips
}

/// Strips in groups that stay together, none higher than a page's foot can be.
fn grouped(strips: Vec<Strip>, most: f32) -> Vec<StripGroup> {
    let mut groups: Vec<StripGroup> = Vec::new();
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

/// How high a group is, with the space above it.
pub fn height(group: &[Strip]) -> f32 {
    group.iter().map(|strip| strip.before + strip.height).sum()
}
