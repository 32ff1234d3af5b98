//! A working folder: read as a [`Snapshot`], written by [`WorkingFolder::commit`] and by nothing else.
//!
//! In: a [`Disk`]; a [`Plan`] of an operation. Out: the texts that the other rooms read; the changed folder. Not here:
//! what is to change (`desk`), and bringing the website to its readers (`publish`).

mod commit;
mod disk;
mod edits;
mod file_system;
mod plan;
mod snapshot;
mod unchanged;
mod unfinished;
mod write;

pub use commit::{OutputAmongSources, Receipt, WorkingFolder};
pub use disk::{Disk, FolderEntry, OnDisk, Overlay, ReadError};
pub(crate) use edits::writable;
pub use edits::{Edits, Uneditable};
pub use file_system::{FileSystem, System};
pub use plan::{Edit, Plan};
pub use snapshot::{Snapshot, stem};
pub use unchanged::Unchanged;
pub use unfinished::{Reached, Unfinished, UnreadJournal};

pub(crate) use snapshot::Earlier;
pub use write::CommitError;
pub(crate) use write::{put, removed};
