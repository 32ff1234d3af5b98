//! Removal of a folder that this program has made or replaced.
//!
//! A removal can be interrupted, too. So the record first becomes that of an unfinished folder, and is removed after
//! all else: what is left is ours to the last file, and is never taken for a site that can be brought back.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{PublishError, RECORD, beside::UNFINISHED};
use crate::{folder::FileSystem, publish::record::OWN};

/// Removes a folder; it does not matter if it is not there. What was not ours in it is in the target, too.
pub(super) fn discard(system: &dyn FileSystem, folder: &Path) -> Result<(), PublishError> {
    let (own, record, unfinished) = (folder.join(OWN), folder.join(RECORD), folder.join(UNFINISHED));
    if record.symlink_metadata().is_ok() {
        let marked = system.rename(&record, &unfinished).and_then(|()| system.sync(&own));
        marked.map_err(|error| PublishError::disk(&record, error))?;
    }
    for entry in entries(folder)?.into_iter().filter(|entry| *entry != own) {
        remove(system, &entry)?;
    }
    for entry in entries(&own)?.into_iter().filter(|entry| *entry != unfinished) {
        remove(system, &entry)?;
    }
    remove(system, &own)?;
    remove(system, folder)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let read = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    match read {
        Ok(mut entries) => {
            entries.sort();
            Ok(entries)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(PublishError::disk(folder, error)),
    }
}

fn remove(system: &dyn FileSystem, path: &Path) -> Result<(), PublishError> {
    let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let removed = if is_folder { system.remove_folder(path) } else { system.remove(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PublishError::disk(path, error)),
        _ => Ok(()),
    }
}
