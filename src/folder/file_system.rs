//! The steps that change files. Everything that the program writes goes through them, one by one.
//!
//! In: paths and bytes. Out: what the system said. A test that stands in for a failing disk is another
//! [`FileSystem`]. Not here: which steps, and in which order.

#[cfg(not(target_os = "linux"))]
use std::collections::BTreeSet;
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// Steps, each of which is done or fails.
pub trait FileSystem: Send + Sync {
    /// Makes a folder, and those that it lies in.
    ///
    /// # Errors
    /// What the system said, as for all steps.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// Writes a new file; one that is there is an error.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Waits until a file, or the names in a folder, will outlast a loss of power.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Waits until files of a folder, and all names in it, will outlast a loss of power: at once, where the system has
    /// a step for that.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()>;

    /// Gives a file or folder another name, in place of a file that has it.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// Removes a folder that this program has made, with all that is in it.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Lets a file have a second name, without a copy of its bytes.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn link(&self, file: &Path, second: &Path) -> io::Result<()>;

    /// Copies a file with its date, where it cannot have a second name.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn copy(&self, file: &Path, second: &Path) -> io::Result<()>;

    /// Makes a symbolic link that leads where another one leads; where there are none, copies the file.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()>;

    /// Lets a file or folder be read and written by whom another one is.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()>;

    /// Lets two folders change places in one step. `false` if the system has no such step.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool>;
}

/// The file system of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

#[expect(clippy::disallowed_methods, reason = "this is the place through which all files are changed")]
impl FileSystem for System {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::options().write(true).create_new(true).open(file)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // Only where folders can be opened can their names be waited for.
        if cfg!(unix) || path.is_file() {
            let file =
                if path.is_dir() { fs::File::open(path) } else { fs::File::options().write(true).open(path) };
            return file?.sync_all();
        }
        Ok(())
    }

    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            let _ = files;
            Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let parents = files.iter().filter_map(|file| file.parent()).collect::<BTreeSet<_>>();
            let there = files.iter().filter(|file| file.exists());
            there.map(PathBuf::as_path).chain(parents).chain([folder]).try_for_each(|path| self.sync(path))
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        patiently(|| fs::rename(from, to))
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        patiently(|| fs::remove_file(file))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        patiently(|| fs::remove_dir_all(folder))
    }

    fn link(&self, file: &Path, second: &Path) -> io::Result<()> {
        fs::hard_link(file, second)
    }

    fn copy(&self, file: &Path, second: &Path) -> io::Result<()> {
        let date = file.metadata()?.modified()?;
        fs::copy(file, second)?;
        fs::File::options().write(true).open(second)?.set_modified(date)
    }

    #[cfg(unix)]
    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()> {
        std::os::unix::fs::symlink(fs::read_link(link)?, second)
    }

    #[cfg(not(unix))]
    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()> {
        fs::copy(link, second).map(drop)
    }

    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()> {
        let like = fs::metadata(other)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, chown};
            // Only whoever looks after the machine may give files away; the one who writes may keep them.
            let _ = chown(folder, Some(like.uid()), Some(like.gid()));
        }
        fs::set_permissions(folder, like.permissions())
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        {
            use rustix::{
                fs::{CWD, RenameFlags, renameat_with},
                io::Errno,
            };
            match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
                Ok(()) => return Ok(true),
                // The kernel or the file system has no such step.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let _ = (one, other);
        Ok(false)
    }
}

/// Does a step again, for two seconds, as long as the system says that another program has the file.
fn patiently<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..20 {
        match step() {
            Err(error) if is_busy(&error) => thread::sleep(Duration::from_millis(100)),
            done => return done,
        }
    }
    step()
}

/// Whether another program has a file. Windows says of an open file that access is denied.
pub(super) fn is_busy(error: &io::Error) -> bool {
    let kinds = [io::ErrorKind::ResourceBusy, io::ErrorKind::ExecutableFileBusy];
    kinds.contains(&error.kind()) || cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}
