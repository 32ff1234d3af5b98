//! What a build would change in the output folder.
//!
//! In: the manifest of before, what was built, what is known but was not built. Out: a [`Change`] for every
//! file, the manifest's last. Pure: the folder's files are asked for.

use std::collections::BTreeSet;

use super::{Artifact, File, Form, Manifest, MemoEntry, OutputPath, manifest_path};

/// A file of the output folder and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub path: OutputPath,
    /// What.
    pub verdict: Verdict,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is not there yet.
    Create(Vec<u8>),
    /// It is there and differs.
    Replace(Vec<u8>),
    /// It is there as it should be.
    Keep,
    /// It was built once and belongs to nothing any more.
    Remove,
}

/// Plans a build.
///
/// `built` are the memos that were built in this run, with the artifacts of the wanted `forms`;
/// `known` says whether a memo exists at all. Entries of memos that were not built (they were not
/// asked for, or have a fault) stay as they are; those of memos that are gone are dropped with their
/// files. `existing` gives a file of the output folder.
pub fn plan(
    before: &Manifest,
    built: Vec<(MemoEntry, Vec<Artifact>)>,
    forms: &[Form],
    known: impl Fn(&str) -> bool,
    existing: impl Fn(&OutputPath) -> Option<Vec<u8>>,
) -> Vec<Change> {
    let mut after = Manifest {
        drafts: before.drafts,
        site: before.site.clone(),
        memos: before
            .memos
            .iter()
            .filter(|entry| known(&entry.id) && !built.iter().any(|(new, _)| new.id == entry.id))
            .cloned()
            .collect(),
    };
    let mut changes = Vec::new();
    for (mut entry, artifacts) in built {
        entry.artifacts = artifacts.iter().map(File::from).collect();
        // Forms that were not asked for stay as they are, where they were.
        let kept = before.entry(&entry.id).into_iter().flat_map(|old| &old.artifacts);
        entry.artifacts.extend(kept.filter(|file| !forms.contains(&file.kind)).cloned());
        entry.artifacts.sort_by_key(|file| (file.document, file.kind));
        after.memos.push(entry);
        changes
            .extend(artifacts.into_iter().map(|artifact| change(artifact.path, artifact.bytes, &existing)));
    }
    after.memos.sort_by(|a, b| a.id.cmp(&b.id));

    let now: BTreeSet<_> = after.files().map(|file| &file.path).collect();
    let gone = before.files().map(|file| &file.path).filter(|path| !now.contains(path));
    changes.extend(gone.map(|path| Change { path: path.clone(), verdict: Verdict::Remove }));

    // The manifest comes last: it never names a file that is not there yet.
    changes.push(change(manifest_path(), after.to_json(), &existing));
    changes
}

fn change(path: OutputPath, bytes: Vec<u8>, existing: impl Fn(&OutputPath) -> Option<Vec<u8>>) -> Change {
    let verdict = match existing(&path) {
        None => Verdict::Create(bytes),
        Some(there) if there == bytes => Verdict::Keep,
        Some(_) => Verdict::Replace(bytes),
    };
    Change { path, verdict }
}
