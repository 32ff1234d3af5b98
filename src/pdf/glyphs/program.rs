//! The program of a font, and whether PDFs can be set in it.
//!
//! In: the bytes of a font file. Out: a font, or why it cannot be used. Not here: shaping, embedding.

use std::{fmt, sync::Arc};

use harfrust::{Font, font::Blob};
use subsetter::GlyphRemapper;

/// The program of a font.
#[derive(Clone)]
pub struct Program {
    /// The bytes of the file that holds it.
    pub bytes: Arc<[u8]>,
    /// Which font of a collection (`.ttc`) it is; none, if the file holds one font alone.
    pub index: Option<u32>,
}

/// Why PDFs cannot be set in a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// The bytes are no font, or a damaged one.
    NotAFont,
    /// Several fonts, of which none was chosen.
    Collection,
    /// A font whose weight and slant are still to be chosen.
    Variable,
    /// Outlines of the PostScript kind (`.otf`), which would have to be embedded in another way.
    PostScript,
    /// The font says that its license does not allow a part of it to be embedded.
    Forbidden,
}

impl fmt::Display for Unusable {
    /// What follows the name of the font in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unusable::NotAFont => "is no font, or is damaged",
            Unusable::Collection => "holds several fonts",
            Unusable::Variable => "is a variable font",
            Unusable::PostScript => "has PostScript outlines",
            Unusable::Forbidden => "must not be embedded, by its licence",
        })
    }
}

impl Program {
    /// The font, its program and its place in it.
    pub(super) fn read(self) -> Result<(Font, Blob, u32), Unusable> {
        if self.index.is_none() && self.bytes.starts_with(b"ttcf") {
            return Err(Unusable::Collection);
        }
        let index = self.index.unwrap_or(0);
        let program = Blob::Shared(Arc::new(self.bytes));
        let font = Font::new(program.clone(), index).ok_or(Unusable::NotAFont)?;
        let tables = font.tables();
        if tables.fvar_data().is_some() {
            return Err(Unusable::Variable);
        }
        if tables.glyf_data().is_none() && (tables.cff_data().is_some() || tables.cff2_data().is_some()) {
            return Err(Unusable::PostScript);
        }
        if tables.os2_data().is_some_and(forbids) {
            return Err(Unusable::Forbidden);
        }
        let whole = subsetter::subset(&program, index, &GlyphRemapper::new()).is_ok();
        if whole && font.units_per_em() > 0 { Ok((font, program, index)) } else { Err(Unusable::NotAFont) }
    }
}

/// Whether the table OS/2 forbids what a PDF does. By its field fsType, 2 alone among the lowest four bits
/// is "restricted"; bit 8 forbids subsets, bit 9 outlines (OpenType 1.9, OS/2).
fn forbids(os2: &[u8]) -> bool {
    let Some(&[high, low]) = os2.get(8..10) else { return false };
    low & 0b1111 == 2 || high & 0b11 != 0
}
