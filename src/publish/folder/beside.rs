//! The folders beside a target: the one that is being made, and the one that was there before.
//!
//! For the target `www` they are `www.ccrov-next` and `www.ccrov-before`; where two folders cannot change places in one
//! step, the one before that waits as `www.ccrov-old` until the new one is in place. Which of them is what, after an
//! interruption at any point, follows from the records in them: each publication has a higher number.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{PublishError, RECORD, Record};
use crate::{
    folder::{ReadError, WRITING, read_file},
    publish::record::OWN,
};

/// The record of a folder that is not complete: one that is being made, or removed.
pub(super) const UNFINISHED: &str = "_ccrov/unfinished.json";

/// Where what is not ours is copied to before it gets its name.
pub(super) const CARRYING: &str = "_ccrov/.writing-carried";

/// What stands at the name of one of these folders.
#[derive(Debug, Clone)]
enum FolderState {
    Nothing,
    /// A folder that was being made or removed, with the record that it was to have or had.
    Unfinished(Option<Record>),
    Complete(Record),
}

/// What stands beside a target.
pub(super) struct Beside {
    /// The folder that is being made.
    pub next: PathBuf,
    /// The folder that was there before.
    pub before: PathBuf,
    /// The one before that, during a switch in two steps.
    pub old: PathBuf,
    /// Where the site of before the last publication stands, with its record.
    pub last: Option<(PathBuf, Record)>,
    /// What is left of interrupted publications and of those that were taken back.
    pub rubbish: Vec<PathBuf>,
    /// The record of what an undo has replaced, if it was interrupted right after: it stands as the next folder.
    pub replaced: Option<Record>,
    /// A switch was interrupted when the target had gone and the next folder had not come.
    pub half: bool,
    /// A publication was interrupted before its switch: visitors have seen nothing of it.
    pub begun: bool,
}

impl Beside {
    /// Looks at what stands beside a target with this record.
    pub fn look(target: &Path, record: Option<&Record>) -> Result<Beside, PublishError> {
        let [next, before, old] =
            [".ccrov-next", ".ccrov-before", ".ccrov-old"].map(|ending| named(target, ending));
        let at_next = found(&next)?;
        let gone = target.symlink_metadata().is_err();
        let half = match &at_next {
            FolderState::Complete(complete) if gone => Some(complete.clone()),
            _ => None,
        };
        let live = half.as_ref().or(record);
        let can_undo = live.is_some_and(|live| live.undo.is_some());
        let is_older = |old: &Record| live.is_some_and(|live| old.generation < live.generation);
        let (mut replaced, mut begun) = (None, false);
        match &at_next {
            FolderState::Complete(_) if half.is_some() => {}
            FolderState::Complete(old) if is_older(old) => {
                replaced = Some(old.clone()).filter(|_| !can_undo);
            }
            FolderState::Complete(new) => begun = new.undo.is_some(),
            // What cannot be told is taken for a publication: to undo one is to change nothing.
            FolderState::Unfinished(new) => begun = new.as_ref().is_none_or(|new| new.undo.is_some()),
            FolderState::Nothing => {}
        }
        let (mut last, mut rubbish) = (None, Vec::new());
        // The newer one first: a switch was interrupted before the older one was discarded.
        let (at_before, at_old) = (found(&before)?, found(&old)?);
        for (path, found) in [(&next, at_next), (&before, at_before), (&old, at_old)] {
            match found {
                FolderState::Nothing => {}
                FolderState::Complete(_) if half.is_some() && *path == next => {}
                FolderState::Complete(old) if can_undo && is_older(&old) && last.is_none() => {
                    last = Some((path.clone(), old));
                }
                FolderState::Complete(_) | FolderState::Unfinished(_) => rubbish.push(path.clone()),
            }
        }
        Ok(Beside { next, before, old, last, rubbish, replaced, half: half.is_some(), begun })
    }

    /// Whether all that can be undone is what an interrupted run has left here.
    pub fn is_rubbish(&self) -> bool {
        self.begun || self.last.is_none() && !self.rubbish.is_empty()
    }
}

/// The name of something that stands beside a target.
pub(super) fn named(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Whether a path in a target is that of a record which somebody was about to write.
pub(super) fn is_writing(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    path.parent() == Some(Path::new(OWN)) && name.is_some_and(|name| name.starts_with(WRITING))
}

fn found(path: &Path) -> Result<FolderState, PublishError> {
    let Ok(kind) = path.symlink_metadata() else { return Ok(FolderState::Nothing) };
    if kind.is_dir() {
        if let Some(record) = record(path)? {
            return Ok(FolderState::Complete(record));
        }
        if let Ok(json) = fs::read(path.join(UNFINISHED)) {
            return Ok(FolderState::Unfinished(Record::read(&json).ok()));
        }
        if is_bare(path) {
            return Ok(FolderState::Unfinished(None));
        }
    }
    Err(PublishError::NotOurs { path: path.to_owned() })
}

/// Whether a folder holds nothing, or only what comes first when it is made and goes last when it is removed.
fn is_bare(folder: &Path) -> bool {
    let names = |inner: &Path| -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder.join(inner))?.map(|entry| Ok(inner.join(entry?.file_name()))).collect()
    };
    let Ok(outer) = names(Path::new("")) else { return false };
    let own = Path::new(OWN);
    outer.iter().all(|name| name == own)
        && (outer.is_empty() || names(own).is_ok_and(|inner| inner.iter().all(|name| is_writing(name))))
}

/// The record in a folder.
pub(super) fn record(folder: &Path) -> Result<Option<Record>, PublishError> {
    let path = folder.join(RECORD);
    let json = match read_file(&path) {
        Ok(json) => json,
        Err(ReadError::Missing) => return Ok(None),
        Err(why) => return Err(PublishError::Unreadable { path, why }),
    };
    let read = Record::read(&json);
    read.map(Some).map_err(|why| PublishError::NotARecord { at: path.display().to_string(), why })
}
