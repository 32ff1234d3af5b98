//! The faces that text is set in.
//!
//! In: font programs. Out: shaped text and outlines in font units, and the measures of a face. Not here:
//! sizes, lines, what a PDF says of a font, which programs can be used.

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use harfrust::font::{Blob, name::NameId};
use harfrust::{
    Buffer, ClusterLevel, Direction, Font, GlyphId, Script, ShapeOptions, ShapePlan, ShaperFont, shape,
};

use super::program::{Program, Unusable};
use crate::document::Face;
use crate::picture::Segment;

/// The four faces that a document is set in: regular, bold, italic, bold italic.
pub struct FontFaces([FontFace; 4]);

impl FontFaces {
    /// The four faces of Noto Sans, which are part of the program.
    pub fn embedded() -> FontFaces {
        let programs =
            [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];
        FontFaces(programs.map(|program| {
            let font = Font::new(program, 0).expect("the faces of notosans are whole: every test reads them");
            FontFace::new(font, program.into(), 0)
        }))
    }

    /// Faces of other programs.
    ///
    /// # Errors
    /// The places of those that cannot be used, each with the reason.
    pub fn from_programs(programs: [Program; 4]) -> Result<FontFaces, Vec<(usize, Unusable)>> {
        let mut wrong = Vec::new();
        let read = programs.into_iter().enumerate().filter_map(|(place, program)| {
            let read = program.read().map_err(|why| wrong.push((place, why)));
            read.ok().map(|(font, program, index)| FontFace::new(font, program, index))
        });
        let typefaces: Result<[FontFace; 4], _> = read.collect::<Vec<_>>().try_into();
        typefaces.map(FontFaces).map_err(|_| wrong)
    }

    /// The programs of the four faces.
    pub fn programs(&self) -> Vec<&[u8]> {
        self.0.iter().map(|face| face.program.as_ref()).collect()
    }

    /// One of them.
    pub fn get(&self, face: Face) -> &FontFace {
        &self.0[usize::from(face.bold) + 2 * usize::from(face.italic)]
    }
}

/// A face with all that setting and embedding it needs.
pub struct FontFace {
    /// Its PostScript name.
    pub name: String,
    /// 400 is regular, 700 is bold.
    pub weight: u16,
    /// The file of the font program, whole.
    pub program: Blob,
    /// Which font of the file it is.
    pub index: u32,
    pub measures: Measures,
    font: Font,
    plan: ShapePlan,
}

/// The measures of a face, in thousandths of its size, up from the baseline.
#[derive(Debug, Clone, Copy)]
pub struct Measures {
    pub ascent: f32,
    pub descent: f32,
    pub cap_height: f32,
    /// Left, bottom, right, top of a box around any glyph.
    pub bounds: [f32; 4],
    /// In degrees, clockwise: positive for an italic.
    pub slant: f32,
}

/// A glyph as the shaper gives it, in font units.
pub struct ShapedGlyph {
    pub id: u16,
    /// Where the text that it stands for begins, in bytes.
    pub start: usize,
    pub advance: i32,
    pub dx: i32,
    pub dy: i32,
}

impl FontFace {
    fn new(font: Font, program: Blob, index: u32) -> FontFace {
        // Latin, Greek and Cyrillic share their shaping rules.
        let plan = ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
        let metrics = font.metrics();
        let slant = font.style_metrics().italic_angle.unwrap_or_default().to_f32();
        let thousandths = 1000.0 / f32::from(metrics.units_per_em);
        let line = metrics.h_line().unwrap_or_default();
        let bounds = metrics.bounds;
        let measures = Measures {
            ascent: line.ascender.to_f32() * thousandths,
            descent: line.descender.to_f32() * thousandths,
            cap_height: metrics.cap_height.unwrap_or(line.ascender).to_f32() * thousandths,
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
                .map(|edge| edge.to_f32() * thousandths),
            slant: -slant,
        };
        let weight = font.default_attributes().weight.value() as u16;
        FontFace { name: postscript_name(&font), weight, program, index, measures, font, plan }
    }

