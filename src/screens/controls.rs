//! The fields of a file as the controls of a form.
//!
//! In: a [`FieldsReport`], which fields a screen shows, what a form was left with. Out: [`FormRow`]s for the template. Not here: what a
//! form asks for when it comes back (`form`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    comments::CommentLine,
    faults::{FaultLine, Told},
    form::{Growing, Left},
};
use crate::{
    desk::{Choice, Field, FieldsReport, Uses},
    schema::FieldKind,
    words::{capitalized, counted},
};

/// A field that a screen shows, and what helps there.
#[derive(Clone, Copy)]
pub(super) struct ShownField {
    pub key: &'static str,
    pub help: &'static str,
}

/// How a line of a form is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Control {
    /// A line of text.
    #[default]
    Line,
    /// Text of several lines.
    Text,
    /// One of several values.
    Choice,
    /// Yes, no, or nothing.
    Flag,
    /// A list of texts.
    Lines,
    /// A list of values that are chosen.
    Names,
    /// A list of items with fields of their own.
    Items,
    /// The frame of several lines begins.
    Begin,
    /// It ends.
    End,
    /// Nothing here: it is changed in the file.
    File,
}

/// A line of a form: a control, or the frame of several.
#[derive(Debug, Default, Serialize)]
pub(super) struct FormRow {
    control: Control,
    pub key: String,
    /// The key as it can stand in an id of the page.
    pub id: String,
    label: String,
    help: String,
    required: bool,
    /// What the file says.
    was: String,
    /// What the form says.
    pub now: String,
    pub options: Vec<Choice>,
    /// The items of a list of plain values, as read and as they are now.
    was_items: Vec<String>,
    pub now_items: Vec<String>,
    /// The items of a list of other things: what each is called.
    items: Vec<ListItem>,
    /// What stands in the file, for a list whose items move.
    raw: String,
    /// What it means, where that is not what is written.
    means: Option<String>,
    pub faults: Vec<FaultLine>,
    /// Whether something is wrong with it or in it: a frame stands open then.
    is_wrong: bool,
    /// Somebody else has changed it to this.
    #[serde(skip_serializing_if = "Option::is_none")]
    theirs: Option<String>,
    /// How many lines a text takes.
    lines: usize,
    /// What a new entry is asked for, where one can be added.
    adds: Option<&'static str>,
    /// What was said of it.
    pub comments: Vec<CommentLine>,
    /// Buttons that add a ready item: what they say, and the item as it is typed in the file.
    pub ready: &'static [(&'static str, &'static str)],
}

/// An item of a list whose items are more than a value.
#[derive(Debug, Serialize)]
struct ListItem {
    place: usize,
    name: String,
    /// The fields that say something, must be filled in, or have a fault.
    fields: Vec<FormRow>,
    /// The others.
    more: Vec<FormRow>,
    faults: Vec<FaultLine>,
}

/// The controls of the fields that a screen shows, in its order.
pub(super) fn rows(
    report: &FieldsReport,
    told: &Told<'_>,
    shown: &[ShownField],
    left: &Left,
) -> Vec<FormRow> {
    let mut rows = Vec::new();
    for shown in shown {
        if let Some(field) = report.fields.iter().find(|field| field.key == shown.key) {
            add(field, Some(shown), told, left, &mut rows);
        }
    }
    rows
}

/// The controls of all fields.
pub(super) fn all_rows(report: &FieldsReport, told: &Told<'_>, left: &Left) -> Vec<FormRow> {
    let mut rows = Vec::new();
    report.fields.iter().for_each(|field| add(field, None, told, left, &mut rows));
    rows
}

fn add(field: &Field, shown: Option<&ShownField>, told: &Told<'_>, left: &Left, rows: &mut Vec<FormRow>) {
    let is_table = matches!(field.kind, FieldKind::Table | FieldKind::Keys) && !field.fields.is_empty();
    if !is_table {
        rows.push(row(field, shown, told, left));
        return;
    }
    rows.push(FormRow {
        control: Control::Begin,
        key: field.key.clone(),
        id: id(&field.key),
        label: name_of(field, &["name"]).unwrap_or_else(|| capitalized(&field.label)),
        help: field.help.clone(),
        faults: FaultLine::all(&field.faults, told),
        is_wrong: is_wrong(field),
        ..FormRow::default()
    });
    field.fields.iter().for_each(|inner| add(inner, None, told, left, rows));
    rows.push(FormRow { control: Control::End, ..FormRow::default() });
}

/// Whether something is wrong with a field, or with one in it.
fn is_wrong(field: &Field) -> bool {
    !field.faults.is_empty() || field.fields.iter().any(is_wrong)
}

impl FormRow {
    /// The same under another name, such as that of its column.
    pub fn called(mut self, name: &str) -> FormRow {
        name.clone_into(&mut self.label);
        self
    }
}

