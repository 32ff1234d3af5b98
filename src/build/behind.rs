//! Memos that know fewer delays than an older memo has told.
//!
//! In: the memos of a folder. Out: those that lists and calendar are not to follow, each with the memo that told more; a
//! warning for each that can still be changed. Not here: lists.

use std::collections::BTreeMap;

use super::{Scope, unlocked::has_lock};
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    folder::Snapshot,
    model::{Id, Memo, Relation, Status, date},
    records::Records,
    yaml::outline,
};

/// The memos that turn back what was told, each with the last of those that told more.
pub(super) fn behind(working: &Records) -> BTreeMap<&Id, &Memo> {
    let mut of_release: BTreeMap<&Id, Vec<&Memo>> = BTreeMap::new();
    let stands = |memo: &&Memo| memo.status != Status::Withdrawn;
    for memo in working.memos.values().flatten().map(|memo| &**memo).filter(stands) {
        if let Some(release) = memo.plan.as_deref().and_then(|plan| plan.id.as_ref()) {
            of_release.entry(release).or_default().push(memo);
        }
    }
    let mut behind = BTreeMap::new();
    for memos in of_release.values_mut() {
        memos.sort_by_key(|memo| (memo.date, &memo.id));
        let mut most: Option<&Memo> = None;
        for memo in memos.iter().copied() {
            // One that takes the place of the other takes back what that one told.
            let takes_back = |told: &Memo| {
                memo.relations
                    .iter()
                    .any(|(relation, id)| (*relation, &id.value) == (Relation::Supersedes, &told.id))
            };
            match most.filter(|told| memo.knows < told.knows && !takes_back(told)) {
                Some(told) => _ = behind.insert(&memo.id, told),
                None if memo.status == Status::Issued => most = Some(memo),
                None => {}
            }
        }
    }
    behind
}

/// Warns of the memos that turn back what was told and are not issued yet.
pub(super) fn warn(working: &Records, snapshot: &Snapshot, scope: &Scope<'_>, faults: &mut Faults) {
    for (id, told) in behind(working) {
        let Some(Some(memo)) = working.memos.get(id) else { continue };
        let (name, is_kept) = (id.as_str(), has_lock(snapshot, id.as_str()));
        if !scope.wants(name) || is_kept && !scope.issues(name) {
            continue;
        }
        let entries = outline(&snapshot.sources.get(memo.source).text).unwrap_or_default();
        let of = |key: &str| entries.iter().find(|entry| entry.path == key);
        let place = of("knows").or_else(|| of("release"));
        let place = place.map_or_else(|| memo.source.start(), |entry| memo.source.at(entry.range.clone()));
        let number = |memo: &Memo| memo.number.clone().unwrap_or_else(|| memo.id.to_string());
        let message = format!(
            "memo {} of {}, does not tell a delay that memo {} of {}, has told",
            number(memo),
            date::prose(memo.date),
            number(told),
            date::prose(told.date)
        );
        faults.push(
            Diagnostic::new(Code::FewerDelays, place, message)
                .expected(format!("lists and calendar keep the dates of memo {}", number(told)))
                .help(format!(
                    "write `knows: {}`; or, if memo {} was wrong, `supersedes: {}`; or write `accepts:`, and below it \
                     `fewer-delays:` with the reason",
                    told.knows,
                    number(told),
                    told.id
                )),
        );
    }
}
