//! A plan -> the changed working folder. The only place that writes one.
//!
//! First every file that is to change is held against what was read of it. Then all new files are written aside, and what
//! is to be done with them is written down. From then on the change is certain: what an interruption leaves, the next
//! command finishes (`recover`). Files that analysts write take their places first, then the output, the locks that vouch
//! for it, the manifest; what goes, goes last. A link that leads out of the folder is an error. Not here: what is to change.

use std::{collections::BTreeSet, fs, io, mem, path::PathBuf, slice};

use super::{
    CommitError, Edit, FileSystem, NewFile, OutputChanges, Plan, SourcePath, System, TextChange, Unchanged,
    WorkingFolder,
    aside::Folders,
    journal::{FileRoot, FileStep, Journal, JournalState},
    line_ends, published,
    turn::Turn,
    write::held_by_others,
};
use crate::{
    format::Format,
    output::{FileChange, Manifest, SiteFile, Verdict, digest, manifest_path},
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
        let Plan { report, what, files, sources, mut output, locks } = plan;
        let changes = output.as_mut().map(|output| mem::take(&mut output.changes)).unwrap_or_default();
        let is_nothing = |change: &FileChange| change.verdict == Verdict::Keep;
        let is_written = !(files.is_empty() && sources.is_empty() && locks.is_empty());
        if !is_written && changes.iter().all(is_nothing) {
            if let Some(seen) = output.map(|output| output.unchanged).filter(Unchanged::has_news) {
                let _turn = Turn::take(system, &self.root)?;
                let _ = seen.keep(system, &self.root, &[]);
            }
            return Ok(Receipt { report });
        }
        let _turn = Turn::take(system, &self.root)?;
        self.is_free()?;
        if let Some(output) = &output {
            self.is_as_planned_upon(output, &changes)?;
        }
        let folders = Folders::of(&self.root, &self.output);
        folders.clear(system)?;
        let mut change = Journal {
            format: Format::FIRST,
            number: 0,
            what,
            at: self.now,
            by: self.by.clone(),
            texts: sources.iter().chain(&locks).map(TextChange::from).collect(),
            output: self.output_elsewhere(),
            steps: Vec::new(),
        };
        let mut aside = Aside { system, folders: &folders, steps: Vec::new() };
        let written = self
            .put_files(&mut aside, &files)
            .and_then(|()| self.write_aside(&mut aside, sources, output.as_ref(), changes, locks));
        change.steps = aside.steps;
        let begun = written.and_then(|()| self.begin(system, &folders, &change));
        if let Err(failed) = begun {
            // Nothing has taken its place. What cannot be cleared away now goes with the next command.
            let _ = Journal::end(system, &self.root, false);
            let _ = folders.clear(system);
            return Err(failed);
        }
        let upon = output.as_ref().map(|output| &*output.upon).unwrap_or_default();
        let held = self.carry_out(system, &folders, &change, upon);
        let held = held.map_err(|why| CommitError::Interrupted { why: Box::new(why) })?;
        // What is left aside goes with the next command; without the record of what was seen, files are read once more.
        let _ = folders.clear(system);
        let _ = output.map(|output| output.unchanged.keep(system, &self.root, &change.steps));
        if held.is_empty() { Ok(Receipt { report }) } else { Err(CommitError::Held { paths: held }) }
    }

    /// Whether no change is left that has to be finished first: its new files are aside, where others would be put.
    fn is_free(&self) -> Result<(), CommitError> {
        match Journal::left(&self.root) {
            Ok(JournalState::Nothing | JournalState::Torn) => Ok(()),
            Ok(JournalState::Journal(journal)) => Err(CommitError::Unfinished { what: journal.called() }),
            Err(why) => Err(CommitError::Unread { why }),
        }
    }

    /// Makes a change certain: what was written aside is on the disk before it is written down what becomes of it.
    fn begin(&self, system: &dyn FileSystem, folders: &Folders, change: &Journal) -> Result<(), CommitError> {
        self.settle(system, folders, change)?;
        folders.are_as_before(&change.steps)?;
        change.begin(system, &self.root, self.keeps && !change.is_of_output())
    }

    /// Lets new files take their places, and removes what goes. Gives the files that other programs hold.
    fn carry_out(
        &self,
        system: &dyn FileSystem,
        folders: &Folders,
        change: &Journal,
        upon: &[u8],
    ) -> Result<Vec<PathBuf>, CommitError> {
        if change.is_of_output() {
            return self.carry_out_built(system, folders, change, upon);
        }
        for step in &change.steps {
            folders.are_as_before(slice::from_ref(step))?;
            folders.carry_out(system, step)?;
        }
        self.settle(system, folders, change)?;
        Journal::end(system, &self.root, true)?;
        Ok(Vec::new())
    }

    /// Lets what was written outlast a loss of power.
    fn settle(
        &self,
        system: &dyn FileSystem,
        folders: &Folders,
        change: &Journal,
    ) -> Result<(), CommitError> {
        if self.keeps { folders.settle(system, &change.steps) } else { Ok(()) }
    }

    /// The folder that is built into, if it is not the working folder's own, so that it is found from anywhere.
    fn output_elsewhere(&self) -> Option<String> {
        let elsewhere = self.output != self.root.join("output");
        let path = || std::path::absolute(&self.output).unwrap_or_else(|_| self.output.clone());
        elsewhere.then(|| path().display().to_string())
    }

    /// Writes files aside that come beside texts.
    fn put_files(&self, aside: &mut Aside<'_>, files: &[NewFile]) -> Result<(), CommitError> {
        for NewFile { path, bytes } in files {
            if self.root.join(path.as_str()).symlink_metadata().is_ok() {
                return Err(CommitError::IsThere { path: path.clone() });
            }
            aside.put(FileRoot::Folder, path.clone(), bytes, Some(digest(bytes)))?;
        }
        Ok(())
    }

    /// Holds everything against what was read of it, and writes the new files aside.
    fn write_aside(
        &self,
        aside: &mut Aside<'_>,
        sources: Vec<Edit>,
        output: Option<&OutputChanges>,
        changes: Vec<FileChange>,
        locks: Vec<Edit>,
    ) -> Result<(), CommitError> {
        let mut paths = BTreeSet::new();
        let mut edits = sources.iter().chain(&locks);
        if let Some(twice) = edits.find(|edit| !paths.insert(&edit.path)) {
            return Err(CommitError::IsThere { path: twice.path.clone() });
        }
        let locks: Vec<_> = locks.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        let sources: Vec<_> = sources.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        // What somebody else has put into the output folder is copied before something takes its place.
        for (from, to) in output.iter().flat_map(|output| &output.moved) {
            let file = self.output.join(from.as_str());
            let bytes = fs::read(&file).map_err(|error| CommitError::disk(&file, error))?;
            aside.put(FileRoot::Folder, to.clone(), &bytes, Some(digest(&bytes)))?;
        }
        let (mut gone, mut removed, mut manifest) = (Vec::new(), Vec::new(), None);
        for edit in sources {
            gone.extend(aside.edit(edit)?);
        }
        for FileChange { path, verdict, sha256 } in changes {
            let is_manifest = path == manifest_path();
            let path = SourcePath::from(path);
            match verdict {
                Verdict::Keep => {}
                Verdict::Create(bytes) | Verdict::Replace(bytes) if is_manifest => {
                    manifest = Some((path, bytes));
                }
                Verdict::Create(bytes) | Verdict::Replace(bytes) => {
                    aside.put(FileRoot::Output, path, &bytes, sha256)?;
                }
                Verdict::Remove => removed.push(FileStep::removal(FileRoot::Output, path, None)),
            }
        }
        for edit in locks {
            gone.extend(aside.edit(edit)?);
        }
        if let Some((path, bytes)) = manifest {
            aside.put(FileRoot::Output, path, &bytes, None)?;
        }
        aside.steps.extend(gone.into_iter().chain(removed));
        Ok(())
    }

    /// Whether the output folder is still what the changes were planned upon, and has nothing of others in their way.
    fn is_as_planned_upon(&self, output: &OutputChanges, changes: &[FileChange]) -> Result<(), CommitError> {
        let meanwhile = || CommitError::BuiltMeanwhile { folder: self.output.clone() };
        // One that could not be understood is replaced when it is moved aside.
        let is_moved = output.moved.iter().any(|(from, _)| *from == manifest_path());
        let there = fs::read(self.output.join(manifest_path().as_str())).unwrap_or_default();
        if there != output.upon && !is_moved {
            return Err(meanwhile());
        }
        for change in changes {
            let Verdict::Create(bytes) = &change.verdict else { continue };
            let file = self.output.join(change.path.as_str());
            if file.is_file() && fs::read(&file).map_err(|error| CommitError::disk(&file, error))? != *bytes {
                return Err(meanwhile());
            }
        }
        match output.foreign.is_empty() {
            true => Ok(()),
            false => Err(CommitError::Foreign { folder: self.output.clone(), paths: output.foreign.clone() }),
        }
    }

    /// Carries out what was built. A file that another program holds keeps no other from its place; the manifest says
    /// of it what is there. What could not be removed is left for the next command. Gives the files that are held.
    fn carry_out_built(
        &self,
        system: &dyn FileSystem,
        folders: &Folders,
        change: &Journal,
        upon: &[u8],
    ) -> Result<Vec<PathBuf>, CommitError> {
        let mut held: Vec<&FileStep> = Vec::new();
        for step in &change.steps {
            if !held.is_empty() && step.path.as_str() == manifest_path().as_str() {
                folders.rewrite(system, step, |new| without(&held, new, upon))?;
            }
            match folders.carry_out(system, step) {
                Err(CommitError::Disk { error, .. }) if held_by_others(&error) => held.push(step),
                done => done?,
            }
        }
        let left: Vec<FileStep> =
            held.iter().filter(|step| step.aside.is_none()).map(|step| (*step).clone()).collect();
        match left.is_empty() {
            true => Journal::end(system, &self.root, false)?,
            false => Journal { steps: left, ..change.clone() }.begin(system, &self.root, false)?,
        }
        Ok(held.iter().map(|step| self.output.join(step.path.as_str())).collect())
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
            return Ok(CheckedEdit { path, before: None, becomes, like });
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
        Ok(CheckedEdit { path, before: Some(digest(&there)), becomes, like: None })
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
    path: SourcePath,
    before: Option<String>,
    becomes: Option<Vec<u8>>,
    like: Option<SourcePath>,
}

