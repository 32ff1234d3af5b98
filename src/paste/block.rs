//! What was pasted, between reading and writing.
//!
//! In: nothing. Out: the types that `read` and `plain` make, `typed` and `nest` bring into order, and `write` writes. Not
//! here: anything that is done.

use super::text::Signs;

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CopiedBlock {
    /// A heading of a level of its own document.
    Heading(u8, Signs),
    Paragraph(Paragraph),
    /// An item whose list is not there yet: what word processors write.
    Item(CopiedItem),
    List(CopiedList),
    Table(CopiedTable),
    Quote(Vec<CopiedBlock>),
    Rule,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    pub text: Signs,
    /// How far it is indented, in columns, where blanks did it.
    pub indent: usize,
    /// It goes on the item above it.
    pub goes_on: bool,
}

/// An item that says how deep it is and what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CopiedItem {
    /// From 1 on.
    pub level: usize,
    pub marker: Marker,
    pub blocks: Vec<CopiedBlock>,
}

/// What stands before an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    /// What was printed: `1.`, `iv)`, `(a)`, `1.2`.
    Printed(String),
}

/// What a list counts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    Bullets,
    Numbers,
    Letters,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CopiedList {
    pub numbering: Numbering,
    pub items: Vec<CopiedListItem>,
}

/// An item in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CopiedListItem {
    /// Its number; of a bullet, 0.
    pub number: u64,
    pub blocks: Vec<CopiedBlock>,
}

/// A table: its first row holds the headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct CopiedTable {
    pub caption: Option<Signs>,
    pub rows: Vec<Vec<Signs>>,
}

impl CopiedBlock {
    pub fn paragraph(text: Signs) -> CopiedBlock {
        CopiedBlock::Paragraph(Paragraph { text, ..Paragraph::default() })
    }
}