/// One field by itself.
pub(super) fn row(field: &Field, shown: Option<&ShownField>, told: &Told<'_>, left: &Left) -> FormRow {
    let written = field.beside.clone().or_else(|| field.written.clone()).unwrap_or_default();
    let now = left.value(&field.key).unwrap_or(&written).to_owned();
    let control = control(field, &written);
    let was_items: Vec<String> =
        field.fields.iter().map(|item| item.written.clone().unwrap_or_default()).collect();
    let mut now_items = left.items(&field.key).map_or_else(|| was_items.clone(), <[String]>::to_vec);
    now_items.retain(|item| !item.trim().is_empty());
    let mut options = field.choices.clone();
    // What is written and is none of the choices is shown as it is, with its fault.
    for value in now_items.iter().chain([&now]).filter(|value| !value.is_empty()) {
        if !options.iter().any(|choice| choice.value == *value) {
            options.push(Choice { value: value.clone(), label: value.clone() });
        }
    }
    let items = match control {
        Control::Items => field.fields.iter().enumerate().map(|item| self::item(item, told, left)).collect(),
        _ => Vec::new(),
    };
    let mut faults = field.faults.clone();
    if control != Control::Items {
        field.fields.iter().for_each(|inner| faults.extend(&inner.faults));
    }
    let theirs = left.theirs(&field.key).map(str::to_owned);
    let texts: Vec<&str> = now_items.iter().chain([&now]).map(String::as_str).collect();
    let faults = FaultLine::all(&faults, told)
        .into_iter()
        .map(|fault| fault.with_button(&field.key, &texts, &field.choices))
        .collect();
    let is_own = |means: &String| {
        field.written.as_ref() != Some(means) && !field.choices.iter().any(|choice| choice.label == *means)
    };
    FormRow {
        control,
        key: field.key.clone(),
        id: id(&field.key),
        label: capitalized(&field.label),
        help: shown.map_or(field.help.as_str(), |shown| shown.help).to_owned(),
        required: field.required,
        lines: now.split('\n').count().clamp(3, 12),
        // Whoever saves after a conflict has seen what others wrote.
        was: theirs.clone().unwrap_or(written),
        now,
        options,
        was_items,
        now_items,
        items,
        raw: field.raw.clone().unwrap_or_default(),
        means: field.resolved.clone().filter(is_own),
        faults,
        theirs,
        ..FormRow::default()
    }
}

fn control(field: &Field, written: &str) -> Control {
    match field.kind {
        FieldKind::Prose => Control::Text,
        FieldKind::Choice => Control::Choice,
        FieldKind::Name | FieldKind::Number if !field.choices.is_empty() => Control::Choice,
        FieldKind::Flag => Control::Flag,
        FieldKind::List if field.has_keys => Control::Items,
        FieldKind::List if field.choices.is_empty() => Control::Lines,
        FieldKind::List => Control::Names,
        FieldKind::Table | FieldKind::Keys => Control::File,
        _ if written.contains('\n') => Control::Text,
        _ => Control::Line,
    }
}

fn item((place, item): (usize, &Field), told: &Told<'_>, left: &Left) -> ListItem {
    let name = item.written.clone().or_else(|| name_of(item, &["name", "title", "what", "reason"]));
    let field = |field: &Field| {
        let row = row(field, None, told, left);
        // A list of items in an item has no room here.
        if row.control == Control::Items { FormRow { control: Control::File, ..row } } else { row }
    };
    let is_shown = |row: &FormRow| row.required || !row.raw.is_empty() || !row.faults.is_empty();
    let (fields, more) = item.fields.iter().map(field).partition(is_shown);
    ListItem {
        place,
        name: capitalized(&name.unwrap_or_else(|| item.label.clone())),
        fields,
        more,
        faults: FaultLine::all(&item.faults, told),
    }
}

/// What an entry is called, by the first of some keys that says something.
fn name_of(entry: &Field, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|name| {
        let key = format!("{}.{name}", entry.key);
        entry.fields.iter().find(|field| field.key == key)?.written.clone()
    })
}

/// A key as it can stand in an id of a page.
fn id(key: &str) -> String {
    key.replace(['[', ']', '.'], "-")
}

/// Lets entries be added.
pub(super) fn with_adding(rows: &mut [FormRow], growing: &[Growing]) {
    for row in rows {
        row.adds = growing.iter().find(|growing| growing.key == row.key).map(|growing| growing.words);
    }
}

/// Says with each entry of the office how many memos use it.
pub(super) fn with_uses(rows: &mut [FormRow], uses: &BTreeMap<String, Uses>) {
    for row in rows.iter_mut().filter(|row| row.control == Control::Begin) {
        let Some(uses) = uses.get(&row.key) else { continue };
        let follow = if uses.drafts == 1 { "follows" } else { "follow" };
        let keep = if uses.issued == 1 { "keeps its own" } else { "keep theirs" };
        let drafts = format!("{} {follow}", counted(uses.drafts, "draft"));
        let issued = format!("{} {keep}", counted(uses.issued, "issued memo"));
        let both = [(uses.drafts, drafts), (uses.issued, issued)];
        let said: Vec<String> =
            both.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        row.means = Some(format!("{}.", said.join("; ")));
    }
}

/// The faults that rows show, by their places among those of the report.
pub(super) fn faults_of(rows: &[FormRow]) -> Vec<usize> {
    let mut found = Vec::new();
    for row in rows {
        found.extend(row.faults.iter().map(|fault| fault.at));
        for item in &row.items {
            found.extend(item.faults.iter().map(|fault| fault.at));
            found.extend(faults_of(&item.fields));
        }
    }
    found
}
