//! A plan -> the changed working folder. The only place that writes one.
//!
//! First every file that is to change is held against what was read of it. Then all new files are written aside, and what
//! is to be done with them is written down. From then on the change is certain: what an interruption leaves, the next
//! command finishes (`recover`). Files that analysts write take their places first, then the output, the locks that vouch
//! for it, the manifest; what goes, goes last. A link that leads out of the folder is an error. Not here: what is to change.

use std::{collections::BTreeSet, fs, io, path::PathBuf};

use super::{
    CommitError, Edit, FileSystem, OutputChanges, Plan, SourcePath, System, TextChange, Unchanged,
    WorkingFolder,
    aside::Folders,
    journal::{Journal, Left, Place, Step},
    line_ends, published,
    turn::Turn,
    write::held_by_others,
};
use crate::{
    format::Format,
    output::{Change, Manifest, OutputPath, SiteFile, Verdict, digest, manifest_path},
};

/// The mark that some editors put before UTF-8 text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What was done: now it can be said.
#[derive(Debug)]
#[must_use = "it holds the report of what was done"]
pub struct Receipt<R> {
    /// The plan's report.
    pub report: R,
}

impl WorkingFolder {
    /// Notes what was published to a target; nothing, if the last publication there was undone.
    ///
    /// # Errors
    /// [`CommitError`] if the note cannot be written.
    pub fn note_published(&self, target: &str, files: Option<&[SiteFile]>) -> Result<(), CommitError> {
        published::note(&System, &self.root, &*self.disk(), self.now, target, files)
    }

    /// Does what a plan says.
    ///
    /// # Errors
    /// [`CommitError`]. If it came before the first file took its place, nothing was changed; else the next command
    /// finishes the change ([`recover`](super::recover())).
    pub fn commit<R>(&self, plan: Plan<R>) -> Result<Receipt<R>, CommitError> {
        self.commit_through(&System, plan)
    }

    /// Does what a plan says, through another file system.
    ///
    /// # Errors
    /// See [`WorkingFolder::commit`].
    pub fn commit_through<R>(
        &self,
        system: &dyn FileSystem,
        plan: Plan<R>,
    ) -> Result<Receipt<R>, CommitError> {
        let Plan { report, what, sources, output, locks } = plan;
        let (changes, upon, unchanged, moved, foreign) = match output {
            Some(OutputChanges { changes, upon, unchanged, moved, foreign }) => {
                (changes, Some(upon), Some(unchanged), moved, foreign)
            }
            None => (Vec::new(), None, None, Vec::new(), Vec::new()),
        };
        let is_nothing = |change: &Change| change.verdict == Verdict::Keep;
        if sources.is_empty() && locks.is_empty() && changes.iter().all(is_nothing) {
            if let Some(unchanged) = unchanged.filter(Unchanged::has_news) {
                let _turn = Turn::take(system, &self.root)?;
                let _ = unchanged.keep(system, &self.root, &[]);
            }
            return Ok(Receipt { report });
        }
        let _turn = Turn::take(system, &self.root)?;
        // Its new files are still aside, where this change would put its own.
        if let Ok(Left::Journal(journal)) = Journal::left(&self.root) {
            return Err(CommitError::Unfinished { what: journal.what });
        }
        if let Some(upon) = &upon {
            self.is_as_planned_upon(upon, &changes, &moved)?;
        }
        if !foreign.is_empty() {
            return Err(CommitError::Foreign { folder: self.output.clone(), paths: foreign });
        }
        let folders = Folders::of(&self.root, &self.output);
        folders.clear(system)?;
        let change = Journal {
            format: Format::FIRST,
            what,
            at: self.now,
            texts: sources.iter().chain(&locks).map(TextChange::from).collect(),
            output: self.output_elsewhere(),
            steps: Vec::new(),
        };
        let is_of_output = sources.is_empty() && locks.is_empty();
        let mut aside = Aside { system, folders: &folders, steps: Vec::new() };
        let written = self.write_aside(&mut aside, sources, changes, locks, &moved);
        let steps = aside.steps;
        let begun = written.and_then(|()| {
            let change = Journal { steps: steps.clone(), ..change };
            change.begin(system, &self.root)?;
            self.settle(system, &folders, &steps, !is_of_output)
        });
        let begun = begun.and_then(|()| folders.are_as_before(&steps));
        if let Err(failed) = begun {
            // Nothing has taken its place. What cannot be cleared away now goes with the next command.
            let _ = Journal::end(system, &self.root, false);
            let _ = folders.clear(system);
            return Err(failed);
        }
        let finish = || -> Result<Vec<PathBuf>, CommitError> {
            let held = match is_of_output {
                true => {
                    self.carry_out_built(system, &folders, &steps, upon.as_deref().unwrap_or_default())?
                }
                false => {
                    for step in &steps {
                        folders.are_as_before(std::slice::from_ref(step))?;
                        folders.carry_out(system, step)?;
                    }
                    self.settle(system, &folders, &steps, true)?;
                    Vec::new()
                }
            };
            Journal::end(system, &self.root, !is_of_output)?;
            Ok(held)
        };
        let held = finish().map_err(|why| CommitError::Interrupted { why: Box::new(why) })?;
        // What is left aside goes with the next command.
        let _ = folders.clear(system);
        if let Some(unchanged) = unchanged {
            // Without the record of what was seen, the files are read once more.
            let _ = unchanged.keep(system, &self.root, &steps);
        }
        if held.is_empty() { Ok(Receipt { report }) } else { Err(CommitError::Held { paths: held }) }
    }

