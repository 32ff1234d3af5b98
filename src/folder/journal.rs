//! What is written down of a change before its first step: so that it is finished, whatever ends the program.
//!
//! In: the steps of a change, whose new files have been written aside. Out: a record in the program's own folder; when the
//! change is done, the record is kept as history. Not here: the steps themselves.

use std::{
    error::Error,
    fmt, fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{CommitError, Edit, FileSystem, ReadError, SourcePath, read_file, turn::OWN, write::put};
use crate::format::{Format, Newer};

/// How many changes are remembered.
const REMEMBERED: usize = 1000;

/// A change that has begun, or is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The number of the record's format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    pub(super) format: Format,
    /// Its number among all changes of the folder, once it is history.
    #[serde(skip)]
    pub number: u32,
    /// What is done, as a person would type it: "issue drill".
    pub what: String,
    /// When it was asked for, if whoever asked said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    /// The id of the person who asked for it, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What becomes of the files that analysts write.
    pub texts: Vec<TextChange>,
    /// The folder that is built into, if it is not the working folder's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<String>,
    /// What is done, in order.
    pub(super) steps: Vec<FileStep>,
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
pub(super) enum FileRoot {
    /// In the working folder.
    Folder,
    /// In the folder that is built into.
    Output,
}

/// A file that takes its place, or goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileStep {
    pub place: FileRoot,
    pub path: SourcePath,
    /// The number under which the new file was written aside; none if the file goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<usize>,
    /// The digest of the new file; none of the manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The digest of a file that analysts write, as it was; none if it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

impl FileStep {
    pub fn removal(place: FileRoot, path: SourcePath, before: Option<String>) -> FileStep {
        FileStep { place, path, aside: None, sha256: None, before }
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
    Unreadable(ReadError),
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

/// A command that was interrupted, as a person would have typed it, if that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterruptedCommand(pub(super) Option<String>);

impl InterruptedCommand {
    /// What was done, without the name of the program: "issue drill". Nothing, if that is not known.
    pub fn what(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl fmt::Display for InterruptedCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(what) => match what.strip_prefix("desk: ") {
                Some(change) => write!(f, "a change at the desk ({change})"),
                None => write!(f, "`ccrov {what}`"),
            },
            None => f.write_str("an earlier command"),
        }
    }
}

/// What there is of a journal.
pub(super) enum JournalState {
    Nothing,
    /// One that was not written whole: no step was done after it.
    Torn,
    Journal(Box<Journal>),
}

impl Journal {
    /// What it is called: "`ccrov issue drill`".
    pub(super) fn called(&self) -> InterruptedCommand {
        InterruptedCommand(Some(self.what.clone()))
    }

    /// Whether nothing of it is what analysts write: then it can be built again.
    pub(super) fn is_of_output(&self) -> bool {
        self.texts.is_empty()
    }

    /// The bytes of a journal, if this program can know what it says.
    pub(super) fn check(root: &Path, path: &str) -> Result<Option<Vec<u8>>, UnreadJournal> {
        let unread = |why| UnreadJournal { path: path.to_owned(), why };
        let bytes = match read_file(&root.join(path)) {
            Ok(bytes) => bytes,
            Err(ReadError::Missing) => return Ok(None),
            Err(why) => return Err(unread(WhyUnread::Unreadable(why))),
        };
        Format::check(&bytes, Format::FIRST).map_err(|newer| unread(WhyUnread::Newer(newer)))?;
        Ok(Some(bytes))
    }

    /// What an interrupted command has left in a working folder.
    pub(super) fn left(root: &Path) -> Result<JournalState, UnreadJournal> {
        let Some(bytes) = Journal::check(root, &path())? else { return Ok(JournalState::Nothing) };
        Ok(serde_json::from_slice(&bytes)
            .map_or(JournalState::Torn, |journal| JournalState::Journal(Box::new(journal))))
    }

    /// Writes it down, after all that it names was written aside. It is `durable` unless what it names can be built again.
    pub(super) fn begin(
        &self,
        system: &dyn FileSystem,
        root: &Path,
        durable: bool,
    ) -> Result<(), CommitError> {
        let json = serde_json::to_vec(self).expect("text, numbers and lists always serialise");
        put(system, root, path(), &json, durable)
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
pub fn history(root: &Path) -> impl Iterator<Item = Journal> + use<> {
    let mut past = PastChanges::of(root);
    std::iter::from_fn(move || past.next_with(|_| true))
}

/// What was done in a working folder, read one after the other, the last first.
pub struct PastChanges {
    folder: PathBuf,
    numbers: Vec<u32>,
}

impl PastChanges {
    /// The changes of a folder.
    pub fn of(root: &Path) -> PastChanges {
        let folder = root.join(OWN).join("history");
        PastChanges { numbers: numbers(&folder), folder }
    }

    /// The next one that is wanted, by its bytes. What cannot be read is left out.
    pub fn next_with(&mut self, is_wanted: impl Fn(&[u8]) -> bool) -> Option<Journal> {
        while let Some(number) = self.numbers.pop() {
            let bytes = fs::read(self.folder.join(file(number))).ok().filter(|bytes| is_wanted(bytes));
            let change = bytes.and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok());
            if let Some(change) = change {
                return Some(Journal { number, ..change });
            }
        }
        None
    }
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
