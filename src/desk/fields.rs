//! The fields of a file, for a form: what is written, what that means, what is wrong with it; and setting one of them.
//!
//! In: a memo, a release or the office; a field and what it is to be. Out: [`FieldsReport`]; a plan that changes just that
//! field's bytes. Not here: how a form looks, and which fields there are, which the schemas say.

use std::{fmt, str::FromStr};

use serde::Serialize;

use super::{Refused, Thing};
use crate::{
    build::{Scope, build},
    diagnostic::{Diagnostic, Faults, Findings, SourceId, offer},
    folder::{Edits, Plan, Snapshot, stem},
    model::{Id, Plan as ReleasePlan, Table, date},
    output::{Form, Manifest},
    records::{self, Readings, Records},
    schedule::{Edge, Part, Resolved, Thing as Dates, resolve},
    schema::{FieldKind, FileField, SCHEMAS, Schema, Shape, file_fields, shapes},
    yaml::{
        edit::{self, At, Value},
        outline,
    },
};

/// A file that analysts write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum SourceFile {
    /// memos/office.yaml.
    Office,
    /// A release, by the name of its file.
    Release(String),
    /// A memo, by the name of its file.
    Memo(String),
}

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

/// The fields of a file.
#[derive(Debug, Serialize)]
pub struct FieldsReport {
    /// The file, by its path from the working folder.
    pub file: String,
    /// The fields, in the order in which a form shows them.
    pub fields: Vec<Field>,
    /// What is wrong with the file.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Where it stands, or would stand: `tasks[3].end`.
    pub key: String,
    /// What a form calls it.
    pub label: String,
    /// What stands there, with an example.
    pub help: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What can stand there: the words, or the names of letterheads, people, dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Whether it must be filled in.
    pub required: bool,
    /// What is written there.
    pub written: Option<String>,
    /// What that means: the date that a rule gives, the printed name of a person.
    pub resolved: Option<String>,
    /// The line in which it stands, from 1.
    pub line: Option<usize>,
    /// The column, in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong with it, by the places among the report's faults.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<usize>,
    /// The fields in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// Something that can stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is written.
    pub value: String,
    /// What it is called.
    pub label: String,
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

impl fmt::Display for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceFile::Office => f.write_str("office"),
            SourceFile::Release(id) | SourceFile::Memo(id) => f.write_str(id),
        }
    }
}

impl SourceFile {
    /// A memo, a release or `office`, by its id or the name of its file.
    ///
    /// # Errors
    /// [`Refused::Unknown`].
    pub fn find(name: &str, snapshot: &Snapshot) -> Result<SourceFile, Refused> {
        let id = stem(name);
        let releases = snapshot.texts.releases.iter().map(|(id, _)| id.as_str());
        if snapshot.memos.contains(&id) {
            Ok(SourceFile::Memo(id))
        } else if releases.clone().any(|known| known == id) {
            Ok(SourceFile::Release(id))
        } else if id == "office" {
            Ok(SourceFile::Office)
        } else {
            let offer = offer(&id, snapshot.memos.iter().map(String::as_str).chain(releases));
            Err(Refused::Unknown { thing: Thing::MemoOrRelease, name: id, offer })
        }
    }

    fn schema(&self) -> &'static Schema {
        let name = match self {
            SourceFile::Office => "office",
            SourceFile::Release(_) => "release",
            SourceFile::Memo(_) => "memo",
        };
        SCHEMAS.iter().find(|schema| schema.name == name).unwrap_or(&SCHEMAS[0])
    }

    fn source(&self, snapshot: &Snapshot) -> Option<SourceId> {
        let among = |files: &[(String, SourceId)], id: &str| {
            files.iter().find(|(known, _)| known == id).map(|(_, source)| *source)
        };
        match self {
            SourceFile::Office => snapshot.texts.office,
            SourceFile::Release(id) => among(&snapshot.texts.releases, id),
            SourceFile::Memo(id) => among(&snapshot.texts.memos, id),
        }
    }
}