    /// Lets what was done outlast a loss of power: the output always, for the manifest vouches for it.
    fn settle(
        &self,
        system: &dyn FileSystem,
        folders: &Folders,
        steps: &[Step],
        all: bool,
    ) -> Result<(), CommitError> {
        if !self.keeps {
            return Ok(());
        }
        folders.settle(system, Place::Output, steps)?;
        if all { folders.settle(system, Place::Folder, steps) } else { Ok(()) }
    }

    /// The folder that is built into, if it is not the working folder's own, so that it is found from anywhere.
    fn output_elsewhere(&self) -> Option<String> {
        let elsewhere = self.output != self.root.join("output");
        let path = || std::path::absolute(&self.output).unwrap_or_else(|_| self.output.clone());
        elsewhere.then(|| path().display().to_string())
    }

    /// Holds everything against what was read of it, and writes the new files aside.
    fn write_aside(
        &self,
        aside: &mut Aside<'_>,
        sources: Vec<Edit>,
        changes: Vec<Change>,
        locks: Vec<Edit>,
        moved: &[(OutputPath, SourcePath)],
    ) -> Result<(), CommitError> {
        self.copy_aside(aside, moved)?;
        let mut paths = BTreeSet::new();
        let mut edits = sources.iter().chain(&locks);
        if let Some(twice) = edits.find(|edit| !paths.insert(&edit.path)) {
            return Err(CommitError::IsThere { path: twice.path.clone() });
        }
        let locks: Vec<_> = locks.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        let sources: Vec<_> = sources.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        let manifest = manifest_path();
        let mut gone = Vec::new();
        let (mut last, mut removed) = (None, Vec::new());
        for edit in sources {
            aside.edit(edit, &mut gone)?;
        }
        for Change { path, verdict } in changes {
            match verdict {
                Verdict::Keep => {}
                Verdict::Create(bytes) | Verdict::Replace(bytes) if path == manifest => last = Some(bytes),
                Verdict::Create(bytes) | Verdict::Replace(bytes) => {
                    aside.put(Place::Output, path.as_str(), &bytes, None)?;
                }
                Verdict::Remove => removed.push(path.to_string()),
            }
        }
        for edit in locks {
            aside.edit(edit, &mut gone)?;
        }
        if let Some(manifest_bytes) = last {
            aside.put(Place::Output, manifest.as_str(), &manifest_bytes, None)?;
        }
        aside.steps.extend(gone);
        aside.steps.extend(removed.into_iter().map(|path| Step::removal(Place::Output, path, None)));
        Ok(())
    }

    /// Copies what somebody else has put into the output folder: what is built takes its place there.
    fn copy_aside(
        &self,
        aside: &mut Aside<'_>,
        moved: &[(OutputPath, SourcePath)],
    ) -> Result<(), CommitError> {
        for (from, to) in moved {
            let file = self.output.join(from.as_str());
            let bytes = fs::read(&file).map_err(|error| CommitError::disk(&file, error))?;
            aside.put(Place::Folder, to.as_str(), &bytes, None)?;
        }
        Ok(())
    }

    /// Whether the output folder is still what the changes were planned upon.
    fn is_as_planned_upon(
        &self,
        upon: &[u8],
        changes: &[Change],
        moved: &[(OutputPath, SourcePath)],
    ) -> Result<(), CommitError> {
        let meanwhile = || CommitError::BuiltMeanwhile { folder: self.output.clone() };
        // One that could not be understood is replaced when it is moved aside.
        let there = fs::read(self.output.join(manifest_path().as_str())).unwrap_or_default();
        if there != upon && !moved.iter().any(|(from, _)| *from == manifest_path()) {
            return Err(meanwhile());
        }
        for change in changes {
            let Verdict::Create(bytes) = &change.verdict else { continue };
            let file = self.output.join(change.path.as_str());
            if file.is_file() && fs::read(&file).map_err(|error| CommitError::disk(&file, error))? != *bytes {
                return Err(meanwhile());
            }
        }
        Ok(())
    }

