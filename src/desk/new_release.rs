//! A release to be written: empty with remarks that teach, or a copy of another one.
//!
//! In: a snapshot, a name. Out: the plan of its file. A copy begins anew: without the other one's delays, and with
//! every day of it listed. Not here: memos, and delays of a release that is there.

use super::{
    CarriedText, NewMemoReport, Refused, carried,
    new_memo::{item, names, schema_line},
    no_release,
};
use crate::{
    diagnostic::Faults,
    folder::{Edit, Plan, Snapshot, SourcePath, stem},
    model::{Id, NotAnId},
    records,
    yaml::{edit, outline},
};

/// A release that is to be begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRelease {
    /// The name of its file: `votecal-2026-1`.
    pub name: String,
    /// The release that it is a copy of.
    pub from: Option<String>,
}

/// Plans the file of a release.
///
/// # Errors
/// [`Refused`]: such a release is there, its name is none, or the release that it is copied from is not there or has
/// faults.
pub fn new_release(snapshot: &Snapshot, wish: &NewRelease) -> Result<Plan<NewMemoReport>, Refused> {
    if snapshot.folder.file("memos/office.yaml").is_none() && snapshot.texts.office.is_none() {
        return Err(Refused::NoOffice);
    }
    let name = stem(&wish.name);
    let id: Id = name.parse().map_err(|wrong: NotAnId| Refused::BadName {
        name: name.clone(),
        near: wrong.nearest.map(|id| id.to_string()),
    })?;
    let releases = &snapshot.texts.releases;
    if releases.iter().any(|(there, _)| *there == name) {
        return Err(Refused::ReleaseTaken { id: name });
    }
    let path = format!("memos/releases/{id}.yaml");
    let path: SourcePath = path.parse().map_err(|why| Refused::BadPath { path, why })?;
    let text = match wish.from.as_deref().map(stem) {
        Some(other) => copied(&other, snapshot)?,
        None => begun(&id, snapshot),
    };
    let carried = match wish.from {
        Some(_) => days(&path, &text),
        None => Vec::new(),
    };
    let report =
        NewMemoReport { id: id.to_string(), files: vec![path.to_string()], carried, empty: Vec::new() };
    Ok(Plan::of_sources(format!("new --release {id}"), report, vec![Edit::new_file(path, text)]))
}

/// A file with nothing but remarks.
fn begun(id: &Id, snapshot: &Snapshot) -> String {
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| false);
    let entities = working.as_ref().map(|working| names(&working.office.entities)).unwrap_or_default();
    let entities = if entities.is_empty() { ".".to_owned() } else { format!(": {}.", entities.join(", ")) };
    let text = include_str!("new/release.yaml").replace("<entities>", &entities);
    let text = text.replace("<name>", "").replace("<id>", id.as_str());
    let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    schema_line(snapshot, "release") + &text
}

/// Another release's file, without its delays.
fn copied(other: &str, snapshot: &Snapshot) -> Result<String, Refused> {
    let releases = &snapshot.texts.releases;
    let source = releases.iter().find(|(id, _)| id == other).map(|(_, source)| *source);
    let source = source.ok_or_else(|| no_release(other, releases.iter().map(|(id, _)| id.as_str())))?;
    let text = &snapshot.sources.get(source).text;
    let unread =
        || Refused::Faulty { what: format!("the release {other}"), look: "`ccrov check`".to_owned() };
    let entries = outline(text).ok_or_else(unread)?;
    let mut text = text.to_string();
    for key in ["delays", "accepts"] {
        if entries.iter().any(|entry| entry.path == key || entry.path.starts_with(&format!("{key}."))) {
            text = edit::remove_at(&text, &key.parse().map_err(|_| unread())?).ok_or_else(unread)?;
        }
    }
    Ok(text)
}

/// What a copy says of days, of numbers of delays, and its name.
fn days(path: &SourcePath, text: &str) -> Vec<CarriedText> {
    let mut places: Vec<(usize, String)> = Vec::new();
    for entry in outline(text).unwrap_or_default() {
        let key = entry.path.rsplit('.').next().unwrap_or_default();
        if let Some(value) = entry.text.filter(|_| ["name", "election", "since", "until"].contains(&key)) {
            places.push((entry.range.start, format!("{key}: {value}")));
        }
    }
    let found = carried::find(text, |_| false);
    places.extend(found.into_iter().map(|range| (range.start, text[range].to_owned())));
    places.sort();
    places.into_iter().map(|(at, what)| item(path, text, at, &what)).collect()
}
