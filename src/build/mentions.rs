//! Which memos can come to be named in the text of which.
//!
//! In: memos that were read, the texts that they are made of. Out: for each memo the others whose numbers stand in one
//! of its texts: more than it will name, and none that it could name is left out. So nothing of it has to be filled in or read to know
//! what its links depend on. Not here: what of it is a reference, which `prose` knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{SourceId, Sources},
    model::{Attachment, Body, Id, Memo},
    press::{Job, Press, Relations},
    prose,
    records::{Records, Texts},
};

/// The memos that bear a number.
type MemosByNumber<'a> = BTreeMap<&'a str, Vec<NumberedMemo<'a>>>;

struct NumberedMemo<'a> {
    id: &'a Id,
    is_open: bool,
}

/// Takes in whom memos can name. One that is not issued is led to by such memos only, for it is not published; or by
/// all, with `drafts`.
pub(super) fn mentions(
    working: &Records,
    texts: &Texts,
    press: &Press,
    job: &Job<'_>,
    drafts: bool,
    relations: &mut Relations,
) {
    let numbers = numbers(working, job);
    let releases: BTreeMap<&str, SourceId> =
        texts.releases.iter().map(|(id, source)| (id.as_str(), *source)).collect();
    let everywhere: Vec<SourceId> =
        texts.office.into_iter().chain(press.text_templates(job.sources)).collect();
    let everywhere = everywhere.into_iter().flat_map(|source| known(source, &numbers, job.sources));
    let everywhere: BTreeSet<&str> = everywhere.collect();
    let mut of_release: BTreeMap<SourceId, BTreeSet<&str>> = BTreeMap::new();
    for memo in working.memos.values().flatten() {
        let locked = job.locks.get(&memo.id);
        let sees_open = drafts || memo.status.is_open() && locked.is_none();
        let mut named = everywhere.clone();
        named.extend(own(memo).into_iter().flat_map(|source| known(source, &numbers, job.sources)));
        let release = memo.plan.as_deref().and_then(|plan| releases.get(plan.id.as_ref()?.as_str()));
        if let Some(source) = release {
            let of_release =
                of_release.entry(*source).or_insert_with(|| known(*source, &numbers, job.sources).collect());
            named.extend(of_release.iter());
        }
        for number in named.into_iter().filter(|number| memo.number.as_deref() != Some(number)) {
            let bearers = numbers.get(number).into_iter().flatten();
            let bearers: Vec<&Id> =
                bearers.filter(|memo| sees_open || !memo.is_open).map(|memo| memo.id).collect();
            relations.mention(&memo.id, &bearers);
        }
    }
}

/// All numbers of memos. What an issued memo is called stands in its lock.
fn numbers<'a>(working: &'a Records, job: &Job<'a>) -> MemosByNumber<'a> {
    let mut numbers = MemosByNumber::new();
    let mut bears = |number: Option<&'a String>, id: &'a Id, is_open: bool| {
        if let Some(number) = number {
            numbers.entry(number).or_default().push(NumberedMemo { id, is_open });
        }
    };
    let locks = job.locks;
    locks.iter().for_each(|(id, locked)| bears(locked.lock.memo.number.as_ref(), id, false));
    let memos = working.memos.values().flatten().filter(|memo| !locks.contains_key(&memo.id));
    memos.for_each(|memo| bears(memo.number.as_ref(), &memo.id, memo.status.is_open()));
    working.archive.values().flatten().for_each(|memo| bears(Some(&memo.number), &memo.id, false));
    numbers
}

/// The texts that are a memo's own.
fn own(memo: &Memo) -> Vec<SourceId> {
    let body = match &memo.body {
        Body::Text(body) => Some(body),
        Body::Template(_) => None,
    };
    let attached = memo.attachments.iter().filter_map(|attachment| match attachment {
        Attachment::Text(text) => Some(&text.body),
        _ => None,
    });
    let mut sources: Vec<_> = body.into_iter().chain(attached).map(|text| text.place.source).collect();
    sources.push(memo.source);
    sources
}

/// The numbers of memos that stand in a text.
fn known<'a>(
    source: SourceId,
    numbers: &MemosByNumber<'_>,
    sources: &'a Sources,
) -> impl Iterator<Item = &'a str> {
    let text = sources.get(source).text.as_str();
    prose::five_figures(text).map(|at| &text[at]).filter(|number| numbers.contains_key(number))
}