    /// Carries out what was built. A file that another program holds keeps no other from its place; the manifest says
    /// of it what is there. Gives the files that are held.
    fn carry_out_built(
        &self,
        system: &dyn FileSystem,
        folders: &Folders,
        steps: &[Step],
        upon: &[u8],
    ) -> Result<Vec<PathBuf>, CommitError> {
        let mut held: Vec<&Step> = Vec::new();
        for step in steps {
            if !held.is_empty() && step.path == manifest_path().as_str() {
                folders.rewrite(system, step, |new| without(&held, new, upon))?;
            }
            match folders.carry_out(system, step) {
                Err(CommitError::Disk { error, .. }) if held_by_others(&error) => held.push(step),
                done => done?,
            }
        }
        Ok(held.iter().map(|step| self.output.join(&step.path)).collect())
    }

    /// What a file is to hold, after a look at what it holds now. A byte order mark stays, and so do line ends.
    fn checked(&self, edit: Edit) -> Result<CheckedEdit, CommitError> {
        let Edit { path, was, becomes, like } = edit;
        let file = self.root.join(path.as_str());
        let Some(was) = was else {
            if file.symlink_metadata().is_ok() {
                return Err(CommitError::IsThere { path });
            }
            let other = like.as_ref().and_then(|like| fs::read(self.root.join(like.as_str())).ok());
            let becomes = becomes.map(|text| match &other {
                Some(other) => as_on_disk(other, &text),
                None => text.into_bytes(),
            });
            return Ok(CheckedEdit { path: path.into(), before: None, becomes, like: like.map(Into::into) });
        };
        let there = match fs::read(&file) {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(CommitError::Changed { path });
            }
            Err(error) => return Err(CommitError::disk(&file, error)),
        };
        let written = String::from_utf8_lossy(there.strip_prefix(MARK).unwrap_or(&there));
        if line_ends::folded(&written) != line_ends::folded(&was) {
            return Err(CommitError::Changed { path });
        }
        let becomes = becomes.map(|text| as_on_disk(&there, &text));
        Ok(CheckedEdit { path: path.into(), before: Some(digest(&there)), becomes, like: None })
    }
}

/// A text with the byte order mark and the line ends of a file.
fn as_on_disk(file: &[u8], text: &str) -> Vec<u8> {
    let mark = if file.starts_with(MARK) { MARK } else { b"" };
    let written = String::from_utf8_lossy(file.strip_prefix(MARK).unwrap_or(file));
    let text = line_ends::as_before(&written, &line_ends::folded(text));
    [mark, text.as_bytes()].concat()
}

/// An edit that fits what is on disk.
struct CheckedEdit {
    path: String,
    before: Option<String>,
    becomes: Option<Vec<u8>>,
    like: Option<String>,
}

/// New files that are being written aside.
struct Aside<'a> {
    system: &'a dyn FileSystem,
    folders: &'a Folders,
    steps: Vec<Step>,
}

impl Aside<'_> {
    fn put(
        &mut self,
        place: Place,
        path: &str,
        bytes: &[u8],
        before: Option<String>,
    ) -> Result<(), CommitError> {
        let step = self.folders.put(self.system, place, path, bytes, self.steps.len())?;
        self.steps.push(Step { before, ..step });
        Ok(())
    }

    /// Takes an edit in; what goes is put among what is `gone`.
    fn edit(&mut self, edit: CheckedEdit, gone: &mut Vec<Step>) -> Result<(), CommitError> {
        let CheckedEdit { path, before, becomes, like } = edit;
        match becomes {
            Some(bytes) => {
                self.put(Place::Folder, &path, &bytes, before)?;
                let last = self.steps.last();
                last.zip(like)
                    .map_or(Ok(()), |(step, like)| self.folders.permit_like(self.system, step, &like))
            }
            None => {
                gone.push(Step::removal(Place::Folder, path, before));
                Ok(())
            }
        }
    }
}

/// A manifest that says of files what the one before it said: they could not be replaced.
fn without(held: &[&Step], new: &[u8], upon: &[u8]) -> Vec<u8> {
    let (Ok(mut new), before) = (Manifest::read(new), Manifest::read(upon).unwrap_or_default()) else {
        return upon.to_vec();
    };
    new.leave_as_they_were(&before, |path| held.iter().any(|step| step.path == path.as_str()));
    new.to_json()
}
