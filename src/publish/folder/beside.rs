//! The two folders beside a target: the one that is being made, and the one that was there before.
//!
//! For the target `www` they are `www.ccrov-next` and `www.ccrov-before`. Which of them is what, after an
//! interruption at any point, follows from the records in them: each publication has a higher number.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{PublishError, RECORD, Record};

/// The record of a folder that is not complete.
pub(super) const UNFINISHED: &str = "_ccrov/unfinished.json";

/// What stands at the name of one of these folders.
enum FolderState {
    Nothing,
    /// A folder that was being made, or is empty.
    Unfinished,
    Complete(Record),
}

/// What stands beside a target.
pub(super) struct Beside {
    /// The folder that is being made.
    pub next: PathBuf,
    /// The folder that was there before.
    pub before: PathBuf,
    /// Where the site of before the last publication stands, with its record.
    pub last: Option<(PathBuf, Record)>,
    /// What is left of interrupted publications and of those that were taken back.
    pub rubbish: Vec<PathBuf>,
    /// A switch was interrupted when the target had gone and the next folder had not come.
    pub half: bool,
}

impl Beside {
    /// Looks at what stands beside a target with this record.
    pub fn look(target: &Path, record: Option<&Record>) -> Result<Beside, PublishError> {
        let named = |ending: &str| {
            let mut name = target.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        let (next, before) = (named(".ccrov-next"), named(".ccrov-before"));
        let mut beside = Beside {
            next: next.clone(),
            before: before.clone(),
            last: None,
            rubbish: Vec::new(),
            half: false,
        };
        let at_next = found(&next)?;
        let gone = target.symlink_metadata().is_err();
        let half = match &at_next {
            FolderState::Complete(complete) if gone => Some(complete.clone()),
            _ => None,
        };
        beside.half = half.is_some();
        let live = half.as_ref().or(record);
        let can_undo = live.is_some_and(|live| live.undo.is_some());
        let earlier = |old: &Record| can_undo && live.is_some_and(|live| old.generation < live.generation);
        // The newer one first: a switch was interrupted before the older one was discarded.
        for (path, found) in [(next, at_next), (before.clone(), found(&before)?)] {
            match found {
                FolderState::Nothing => {}
                FolderState::Complete(_) if beside.half && path == beside.next => {}
                FolderState::Complete(old) if earlier(&old) && beside.last.is_none() => {
                    beside.last = Some((path, old));
                }
                FolderState::Complete(_) | FolderState::Unfinished => beside.rubbish.push(path),
            }
        }
        Ok(beside)
    }
}

fn found(path: &Path) -> Result<FolderState, PublishError> {
    let Ok(kind) = path.symlink_metadata() else { return Ok(FolderState::Nothing) };
    if kind.is_dir() {
        if let Some(record) = record(path)? {
            return Ok(FolderState::Complete(record));
        }
        let is_empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        if path.join(UNFINISHED).exists() || is_empty() {
            return Ok(FolderState::Unfinished);
        }
    }
    Err(PublishError::NotOurs { path: path.to_owned() })
}

/// The record in a folder.
pub(super) fn record(folder: &Path) -> Result<Option<Record>, PublishError> {
    let path = folder.join(RECORD);
    let json = match fs::read(&path) {
        Ok(json) => json,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(PublishError::disk(&path, error)),
    };
    let read = Record::read(&json);
    read.map(Some).map_err(|why| PublishError::NotARecord { at: path.display().to_string(), why })
}
