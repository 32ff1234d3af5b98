//! One file of a folder, written whole or not at all, or removed.
//!
//! In: a folder, a path in it, bytes. Out: the file on disk. A link that leads out of the folder is an error. Not here:
//! which files, and in which order.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

use super::FileSystem;
use crate::output::OutputPath;

/// What the name of a file that is being written begins with.
const WRITING: &str = ".writing-";

/// Why a plan was not, or not wholly, carried out.
#[derive(Debug)]
pub enum CommitError {
    /// The disk or the system said no.
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A link leads out of the folder.
    LeadsOut {
        /// The link.
        path: PathBuf,
    },
    /// A file was changed since it was read. Nothing was written.
    Changed {
        /// Its path from the working folder.
        path: OutputPath,
    },
    /// A file that is to be new is there. Nothing was written.
    IsThere {
        /// Its path from the working folder.
        path: OutputPath,
    },
}

impl CommitError {
    pub(crate) fn disk(path: &Path, error: io::Error) -> CommitError {
        CommitError::Disk { path: path.to_owned(), error }
    }

    /// Whether nothing was written because the folder is not what it was when it was read.
    pub fn is_stale(&self) -> bool {
        matches!(self, CommitError::Changed { .. } | CommitError::IsThere { .. })
    }
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommitError::Disk { path, error } => write!(f, "{}: {error}", path.display()),
            CommitError::LeadsOut { path } => {
                write!(f, "{}: a link here leads out of the output folder; remove it", path.display())
            }
            CommitError::Changed { path } => {
                write!(f, "{path} was changed in the meantime; run the command again")
            }
            CommitError::IsThere { path } => write!(f, "{path} is there already, and was left as it is"),
        }
    }
}

impl Error for CommitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            CommitError::Disk { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Writes a file of a folder, whole or not at all. What something else will rely on is `durable`: it outlasts a loss
/// of power before anything after it is written.
pub(crate) fn put(
    system: &dyn FileSystem,
    folder: &Path,
    path: &OutputPath,
    bytes: &[u8],
    durable: bool,
) -> Result<(), CommitError> {
    let target = folder.join(path.as_str());
    let parent = target.parent().unwrap_or(folder);
    inside(folder, parent)?;
    system.create_folder(parent).map_err(|error| CommitError::disk(parent, error))?;
    // Two programs that write the same file at a time do not write into each other's.
    let writing = parent.join(format!("{WRITING}{}-{}", std::process::id(), path.file_name()));
    let written = || -> io::Result<()> {
        match system.write(&writing, bytes) {
            // It is left of a program that was ended while it wrote, and had the same number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                system.remove(&writing)?;
                system.write(&writing, bytes)?;
            }
            written => written?,
        }
        if durable {
            system.sync(&writing)?;
        }
        system.rename(&writing, &target)?;
        if durable { system.sync(parent) } else { Ok(()) }
    };
    written().map_err(|error| {
        // It is of no use; that it could not be written is what is told.
        let _ = system.remove(&writing);
        CommitError::disk(&target, error)
    })
}

/// Removes a file of a folder; it does not matter if it is not there.
pub(crate) fn removed(system: &dyn FileSystem, folder: &Path, path: &OutputPath) -> Result<(), CommitError> {
    let target = folder.join(path.as_str());
    inside(folder, target.parent().unwrap_or(folder))?;
    match system.remove(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CommitError::disk(&target, error)),
        _ => Ok(()),
    }
}

/// Checks that a folder, as far as it exists, lies in another one when links are followed.
fn inside(folder: &Path, parent: &Path) -> Result<(), CommitError> {
    let Ok(root) = folder.canonicalize() else { return Ok(()) };
    let there = parent.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    match there {
        Some((path, real)) if !real.starts_with(&root) => {
            Err(CommitError::LeadsOut { path: path.to_owned() })
        }
        _ => Ok(()),
    }
}
