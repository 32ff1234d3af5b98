//! A folder as the target: a complete new folder is made beside it, and takes its place in one step.
//!
//! What is in the target and not ours is carried over. The folder that was there before stays beside it until
//! the next publication, so that the last one can be taken back. Whoever changes anything holds a lock.

mod beside;
mod carry;
mod discard;
mod fixed;
mod lock;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Destination, Load, PublishError, TargetPlan,
    plan::{Fate, FilesByPath},
    record::{Back, RECORD, Record},
    site,
};
use crate::{
    folder::{self, FileSystem, System},
    output::{OutputPath, SiteFile, digest},
};
use beside::{Beside, UNFINISHED, is_writing, record};
use carry::{carry, foreign};
use discard::discard;
use lock::TargetLock;

/// A folder in which the site is, or is to be.
pub struct Folder {
    target: PathBuf,
    /// Where its files stand now: the target, but for one kind of interruption.
    live: PathBuf,
    record: Option<Record>,
    beside: Beside,
    system: Arc<dyn FileSystem>,
}

impl Folder {
    /// Looks at a target, which need not be there yet. `root` is the working folder.
    ///
    /// # Errors
    /// [`PublishError::Unfit`] if nothing can be published there, as in the folders that analysts write in;
    /// [`PublishError::Busy`] while somebody else publishes there; others of [`PublishError`] if it cannot be read.
    pub fn open(target: &Path, root: &Path) -> Result<Folder, PublishError> {
        let named = target.display().to_string();
        let unfit = |why: &str| PublishError::Unfit { target: named.clone(), why: why.to_owned() };
        if !cfg!(windows) && is_of_windows(&named) {
            return Err(unfit("this is the name of a folder on Windows; type its name on this computer"));
        }
        let target = match target.canonicalize() {
            Ok(real) => real,
            Err(_) => {
                let name = target.file_name().ok_or_else(|| unfit("a folder's name is expected"))?;
                let parent = target.parent().filter(|parent| *parent != Path::new(""));
                let parent = parent.unwrap_or(Path::new("."));
                parent.canonicalize().map_err(|_| unfit(&not_there(parent)))?.join(name)
            }
        };
        if target.exists() && !target.is_dir() {
            return Err(unfit("it is a file; a folder is expected"));
        }
        if target.file_name().is_none() {
            return Err(unfit("it is the whole disk"));
        }
        for part in ["memos", "templates", "output"] {
            if root.join(part).canonicalize().is_ok_and(|part| target.starts_with(part)) {
                return Err(unfit(&format!("it lies in {part}/ of the working folder; name another folder")));
            }
        }
        if root.canonicalize().is_ok_and(|root| root.starts_with(&target)) {
            return Err(unfit("the working folder lies in it; name another folder"));
        }
        if let Some(why) = fixed::why(&target) {
            return Err(unfit(&why));
        }
        // What another one is doing is not taken for what was interrupted.
        if TargetLock::is_held(&target)? {
            return Err(PublishError::Busy { target: target.display().to_string() });
        }
        let (live, record, beside) = look(&target)?;
        Ok(Folder { target, live, record, beside, system: Arc::new(System) })
    }

    /// Changes the target through another file system.
    #[must_use]
    pub fn through(self, system: Arc<dyn FileSystem>) -> Folder {
        Folder { system, ..self }
    }

    /// Keeps others out from here on. What the plan was made from must still be there.
    fn begin(&mut self) -> Result<TargetLock, PublishError> {
        let lock = TargetLock::take(&self.target, &self.system)?;
        let (live, record, beside) = look(&self.target)?;
        let last = |beside: &Beside| beside.last.as_ref().map(|(_, last)| last.generation);
        if (&record, last(&beside)) != (&self.record, last(&self.beside)) {
            return Err(PublishError::Overtaken { target: self.target.display().to_string() });
        }
        (self.live, self.beside) = (live, beside);
        Ok(lock)
    }

    fn generation(&self) -> Record {
        self.record.clone().unwrap_or_default()
    }

    /// What would change if the target were to hold these files.
    fn compare(&self, wanted: &FilesByPath) -> Result<TargetPlan, PublishError> {
        let record = self.generation();
        let foreign = if self.live.exists() { theirs(&self.live, &record)? } else { Vec::new() };
        let paths = obstacles(&self.live, wanted, &foreign);
        if !paths.is_empty() {
            return Err(PublishError::InTheWay { target: self.target.display().to_string(), paths });
        }
        let mut there = record.files();
        // What somebody has changed or removed since is not taken for what it was.
        let mut touched = FilesByPath::new();
        there.retain(|path, file| {
            let bytes = fs::read(self.live.join(path.as_str()));
            let is_as_it_was = bytes.as_ref().is_ok_and(|bytes| digest(bytes) == file.sha256);
            if bytes.is_ok() && !is_as_it_was {
                touched.insert(path.clone(), file.clone());
            }
            is_as_it_was
        });
        Ok(TargetPlan::new(&there, wanted, &touched))
    }

