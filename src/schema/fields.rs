//! A file's text -> its fields, each with what is written there and where.
//!
//! In: a text, what its kind of file may hold. Out: [`FileField`] fields, filled in or not, in the order of the schema. Not
//! here: what a value means, and what is wrong with it.

use std::ops::Range;

use super::{FieldKind, Shape};
use crate::{
    diagnostic::{Faults, Sources},
    yaml::{self, Data, Key, Node, edit::At},
};

/// A field of a file, with what is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileField {
    /// Where it stands, or would stand.
    pub at: At,
    /// What it is.
    pub shape: Shape,
    /// What is written there: a text as it reads; a rule, or what else is no text, as it is typed.
    pub text: Option<String>,
    /// From its key to the end of its value, in bytes; none if it is not filled in.
    pub range: Option<Range<usize>>,
    /// The fields in it: of its keys, its items, its entries.
    pub fields: Vec<FileField>,
}

/// The fields of a file; `None` if it cannot be read at all.
pub fn file_fields(text: &str, shapes: &[(String, Shape)]) -> Option<Vec<FileField>> {
    let root = yaml::read(Sources::default().add("", ""), text, &mut Faults::default())?;
    let entries = match &root.data {
        Data::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    Some(of_keys(text, &At::default(), shapes, entries))
}

fn of_keys(text: &str, at: &At, shapes: &[(String, Shape)], entries: &[(Key, Node)]) -> Vec<FileField> {
    let field = |(name, shape): &(String, Shape)| {
        let entry = entries.iter().find(|(key, _)| key.text == *name);
        of_value(text, at.key(name), shape, entry.map(|(key, node)| (key.range.start, node)))
    };
    shapes.iter().map(field).collect()
}

/// A field, from where its key or dash begins.
fn of_value(text: &str, at: At, shape: &Shape, there: Option<(usize, &Node)>) -> FileField {
    let Some((start, node)) = there else {
        return FileField { at, shape: shape.clone(), text: None, range: None, fields: Vec::new() };
    };
    let fields = match (shape.kind, &node.data) {
        (FieldKind::Keys, Data::Map(entries)) => of_keys(text, &at, &shape.keys, entries),
        (FieldKind::Table, Data::Map(entries)) => {
            let entry = Shape { kind: of_entry(&shape.keys), is_required: false, ..shape.clone() };
            let entry = |(key, node): &(Key, Node)| {
                let entry = Shape { label: key.text.clone(), ..entry.clone() };
                of_value(text, at.key(&key.text), &entry, Some((key.range.start, node)))
            };
            entries.iter().map(entry).collect()
        }
        (FieldKind::List, Data::List(items)) => {
            let item = |(count, node): (usize, &Node)| of_item(text, &at, shape, count, node);
            items.iter().enumerate().map(item).collect()
        }
        (FieldKind::List, Data::Text(_) | Data::Map(_)) => vec![of_item(text, &at, shape, 0, node)],
        _ => Vec::new(),
    };
    let range = start..node.range.end.max(start);
    let text = match &node.data {
        Data::Text(written) => Some(written.clone()),
        Data::Nothing | Data::Broken => None,
        Data::List(_) | Data::Map(_) if fields.is_empty() => text.get(node.range.clone()).map(str::to_owned),
        Data::List(_) | Data::Map(_) => None,
    };
    FileField { at, shape: shape.clone(), text, range: Some(range), fields }
}

fn of_item(text: &str, at: &At, shape: &Shape, count: usize, node: &Node) -> FileField {
    let kind = match (&node.data, shape.keys.is_empty()) {
        (Data::Map(_), false) => FieldKind::Keys,
        _ if shape.of.is_some() => FieldKind::Name,
        _ => FieldKind::Text,
    };
    let item = Shape { kind, is_required: false, ..shape.clone() };
    of_value(text, at.item(count), &item, Some((node.range.start, node)))
}

/// What an entry of a table is: keys with values, or a single value.
fn of_entry(keys: &[(String, Shape)]) -> FieldKind {
    if keys.is_empty() { FieldKind::Text } else { FieldKind::Keys }
}
