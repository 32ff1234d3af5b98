//! Lists: items, and what marks them.
//!
//! In: what the parser found. Out: [`List`], and the marker of each item. Not here: how markers are drawn.

use super::{Blank, BlankKind, Block, BlockKind, Inline, PartId};

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What stands before each item.
    pub markers: Markers,
    /// The items.
    pub items: Vec<ListItem>,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markers {
    /// The same sign before each.
    Bullets,
    /// 1., 2., 3.
    Numbers,
    /// a., b., c. (`<!-- letters -->`).
    Letters,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Its number in reading order.
    pub id: PartId,
    /// The number that was typed before it, in a numbered list.
    pub number: Option<u64>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

impl List {
    /// The box to check that stands in the place of an item's bullet: the item begins with it.
    pub fn tick_of<'i>(&self, item: &'i ListItem) -> Option<&'i Inline> {
        let BlockKind::Paragraph(text) = &item.blocks.first()?.kind else { return None };
        let is_tick = |inline: &&Inline| matches!(inline, Inline::Blank(Blank { kind: BlankKind::Tick, .. }));
        text.first().filter(|_| self.markers == Markers::Bullets).filter(is_tick)
    }
}

impl ListItem {
    /// Its blocks without the piece of text that it begins with.
    pub(crate) fn without_first(&self) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        if let Some(Block { kind: BlockKind::Paragraph(text), .. }) = blocks.first_mut() {
            text.remove(0);
            if let Some(Inline::Text(words)) = text.first_mut() {
                *words = words.trim_start().to_owned();
            }
        }
        blocks
    }
}

impl Markers {
    /// The marker of an item of this number; none for bullets.
    ///
    /// ```
    /// use ccrov::document::Markers;
    /// assert_eq!(Markers::Numbers.label(4).as_deref(), Some("4."));
    /// assert_eq!(Markers::Letters.label(27).as_deref(), Some("aa."));
    /// ```
    pub fn label(self, number: u64) -> Option<String> {
        match self {
            Markers::Bullets => None,
            Markers::Numbers => Some(format!("{number}.")),
            Markers::Letters => Some(format!("{}.", letters(number.max(1)))),
        }
    }
}

/// a to z, then aa, ab and so on.
fn letters(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.insert(0, char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters.into_iter().collect()
}