    /// Units in the length of its size.
    pub fn units_per_em(&self) -> f32 {
        f32::from(self.font.units_per_em())
    }

    /// How far the pen moves after a glyph that nothing stands beside, in font units.
    pub fn width(&self, glyph: u16) -> f32 {
        self.font.glyph_metrics().h_advance(GlyphId::from(glyph))
    }

    /// The outline of a glyph in font units, up from the baseline; empty if it shows nothing.
    pub fn outline(&self, glyph: u16) -> Vec<Segment> {
        let mut path: Vec<PathElement> = Vec::new();
        if let Some(outline) = self.font.outline_glyphs().get(GlyphId::from(glyph)) {
            // A glyph that cannot be drawn is none: the same face could not be embedded either.
            _ = outline.draw(&DrawOptions::default(), DrawMemory::Scratch, &mut path);
        }
        let mut from = [0.0, 0.0];
        let segments = path.into_iter().map(|step| {
            let (segment, to) = match step {
                PathElement::MoveTo { x, y } => (Segment::Move([x, y]), [x, y]),
                PathElement::LineTo { x, y } => (Segment::Line([x, y]), [x, y]),
                PathElement::QuadTo { cx0, cy0, x, y } => (raised(from, [cx0, cy0], [x, y]), [x, y]),
                PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                    (Segment::Curve([[cx0, cy0], [cx1, cy1], [x, y]]), [x, y])
                }
                PathElement::Close => (Segment::Close, from),
            };
            from = to;
            segment
        });
        segments.collect()
    }

    /// Text as glyphs, kerned and with accents in place. A glyph 0 stands for a character that the
    /// face lacks.
    pub fn shape(&self, text: &str) -> Vec<ShapedGlyph> {
        let mut buffer = Buffer::new();
        for (start, character) in text.char_indices() {
            buffer.push(self.drawn_as(character).into(), start as u32);
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        // An accent keeps its own place in the text, so that each glyph has its own letters.
        buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
        let shaper = ShaperFont::new(&self.font);
        shape(&shaper, &mut buffer, ShapeOptions::new().plan(Some(&self.plan)))
            .expect("the plan was made for the buffer's direction and script");
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs
            .map(|(info, position)| ShapedGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                start: info.cluster as usize,
                advance: position.x_advance,
                dx: position.x_offset,
                dy: position.y_offset,
            })
            .collect()
    }

    /// The character itself, or one of the same form that stands in for it.
    fn drawn_as(&self, character: char) -> char {
        let stand_in = match character {
            // Hyphens that say whether a line may end after them.
            '\u{2010}' | '\u{2011}' => '-',
            // Bullets of lists in lists.
            '\u{25E6}' | '\u{25AA}' => '\u{2022}',
            // A box to tick.
            '\u{2610}' => '\u{25A1}',
            _ => return character,
        };
        if self.font.charmap().map_unicode(character).is_some() { character } else { stand_in }
    }
}

/// A curve with one handle, as a curve with two: a PDF knows no other.
fn raised(from: [f32; 2], handle: [f32; 2], to: [f32; 2]) -> Segment {
    let near = |end: [f32; 2]| [0, 1].map(|axis| end[axis] + (handle[axis] - end[axis]) * 2.0 / 3.0);
    Segment::Curve([near(from), near(to), to])
}

/// The name of a font by which PDFs know it, of the characters that such a name may have.
fn postscript_name(font: &Font) -> String {
    let names = font.names();
    let name = names.get(NameId::POSTSCRIPT_NAME).and_then(|name| name.english_or_first());
    let name = name.into_iter().flat_map(|name| name.name().chars());
    let kept: String = name.filter(|c| c.is_ascii_graphic() && !"[](){}<>/%#".contains(*c)).collect();
    if kept.is_empty() { "Unnamed".to_owned() } else { kept }
}
