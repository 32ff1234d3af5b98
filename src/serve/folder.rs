//! The folder that the preview builds into.
//!
//! It is made anew for each run, for nobody else to look into, and removed at its end; one that a killed run has left is
//! removed by the next. Not here: what is put into it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;

use crate::{
    folder::{CommitError, Disk, OnDisk, OutputChanges, Plan, Unchanged, WorkingFolder},
    output::FileChange,
};

/// A temporary folder.
#[derive(Debug)]
pub(super) struct TemporaryFolder {
    path: PathBuf,
    /// None when it was removed. The file is locked as long as the run lives, however it ends.
    dir: Mutex<Option<(TempDir, File)>>,
}

/// How the names of such folders begin.
const PREFIX: &str = "ccrov-preview-";

/// The file by whose lock a run is known to live.
const LOCK: &str = "lock";

impl TemporaryFolder {
    /// Makes it.
    ///
    /// # Errors
    /// What the system said.
    pub fn new() -> io::Result<TemporaryFolder> {
        remove_left_over();
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o700);
        #[cfg(unix)]
        builder.permissions(mode);
        let dir = builder.tempdir()?;
        #[expect(clippy::disallowed_methods, reason = "it is no part of a working folder")]
        let lock = File::create(dir.path().join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        let path = dir.path().join("site");
        fs::create_dir(&path)?;
        Ok(TemporaryFolder { path, dir: Mutex::new(Some((dir, lock))) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts changes into it, as long as it is there.
    ///
    /// # Errors
    /// [`CommitError`] at the first file that could not be written or removed.
    pub fn put(&self, changes: Vec<FileChange>) -> Result<(), CommitError> {
        match self.lock().as_ref() {
            Some(_) => {
                let folder = WorkingFolder::at(&self.path).building_into(&self.path).for_a_while();
                let unchanged = Unchanged::of_own(Arc::new(OnDisk::at(&self.path)));
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
        if let Some((dir, _lock)) = self.lock().take() {
            // A file that another program holds open stays behind; there is nobody left to tell.
            let _ = dir.close();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(TempDir, File)>> {
        // Whoever panicked while holding it has left a folder that can still be removed.
        self.dir.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Removes the folders of runs that were killed: those whose lock nobody holds. What belongs to others stays.
fn remove_left_over() {
    let entries = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    for entry in ours.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        let lock = File::open(entry.path().join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            #[expect(clippy::disallowed_methods, reason = "it is no part of a working folder")]
            // Another preview may be at the same; and nothing hangs on it.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
