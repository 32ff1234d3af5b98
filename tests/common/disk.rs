//! A file system that stands in for a failing one: it stops at a step, or fails it.

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use ccrov::folder::{FileSystem, System};

/// Does so many steps, and fails all after them as a full disk does.
pub struct Full {
    steps: AtomicUsize,
    room: usize,
    /// Nothing is cleared up after the last step, which is only half done.
    is_killed: bool,
    /// Only the step after the last one fails, as where something is busy.
    fails_once: bool,
    can_exchange: bool,
    can_link: bool,
}

impl Full {
    pub fn after(steps: usize) -> Full {
        Full {
            steps: AtomicUsize::new(0),
            room: steps,
            is_killed: false,
            fails_once: false,
            can_exchange: true,
            can_link: true,
        }
    }

    /// Ends as a program that is killed does: it clears nothing up, and a folder may be removed in part.
    pub fn killed_after(steps: usize) -> Full {
        Full { is_killed: true, ..Full::after(steps) }
    }

    /// Fails one step, and does all after it.
    pub fn failing_at(step: usize) -> Full {
        Full { fails_once: true, ..Full::after(step) }
    }

    /// As where two folders cannot change places in one step.
    pub fn without_exchange(self) -> Full {
        Full { can_exchange: false, ..self }
    }

    /// As where a file cannot have a second name.
    pub fn without_links(self) -> Full {
        Full { can_link: false, ..self }
    }

    /// How many steps were asked for.
    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::SeqCst)
    }

    fn step<T>(&self, step: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let number = self.steps.fetch_add(1, Ordering::SeqCst);
        match if self.fails_once { number != self.room } else { number < self.room } {
            true => step(),
            false => Err(io::Error::from(io::ErrorKind::StorageFull)),
        }
    }
}

impl FileSystem for Full {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| System.create_folder(folder))
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let written = self.step(|| System.write(file, bytes));
        if written.is_err() && self.is_killed && self.steps() == self.room + 1 {
            System.write(file, &bytes[..bytes.len() / 2])?;
        }
        written
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // No test loses power.
        self.step(|| path.symlink_metadata().map(drop))
    }

    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        self.step(|| System.settle(folder, files))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| System.rename(from, to))
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        match self.is_killed {
            true => self.step(|| System.remove(file)),
            // What is left of a file that could not be written can always be removed.
            false => System.remove(file),
        }
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        if !self.is_killed {
            return self.step(|| System.remove_folder(folder));
        }
        // The names in the order in which the disk has them, as the system removes them.
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => self.remove_folder(&entry.path())?,
                false => self.remove(&entry.path())?,
            }
        }
        self.step(|| std::fs::remove_dir(folder))
    }

    fn link(&self, file: &Path, second: &Path) -> io::Result<()> {
        match self.can_link {
            true => self.step(|| System.link(file, second)),
            false => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }

    fn copy(&self, file: &Path, second: &Path) -> io::Result<()> {
        let copied = self.step(|| System.copy(file, second));
        if copied.is_err() && self.is_killed && self.steps() == self.room + 1 {
            std::fs::write(second, b"half")?;
        }
        copied
    }

    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.link_again(link, second))
    }

    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()> {
        self.step(|| System.permit_like(folder, other))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        match self.can_exchange {
            true => self.step(|| System.exchange(one, other)),
            false => Ok(false),
        }
    }
}
