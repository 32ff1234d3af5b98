//! Memos that know fewer delays than an older memo has told.
//!
//! In: what the memos of a folder tell. Out: those that lists and calendar are not to follow, each with the memo that told
//! more; a warning for each that can still be changed. Not here: lists, and which memo is in force.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    folder::Snapshot,
    issued::Telling,
    model::{Id, InForce, Relation, Status, date},
    records::Records,
    yaml::{entry, place_of},
};

/// The memo that has told more than another one.
pub(super) struct ToldMore<'w> {
    memo: &'w Telling<'w>,
    /// How many delays it has told.
    knows: usize,
}

/// The memos that turn back what was told, each with the last of those that told more and are in force.
pub(super) fn behind<'w>(
    working: &Records,
    tellings: &'w BTreeMap<&'w Id, Telling<'w>>,
    in_force: &InForce<'_>,
) -> BTreeMap<&'w Id, ToldMore<'w>> {
    let mut of_release: BTreeMap<&Id, Vec<&Telling<'_>>> = BTreeMap::new();
    for memo in tellings.values().filter(|memo| memo.status != Status::Withdrawn) {
        if let Some(release) = memo.release {
            of_release.entry(release).or_default().push(memo);
        }
    }
    let mut behind = BTreeMap::new();
    for (release, mut memos) in of_release {
        let Some(plan) = working.releases.get(release).and_then(Option::as_deref) else { continue };
        memos.sort_by_key(|memo| (memo.date, memo.id));
        let mut most: Option<(&Telling<'_>, usize)> = None;
        for memo in memos {
            let knows = memo.knows(plan);
            // A draft that takes the place of the other takes back what that one told.
            let takes_back = |told: &Telling<'_>| memo.relations.contains(&(Relation::Supersedes, told.id));
            match most.filter(|(told, more)| knows < *more && !takes_back(told)) {
                Some((told, more)) => _ = behind.insert(memo.id, ToldMore { memo: told, knows: more }),
                None if memo.status == Status::Issued && in_force.is_in_force(memo.id.as_str()) => {
                    most = Some((memo, knows));
                }
                None => {}
            }
        }
    }
    behind
}

/// Warns of the memos that turn back what was told and are not issued yet.
pub(super) fn warn(
    behind: &BTreeMap<&Id, ToldMore<'_>>,
    working: &Records,
    snapshot: &Snapshot,
    locked: &BTreeSet<&str>,
    scope: &Scope<'_>,
    faults: &mut Faults,
) {
    for (id, ToldMore { memo: told, knows }) in behind {
        let Some(Some(memo)) = working.memos.get(*id) else { continue };
        let name = id.as_str();
        if !scope.wants(name) || locked.contains(name) && !scope.issues(name) {
            continue;
        }
        let place = place_of(memo.source, &snapshot.sources.get(memo.source).text, |entries| {
            entry(entries, "knows").or_else(|| entry(entries, "release"))
        });
        let message = format!(
            "memo {} of {}, does not tell a delay that memo {} of {}, has told",
            memo.number.as_deref().unwrap_or(name),
            date::prose(memo.date),
            told.number,
            date::prose(told.date)
        );
        faults.push(
            Diagnostic::new(Code::FewerDelays, place, message)
                .expected(format!("lists and calendar keep the dates of memo {}", told.number))
                .help(format!(
                    "write `knows: {knows}`; or, if memo {} was wrong, `supersedes: {}`; or write `accepts:`, and below it \
                     `fewer-delays:` with the reason",
                    told.number, told.id
                )),
        );
    }
}
