//! Lists: items, and what marks them.
//!
//! In: what the parser found. Out: [`List`], and the marker of each item. Not here: how markers are drawn.

use super::{Block, PartId};

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
    Numbers {
        /// The first number.
        first: u64,
    },
    /// a., b., c. (`<!-- letters -->`).
    Letters {
        /// The first letter's place in the alphabet.
        first: u64,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Its number in reading order.
    pub id: PartId,
    /// What it holds.
    pub blocks: Vec<Block>,
}

impl Markers {
    /// The marker of an item, counted from 0; none for bullets.
    ///
    /// ```
    /// use ccrov::document::Markers;
    /// assert_eq!(Markers::Numbers { first: 3 }.label(1).as_deref(), Some("4."));
    /// assert_eq!(Markers::Letters { first: 1 }.label(26).as_deref(), Some("aa."));
    /// ```
    pub fn label(self, item: u64) -> Option<String> {
        match self {
            Markers::Bullets => None,
            Markers::Numbers { first } => Some(format!("{}.", first.saturating_add(item))),
            Markers::Letters { first } => Some(format!("{}.", letters(first.saturating_add(item)))),
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
