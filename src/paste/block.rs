//! What was pasted, between reading and writing.
//!
//! In: nothing. Out: the types that `read` and `plain` make, `typed` and `nest` bring into order, and `write` writes. Not
//! here: anything that is done.

use super::text::Text;

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading of a level of its own document.
    Heading(u8, Text),
    Paragraph(Paragraph),
    /// An item whose list is not there yet: what word processors write.
    Item(Item),
    List(List),
    Table(Table),
    Quote(Vec<Block>),
    Rule,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    pub text: Text,
    /// How far it is indented, in columns, where blanks did it.
    pub indent: usize,
    /// It goes on the item above it.
    pub goes_on: bool,
}

/// An item that says how deep it is and what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// From 1 on.
    pub level: usize,
    pub marker: Marker,
    pub blocks: Vec<Block>,
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
pub(super) struct List {
    pub numbering: Numbering,
    pub items: Vec<ListItem>,
}

/// An item in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListItem {
    /// Its number; of a bullet, 0.
    pub number: u64,
    pub blocks: Vec<Block>,
}

/// A table: its first row holds the headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub caption: Option<Text>,
    pub rows: Vec<Vec<Text>>,
}

impl Block {
    pub fn paragraph(text: Text) -> Block {
        Block::Paragraph(Paragraph { text, ..Paragraph::default() })
    }
}
