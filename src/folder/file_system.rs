//! The steps that change files. Everything that the program writes goes through them, one by one.
//!
//! In: paths and bytes. Out: what the system said. A test that stands in for a failing disk is another
//! [`FileSystem`]. Not here: which steps, and in which order.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
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

    /// Lets a folder be read and written by whom another one is.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()>;

    /// Lets two folders change places in one step. `false` if the system has no such step.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool>;

    /// Waits until all files of a folder will outlast a loss of power.
    ///
    /// # Errors
    /// See [`FileSystem::create_folder`].
    fn sync_all(&self, folder: &Path) -> io::Result<()>;
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

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
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
        fs::set_permissions(folder, fs::metadata(other)?.permissions())
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

    // One step for the whole disk: a site has many files, most of which were only linked.
    #[cfg(target_os = "linux")]
    fn sync_all(&self, folder: &Path) -> io::Result<()> {
        Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_all(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.sync_all(&entry.path())?;
            } else if kind.is_file() {
                match self.sync(&entry.path()) {
                    // It may only be read, so it was not written either: it was linked.
                    Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                    synced => synced?,
                }
            }
        }
        self.sync(folder)
    }
}
