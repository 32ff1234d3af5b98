//! Something that is drawn, where, and whose it is.
//!
//! In: what setting makes of a block. Out: [`Frame`]s, so that what follows (content, links, tags) needs to know
//! nothing of blocks. Lengths are points; x from the page's left edge, y down from the page's top, or, in a
//! [`Strip`](super::galley::Strip), from its top. Not here: how it is drawn.

use std::ops::{Deref, Range};
use std::rc::Rc;
use std::sync::Arc;

use crate::document::PartId;
use crate::pdf::glyphs::breaks::After;
use crate::pdf::glyphs::{Glyph, Glyphs};
use crate::pdf::logo::LogoPicture;
use crate::pdf::theme::Ink;

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    pub x: f32,
    pub y: f32,
    pub owner: Owner,
    pub drawn: Drawing,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// A line of text; its frame stands at the left end of the baseline.
    Text(GlyphLine),
    /// A straight line, from the frame's place by so much to the right and down.
    Rule { across: f32, down: f32, weight: f32, ink: Ink },
    /// Dots, from the frame's place by so much to the right, each so far from the next.
    Dots { across: f32, apart: f32, weight: f32, ink: Ink },
    /// A filled rectangle, whose upper left corner is the frame's place.
    Shade { width: f32, height: f32, ink: Ink },
    /// A picture, whose upper left corner is the frame's place.
    Picture { logo: Arc<LogoPicture>, width: f32, height: f32 },
}

/// A part of a line of glyphs.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphLine {
    glyphs: Glyphs,
    range: Range<usize>,
}

impl GlyphLine {
    /// A stretch of glyphs. Of the hyphens of words that may break, the one at its end is drawn, if more follows; the others are not
    /// there.
    pub fn new(glyphs: &Glyphs, range: Range<usize>) -> GlyphLine {
        let is_shown =
            |at: usize| glyphs[at].after != After::Hyphen || at + 1 == range.end && range.end < glyphs.len();
        if range.clone().all(is_shown) {
            return GlyphLine { glyphs: Rc::clone(glyphs), range };
        }
        let shown: Vec<Glyph> = range.clone().filter(|at| is_shown(*at)).map(|at| glyphs[at]).collect();
        GlyphLine { range: 0..shown.len(), glyphs: shown.into() }
    }

    pub fn whole(glyphs: &Glyphs) -> GlyphLine {
        GlyphLine::new(glyphs, 0..glyphs.len())
    }
}

impl Deref for GlyphLine {
    type Target = [Glyph];

    fn deref(&self) -> &[Glyph] {
        &self.glyphs[self.range.clone()]
    }
}

/// Whose a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A part of the document.
    Part(PartId, PartPiece),
    /// What the page needs and no reader misses.
    Artifact(PageArtifact),
}

impl Owner {
    /// Whose a line is that the author ended, counted from 0.
    pub fn line(self, line: usize) -> Owner {
        match self {
            Owner::Part(part, PartPiece::Body) if line > 0 => {
                Owner::Part(part, PartPiece::Line(u16::try_from(line).unwrap_or(u16::MAX)))
            }
            owner => owner,
        }
    }
}

/// Which piece of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartPiece {
    /// Its text; of text in which the author ended lines, the first line.
    Body,
    /// A further line that the author ended: a reader hears each by itself.
    Line(u16),
    /// The bullet or number of an item, the term of a definition.
    Label,
    /// The picture that stands with it.
    Figure,
}

/// What is drawn beside the document's own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageArtifact {
    RunningHead,
    /// A table's head on a page after its first.
    RepeatedHead,
    /// What is drawn behind the text of a memo that is not issued.
    Mark,
    Rule,
    Shade,
}
