//! A draft that goes, or a release that no memo takes. Its text, and the texts beside it that it alone names, stay in the history.
//!
//! In: a snapshot, a memo or a release. Out: a plan that removes its files. Not here: memos that have gone out, which are withdrawn.

use serde::Serialize;

use super::{
    Refused, SourceFile, fields::texts_of, no_memo, release_named, word_file::forget_copies, written_status,
};
use crate::{
    diagnostic::SourceId,
    folder::{Edit, Plan, Snapshot, stem, writable},
    yaml::{outline, value},
};

/// A draft or a release that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeleteReport {
    /// Its id.
    pub id: String,
    /// The files that go, by their paths from the working folder.
    pub files: Vec<String>,
}

/// Plans to delete a draft.
///
/// # Errors
/// [`Refused`]: there is no such memo; it has gone out, so it can only be withdrawn.
pub fn delete_draft(snapshot: &Snapshot, memo: &str) -> Result<Plan<DeleteReport>, Refused> {
    let id = stem(memo);
    let (source, text) = snapshot.memo(&id).ok_or_else(|| no_memo(&id, snapshot))?;
    let entries = outline(text).unwrap_or_default();
    let status = written_status(&entries);
    if status.is_some_and(|status| !status.is_open()) {
        return Err(Refused::NotDeleted { id });
    }
    let own = texts_of(snapshot, &SourceFile::Memo(id.clone()));
    let named = |name: &str| {
        let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
        let others = snapshot.texts.memos.iter().filter(|(other, _)| *other != id);
        others.into_iter().any(|(_, other)| snapshot.sources.get(*other).text.contains(file))
    };
    let sources = own.into_iter().filter(|body| !named(&snapshot.sources.get(*body).name)).chain([source]);
    let review = snapshot.reviews.iter().filter(|(memo, _)| *memo == id).map(|(_, source)| *source);
    let mut plan = removed(snapshot, &id, sources.chain(review))?;
    plan.sources.extend(forget_copies(snapshot, &id)?);
    Ok(plan)
}

/// Plans to delete a release.
///
/// # Errors
/// [`Refused`]: there is no such release, or memos take their dates from it.
pub fn delete_release(snapshot: &Snapshot, release: &str) -> Result<Plan<DeleteReport>, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    let takes = |source: SourceId| {
        let entries = outline(&snapshot.sources.get(source).text).unwrap_or_default();
        value(&entries, "release") == Some(id.as_str())
    };
    let memos = snapshot.texts.memos.iter().filter(|(_, source)| takes(*source));
    let memos: Vec<String> = memos.map(|(memo, _)| memo.clone()).collect();
    match memos.is_empty() {
        true => removed(snapshot, &id, [source].into_iter()),
        false => Err(Refused::ReleaseInUse { release: id, memos }),
    }
}

/// The plan that removes files.
fn removed(
    snapshot: &Snapshot,
    id: &str,
    sources: impl Iterator<Item = SourceId>,
) -> Result<Plan<DeleteReport>, Refused> {
    let mut edits = Vec::new();
    for source in sources {
        let file = snapshot.sources.get(source);
        let was = Some(file.text.clone());
        edits.push(Edit { path: writable(&file.name)?, was, becomes: None, like: None });
    }
    let files = edits.iter().map(|edit| edit.path.to_string()).collect();
    Ok(Plan::of_sources(format!("desk: delete {id}"), DeleteReport { id: id.to_owned(), files }, edits))
}
