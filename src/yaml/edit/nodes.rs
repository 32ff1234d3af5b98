//! What a file says, as a tree: a value found, put in, taken out, and held against another.
//!
//! In: a tree, and where. Out: the tree as it is to be read after an edit. Not here: how a value is written.

use super::{Step, Value};
use crate::yaml::tree::{Data, Key, Node};

/// A value as it will be read.
pub(super) fn node(value: Value) -> Node {
    let data = match value {
        Value::Text(text) => Data::Text(text),
        Value::Flow(value) => return node(*value),
        Value::List(items) => Data::List(items.into_iter().map(node).collect()),
        Value::Map(entries) => {
            Data::Map(entries.into_iter().map(|(text, value)| (key(&text), node(value))).collect())
        }
    };
    Node { range: 0..0, data }
}

/// A key as it will be read.
pub(super) fn key(name: &str) -> Key {
    Key { text: name.to_owned(), range: 0..0 }
}

/// Whether two values say the same. No reader looks at blanks at the end of a text.
pub(super) fn same(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::Nothing, Data::Nothing) | (Data::Broken, Data::Broken) => true,
        (Data::Text(a), Data::Text(b)) => a.trim_end() == b.trim_end(),
        (Data::List(a), Data::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.data, &b.data))
        }
        (Data::Map(a), Data::Map(b)) => {
            let mut both = a.iter().zip(b);
            a.len() == b.len() && both.all(|((a, x), (b, y))| a.text == b.text && same(&x.data, &y.data))
        }
        _ => false,
    }
}

/// The node at a place.
pub(super) fn find<'n>(root: &'n Node, steps: &[Step]) -> Option<&'n Node> {
    let Some((first, rest)) = steps.split_first() else { return Some(root) };
    match (&root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            find(entries.iter().find(|(key, _)| key.text == *name).map(|(_, node)| node)?, rest)
        }
        (Data::List(items), Step::Item(at)) => find(items.get(*at)?, rest),
        (Data::Text(_) | Data::Map(_), Step::Item(0)) => find(root, rest),
        _ => None,
    }
}

pub(super) fn find_mut<'n>(root: &'n mut Node, steps: &[Step]) -> Option<&'n mut Node> {
    let Some((first, rest)) = steps.split_first() else { return Some(root) };
    if let (Step::Item(0), Data::Text(_) | Data::Map(_)) = (first, &root.data) {
        return find_mut(root, rest);
    }
    match (&mut root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            find_mut(entries.iter_mut().find(|(key, _)| key.text == *name).map(|(_, node)| node)?, rest)
        }
        (Data::List(items), Step::Item(at)) => find_mut(items.get_mut(*at)?, rest),
        _ => None,
    }
}

/// Puts a value into the tree as it is to be read.
pub(super) fn put(root: &mut Node, steps: &[Step], value: Node) -> Option<()> {
    let Some((first, rest)) = steps.split_first() else {
        root.data = value.data;
        return Some(());
    };
    if let Data::Nothing = root.data {
        root.data = match first {
            Step::Key(_) => Data::Map(Vec::new()),
            Step::Item(_) => Data::List(Vec::new()),
        };
    }
    if let (Step::Item(0), Data::Text(_) | Data::Map(_)) = (first, &root.data) {
        return put(root, rest, value);
    }
    match (&mut root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key.text == *name).unwrap_or_else(|| {
                let key = Key { text: name.clone(), range: 0..0 };
                entries.push((key, Node { range: 0..0, data: Data::Nothing }));
                entries.len() - 1
            });
            put(&mut entries[at].1, rest, value)
        }
        (Data::List(items), Step::Item(at)) => {
            if *at == items.len() {
                items.push(Node { range: 0..0, data: Data::Nothing });
            }
            put(items.get_mut(*at)?, rest, value)
        }
        _ => None,
    }
}

/// Takes a value out of the tree.
pub(super) fn cut(root: &mut Node, steps: &[Step]) -> Option<()> {
    let (last, above) = steps.split_last()?;
    match (&mut find_mut(root, above)?.data, last) {
        (Data::Map(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key.text == *name)?;
            entries.remove(at);
            Some(())
        }
        (Data::List(items), Step::Item(at)) if *at < items.len() => {
            items.remove(*at);
            Some(())
        }
        _ => None,
    }
}
