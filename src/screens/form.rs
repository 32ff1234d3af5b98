//! The fields of a file as the controls of a form, and a form that comes back as a request of the desk.
//!
//! In: a [`FieldsReport`], or what a browser sent. Out: [`Row`]s for the template; a [`FormRequest`]. A form carries what it read of
//! each field (`was:`) beside what it says now (`now:`), so nothing that somebody else writes meanwhile is overwritten. Not here:
//! which fields a screen shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::request::FormData;
use crate::{
    desk::{
        Choice, Field, FieldChange, FieldConflict, FieldsReport, FormRequest, ItemChange, TypedField,
        TypedList, Uses,
    },
    diagnostic::{Code, Diagnostic, Findings, Severity, Style, render},
    schema::FieldKind,
    words::capitalized,
};

/// A field that a screen shows, and what it is called there.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub key: &'static str,
    pub label: &'static str,
    pub help: &'static str,
}

/// A line of a form: a control, or the frame of several.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    /// How it is filled in: line, text, choice, flag, lines, names, items, begin, end, file.
    control: &'static str,
    key: String,
    /// The key as it can stand in an id of the page.
    id: String,
    label: String,
    help: String,
    required: bool,
    /// What the file says.
    was: String,
    /// What the form says.
    now: String,
    options: Vec<Choice>,
    /// The items of a list of plain values, as read and as they are now.
    was_items: Vec<String>,
    now_items: Vec<String>,
    /// The items of a list of other things: what each is called.
    items: Vec<Item>,
    /// What stands in the file, for a list whose items move.
    raw: String,
    /// What it means, where that is not what is written.
    means: Option<String>,
    faults: Vec<FaultLine>,
    /// Somebody else has changed it to this.
    theirs: Option<String>,
    has_theirs: bool,
    /// How many lines a text takes.
    lines: usize,
    /// What a new entry is asked for, where one can be added.
    adds: Option<&'static str>,
}

/// An item of a list whose items are more than a value.
#[derive(Debug, Serialize)]
struct Item {
    place: usize,
    name: String,
    /// Whether its optional fields are shown, too.
    is_open: bool,
    fields: Vec<Row>,
}

/// A fault beside its field.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FaultLine {
    /// One sentence.
    sentence: String,
    /// What to type.
    help: String,
    warning: bool,
    /// The whole of it, as a terminal shows it.
    whole: String,
    line: usize,
}

/// What a form was left with, by the names of its fields.
#[derive(Default)]
pub(super) struct Left {
    now: BTreeMap<String, String>,
    items: BTreeMap<String, Vec<String>>,
    conflicts: BTreeMap<String, String>,
}

impl Left {
    /// What a form was sent with; in a conflict, what others have written stands beside it.
    pub fn of(form: &FormData, conflicts: &[FieldConflict]) -> Left {
        let mut left = Left::default();
        for (name, value) in form.iter() {
            if let Some(key) = name.strip_prefix("now:") {
                left.now.insert(key.to_owned(), value.to_owned());
            } else if let Some(key) = name.strip_prefix("item:") {
                left.items.entry(key.to_owned()).or_default().push(value.to_owned());
            }
        }
        // An item that was to go stands at its list.
        let list = |key: &str| {
            key.rsplit_once('[').filter(|_| key.ends_with(']')).map_or(key, |(list, _)| list).to_owned()
        };
        let theirs = |conflict: &FieldConflict| (list(&conflict.key), conflict.now.clone());
        left.conflicts = conflicts.iter().map(theirs).collect();
        left
    }

    /// How many fields others have changed to something else.
    pub fn conflicts(&self) -> usize {
        self.conflicts.len()
    }
}

/// The controls of the fields that a screen shows, in its order: keys, and what each is called there.
pub(super) fn rows(report: &FieldsReport, shown: &[Shown], left: &Left) -> Vec<Row> {
    let mut rows = Vec::new();
    for shown in shown {
        if let Some(field) = report.fields.iter().find(|field| field.key == shown.key) {
            add(field, Some(shown), &report.findings, left, &mut rows);
        }
    }
    rows
}

/// The controls of all fields.
pub(super) fn all_rows(report: &FieldsReport, left: &Left) -> Vec<Row> {
    let mut rows = Vec::new();
    report.fields.iter().for_each(|field| add(field, None, &report.findings, left, &mut rows));
    rows
}

