//! An operation that was interrupted between what analysts write and what is built of it.
//!
//! What is to be done stands in a file of the working folder before the first file is written, and is removed when all
//! is done; so the next command knows what is left. Not here: operations.

use std::{error::Error, fmt, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{CommitError, FileSystem, System, write::put, write::removed};
use crate::{
    format::{Format, Newer},
    output::{OutputPath, digest},
};

/// Where it stands.
const FILE: &str = "ccrov-unfinished.yaml";

/// An operation that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The number of the record's format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    format: Format,
    /// The file that is written first.
    file: String,
    /// What the file holds when it is written.
    sha256: String,
    /// What it held before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    before: String,
}

/// How far an operation has come that was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Nothing was written.
    Nothing,
    /// What analysts write was written; what is built of it is left to do.
    Sources,
    /// Its first file is neither what it was nor what it became: somebody has edited it since.
    Edited,
}

/// Why it is not known what an earlier command left.
#[derive(Debug)]
pub enum UnreadJournal {
    /// A newer program left it.
    Newer(Newer),
    /// The disk does not give it.
    Unreadable(io::Error),
}

impl fmt::Display for UnreadJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadJournal::Newer(newer) => write!(f, "{FILE} cannot be read: {newer}"),
            UnreadJournal::Unreadable(error) => write!(f, "{FILE} cannot be read: {error}"),
        }
    }
}

impl Error for UnreadJournal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            UnreadJournal::Newer(newer) => Some(newer),
            UnreadJournal::Unreadable(error) => Some(error),
        }
    }
}

impl Unfinished {
    /// What an earlier command left in a working folder.
    ///
    /// # Errors
    /// [`UnreadJournal`] if that cannot be told.
    pub fn in_folder(root: &Path) -> Result<Option<Unfinished>, UnreadJournal> {
        let bytes = match fs::read(root.join(FILE)) {
            Ok(bytes) => bytes,
            Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => {
                return Ok(None);
            }
            Err(error) => return Err(UnreadJournal::Unreadable(error)),
        };
        Format::check(&bytes).map_err(UnreadJournal::Newer)?;
        // A record that cannot be read is one that was interrupted itself: nothing was written after it.
        let nothing = Unfinished {
            format: Format::FIRST,
            file: String::new(),
            sha256: String::new(),
            before: String::new(),
        };
        Ok(Some(serde_yaml::from_slice(&bytes).unwrap_or(nothing)))
    }

    /// The file that was to be written first, by its path from the working folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How far the operation has come.
    pub fn reached(&self, root: &Path) -> Reached {
        if self.file.is_empty() {
            return Reached::Nothing;
        }
        match fs::read(root.join(&self.file)).map(|bytes| digest(&bytes)) {
            Ok(now) if now == self.sha256 => Reached::Sources,
            Ok(now) if now == self.before => Reached::Nothing,
            _ => Reached::Edited,
        }
    }

    /// Forgets it: it is done, or nothing of it is.
    ///
    /// # Errors
    /// [`CommitError`] if the record cannot be removed.
    pub fn forget(root: &Path) -> Result<(), CommitError> {
        end(&System, root)
    }
}

/// Notes down what is going to be written.
pub(super) fn begin(
    system: &dyn FileSystem,
    root: &Path,
    path: &OutputPath,
    bytes: &[u8],
) -> Result<(), CommitError> {
    let before = fs::read(root.join(path.as_str())).map(|bytes| digest(&bytes)).unwrap_or_default();
    let record = Unfinished { format: Format::FIRST, file: path.to_string(), sha256: digest(bytes), before };
    let remark = "# A delay is being recorded. If this file stays, the next `ccrov build` completes it.\n";
    let record = serde_yaml::to_string(&record).expect("text always serialises");
    put(system, root, &journal(), format!("{remark}{record}").as_bytes(), true)
}

/// Takes the note back, when all is done.
pub(super) fn end(system: &dyn FileSystem, root: &Path) -> Result<(), CommitError> {
    removed(system, root, &journal())
}

fn journal() -> OutputPath {
    FILE.parse().expect("a plain file name is a path")
}
