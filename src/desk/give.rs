//! Drafts of somebody who leaves the office are given to somebody else.
//!
//! In: a snapshot; who leaves, who takes them over, which drafts. Out: whose last day is known and what is still theirs
//! ([`LeavingPerson`]); a plan that names the other person in FROM and as the one who is on it. Not here: who reads a draft in review,
//! which is said anew when it is sent.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Refused, SourceFile, fields::file_faults, no_memo, written_status};
use crate::{
    diagnostic::{self, Code, SourceId},
    folder::{Edits, Plan, Snapshot, stem},
    model::{Status, date},
    words::series,
    yaml::{
        Entry,
        edit::{self, At, Value},
        outline, value,
    },
};

/// Somebody of the office whose last day is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeavingPerson {
    /// The id: "ana-ruiz".
    pub id: String,
    /// The name.
    pub name: String,
    /// The last day in the office.
    pub last_day: NaiveDate,
    /// The drafts that are from this person, or that this person is on.
    pub drafts: Vec<String>,
}

/// Drafts that another person took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenDrafts {
    /// Their ids.
    pub drafts: Vec<String>,
    /// Whose they were, by id.
    pub from: String,
    /// Whose they are, by id.
    pub to: String,
}

/// Everybody whose last day office.yaml says, with what is still theirs.
pub fn leaving(snapshot: &Snapshot) -> Vec<LeavingPerson> {
    let Some(source) = snapshot.texts.office else { return Vec::new() };
    let entries = outline(&snapshot.sources.get(source).text).unwrap_or_default();
    let person = |entry: &Entry| {
        let id = entry.path.strip_prefix("people.")?.strip_suffix(".last_day")?;
        let name = value(&entries, &format!("people.{id}.name")).unwrap_or(id).to_owned();
        let last_day = date::read(entry.text.as_deref()?).ok()?;
        Some(LeavingPerson { drafts: drafts_of(snapshot, id), id: id.to_owned(), name, last_day })
    };
    entries.iter().filter_map(person).collect()
}

/// Plans to give drafts of one person to another.
///
/// # Errors
/// [`Refused`]: there is no such draft, or it is not this person's any more; the other person has no title on a draft's date; a file is
/// written in a way that cannot be edited.
pub fn give_drafts(
    snapshot: &Snapshot,
    from: &str,
    to: &str,
    drafts: &[String],
) -> Result<Plan<GivenDrafts>, Refused> {
    let mut edits = Edits::of(snapshot);
    for id in drafts {
        let (source, text) = snapshot.memo(id).ok_or_else(|| no_memo(id, snapshot))?;
        let name = &snapshot.sources.get(source).name;
        let instead = || "name the other person in it yourself".to_owned();
        let given = given(text, from, to)
            .ok_or_else(|| Refused::NotEdited { what: name.clone(), instead: instead() })?;
        edits.edit(source, &given);
    }
    for id in drafts {
        let file = SourceFile::Memo(stem(id));
        let mut found = file_faults(&edits.snapshot, &file)?;
        diagnostic::leave_out(&mut found.faults, &file_faults(snapshot, &file)?.faults);
        found.faults.retain(|fault| matches!(fault.code, Code::NobodyThen | Code::UnknownPerson));
        if !found.faults.is_empty() {
            return Err(Refused::Faults(found));
        }
    }
    let report = GivenDrafts { drafts: drafts.to_vec(), from: from.to_owned(), to: to.to_owned() };
    let what = format!("desk: give {} to {to}", series(drafts));
    Ok(Plan::of_sources(what, report, edits.files()?))
}

/// The drafts of a person, by their ids.
fn drafts_of(snapshot: &Snapshot, person: &str) -> Vec<String> {
    let is_theirs = |source: SourceId| {
        let entries = outline(&snapshot.sources.get(source).text).unwrap_or_default();
        written_status(&entries).is_none_or(Status::is_open)
            && entries.iter().any(|entry| is_of(entry, person))
    };
    let memos = snapshot.texts.memos.iter().filter(|(_, source)| is_theirs(*source));
    memos.map(|(id, _)| id.clone()).collect()
}

/// Whether a value of a memo names a person in FROM, or as the one who is on it.
fn is_of(entry: &Entry, person: &str) -> bool {
    ["from", "analyst"].contains(&entry.path.as_str()) && entry.text.as_deref() == Some(person)
}

/// A memo's text with another person in the place of one; whoever stands in FROM already does so once.
fn given(text: &str, from: &str, to: &str) -> Option<String> {
    let entries = outline(text)?;
    let at = |key: &str| key.parse::<At>().ok();
    let mut text = text.to_owned();
    let originators: Vec<&Entry> = entries.iter().filter(|entry| entry.path == "from").collect();
    let is_there = originators.iter().any(|entry| entry.text.as_deref() == Some(to));
    for (place, _) in originators.iter().enumerate().rev().filter(|(_, entry)| is_of(entry, from)) {
        let at = at(&format!("from[{place}]"))?;
        text = if is_there {
            edit::remove_at(&text, &at)?
        } else {
            edit::set_at(&text, &at, &Value::Text(to.to_owned()))?
        };
    }
    if value(&entries, "analyst") == Some(from) {
        text = edit::set_at(&text, &at("analyst")?, &Value::Text(to.to_owned()))?;
    }
    Some(text)
}
