//! Setting one field of a file.
//!
//! In: a file, a key, what becomes of it. Out: a plan that changes just that field's bytes. Not here: several fields at once,
//! with what others have changed meanwhile (`form`).

use std::str::FromStr;

use serde::Serialize;

use super::{
    super::{Refused, Thing, review::settled},
    SourceFile,
    source_file::{all, checked, unread},
};
use crate::{
    diagnostic::{Findings, SourceId, offer},
    folder::{Edits, Plan, Snapshot},
    records::Readings,
    schema::{FieldKind, FileField, Shape},
    yaml::edit::{self, At, Value},
};

/// What becomes of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldChange {
    /// It says this text. A rule, a list or keys are typed as in the file: `{at: deployment, offset: -4wd}`.
    Set(String),
    /// It is taken out, or an item of a list is.
    Remove,
    /// A list has another item, before the one that stands at this place, or after the last.
    Insert(usize, String),
    /// An item of a list moves to another place.
    Move(usize, usize),
}

/// A field that is set.
#[derive(Debug, Serialize)]
pub struct SetReport {
    /// The file, by its path from the working folder.
    pub file: String,
    /// The field.
    pub key: String,
    /// What was written there.
    pub was: Option<String>,
    /// What is written there now.
    pub becomes: Option<String>,
    /// What is wrong with the file now.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// Plans to change a field. What is wrong with the file afterward is reported, and is no reason not to.
///
/// # Errors
/// [`Refused`]: there is no such file or key, or the edit cannot be put into the file in the way it is written.
pub fn set(
    snapshot: &Snapshot,
    file: &SourceFile,
    key: &str,
    change: &FieldChange,
) -> Result<Plan<SetReport>, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let text = &snapshot.sources.get(source).text;
    let at = At::from_str(key).map_err(|why| Refused::NotAKey { key: key.to_owned(), why })?;
    let before = all(text, file).ok_or_else(|| unread(file, snapshot))?;
    known(&before, &at, file)?;
    let name = snapshot.sources.get(source).name.clone();
    let text = changed(text, &before, &at, change, &name)?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    let after = all(&text, file).unwrap_or_default();
    let was = value_at(&snapshot.sources.get(source).text, &before, &at);
    let (faults, _) = checked(&edits.snapshot, file, source, &mut Readings::default());
    let findings = Findings { faults, sources: edits.snapshot.sources.clone() };
    let what = match change {
        FieldChange::Set(value) => format!("set {name} {key} {value}"),
        FieldChange::Remove => format!("set {name} {key} --remove"),
        FieldChange::Insert(_, value) => format!("set {name} {key} --insert {value}"),
        FieldChange::Move(..) => format!("set {name} {key} --move"),
    };
    let report =
        SetReport { file: name, key: key.to_owned(), was, becomes: value_at(&text, &after, &at), findings };
    Ok(Plan::of_sources(what, report, edits.files()?))
}

/// A file's text with one field changed; `name` is the file's, for what is refused.
pub(super) fn changed(
    text: &str,
    fields: &[FileField],
    at: &At,
    change: &FieldChange,
    name: &str,
) -> Result<String, Refused> {
    let there = field_at(fields, at);
    if matches!(change, FieldChange::Remove) && there.is_none_or(|field| field.range.is_none()) {
        return Err(Refused::NotThere { key: at.to_string(), file: name.to_owned() });
    }
    let text = match change {
        FieldChange::Set(value) => edit::set_at(text, at, &typed(value, there.map(|field| field.shape.kind))),
        FieldChange::Remove => edit::remove_at(text, at),
        FieldChange::Insert(index, value) => {
            let plain = there.is_some_and(|list| list.shape.keys.is_empty());
            edit::insert_at(text, at, *index, &typed(value, plain.then_some(FieldKind::Text)))
        }
        FieldChange::Move(from, to) => edit::move_at(text, at, *from, *to),
    };
    // Who reads a memo, and who approved it, goes with the status that says so.
    let text = text.and_then(|text| match change {
        FieldChange::Set(value) if at.to_string() == "status" => match value.trim().parse() {
            Ok(status) => settled(&text, status),
            Err(_) => Some(text),
        },
        _ => Some(text),
    });
    let instead = "change it in the file yourself".to_owned();
    text.ok_or_else(|| Refused::NotEdited { what: format!("{at} in {name}"), instead })
}

