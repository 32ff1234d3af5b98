//! Whose turn it is to write a working folder.
//!
//! In: a working folder. Out: a [`Turn`], which one program has at a time, for as long as it writes. The system takes it
//! back from a program that ends. Not here: what was changed by programs that know of no turns, which a commit looks for.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
    thread,
    time::Duration,
};

use super::{CommitError, FileSystem, write::put};

/// The program's own folder in a working folder, which nobody else needs: a copy of the folder works without it.
pub(super) const OWN: &str = ".ccrov";

/// How often it is asked for again, and how long it takes each time.
const PATIENCE: (usize, Duration) = (100, Duration::from_millis(100));

/// The turn to write a folder, until it is dropped.
pub(crate) struct Turn {
    /// Nothing on a file system that has no locks: there, what others write in the meantime is seen by its digest.
    _held: Option<File>,
}

impl Turn {
    /// Takes the turn, waiting for whoever has it.
    pub fn take(system: &dyn FileSystem, root: &Path) -> Result<Turn, CommitError> {
        let file = prepared(system, root)?;
        match patiently(|| file.try_lock()) {
            Ok(()) => Ok(Turn { _held: Some(file) }),
            Err(TryLockError::Error(_)) => Ok(Turn { _held: None }),
            Err(TryLockError::WouldBlock) => Err(CommitError::Busy { folder: root.to_owned() }),
        }
    }

    /// Waits until nobody writes, and lets nobody begin to as long as it is held: what is read meanwhile is of one moment.
    pub fn reading(root: &Path) -> Option<Turn> {
        let path = root.join(OWN).join("turn");
        let file = File::open(path.is_file().then_some(path)?).ok()?;
        patiently(|| file.try_lock_shared()).ok()?;
        Some(Turn { _held: Some(file) })
    }

    /// Whether somebody has it now.
    pub fn is_taken(root: &Path) -> bool {
        let path = root.join(OWN).join("turn");
        path.is_file()
            && File::open(path)
                .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// Asks again as long as somebody else has the turn, up to a limit.
fn patiently(mut ask: impl FnMut() -> Result<(), TryLockError>) -> Result<(), TryLockError> {
    for _ in 1..PATIENCE.0 {
        match ask() {
            Err(TryLockError::WouldBlock) => thread::sleep(PATIENCE.1),
            answer => return answer,
        }
    }
    ask()
}

/// The file that is locked, in the program's own folder, which no version control keeps.
fn prepared(system: &dyn FileSystem, root: &Path) -> Result<File, CommitError> {
    let ignored = format!("{OWN}/.gitignore");
    if !root.join(&ignored).exists() {
        put(system, root, ignored, b"*\n", false)?;
    }
    let path = root.join(OWN).join("turn");
    // To open a pipe is to wait for whoever reads it.
    if path.exists() && !path.is_file() {
        return Err(CommitError::disk(&path, io::ErrorKind::InvalidInput.into()));
    }
    let opened = File::options().write(true).create(true).truncate(false).open(&path);
    opened.map_err(|error| CommitError::disk(&path, error))
}
