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
        // It was taken away since.
        if !folder.exists() {
            return Ok(());
        }
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

    /// Lets a file that was written aside be read and written by whom another one is.
    pub fn permit_like(&self, system: &dyn FileSystem, step: &Step, other: &str) -> Result<(), CommitError> {
        let other = self.of_place(step.place).join(other);
        let Some(file) = self.aside_file(step).filter(|file| permissions(file) != permissions(&other)) else {
            return Ok(());
        };
        system.permit_like(&file, &other).map_err(|error| CommitError::disk(&other, error))
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

    /// Whether files that analysts write are what they were when a change was planned.
    pub fn are_as_before(&self, steps: &[Step]) -> Result<(), CommitError> {
        for step in steps.iter().filter(|step| step.place == Place::Folder) {
            if self.progress(step)? == Progress::Edited {
                let file = self.root.join(&step.path);
                return match step.path.parse() {
                    Ok(path) => Err(CommitError::Changed { path }),
                    Err(_) => Err(CommitError::disk(&file, io::ErrorKind::AlreadyExists.into())),
                };
            }
        }
        Ok(())
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
    pub fn progress(&self, step: &Step) -> Result<Progress, CommitError> {
        let file = self.of_place(step.place).join(&step.path);
        // What an output file holds decides nothing: it is ours.
        let now = match step.place {
            Place::Folder => read(&file)?.map(|bytes| digest(&bytes)),
            Place::Output => None,
        };
        let Some(aside) = self.aside_file(step) else {
            return Ok(match step.place {
                Place::Output if file.symlink_metadata().is_err() => Progress::Done,
                Place::Output => Progress::Ready,
                Place::Folder if now.is_none() => Progress::Done,
                Place::Folder if now == step.before => Progress::Ready,
                Place::Folder => Progress::Edited,
            });
        };
        Ok(match read(&aside)? {
            None => Progress::Done,
            Some(bytes) if digest(&bytes) != step.sha256 => Progress::Torn,
            Some(_) if step.place == Place::Output => Progress::Ready,
            Some(_) if now == step.before || now.as_ref() == Some(&step.sha256) => Progress::Ready,
            Some(_) => Progress::Edited,
        })
    }
}

/// The bytes of a file; none if it is not there.
fn read(file: &Path) -> Result<Option<Vec<u8>>, CommitError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(CommitError::disk(file, error)),
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
