//! The case: every sort that a document uses.
//!
//! In: glyphs with the text that they stand for. Out: a code for each, and the order in which a font
//! holds them. One glyph that stands for two texts (a hyphen that may break and one that may
//! not) has two codes, so that what is drawn copies out as what was written. Not here: fonts in a
//! PDF.

use std::collections::BTreeMap;

use crate::document::Face;

/// A glyph with the text that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    pub glyph: u16,
    /// Empty if an earlier glyph stands for the same letters.
    pub text: String,
    /// In thousandths of the size.
    pub width: f32,
}

/// The sorts of one face; a sort's code is its place.
#[derive(Debug)]
pub struct Sorts {
    pub sorts: Vec<Sort>,
    codes: BTreeMap<u16, Vec<u16>>,
}

/// The sorts of one face in the order of their glyphs, whatever the order in which a document uses them: so
/// documents that use the same have the same font.
pub struct OrderedSorts {
    pub sorts: Vec<Sort>,
    /// For each code, the place of its sort.
    pub places: Vec<u16>,
}

/// The sorts of all faces that a document uses.
#[derive(Debug, Default)]
pub struct Case {
    pub faces: BTreeMap<Face, Sorts>,
}

impl Sorts {
    /// Code 0 is the sign for a missing glyph, in every font.
    fn new(missing_width: f32) -> Sorts {
        let missing = Sort { glyph: 0, text: String::new(), width: missing_width };
        Sorts { sorts: vec![missing], codes: BTreeMap::new() }
    }

    /// The sorts in the order of their glyphs and texts.
    pub fn ordered(&self) -> OrderedSorts {
        let mut order: Vec<usize> = (0..self.sorts.len()).collect();
        // The sign for a missing glyph stays the first: its code is 0 in every font.
        order.sort_by_key(|&code| (self.sorts[code].glyph, code > 0, &self.sorts[code].text));
        let mut places = vec![0; order.len()];
        for (place, &code) in (0..).zip(&order) {
            places[code] = place;
        }
        OrderedSorts { sorts: order.into_iter().map(|code| self.sorts[code].clone()).collect(), places }
    }
}

impl Case {
    /// The code of a glyph that stands for a text; `width` gives a glyph's width in thousandths of
    /// the size.
    pub fn code(&mut self, face: Face, glyph: u16, text: &str, width: impl Fn(u16) -> f32) -> u16 {
        let Sorts { sorts, codes } = self.faces.entry(face).or_insert_with(|| Sorts::new(width(0)));
        let known = codes.entry(glyph).or_default();
        let same = known.iter().find(|&&code| sorts[usize::from(code)].text == text);
        if let Some(&code) = same {
            return code;
        }
        // More than a font can hold: the sign for a missing glyph.
        let Ok(code) = u16::try_from(sorts.len()) else { return 0 };
        sorts.push(Sort { glyph, text: text.to_owned(), width: width(glyph) });
        known.push(code);
        code
    }

    /// What a code stands for.
    pub fn sort(&self, face: Face, code: u16) -> Option<&Sort> {
        self.faces.get(&face)?.sorts.get(usize::from(code))
    }
}
