//! What was built -> the plan of the output folder.
//!
//! Not here: building.

use std::{collections::BTreeSet, sync::Arc};

use super::Refused;
use crate::{
    build::{Build, Scope, build},
    diagnostic::Faults,
    folder::{
        Edit, Edits, OutputChanges, Overlay, Plan, ReadError, Snapshot, Unchanged, Uneditable, writable,
    },
    issued::Lock,
    model::Id,
    output::{self, FileChange, Manifest, OutputPath, Verdict, manifest_path},
    records::Readings,
};

/// What was built, as the manifest says.
#[derive(Default)]
pub(super) struct LastBuild {
    pub manifest: Manifest,
    /// The manifest's text.
    pub bytes: Vec<u8>,
}

/// The manifest of the folder that a snapshot builds into; an empty one, if there is none yet.
///
/// # Errors
/// [`Refused`] of the disk, or if it is no manifest.
pub fn manifest(snapshot: &Snapshot) -> Result<Manifest, Refused> {
    Ok(built(snapshot)?.unwrap_or_default().manifest)
}

/// The manifest of the folder that a snapshot builds into, if something was built.
pub(super) fn built(snapshot: &Snapshot) -> Result<Option<LastBuild>, Refused> {
    let path = manifest_path();
    let shown = |path: &str| snapshot.target().shown(path);
    match snapshot.target().read(path.as_str()) {
        Ok(bytes) => match Manifest::read(&bytes) {
            Ok(manifest) => Ok(Some(LastBuild { manifest, bytes })),
            Err(why) => Err(Refused::NotAManifest { file: shown(path.as_str()), why }),
        },
        Err(ReadError::Missing) => Ok(None),
        Err(ReadError::LeadsOut) if matches!(snapshot.target().list(""), Err(ReadError::LeadsOut)) => {
            Err(Refused::OutputLeadsOut { folder: trimmed(&shown("")) })
        }
        Err(why) => Err(Refused::Unreadable { file: shown(path.as_str()), why }),
    }
}

/// A folder as it is shown, without a slash at its end.
pub(super) fn trimmed(folder: &str) -> String {
    folder.trim_end_matches(['/', '\\']).to_owned()
}

/// The files of the lists, which follow from the memos and are counted apart.
pub(super) fn of_lists(manifest: &Manifest) -> BTreeSet<OutputPath> {
    manifest.site.iter().flat_map(|part| part.files.iter().map(|file| file.path.clone())).collect()
}

/// Builds memos, after an edit, around what `before` says was built.
pub(super) fn build_edited(
    edits: &Edits,
    memos: &[String],
    before: &Manifest,
    unchanged: &Unchanged,
) -> Build {
    let scope = Scope { unchanged: unchanged.of_this_program(), ..Scope::of(memos, before) };
    build(&edits.snapshot, &mut Readings::default(), &scope, Faults::default())
}

/// The plan of edits and of what was built of them: the edited files, the output, the locks of what was issued, and
/// the pages of the memos that these name, which say so from now on. With the number of files that are the memos' own.
pub(super) fn plan_edited(
    what: String,
    edits: &Edits,
    before: &LastBuild,
    unchanged: Unchanged,
    built: Build,
) -> Result<Plan<usize>, Refused> {
    let sources = edits.files()?;
    let Build { built, after, files, .. } = built;
    let locks = built.iter().filter_map(|printed| lock_file(printed.lock.as_ref()?, edits));
    let locks: Vec<Edit> = locks.collect::<Result<_, _>>()?;
    let existing = |path: &OutputPath| edits.snapshot.existing(path);
    let named = built.iter().flat_map(|printed| printed.entry.relations.values().flatten());
    let named = named.map(Id::as_str).filter(|id| after.entry(id).is_some());
    // A memo's page says of those that it names whether they were withdrawn.
    let is_built = |id: &str| built.iter().any(|printed| printed.entry.id == id);
    let naming = after.memos.iter().filter(|memo| {
        !memo.is_draft()
            && !is_built(&memo.id)
            && memo.relations.values().flatten().any(|named| is_built(named.as_str()))
    });
    let naming = naming.map(|memo| memo.id.as_str());
    let named: BTreeSet<String> = named.chain(naming).map(str::to_owned).collect();
    let named: Vec<String> = named.into_iter().collect();

    let lists = of_lists(&after);
    let mut own: BTreeSet<OutputPath> =
        files.iter().map(|(path, _)| path.clone()).filter(|path| !lists.contains(path)).collect();
    own.insert(manifest_path());
    let (after, files) = match named.is_empty() {
        true => (after, files),
        false => follow(edits, &named, &locks, &unchanged, &after, files),
    };
    let changes = output::plan(&before.manifest, &after, files, existing);
    let is_written = |change: &&FileChange| {
        matches!(change.verdict, Verdict::Create(_) | Verdict::Replace(_)) && own.contains(&change.path)
    };
    let written = changes.iter().filter(is_written).count();
    let output = Some(OutputChanges::of(changes, &before.manifest, before.bytes.clone(), unchanged));
    Ok(Plan { output, locks, ..Plan::of_sources(what, written, sources) })
}

/// Builds the memos that an issued one names, as the folder will be then. What is wrong with them, `build` tells.
fn follow(
    edits: &Edits,
    named: &[String],
    locks: &[Edit],
    unchanged: &Unchanged,
    before: &Manifest,
    files: output::Files,
) -> (Manifest, output::Files) {
    let mut snapshot = edits.snapshot.clone();
    for lock in locks {
        if let Some(text) = &lock.becomes {
            let id = crate::folder::stem(lock.path.as_str());
            let source = snapshot.sources.add(lock.path.as_str(), text);
            snapshot.locks.retain(|(known, _)| *known != id);
            snapshot.locks.push((id, source));
        }
    }
    let mut output = Overlay::over(Arc::clone(snapshot.target()));
    for (path, bytes) in &files {
        output = output.with(path.as_str(), bytes);
    }
    snapshot.output = Arc::new(output);
    let scope = Scope { unchanged: unchanged.of_this_program(), ..Scope::of(named, before) };
    let Build { after, files: more, .. } =
        build(&snapshot, &mut Readings::default(), &scope, Faults::default());
    let newer: BTreeSet<&OutputPath> = more.iter().map(|(path, _)| path).collect();
    let kept: BTreeSet<&OutputPath> = after.paths().collect();
    let mut all: output::Files =
        files.into_iter().filter(|(path, _)| !newer.contains(path) && kept.contains(path)).collect();
    all.extend(more);
    (after, all)
}

/// A lock's file, beside its memo.
fn lock_file(lock: &Lock, edits: &Edits) -> Option<Result<Edit, Uneditable>> {
    let (source, _) = edits.snapshot.memo(&lock.memo.id)?;
    let memo = &edits.snapshot.sources.get(source).name;
    let path = writable(&format!("{}.lock", memo.rsplit_once('.')?.0));
    let snapshot = &edits.snapshot;
    let was = snapshot.locks.iter().find(|(id, _)| *id == lock.memo.id);
    let was = was.map(|(_, source)| snapshot.sources.get(*source).text.clone());
    Some(path.map(|path| Edit { path, was, becomes: Some(lock.to_yaml()), like: None }))
}
