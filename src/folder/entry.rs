//! A file or folder, as a listing shows it.
//!
//! In: what the system says of it. Out: [`FolderEntry`]. Not here: what is in it.

use std::{fs, time::SystemTime};

/// A file or folder, as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name, without the folder that it is in. What is no character of it is shown as U+FFFD.
    pub name: String,
    /// What it is; what a link leads to counts.
    pub kind: EntryKind,
    /// Bytes.
    pub size: u64,
    /// When it was last written, where that is known.
    pub modified: Option<SystemTime>,
    /// Which file it is, and when it was last touched in any way, where the system tells.
    pub identity: Option<Identity>,
}

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// What can be neither read nor listed, and why: "is a pipe".
    Neither(&'static str),
}

/// Which file it is that has a name, and when anything of it changed last. A program that sets a file's date back, or puts
/// another file in its place, changes this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Its number in the file system.
    pub inode: u64,
    /// When it was changed: seconds since 1970, and nanoseconds.
    pub changed: (i64, i64),
}

impl FolderEntry {
    /// A file that has no date, such as one in memory.
    pub(super) fn undated(name: &str, kind: EntryKind, size: u64) -> FolderEntry {
        FolderEntry { name: name.to_owned(), kind, size, modified: None, identity: None }
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.kind == EntryKind::Folder
    }

    /// What the system says of a file.
    pub(super) fn of(name: String, there: &fs::Metadata) -> FolderEntry {
        FolderEntry {
            name,
            kind: kind(there),
            size: there.len(),
            modified: there.modified().ok(),
            identity: identity(there),
        }
    }
}

#[cfg(unix)]
fn identity(there: &fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Identity { inode: there.ino(), changed: (there.ctime(), there.ctime_nsec()) })
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<Identity> {
    None
}

pub(super) fn kind(there: &fs::Metadata) -> EntryKind {
    let kind = there.file_type();
    if kind.is_file() {
        return EntryKind::File;
    }
    if kind.is_dir() {
        return EntryKind::Folder;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return EntryKind::Neither("it is a pipe");
        }
        if kind.is_socket() {
            return EntryKind::Neither("it is a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return EntryKind::Neither("it is a device");
        }
    }
    EntryKind::Neither("it is no file")
}
