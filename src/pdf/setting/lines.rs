//! Glyphs -> lines of a width.
//!
//! In: a line as its author ended it. Out: the stretches of it that fit. Not here: where a line
//! stands.

use std::ops::Range;

use crate::pdf::glyphs::breaks::After;
use crate::pdf::glyphs::{Glyph, GlyphSpan, width};

/// Less than can be seen, and more than sums of widths are wrong by.
const TOLERANCE: f32 = 0.01;

/// A last line shorter than this part of the width looks forgotten.
const FORGOTTEN: f32 = 0.2;

/// What a last line of one word costs: as much as a line that is short by a third.
const ONE_WORD: f32 = 0.12;

/// What a break inside a word or before a figure costs: as much as a line that is short by a fifth.
const POOR_BREAK: f32 = 0.04;

/// The stretches of a line that fit in a width, at least one, in order and without gaps: those that tear
/// the least apart that is read as one, of those the fewest, and of those the most even. A word that is
/// wider than the line breaks inside; spaces at a line's end may hang over.
pub fn break_lines(glyphs: &[Glyph], width: f32) -> Vec<Range<usize>> {
    even_lines(glyphs, width).unwrap_or_else(|| first_fit(glyphs, width))
}

/// The best way found to set the text up to a place.
#[derive(Clone, Copy)]
struct BestLines {
    /// How often it tears apart what is read as one, or what stands behind a leader.
    torn: usize,
    lines: usize,
    cost: f32,
    /// Where its last line begins: the number of pieces before it.
    from: usize,
}

/// The pieces of a text between places where a line may end; each list begins with the place before the first.
struct LinePieces {
    /// Where each ends among the glyphs.
    ends: Vec<usize>,
    /// How far the pen has come before the spaces at its end.
    inked: Vec<f32>,
    /// How far it has come after them.
    reached: Vec<f32>,
    /// How many leaders stand before its end.
    leaders: Vec<usize>,
}

impl LinePieces {
    fn of(glyphs: &[Glyph]) -> LinePieces {
        let mut pieces = LinePieces { ends: vec![0], inked: vec![0.0], reached: vec![0.0], leaders: vec![0] };
        let (mut x, mut ink, mut passed) = (0.0, 0.0, 0);
        for (i, glyph) in glyphs.iter().enumerate() {
            // A hyphen is there only where a line ends with it.
            let hyphen = if glyph.after == After::Hyphen { glyph.advance } else { 0.0 };
            x += glyph.advance - hyphen;
            if !glyph.is_space {
                ink = x + hyphen;
            }
            passed += usize::from(glyph.span == GlyphSpan::Leader);
            if glyph.after >= After::Tie || i + 1 == glyphs.len() {
                pieces.ends.push(i + 1);
                pieces.inked.push(ink);
                ink -= hyphen;
                pieces.reached.push(x);
                pieces.leaders.push(passed);
            }
        }
        pieces
    }
}

/// The most even lines of the fewest, or none if a piece between two breaks is wider than a line.
fn even_lines(glyphs: &[Glyph], width: f32) -> Option<Vec<Range<usize>>> {
    let pieces = LinePieces::of(glyphs);
    let ways = best_ways(glyphs, &pieces, width)?;
    let mut lines = Vec::new();
    let mut to = ways.len() - 1;
    while to > 0 {
        lines.push(pieces.ends[ways[to].from]..pieces.ends[to]);
        to = ways[to].from;
    }
    lines.reverse();
    // A line without text keeps its place.
    if lines.is_empty() {
        lines.push(0..0);
    }
    Some(lines)
}

/// The best way to set the text up to the end of each piece.
fn best_ways(glyphs: &[Glyph], pieces: &LinePieces, width: f32) -> Option<Vec<BestLines>> {
    let last = pieces.ends.len() - 1;
    let mut ways = vec![BestLines { torn: 0, lines: 0, cost: 0.0, from: 0 }];
    for to in 1..=last {
        let after = glyphs[pieces.ends[to] - 1].after;
        let poor =
            if matches!(after, After::Hyphen | After::Joint | After::Figure) { POOR_BREAK } else { 0.0 };
        let mut best: Option<BestLines> = None;
        for from in (0..to).rev() {
            // Without the spaces at its end, which may hang over the margin: nobody sees them.
            let filled = pieces.inked[to] - pieces.reached[from];
            if filled > width + TOLERANCE {
                break;
            }
            let part = (filled / width).min(1.0);
            // A last line may be short, as long as it does not look forgotten.
            let short = if to == last { (FORGOTTEN - part).max(0.0) } else { 1.0 - part };
            let one_word = to == last && from > 0 && from + 1 == to;
            let poor = if one_word { ONE_WORD } else { poor };
            // What a leader leads to stands on its line: a line that ends between the two is torn.
            let torn = to < last && (after == After::Tie || pieces.leaders[to] > pieces.leaders[from]);
            let way = BestLines {
                torn: ways[from].torn + usize::from(torn),
                lines: ways[from].lines + 1,
                // Squared, so that two lines that are a little short are better than one that is very short.
                cost: ways[from].cost + short * short + poor,
                from,
            };
            if best.is_none_or(|best| (way.torn, way.lines, way.cost) < (best.torn, best.lines, best.cost)) {
                best = Some(way);
            }
        }
        // A piece that is wider than a line has no way: the caller breaks inside it.
        ways.push(best?);
    }
    Some(ways)
}

/// Each line as long as it can be.
fn first_fit(glyphs: &[Glyph], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut next, mut x) = (0, 0, 0.0);
    // The latest places after which this line may end: between words or at a joint, and anywhere.
    let (mut fair, mut forced) = (None, None);
    while let Some(glyph) = glyphs.get(next) {
        // At least one glyph a line, however narrow that is: else this would not end.
        let is_hyphen = glyph.after == After::Hyphen;
        if is_hyphen && x + glyph.advance > width + TOLERANCE {
            next += 1;
            continue;
        }
        if !glyph.is_space && next > start && x + glyph.advance > width + TOLERANCE {
            let end = fair.or(forced).unwrap_or(next);
            lines.push(start..end);
            (start, next, x) = (end, end, 0.0);
            (fair, forced) = (None, None);
            continue;
        }
        x += if is_hyphen { 0.0 } else { glyph.advance };
        next += 1;
        match glyph.after {
            After::Word | After::Figure | After::Joint | After::Hyphen => fair = Some(next),
            After::Letter | After::Tie => forced = Some(next),
            After::Nothing => {}
        }
    }
    lines.push(start..glyphs.len());
    lines
}

/// The width of the widest stretch that no break of at least this kind divides.
pub fn longest(glyphs: &[Glyph], kind: After) -> f32 {
    glyphs.split_inclusive(|glyph| glyph.after >= kind).map(width).fold(0.0, f32::max)
}
