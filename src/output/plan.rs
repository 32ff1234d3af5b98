//! What a build would change in the output folder.
//!
//! In: the manifest of before, what was built, what is known but was not built. Out: the manifest of after; a
//! [`FileChange`] for every file, the manifest's last. Pure: the folder's files are asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Artifact, File, Form, Manifest, MemoEntry, OutputPath, manifest_path};

/// Files with what is in them.
pub type Files = Vec<(OutputPath, Vec<u8>)>;

/// A file of the output folder and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Where.
    pub path: OutputPath,
    /// What.
    pub verdict: Verdict,
    /// The digest of the file as it is to be, as the manifest has it; none of the manifest itself, and of what goes.
    pub sha256: Option<String>,
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

/// The manifest after a build, and the files of the memos that were built.
///
/// `built` are the memos that were built in this run, with the artifacts of the wanted `forms`; `known` says whether
/// a memo exists at all. Entries of memos that were not built (they were not asked for, have not changed, or have a
/// fault) stay as they are; those of memos that are gone are dropped. The parts of the website are those of before.
pub fn merge(
    before: &Manifest,
    built: Vec<(MemoEntry, Vec<Artifact>)>,
    forms: &[Form],
    known: impl Fn(&str) -> bool,
) -> (Manifest, Files) {
    let new: BTreeSet<String> = built.iter().map(|(entry, _)| entry.id.clone()).collect();
    let stays = |entry: &&MemoEntry| known(&entry.id) && !new.contains(&entry.id);
    let mut after =
        Manifest { memos: before.memos.iter().filter(stays).cloned().collect(), ..before.clone() };
    let mut files = Vec::new();
    for (mut entry, artifacts) in built {
        entry.artifacts = artifacts.iter().map(File::from).collect();
        // Forms that were not asked for stay as they are, where they were.
        let kept = before.entry(&entry.id).into_iter().flat_map(|old| &old.artifacts);
        entry.artifacts.extend(kept.filter(|file| !forms.contains(&file.kind)).cloned());
        entry.artifacts.sort_by_key(|file| (file.document, file.kind));
        after.memos.push(entry);
        files.extend(artifacts.into_iter().map(|artifact| (artifact.path, artifact.bytes)));
    }
    after.memos.sort_by(|a, b| a.id.cmp(&b.id));
    (after, files)
}

/// Plans a build: `files` are to be in the output folder, with what the manifest `after` has of `before`.
/// `existing` gives a file of the folder.
pub fn plan(
    before: &Manifest,
    after: &Manifest,
    files: Files,
    existing: impl Fn(&OutputPath) -> Option<Vec<u8>>,
) -> Vec<FileChange> {
    let mut changes = plan_files(before, after, files, &existing);
    // The manifest comes last: it never names a file that is not there yet.
    changes.push(change(manifest_path(), after.to_json(), None, &existing));
    changes
}

/// Plans what [`plan`] does, without the manifest itself: for a folder whose manifest is kept in mind.
pub fn plan_files(
    before: &Manifest,
    after: &Manifest,
    files: Files,
    existing: impl Fn(&OutputPath) -> Option<Vec<u8>>,
) -> Vec<FileChange> {
    let now: BTreeMap<&OutputPath, &String> = after.digests().collect();
    let made = files.into_iter().map(|(path, bytes)| {
        let sha256 = now.get(&path).map(|sha256| (*sha256).clone());
        change(path, bytes, sha256, &existing)
    });
    let mut changes: Vec<FileChange> = made.collect();
    let gone = before.paths().filter(|path| !now.contains_key(path));
    let removal =
        |path: &OutputPath| FileChange { path: path.clone(), verdict: Verdict::Remove, sha256: None };
    changes.extend(gone.map(removal));
    changes
}

fn change(
    path: OutputPath,
    bytes: Vec<u8>,
    sha256: Option<String>,
    existing: impl Fn(&OutputPath) -> Option<Vec<u8>>,
) -> FileChange {
    let verdict = match existing(&path) {
        None => Verdict::Create(bytes),
        Some(there) if there == bytes => Verdict::Keep,
        Some(_) => Verdict::Replace(bytes),
    };
    FileChange { path, verdict, sha256 }
}
