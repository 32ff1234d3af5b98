//! An issued memo that was not published yet becomes a draft again: its lock goes.
//!
//! In: a snapshot, memos, the targets that the folder knows of. Out: the plan; or refused, if a memo is at a target, or if
//! something was built upon it. Not here: what was published by hand or sent by mail, which nobody can know.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::{
    Refused, known,
    output_plan::{self, Built},
};
use crate::{
    diagnostic::{Faults, Findings},
    folder::{Edit, Edits, Overlay, Plan, Published, Snapshot, Unchanged, writable},
    issued::{Lock, Locks, standing},
    model::Status,
    output::{Manifest, OutputPath, SiteFile, manifest_path},
    publish::{Fate, Place},
    yaml::{edit, outline},
};

/// Where a website is published, and what can be asked what is there.
pub struct AskedTarget {
    /// As it was named.
    pub name: String,
    /// The target.
    pub place: Box<dyn Place>,
}

/// What is no longer issued.
#[derive(Debug, Serialize)]
pub struct UndoIssueReport {
    /// The memos.
    pub undone: Vec<UndoneIssue>,
    /// The targets that were asked, and that have nothing of them.
    pub asked: Vec<String>,
    /// How many files of the memos are written to the output folder.
    pub written: usize,
    /// What there is to be said of its files.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// A memo that is no longer issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoneIssue {
    /// Its id, which it keeps.
    pub id: String,
    /// How far it has come, from now on.
    pub status: Status,
    /// How many delays it says that it knows, which it keeps.
    pub knows: Option<String>,
}

/// The targets that a folder knows of: those that its office names, and those to which something was published from here.
pub fn targets(snapshot: &Snapshot) -> BTreeSet<String> {
    let published = Published::of(&*snapshot.folder);
    let mut targets: BTreeSet<String> = published.targets().map(str::to_owned).collect();
    let office = snapshot.texts.office.and_then(|office| outline(&snapshot.sources.get(office).text));
    let named = office.into_iter().flatten().filter(|entry| entry.path == "website.publish_to");
    targets.extend(named.filter_map(|entry| entry.text));
    targets
}

/// Plans to take back that memos were issued. `asked` are all [`targets`].
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo; [`Refused::StaysIssued`] with the reason; [`Refused`] of the disk, or of
/// a target that cannot be read.
pub fn undo_issue(
    snapshot: &Snapshot,
    memos: &[String],
    asked: &[AskedTarget],
) -> Result<Plan<UndoIssueReport>, Refused> {
    let mut memos = known(snapshot, memos)?;
    let mut seen = BTreeSet::new();
    memos.retain(|memo| seen.insert(memo.clone()));
    let Built { mut manifest, bytes } = output_plan::built(snapshot)?.unwrap_or_default();
    let standing = standing(snapshot, |_| false, &[], &mut Faults::default());
    let mut edits = Edits::of(snapshot);
    let (mut undone, mut locks) = (Vec::new(), Vec::new());
    for id in &memos {
        let stays = |why: String| Refused::StaysIssued { id: id.clone(), why };
        let Some(locked) = id.parse().ok().and_then(|id| standing.locks.get(&id)) else {
            let is_locked =
                snapshot.locks.iter().any(|(memo, _)| memo == id) || snapshot.unread_locks.contains(id);
            return Err(stays(match is_locked {
                true => "its lock cannot be read; put the lock back as it was".to_owned(),
                false => "it has no lock, so nothing is to be undone".to_owned(),
            }));
        };
        if let Some(why) = built_upon(id, &locked.lock, &standing.locks, &memos) {
            return Err(stays(why));
        }
        is_nowhere(id, &locked.lock, &manifest, snapshot, asked)?;
        let Some((source, text)) = snapshot.memo(id) else { continue };
        let entries = outline(text).unwrap_or_default();
        let value = |key: &str| entries.iter().find(|entry| entry.path == key)?.text.clone();
        let status = if value("accepts.not-reviewed").is_some() { Status::Draft } else { Status::Approved };
        let edited =
            edit::set(text, &[("status", Some(status.word()))]).ok_or_else(|| Refused::NotEdited {
                what: id.clone(),
                instead: format!("set `status: {status}` yourself and undo again"),
            })?;
        undone.push(UndoneIssue { id: id.clone(), status, knows: value("knows") });
        edits.edit(source, &edited);
        let lock = snapshot.sources.get(locked.source);
        let (path, was) = (writable(&lock.name)?, Some(lock.text.clone()));
        locks.push(Edit { path, was, becomes: None, like: None });
        edits.snapshot.locks.retain(|(memo, _)| memo != id);
    }
    manifest
        .memos
        .iter_mut()
        .filter(|entry| memos.contains(&entry.id))
        .for_each(|entry| entry.locked = false);
    // What was published says that there was a lock; that it goes is meant.
    let output = Overlay::over(Arc::clone(&snapshot.output));
    edits.snapshot.output = Arc::new(output.with(manifest_path().as_str(), manifest.to_json()));
    let before = Built { manifest, bytes };
    let unchanged = Unchanged::since_build(snapshot).forgetful();
    let built =
        output_plan::build_edited(&edits, &memos, &[], &before.manifest, &unchanged, Faults::default());
    let findings = Findings { faults: built.faults.clone(), sources: built.sources.clone() };
    if !built.missing().is_empty() {
        return Err(Refused::Faults(findings));
    }
    let what = format!("issue --undo {}", memos.join(" "));
    let plan = output_plan::plan_edited(what, &edits, &before, unchanged, built)?;
    let asked = asked.iter().map(|target| target.name.clone()).collect();
    let mut plan = plan.map(|written| UndoIssueReport { undone, asked, written, findings });
    plan.locks.extend(locks);
    Ok(plan)
}

