//! Text -> glyphs.
//!
//! In: font programs, words. Out: faces, glyphs with the text that they stand for, where lines may end. Not here:
//! sizes of a page, lines, what a PDF says of a font.
//!
//! - `program` says whether a font can be used, `face` shapes text, `words` keeps what was shaped;
//! - `glyph` is a glyph in its place on a line; `case` gives each glyph and its text a code;
//! - `capitals` says which letters are smaller, `breaks` where a line may end, `figures` what numbers a text begins
//!   with.

pub mod breaks;
pub mod capitals;
pub mod case;
pub mod face;
pub mod figures;
mod glyph;
pub mod program;
pub mod words;

pub use glyph::{BlankSpace, Glyph, GlyphSpan, Glyphs, width};