/// One field by itself.
pub(super) fn row(field: &Field, shown: Option<&Shown>, findings: &Findings, left: &Left) -> Row {
    let label = shown.map_or_else(|| capitalized(&field.label), |shown| shown.label.to_owned());
    let help = shown.map_or_else(|| field.help.clone(), |shown| shown.help.to_owned());
    let (key, mut rest) = (field.key.clone(), Row::default());
    let written = field.beside.clone().or_else(|| field.written.clone()).unwrap_or_default();
    let faults = faults_of(field, findings);
    rest.control = match field.kind {
        FieldKind::Prose => "text",
        FieldKind::Choice => "choice",
        FieldKind::Name if !field.choices.is_empty() => "choice",
        FieldKind::Flag => "flag",
        FieldKind::List if is_plain(field) && field.choices.is_empty() => "lines",
        FieldKind::List if is_plain(field) => "names",
        FieldKind::List => "items",
        FieldKind::Table | FieldKind::Keys => "file",
        _ if written.contains('\n') => "text",
        _ => "line",
    };
    rest.was_items = field.fields.iter().map(|item| item.written.clone().unwrap_or_default()).collect();
    rest.now_items = left.items.get(&key).cloned().unwrap_or_else(|| rest.was_items.clone());
    rest.now_items.retain(|item| !item.trim().is_empty());
    let now = left.now.get(&key).cloned().unwrap_or_else(|| written.clone());
    rest.theirs = left.conflicts.get(&key).cloned();
    rest.has_theirs = rest.theirs.is_some();

    rest.options = field.choices.clone();
    // What is written and is none of the choices is shown as it is, with its fault.
    let mut unknown: Vec<String> = rest.now_items.iter().chain([&now]).cloned().collect();
    unknown.retain(|value| !value.is_empty() && !rest.options.iter().any(|choice| choice.value == *value));
    unknown.dedup();
    rest.options.extend(unknown.into_iter().map(|value| Choice { label: value.clone(), value }));
    let item = |(place, item): (usize, &Field)| Item {
        place,
        is_open: field.key != "attachments",
        name: item.written.clone().map_or_else(|| title_of(item), |written| capitalized(&written)),
        fields: item.fields.iter().map(|field| row(field, None, findings, left)).collect(),
    };
    if rest.control == "items" {
        rest.items = field.fields.iter().enumerate().map(item).collect();
    }
    let id = key.replace(['[', ']', '.'], "-");
    Row {
        id,
        label,
        help,
        required: field.required,
        lines: now.split('\n').count().clamp(3, 12),
        // Whoever saves after a conflict has seen what others wrote.
        was: rest.theirs.clone().unwrap_or(written),
        now,
        raw: field.raw.clone().unwrap_or_default(),
        means: field.resolved.clone().filter(|means| {
            field.written.as_ref() != Some(means)
                && !field.choices.iter().any(|choice| choice.label == *means)
        }),
        faults,
        key,
        ..rest
    }
}

fn add(field: &Field, shown: Option<&Shown>, findings: &Findings, left: &Left, rows: &mut Vec<Row>) {
    let is_table = matches!(field.kind, FieldKind::Table | FieldKind::Keys) && !field.fields.is_empty();
    if !is_table {
        rows.push(row(field, shown, findings, left));
        return;
    }
    let label = name_of(field);
    let id = field.key.replace(['[', ']', '.'], "-");
    let key = field.key.clone();
    rows.push(Row { control: "begin", key, id, label, help: field.help.clone(), ..Row::default() });
    field.fields.iter().for_each(|inner| add(inner, None, findings, left, rows));
    rows.push(Row { control: "end", ..Row::default() });
}

/// What an entry is called: by its name, and else by its key.
fn name_of(field: &Field) -> String {
    let name = field.fields.iter().find(|inner| inner.key == format!("{}.name", field.key));
    let name = name.and_then(|name| name.written.clone());
    name.unwrap_or_else(|| capitalized(&field.label))
}

/// A table or list of entries that a screen adds to, with the key and the words for what an entry is called.
#[derive(Clone, Copy)]
pub(super) struct Growing {
    pub key: &'static str,
    pub names: &'static str,
    pub words: &'static str,
    pub is_list: bool,
}

/// Lets entries be added.
pub(super) fn with_adding(rows: &mut [Row], growing: &[Growing]) {
    for row in rows {
        row.adds = growing.iter().find(|growing| growing.key == row.key).map(|growing| growing.words);
    }
}

/// Takes choices out that no form makes.
pub(super) fn without(rows: &mut [Row], key: &str, choices: &[&str]) {
    for row in rows.iter_mut().filter(|row| row.key == key) {
        row.options.retain(|choice| !choices.contains(&choice.value.as_str()));
    }
}

/// What a form adds: each new entry by its name, with all else blank.
pub(super) fn additions(form: &FormData, growing: &[Growing], wish: &mut FormRequest) {
    for Growing { key, names, is_list, .. } in growing {
        let Some(name) = form.filled(&format!("add:{key}")) else { continue };
        let entry = format!("{{{names}: {}}}", serde_json::Value::from(name));
        let raw = form.get(&format!("raw:{key}")).unwrap_or_default().to_owned();
        if *is_list {
            let change = FieldChange::Insert(usize::MAX, entry);
            wish.items = Some(ItemChange { key: (*key).to_owned(), read: raw, change });
        } else {
            let key = format!("{key}.{}", super::values::id_of(name));
            wish.fields.push(TypedField { key, read: String::new(), typed: entry });
        }
    }
}

/// Says with each entry of the office how many memos use it.
pub(super) fn with_uses(rows: &mut [Row], uses: &BTreeMap<String, Uses>) {
    for row in rows.iter_mut().filter(|row| row.control == "begin") {
        if let Some(uses) = uses.get(&row.key) {
            let drafts = crate::words::counted(uses.drafts, "draft");
            let issued = crate::words::counted(uses.issued, "issued memo");
            let follow = if uses.drafts == 1 { "follows" } else { "follow" };
            let keep = if uses.issued == 1 { "keeps its own" } else { "keep theirs" };
            row.means = Some(format!("{drafts} {follow}; {issued} {keep}."));
        }
    }
}

