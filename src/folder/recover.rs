//! What an interrupted command has left -> the same change, done; or nothing of it.
//!
//! In: a working folder. Out: [`Recovery`], which says what became of it. Not here: how it is told.

use std::path::Path;

use super::{
    CommitError, FileSystem, UnreadJournal,
    aside::{Folders, Progress},
    journal::{Journal, Left, Place, Step},
    turn::{OWN, Turn},
    write::removed,
};

/// What earlier versions left of a delay that was being recorded.
const EARLIER: &str = "ccrov-unfinished.yaml";

/// What became of a change that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// There was none.
    Nothing,
    /// It is done now.
    Finished {
        /// What it was, as a person would type it: "issue drill".
        what: String,
        /// Files that somebody has edited since, and that stay as they are.
        edited: Vec<String>,
    },
    /// An earlier version of the program was interrupted while it recorded a delay, and did not note what it did.
    OfEarlierVersion,
    /// Nothing of it was done, and nothing is.
    Forgotten {
        /// What it was, if that is known.
        what: Option<String>,
        /// A file that was edited since, so that the change does not fit it any more.
        edited: Option<String>,
    },
}

/// Why a change could not be finished.
#[derive(Debug)]
pub enum Unrecovered {
    /// It is not known what is to be done.
    Unread(UnreadJournal),
    /// The folder cannot be written.
    Disk(CommitError),
}

impl From<UnreadJournal> for Unrecovered {
    fn from(why: UnreadJournal) -> Unrecovered {
        Unrecovered::Unread(why)
    }
}

impl From<CommitError> for Unrecovered {
    fn from(why: CommitError) -> Unrecovered {
        Unrecovered::Disk(why)
    }
}

/// What is left of a change that was interrupted, or is under way in another program: as a person would type it, if that is
/// known.
///
/// # Errors
/// [`UnreadJournal`] if it cannot be told.
pub fn unfinished(root: &Path) -> Result<Option<Option<String>>, UnreadJournal> {
    if Turn::is_taken(root) {
        return Ok(None);
    }
    Ok(match Journal::left(root)? {
        Left::Nothing => None,
        Left::Torn => Some(None),
        Left::Journal(journal) => Some(Some(journal.what)),
    })
}

/// Finishes what an interrupted command has left, or forgets it if nothing of it was done.
///
/// # Errors
/// [`Unrecovered`]. What was not finished is left for the next time.
pub fn recover(system: &dyn FileSystem, root: &Path) -> Result<Recovery, Unrecovered> {
    if root.join(EARLIER).symlink_metadata().is_ok() {
        Journal::check(root, EARLIER)?;
        removed(system, root, EARLIER)?;
        return Ok(Recovery::OfEarlierVersion);
    }
    let own = Folders::of(root, &root.join("output"));
    if !root.join(OWN).exists() {
        return Ok(Recovery::Nothing);
    }
    let _turn = Turn::take(system, root)?;
    let journal = match Journal::left(root)? {
        Left::Nothing => {
            own.clear(system)?;
            return Ok(Recovery::Nothing);
        }
        Left::Torn => {
            Journal::end(system, root, false)?;
            own.clear(system)?;
            return Ok(Recovery::Forgotten { what: None, edited: None });
        }
        Left::Journal(journal) => journal,
    };
    let output = journal.output.as_ref().map_or_else(|| root.join("output"), Into::into);
    let folders = Folders::of(root, &output);
    let progress: Vec<Progress> =
        journal.steps.iter().map(|step| folders.progress(step)).collect::<Result<_, _>>()?;
    let begun =
        journal.steps.iter().zip(&progress).any(|(step, now)| step.aside.is_some() && *now == Progress::Done);
    let edited = journal.steps.iter().zip(&progress).filter(|(_, now)| **now == Progress::Edited);
    let edited: Vec<String> = edited.map(|(step, _)| step.path.clone()).collect();
    if !begun && (progress.contains(&Progress::Torn) || !edited.is_empty()) {
        Journal::end(system, root, false)?;
        folders.clear(system)?;
        return Ok(Recovery::Forgotten { what: Some(journal.what), edited: edited.into_iter().next() });
    }
    // If a new text cannot take its place, the old one stays in its own.
    let held_back = journal
        .steps
        .iter()
        .zip(&progress)
        .any(|(step, now)| *now == Progress::Edited && step.aside.is_some());
    let goes = |step: &Step| step.aside.is_none() && step.place == Place::Folder;
    let ready = journal.steps.iter().zip(&progress).filter(|(_, now)| **now == Progress::Ready);
    let mut ready = ready.map(|(step, _)| step).filter(|step| !(held_back && goes(step)));
    let done = ready.try_for_each(|step| folders.carry_out(system, step));
    match done {
        // What was only built can be built again.
        Err(_) if journal.texts.is_empty() => {
            Journal::end(system, root, false)?;
            folders.clear(system)?;
            return Ok(Recovery::Forgotten { what: Some(journal.what), edited: None });
        }
        done => done?,
    }
    for place in [Place::Output, Place::Folder] {
        folders.settle(system, place, &journal.steps)?;
    }
    Journal::end(system, root, !journal.texts.is_empty())?;
    folders.clear(system)?;
    Ok(Recovery::Finished { what: journal.what, edited })
}
