//! The galley: a column of strips that waits to be cut into pages.
//!
//! In: set lines. Out: [`Strip`]s, each a piece that is never cut, with what may not stand apart.
//! Not here: which block makes which strips, page numbers.

use std::rc::Rc;

use super::fills;
use super::frame::{Drawing, Frame, GlyphLine, Owner, PageArtifact, PartPiece};
use super::lines::break_lines;
use super::setter::Setter;
use crate::document::{Align, PartId};
use crate::pdf::glyphs::{Glyph, GlyphSpan, Glyphs, width};
use crate::pdf::theme::{Orientation, TextStyle, Theme};

/// A piece of a column that is never cut: a line, a table's row.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    /// Space above it, unless it begins a page.
    pub before: f32,
    pub height: f32,
    /// In reading order; y counts from the strip's top.
    pub frames: Vec<Frame>,
    /// It stands on the page of the next strip.
    pub keep: bool,
    /// It begins a page.
    pub new_page: bool,
    /// How the paper lies that it stands on.
    pub sheet: Orientation,
    /// It belongs to a table: what stands above it if it begins a page.
    pub head: Option<Rc<Strip>>,
    pub heading: Option<Heading>,
}

/// A heading, for the list of a document's headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub text: String,
    /// Which part of the document it is.
    pub part: PartId,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    pub x: f32,
    pub width: f32,
}

impl Column {
    /// The same without so much at its left, as far as enough is left of it.
    pub fn indented(self, by: f32, theme: &Theme) -> Column {
        let by = by.min(self.width - theme.narrowest).max(0.0);
        Column { x: self.x + by, width: self.width - by }
    }
}

/// Lines as strips: one each, so that no page begins with the last line of several or ends with
/// the first.
pub fn strips(
    setter: &Setter,
    lines: &[Glyphs],
    style: &TextStyle,
    align: Align,
    column: Column,
    owner: Owner,
) -> Vec<Strip> {
    let mut strips: Vec<Strip> = lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| broken(line, column.width).map(move |line| (owner.line(at), line)))
        .map(|(owner, line)| {
            let room = fills::room(&line, setter.theme);
            let frames = line_frames(setter, line, style, align, column, room, owner);
            Strip { height: style.line_height() + room, frames, ..Strip::default() }
        })
        .collect();
    // Two lines stay together at either end of several; of two, both.
    if let [first, .., before_last, _] = strips.as_mut_slice() {
        first.keep = true;
        before_last.keep = true;
    } else if let [first, _] = strips.as_mut_slice() {
        first.keep = true;
    }
    strips
}

/// A line of glyphs as the lines of a width.
pub fn broken(glyphs: &Glyphs, width: f32) -> impl Iterator<Item = GlyphLine> {
    break_lines(glyphs, width).into_iter().map(|stretch| GlyphLine::new(glyphs, stretch))
}

/// The frames of one line of text whose top is at `y`: the text, a rule under each link, and what
/// fills its leaders and blanks.
pub fn line_frames(
    setter: &Setter,
    line: GlyphLine,
    style: &TextStyle,
    align: Align,
    column: Column,
    y: f32,
    owner: Owner,
) -> Vec<Frame> {
    if line.is_empty() {
        return Vec::new();
    }
    let line = fills::stretched(line, column.width);
    let spare = column.width - width(&line);
    let x = column.x
        + match align {
            Align::Left => 0.0,
            Align::Center => (spare / 2.0).max(0.0),
            Align::Right => spare.max(0.0),
        };
    let measures = setter.faces.get(style.face).measures;
    let text_height = (measures.ascent - measures.descent) / 1000.0 * style.size;
    // The text stands in the middle of its line's height.
    let baseline = y + (style.line_height() - text_height) / 2.0 + measures.ascent / 1000.0 * style.size;
    let mut frames = vec![Frame { x, y: baseline, owner, drawn: Drawing::Text(line.clone()) }];
    if style.show_links {
        frames.extend(underlines(&line, style, setter.theme, x, baseline));
    }
    frames.extend(fills::drawn(&line, setter, x, baseline));
    frames
}

/// A label at the left of a body's first strip.
pub fn beside(
    setter: &Setter,
    label: &Glyphs,
    style: &TextStyle,
    column: Column,
    part: PartId,
    mut body: Vec<Strip>,
) -> Vec<Strip> {
    let owner = Owner::Part(part, PartPiece::Label);
    let line = GlyphLine::whole(label);
    let mut frames = line_frames(setter, line, style, Align::Left, column, 0.0, owner);
    match body.first_mut() {
        Some(first) => {
            // On the line of the body's first words: what is to be written on stands lower.
            if let (Some(label), Some(words)) = (baseline(&frames), baseline(&first.frames)) {
                frames.iter_mut().for_each(|frame| frame.y += words - label);
            }
            first.frames.splice(0..0, frames);
        }
        None => body.push(Strip { height: style.line_height(), frames, ..Strip::default() }),
    }
    body
}

/// Where the first line of text among frames stands.
fn baseline(frames: &[Frame]) -> Option<f32> {
    frames.iter().find(|frame| matches!(frame.drawn, Drawing::Text(_))).map(|frame| frame.y)
}

fn underlines(line: &[Glyph], style: &TextStyle, theme: &Theme, x: f32, baseline: f32) -> Vec<Frame> {
    let mut x = x;
    let mut rules = Vec::new();
    for stretch in line.chunk_by(|a, b| a.span == b.span) {
        if matches!(stretch[0].span, GlyphSpan::Link(_)) {
            let drawn = Drawing::Rule {
                across: width(stretch),
                down: 0.0,
                weight: style.size * 0.05,
                ink: theme.link_ink,
            };
            let owner = Owner::Artifact(PageArtifact::Rule);
            rules.push(Frame { x, y: baseline + style.size * 0.14, owner, drawn });
        }
        x += stretch.iter().map(|glyph| glyph.advance).sum::<f32>();
    }
    rules
}

/// A rule across a column.
pub fn rule(theme: &Theme, column: Column, y: f32) -> Frame {
    straight(theme, column.x, y, column.width, 0.0)
}

/// A rule from a strip's top down.
pub fn upright(theme: &Theme, x: f32, down: f32) -> Frame {
    straight(theme, x, 0.0, 0.0, down)
}

fn straight(theme: &Theme, x: f32, y: f32, across: f32, down: f32) -> Frame {
    let drawn = Drawing::Rule { across, down, weight: theme.rule_weight, ink: theme.rule_ink };
    Frame { x, y, owner: Owner::Artifact(PageArtifact::Rule), drawn }
}
