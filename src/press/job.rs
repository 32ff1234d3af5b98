//! What the press is given, and what it gives back.
//!
//! In: nothing. Out: [`Job`], what a run gives the press besides the memo itself; [`MemoFiles`], what becomes of a
//! memo. Not here: how it becomes that.

use std::collections::BTreeMap;

use super::{logos::Logos, relations::Relations};
use crate::{
    diagnostic::Sources,
    folder::ReadError,
    issued::{Lock, Locks},
    model::{ById, Memo, Office, Plan},
    output::{Artifact, Form, MemoEntry, OutputPath, Piece},
    word::WordCopy,
};

/// Reads a published file, if it is there.
pub type ReadPublished<'a> = dyn Fn(&OutputPath) -> Result<Option<Vec<u8>>, ReadError> + Sync + 'a;

/// What a run gives the press besides the memo itself.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The office.
    pub office: &'a Office,
    /// The wanted forms.
    pub forms: &'a [Form],
    /// What is known of the relations between memos.
    pub relations: &'a Relations,
    /// The logos of the office's letterheads.
    pub logos: &'a Logos,
    /// The memos of the working folder.
    pub memos: &'a ById<Memo>,
    /// The releases of the working folder.
    pub releases: &'a ById<Plan>,
    /// The locks of issued memos.
    pub locks: &'a Locks,
    /// Reads a file of the working folder, by its path.
    pub load: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Reads a published file, if it is there.
    pub published: &'a ReadPublished<'a>,
    /// The texts of the run.
    pub sources: &'a Sources,
    /// Documents whose text is settled, whatever templates make of their memos.
    pub settled: Option<&'a SettledTexts>,
    /// The memos that are made as Word files, too.
    pub copies: Option<&'a CopiedMemos>,
}

/// The memos that are made as Word files, by their ids: each with the texts that it can be compared with, in Markdown. It is compared
/// with the first that says something else.
pub type CopiedMemos = BTreeMap<String, Vec<String>>;

/// The Markdown of documents, by the memo's id and by which of its documents it is.
pub type SettledTexts = BTreeMap<(String, Piece), String>;

/// What becomes of a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoFiles {
    /// Its entry in the manifest, without its files.
    pub entry: MemoEntry,
    /// Its files.
    pub artifacts: Vec<Artifact>,
    /// Its Word file, if it is made as one.
    pub copy: Option<MemoCopy>,
    /// Its lock, if it is being issued.
    pub lock: Option<Lock>,
    /// Whether nothing is told of it, not even a warning.
    pub clean: bool,
}

/// A memo as a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoCopy {
    /// The file.
    pub word: WordCopy,
    /// Which of the texts it is compared with, by its place.
    pub compared: Option<usize>,
}

impl Job<'_> {
    /// The path that an issued memo has kept.
    pub(super) fn path(&self, memo: &Memo) -> Option<&str> {
        self.locks.get(&memo.id).map(|locked| locked.lock.path.as_str())
    }
}
