//! Which files of an output folder nobody has touched since the folder was built.
//!
//! In: sizes, and when files were written. Out: whether a file need not be looked at. No file is read.

use std::{sync::Arc, time::SystemTime};

use super::{Disk, Snapshot};
use crate::output::{OutputPath, manifest_path};

/// Knows files by their sizes and by when they were written.
#[derive(Clone)]
pub struct Unchanged {
    folder: Arc<dyn Disk>,
    /// None if nobody else writes there.
    built: Option<SystemTime>,
}

impl Unchanged {
    /// Of the folder that a snapshot builds into, if it has a manifest. `None` if an older program than the one that
    /// runs has built it: the newer one may make other files of the same memos.
    pub fn since_build(snapshot: &Snapshot) -> Option<Unchanged> {
        let folder = Arc::clone(snapshot.target());
        let built = folder.file(manifest_path().as_str())?.modified?;
        (snapshot.program? < built).then_some(Unchanged { folder, built: Some(built) })
    }

    /// Of a folder in which nobody but the running program writes.
    pub fn of_own(folder: Arc<dyn Disk>) -> Unchanged {
        Unchanged { folder, built: None }
    }

    /// Whether a file of so many bytes is as it was written.
    pub fn has(&self, path: &OutputPath, size: u64) -> bool {
        self.folder.file(path.as_str()).is_some_and(|file| {
            let before = |built| file.modified.is_some_and(|written| written < built);
            file.size == size && self.built.is_none_or(before)
        })
    }
}
