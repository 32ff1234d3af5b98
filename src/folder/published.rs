//! What was published from a working folder, and where to, as far as this folder knows.
//!
//! In: a publication that is done. Out: a record in the program's own folder; what of a manifest is not published yet. Not
//! here: what a target says of itself, which `publish` asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{CommitError, Disk, FileSystem, turn::OWN, turn::Turn, write::put};
use crate::output::{Manifest, OutputPath, SiteFile};

/// What was published, by targets as they were named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Published(BTreeMap<String, PublishedSite>);

/// The last publication to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PublishedSite {
    /// When, if whoever asked said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<NaiveDateTime>,
    /// The digests of its files.
    files: BTreeMap<OutputPath, String>,
}

impl Published {
    /// What a working folder knows. A record that cannot be read says nothing.
    pub fn of(folder: &dyn Disk) -> Published {
        let json = folder.read(&path()).ok();
        json.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
    }

    /// The targets, as they were named.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether the last publication to a target, as far as this folder knows, had one of these files.
    pub fn has_any_of(&self, target: &str, paths: &BTreeSet<&OutputPath>) -> bool {
        self.0.get(target).is_some_and(|site| site.files.keys().any(|path| paths.contains(path)))
    }

    /// The memos that have gone out and are not at a target as they are now, by their ids.
    pub fn missing_at(&self, target: &str, manifest: &Manifest) -> Vec<String> {
        let there = self.0.get(target).map(|site| &site.files);
        let is_there =
            |path: &OutputPath, sha256: &String| there.and_then(|files| files.get(path)) == Some(sha256);
        let out = manifest.memos.iter().filter(|entry| !entry.is_draft());
        let missing =
            out.filter(|entry| !entry.artifacts.iter().all(|file| is_there(&file.path, &file.sha256)));
        missing.map(|entry| entry.id.clone()).collect()
    }
}

/// Notes what a target has from now on; nothing, if a publication was undone and it is not known what was there before.
pub(super) fn note(
    system: &dyn FileSystem,
    root: &Path,
    folder: &dyn Disk,
    at: Option<NaiveDateTime>,
    target: &str,
    files: Option<&[SiteFile]>,
) -> Result<(), CommitError> {
    // A publication can be undone from anywhere.
    if !root.join("memos").is_dir() {
        return Ok(());
    }
    let _turn = Turn::take(system, root)?;
    let mut published = Published::of(folder);
    match files {
        Some(files) => {
            let files = files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
            published.0.insert(target.to_owned(), PublishedSite { at, files });
        }
        None => drop(published.0.remove(target)),
    }
    let json = serde_json::to_vec(&published).expect("text always serialises");
    put(system, root, path(), &json, true)
}

fn path() -> String {
    format!("{OWN}/published.json")
}
