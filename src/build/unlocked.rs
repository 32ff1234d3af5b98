//! Memos that say they were issued, and that no lock keeps.
//!
//! In: the memos of a folder, its locks, what was built and published before. Out: a warning for each whose `status: issued` was typed
//! by hand; a fault for each whose lock was there and is gone, and of which everything stays as it is. Not here: locks
//! that are there.

use std::collections::BTreeSet;

use super::Scope;
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, SourceId},
    folder::Snapshot,
    issued::Standing,
    model::Status,
    output::{Manifest, manifest_path},
    records::Records,
    yaml::{entry, place_of},
};

/// The memos that had a lock when they were built last. What is only looked at is not built upon what was published, and
/// another folder that is built into knows nothing of locks: of both the working folder's own output is asked.
pub(super) fn were_locked(snapshot: &Snapshot, scope: &Scope<'_>) -> BTreeSet<String> {
    let own = || {
        let json = snapshot.output.read(manifest_path().as_str()).ok();
        json.and_then(|json| Manifest::read(&json).ok()).unwrap_or_default()
    };
    let locked = |manifest: &Manifest| {
        manifest.memos.iter().filter(|entry| entry.locked).map(|entry| entry.id.clone()).collect()
    };
    match snapshot.elsewhere.is_some() || scope.before.memos.is_empty() {
        true => locked(&own()),
        false => locked(scope.before),
    }
}

/// Reports the memos that were built with a lock and have none any more.
pub(super) fn gone(
    snapshot: &Snapshot,
    locked: &BTreeSet<&str>,
    were_locked: &BTreeSet<String>,
    scope: &Scope<'_>,
    standing: &mut Standing,
    faults: &mut Faults,
) {
    // A folder that was not read whole may have the lock.
    if !snapshot.is_whole() {
        return;
    }
    let is_gone =
        |id: &str| were_locked.contains(id) && !locked.contains(id) && scope.wants(id) && !scope.issues(id);
    for (id, memo) in snapshot.texts.memos.iter().filter(|(id, _)| is_gone(id)) {
        standing.stuck.insert(id.clone());
        let message = format!("memo {id} was issued, and its lock {id}.lock is gone");
        faults.push(
            Diagnostic::new(Code::LostLock, status_of(*memo, snapshot), message)
                .expected("its published files stay as they are until the lock is back")
                .help(format!(
                    "put {id}.lock back beside the memo, from a copy or from the history of the folder; if it is lost, \
                     `ccrov issue {id}` locks the memo as it looks now"
                )),
        );
    }
}

/// Warns of memos that say by hand that they were issued or withdrawn. The office may have answered for all.
pub(super) fn by_hand(
    working: &Records,
    snapshot: &Snapshot,
    locked: &BTreeSet<&str>,
    scope: &Scope<'_>,
    standing: &Standing,
    faults: &mut Faults,
) {
    let office = working.office.published_as.place.source;
    if faults.accepts(office, Code::IssuedByHand) {
        return;
    }
    for memo in working.memos.values().flatten().filter(|memo| !memo.status.is_open()) {
        let id = memo.id.as_str();
        if !scope.wants(id) || scope.issues(id) || standing.stuck.contains(id) || locked.contains(id) {
            continue;
        }
        let first = match memo.status {
            Status::Withdrawn => format!(
                "write `status: issued`, type `ccrov issue {id}`, then withdraw the memo with `ccrov withdraw {id}`"
            ),
            _ => format!("type `ccrov issue {id}`"),
        };
        let message = format!("memo {id} says `status: {}`, and has no lock", memo.status);
        faults.push(
            Diagnostic::new(Code::IssuedByHand, status_of(memo.source, snapshot), message)
                .expected("only `ccrov issue` keeps the files of a memo as the counties have them")
                .help(format!(
                    "{first}; if your memos began before ccrov had locks, write `accepts:` in memos/office.yaml, and \
                     below it `issued-by-hand:` with the reason"
                )),
        );
    }
}

/// Where a memo says its status.
fn status_of(memo: SourceId, snapshot: &Snapshot) -> Place {
    place_of(memo, &snapshot.sources.get(memo).text, |entries| entry(entries, "status"))
}