/// The fields of a file.
///
/// # Errors
/// [`Refused`]: there is no such file, or it cannot be read at all.
pub fn fields(snapshot: &Snapshot, file: &SourceFile) -> Result<FieldsReport, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let text = &snapshot.sources.get(source).text;
    let all = all(text, file).ok_or_else(|| unread(file, snapshot))?;
    let findings = Findings { faults: faults(snapshot, file, source), sources: snapshot.sources.clone() };
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| false);
    let meaning = Meaning::of(file, working.as_ref());
    let form = Filled { snapshot, source, faults: &findings.faults, meaning };
    let fields = all.into_iter().map(|field| form.field(field)).collect();
    Ok(FieldsReport { file: snapshot.sources.get(source).name.clone(), fields, findings })
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
    if matches!(change, FieldChange::Remove) && find(&before, &at).is_none_or(|field| field.range.is_none()) {
        return Err(Refused::NotThere { key: key.to_owned(), file: name });
    }
    let text = match change {
        FieldChange::Set(value) => edit::set_at(text, &at, &typed(value, kind(&before, &at))),
        FieldChange::Remove => edit::remove_at(text, &at),
        FieldChange::Insert(index, value) => {
            let plain = find(&before, &at).is_some_and(|list| list.shape.keys.is_empty());
            edit::insert_at(text, &at, *index, &typed(value, plain.then_some(FieldKind::Text)))
        }
        FieldChange::Move(from, to) => edit::move_at(text, &at, *from, *to),
    };
    let instead = "change it in the file yourself".to_owned();
    let text = text.ok_or_else(|| Refused::NotEdited { what: format!("{key} in {name}"), instead })?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    let after = all(&text, file).unwrap_or_default();
    let was = value_at(&snapshot.sources.get(source).text, &before, &at);
    let faults = faults(&edits.snapshot, file, source);
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

/// What a field says: text as it reads, a list or keys as they are typed.
fn value_at(text: &str, fields: &[FileField], at: &At) -> Option<String> {
    let field = find(fields, at)?;
    field.text.clone().or_else(|| {
        let typed = text.get(field.range.clone()?)?;
        let is_item = matches!(at.steps().last(), Some(edit::Step::Item(_)));
        let value = if is_item { typed } else { typed.split_once(':').map_or(typed, |(_, value)| value) };
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    })
}

fn unread(file: &SourceFile, snapshot: &Snapshot) -> Refused {
    match snapshot.unread.is_empty() {
        true => Refused::Faulty { what: file.to_string(), look: "`ccrov check`".to_owned() },
        false => {
            let (faults, sources) = (snapshot.unread.clone(), snapshot.sources.clone());
            Refused::Faults(Findings { faults, sources })
        }
    }
}

/// What is written in a file, field by field.
fn all(text: &str, file: &SourceFile) -> Option<Vec<FileField>> {
    let archived = outline(text)?.iter().any(|entry| entry.path == "archive");
    file_fields(text, &shapes(file.schema(), archived))
}

/// What is wrong in a file: of a memo, all that a build finds; of others, what reading and resolving finds.
fn faults(snapshot: &Snapshot, file: &SourceFile, source: SourceId) -> Vec<Diagnostic> {
    let mut found = match file {
        SourceFile::Memo(id) => {
            let (memos, before) = ([id.clone()], Manifest::default());
            let scope = Scope { forms: &[Form::Md], lists: false, ..Scope::of(&memos, &before) };
            build(snapshot, &mut Readings::default(), &scope, snapshot.faults()).faults
        }
        _ => {
            let mut faults = snapshot.faults();
            if let Some(working) = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| false) {
                crate::build::check_releases(&working, &snapshot.sources, &mut faults);
            }
            faults.into_sorted()
        }
    };
    found.retain(|fault| fault.place.source == source);
    found
}

/// Whether a key, or one of a table's entries, can stand in a file.
fn known(fields: &[FileField], at: &At, file: &SourceFile) -> Result<(), Refused> {
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

fn find<'f>(fields: &'f [FileField], at: &At) -> Option<&'f FileField> {
    fields.iter().find_map(|field| if field.at == *at { Some(field) } else { find(&field.fields, at) })
}

fn kind(fields: &[FileField], at: &At) -> Option<FieldKind> {
    find(fields, at).map(|field| field.shape.kind)
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

/// What the values of a file mean.
struct Meaning<'w> {
    working: Option<&'w Records>,
    resolved: Option<Resolved<'w>>,
}

