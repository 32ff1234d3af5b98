//! Changes -> the output folder. The only place that writes and removes files.
//!
//! Each file is written whole or not at all: into a temporary file of the same folder, which then
//! takes its name. A link that leads out of the output folder is an error.

use std::{
    fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{Change, OutputPath, Verdict, manifest_path};

/// A file or folder that could not be read, written or removed.
#[derive(Debug)]
pub enum Failed {
    /// The disk or the system said no.
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        said: String,
    },
    /// A link leads out of the output folder.
    LeadsOut {
        /// The link.
        path: PathBuf,
    },
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::Disk { path, said } => write!(f, "{}: {said}", path.display()),
            Failed::LeadsOut { path } => {
                write!(f, "{}: a link here leads out of the output folder; remove it", path.display())
            }
        }
    }
}

impl std::error::Error for Failed {}

impl Failed {
    fn disk(path: &Path, error: &io::Error) -> Failed {
        Failed::Disk { path: path.to_owned(), said: error.to_string() }
    }
}

/// A file of the output folder, if it is there and can be read.
pub fn existing(folder: &Path, path: &OutputPath) -> Option<Vec<u8>> {
    fs::read(folder.join(path.as_str())).ok()
}

/// Tells which files of an output folder nobody has touched since the folder was built: without reading them, by
/// their sizes and by when they were written.
#[derive(Debug, Clone)]
pub struct Unchanged {
    folder: PathBuf,
    /// None if nobody else writes there.
    built: Option<SystemTime>,
}

impl Unchanged {
    /// Of a folder with a manifest. `None` if it was built by another program than the one that runs, whose
    /// file is given: one that was put there later may make other files of the same memos.
    pub fn since_build(folder: &Path, program: Option<&Path>) -> Option<Unchanged> {
        let written = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
        let built = written(&folder.join(manifest_path().as_str()))?;
        let program = program.and_then(written)?;
        (program < built).then(|| Unchanged { folder: folder.to_owned(), built: Some(built) })
    }

    /// Of a folder in which nobody but the running program writes.
    pub fn of_own(folder: &Path) -> Unchanged {
        Unchanged { folder: folder.to_owned(), built: None }
    }

    /// Whether a file of so many bytes is as it was written.
    pub fn has(&self, path: &OutputPath, size: u64) -> bool {
        let file = fs::symlink_metadata(self.folder.join(path.as_str()));
        file.is_ok_and(|file| {
            let before = |built| file.modified().is_ok_and(|written| written < built);
            file.is_file() && file.len() == size && self.built.is_none_or(before)
        })
    }
}

/// Writes the manifest again as it is: what stands in the folder is as old as it, or older.
///
/// # Errors
/// [`Failed`] if it cannot be written.
pub fn renew_manifest(folder: &Path) -> Result<(), Failed> {
    match existing(folder, &manifest_path()) {
        Some(bytes) => write(folder, &manifest_path(), &bytes),
        None => Ok(()),
    }
}

/// Puts the changes into the folder, in their order.
///
/// # Errors
/// [`Failed`] at the first file that could not be written or removed; files before it are in place,
/// files after it are as they were.
pub fn apply(folder: &Path, changes: &[Change]) -> Result<(), Failed> {
    for change in changes {
        match &change.verdict {
            Verdict::Keep => {}
            Verdict::Create(bytes) | Verdict::Replace(bytes) => write(folder, &change.path, bytes)?,
            Verdict::Remove => remove(folder, &change.path)?,
        }
    }
    Ok(())
}

fn write(folder: &Path, path: &OutputPath, bytes: &[u8]) -> Result<(), Failed> {
    let target = folder.join(path.as_str());
    let parent = target.parent().unwrap_or(folder);
    inside(folder, parent)?;
    fs::create_dir_all(parent).map_err(|error| Failed::disk(parent, &error))?;
    let written =
        tempfile::Builder::new().prefix(".writing-").permissions_like_others().tempfile_in(parent).and_then(
            |mut file| {
                file.write_all(bytes)?;
                file.persist(&target).map_err(|error| error.error)
            },
        );
    written.map(drop).map_err(|error| Failed::disk(&target, &error))
}

fn remove(folder: &Path, path: &OutputPath) -> Result<(), Failed> {
    let target = folder.join(path.as_str());
    inside(folder, target.parent().unwrap_or(folder))?;
    #[expect(clippy::disallowed_methods, reason = "this is the place that removes, by the manifest")]
    match fs::remove_file(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failed::disk(&target, &error)),
        _ => Ok(()),
    }
}

/// Checks that a folder, as far as it exists, lies in the output folder when links are followed.
fn inside(folder: &Path, parent: &Path) -> Result<(), Failed> {
    let Ok(root) = folder.canonicalize() else { return Ok(()) };
    let there = parent.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    match there {
        Some((path, real)) if !real.starts_with(&root) => Err(Failed::LeadsOut { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// A temporary file is private; a published one is for everybody.
trait LikeOthers {
    fn permissions_like_others(&mut self) -> &mut Self;
}

impl LikeOthers for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_others(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        self.permissions(fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_others(&mut self) -> &mut Self {
        self
    }
}
