//! A working folder: read as a [`Snapshot`], written by [`WorkingFolder::commit`] and by nothing else.
//!
//! In: a [`Disk`]; a [`Plan`] of an operation. Out: the texts that the other rooms read; the changed folder. Not here:
//! what is to change (`desk`), and bringing the website to its readers (`publish`).

mod aside;
mod beside;
mod commit;
mod copies;
mod disk;
mod edits;
mod entry;
mod file_system;
mod journal;
pub(crate) mod line_ends;
mod plan;
mod presence;
mod published;
mod reading;
mod recover;
mod snapshot;
mod turn;
mod typed;
mod unchanged;
mod working_folder;
mod write;

pub use crate::model::SourcePath;
pub use commit::Receipt;
pub use copies::{SecondCopy, copied};
pub(crate) use disk::read_file;
pub use disk::{Disk, OnDisk, Overlay, ReadError};
pub(crate) use edits::writable;
pub use edits::{Edits, Uneditable};
pub use entry::{EntryKind, FolderEntry, Identity};
pub use file_system::{FileSystem, System};
pub use journal::{InterruptedCommand, Journal, PastChanges, TextChange, UnreadJournal, history};
pub use plan::{Edit, NewFile, OutputChanges, Plan};
pub use presence::{Presence, presences};
pub use published::Published;
pub use recover::{Recovery, Unrecovered, recover, unfinished};
pub(crate) use snapshot::EarlierTexts;
pub use snapshot::{Snapshot, stem};
pub(crate) use turn::Turn;
pub use typed::{TypedText, typed_texts};
pub use unchanged::Unchanged;
pub use working_folder::{OutputAmongSources, WorkingFolder};
pub use write::CommitError;
pub(crate) use write::{WRITING, put, removed};