/// Whether all items of a list are plain values.
fn is_plain(field: &Field) -> bool {
    field.key != "attachments"
        && field.fields.iter().all(|item| item.fields.is_empty() && item.kind != FieldKind::Keys)
        && field.kind == FieldKind::List
        && (!field.fields.is_empty() || field.raw.is_none())
}

fn title_of(item: &Field) -> String {
    let says = |name: &str| {
        item.fields.iter().find(|field| field.key.ends_with(name)).and_then(|field| field.written.clone())
    };
    let said = [".name", ".title", ".what", ".reason"].iter().find_map(|name| says(name));
    said.unwrap_or_else(|| capitalized(&item.label))
}

fn faults_of(field: &Field, findings: &Findings) -> Vec<FaultLine> {
    let mut at = field.faults.clone();
    if !matches!(field.kind, FieldKind::List) || is_plain(field) {
        field.fields.iter().for_each(|inner| at.extend(&inner.faults));
    }
    at.into_iter().filter_map(|at| findings.faults.get(at)).map(|fault| line(fault, findings)).collect()
}

/// A fault as it stands beside a field.
pub(super) fn line(fault: &Diagnostic, findings: &Findings) -> FaultLine {
    // What to type into the file is no help to somebody who fills in a form.
    let is_blank = fault.code == Code::MissingKey;
    FaultLine {
        sentence: match is_blank {
            true => "This is needed.".to_owned(),
            false => format!("{}.", capitalized(&fault.message.replace('`', ""))),
        },
        help: match fault.help.is_empty() || is_blank {
            true => String::new(),
            false => format!("{}.", capitalized(fault.help.trim_end_matches('.'))),
        },
        warning: fault.code.severity() == Severity::Warning,
        whole: render(fault, &findings.sources, Style::Plain),
        line: findings.sources.line_and_column(&fault.place).0,
    }
}

/// The faults that stand beside no field of a screen; one that names no fields shows them all.
pub(super) fn other_faults(report: &FieldsReport, shown: &[Shown]) -> Vec<FaultLine> {
    let mut beside = Vec::new();
    fn add(field: &Field, found: &mut Vec<usize>) {
        found.extend(&field.faults);
        field.fields.iter().for_each(|inner| add(inner, found));
    }
    let is_shown = |field: &&Field| shown.is_empty() || shown.iter().any(|shown| shown.key == field.key);
    report.fields.iter().filter(is_shown).for_each(|field| add(field, &mut beside));
    let others = report.findings.faults.iter().enumerate().filter(|(at, _)| !beside.contains(at));
    others.map(|(_, fault)| line(fault, &report.findings)).collect()
}

/// What a form asks of the desk.
pub(super) fn request(form: &FormData) -> FormRequest {
    let mut wish = FormRequest::default();
    for (name, read) in form.iter() {
        let Some(key) = name.strip_prefix("was:") else { continue };
        let Some(typed) = form.get(&format!("now:{key}")) else { continue };
        // A line has no blanks at its end.
        let typed = if typed.contains('\n') { typed } else { typed.trim_end() };
        let [key, read, typed] = [key, read, typed].map(str::to_owned);
        wish.fields.push(TypedField { key, read, typed });
    }
    for (_, key) in form.iter().filter(|(name, _)| *name == "list") {
        let filled = |mut items: Vec<String>| {
            items.retain(|item| !item.trim().is_empty());
            items.iter_mut().for_each(|item| item.truncate(item.trim_end().len()));
            items
        };
        wish.lists.push(TypedList {
            key: key.to_owned(),
            read: form.all(&format!("wasitem:{key}")),
            typed: filled(form.all(&format!("item:{key}"))),
        });
    }
    wish.items = form.filled("do").and_then(|wish| item_change(wish, form));
    wish
}

/// What a button asks for: `up attachments 1`, `remove attachments 1`, `add attachments schedule`.
fn item_change(wish: &str, form: &FormData) -> Option<ItemChange> {
    let mut words = wish.splitn(3, ' ');
    let (what, list, rest) = (words.next()?, words.next()?, words.next()?);
    let read = form.get(&format!("raw:{list}")).unwrap_or_default().to_owned();
    let place = || rest.parse::<usize>().ok();
    let (key, change) = match what {
        "up" => (list.to_owned(), FieldChange::Move(place()?, place()?.checked_sub(1)?)),
        "down" => (list.to_owned(), FieldChange::Move(place()?, place()? + 1)),
        "remove" => (format!("{list}[{}]", place()?), FieldChange::Remove),
        "add" if read.is_empty() => (list.to_owned(), FieldChange::Set(rest.to_owned())),
        "add" => (list.to_owned(), FieldChange::Insert(usize::MAX, rest.to_owned())),
        _ => return None,
    };
    Some(ItemChange { key, read, change })
}
