//! Frames -> the content of a page.
//!
//! In: a page of frames. Out: drawing operations in marked sequences, whose each is (ISO 32000-1, 14.6),
//! and what on the page can be clicked or filled in. Not here: fonts, objects of the file, the tree of
//! tags.

use printpdf::{
    Color, DictItem, FontId, Line, LineCapStyle, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle,
    Point, Pt, Rect, Rgb, TextItem,
};

use super::font::{self, DocumentFonts, character};
use super::picture;
use crate::document::{BlankKind, PartId};
use crate::pdf::glyphs::case::Case;
use crate::pdf::glyphs::{Glyph, GlyphSpan, width};
use crate::pdf::pages::page::Page;
use crate::pdf::setting::frame::{Drawing, Frame, Owner, PageArtifact, PartPiece};
use crate::pdf::setting::setter::TICK;
use crate::pdf::theme::{Ink, Theme};

/// A page as it is drawn.
pub struct PageContent {
    pub ops: Vec<Op>,
    /// The marked sequences that belong to the document, by their numbers on the page.
    pub marked: Vec<MarkedSequence>,
    pub targets: Vec<ActiveArea>,
}

/// A sequence of operations that shows a part of the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkedSequence {
    pub part: PartId,
    pub piece: PartPiece,
    pub span: GlyphSpan,
}

/// A place on a page that can be clicked or filled in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActiveArea {
    /// The number of the marked sequence that it lies on.
    pub marked: usize,
    /// Left, bottom, right, top, up from the page's bottom.
    pub rect: [f32; 4],
    /// How large the text around it is.
    pub size: f32,
}

/// What all pages of a document share.
#[derive(Clone, Copy)]
pub struct PageSetup<'a> {
    pub theme: &'a Theme,
    pub case: &'a Case,
    pub cuts: &'a DocumentFonts,
    /// Blanks can be filled in.
    pub fields: bool,
}

/// Draws a page.
pub fn print(page: &Page, style: PageSetup) -> PageContent {
    let printed = PageContent { ops: Vec::new(), marked: Vec::new(), targets: Vec::new() };
    let height = style.theme.paper(page.sheet).1;
    let mut pen = Pen { style, height, printed, open: None, fill: Ink::BLACK, stroke: None };
    page.frames.iter().for_each(|frame| pen.draw(frame));
    pen.close();
    pen.printed
}

/// What draws, and what it draws with.
struct Pen<'a> {
    style: PageSetup<'a>,
    /// Of the page.
    height: f32,
    printed: PageContent,
    open: Option<Sequence>,
    fill: Ink,
    stroke: Option<(f32, Ink)>,
}

/// A marked sequence that is open.
#[derive(Clone, Copy, PartialEq)]
enum Sequence {
    Part(MarkedSequence),
    Artifact(PageArtifact),
}

