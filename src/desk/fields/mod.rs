//! The fields of a file, for a form: what is written, what that means, what is wrong with it; and setting one of them.
//!
//! In: a memo, a release or the office; a field and what it is to be. Out: [`FieldsReport`]; a plan that changes just that
//! field's bytes. Not here: how a form looks, and which fields there are, which the schemas say.

mod form;
mod meaning;
mod set;
mod source_file;
mod text;

use std::num::NonZeroUsize;

use serde::Serialize;

use super::Refused;
use crate::{
    diagnostic::{Diagnostic, Faults, Findings, SourceId},
    folder::Snapshot,
    records::{self, Readings, Records},
    schema::{FieldKind, FileField},
};

pub(super) use form::form_edits;
pub use form::{FieldConflict, FormReport, FormRequest, ItemChange, TypedField, TypedList, save_form};
use set::raw_of;
pub use set::{FieldChange, SetReport, set};
pub(super) use set::{attachments_with, text_with};
pub use source_file::{SourceFile, file_faults, is_locked};
pub(super) use source_file::{all, beside, editable, in_release, release_errors, texts_of};
pub use text::{TextReport, bring_back, restore_texts, save_text, texts};

use meaning::Meaning;
use source_file::{checked, unread};

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
    /// Whether its items have keys of their own.
    #[serde(skip)]
    pub has_keys: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// What is written there.
    pub written: Option<String>,
    /// What stands there as it is typed in the file, be it a list or keys.
    #[serde(skip)]
    pub raw: Option<String>,
    /// The text beside the file that it names, as in `body: 24121.md`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
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

/// What was understood of a folder, without the faults of its memos; what was read of them before is not read again.
pub(super) fn read_again(
    snapshot: &Snapshot,
    readings: &mut Readings,
    faults: &mut Faults,
) -> Option<Records> {
    let (texts, sources) = (&snapshot.texts, &snapshot.sources);
    records::read_with(texts, sources, readings, NonZeroUsize::MIN, faults, |_| false)
}

/// The office and one release, read without memos and other releases, on which neither depends: what is asked at every key waits for
/// nothing else.
pub(super) fn read_release(snapshot: &Snapshot, release: &str, faults: &mut Faults) -> Option<Records> {
    let mut texts = snapshot.texts.clone();
    texts.memos.clear();
    texts.releases.retain(|(id, _)| id == release);
    records::read(&texts, &snapshot.sources, faults, |_| false)
}

/// The fields of a file.
///
/// # Errors
/// [`Refused`]: there is no such file, or it cannot be read at all.
pub fn fields(snapshot: &Snapshot, file: &SourceFile) -> Result<FieldsReport, Refused> {
    fields_with(snapshot, file, &mut Readings::default())
}

/// The fields of a file; what is read for them is kept for whoever asks for more of the same snapshot.
///
/// # Errors
/// [`Refused`]: there is no such file, or it cannot be read at all.
pub fn fields_with(
    snapshot: &Snapshot,
    file: &SourceFile,
    readings: &mut Readings,
) -> Result<FieldsReport, Refused> {
    Ok(fields_and_records(snapshot, file, readings)?.0)
}

/// The fields of a file, with what was read for them.
pub(super) fn fields_and_records(
    snapshot: &Snapshot,
    file: &SourceFile,
    readings: &mut Readings,
) -> Result<(FieldsReport, Option<Records>), Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let text = &snapshot.sources.get(source).text;
    let all = all(text, file).ok_or_else(|| unread(file, snapshot))?;
    let (faults, working) = checked(snapshot, file, source, readings);
    let findings = Findings { faults, sources: snapshot.sources.clone() };
    let working = working.or_else(|| read_again(snapshot, readings, &mut Faults::default()));
    let meaning = Meaning::of(file, working.as_ref());
    let form = Filled { snapshot, file, source, faults: &findings.faults, meaning };
    let fields = all.into_iter().map(|field| form.field(field)).collect();
    let report = FieldsReport { file: snapshot.sources.get(source).name.clone(), fields, findings };
    Ok((report, working))
}

/// What the fields of a form are made with.
struct Filled<'f> {
    snapshot: &'f Snapshot,
    file: &'f SourceFile,
    source: SourceId,
    faults: &'f [Diagnostic],
    meaning: Meaning<'f>,
}

impl Filled<'_> {
    fn field(&self, field: FileField) -> Field {
        let resolved = self.meaning.of_field(&field);
        let beside = beside(self.snapshot, self.file, &field);
        let own = &self.snapshot.sources.get(self.source).text;
        let raw = raw_of(own, &field);
        let FileField { at, shape, text, range, fields } = field;
        let fields: Vec<Field> = fields.into_iter().map(|field| self.field(field)).collect();
        let of_inner = |at: usize| fields.iter().any(|field| has(field, at));
        let faults = match &range {
            Some(range) => {
                let inside =
                    |place: &std::ops::Range<usize>| range.start <= place.start && place.start <= range.end;
                let is_own = |fault: &Diagnostic| match fault.place.source == self.source {
                    true => inside(&fault.place.range),
                    false => Some(fault.place.source) == beside,
                };
                let own = self.faults.iter().enumerate().filter(|(_, fault)| is_own(fault));
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
            has_keys: !shape.keys.is_empty(),
            required: shape.is_required,
            written: text,
            raw,
            beside: beside.map(|source| self.snapshot.sources.get(source).text.clone()),
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
