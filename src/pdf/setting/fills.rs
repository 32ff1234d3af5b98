//! What fills a line: leaders and blanks.
//!
//! In: a line of glyphs and its width. Out: the line with its spaces as wide as they are to be, and the
//! dots and rules in them, which are artifacts: nobody reads them aloud. Not here: where lines break.

use super::frame::{Drawing, Frame, GlyphLine, Owner, PageArtifact};
use super::setter::Setter;
use crate::document::{BlankKind, BlankLength};
use crate::pdf::glyphs::{BlankSpace, Glyph, GlyphSpan, width};
use crate::pdf::theme::{Ink, Theme};

/// How much wider than it has to be a blank for a date or a number may be: what is wider asks for another answer.
const WIDER: f32 = 1.5;

/// A line whose leaders, or whose blanks if one stands at its end, reach as far as the line does. Where there is too
/// little room, its blanks are narrower.
pub fn stretched(line: GlyphLine, to: f32) -> GlyphLine {
    let spare = to - width(&line);
    // Spaces behind a blank hang over: the blank is the last of the line all the same.
    let last = line.iter().rposition(|glyph| !glyph.is_space);
    let has_leader = line.iter().any(|glyph| glyph.span == GlyphSpan::Leader);
    let ends_in_blank = last.is_some_and(|last| space(&line[last]).is_some_and(BlankSpace::is_line));
    let is_long = |glyph: &Glyph| {
        space(glyph).is_some_and(|space| {
            let is_long = !matches!(space.length, Some(BlankLength::Short | BlankLength::Medium));
            space.is_line() && is_long || matches!(space.kind, BlankKind::Lines(_))
        })
    };
    let has_long = line.iter().any(is_long);
    let fills = |glyph: &Glyph| match space(glyph) {
        None => has_leader && glyph.span == GlyphSpan::Leader,
        Some(space) if !space.is_line() => false,
        Some(_) if spare < 0.0 => true,
        Some(_) => !has_leader && ends_in_blank && (is_long(glyph) || !has_long),
    };
    let filling: Vec<bool> = line.iter().map(fills).collect();
    let count = filling.iter().filter(|fills| **fills).count();
    if count == 0 {
        return line;
    }
    let most = |glyph: &Glyph| match space(glyph) {
        Some(_) if !has_long => glyph.advance * WIDER,
        _ => f32::MAX,
    };
    let mut glyphs = line.to_vec();
    for (glyph, _) in glyphs.iter_mut().zip(filling).filter(|(_, fills)| *fills) {
        glyph.advance = (glyph.advance + spare / count as f32).clamp(0.0, most(glyph));
    }
    GlyphLine::whole(&glyphs.into())
}

fn space(glyph: &Glyph) -> Option<BlankSpace> {
    match glyph.span {
        GlyphSpan::Blank(space) => Some(space),
        _ => None,
    }
}

/// The room above a line, so that a hand can write on its blanks.
pub fn room(line: &[Glyph], theme: &Theme) -> f32 {
    let of = |space: BlankSpace| match space.kind {
        BlankKind::Tick => 0.0,
        BlankKind::Line => theme.blank_room,
        BlankKind::Lines(count) => theme.blank_room + theme.answer_height(count) - theme.field_height,
    };
    line.iter().filter_map(space).map(of).fold(0.0, f32::max)
}

/// The dots and rules of a line that begins at a place.
pub fn drawn(line: &[Glyph], setter: &Setter, x: f32, baseline: f32) -> Vec<Frame> {
    let theme = setter.theme;
    let mut left = x;
    let mut frames = Vec::new();
    for glyph in line {
        let right = left + glyph.advance;
        match (glyph.span, space(glyph)) {
            (GlyphSpan::Leader, _) => frames.extend(dots(theme, left, right, baseline)),
            (_, Some(space)) => {
                let y = match space.kind {
                    BlankKind::Tick => baseline + 0.1 * glyph.size,
                    _ => baseline + theme.drop_of(space),
                };
                frames.extend(blank(setter, space, left, y, glyph.advance));
            }
            _ => {}
        }
        left = right;
    }
    frames
}

/// Dots that stand below those of the lines above.
fn dots(theme: &Theme, left: f32, right: f32, baseline: f32) -> Option<Frame> {
    let (apart, weight, gap) = theme.dots;
    let first = ((left + gap) / apart).ceil() * apart;
    let last = ((right - gap) / apart).floor() * apart;
    // A little longer, so that the last dot is drawn whatever the lengths are rounded to.
    let across = last - first + weight / 4.0;
    let drawn = Drawing::Dots { across, apart, weight, ink: Ink::BLACK };
    (last >= first).then(|| artifact(first, baseline - weight / 2.0, drawn))
}

/// What shows where to write: a rule for each line, a box to check; around an answer that is typed, whose lines are those of
/// the reader's program, a frame.
fn blank(setter: &Setter, space: BlankSpace, x: f32, y: f32, across: f32) -> Vec<Frame> {
    let theme = setter.theme;
    let rule = |x: f32, y: f32, across: f32, down: f32| {
        artifact(x, y, Drawing::Rule { across, down, weight: theme.rule_weight, ink: theme.rule_ink })
    };
    let frame = |height: f32| -> Vec<Frame> {
        let sides = [x, x + across].map(|x| rule(x, y - height, 0.0, height));
        [rule(x, y - height, across, 0.0), rule(x, y, across, 0.0)].into_iter().chain(sides).collect()
    };
    match space.kind {
        BlankKind::Tick => frame(across),
        BlankKind::Line => vec![rule(x, y, across, 0.0)],
        BlankKind::Lines(count) if setter.fields => frame(theme.answer_height(count)),
        BlankKind::Lines(count) => {
            let lines =
                (0..count).rev().map(|up| rule(x, y - f32::from(up) * theme.answer_line, across, 0.0));
            lines.collect()
        }
    }
}

fn artifact(x: f32, y: f32, drawn: Drawing) -> Frame {
    Frame { x, y, owner: Owner::Artifact(PageArtifact::Rule), drawn }
}
