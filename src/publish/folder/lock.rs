//! `TARGET.ccrov-lock`: whoever publishes to a folder holds it, so nobody else publishes there at the same time.
//!
//! The system gives a lock up with the process that held it, so a dead publisher keeps nobody out. The file is empty.
//! Not here: storage, which has no locks.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{PublishError, beside::named};
use crate::folder::FileSystem;

/// How often the file may be removed by others between its opening and its lock.
const ATTEMPTS: usize = 20;

/// A lock that is held until it is dropped.
pub(super) struct TargetLock {
    path: PathBuf,
    system: Arc<dyn FileSystem>,
    _file: File,
}

impl TargetLock {
    /// Takes the lock of a target.
    pub fn take(target: &Path, system: &Arc<dyn FileSystem>) -> Result<TargetLock, PublishError> {
        let path = path(target);
        for _ in 0..ATTEMPTS {
            match system.write(&path, b"") {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(PublishError::disk(&path, error));
                }
                _ => {}
            }
            let Some(file) = open(&path)? else { continue };
            if is_taken(&file) {
                break;
            }
            // One that was removed meanwhile keeps nobody out.
            if is_at(&file, &path) {
                return Ok(TargetLock { path, system: Arc::clone(system), _file: file });
            }
        }
        Err(PublishError::Busy { target: target.display().to_string() })
    }

    /// Whether somebody holds the lock of a target. Nothing is written.
    pub fn is_held(target: &Path) -> Result<bool, PublishError> {
        Ok(open(&path(target))?.is_some_and(|file| is_taken(&file)))
    }
}

impl Drop for TargetLock {
    fn drop(&mut self) {
        // Elsewhere nothing says whether a file is still the one at its name: there it stays.
        if cfg!(unix) {
            let _ = self.system.remove(&self.path);
        }
    }
}

fn path(target: &Path) -> PathBuf {
    named(target, ".ccrov-lock")
}

/// The file of a lock, if it is there.
fn open(path: &Path) -> Result<Option<File>, PublishError> {
    match path.symlink_metadata() {
        Ok(found) if !found.is_file() || found.len() > 0 => {
            return Err(PublishError::NotOurs { path: path.to_owned() });
        }
        _ => {}
    }
    let opened = match File::options().write(true).open(path) {
        // Somebody else's; not all systems lock what is open for reading only.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(path),
        opened => opened,
    };
    match opened {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::disk(path, error)),
    }
}

/// Whether another process has it; if not, this one has it now.
fn is_taken(file: &File) -> bool {
    // A disk without locks, as some shared ones are, keeps nobody out; that is no reason to publish nothing.
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    fs::metadata(path).is_ok()
}