    /// Finishes what an interrupted publication has left, and clears what stands beside the target.
    fn tidy(&mut self) -> Result<(), PublishError> {
        if self.beside.half {
            self.rename(&self.beside.next, &self.target)?;
        } else if !self.target.exists() {
            self.create(&self.target)?;
        }
        if self.record.is_none() {
            let none = Record::default();
            self.record_in(&self.target, RECORD, &none)?;
            self.record = Some(none);
        }
        if let Some(replaced) = self.beside.replaced.take() {
            self.late(&self.beside.next, &replaced)?;
        }
        for rubbish in std::mem::take(&mut self.beside.rubbish) {
            discard(&*self.system, &rubbish)?;
        }
        if let Some((path, last)) = self.beside.last.take() {
            let before = self.beside.before.clone();
            if path == self.beside.next {
                self.late(&path, &last)?;
            }
            if path != before {
                self.rename(&path, &before)?;
            }
            self.beside.last = Some((before, last));
        }
        self.live.clone_from(&self.target);
        Ok(())
    }

    /// Makes the folder of a plan beside the target, complete, and lets it take the target's place.
    fn replace(
        &mut self,
        plan: &TargetPlan,
        undo: Option<Back>,
        load: &Load<'_>,
    ) -> Result<(), PublishError> {
        let old = self.generation();
        let new = old.next(plan, undo);
        let next = &self.beside.next;
        self.create(next)?;
        self.record_in(next, UNFINISHED, &new)?;
        for planned in &plan.files {
            let path = planned.file.path.as_str();
            match planned.fate {
                Fate::Unchanged => carry(&*self.system, &self.target, next, Path::new(path))?,
                Fate::New | Fate::Changed => self.put(next, path, &load(&planned.file)?)?,
                Fate::Removed => {}
            }
        }
        for path in theirs(&self.target, &old)? {
            carry(&*self.system, &self.target, next, &path)?;
        }
        let failed = |error| PublishError::disk(next, error);
        let written: Vec<PathBuf> = plan.sent().map(|file| next.join(file.path.as_str())).collect();
        self.system.settle(next, &written).map_err(failed)?;
        self.record_in(next, RECORD, &new)?;
        folder::removed(&*self.system, next, own(UNFINISHED))?;
        self.system.permit_like(next, &self.target).map_err(failed)?;
        self.switch(&old)?;
        self.record = Some(new);
        Ok(())
    }

    /// Lets the next folder take the target's place, and keeps what was there. `old` is the record of that.
    fn switch(&self, old: &Record) -> Result<(), PublishError> {
        let Beside { next, before, old: waiting, .. } = &self.beside;
        let exchanged = self.system.exchange(next, &self.target);
        if exchanged.map_err(|error| PublishError::disk(&self.target, error))? {
            self.settle()?;
            self.late(next, old)?;
            discard(&*self.system, before)?;
            return self.rename(next, before);
        }
        if before.symlink_metadata().is_ok() {
            self.rename(before, waiting)?;
        }
        self.rename(&self.target, before)?;
        if let Err(failed) = self.rename(next, &self.target) {
            // Visitors find the site of before. That the switch failed is what is told.
            let _ = self.rename(before, &self.target);
            return Err(failed);
        }
        self.settle()?;
        self.late(before, old)?;
        discard(&*self.system, waiting)
    }

    /// Waits until the names of the target and of the folders beside it will outlast a loss of power.
    fn settle(&self) -> Result<(), PublishError> {
        let parent = self.target.parent().unwrap_or(&self.target);
        self.system.sync(parent).map_err(|error| PublishError::disk(parent, error))
    }

    fn create(&self, folder: &Path) -> Result<(), PublishError> {
        self.system.create_folder(folder).map_err(|error| PublishError::disk(folder, error))
    }

    fn put(&self, folder: &Path, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path: OutputPath = path.parse().map_err(|_| PublishError::Altered { path: folder.join(path) })?;
        Ok(folder::put(&*self.system, folder, &path, bytes, false)?)
    }

    /// Writes a record; it outlasts a loss of power before anything after it is written.
    fn record_in(&self, folder: &Path, path: &str, record: &Record) -> Result<(), PublishError> {
        Ok(folder::put(&*self.system, folder, own(path), &record.to_json(), true)?)
    }

    /// Gives a folder another name, which nothing has: whole folders change places, so that no visitor sees half.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.system.rename(from, to).map_err(|error| PublishError::disk(from, error))
    }

    /// Carries over what somebody has put into a folder before it was replaced and after it was looked through.
    fn late(&self, replaced: &Path, old: &Record) -> Result<(), PublishError> {
        let missing = |path: &PathBuf| self.target.join(path).symlink_metadata().is_err();
        theirs(replaced, old)?
            .iter()
            .filter(|path| missing(path))
            .try_for_each(|path| carry(&*self.system, replaced, &self.target, path))
    }
}

