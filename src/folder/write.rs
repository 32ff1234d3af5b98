//! One file of a folder, written whole or not at all, or removed.
//!
//! In: a folder, a path in it, bytes. Out: the file on disk. A link that leads out of the folder is an error. Not here:
//! which files, and in which order.

use std::{
    error::Error,
    fmt, io,
    path::{self, Path, PathBuf},
};

use super::{FileSystem, InterruptedCommand, SourcePath, UnreadJournal, file_system::is_busy};
use crate::{output::OutputPath, words::listed};

/// How many files a message names.
const NAMED: usize = 5;

/// What the name of a file that is being written begins with.
pub(crate) const WRITING: &str = ".writing-";

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
        path: SourcePath,
    },
    /// A file that is to be new is there. Nothing was written.
    IsThere {
        /// Its path from the working folder.
        path: SourcePath,
    },
    /// The output folder was built by somebody else since it was read. Nothing was written.
    BuiltMeanwhile {
        /// The output folder.
        folder: PathBuf,
    },
    /// Another program writes in the folder, and did not come to its end while this one waited. Nothing was written.
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// An earlier command was interrupted, and has to be finished first ([`recover`](super::recover())). Nothing was written.
    Unfinished {
        /// What it was.
        what: InterruptedCommand,
    },
    /// It is not known what an earlier command left to be finished. Nothing was written.
    Unread {
        /// Why.
        why: UnreadJournal,
    },
    /// The first files had taken their places. The next command that writes finishes the change.
    Interrupted {
        /// Why it was not finished.
        why: Box<CommitError>,
    },
    /// Files of somebody else are where files are to be written. Nothing was written.
    Foreign {
        /// The output folder.
        folder: PathBuf,
        /// The files in it.
        paths: Vec<OutputPath>,
    },
    /// Files of the output folder are held by another program. Everything else was written.
    Held {
        /// The files.
        paths: Vec<PathBuf>,
    },
}

impl CommitError {
    pub(crate) fn disk(path: &Path, error: io::Error) -> CommitError {
        CommitError::Disk { path: path.to_owned(), error }
    }

    /// Whether some files have taken their places, and others have not.
    pub fn is_partial(&self) -> bool {
        matches!(self, CommitError::Interrupted { .. } | CommitError::Held { .. })
    }

    /// Whether nothing was written because the folder is not what it was when it was read.
    pub fn is_stale(&self) -> bool {
        use CommitError::{BuiltMeanwhile, Changed, IsThere};
        matches!(self, Changed { .. } | IsThere { .. } | BuiltMeanwhile { .. })
    }
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommitError::Disk { path, error } => write!(f, "{}: {error}", shown(path)),
            CommitError::LeadsOut { path } => {
                write!(f, "{}: a link here leads out of the output folder; remove it", shown(path))
            }
            CommitError::Changed { path } => {
                write!(f, "{path} was changed in the meantime; run the command again")
            }
            CommitError::IsThere { path } => write!(f, "{path} is there already, and was left as it is"),
            CommitError::BuiltMeanwhile { folder } => {
                write!(f, "{} was built in the meantime; run the command again", shown(folder))
            }
            CommitError::Busy { .. } => {
                f.write_str("another ccrov is writing in this folder; run the command again when it is done")
            }
            CommitError::Unfinished { what } => {
                write!(f, "{what} was interrupted a moment ago; run this command again: it is finished first")
            }
            CommitError::Unread { why } => why.fmt(f),
            CommitError::Interrupted { why } => {
                write!(f, "{why}; what was begun is finished by the next command that can write here")
            }
            CommitError::Foreign { folder, paths } => {
                let named: Vec<_> = paths.iter().map(OutputPath::as_str).collect();
                write!(
                    f,
                    "{} has files that ccrov did not write, where its own are to go: {}; nothing was written; `ccrov \
                     build --adopt` moves them to moved-aside/ and builds",
                    shown(folder),
                    listed(&named, NAMED)
                )
            }
            CommitError::Held { paths } => {
                let paths: Vec<_> = paths.iter().map(|path| shown(path).to_string()).collect();
                write!(
                    f,
                    "these files cannot be replaced or removed: {}; close them in other programs (Acrobat, for a PDF), or \
                     look at who may write them; then run `ccrov build`",
                    listed(&paths, NAMED)
                )
            }
        }
    }
}

/// A path without the dot that stands for the folder in which the program was called.
fn shown(path: &Path) -> path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

impl Error for CommitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            CommitError::Disk { error, .. } => Some(error),
            CommitError::Interrupted { why } => Some(why),
            CommitError::Unread { why } => Some(why),
            _ => None,
        }
    }
}

/// Writes a file of a folder, whole or not at all. What something else will rely on is `durable`: it outlasts a loss
/// of power before anything after it is written.
pub(crate) fn put(
    system: &dyn FileSystem,
    folder: &Path,
    path: impl AsRef<str>,
    bytes: &[u8],
    durable: bool,
) -> Result<(), CommitError> {
    let target = folder.join(path.as_ref());
    let parent = target.parent().unwrap_or(folder);
    inside(folder, parent)?;
    system.create_folder(parent).map_err(|error| CommitError::disk(parent, error))?;
    // Two programs that write the same file at a time do not write into each other's.
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let writing = parent.join(format!("{WRITING}{}-{name}", std::process::id()));
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
pub(crate) fn removed(
    system: &dyn FileSystem,
    folder: &Path,
    path: impl AsRef<str>,
) -> Result<(), CommitError> {
    let target = folder.join(path.as_ref());
    inside(folder, target.parent().unwrap_or(folder))?;
    match system.remove(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CommitError::disk(&target, error)),
        _ => Ok(()),
    }
}

/// Whether a file stays as it is since another program has it, or nobody may write it.
pub(super) fn held_by_others(error: &io::Error) -> bool {
    is_busy(error) || error.kind() == io::ErrorKind::PermissionDenied
}

/// Checks that a folder, as far as it exists, lies in another one when links are followed.
pub(super) fn inside(folder: &Path, parent: &Path) -> Result<(), CommitError> {
    let Ok(root) = folder.canonicalize() else { return Ok(()) };
    let there = parent.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    match there {
        Some((path, real)) if !real.starts_with(&root) => {
            Err(CommitError::LeadsOut { path: path.to_owned() })
        }
        _ => Ok(()),
    }
}
