//! New files, written aside before any of them takes its place.
//!
//! In: the bytes of files. Out: [`Step`]s that put them in place; each step is done or not, and can be done again. Not
//! here: in which order, and what is written down of them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    CommitError, FileSystem,
    journal::{Place, Step},
    turn::OWN,
    write::{WRITING, inside},
};
use crate::output::digest;

/// The two folders of a change, each with a folder in it in which new files are written aside.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    root: PathBuf,
    output: PathBuf,
}

impl Folders {
    pub fn of(root: &Path, output: &Path) -> Folders {
        Folders { root: root.to_owned(), output: output.to_owned() }
    }

    pub fn of_place(&self, place: Place) -> &Path {
        match place {
            Place::Folder => &self.root,
            Place::Output => &self.output,
        }
    }

    /// The folder in which files are written aside: on the same disk as those that they replace.
    fn aside(&self, place: Place) -> PathBuf {
        match place {
            Place::Folder => self.root.join(OWN).join("aside"),
            Place::Output => self.output.join(".ccrov-aside"),
        }
    }

    fn aside_file(&self, step: &Step) -> Option<PathBuf> {
        Some(self.aside(step.place).join(step.aside?.to_string()))
    }

    /// Removes what was written aside, and what killed runs were writing in the program's own folder.
    pub fn clear(&self, system: &dyn FileSystem) -> Result<(), CommitError> {
        let own = fs::read_dir(self.root.join(OWN)).into_iter().flatten().flatten();
        for left in own.filter(|entry| entry.file_name().to_string_lossy().starts_with(WRITING)) {
            system.remove(&left.path()).map_err(|error| CommitError::disk(&left.path(), error))?;
        }
        for folder in [Place::Folder, Place::Output].map(|place| self.aside(place)) {
            if folder.symlink_metadata().is_ok() {
                system.remove_folder(&folder).map_err(|error| CommitError::disk(&folder, error))?;
            }
        }
        Ok(())
    }

    /// Lets everything that was written, and every name that was given, outlast a loss of power.
    pub fn settle(&self, system: &dyn FileSystem, place: Place, steps: &[Step]) -> Result<(), CommitError> {
        let of_place = steps.iter().filter(|step| step.place == place);
        let files: Vec<PathBuf> = of_place
            .flat_map(|step| [self.aside_file(step), Some(self.of_place(place).join(&step.path))])
            .flatten()
            .collect();
        if files.is_empty() {
            return Ok(());
        }
        let folder = self.of_place(place);
        system.settle(folder, &files).map_err(|error| CommitError::disk(folder, error))
    }

    /// Writes a file aside. Where a link has its name, it takes the place of what the link leads to; a file that it
    /// replaces may be read and written by the same people afterwards.
    pub fn put(
        &self,
        system: &dyn FileSystem,
        place: Place,
        path: &str,
        bytes: &[u8],
        number: usize,
    ) -> Result<Step, CommitError> {
        let folder = self.of_place(place);
        let mut path = path.to_owned();
        let mut target = folder.join(&path);
        inside(folder, target.parent().unwrap_or(folder))?;
        let there = target.symlink_metadata().ok();
        if target.is_dir() {
            return Err(CommitError::disk(&target, io::ErrorKind::IsADirectory.into()));
        }
        if there.as_ref().is_some_and(fs::Metadata::is_symlink) {
            let lies_in =
                |real: &PathBuf| Some(real.strip_prefix(folder.canonicalize().ok()?).ok()?.to_owned());
            let real = target.canonicalize().ok().as_ref().and_then(lies_in);
            let real = real.ok_or_else(|| CommitError::LeadsOut { path: target.clone() })?;
            path = real.to_string_lossy().replace('\\', "/");
            target = folder.join(&path);
        }
        let step = Step { place, path, aside: Some(number), sha256: digest(bytes), before: None };
        let aside = self.aside(place);
        let file = aside.join(number.to_string());
        let written = || -> io::Result<()> {
            system.create_folder(&aside)?;
            system.write(&file, bytes)?;
            if there.is_some() && permissions(&target) != permissions(&file) {
                system.permit_like(&file, &target)?;
            }
            Ok(())
        };
        written().map_err(|error| CommitError::disk(&target, error))?;
        Ok(step)
    }

    /// Writes a file aside once more, with other bytes.
    pub fn rewrite(
        &self,
        system: &dyn FileSystem,
        step: &Step,
        other: impl FnOnce(&[u8]) -> Vec<u8>,
    ) -> Result<(), CommitError> {
        let Some(file) = self.aside_file(step) else { return Ok(()) };
        let rewritten = fs::read(&file).and_then(|bytes| {
            system.remove(&file)?;
            system.write(&file, &other(&bytes))?;
            system.sync(&file)
        });
        rewritten.map_err(|error| CommitError::disk(&file, error))
    }

    /// Does a step, if it is not done yet.
    pub fn carry_out(&self, system: &dyn FileSystem, step: &Step) -> Result<(), CommitError> {
        let folder = self.of_place(step.place);
        let target = folder.join(&step.path);
        let parent = target.parent().unwrap_or(folder);
        let done = match self.aside_file(step) {
            Some(aside) if aside.symlink_metadata().is_ok() => {
                system.create_folder(parent).and_then(|()| system.rename(&aside, &target))
            }
            Some(_) => Ok(()),
            None => match system.remove(&target) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                done => done,
            },
        };
        done.map_err(|error| CommitError::disk(&target, error))
    }

    /// How far a step has come.
    pub fn progress(&self, step: &Step) -> Progress {
        let now = || fs::read(self.of_place(step.place).join(&step.path)).ok().map(|bytes| digest(&bytes));
        let Some(aside) = self.aside_file(step) else {
            return match now() {
                None => Progress::Done,
                Some(now) if step.place == Place::Output || step.before.as_ref() == Some(&now) => {
                    Progress::Ready
                }
                Some(_) => Progress::Edited,
            };
        };
        match fs::read(aside) {
            Err(_) => Progress::Done,
            Ok(bytes) if digest(&bytes) != step.sha256 => Progress::Torn,
            Ok(_) if step.place == Place::Output => Progress::Ready,
            Ok(_) if [&step.before, &Some(step.sha256.clone())].contains(&&now()) => Progress::Ready,
            Ok(_) => Progress::Edited,
        }
    }
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Done,
    Ready,
    /// What was written aside is not whole.
    Torn,
    /// Somebody has edited the file since.
    Edited,
}

/// Who may read and write a file, and whose it is.
#[cfg(unix)]
fn permissions(file: &Path) -> Option<(u32, u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().ok().map(|there| (there.mode(), there.uid(), there.gid()))
}

#[cfg(not(unix))]
fn permissions(file: &Path) -> Option<bool> {
    file.metadata().ok().map(|there| there.permissions().readonly())
}