impl Destination for Folder {
    fn plan(&self, wanted: &[SiteFile]) -> Result<TargetPlan, PublishError> {
        self.compare(&site(wanted)?)
    }

    fn publish(&mut self, plan: &TargetPlan, load: &Load<'_>) -> Result<(), PublishError> {
        let _lock = self.begin()?;
        self.tidy()?;
        if plan.is_done() {
            return Ok(());
        }
        let back = Back::of(plan, &self.generation().files(), |_| true);
        self.replace(plan, Some(back), load)
    }

    fn plan_undo(&self) -> Result<TargetPlan, PublishError> {
        match &self.beside.last {
            _ if self.beside.is_rubbish() => Ok(TargetPlan::of_no_change(&self.generation().files())),
            Some((path, last)) => {
                let mut files = last.files();
                files.retain(|file, _| path.join(file.as_str()).is_file());
                self.compare(&files)
            }
            None => Err(PublishError::NothingToUndo { target: self.target.display().to_string() }),
        }
    }

    fn undo(&mut self, plan: &TargetPlan) -> Result<(), PublishError> {
        let _lock = self.begin()?;
        let changes_nothing = self.beside.is_rubbish();
        self.tidy()?;
        if changes_nothing {
            return Ok(());
        }
        let before = self.beside.before.clone();
        // As it was, even if somebody had changed it: the next publication puts that right.
        let kept = |file: &SiteFile| {
            let path = before.join(file.path.as_str());
            fs::read(&path).map_err(|error| PublishError::disk(&path, error))
        };
        self.replace(plan, None, &kept)?;
        discard(&*self.system, &before)
    }

    fn is_unfinished(&self) -> bool {
        let moved = self.beside.last.as_ref().is_some_and(|(path, _)| *path != self.beside.before);
        self.beside.half || moved || !self.beside.rubbish.is_empty()
    }
}

/// Whether a name is that of a folder on Windows: a drive's letter, or a share.
fn is_of_windows(named: &str) -> bool {
    let mut letters = named.chars();
    let drive =
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':');
    drive && letters.next().is_none_or(|c| matches!(c, '\\' | '/')) || named.starts_with(r"\\")
}

/// The folder in which the target is to be made is not there.
fn not_there(parent: &Path) -> String {
    let shown = parent.display();
    // Of a drive that is not connected, not even the root is there.
    match parent.is_relative() || parent.ancestors().any(Path::exists) {
        true => format!(
            "there is no folder {shown}; look at its name, connect the drive that it is on, or make the folder"
        ),
        false => format!("the drive of {shown} is not connected; connect it, or look at its letter"),
    }
}

/// What is not ours and stands in a folder where a file is to go, or a folder for it.
fn obstacles(folder: &Path, wanted: &FilesByPath, foreign: &[PathBuf]) -> Vec<String> {
    let places = wanted.keys().map(OutputPath::as_str).chain([RECORD]).map(Path::new);
    let places: BTreeSet<&Path> = places.collect();
    let is_empty_folder =
        |path: &PathBuf| folder.join(path).symlink_metadata().is_ok_and(|found| found.is_dir());
    // An empty folder is in the way of a file, and of no folder.
    let foreign_files: BTreeSet<&Path> =
        foreign.iter().filter(|path| !is_empty_folder(path)).map(PathBuf::as_path).collect();
    let above = places.iter().flat_map(|place| place.ancestors()).filter(|path| foreign_files.contains(path));
    let below = foreign.iter().filter(|path| path.ancestors().any(|folder| places.contains(folder)));
    let found: BTreeSet<&Path> = above.chain(below.map(PathBuf::as_path)).collect();
    found.into_iter().map(|path| path.display().to_string()).collect()
}

/// The files of a folder that its record does not name.
fn theirs(folder: &Path, record: &Record) -> Result<Vec<PathBuf>, PublishError> {
    let ours = record.files.iter().map(|file| file.path.as_str()).chain([RECORD, UNFINISHED]);
    let mut theirs = foreign(folder, &ours.map(Path::new).collect())?;
    theirs.retain(|path| !is_writing(path));
    Ok(theirs)
}

/// Where the files of a target are now, their record, and what stands beside it.
fn look(target: &Path) -> Result<(PathBuf, Option<Record>, Beside), PublishError> {
    let there = record(target)?;
    let beside = Beside::look(target, there.as_ref())?;
    match beside.half {
        true => Ok((beside.next.clone(), record(&beside.next)?, beside)),
        false => Ok((target.to_owned(), there, beside)),
    }
}

fn own(path: &str) -> OutputPath {
    path.parse().expect("the record's path is a path")
}