/// New files that are being written aside.
struct Aside<'a> {
    system: &'a dyn FileSystem,
    folders: &'a Folders,
    steps: Vec<FileStep>,
}

impl Aside<'_> {
    fn put(
        &mut self,
        place: FileRoot,
        path: SourcePath,
        bytes: &[u8],
        sha256: Option<String>,
    ) -> Result<&mut FileStep, CommitError> {
        let step = self.folders.put(self.system, place, path, bytes, self.steps.len())?;
        self.steps.push(FileStep { sha256, ..step });
        Ok(self.steps.last_mut().expect("one was pushed"))
    }

    /// Takes an edit in. Gives the step of a file that goes, which comes after all that are new.
    fn edit(&mut self, edit: CheckedEdit) -> Result<Option<FileStep>, CommitError> {
        let CheckedEdit { path, before, becomes, like } = edit;
        let Some(bytes) = becomes else { return Ok(Some(FileStep::removal(FileRoot::Folder, path, before))) };
        let (system, folders) = (self.system, self.folders);
        let step = self.put(FileRoot::Folder, path, &bytes, Some(digest(&bytes)))?;
        step.before = before;
        like.map_or(Ok(()), |like| folders.permit_like(system, step, &like))?;
        Ok(None)
    }
}

/// A manifest that says of files what the one before it said: they could not be replaced.
fn without(held: &[&FileStep], new: &[u8], upon: &[u8]) -> Vec<u8> {
    let (Ok(mut new), before) = (Manifest::read(new), Manifest::read(upon).unwrap_or_default()) else {
        return upon.to_vec();
    };
    new.leave_as_they_were(&before, |path| held.iter().any(|step| step.path.as_str() == path.as_str()));
    new.to_json()
}
