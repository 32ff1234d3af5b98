//! What is between memos: relations, and paths that only one of them can have.
//!
//! In: memos that were read, and printed. Out: [`Relations`]; faults of memos that would be published as others are.

use std::collections::{BTreeMap, BTreeSet};

use super::mentions::mentions;
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    model::{Id, InForce, Statement},
    output::MemoEntry,
    press::{Job, MemoFiles, MemoReference, Press, Relations},
    records::{Records, Texts},
    website,
};

/// How all memos stand to each other, and what those that are named are called. What an issued memo says of
/// earlier ones stands in its lock.
pub(super) fn relations(
    working: &Records,
    texts: &Texts,
    press: &Press,
    job: &Job<'_>,
    drafts: bool,
) -> Relations {
    let mut relations = Relations::default();
    let mut told = Vec::new();
    for memo in working.memos.values().flatten().filter(|memo| !job.locks.contains_key(&memo.id)) {
        let said = memo.relations.iter();
        said.for_each(|(relation, earlier)| relations.add(&memo.id, *relation, &earlier.value));
        // What a draft says of an issued memo is not told on that one's page, which everybody sees.
        let is_seen = !memo.status.is_open() || drafts && !memo.tells_proposal;
        told.extend(is_seen.then(|| Statement::of(memo)));
    }
    for (id, locked) in job.locks {
        let said = locked.lock.memo.relations.iter();
        said.flat_map(|(relation, all)| all.iter().map(|earlier| (*relation, earlier)))
            .for_each(|(relation, earlier)| relations.add(id, relation, earlier));
        told.push(locked.lock.memo.statement());
    }
    let in_force = InForce::of(&told);
    let all: BTreeSet<&Id> = working.memos.keys().chain(job.locks.keys()).collect();
    all.into_iter().for_each(|memo| relations.tell(memo, &in_force));
    mentions(working, texts, press, job, drafts, &mut relations);
    for id in relations.needed() {
        let locked = || job.locks.get(&id).map(MemoReference::of_issued);
        let memo = || {
            working
                .memos
                .get(&id)
                .and_then(Option::as_deref)
                .filter(|memo| drafts || !memo.tells_proposal)
                .and_then(|memo| press.name(memo, job))
        };
        let archived =
            || working.archive.get(&id).and_then(Option::as_deref).map(|memo| press.archived_name(memo, job));
        if let Some(named) = locked().or_else(memo).or_else(archived) {
            relations.name(id, named);
        }
    }
    relations
}

/// Whether a file of a memo would be published as another one, of this or another memo; then that is reported.
pub(super) fn clashes(
    source: SourceId,
    memo: &MemoFiles,
    taken: &mut BTreeMap<String, String>,
    faults: &mut Faults,
) -> bool {
    let id = &memo.entry.id;
    let mut own = BTreeSet::new();
    if let Some(twice) = memo.artifacts.iter().find(|artifact| !own.insert(artifact.path.key())) {
        let message = format!("two files of memo {id} would be published as {}", twice.path);
        faults.push(
            Diagnostic::new(Code::SamePath, source.start(), message)
                .expected("each attached file needs a name of its own")
                .help("give one another name; capitals, blanks and signs do not tell names apart"),
        );
        return true;
    }
    if let Some(of_site) = memo.artifacts.iter().find(|artifact| website::is_own(&artifact.path)) {
        let message =
            format!("memo {id} would be published as {}, which the website needs itself", of_site.path);
        faults.push(
            Diagnostic::new(Code::SamePath, source.start(), message)
                .expected("each memo needs paths of its own")
                .help("let `published_as` in memos/office.yaml begin with a folder, such as ccrov/"),
        );
        return true;
    }
    if let Some((path, other)) =
        memo.artifacts.iter().find_map(|artifact| Some((&artifact.path, taken.get(&artifact.path.key())?)))
    {
        let message = format!("memo {id} would be published as {path}, as memo {other} is");
        faults.push(
            Diagnostic::new(Code::SamePath, source.start(), message)
                .expected("each memo needs paths of its own")
                .help("let `published_as` in memos/office.yaml use {{ memo.id }}"),
        );
        return true;
    }
    taken.extend(memo.artifacts.iter().map(|artifact| (artifact.path.key(), id.clone())));
    false
}

/// What tells the paths of a memo's files from others.
pub(super) fn paths(entry: &MemoEntry) -> impl Iterator<Item = (String, String)> {
    entry.artifacts.iter().map(|file| (file.path.key(), entry.id.clone()))
}
