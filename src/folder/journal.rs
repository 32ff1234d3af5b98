//! What is written down of a change before its first step: so that it is finished, whatever ends the program.
//!
//! In: the steps of a change, whose new files have been written aside. Out: a record in the program's own folder; when the
//! change is done, the record is kept as history. Not here: the steps themselves.

use std::{error::Error, fmt, fs, io, path::Path};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{CommitError, Edit, FileSystem, SourcePath, turn::OWN, write::put};
use crate::format::{Format, Newer};

/// How many changes are remembered.
const REMEMBERED: usize = 100;

/// A change that has begun, or is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The number of the record's format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    pub(super) format: Format,
    /// What is done, as a person would type it: "issue drill".
    pub what: String,
    /// When it was asked for, if whoever asked said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    /// What becomes of the files that analysts write.
    pub texts: Vec<TextChange>,
    /// The folder that is built into, if it is not the working folder's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<String>,
    /// What is done, in order.
    pub(super) steps: Vec<Step>,
}

/// What becomes of a file that analysts write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// The file.
    pub path: SourcePath,
    /// What it held; nothing if it is new.
    pub before: Option<String>,
    /// What it holds then; nothing if it goes.
    pub after: Option<String>,
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// In the working folder.
    Folder,
    /// In the folder that is built into.
    Output,
}

/// A file that takes its place, or goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    pub place: Place,
    pub path: String,
    /// The number under which the new file was written aside; none if the file goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<usize>,
    /// The digest of the new file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// The digest of a file that analysts write, as it was; none if it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

impl Step {
    pub fn removal(place: Place, path: String, before: Option<String>) -> Step {
        Step { place, path, aside: None, sha256: String::new(), before }
    }
}

impl From<&Edit> for TextChange {
    fn from(edit: &Edit) -> TextChange {
        TextChange { path: edit.path.clone(), before: edit.was.clone(), after: edit.becomes.clone() }
    }
}

/// It is not known what an earlier command left.
#[derive(Debug)]
pub struct UnreadJournal {
    /// The record of it, by its path from the working folder.
    path: String,
    why: WhyUnread,
}

#[derive(Debug)]
enum WhyUnread {
    /// A newer program left it.
    Newer(Newer),
    /// The disk does not give it.
    Unreadable(io::Error),
}

impl fmt::Display for UnreadJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be read: ", self.path)?;
        match &self.why {
            WhyUnread::Newer(newer) => newer.fmt(f),
            WhyUnread::Unreadable(error) => error.fmt(f),
        }
    }
}

impl Error for UnreadJournal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.why {
            WhyUnread::Newer(newer) => Some(newer),
            WhyUnread::Unreadable(error) => Some(error),
        }
    }
}

/// What there is of a journal.
pub(super) enum Left {
    Nothing,
    /// One that was not written whole: no step was done after it.
    Torn,
    Journal(Box<Journal>),
}

impl Journal {
    /// The bytes of a journal, if this program can know what it says.
    pub(super) fn check(root: &Path, path: &str) -> Result<Option<Vec<u8>>, UnreadJournal> {
        let unread = |why| UnreadJournal { path: path.to_owned(), why };
        let file = root.join(path);
        let is_neither = file.symlink_metadata().is_ok_and(|there| !there.is_file() && !there.is_dir());
        let read = if is_neither { Err(io::ErrorKind::InvalidInput.into()) } else { fs::read(&file) };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => {
                return Ok(None);
            }
            Err(error) => return Err(unread(WhyUnread::Unreadable(error))),
        };
        Format::check(&bytes, Format::FIRST).map_err(|newer| unread(WhyUnread::Newer(newer)))?;
        Ok(Some(bytes))
    }

    /// What an interrupted command has left in a working folder.
    pub(super) fn left(root: &Path) -> Result<Left, UnreadJournal> {
        let Some(bytes) = Journal::check(root, &path())? else { return Ok(Left::Nothing) };
        Ok(serde_json::from_slice(&bytes).map_or(Left::Torn, |journal| Left::Journal(Box::new(journal))))
    }

    /// Writes it down. Whoever calls lets it settle with what was written aside.
    pub(super) fn begin(&self, system: &dyn FileSystem, root: &Path) -> Result<(), CommitError> {
        let json = serde_json::to_vec(self).expect("text, numbers and lists always serialise");
        put(system, root, path(), &json, false)
    }

    /// Ends it: what was done is history, and what was not is forgotten.
    pub(super) fn end(system: &dyn FileSystem, root: &Path, done: bool) -> Result<(), CommitError> {
        let journal = root.join(path());
        let failed = |error| CommitError::disk(&journal, error);
        if !done {
            return system.remove(&journal).map_err(failed);
        }
        let history = root.join(OWN).join("history");
        let mut known = numbers(&history);
        let next = known.last().map_or(1, |last| last + 1);
        system.create_folder(&history).map_err(failed)?;
        system.rename(&journal, &history.join(file(next))).map_err(failed)?;
        known.truncate((known.len() + 1).saturating_sub(REMEMBERED));
        // One that stays is one too many, and no more.
        known.iter().for_each(|old| drop(system.remove(&history.join(file(*old)))));
        Ok(())
    }
}

/// What was done in a working folder, the last first. What cannot be read is left out.
pub fn history(root: &Path) -> Vec<Journal> {
    let folder = root.join(OWN).join("history");
    let read = |number: &u32| serde_json::from_slice(&fs::read(folder.join(file(*number))).ok()?).ok();
    numbers(&folder).iter().rev().filter_map(read).collect()
}

fn path() -> String {
    format!("{OWN}/journal.json")
}

fn file(number: u32) -> String {
    format!("{number:06}.json")
}

/// The numbers of the changes that are remembered.
fn numbers(history: &Path) -> Vec<u32> {
    let entries = fs::read_dir(history).into_iter().flatten().flatten();
    let mut numbers: Vec<u32> =
        entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}
