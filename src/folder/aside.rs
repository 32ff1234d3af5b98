//! New files, written aside before any of them takes its place.
//!
//! In: the bytes of files. Out: [`FileStep`]s that put them in place; each step is done or not, and can be done
//! again. Not here: in which order, and what is written down of them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    CommitError, FileSystem, SourcePath,
    journal::{FileRoot, FileStep},
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

    pub fn of_place(&self, place: FileRoot) -> &Path {
        match place {
            FileRoot::Folder => &self.root,
            FileRoot::Output => &self.output,
        }
    }

    /// The folder in which files are written aside: on the same disk as those that they replace.
    fn aside(&self, place: FileRoot) -> PathBuf {
        match place {
            FileRoot::Folder => self.root.join(OWN).join("aside"),
            FileRoot::Output => self.output.join(".ccrov-aside"),
        }
    }

    fn aside_file(&self, step: &FileStep) -> Option<PathBuf> {
        Some(self.aside(step.place).join(step.aside?.to_string()))
    }

    /// Removes what was written aside, and what killed runs were writing in the program's own folder.
    pub fn clear(&self, system: &dyn FileSystem) -> Result<(), CommitError> {
        let own = fs::read_dir(self.root.join(OWN)).into_iter().flatten().flatten();
        for left in own.filter(|entry| entry.file_name().to_string_lossy().starts_with(WRITING)) {
            system.remove(&left.path()).map_err(|error| CommitError::disk(&left.path(), error))?;
        }
        for folder in [FileRoot::Folder, FileRoot::Output].map(|place| self.aside(place)) {
            if folder.symlink_metadata().is_ok() {
                system.remove_folder(&folder).map_err(|error| CommitError::disk(&folder, error))?;
            }
        }
        Ok(())
    }

    /// Lets everything that was written, and every name that was given, outlast a loss of power.
    pub fn settle(&self, system: &dyn FileSystem, steps: &[FileStep]) -> Result<(), CommitError> {
        for place in [FileRoot::Output, FileRoot::Folder] {
            let folder = self.of_place(place);
            let of_place = steps.iter().filter(|step| step.place == place);
            let files =
                of_place.flat_map(|step| [self.aside_file(step), Some(folder.join(step.path.as_str()))]);
            let files: Vec<PathBuf> = files.flatten().collect();
            // One that is not there was taken away since.
            if !files.is_empty() && folder.exists() {
                system.settle(folder, &files).map_err(|error| CommitError::disk(folder, error))?;
            }
        }
        Ok(())
    }

    /// Writes a file aside. Where a link has its name, it takes the place of what the link leads to; a file that it
    /// replaces may be read and written by the same people afterwards.
    pub fn put(
        &self,
        system: &dyn FileSystem,
        place: FileRoot,
        path: SourcePath,
        bytes: &[u8],
        number: usize,
    ) -> Result<FileStep, CommitError> {
        let folder = self.of_place(place);
        let mut path = path;
        let mut target = folder.join(path.as_str());
        inside(folder, target.parent().unwrap_or(folder))?;
        let there = target.symlink_metadata().ok();
        if target.is_dir() {
            return Err(CommitError::disk(&target, io::ErrorKind::IsADirectory.into()));
        }
        if there.as_ref().is_some_and(fs::Metadata::is_symlink) {
            let lies_in =
                |real: &PathBuf| Some(real.strip_prefix(folder.canonicalize().ok()?).ok()?.to_owned());
            let real = target.canonicalize().ok().as_ref().and_then(lies_in);
            let real = real.and_then(|real| real.to_string_lossy().replace('\\', "/").parse().ok());
            path = real.ok_or_else(|| CommitError::LeadsOut { path: target.clone() })?;
            target = folder.join(path.as_str());
        }
        let step = FileStep { place, path, aside: Some(number), sha256: None, before: None };
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
    pub fn permit_like(
        &self,
        system: &dyn FileSystem,
        step: &FileStep,
        other: &SourcePath,
    ) -> Result<(), CommitError> {
        let other = self.of_place(step.place).join(other.as_str());
        let Some(file) = self.aside_file(step).filter(|file| permissions(file) != permissions(&other)) else {
            return Ok(());
        };
        system.permit_like(&file, &other).map_err(|error| CommitError::disk(&other, error))
    }

    /// Writes a file aside once more, with other bytes.
    pub fn rewrite(
        &self,
        system: &dyn FileSystem,
        step: &FileStep,
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
    pub fn are_as_before(&self, steps: &[FileStep]) -> Result<(), CommitError> {
        for step in steps.iter().filter(|step| step.place == FileRoot::Folder) {
            if self.progress(step)? == Progress::Edited {
                return Err(CommitError::Changed { path: step.path.clone() });
            }
        }
        Ok(())
    }

    /// Whether a step stays in its folder, wherever links have come to lead since it was planned.
    pub fn is_inside(&self, step: &FileStep) -> Result<(), CommitError> {
        let folder = self.of_place(step.place);
        inside(folder, folder.join(step.path.as_str()).parent().unwrap_or(folder))
    }

    /// Does a step, if it is not done yet.
    pub fn carry_out(&self, system: &dyn FileSystem, step: &FileStep) -> Result<(), CommitError> {
        let folder = self.of_place(step.place);
        let target = folder.join(step.path.as_str());
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

    /// How far a step has come. What a file of the output holds decides nothing: it is ours.
    pub fn progress(&self, step: &FileStep) -> Result<Progress, CommitError> {
        let file = self.of_place(step.place).join(step.path.as_str());
        let aside = self.aside_file(step);
        // It is there as long as the step is not done.
        if !is_there(aside.as_ref().unwrap_or(&file))? {
            return Ok(Progress::Done);
        }
        if step.place == FileRoot::Output {
            return Ok(Progress::Ready);
        }
        let new = aside.as_ref().map(|aside| digest_of(aside)).transpose()?.flatten();
        if new != step.sha256 {
            return Ok(Progress::Torn);
        }
        let now = digest_of(&file)?;
        let is_ready = now == step.before || aside.is_some() && now == new;
        Ok(if is_ready { Progress::Ready } else { Progress::Edited })
    }

    /// Whether a change that leads to another folder than the working folder's own has something aside there.
    pub fn has_output_aside(&self) -> bool {
        self.aside(FileRoot::Output).is_dir()
    }
}

fn is_there(file: &Path) -> Result<bool, CommitError> {
    match file.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(CommitError::disk(file, error)),
    }
}

/// The digest of a file; none if it is not there.
fn digest_of(file: &Path) -> Result<Option<String>, CommitError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(digest(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
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
