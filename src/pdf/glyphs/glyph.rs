//! A glyph in its place on a line.
//!
//! In: what shaping and the style say of a glyph. Out: [`Glyph`], what it stands for, and how wide a row of them is.
//! Not here: shaping, where lines are broken.

use std::rc::Rc;

use super::breaks::After;
use crate::document::{BlankKind, BlankLength, Face};
use crate::pdf::theme::Ink;

/// A line of glyphs, shared by all that shows a part of it.
pub type Glyphs = Rc<[Glyph]>;

/// A glyph in its place on a line. Lengths are points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its code in the [`Case`](super::case::Case).
    pub code: u16,
    pub face: Face,
    pub after: After,
    pub is_space: bool,
    pub ink: Ink,
    pub size: f32,
    /// How far the pen moves.
    pub advance: f32,
    /// How far it is drawn from the pen, to the right and up.
    pub offset: (f32, f32),
    pub span: GlyphSpan,
}

/// What a glyph is beside a letter of the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphSpan {
    None,
    /// One of the document's links.
    Link(u32),
    /// A space that grows as wide as its line allows, with dots in it.
    Leader,
    /// A place to fill in: a space.
    Blank(BlankSpace),
    /// The number of a note, counted from 0.
    Note(u32),
}

/// The space of a place to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlankSpace {
    /// Which of the document's blanks it is.
    pub blank: u32,
    pub kind: BlankKind,
    /// How much room its answer takes; none where all have the same.
    pub length: Option<BlankLength>,
}

impl BlankSpace {
    /// Whether it is written on, and so may be wider than it has to be.
    pub fn is_line(self) -> bool {
        self.kind != BlankKind::Tick
    }
}

/// The width of a line without the spaces at its end.
pub fn width(glyphs: &[Glyph]) -> f32 {
    let inked = glyphs.iter().rposition(|glyph| !glyph.is_space).map_or(0, |last| last + 1);
    glyphs[..inked].iter().map(|glyph| glyph.advance).sum()
}
