//! Files of one folder that another one is to hold too: what is unchanged, and what is not ours.
//!
//! A file is linked, so it keeps its date and takes no room; where that cannot be, it is copied with its date.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{PublishError, beside::CARRYING};
use crate::folder::FileSystem;

/// The files and empty folders below a folder that are not among `ours`, by their paths from there.
pub(super) fn foreign(folder: &Path, ours: &BTreeSet<&Path>) -> Result<Vec<PathBuf>, PublishError> {
    let (mut found, mut left) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(inner) = left.pop() {
        let path = folder.join(&inner);
        let entries: io::Result<Vec<_>> = fs::read_dir(&path).and_then(Iterator::collect);
        let mut entries = entries.map_err(|error| PublishError::disk(&path, error))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        if entries.is_empty() && !inner.as_os_str().is_empty() {
            found.push(inner);
            continue;
        }
        for entry in entries {
            let name = inner.join(entry.file_name());
            let kind = entry.file_type().map_err(|error| PublishError::disk(&entry.path(), error))?;
            if kind.is_dir() {
                left.push(name);
            } else if !ours.contains(name.as_path()) {
                found.push(name);
            }
        }
    }
    Ok(found)
}

/// Lets `to` hold what `from` holds at a path.
pub(super) fn carry(
    system: &dyn FileSystem,
    from: &Path,
    to: &Path,
    path: &Path,
) -> Result<(), PublishError> {
    let (source, goal) = (from.join(path), to.join(path));
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::CrossesDevices => PublishError::OtherDisk { path: source.clone() },
        _ => PublishError::disk(&source, error),
    };
    if let Some(parent) = goal.parent() {
        system.create_folder(parent).map_err(|error| PublishError::disk(parent, error))?;
    }
    let kind = source.symlink_metadata().map_err(failed)?.file_type();
    let done = if kind.is_dir() {
        system.create_folder(&goal)
    } else if kind.is_symlink() {
        system.link_again(&source, &goal)
    } else {
        match system.link(&source, &goal) {
            // A copy that is interrupted is not taken for the file.
            Err(error) if error.kind() != io::ErrorKind::CrossesDevices => {
                let copy = to.join(CARRYING);
                system.copy(&source, &copy).and_then(|()| system.rename(&copy, &goal))
            }
            done => done,
        }
    };
    done.map_err(failed)
}
