//! Glyphs -> lines of a width.
//!
//! In: a line as its author ended it. Out: the stretches of it that fit. A first fit; one that
//! weighs whole paragraphs would take its place here. Not here: where a line stands.

use std::ops::Range;

use super::text::{After, Glyph};

/// Less than can be seen, and more than sums of widths are wrong by.
const TOLERANCE: f32 = 0.01;

/// The stretches of a line that fit in a width, at least one, in order and without gaps. A word
/// that is wider than the line breaks inside; spaces at a line's end may hang over.
pub fn break_lines(glyphs: &[Glyph], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut next, mut x) = (0, 0, 0.0);
    // The latest places after which this line may end: between words or at a joint, and anywhere.
    let (mut fair, mut forced) = (None, None);
    while let Some(glyph) = glyphs.get(next) {
        if !glyph.is_space && next > start && x + glyph.advance > width + TOLERANCE {
            let end = fair.or(forced).unwrap_or(next);
            lines.push(start..end);
            (start, next, x) = (end, end, 0.0);
            (fair, forced) = (None, None);
            continue;
        }
        x += glyph.advance;
        next += 1;
        match glyph.after {
            After::Word | After::Joint => fair = Some(next),
            After::Letter => forced = Some(next),
            After::Nothing => {}
        }
    }
    lines.push(start..glyphs.len());
    lines
}

/// The width of a line without the spaces at its end.
pub fn width(glyphs: &[Glyph]) -> f32 {
    let inked = glyphs.iter().rposition(|glyph| !glyph.is_space).map_or(0, |last| last + 1);
    glyphs[..inked].iter().map(|glyph| glyph.advance).sum()
}

/// The width of the widest stretch that no break of at least this kind divides.
pub fn longest(glyphs: &[Glyph], kind: After) -> f32 {
    glyphs.split_inclusive(|glyph| glyph.after >= kind).map(width).fold(0.0, f32::max)
}
