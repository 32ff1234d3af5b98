//! An issued memo that was not published yet becomes a draft again: its lock goes.
//!
//! In: a snapshot, memos, what opens the targets that the folder knows of. Out: the plan; or refused, if a memo is at a
//! target or one cannot say so, or if something was built upon it. Not here: what was published by hand or sent by mail,
//! which nobody can know.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

use super::{
    Refused,
    issue::NOT_REVIEWED,
    known,
    output_plan::{self, LastBuild},
    publish::{knows_targets, targets},
};
use crate::{
    diagnostic::{Faults, Findings},
    folder::{Edit, Edits, Overlay, Plan, Published, Snapshot, Unchanged, writable},
    issued::{Lock, Locks, standing},
    model::Status,
    output::{Manifest, OutputPath, SiteFile, manifest_path},
    publish::{Destination, Fate, PublishError},
    yaml::{edit, outline, value},
};

/// Opens a target by its name.
pub type OpenTarget<'a> = dyn Fn(&str) -> Result<Box<dyn Destination>, PublishError> + 'a;

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

/// Plans to take back that memos were issued. All targets that the folder knows of are asked, once it is known that
/// nothing else is in the way.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo; [`Refused::StaysIssued`] with the reason; [`Refused`] of the disk.
pub fn undo_issue(
    snapshot: &Snapshot,
    memos: &[String],
    open: &OpenTarget<'_>,
) -> Result<Plan<UndoIssueReport>, Refused> {
    let mut memos = known(snapshot, memos)?;
    let mut seen = BTreeSet::new();
    memos.retain(|memo| seen.insert(memo.clone()));
    let LastBuild { mut manifest, bytes } = output_plan::built(snapshot)?.unwrap_or_default();
    let standing = standing(snapshot, |_| false, &[], &mut Faults::default());
    let mut going = Vec::new();
    for id in &memos {
        let stays = |why: &str| stays(id, why, "");
        let Some(locked) = id.parse().ok().and_then(|id| standing.locks.get(&id)) else {
            return Err(stays(match snapshot.has_lock(id) {
                true => "its lock cannot be read; put the lock back as it was",
                false => "it has no lock, so nothing is to be undone",
            }));
        };
        if let Some(why) = built_upon(id, &locked.lock, &standing.locks, &memos) {
            return Err(why);
        }
        going.push((id, locked));
    }
    let locks: Vec<(&str, &Lock)> = going.iter().map(|(id, locked)| (id.as_str(), &locked.lock)).collect();
    let asked = ask(&locks, &manifest, snapshot, open)?;
    let mut edits = Edits::of(snapshot);
    let (mut undone, mut locks) = (Vec::new(), Vec::new());
    for (id, locked) in going {
        let Some((source, text)) = snapshot.memo(id) else { continue };
        let (memo, edited) = as_before_issue(id, text)?;
        undone.push(memo);
        edits.edit(source, &edited);
        let lock = snapshot.sources.get(locked.source);
        let (path, was) = (writable(&lock.name)?, Some(lock.text.clone()));
        locks.push(Edit { path, was, becomes: None, like: None });
        edits.snapshot.locks.retain(|(memo, _)| memo != id);
    }
    manifest.memos.iter_mut().filter(|entry| seen.contains(&entry.id)).for_each(|entry| entry.locked = false);
    // What was published says that there was a lock; that it goes is meant.
    let output = Overlay::over(Arc::clone(&snapshot.output));
    edits.snapshot.output = Arc::new(output.with(manifest_path().as_str(), manifest.to_json()));
    let before = LastBuild { manifest, bytes };
    let unchanged = Unchanged::since_build(snapshot).forgetful();
    let built = output_plan::build_edited(&edits, &memos, &before.manifest, &unchanged);
    let findings = Findings { faults: built.faults.clone(), sources: built.sources.clone() };
    if !built.missing().is_empty() {
        return Err(Refused::Faults(findings));
    }
    let what = format!("issue --undo {}", memos.join(" "));
    let plan = output_plan::plan_edited(what, &edits, &before, unchanged, built)?;
    let mut plan = plan.map(|written| UndoIssueReport { undone, asked, written, findings });
    plan.locks.extend(locks);
    Ok(plan)
}

