//! Where blocks stand.
//!
//! In: a column, and what the blocks are part of. Out: [`BlockPlace`], which is handed down to blocks inside of
//! blocks. Not here: how they are set.

use super::galley::Column;
use crate::pdf::theme::{TextStyle, Theme};

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub struct BlockPlace {
    pub column: Column,
    /// How running text is set.
    pub text: TextStyle,
    /// They are an item of a list.
    pub in_item: bool,
    /// How many lists of bullets they stand in.
    pub bullets: usize,
}

impl BlockPlace {
    /// A column of the page, whose running text is set in a style.
    pub fn page(column: Column, text: TextStyle) -> BlockPlace {
        BlockPlace { column, text, in_item: false, bullets: 0 }
    }

    pub fn indented(self, by: f32, theme: &Theme) -> BlockPlace {
        BlockPlace { column: self.column.indented(by, theme), ..self }
    }
}