impl<'w> Meaning<'w> {
    fn of(file: &SourceFile, working: Option<&'w Records>) -> Meaning<'w> {
        let id = |id: &str| id.parse::<Id>().ok();
        let memo = match file {
            SourceFile::Memo(name) => working.and_then(|w| w.memos.get(&id(name)?)?.as_deref()),
            _ => None,
        };
        let plan: Option<(&ReleasePlan, usize)> = match file {
            SourceFile::Release(name) => working
                .and_then(|w| w.releases.get(&id(name)?)?.as_deref())
                .map(|plan| (plan, plan.delays.len())),
            // Those of a release stand in its own file.
            SourceFile::Memo(_) => memo
                .and_then(|memo| Some((memo.plan.as_deref()?, memo.knows)))
                .filter(|(plan, _)| plan.id.is_none()),
            SourceFile::Office => None,
        };
        let resolved =
            plan.and_then(|(plan, knows)| resolve(plan, knows, plan.seen_on(), &mut Faults::default()));
        Meaning { working, resolved }
    }

    /// What a field's value means, where it is not what is written.
    fn of_field(&self, field: &FileField) -> Option<String> {
        let written = field.text.as_deref()?;
        match field.shape.kind {
            FieldKind::Date => date::read(written).ok().map(date::prose),
            FieldKind::Name => self.name(field.shape.of.as_deref()?, written),
            _ => self.dates(&field.at),
        }
    }

    /// When a milestone or a task is.
    fn dates(&self, at: &At) -> Option<String> {
        let resolved = self.resolved.as_ref()?;
        let text = at.to_string();
        let (thing, edge) = if let Some(rest) = text.strip_prefix("milestones.") {
            let (name, edge) = rest.split_once('.').unwrap_or((rest, "date"));
            let at = resolved.milestones.iter().position(|milestone| milestone.id.as_str() == name)?;
            (Dates::Milestone(at), edge)
        } else {
            let (place, edge) = text.strip_prefix("tasks[")?.split_once("].")?;
            (Dates::Task(place.parse().ok()?), edge)
        };
        let edge = match edge {
            "date" | "start" => Edge::Start,
            "end" => Edge::End,
            _ => return None,
        };
        Some(resolved.when(Part { thing, edge })?.cell.to_string())
    }

    /// What a name is printed as.
    fn name(&self, of: &str, id: &str) -> Option<String> {
        self.choices(of).into_iter().find(|choice| choice.value == id).map(|choice| choice.label)
    }

    /// The names that there are of a kind of thing.
    fn choices(&self, of: &str) -> Vec<Choice> {
        let Some(working) = self.working else { return Vec::new() };
        let office = &working.office;
        match of {
            "letterheads" => named(&office.letterheads, |letterhead| letterhead.division.clone()),
            "people" => named(&office.people, |person| person.name.clone()),
            "contacts" => named(&office.contacts, |contact| contact.name.clone()),
            "elections" => named(&office.elections, |election| election.name.clone()),
            "entities" => named(&office.entities, |entity| entity.name.clone()),
            "calendars" => named(&office.calendars, |calendar| calendar.name.clone()),
            "releases" => named(&working.releases, |release| release.name.clone().unwrap_or_default()),
            "memos" => named(&working.memos, |memo| memo.subject.value.clone()),
            "dates" => self.named_dates(),
            _ => Vec::new(),
        }
    }

    fn named_dates(&self) -> Vec<Choice> {
        let Some(resolved) = &self.resolved else { return Vec::new() };
        let milestones = resolved
            .milestones
            .iter()
            .map(|milestone| Choice { value: milestone.id.to_string(), label: milestone.id.words() });
        let tasks = resolved.tasks.iter().map(|task| Choice {
            value: task.task.id.to_string(),
            label: format!("step {}", task.step().value),
        });
        milestones.chain(tasks).collect()
    }
}

fn named<T>(table: &Table<T>, label: impl Fn(&T) -> String) -> Vec<Choice> {
    let entries = table.iter().filter_map(|(id, entry)| Some((id, entry.as_deref()?)));
    entries.map(|(id, entry)| Choice { value: id.to_string(), label: label(entry) }).collect()
}

/// What the fields of a form are made with.
struct Filled<'f> {
    snapshot: &'f Snapshot,
    source: SourceId,
    faults: &'f [Diagnostic],
    meaning: Meaning<'f>,
}

impl Filled<'_> {
    fn field(&self, field: FileField) -> Field {
        let resolved = self.meaning.of_field(&field);
        let FileField { at, shape, text, range, fields } = field;
        let fields: Vec<Field> = fields.into_iter().map(|field| self.field(field)).collect();
        let of_inner = |at: usize| fields.iter().any(|field| has(field, at));
        let faults = match &range {
            Some(range) => {
                let inside =
                    |place: &std::ops::Range<usize>| range.start <= place.start && place.start <= range.end;
                let own = self.faults.iter().enumerate().filter(|(_, fault)| inside(&fault.place.range));
                own.map(|(at, _)| at).filter(|at| !of_inner(*at)).collect()
            }
            None => Vec::new(),
        };
        let start = range
            .map(|range| self.snapshot.sources.line_and_column(&self.source.at(range.start..range.start)));
        let words = shape.choices.iter().map(|word| Choice { value: word.clone(), label: word.clone() });
        let names = shape.of.as_deref().map(|of| self.meaning.choices(of)).unwrap_or_default();
        Field {
            key: at.to_string(),
            label: shape.label,
            help: shape.help,
            kind: shape.kind,
            choices: words.chain(names).collect(),
            required: shape.is_required,
            written: text,
            resolved,
            line: start.map(|(line, _)| line),
            column: start.map(|(_, column)| column),
            faults,
            fields,
        }
    }
}

fn has(field: &Field, fault: usize) -> bool {
    field.faults.contains(&fault) || field.fields.iter().any(|inner| has(inner, fault))
}