/// What was built upon a memo's issue, so that it cannot be undone.
fn built_upon(id: &str, lock: &Lock, locks: &Locks, going: &[String]) -> Option<String> {
    if lock.memo.status == Status::Withdrawn.word() {
        return Some("it was withdrawn, so counties have it".to_owned());
    }
    if !lock.memo.corrections.is_empty() {
        return Some("it was corrected, so counties have it; `ccrov withdraw` withdraws it".to_owned());
    }
    let names = |other: &Lock| other.memo.relations.values().flatten().any(|named| named.as_str() == id);
    let mut others =
        locks.values().filter(|other| names(&other.lock) && !going.iter().any(|memo| memo == other.id()));
    let other = others.next()?.id().to_owned();
    Some(format!("memo {other} names it and is issued; undo that one, too"))
}

/// Refused, if a memo is at a target, or if a target cannot say so.
fn is_nowhere(
    id: &str,
    lock: &Lock,
    manifest: &Manifest,
    snapshot: &Snapshot,
    asked: &[AskedTarget],
) -> Result<(), Refused> {
    let of_manifest = manifest.entry(id).into_iter().flat_map(|entry| &entry.artifacts);
    let files = lock.memo.artifacts.iter().chain(of_manifest);
    let files =
        files.map(|file| SiteFile { path: file.path.clone(), size: file.size, sha256: file.sha256.clone() });
    let files: Vec<SiteFile> = files.collect();
    let own: BTreeSet<&OutputPath> = files.iter().map(|file| &file.path).collect();
    let published = Published::of(&*snapshot.folder);
    let by_record = published.targets().find(|target| published.has_any_of(target, &own)).map(str::to_owned);
    let is_there = |target: &AskedTarget| {
        let plan = target.place.plan(&files)?;
        let there =
            plan.files.iter().any(|planned| planned.fate != Fate::New && own.contains(&planned.file.path));
        Ok::<bool, Refused>(there)
    };
    let mut found = by_record;
    for target in asked {
        if found.is_none() && is_there(target)? {
            found = Some(target.name.clone());
        }
    }
    match found {
        Some(target) => Err(Refused::StaysIssued {
            id: id.to_owned(),
            why: format!("it was published to {target}; `ccrov withdraw {id} --why \"...\"` withdraws it"),
        }),
        None => Ok(()),
    }
}
