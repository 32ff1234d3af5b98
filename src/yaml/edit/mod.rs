//! A file's text -> the same text with something else in it; every other byte is kept.
//!
//! In: the text of a YAML file, and what it is to say. Out: the text with stretches put in or replaced, so
//! remarks, order, blank lines and line ends stay. It is read again: if it would not say exactly what it
//! said before and what was asked for, there is none. Not here: which keys there are, and files.

mod at;
mod file;
mod keys;
mod nodes;
mod place;
mod write;

pub use at::{has, insert_all_at, insert_at, move_at, remove_at, set_at, without};
pub use keys::{append, put, rename, set};
pub use place::{At, NotAPlace, Step};

use super::tree::{self, Data, Key, Node};
use crate::diagnostic::{Faults, Sources};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number or a date.
    Text(String),
    /// Values one below the other.
    List(Vec<Value>),
    /// Keys with values, in the order in which they are to be written.
    Map(Vec<(String, Value)>),
    /// A list or keys in one line, in brackets or braces.
    Flow(Box<Value>),
}

/// A value as somebody types it: what stands in brackets or braces is a list or keys, all else is text.
///
/// ```
/// use ccrov::yaml::edit::{Value, typed};
/// assert_eq!(typed("[A, B]"), Value::List(vec![typed("A"), typed("B")]));
/// assert_eq!(typed("{at: release}"), Value::Map(vec![("at".to_owned(), typed("release"))]));
/// assert_eq!(typed("E-60"), Value::Text("E-60".to_owned()));
/// ```
pub fn typed(text: &str) -> Value {
    let as_text = || Value::Text(text.to_owned());
    if !text.trim_start().starts_with(['[', '{']) {
        return as_text();
    }
    let mut faults = Faults::default();
    let read = tree::read(Sources::default().add("", ""), text, &mut faults);
    read.filter(|_| faults.is_empty()).and_then(|node| value(&node)).unwrap_or_else(as_text)
}

/// What a file says at a place, however it is written; `None` if it says nothing there, or cannot be read.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "end:\n  after:\n    - install # by night\n    - test\n";
/// let value = edit::value_at(text, &"end".parse().unwrap()).unwrap();
/// assert_eq!(edit::in_line(&value), "{after: [install, test]}");
/// ```
pub fn value_at(text: &str, at: &At) -> Option<Value> {
    let root = tree::read(Sources::default().add("", ""), text, &mut Faults::default())?;
    nodes::find(&root, at.steps()).and_then(value)
}

/// A value in one line, as [`typed`] reads it.
pub fn in_line(value: &Value) -> String {
    write::flow(value)
}

/// A value that was read, as one that can be written.
fn value(node: &Node) -> Option<Value> {
    Some(match &node.data {
        Data::Text(text) => Value::Text(text.clone()),
        Data::List(items) => Value::List(items.iter().map(value).collect::<Option<_>>()?),
        Data::Map(entries) => {
            let entry = |(key, node): &(Key, Node)| Some((key.text.clone(), value(node)?));
            Value::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        Data::Nothing | Data::Broken => return None,
    })
}
