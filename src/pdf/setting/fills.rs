//! What fills a line: leaders and blanks.
//!
//! In: a line of glyphs and its width. Out: the line with its spaces as wide as they are to be, and the
//! dots and rules in them, which are artifacts: nobody reads them aloud. Not here: where lines break.

use super::frame::{Drawing, Frame, GlyphLine, Owner, PageArtifact};
use crate::pdf::glyphs::{Glyph, GlyphSpan, width};
use crate::pdf::theme::{Ink, Theme};

/// A line whose leaders, or whose blank at its end, reach as far as the line does. Where there is too
/// little room, its blanks are narrower.
pub fn stretched(line: GlyphLine, to: f32) -> GlyphLine {
    let spare = to - width(&line);
    // Spaces behind a blank hang over: the blank is the last of the line all the same.
    let last = line.iter().rposition(|glyph| !glyph.is_space);
    let has_leader = line.iter().any(|glyph| glyph.span == GlyphSpan::Leader);
    let fills = |at: usize, glyph: &Glyph| match glyph.span {
        GlyphSpan::Leader => true,
        GlyphSpan::Blank(_) => spare < 0.0 || (!has_leader && Some(at) == last),
        _ => false,
    };
    let count = line.iter().enumerate().filter(|(at, glyph)| fills(*at, glyph)).count();
    if count == 0 {
        return line;
    }
    let mut glyphs = line.to_vec();
    for (at, glyph) in glyphs.iter_mut().enumerate() {
        if fills(at, glyph) {
            glyph.advance = (glyph.advance + spare / count as f32).max(0.0);
        }
    }
    GlyphLine::whole(&glyphs.into())
}

/// The room above a line, so that a hand can write on its blanks.
pub fn room(line: &[Glyph], theme: &Theme) -> f32 {
    if line.iter().any(|glyph| matches!(glyph.span, GlyphSpan::Blank(_))) { theme.blank_room } else { 0.0 }
}

/// The dots and rules of a line that begins at a place.
pub fn drawn(line: &[Glyph], theme: &Theme, x: f32, baseline: f32) -> Vec<Frame> {
    let mut left = x;
    let mut frames = Vec::new();
    for glyph in line {
        let right = left + glyph.advance;
        let frame = match glyph.span {
            GlyphSpan::Leader => dots(theme, left, right, baseline),
            GlyphSpan::Blank(_) => Some((left, baseline + theme.blank_drop, blank(theme, glyph.advance))),
            _ => None,
        };
        frames.extend(frame.map(|(x, y, drawn)| Frame {
            x,
            y,
            owner: Owner::Artifact(PageArtifact::Rule),
            drawn,
        }));
        left = right;
    }
    frames
}

/// Dots that stand below those of the lines above.
fn dots(theme: &Theme, left: f32, right: f32, baseline: f32) -> Option<(f32, f32, Drawing)> {
    let (apart, weight, gap) = theme.dots;
    let first = ((left + gap) / apart).ceil() * apart;
    let last = ((right - gap) / apart).floor() * apart;
    // A little longer, so that the last dot is drawn whatever the lengths are rounded to.
    let across = last - first + weight / 4.0;
    (last >= first).then_some((
        first,
        baseline - weight / 2.0,
        Drawing::Dots { across, apart, weight, ink: Ink::BLACK },
    ))
}

fn blank(theme: &Theme, across: f32) -> Drawing {
    Drawing::Rule { across, down: 0.0, weight: theme.rule_weight, ink: theme.rule_ink }
}