/// A file's text in which a field says something else.
///
/// # Errors
/// [`Refused`]: the file cannot be read, or is written in a way that the edit cannot be put into.
pub(in crate::desk) fn text_with(
    text: &str,
    file: &SourceFile,
    at: &At,
    value: &str,
    name: &str,
) -> Result<String, Refused> {
    let fields = all(text, file).unwrap_or_default();
    changed(text, &fields, at, &FieldChange::Set(value.to_owned()), name)
}

/// A memo's text with more attachments, each as it is typed in the file.
///
/// # Errors
/// [`Refused`]: the file is written in a way that they cannot be put into.
pub(in crate::desk) fn attachments_with(
    snapshot: &Snapshot,
    memo: &SourceFile,
    source: SourceId,
    items: &[String],
) -> Result<String, Refused> {
    let read = snapshot.sources.get(source);
    let at = At::default().key("attachments");
    let mut text = read.text.clone();
    for item in items {
        let fields = all(&text, memo).ok_or_else(|| unread(memo, snapshot))?;
        // A list that is not there begins as its only item.
        let change = match raw_value(&text, &fields, &at) {
            None => FieldChange::Set(item.clone()),
            Some(_) => FieldChange::Insert(usize::MAX, item.clone()),
        };
        text = changed(&text, &fields, &at, &change, &read.name)?;
    }
    Ok(text)
}

/// What a field says: text as it reads, a list or keys as they are typed.
fn value_at(text: &str, fields: &[FileField], at: &At) -> Option<String> {
    field_at(fields, at)?.text.clone().or_else(|| raw_value(text, fields, at))
}

/// What the field of a place says, as it is typed in the file.
pub(super) fn raw_value(text: &str, fields: &[FileField], at: &At) -> Option<String> {
    raw_of(text, field_at(fields, at)?)
}

/// What a field says, as it is typed in its file.
pub(super) fn raw_of(text: &str, field: &FileField) -> Option<String> {
    let typed = text.get(field.range.clone()?)?;
    let is_item = matches!(field.at.steps().last(), Some(edit::Step::Item(_)));
    let value = if is_item { typed } else { typed.split_once(':').map_or("", |(_, value)| value) };
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Whether a key, or one of a table's entries, can stand in a file.
pub(super) fn known(fields: &[FileField], at: &At, file: &SourceFile) -> Result<(), Refused> {
    let mut shapes = shapes_of(fields);
    let mut in_table = false;
    for step in at.steps() {
        let edit::Step::Key(name) = step else { continue };
        if std::mem::take(&mut in_table) {
            continue;
        }
        let Some((_, shape)) = shapes.iter().find(|(key, _)| key == name) else {
            let offer = offer(name, shapes.iter().map(|(key, _)| key.as_str()));
            let name = format!("{name}` in `{file}");
            return Err(Refused::Unknown { thing: Thing::Key, name, offer });
        };
        in_table = shape.kind == FieldKind::Table;
        // What a rule may hold is not told apart here: the reader does.
        if shape.keys.is_empty() {
            return Ok(());
        }
        shapes = shape.keys.clone();
    }
    Ok(())
}

fn shapes_of(fields: &[FileField]) -> Vec<(String, Shape)> {
    let name = |field: &FileField| match field.at.steps().last() {
        Some(edit::Step::Key(name)) => Some((name.clone(), field.shape.clone())),
        _ => None,
    };
    fields.iter().filter_map(name).collect()
}

pub(super) fn field_at<'f>(fields: &'f [FileField], at: &At) -> Option<&'f FileField> {
    fields.iter().find_map(|field| if field.at == *at { Some(field) } else { field_at(&field.fields, at) })
}

/// What somebody typed, as a value: text is text, and what is typed in brackets or braces where no text stands is read
/// as in the file.
fn typed(value: &str, kind: Option<FieldKind>) -> Value {
    let is_text = matches!(kind, Some(FieldKind::Text | FieldKind::Prose | FieldKind::Choice));
    match is_text {
        true => Value::Text(value.to_owned()),
        false => edit::typed(value),
    }
}
