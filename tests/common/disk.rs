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
}

impl Full {
    pub fn after(steps: usize) -> Full {
        Full { steps: AtomicUsize::new(0), room: steps }
    }

    /// How many steps were asked for.
    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::SeqCst)
    }

    fn step<T>(&self, step: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.steps.fetch_add(1, Ordering::SeqCst) < self.room {
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
        self.step(|| System.write(file, bytes))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step(|| System.sync(path))
    }

    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        self.step(|| System.settle(folder, files))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| System.rename(from, to))
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        // What is left of a file that could not be written can always be removed.
        System.remove(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| System.remove_folder(folder))
    }

    fn link(&self, file: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.link(file, second))
    }

    fn copy(&self, file: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.copy(file, second))
    }

    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.link_again(link, second))
    }

    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()> {
        self.step(|| System.permit_like(folder, other))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        self.step(|| System.exchange(one, other))
    }
}
