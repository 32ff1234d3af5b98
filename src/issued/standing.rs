//! The locks of issued memos, held against the files that the memos are written in.
//!
//! In: the texts of a working folder. Out: the locks; faults of those that cannot be read, that have no memo,
//! and whose memo was edited. Not here: published files, which the press looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lock, LockFile, Locks, edit::FirstDifference, source_digest};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    folder::Snapshot,
    model::Memo,
};

/// How the issued memos of a folder stand.
pub struct Standing {
    /// The locks that can be read.
    pub locks: Locks,
    /// The ids of memos that cannot be published as they are: of them everything stays as it is.
    pub stuck: BTreeSet<String>,
}

impl Standing {
    /// The lock of a memo that is as it was issued.
    pub fn kept(&self, id: &str) -> Option<&LockFile> {
        self.locks.get(&id.parse().ok()?).filter(|_| !self.stuck.contains(id))
    }
}

/// Reads the locks. Faults are reported of memos that `wanted` accepts; of those in `issuing`, edits are none.
pub fn standing(
    snapshot: &Snapshot,
    wanted: impl Fn(&str) -> bool,
    issuing: &[String],
    faults: &mut Faults,
) -> Standing {
    // A lock that cannot be read is reported with its file. What it says is not known, so nothing is changed.
    let mut standing = Standing { locks: Locks::new(), stuck: snapshot.unread_locks.clone() };
    let memos: BTreeMap<&str, SourceId> =
        snapshot.texts.memos.iter().map(|(id, memo)| (id.as_str(), *memo)).collect();
    for (stem, source) in &snapshot.locks {
        let mut aside = Faults::default();
        let faults = if wanted(stem) { &mut *faults } else { &mut aside };
        let Some(memo) = memos.get(stem.as_str()).copied() else {
            standing.stuck.insert(stem.clone());
            // One that cannot be read is reported with its file.
            if !snapshot.memos.contains(stem) {
                faults.push(without_memo(stem, *source));
            }
            continue;
        };
        let Some(lock) = lock(stem, *source, snapshot, faults) else {
            standing.stuck.insert(stem.clone());
            continue;
        };
        if !issuing.contains(stem) && edited(&lock, memo, snapshot, faults) {
            standing.stuck.insert(stem.clone());
        }
        if let Ok(id) = stem.parse() {
            standing.locks.insert(id, LockFile { lock, source: *source });
        }
    }
    standing
}

fn without_memo(stem: &str, source: SourceId) -> Diagnostic {
    Diagnostic::new(
        Code::BadLock,
        source.start(),
        format!("this is the lock of memo {stem}, which is not there"),
    )
    .expected(format!("{stem}.yaml is expected beside it"))
    .help("put the memo back: what was issued is withdrawn, not deleted")
}

fn lock(stem: &str, source: SourceId, snapshot: &Snapshot, faults: &mut Faults) -> Option<Lock> {
    let text = &snapshot.sources.get(source).text;
    let (at, message) = match Lock::read(text) {
        Ok(lock) if lock.memo.id == stem => return Some(lock),
        Ok(lock) => (0, format!("this is the lock of memo {}", lock.memo.id)),
        Err(wrong) => (wrong.at, format!("this lock cannot be read: {wrong}")),
    };
    faults.push(
        Diagnostic::new(Code::BadLock, source.at(at..at), message)
            .expected(format!("what was published of memo {stem} is expected, as ccrov has written it"))
            .help("put the lock back as it was; if a newer ccrov wrote it, use that one"),
    );
    None
}

/// Whether a memo is not what it was when it was issued; then that is reported.
fn edited(lock: &Lock, memo: SourceId, snapshot: &Snapshot, faults: &mut Faults) -> bool {
    let file = &snapshot.sources.get(memo).name;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut edited = false;
    for (name, then) in &lock.sources {
        let path = format!("{folder}/{name}");
        let text = if path == *file { Some(memo) } else { snapshot.texts.bodies.get(&path).copied() };
        let bytes = match text {
            Some(text) => Some(snapshot.sources.get(text).text.clone().into_bytes()),
            None => snapshot.load(&path),
        };
        let now = bytes.map(|bytes| source_digest(name, &bytes));
        if now.as_ref() == Some(then) {
            continue;
        }
        edited = true;
        let is_there = snapshot.texts.files.contains(&path);
        let source = text.unwrap_or(memo);
        match now {
            Some(_) => faults.push(was_edited(name, lock, source, &snapshot.sources)),
            // One that the memo names and that is not there is reported where it is named.
            None if is_there || [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending)) => {
                faults.push(is_gone(name, lock, source));
            }
            None => {}
        }
    }
    edited
}

/// A file that a memo was issued with is not there, or cannot be read.
fn is_gone(name: &str, lock: &Lock, source: SourceId) -> Diagnostic {
    let id = &lock.memo.id;
    let message = format!("{name}, with which memo {id} was issued, cannot be read or is not there");
    Diagnostic::new(Code::ChangedAfterIssue, source.start(), message)
        .expected("what was published of it stays as it is")
        .help("put the file back, under this name")
}

/// A lock says something else of a memo than the memo, which is as it was issued; then that is reported.
pub fn disagrees(locked: &LockFile, memo: &Memo, sources: &Sources, faults: &mut Faults) -> bool {
    let LockFile { lock, source } = locked;
    let (key, now) = if lock.memo.status != memo.status.word() {
        ("status:", memo.status.word())
    } else if lock.memo.number != memo.number {
        ("number:", memo.number.as_deref().unwrap_or_default())
    } else {
        return false;
    };
    let at = sources.get(*source).text.find(key).unwrap_or(0);
    let message = format!("this lock says something else than memo {} says of itself", lock.memo.id);
    faults.push(
        Diagnostic::new(Code::BadLock, source.at(at..at), message)
            .expected(format!("`{key} {now}` is expected"))
            .help("put the lock back as it was"),
    );
    true
}

fn was_edited(name: &str, lock: &Lock, source: SourceId, sources: &Sources) -> Diagnostic {
    let id = &lock.memo.id;
    // An attached file has no lines; its fault stands at the memo's beginning.
    let then = lock.written.get(name);
    let edit = then.map(|then| FirstDifference::of(then, &sources.get(source).text));
    let (place, expected, back) = match edit {
        Some(FirstDifference { range, was, back }) => {
            (source.at(range), was, format!("to take the edit back, {back}"))
        }
        None => {
            let expected = "what was published of it stays as it is".to_owned();
            (source.start(), expected, "take the edit back".to_owned())
        }
    };
    let help = match lock.memo.status.as_str() {
        "withdrawn" => back,
        _ => format!(
            "{back}; or publish it: `ccrov issue {id} --correct \"what was wrong\"`; or write a memo that updates this \
             one"
        ),
    };
    let message = format!("{name} was edited after memo {id} was issued");
    Diagnostic::new(Code::ChangedAfterIssue, place, message).expected(expected).help(help)
}