impl Pen<'_> {
    fn draw(&mut self, frame: &Frame) {
        let (x, y) = (frame.x, self.height - frame.y);
        match (&frame.drawn, frame.owner) {
            (Drawing::Text(line), Owner::Part(part, piece)) => self.part(line, part, piece, x, y),
            (Drawing::Text(line), Owner::Artifact(artifact)) => {
                self.mark(Sequence::Artifact(artifact));
                self.text(line, point(x, y));
            }
            (drawn, Owner::Artifact(artifact)) => {
                self.mark(Sequence::Artifact(artifact));
                self.shape(drawn, x, y);
            }
            (drawn, Owner::Part(part, piece)) => {
                self.mark(Sequence::Part(MarkedSequence { part, piece, span: GlyphSpan::None }));
                self.shape(drawn, x, y);
            }
        }
    }

    /// A line of the document, in stretches: a link, a note's number, the text between.
    fn part(&mut self, line: &[Glyph], part: PartId, piece: PartPiece, mut x: f32, y: f32) {
        let span = |glyph: &Glyph| match glyph.span {
            GlyphSpan::Blank(_) if !self.style.fields => GlyphSpan::None,
            GlyphSpan::Leader => GlyphSpan::None,
            span => span,
        };
        let stretches: Vec<(GlyphSpan, &[Glyph])> =
            line.chunk_by(|a, b| span(a) == span(b)).map(|stretch| (span(&stretch[0]), stretch)).collect();
        for (span, stretch) in stretches {
            self.mark(Sequence::Part(MarkedSequence { part, piece, span }));
            let right = x + width(stretch);
            if span != GlyphSpan::None && right > x {
                let size = stretch[0].size;
                let (below, above) = self.reach(span, size);
                let y = y + stretch[0].offset.1;
                let rect = [x, y - below, right, y + above].map(hundredths);
                let marked = self.printed.marked.len() - 1;
                self.printed.targets.push(ActiveArea { marked, rect, size });
            }
            self.text(stretch, point(x, y));
            x += stretch.iter().map(|glyph| glyph.advance).sum::<f32>();
        }
    }

    /// How far below and above the baseline an active stretch of text of this size reaches.
    fn reach(&self, span: GlyphSpan, size: f32) -> (f32, f32) {
        let theme = self.style.theme;
        let GlyphSpan::Blank(space) = span else {
            // A link covers its descenders.
            return (0.25 * size, 0.95 * size);
        };
        // What is typed stands between the rule and the line above.
        let below = theme.drop_of(space) - theme.rule_weight;
        match space.kind {
            BlankKind::Tick => (0.1 * size, TICK * size - 0.1 * size),
            BlankKind::Line => (below, theme.field_height - below),
            BlankKind::Lines(count) => (below, theme.answer_height(count) - 2.0 * theme.rule_weight - below),
        }
    }

    /// What follows belongs to a sequence: to the open one, or to a new one.
    fn mark(&mut self, sequence: Sequence) {
        // All lines of a paragraph are one sequence, as far as nothing else is drawn between them.
        if self.open == Some(sequence) {
            return;
        }
        self.close();
        self.open = Some(sequence);
        let properties = |entries: &[(&str, DictItem)]| {
            let map = entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
            DictItem::Dict { map }
        };
        let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
        let (tag, properties) = match sequence {
            Sequence::Part(marked) => {
                self.printed.marked.push(marked);
                ("Span", properties(&[("MCID", DictItem::Int(self.printed.marked.len() as i64 - 1))]))
            }
            Sequence::Artifact(artifact) => {
                let entries: &[_] = match artifact {
                    PageArtifact::RunningHead => &[("Type", name("Pagination")), ("Subtype", name("Header"))],
                    PageArtifact::Mark => &[("Type", name("Pagination")), ("Subtype", name("Watermark"))],
                    PageArtifact::RepeatedHead => &[("Type", name("Pagination"))],
                    PageArtifact::Rule | PageArtifact::Shade => &[("Type", name("Layout"))],
                };
                ("Artifact", properties(entries))
            }
        };
        self.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.push(Op::EndMarkedContent);
        }
    }

    fn push(&mut self, op: Op) {
        self.printed.ops.push(op);
    }

    fn shape(&mut self, drawn: &Drawing, x: f32, y: f32) {
        match drawn {
            Drawing::Text(_) => {}
            Drawing::Rule { across, down, weight, ink } => {
                self.stroke_with(*weight, *ink);
                self.push(line(point(x, y), point(x + across, y - down)));
            }
            // A dash without length has round ends only.
            Drawing::Dots { across, apart, weight, ink } => {
                self.stroke_with(*weight, *ink);
                let dash = LineDashPattern::new(0.0, &[0.0, *apart]);
                self.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
                self.push(Op::SetLineDashPattern { dash });
                self.push(line(point(x, y), point(x + across, y)));
                self.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
                self.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
            }
            Drawing::Shade { width, height, ink } => {
                self.fill_with(*ink);
                let Point { x, y } = point(x, y - height);
                let (width, height) = (points(*width), points(*height));
                let rectangle =
                    Rect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None };
                self.push(Op::DrawRectangle { rectangle });
            }
            Drawing::Picture { logo, width, height } => {
                let [x, y, width, height] = [x, y - height, *width, *height].map(hundredths);
                self.push(picture::draw(logo, x, y, width, height));
            }
        }
    }

    /// A line of text, as few runs as its faces, sizes and colors allow.
    fn text(&mut self, glyphs: &[Glyph], pos: Point) {
        self.push(Op::StartTextSection);
        self.push(Op::SetTextCursor { pos });
        let same = |a: &Glyph, b: &Glyph| a.face == b.face && a.size == b.size && a.ink == b.ink;
        for run in glyphs.chunk_by(same) {
            self.fill_with(run[0].ink);
            let font = PdfFontHandle::External(FontId(font::resource(run[0].face).to_owned()));
            self.push(Op::SetFont { font, size: Pt(hundredths(run[0].size)) });
            for level in run.chunk_by(|a, b| a.offset.1 == b.offset.1) {
                let rise = hundredths(level[0].offset.1);
                if rise != 0.0 {
                    self.push(Op::SetLineOffset { multiplier: rise });
                }
                let items = self.items(level);
                self.push(Op::ShowText { items });
                if rise != 0.0 {
                    // The rise holds for all text that follows, until it is changed.
                    self.push(Op::SetLineOffset { multiplier: 0.0 });
                }
            }
        }
        self.push(Op::EndTextSection);
    }

    /// Glyphs with the moves between them that their own widths do not make, in thousandths of the
    /// size, to the left.
    fn items(&self, run: &[Glyph]) -> Vec<TextItem> {
        let (case, face) = (self.style.case, run[0].face);
        let codes = self.style.cuts.get(&face).map_or(&[][..], |cut| &cut.codes);
        let mut items = Vec::new();
        let mut shown = String::with_capacity(4 * run.len());
        // Where the glyph should stand, and where a reader's pen is.
        let (mut wanted, mut pen) = (0.0_f32, 0.0_f32);
        let mut move_to = |place: f32, pen: &mut f32, shown: &mut String| {
            // Against where the pen is, so that what is rounded does not add up.
            let back = (*pen - place).round();
            if back != 0.0 {
                if !shown.is_empty() {
                    items.push(TextItem::Text(std::mem::take(shown)));
                }
                items.push(TextItem::Offset(back));
                *pen -= back;
            }
        };
        for glyph in run {
            let thousandths = 1000.0 / glyph.size;
            move_to(wanted + glyph.offset.0 * thousandths, &mut pen, &mut shown);
            shown.push(character(codes.get(usize::from(glyph.code)).copied().unwrap_or(0)));
            pen += case.sort(face, glyph.code).map_or(0.0, |sort| sort.width);
            wanted += glyph.advance * thousandths;
        }
        // The next run begins where this one should end.
        move_to(wanted, &mut pen, &mut shown);
        if !shown.is_empty() {
            items.push(TextItem::Text(shown));
        }
        items
    }

    fn fill_with(&mut self, ink: Ink) {
        // A color holds until it is changed: it is not written again.
        if self.fill != ink {
            self.fill = ink;
            self.push(Op::SetFillColor { col: colour(ink) });
        }
    }

    fn stroke_with(&mut self, weight: f32, ink: Ink) {
        if self.stroke.is_none() {
            // So that the rules of a grid meet at its corners.
            self.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        }
        if self.stroke != Some((weight, ink)) {
            self.stroke = Some((weight, ink));
            self.push(Op::SetOutlineThickness { pt: points(weight) });
            self.push(Op::SetOutlineColor { col: colour(ink) });
        }
    }
}

fn line(from: Point, to: Point) -> Op {
    let points = [from, to].map(|p| LinePoint { p, bezier: false }).to_vec();
    Op::DrawLine { line: Line { points, is_closed: false } }
}

fn colour(Ink(red, green, blue): Ink) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}

fn point(x: f32, y: f32) -> Point {
    Point { x: points(x), y: points(y) }
}

/// A length that is finer than any printer draws, and short to write.
fn points(length: f32) -> Pt {
    Pt(hundredths(length))
}

pub fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
