//! Small files of one person on one machine, in the program's own folder: what several desks at one folder tell each other.
//!
//! In: a folder's name, who. Out: the file's name; what all of them hold. They are neither published nor taken into git. Not here: what
//! they say (`typed`, `presence`).

use std::{fs, path::Path};

use serde::de::DeserializeOwned;

use super::{CommitError, System, turn::OWN, write::put};

/// The file of a person on a machine.
pub(super) fn own_file(by: Option<&str>, machine: &str) -> String {
    format!("{}--{}.json", plain(by.unwrap_or("somebody")), plain(machine))
}

/// Keeps the files of a folder out of git.
///
/// # Errors
/// [`CommitError::Disk`].
pub(super) fn ignore(root: &Path, folder: &str) -> Result<(), CommitError> {
    let ignored = format!("{OWN}/{folder}/.gitignore");
    match root.join(&ignored).exists() {
        true => Ok(()),
        false => put(&System, root, &ignored, b"*\n", false),
    }
}

/// What the files of a folder hold; one that cannot be read is left out.
pub(super) fn records<T: DeserializeOwned>(root: &Path, folder: &str) -> Vec<T> {
    let entries = fs::read_dir(root.join(OWN).join(folder)).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".json"));
    files.filter_map(|entry| serde_json::from_slice(&fs::read(entry.path()).ok()?).ok()).collect()
}

/// A name as it can stand in the name of a file on every system.
pub(super) fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
