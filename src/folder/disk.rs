//! A folder that is read: what stands in it, and the bytes of its files.
//!
//! In: paths with forward slashes, relative to the folder. Out: entries and bytes, or why there are none. A link that
//! leads out of the folder is refused here, for texts and bytes alike. Not here: what files mean, and writing.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{EntryKind, FolderEntry, entry::kind};

/// Why a file or folder could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// A link leads out of the folder.
    LeadsOut,
    /// It is no file, and what it is: "it is a pipe".
    NotAFile(&'static str),
    /// The system said no.
    System(io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing => f.write_str("it is not there"),
            ReadError::LeadsOut => f.write_str("a link leads out of the folder"),
            ReadError::NotAFile(what) => f.write_str(what),
            ReadError::System(error) => error.fmt(f),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            ReadError::System(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> ReadError {
        match error.kind() {
            io::ErrorKind::NotFound => ReadError::Missing,
            _ => ReadError::System(error),
        }
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`ReadError`], also for what is no file: to open a pipe is to wait for whoever writes to it.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let there = match fs::metadata(path) {
        // What would lie below a file is not there.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(ReadError::Missing),
        there => there?,
    };
    match kind(&there) {
        EntryKind::File => Ok(fs::read(path)?),
        EntryKind::Folder => Err(ReadError::NotAFile("it is a folder")),
        EntryKind::Neither(what) => Err(ReadError::NotAFile(what)),
    }
}

/// A folder: one on disk, one in memory, or one with an editor's unsaved texts laid over it.
///
/// ```
/// use ccrov::folder::{Disk, Overlay};
/// let unsaved = Overlay::empty().with("memos/2026/26001.yaml", "number: 26001\n");
/// assert_eq!(unsaved.read("memos/2026/26001.yaml").unwrap(), b"number: 26001\n");
/// assert_eq!(unsaved.list("memos").unwrap()[0].name, "2026");
/// ```
pub trait Disk: Send + Sync {
    /// What stands in a folder, in the order of names; the empty path is the folder itself.
    ///
    /// # Errors
    /// [`ReadError`] if the folder cannot be listed; [`ReadError::Missing`] if it is not there.
    fn list(&self, folder: &str) -> Result<Vec<FolderEntry>, ReadError>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ReadError`].
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The entry of a single file; none for a link, a folder, or what is not there.
    fn file(&self, path: &str) -> Option<FolderEntry>;

    /// What people call a file of this folder: its path, as they would type it.
    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A folder on disk.
#[derive(Debug)]
pub struct OnDisk {
    root: PathBuf,
    real: PathBuf,
    /// Whether a folder of files lies in this one.
    inside: Mutex<BTreeMap<PathBuf, bool>>,
}

impl OnDisk {
    /// The folder at a path, which need not be there yet.
    pub fn at(root: impl Into<PathBuf>) -> OnDisk {
        let root = root.into();
        let real = root.canonicalize().unwrap_or_else(|_| root.clone());
        OnDisk { root, real, inside: Mutex::default() }
    }

    /// A folder of a working folder, in which a link may lead anywhere in the working folder.
    pub fn within(working_folder: &Path, name: &str) -> OnDisk {
        let real = working_folder.canonicalize().unwrap_or_else(|_| working_folder.to_owned());
        OnDisk { root: working_folder.join(name), real, inside: Mutex::default() }
    }

    /// Whether a path leads to what lies in the folder, or to nothing.
    fn leads_inside(&self, path: &Path) -> bool {
        path.canonicalize().map_or(true, |real| real.starts_with(&self.real))
    }

    fn is_folder_inside(&self, folder: &Path) -> bool {
        let mut known = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(folder.to_owned()).or_insert_with(|| self.leads_inside(folder))
    }

    fn is_file_inside(&self, path: &Path) -> bool {
        if fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink()) {
            return self.leads_inside(path);
        }
        path.parent().is_none_or(|folder| self.is_folder_inside(folder))
    }
}

impl Disk for OnDisk {
    fn list(&self, folder: &str) -> Result<Vec<FolderEntry>, ReadError> {
        let folder = self.root.join(folder);
        if !self.is_folder_inside(&folder) {
            return Err(ReadError::LeadsOut);
        }
        let mut entries = Vec::new();
        for found in fs::read_dir(folder)? {
            let found = found?;
            let name = found.file_name();
            let shown = name.to_string_lossy().into_owned();
            if name.to_str().is_none() {
                let kind = EntryKind::Neither("its name is not UTF-8");
                entries.push(FolderEntry::undated(&shown, kind, 0));
                continue;
            }
            let is_link = found.file_type()?.is_symlink();
            match if is_link { fs::metadata(found.path()) } else { found.metadata() } {
                Ok(there) => entries.push(FolderEntry::of(shown, &there)),
                Err(_) if is_link => {
                    let kind = EntryKind::Neither("it is a link that leads nowhere");
                    entries.push(FolderEntry::undated(&shown, kind, 0));
                }
                // It has gone since the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let path = self.root.join(path);
        if !self.is_file_inside(&path) {
            return Err(ReadError::LeadsOut);
        }
        read_file(&path)
    }

    fn file(&self, path: &str) -> Option<FolderEntry> {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let there = fs::symlink_metadata(self.root.join(path)).ok().filter(fs::Metadata::is_file)?;
        Some(FolderEntry::of(name, &there))
    }

    fn shown(&self, path: &str) -> String {
        self.root.join(path).display().to_string()
    }
}

/// Files laid over a folder: an editor's unsaved texts, what an operation is about to write, or, over nothing, a
/// folder in memory.
#[derive(Clone)]
pub struct Overlay {
    under: Option<Arc<dyn Disk>>,
    /// None where a file is gone.
    files: BTreeMap<String, Option<Arc<[u8]>>>,
}

impl Overlay {
    /// A folder in memory, without files.
    pub fn empty() -> Overlay {
        Overlay { under: None, files: BTreeMap::new() }
    }

    /// Nothing yet, over a folder.
    pub fn over(folder: Arc<dyn Disk>) -> Overlay {
        Overlay { under: Some(folder), files: BTreeMap::new() }
    }

    /// With a file, in place of one of the same path.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl AsRef<[u8]>) -> Overlay {
        self.files.insert(path.into(), Some(bytes.as_ref().into()));
        self
    }

    /// Without the file of a path.
    #[must_use]
    pub fn without(mut self, path: impl Into<String>) -> Overlay {
        self.files.insert(path.into(), None);
        self
    }
}

impl Disk for Overlay {
    fn list(&self, folder: &str) -> Result<Vec<FolderEntry>, ReadError> {
        let under = match self.under.as_ref().map(|under| under.list(folder)) {
            Some(Ok(entries)) => Some(entries),
            Some(Err(ReadError::Missing)) | None => None,
            Some(Err(unread)) => return Err(unread),
        };
        let is_there = under.is_some() || folder.is_empty();
        let mut entries: BTreeMap<String, FolderEntry> =
            under.into_iter().flatten().map(|entry| (entry.name.clone(), entry)).collect();
        let before = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        for (path, bytes) in self.files.range(before.clone()..) {
            let Some(rest) = path.strip_prefix(&before) else { break };
            let (name, is_folder) = rest.split_once('/').map_or((rest, false), |(name, _)| (name, true));
            let Some(bytes) = bytes else {
                if !is_folder {
                    entries.remove(name);
                }
                continue;
            };
            let (kind, size) = match is_folder {
                true => (EntryKind::Folder, 0),
                false => (EntryKind::File, bytes.len() as u64),
            };
            entries.insert(name.to_owned(), FolderEntry::undated(name, kind, size));
        }
        if !is_there && entries.is_empty() {
            return Err(ReadError::Missing);
        }
        Ok(entries.into_values().collect())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match (self.files.get(path), &self.under) {
            (Some(Some(bytes)), _) => Ok(bytes.to_vec()),
            (None, Some(under)) => under.read(path),
            (Some(None), _) | (None, None) => Err(ReadError::Missing),
        }
    }

    fn file(&self, path: &str) -> Option<FolderEntry> {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        match self.files.get(path) {
            Some(bytes) => {
                let size = bytes.as_ref()?.len() as u64;
                Some(FolderEntry::undated(&name, EntryKind::File, size))
            }
            None => self.under.as_ref()?.file(path),
        }
    }

    fn shown(&self, path: &str) -> String {
        self.under.as_ref().map_or_else(|| path.to_owned(), |under| under.shown(path))
    }
}