/// A memo's file as it was before the issue, and what it says then.
fn as_before_issue(id: &str, text: &str) -> Result<(UndoneIssue, String), Refused> {
    let entries = outline(text).unwrap_or_default();
    // The answer that `issue --anyway` has put in goes with the issue.
    let is_unreviewed = value(&entries, NOT_REVIEWED).is_some();
    let was_approved = value(&entries, "approval.text").is_some();
    let status = if is_unreviewed && !was_approved { Status::Draft } else { Status::Approved };
    let edited = edit::set(text, &[("status", Some(status.word()))]);
    let edited = edited.and_then(|text| match is_unreviewed {
        true => edit::remove_at(&text, &NOT_REVIEWED.parse().ok()?),
        false => Some(text),
    });
    let edited = edited.ok_or_else(|| Refused::NotEdited {
        what: id.to_owned(),
        instead: format!("set `status: {status}` yourself and undo again"),
    })?;
    let knows = value(&entries, "knows").map(str::to_owned);
    Ok((UndoneIssue { id: id.to_owned(), status, knows }, edited))
}

/// Why a memo stays issued, and what to type instead.
fn stays(id: &str, why: impl Into<String>, instead: impl Into<String>) -> Refused {
    Refused::StaysIssued { id: id.to_owned(), why: why.into(), instead: instead.into() }
}

/// What was built upon a memo's issue, so that it cannot be undone.
fn built_upon(id: &str, lock: &Lock, locks: &Locks, going: &[String]) -> Option<Refused> {
    if lock.memo.status == Status::Withdrawn.word() {
        return Some(stays(id, "it was withdrawn, so counties have it", ""));
    }
    if !lock.memo.corrections.is_empty() {
        return Some(stays(id, "it was corrected, so counties have it", "`ccrov withdraw` withdraws it"));
    }
    let names = |other: &Lock| other.memo.relations.values().flatten().any(|named| named.as_str() == id);
    let mut others =
        locks.values().filter(|other| names(&other.lock) && !going.iter().any(|memo| memo == other.id()));
    let other = others.next()?.id().to_owned();
    Some(stays(id, format!("memo {other} names it and is issued; undo that one, too"), ""))
}

/// Asks all targets whether they have something of the memos, and gives their names. Refused, if one has; and if one
/// cannot be asked.
fn ask(
    memos: &[(&str, &Lock)],
    manifest: &Manifest,
    snapshot: &Snapshot,
    open: &OpenTarget<'_>,
) -> Result<Vec<String>, Refused> {
    let Some((first, _)) = memos.first() else { return Ok(Vec::new()) };
    let own: BTreeSet<&str> = memos.iter().map(|(id, _)| *id).collect();
    let of_locks =
        memos.iter().flat_map(|(id, lock)| lock.memo.artifacts.iter().map(move |file| (*id, file)));
    let entries = manifest.memos.iter().filter(|entry| own.contains(entry.id.as_str()));
    let of_manifest =
        entries.flat_map(|entry| entry.artifacts.iter().map(move |file| (entry.id.as_str(), file)));
    let (mut whose, mut files) = (BTreeMap::<&OutputPath, &str>::new(), Vec::new());
    for (id, file) in of_locks.chain(of_manifest) {
        if whose.insert(&file.path, id).is_none() {
            let (path, size, sha256) = (file.path.clone(), file.size, file.sha256.clone());
            files.push(SiteFile { path, size, sha256 });
        }
    }
    let was_published = |id: &str, target: &str| {
        let instead = format!("`ccrov withdraw {id} --why \"...\"` withdraws it");
        stays(id, format!("it was published to {target}"), instead)
    };
    let published = Published::of(&*snapshot.folder);
    let paths: BTreeSet<&OutputPath> = whose.keys().copied().collect();
    for target in published.targets().filter(|target| published.has_any_of(target, &paths)) {
        let had = |path: &OutputPath| published.has_any_of(target, &BTreeSet::from([path]));
        if let Some((_, id)) = whose.iter().find(|(path, _)| had(path)) {
            return Err(was_published(id, target));
        }
    }
    if !knows_targets(snapshot) {
        let why = "memos/office.yaml has faults, so it may name targets that nobody can ask";
        return Err(stays(first, why, "type `ccrov check`, and correct them first"));
    }
    let targets = targets(snapshot);
    let mut unasked = None;
    for target in &targets {
        match open(target).and_then(|place| place.plan(&files)) {
            Ok(plan) => {
                let there = plan.files.iter().filter(|planned| planned.fate != Fate::New);
                if let Some(id) = there.filter_map(|planned| whose.get(&planned.file.path)).next() {
                    return Err(was_published(id, target));
                }
            }
            Err(why) => _ = unasked.get_or_insert((target, why)),
        }
    }
    match unasked {
        Some((target, why)) => {
            Err(stays(first, format!("{target} cannot be asked whether it has the memo: {why}"), ""))
        }
        None => Ok(targets.into_iter().collect()),
    }
}
