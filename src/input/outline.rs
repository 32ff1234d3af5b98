//! A memo's text -> its keys as they were written.
//!
//! In: the text of one file. Out: [`Entry`]s with their places, for commands that copy or list memos.
//! Not here: what a value means, and faults, which [`read`](super::read) reports.

use std::ops::Range;

use super::tree::{self, Data};
use crate::diagnostic::{Faults, Sources};

/// A key of a file's first level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_range: Range<usize>,
    /// Where its value stands; empty if there is none.
    pub range: Range<usize>,
    /// The value, if it is text.
    pub text: Option<String>,
}

/// The keys of a file, as far as it can be read; `None` if it cannot.
///
/// ```
/// use ccrov::input::outline;
/// let text = "number: 21144 # of 2021\nto: [A, B]\n";
/// let entries = outline(text).unwrap();
/// assert_eq!(entries[0].text.as_deref(), Some("21144"));
/// assert_eq!(&text[entries[1].range.clone()], "[A, B]");
/// ```
pub fn outline(text: &str) -> Option<Vec<Entry>> {
    let source = Sources::default().add("", "");
    let Data::Map(entries) = tree::read(source, text, &mut Faults::default())?.data else { return None };
    let entries = entries.into_iter().map(|(key, value)| Entry {
        key: key.text,
        key_range: key.range,
        range: value.range,
        text: match value.data {
            Data::Text(text) => Some(text),
            _ => None,
        },
    });
    Some(entries.collect())
}
