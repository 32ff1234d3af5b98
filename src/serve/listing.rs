//! The files of a working folder with their sizes and dates: network drives and synced folders tell no changes, so somebody has
//! to look.
//!
//! In: a folder, what was there when it was looked at last. Out: the paths that are others since. Not here: what a file holds.

use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

/// How deep folders are looked into; a link in a loop goes no deeper.
const DEEP: usize = 8;

/// What was there.
#[derive(Default)]
pub(super) struct Listing(BTreeMap<String, (u64, Option<SystemTime>)>);

impl Listing {
    /// What there is in some folders of `root` now.
    pub fn of(root: &Path, folders: &[&str]) -> Listing {
        let mut listing = Listing::default();
        folders.iter().for_each(|folder| listing.add(&root.join(folder), folder, DEEP));
        listing
    }

    fn add(&mut self, folder: &Path, name: &str, deep: usize) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            // What a folder's listing tells of a file needs no file to be opened; a link tells of itself only.
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let metadata = if is_link { fs::metadata(entry.path()) } else { entry.metadata() };
            let Ok(metadata) = metadata else { continue };
            match (metadata.is_dir(), deep) {
                (true, 0) => {}
                (true, deep) => self.add(&entry.path(), &name, deep - 1),
                (false, _) => _ = self.0.insert(name, (metadata.len(), metadata.modified().ok())),
            }
        }
    }

    /// Takes what there is of a path now: the system has told of it, and somebody looks at it.
    pub fn note(&mut self, root: &Path, path: &str) {
        match fs::metadata(root.join(path)) {
            Ok(metadata) if metadata.is_dir() => {
                let inside = format!("{path}/");
                self.0.retain(|known, _| !known.starts_with(&inside));
                self.add(&root.join(path), path, DEEP);
            }
            Ok(metadata) => _ = self.0.insert(path.to_owned(), (metadata.len(), metadata.modified().ok())),
            Err(_) => _ = self.0.remove(path),
        }
    }

    /// The paths that are others here than they were in an earlier one.
    pub fn since(&self, earlier: &Listing) -> Vec<String> {
        let differs = |path: &&String| self.0.get(*path) != earlier.0.get(*path);
        let gone = earlier.0.keys().filter(|path| !self.0.contains_key(*path));
        self.0.keys().filter(differs).chain(gone).cloned().collect()
    }
}
