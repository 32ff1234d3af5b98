//! Frames -> the content of a page.
//!
//! In: a page of frames. Out: drawing operations, and where its links can be clicked. Not here:
//! fonts, objects of the file.

use printpdf::{
    Codepoint, Color, FontId, Line, LineCapStyle, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle,
    Point, Pt, Rect, Rgb, TextItem,
};

use super::case::Case;
use super::font;
use super::page::{Drawn, Frame, Owner, Page};
use super::text::Glyph;
use super::theme::{Ink, Theme};

/// Where a link can be clicked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Which of the document's links.
    pub link: usize,
    /// Left, bottom, right, top, up from the page's bottom.
    pub rect: [f32; 4],
}

/// The operations that draw a page.
pub fn content(page: &Page, theme: &Theme, case: &Case) -> Vec<Op> {
    let mut pen = Pen { theme, case, ops: Vec::new(), fill: Ink::BLACK, stroke: None };
    for group in page.frames.chunk_by(|a, b| a.owner == b.owner) {
        let artifact = matches!(group[0].owner, Owner::Artifact(_));
        if artifact {
            pen.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
        }
        group.iter().for_each(|frame| pen.draw(frame));
        if artifact {
            pen.ops.push(Op::EndMarkedContent);
        }
    }
    pen.ops
}

/// The places of a page's links, one for each line that a link stands on. What only repeats leads
/// nowhere.
pub fn targets(page: &Page, theme: &Theme) -> Vec<Target> {
    let mut targets = Vec::new();
    for frame in &page.frames {
        let (Drawn::Text(glyphs), Owner::Part(..)) = (&frame.drawn, frame.owner) else { continue };
        let mut x = frame.x;
        for stretch in glyphs.chunk_by(|a, b| a.link == b.link) {
            let right = x + super::lines::width(stretch);
            if let Some(link) = stretch[0].link {
                let baseline = theme.page_height - frame.y;
                let size = stretch[0].size;
                let rect = [x, baseline - 0.25 * size, right, baseline + 0.95 * size].map(hundredths);
                targets.push(Target { link, rect });
            }
            x += stretch.iter().map(|glyph| glyph.advance).sum::<f32>();
        }
    }
    targets
}

/// What draws, and what it draws with.
struct Pen<'a> {
    theme: &'a Theme,
    case: &'a Case,
    ops: Vec<Op>,
    fill: Ink,
    stroke: Option<(f32, Ink)>,
}

impl Pen<'_> {
    fn draw(&mut self, frame: &Frame) {
        let (x, y) = (frame.x, self.theme.page_height - frame.y);
        match &frame.drawn {
            Drawn::Text(glyphs) => self.text(glyphs, point(x, y)),
            Drawn::Rule { across, down, weight, ink } => {
                self.stroke_with(*weight, *ink);
                self.ops.push(line(point(x, y), point(x + across, y - down)));
            }
            // A dash without length has round ends only.
            Drawn::Dots { across, apart, weight, ink } => {
                self.stroke_with(*weight, *ink);
                let dash = LineDashPattern::new(0.0, &[0.0, *apart]);
                self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
                self.ops.push(Op::SetLineDashPattern { dash });
                self.ops.push(line(point(x, y), point(x + across, y)));
                self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
                self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
            }
            Drawn::Shade { width, height, ink } => {
                self.fill_with(*ink);
                let Point { x, y } = point(x, y - height);
                let (width, height) = (Pt(hundredths(*width)), Pt(hundredths(*height)));
                let rectangle =
                    Rect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
        }
    }

    /// A line of text, as few runs as its faces, sizes and colours allow.
    fn text(&mut self, glyphs: &[Glyph], pos: Point) {
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetTextCursor { pos });
        let same = |a: &Glyph, b: &Glyph| a.face == b.face && a.size == b.size && a.ink == b.ink;
        for run in glyphs.chunk_by(same) {
            self.fill_with(run[0].ink);
            let font = PdfFontHandle::External(FontId(font::resource(run[0].face).to_owned()));
            self.ops.push(Op::SetFont { font, size: Pt(run[0].size) });
            for level in run.chunk_by(|a, b| a.offset.1 == b.offset.1) {
                let rise = hundredths(level[0].offset.1);
                if rise != 0.0 {
                    self.ops.push(Op::SetLineOffset { multiplier: rise });
                }
                self.ops.push(Op::ShowText { items: self.items(level) });
                if rise != 0.0 {
                    self.ops.push(Op::SetLineOffset { multiplier: 0.0 });
                }
            }
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Glyphs with the moves between them that their own widths do not make, in thousandths of the
    /// size, to the left.
    fn items(&self, run: &[Glyph]) -> Vec<TextItem> {
        let mut items = Vec::new();
        let mut shown: Vec<Codepoint> = Vec::with_capacity(run.len());
        // Where the glyph should stand, and where a reader's pen is.
        let (mut wanted, mut pen) = (0.0_f32, 0.0_f32);
        let mut move_to = |place: f32, pen: &mut f32, shown: &mut Vec<Codepoint>| {
            let back = (*pen - place).round();
            if back != 0.0 {
                match shown.last_mut() {
                    Some(before) => before.offset += back,
                    None => items.push(TextItem::Offset(back)),
                }
                *pen -= back;
            }
        };
        for glyph in run {
            let thousandths = 1000.0 / glyph.size;
            move_to(wanted + glyph.offset.0 * thousandths, &mut pen, &mut shown);
            let sort = self.case.sort(glyph.face, glyph.code);
            shown.push(Codepoint::with_cid(glyph.code, 0.0, sort.map_or(String::new(), |s| s.text.clone())));
            pen += sort.map_or(0.0, |sort| sort.width);
            wanted += glyph.advance * thousandths;
        }
        move_to(wanted, &mut pen, &mut shown);
        items.push(TextItem::GlyphIds(shown));
        items
    }

    fn fill_with(&mut self, ink: Ink) {
        if self.fill != ink {
            self.fill = ink;
            self.ops.push(Op::SetFillColor { col: colour(ink) });
        }
    }

    fn stroke_with(&mut self, weight: f32, ink: Ink) {
        if self.stroke.is_none() {
            // So that the rules of a grid meet at its corners.
            self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        }
        if self.stroke != Some((weight, ink)) {
            self.stroke = Some((weight, ink));
            self.ops.push(Op::SetOutlineThickness { pt: Pt(hundredths(weight)) });
            self.ops.push(Op::SetOutlineColor { col: colour(ink) });
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
    Point { x: Pt(hundredths(x)), y: Pt(hundredths(y)) }
}

/// Finer than any printer draws, and short to write.
fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
