//! An issued memo is withdrawn. What was published stays; its page says that it was withdrawn, when and why.
//!
//! Not here: how the page says it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Blank, NotWithdrawn, Refused, no_memo, output_plan, written_status};
use crate::{
    diagnostic::Findings,
    folder::{Edits, Plan, Snapshot, Unchanged, stem},
    issued::{Lock, source_digest, source_text, standing},
    model::{Id, Relation, Status, date},
    output::{Form, OutputPath},
    yaml::{Entry, edit, outline, value},
};

/// A memo that is to be withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// Why; its page shows it.
    pub why: String,
    /// The day on which it is withdrawn; its page shows it.
    pub date: NaiveDate,
}

/// A memo that is withdrawn.
#[derive(Debug, Serialize)]
pub struct WithdrawReport {
    /// Its id.
    pub id: String,
    /// Why.
    pub why: String,
    /// The day on which it is withdrawn.
    pub date: NaiveDate,
    /// Its page, by its path in the output folder.
    pub page: Option<OutputPath>,
    /// The earlier memos that it named, and how it stood to them: that holds no longer.
    pub relations: BTreeMap<Relation, Vec<Id>>,
    /// How many files of it are written to the output folder.
    pub written: usize,
    /// What there is to be said of its files.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// Plans to withdraw a memo.
///
/// # Errors
/// [`Refused`]: there is no such memo, it was not issued, it was edited since, it was withdrawn already, or the day is before
/// its own.
pub fn withdraw(snapshot: &Snapshot, wish: &WithdrawRequest) -> Result<Plan<WithdrawReport>, Refused> {
    let id = stem(&wish.memo);
    let why = wish.why.trim();
    if why.is_empty() {
        return Err(Refused::Blank(Blank::Why));
    }
    let (source, text) = snapshot.memo(&id).ok_or_else(|| no_memo(&id, snapshot))?;
    let entries = outline(text).unwrap_or_default();
    let status = written_status(&entries);
    if !matches!(status, Some(Status::Issued | Status::Withdrawn)) {
        return Err(Refused::NeverIssued { id, status });
    }
    // What else was edited since the memo was issued would be lost to sight.
    let mut faults = snapshot.faults();
    let standing = standing(snapshot, |memo| memo == id, &[], &mut faults);
    let locked = id.parse().ok().and_then(|id| standing.locks.get(&id));
    if let Some(why) = already_or_too_early(&id, &entries, locked.map(|locked| &locked.lock), wish.date) {
        return Err(Refused::NotWithdrawn(why));
    }
    let day = date::iso_text(wish.date);
    let said = [("status", Some("withdrawn")), ("withdrawn", Some(day.as_str())), ("why", Some(why))];
    let edited = edit::set(text, &said);
    let edited = edited.ok_or_else(|| Refused::NotEdited {
        what: id.clone(),
        instead: "set `status: withdrawn` yourself".to_owned(),
    })?;
    let unread = snapshot.unread_locks.contains(&id);
    if unread || standing.stuck.contains(&id) && status == Some(Status::Issued) {
        let (faults, sources) = (faults.into_sorted(), snapshot.sources.clone());
        return Err(Refused::Faults(Findings { faults, sources }));
    }
    let name = &snapshot.sources.get(source).name;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &edited);
    if let Some(locked) = locked {
        edits.edit(locked.source, &withdrawn(locked.lock.clone(), name, &edited, wish.date, why).to_yaml());
    }
    let before = output_plan::built(snapshot)?.unwrap_or_default();
    let unchanged = Unchanged::since_build(snapshot).forgetful();
    let memos = std::slice::from_ref(&id);
    let built = output_plan::build_edited(&edits, memos, &before.manifest, &unchanged);
    let findings = Findings { faults: built.faults.clone(), sources: built.sources.clone() };
    if !built.missing().is_empty() {
        return Err(Refused::Faults(findings));
    }
    let entry = built.after.entry(&id);
    let page = entry.and_then(|entry| entry.own(Form::Html)).map(|page| page.path.clone());
    let relations = entry.map(|entry| entry.relations.clone()).unwrap_or_default();
    let plan = output_plan::plan_edited(format!("withdraw {id}"), &edits, &before, unchanged, built)?;
    Ok(plan.map(|written| WithdrawReport {
        id,
        why: why.to_owned(),
        date: wish.date,
        page,
        relations,
        written,
        findings,
    }))
}

/// Why a memo is not withdrawn on this day, if it is not.
fn already_or_too_early(
    id: &str,
    entries: &[Entry],
    lock: Option<&Lock>,
    day: NaiveDate,
) -> Option<NotWithdrawn> {
    let written = |key: &str| value(entries, key);
    let day_of = |key: &str| written(key).and_then(|day| date::read(day).ok());
    let id = id.to_owned();
    // What readers were told of it stands in its lock, if it has one; `withdrawn` typed by hand has told nobody anything.
    let told = match lock {
        Some(lock) => lock.why.clone().map(|why| (why, lock.memo.withdrawn)),
        None => written("why")
            .filter(|_| written_status(entries) == Some(Status::Withdrawn))
            .map(|why| (why.to_owned(), day_of("withdrawn"))),
    };
    if let Some((why, day)) = told {
        return Some(NotWithdrawn::Already { id, why, day });
    }
    let of = day_of("date").filter(|of| day < *of)?;
    Some(NotWithdrawn::TooEarly { id, day, of })
}

/// A memo's lock once the memo is withdrawn and its file says so.
fn withdrawn(mut lock: Lock, name: &str, edited: &str, date: NaiveDate, why: &str) -> Lock {
    let file = name.rsplit('/').next().unwrap_or(name);
    lock.sources.insert(file.to_owned(), source_digest(file, edited.as_bytes()));
    if let Some(written) = lock.written.get_mut(file) {
        *written = source_text(file, edited.as_bytes()).unwrap_or_default().into_owned();
    }
    Status::Withdrawn.word().clone_into(&mut lock.memo.status);
    lock.why = Some(why.to_owned());
    lock.memo.withdrawn = Some(date);
    lock
}
