//! The sorts of a face -> a font in the PDF.
//!
//! In: a face and what was used of it. Out: a font that holds no more than that, and what printpdf
//! does not say of it. Not here: content.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, Stream};
use printpdf::{FontMetrics, ParsedFont, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::Fault;
use super::case::Sorts;
use super::face::Typeface;
use crate::document::Face;

/// The name of a face in a page's resources.
pub fn resource(face: Face) -> &'static str {
    match (face.bold, face.italic) {
        (false, false) => "Regular",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (true, true) => "BoldItalic",
    }
}

/// The font program with the used glyphs only, named by its content.
///
/// # Errors
/// [`Fault::BadFace`] if the program cannot be read.
pub fn embed(typeface: &Typeface, sorts: &Sorts) -> Result<PdfFont, Fault> {
    let program = subsetter::subset(typeface.program, 0, &remapper(sorts))
        .map_err(|_| Fault::BadFace { name: typeface.name.to_owned() })?;
    let name = format!("{}+{}", tag(&program), typeface.name);
    let measures = typeface.measures;
    let whole = |thousandths: f32| thousandths.round() as i16;
    let widths: BTreeMap<u16, u16> =
        (0..).zip(&sorts.sorts).map(|(code, sort)| (code, sort.width.round() as u16)).collect();
    let lines = FontMetrics { ascent: whole(measures.ascent), descent: whole(measures.descent) };
    let mut font = ParsedFont::with_glyph_data(program, 0, Some(name), BTreeMap::new(), widths, 1000, lines);
    let metrics = &mut font.pdf_font_metrics;
    [metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max] = measures.bounds.map(whole);
    metrics.caret_slope_rise = 1000;
    metrics.caret_slope_run = whole(measures.slant.to_radians().tan() * 1000.0);
    metrics.us_weight_class = typeface.weight;
    Ok(PdfFont::new(font))
}

/// Says of an embedded font what printpdf leaves out: widths to the hundredth, the height of
/// capitals, which glyph a code draws.
pub fn complete(pdf: &mut Document, font: &mut Dictionary, typeface: &Typeface, sorts: &Sorts) {
    let remapper = remapper(sorts);
    let glyphs: Vec<u16> = sorts.sorts.iter().map(|sort| remapper.get(sort.glyph).unwrap_or(0)).collect();
    let map = glyphs.iter().copied().ne(0..glyphs.len() as u16).then(|| {
        let bytes = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
        pdf.add_object(Stream::new(Dictionary::new(), bytes))
    });
    let descendants = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
    let Some(Object::Dictionary(descendant)) = descendants.ok().and_then(|fonts| fonts.first_mut()) else {
        return;
    };
    let widths = sorts.sorts.iter().map(|sort| Object::Real((sort.width * 100.0).round() / 100.0)).collect();
    descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
    if let Some(map) = map {
        descendant.set("CIDToGIDMap", map);
    }
    let descriptor = descendant.get(b"FontDescriptor").and_then(Object::as_reference);
    if let Ok(descriptor) = descriptor.and_then(|id| pdf.get_dictionary_mut(id)) {
        descriptor.set("CapHeight", typeface.measures.cap_height.round() as i64);
    }
}

fn remapper(sorts: &Sorts) -> GlyphRemapper {
    let mut remapper = GlyphRemapper::new();
    for sort in &sorts.sorts {
        remapper.remap(sort.glyph);
    }
    remapper
}

/// Six capitals that tell this subset of a face from all others.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
