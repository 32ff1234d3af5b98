//! A file's text -> its values as they were written.
//!
//! In: the text of one file. Out: [`Entry`]s with their places, for commands that copy or list memos.
//! Not here: what a value means, and faults, which [`read`](super::read) reports.

use std::ops::Range;

use super::tree::{self, Data, Node};
use crate::diagnostic::{Faults, Place, SourceId, Sources};

/// A value that is no list and has no keys of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The keys that lead to it, with dots between them: `number`, `attachments.title`.
    pub path: String,
    /// Where its key stands; that of the list for an item of a list.
    pub key: Range<usize>,
    /// Where it stands; empty if nothing stands after the key.
    pub range: Range<usize>,
    /// What it says; `None` if nothing stands there.
    pub text: Option<String>,
}

/// The values of a file in their order, as far as it can be read; `None` if it cannot.
///
/// ```
/// use ccrov::yaml::outline;
/// let text = "number: 21144 # of 2021\nto: [A, B]\n";
/// let entries = outline(text).unwrap();
/// assert_eq!((entries[0].path.as_str(), &text[entries[0].range.clone()]), ("number", "21144"));
/// assert_eq!((entries[2].path.as_str(), entries[2].text.as_deref()), ("to", Some("B")));
/// ```
pub fn outline(text: &str) -> Option<Vec<Entry>> {
    let source = Sources::default().add("", "");
    let root = tree::read(source, text, &mut Faults::default())?;
    let mut entries = Vec::new();
    walk(root, "", &(0..0), &mut entries);
    Some(entries)
}

/// The first value of a key that is not a map, by its path.
pub fn entry<'e>(entries: &'e [Entry], path: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| entry.path == path)
}

/// Where a value stands in a text, by what finds it among the text's values; else where the text begins.
pub fn place_of(source: SourceId, text: &str, find: impl FnOnce(&[Entry]) -> Option<&Entry>) -> Place {
    let entries = outline(text).unwrap_or_default();
    find(&entries).map_or_else(|| source.start(), |entry| source.at(entry.range.clone()))
}

/// The text of a key, if it has one.
///
/// ```
/// use ccrov::yaml::{outline, value};
/// let entries = outline("number: 21144\naccepts: {later-delay: it is known}\n").unwrap();
/// assert_eq!((value(&entries, "accepts.later-delay"), value(&entries, "accepts")), (Some("it is known"), None));
/// ```
pub fn value<'e>(entries: &'e [Entry], path: &str) -> Option<&'e str> {
    entry(entries, path)?.text.as_deref()
}

fn walk(node: Node, path: &str, key: &Range<usize>, entries: &mut Vec<Entry>) {
    let text = match node.data {
        Data::Map(inner) => {
            for (key, node) in inner {
                let path = if path.is_empty() { key.text } else { format!("{path}.{}", key.text) };
                walk(node, &path, &key.range, entries);
            }
            return;
        }
        Data::List(items) => {
            items.into_iter().for_each(|item| walk(item, path, key, entries));
            return;
        }
        Data::Text(text) => Some(text),
        _ => None,
    };
    entries.push(Entry { path: path.to_owned(), key: key.clone(), range: node.range, text });
}
