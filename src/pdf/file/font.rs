//! The sorts of a face -> a font in the PDF.
//!
//! In: a face and what was used of it. Out: a font that holds no more than that. printpdf makes the font's
//! objects; its program, widths and Unicode map are made here, once for all documents of a run that use
//! the same. Not here: content.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{FontMetrics, ParsedFont, PdfFont};
use subsetter::GlyphRemapper;

use super::objects::{Deflater, Objects};
use crate::document::Face;
use crate::pdf::digest;
use crate::pdf::glyphs::case::{Sort, Sorts};
use crate::pdf::glyphs::face::FontFace;
use crate::pdf::unprintable::Unprintable;

/// The name of a face in a page's resources.
pub fn resource(face: Face) -> &'static str {
    match (face.bold, face.italic) {
        (false, false) => "Regular",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (true, true) => "BoldItalic",
    }
}

/// What stands for a code in the text that printpdf is given: a character for private use.
pub fn character(code: u16) -> char {
    char::from_u32(0xF_0000 + u32::from(code)).unwrap_or('\u{F0000}')
}

/// A face as one document uses it.
pub struct DocumentFont {
    /// For each code of the case, the code in the font.
    pub codes: Vec<u16>,
    pub subset: Arc<Subset>,
}

/// The faces that a document uses.
pub type DocumentFonts = BTreeMap<Face, DocumentFont>;

/// A face with some of its glyphs, ready to be written.
pub struct Subset {
    /// Its PostScript name behind the letters that tell it from other subsets (ISO 32000-1, 9.6.4).
    name: String,
    sorts: Vec<Sort>,
    /// Compressed.
    program: Stream,
    /// What each code copies out as, compressed (9.10.3).
    unicode: Stream,
    /// Which glyph each code draws, unless it is the one of the same number.
    glyphs: Option<Stream>,
}

/// Beyond this many subsets, those that are kept are dropped.
const MOST: usize = 200;

/// Glyphs with what they stand for, in order.
type SubsetKey = Vec<(u16, String)>;

/// The subsets that documents have used.
#[derive(Default)]
pub struct Subsets {
    kept: BTreeMap<(Face, SubsetKey), Arc<Subset>>,
}

impl Subsets {
    /// A face with the glyphs that a document uses.
    ///
    /// # Errors
    /// [`Unprintable::BadFace`] if the font's program cannot be read.
    pub fn cut(
        &mut self,
        face: Face,
        typeface: &FontFace,
        sorts: &Sorts,
        deflater: &mut Deflater,
    ) -> Result<DocumentFont, Unprintable> {
        let ordered = sorts.ordered();
        // Texts belong to it: two documents may draw the same glyph for different characters.
        let key = (face, ordered.sorts.iter().map(|sort| (sort.glyph, sort.text.clone())).collect());
        if let Some(subset) = self.kept.get(&key) {
            return Ok(DocumentFont { codes: ordered.places, subset: Arc::clone(subset) });
        }
        let subset = Arc::new(Subset::new(typeface, ordered.sorts, deflater)?);
        if self.kept.len() >= MOST {
            self.kept.clear();
        }
        self.kept.insert(key, Arc::clone(&subset));
        Ok(DocumentFont { codes: ordered.places, subset })
    }
}

impl Subset {
    fn new(typeface: &FontFace, sorts: Vec<Sort>, deflater: &mut Deflater) -> Result<Subset, Unprintable> {
        let remapper =
            GlyphRemapper::new_from_glyphs_sorted(&sorts.iter().map(|sort| sort.glyph).collect::<Vec<_>>());
        let program = subsetter::subset(&typeface.program, typeface.index, &remapper)
            .map_err(|_| Unprintable::BadFace { name: typeface.name.clone() })?;
        let glyphs: Vec<u16> = sorts.iter().map(|sort| remapper.get(sort.glyph).unwrap_or(0)).collect();
        // Glyphs that stand in the order of their codes need no map.
        let same = glyphs.iter().copied().eq(0..glyphs.len() as u16);
        let bytes: Vec<u8> = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
        Ok(Subset {
            name: format!("{}+{}", digest::letters(&program), typeface.name),
            program: deflater.stream(dictionary! { "Length1" => program.len() as i64 }, &program),
            unicode: deflater.stream(Dictionary::new(), unicode_map(&sorts).as_bytes()),
            glyphs: (!same).then(|| deflater.stream(Dictionary::new(), &bytes)),
            sorts,
        })
    }
}

/// A font for printpdf, which gives each character the code that it stands for. What it would embed is
/// put in its place by [`complete`].
pub fn for_printpdf(typeface: &FontFace, subset: &Subset) -> PdfFont {
    let measures = typeface.measures;
    let whole = |thousandths: f32| thousandths.round() as i16;
    let codes = (0..subset.sorts.len() as u16).map(|code| (u32::from(character(code)), code)).collect();
    let lines = FontMetrics { ascent: whole(measures.ascent), descent: whole(measures.descent) };
    let name = Some(subset.name.clone());
    let mut font = ParsedFont::with_glyph_data(Vec::new(), 0, name, codes, BTreeMap::new(), 1000, lines);
    let metrics = &mut font.pdf_font_metrics;
    [metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max] = measures.bounds.map(whole);
    metrics.caret_slope_rise = 1000;
    metrics.caret_slope_run = whole(measures.slant.to_radians().tan() * 1000.0);
    metrics.us_weight_class = typeface.weight;
    PdfFont::new(font)
}

/// Completes a font that printpdf has described with what the subset holds: its program, its widths, what
/// it copies out as. Gives its object.
pub fn complete(
    mut font: Dictionary,
    pdf: &Document,
    typeface: &FontFace,
    subset: &Subset,
    objects: &mut Objects,
) -> ObjectId {
    font.set("ToUnicode", objects.add(subset.unicode.clone()));
    let descendants = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
    if let Some(Object::Dictionary(descendant)) = descendants.ok().and_then(|fonts| fonts.first_mut()) {
        let widths = subset.sorts.iter().map(|sort| width(sort.width)).collect();
        descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
        if let Some(map) = &subset.glyphs {
            descendant.set("CIDToGIDMap", objects.add(map.clone()));
        }
        if let Ok(descriptor) = descendant.get_deref(b"FontDescriptor", pdf).and_then(Object::as_dict) {
            let mut descriptor = descriptor.clone();
            descriptor.set("FontFile2", objects.add(subset.program.clone()));
            descriptor.set("CapHeight", typeface.measures.cap_height.round() as i64);
            descendant.set("FontDescriptor", objects.add(descriptor));
        }
    }
    objects.add(font)
}

/// To the hundredth, and short.
fn width(thousandths: f32) -> Object {
    let hundredths = (thousandths * 100.0).round() / 100.0;
    if hundredths.fract() == 0.0 { Object::Integer(hundredths as i64) } else { Object::Real(hundredths) }
}

/// The program of a Unicode map. A code that stands for nothing of its own, such as an accent whose letter
/// has been named, is a mark that shows nothing (ISO 14289-1, 7.21.7: every code has a value).
fn unicode_map(sorts: &[Sort]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n\
         /Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let entries: Vec<(usize, &Sort)> = sorts.iter().enumerate().skip(1).collect();
    // No block of a map has more entries than this (9.10.3).
    for block in entries.chunks(100) {
        map += &format!("{} beginbfchar\n", block.len());
        for (code, sort) in block {
            let text = if sort.text.is_empty() { "\u{200B}" } else { &sort.text };
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            map += &format!("<{code:04X}> <{units}>\n");
        }
        map += "endbfchar\n";
    }
    map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
}
