//! File systems that stand in for failing ones: a full disk, a program that is killed, a loss of power.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use ccrov::folder::{FileSystem, System};

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The disk is full: what is there can still be removed.
    Full,
    /// The program is killed: nothing more is done.
    Killed,
    /// Power is lost: nothing more is done, and files that were not synced are empty.
    PowerLost,
}

/// Does so many steps, and fails all after them.
pub struct Failing {
    end: End,
    room: usize,
    steps: AtomicUsize,
    syncs: AtomicUsize,
    /// Files that have been written and not synced.
    unsynced: Mutex<BTreeSet<PathBuf>>,
}

impl Failing {
    pub fn after(steps: usize, end: End) -> Failing {
        Failing {
            end,
            room: steps,
            steps: AtomicUsize::new(0),
            syncs: AtomicUsize::new(0),
            unsynced: Mutex::default(),
        }
    }

    /// One that does not fail, and counts.
    pub fn never() -> Failing {
        Failing::after(usize::MAX, End::Full)
    }

    /// How many steps were asked for.
    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::SeqCst)
    }

    /// How many of them were to sync something.
    pub fn syncs(&self) -> usize {
        self.syncs.load(Ordering::SeqCst)
    }

    /// What a loss of power leaves of the files that were not synced.
    pub fn lose_power(&self) {
        for file in &*self.unsynced.lock().unwrap() {
            if file.is_file() {
                fs::write(file, "").unwrap();
            }
        }
    }

    fn step<T>(&self, step: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.steps.fetch_add(1, Ordering::SeqCst) < self.room {
            true => step(),
            false => Err(io::Error::from(io::ErrorKind::StorageFull)),
        }
    }

    fn wrote(&self, file: &Path) {
        self.unsynced.lock().unwrap().insert(file.to_owned());
    }
}

impl FileSystem for Failing {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| System.create_folder(folder))
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|| System.write(file, bytes)).inspect(|()| self.wrote(file))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.syncs.fetch_add(1, Ordering::SeqCst);
        self.step(|| System.sync(path))?;
        self.unsynced.lock().unwrap().remove(path);
        Ok(())
    }

    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        self.syncs.fetch_add(1, Ordering::SeqCst);
        self.step(|| System.settle(folder, files))?;
        self.unsynced.lock().unwrap().retain(|file| !file.starts_with(folder));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| System.rename(from, to))?;
        let mut unsynced = self.unsynced.lock().unwrap();
        if unsynced.remove(from) {
            unsynced.insert(to.to_owned());
        } else {
            unsynced.remove(to);
        }
        Ok(())
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        match self.end {
            // What is left of a file that could not be written can always be removed.
            End::Full => System.remove(file),
            _ => self.step(|| System.remove(file)),
        }
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        match self.end {
            End::Full => System.remove_folder(folder),
            _ => self.step(|| System.remove_folder(folder)),
        }
    }

    fn link(&self, file: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.link(file, second))
    }

    fn copy(&self, file: &Path, second: &Path) -> io::Result<()> {
        self.step(|| System.copy(file, second)).inspect(|()| self.wrote(second))
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
