//! An operation that was interrupted between what analysts write and what is built of it.
//!
//! What is to be done stands in a file of the working folder before the first file is written, and is removed when all
//! is done; so the next command knows what is left. Not here: operations.

use std::{fs, path::Path};

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
}

impl Unfinished {
    /// What an earlier command left in a working folder.
    ///
    /// # Errors
    /// [`Newer`] if a newer program left it.
    pub fn in_folder(root: &Path) -> Result<Option<Unfinished>, Newer> {
        let Ok(bytes) = fs::read(root.join(FILE)) else { return Ok(None) };
        Format::check(&bytes)?;
        // A record that cannot be read is one that was interrupted itself: nothing was written after it.
        let nothing = || Unfinished { format: Format::FIRST, file: String::new(), sha256: String::new() };
        Ok(Some(serde_yaml::from_slice(&bytes).unwrap_or_else(|_| nothing())))
    }

    /// The file that was to be written first, by its path from the working folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether that file was written.
    pub fn is_written(&self, root: &Path) -> bool {
        fs::read(root.join(&self.file)).is_ok_and(|bytes| digest(&bytes) == self.sha256)
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
    let record = Unfinished { format: Format::FIRST, file: path.to_string(), sha256: digest(bytes) };
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
