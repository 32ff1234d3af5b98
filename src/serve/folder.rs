//! The folder that the preview builds into.
//!
//! It is made anew for each run and removed at its end. Not here: what is put into it.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;

use crate::{
    folder::{CommitError, Disk, OnDisk, OutputChanges, Plan, Unchanged, WorkingFolder},
    output::Change,
};

/// A temporary folder.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// None when it was removed.
    dir: Mutex<Option<TempDir>>,
}

impl Folder {
    /// Makes it.
    ///
    /// # Errors
    /// What the system said.
    pub fn new() -> io::Result<Folder> {
        let dir = tempfile::Builder::new().prefix("ccrov-preview-").tempdir()?;
        Ok(Folder { path: dir.path().to_owned(), dir: Mutex::new(Some(dir)) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts changes into it, as long as it is there.
    ///
    /// # Errors
    /// [`CommitError`] at the first file that could not be written or removed.
    pub fn put(&self, changes: Vec<Change>) -> Result<(), CommitError> {
        match self.lock().as_ref() {
            Some(dir) => {
                let folder = WorkingFolder::at(dir.path()).building_into(dir.path()).for_a_while();
                let unchanged = Unchanged::of_own(Arc::new(OnDisk::at(dir.path())));
                let output = Some(OutputChanges {
                    changes,
                    upon: Vec::new(),
                    unchanged,
                    foreign: Vec::new(),
                    moved: Vec::new(),
                });
                folder.commit(Plan { output, ..Plan::nothing(()) }).map(drop)
            }
            None => Ok(()),
        }
    }

    /// What is in it.
    pub fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(OnDisk::at(&self.path))
    }

    /// Removes it, after what is being put into it.
    pub fn remove(&self) {
        if let Some(dir) = self.lock().take() {
            // A file that another program holds open stays behind; there is nobody left to tell.
            let _ = dir.close();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<TempDir>> {
        // Whoever panicked while holding it has left a folder that can still be removed.
        self.dir.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
