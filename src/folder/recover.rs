//! What an interrupted command has left -> the same change, done; or nothing of it.
//!
//! In: a working folder. Out: [`Recovery`], which says what became of it. Not here: how it is told.

use std::path::Path;

use super::{
    CommitError, FileSystem, InterruptedCommand, SourcePath, UnreadJournal,
    aside::{Folders, Progress},
    journal::{FileRoot, FileStep, Journal, JournalState},
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
        /// What it was.
        what: InterruptedCommand,
        /// Files that somebody has edited since, and that stay as they are.
        edited: Vec<SourcePath>,
    },
    /// Nothing of what analysts write was changed, and what was built is built anew by the next build.
    LeftToBuild {
        /// What it was.
        what: InterruptedCommand,
    },
    /// An earlier version of the program was interrupted while it recorded a delay, and did not note what it did.
    OfEarlierVersion,
    /// Nothing of it was done, and nothing is.
    Forgotten {
        /// What it was.
        what: InterruptedCommand,
        /// A file that was edited since, so that the change does not fit it any more.
        edited: Option<SourcePath>,
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

/// A command that was interrupted, and that nobody is at work on any more.
///
/// # Errors
/// [`UnreadJournal`] if it cannot be told.
pub fn unfinished(root: &Path) -> Result<Option<InterruptedCommand>, UnreadJournal> {
    if Turn::is_taken(root) {
        return Ok(None);
    }
    Ok(match Journal::left(root)? {
        JournalState::Nothing => None,
        JournalState::Torn => Some(InterruptedCommand(None)),
        JournalState::Journal(journal) => Some(journal.called()),
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
    if !root.join(OWN).exists() {
        return Ok(Recovery::Nothing);
    }
    let _turn = Turn::take(system, root)?;
    let own = || Folders::of(root, &root.join("output"));
    match Journal::left(root)? {
        JournalState::Nothing => {
            own().clear(system)?;
            Ok(Recovery::Nothing)
        }
        JournalState::Torn => {
            Journal::end(system, root, false)?;
            own().clear(system)?;
            Ok(Recovery::Forgotten { what: InterruptedCommand(None), edited: None })
        }
        JournalState::Journal(journal) => {
            let folders =
                journal.output.as_ref().map_or_else(own, |output| Folders::of(root, output.as_ref()));
            let recovery = finish(system, &folders, &journal)?;
            let is_done = matches!(recovery, Recovery::Finished { .. }) && !journal.is_of_output();
            Journal::end(system, root, is_done)?;
            folders.clear(system)?;
            Ok(recovery)
        }
    }
}

/// Carries out what is left of a change.
fn finish(system: &dyn FileSystem, folders: &Folders, journal: &Journal) -> Result<Recovery, CommitError> {
    let what = journal.called();
    // A record names a folder; only a program that wrote there has left its files aside.
    if journal.output.is_some() && !folders.has_output_aside() {
        return Ok(Recovery::LeftToBuild { what });
    }
    journal.steps.iter().try_for_each(|step| folders.is_inside(step))?;
    let progress = |step| Ok((step, folders.progress(step)?));
    let steps: Vec<(&FileStep, Progress)> =
        journal.steps.iter().map(progress).collect::<Result<_, CommitError>>()?;
    let begun = steps.iter().any(|(step, now)| step.aside.is_some() && *now == Progress::Done);
    let of = |wanted: Progress| steps.iter().filter(move |(_, now)| *now == wanted).map(|(step, _)| *step);
    let edited: Vec<SourcePath> = of(Progress::Edited).map(|step| step.path.clone()).collect();
    if !begun && (of(Progress::Torn).next().is_some() || !edited.is_empty()) {
        return Ok(Recovery::Forgotten { what, edited: edited.into_iter().next() });
    }
    // If a new text cannot take its place, the old one stays in its own.
    let is_held_back = of(Progress::Edited).any(|step| step.aside.is_some());
    let stays = |step: &&FileStep| is_held_back && step.aside.is_none() && step.place == FileRoot::Folder;
    let mut ready = of(Progress::Ready).filter(|step| !stays(step));
    match ready.try_for_each(|step| folders.carry_out(system, step)) {
        Err(_) if journal.is_of_output() => return Ok(Recovery::LeftToBuild { what }),
        done => done?,
    }
    folders.settle(system, &journal.steps)?;
    Ok(Recovery::Finished { what, edited })
}
