//! The files that analysts write, and what is wrong with one of them.
//!
//! In: a name that somebody typed, a snapshot. Out: [`SourceFile`], where it stands, its fields, its faults. Not here: what its
//! fields mean.

use std::fmt;

use serde::Serialize;

use super::super::{Refused, Thing, no_memo, no_release, release_named, written_status};
use crate::{
    build::{Scope, build, check_releases},
    diagnostic::{Diagnostic, Faults, Findings, Severity, SourceId, offer},
    folder::{Snapshot, stem},
    model::Plan,
    output::{Form, Manifest},
    records::{Readings, Records},
    schedule::resolve,
    schema::{FieldKind, FileField, SCHEMAS, Schema, file_fields, shapes},
    template::{Engine, check_texts},
    yaml::{outline, value},
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

    pub(super) fn source(&self, snapshot: &Snapshot) -> Option<SourceId> {
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

pub(super) fn unread(file: &SourceFile, snapshot: &Snapshot) -> Refused {
    match snapshot.unread.is_empty() {
        true if file.source(snapshot).is_none() => match file {
            SourceFile::Memo(id) => no_memo(id, snapshot),
            SourceFile::Release(id) => {
                no_release(id, snapshot.texts.releases.iter().map(|(known, _)| known.as_str()))
            }
            SourceFile::Office => Refused::NoOffice,
        },
        true => Refused::Faulty { what: file.to_string(), look: "`ccrov check`".to_owned() },
        false => {
            let (faults, sources) = (snapshot.unread.clone(), snapshot.sources.clone());
            Refused::Faults(Findings { faults, sources })
        }
    }
}

/// What is written in a file, field by field.
pub(in crate::desk) fn all(text: &str, file: &SourceFile) -> Option<Vec<FileField>> {
    let archived = outline(text)?.iter().any(|entry| entry.path == "archive");
    file_fields(text, &shapes(file.schema(), archived))
}

/// What is wrong in a file: of a memo, all that a build finds; of others, what reading and resolving finds, with what was read for that.
pub(super) fn checked(
    snapshot: &Snapshot,
    file: &SourceFile,
    source: SourceId,
    readings: &mut Readings,
) -> (Vec<Diagnostic>, Option<Records>) {
    let (mut found, working) = match file {
        SourceFile::Memo(id) => {
            let (memos, before) = ([id.clone()], Manifest::default());
            let scope =
                Scope { forms: &[Form::Md], lists: false, proposals: true, ..Scope::of(&memos, &before) };
            (build(snapshot, readings, &scope, snapshot.faults()).faults, None)
        }
        _ => {
            let mut faults = snapshot.faults();
            let working = match file {
                SourceFile::Release(id) => super::read_release(snapshot, id, &mut faults),
                _ => super::read_again(snapshot, readings, &mut faults),
            };
            if let Some(working) = &working {
                check_releases(working, &snapshot.sources, &mut faults);
                if let SourceFile::Release(_) = file {
                    check_step_texts(snapshot, working, &mut faults);
                }
            }
            (faults.into_sorted(), working)
        }
    };
    let texts = texts_of(snapshot, file);
    found.retain(|fault| fault.place.source == source || texts.contains(&fault.place.source));
    (found, working)
}

/// Reports what is wrong in the texts of a release's steps, before a memo prints them.
fn check_step_texts(snapshot: &Snapshot, working: &Records, faults: &mut Faults) {
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut Faults::default());
    for plan in working.releases.values().flatten() {
        let resolved = resolve(plan, plan.delays.len(), plan.seen_on(), &mut Faults::default());
        if let Some(resolved) = resolved {
            check_texts(&resolved, &working.office, &engine, &snapshot.sources, faults);
        }
    }
}

/// The text beside a file that one of its fields names, as in `body: 24121.md`.
pub(in crate::desk) fn beside(snapshot: &Snapshot, file: &SourceFile, field: &FileField) -> Option<SourceId> {
    let name = field.text.as_ref().filter(|_| field.shape.kind == FieldKind::Prose)?;
    let own = &snapshot.sources.get(file.source(snapshot)?).name;
    let (folder, _) = own.rsplit_once('/')?;
    snapshot.texts.bodies.get(&format!("{folder}/{name}")).copied()
}

/// All texts beside a file that it names.
pub(in crate::desk) fn texts_of(snapshot: &Snapshot, file: &SourceFile) -> Vec<SourceId> {
    fn add(fields: &[FileField], snapshot: &Snapshot, file: &SourceFile, found: &mut Vec<SourceId>) {
        for field in fields {
            found.extend(beside(snapshot, file, field));
            add(&field.fields, snapshot, file, found);
        }
    }
    let mut found = Vec::new();
    let text = file.source(snapshot).map(|source| &snapshot.sources.get(source).text);
    if let Some(fields) = text.and_then(|text| all(text, file)) {
        add(&fields, snapshot, file, &mut found);
    }
    found
}

/// Whether a memo has gone out, or is archived: it is shown and not changed.
pub fn is_locked(snapshot: &Snapshot, file: &SourceFile) -> bool {
    let SourceFile::Memo(id) = file else { return false };
    let entries = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let status = written_status(&entries);
    status.is_some_and(|status| !status.is_open()) || value(&entries, "archive").is_some()
}

/// The text of a file that is to be changed.
///
/// # Errors
/// [`Refused`]: there is no such file, or it is a memo that has gone out.
pub(in crate::desk) fn editable(snapshot: &Snapshot, file: &SourceFile) -> Result<SourceId, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    if is_locked(snapshot, file) { Err(Refused::Locked { id: file.to_string() }) } else { Ok(source) }
}

/// What is found in a release by its id, and in the office; `find` gives nothing if the release's dates have faults.
///
/// # Errors
/// [`Refused`]: there is no such release, or it has faults.
pub(in crate::desk) fn in_release<T>(
    snapshot: &Snapshot,
    id: &str,
    find: impl FnOnce(&Records, &Plan) -> Option<T>,
) -> Result<T, Refused> {
    release_named(snapshot, id)?;
    let working = super::read_release(snapshot, id, &mut Faults::default());
    let found = working.and_then(|working| find(&working, working.release(id)?));
    found.ok_or_else(|| faulty_release(snapshot, id))
}

/// What is wrong with a release, as far as it is not a matter of taste; and what was read of it.
pub(in crate::desk) fn release_errors(snapshot: &Snapshot, id: &str) -> (Vec<Diagnostic>, Option<Records>) {
    let file = SourceFile::Release(id.to_owned());
    let Some(source) = file.source(snapshot) else { return (Vec::new(), None) };
    let (mut faults, working) = checked(snapshot, &file, source, &mut Readings::default());
    faults.retain(|fault| fault.place.source == source && fault.code.severity() == Severity::Error);
    (faults, working)
}

/// Why nothing can be said of a release's dates: what is wrong with it.
fn faulty_release(snapshot: &Snapshot, release: &str) -> Refused {
    let file = SourceFile::Release(release.to_owned());
    match file_faults(snapshot, &file) {
        Ok(findings) if !findings.faults.is_empty() => Refused::Faults(findings),
        _ => unread(&file, snapshot),
    }
}

/// What is wrong with a file, be it that it cannot be read at all.
///
/// # Errors
/// [`Refused`]: there is no such file.
pub fn file_faults(snapshot: &Snapshot, file: &SourceFile) -> Result<Findings, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let (faults, _) = checked(snapshot, file, source, &mut Readings::default());
    Ok(Findings { faults, sources: snapshot.sources.clone() })
}
