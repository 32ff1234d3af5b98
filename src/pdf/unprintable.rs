//! What a PDF cannot show.
//!
//! In: nothing: setting and embedding fill these in. Out: [`Unprintable`]s, each with the part of the document that
//! has it. Not here: where that was written, how it is told.

use crate::document::PartId;

/// Something that cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unprintable {
    /// A character that no face has.
    NoGlyph {
        /// The character.
        character: char,
        /// The part that holds it; none for the running head.
        part: Option<PartId>,
        /// The line that holds it.
        text: String,
    },
    /// A table whose columns do not fit side by side, not even on a page that lies on its side.
    TooWide {
        /// The head of the first column that has no room.
        column: String,
        /// The cell that holds it.
        part: PartId,
    },
    /// A face whose program cannot be read.
    BadFace {
        /// Its PostScript name.
        name: String,
    },
}
