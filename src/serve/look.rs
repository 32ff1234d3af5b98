//! Whether a working folder has something to show.

use std::{error::Error, fmt, fs, io, path::Path, path::PathBuf};

/// Why there is nothing to show.
#[derive(Debug)]
pub struct NothingToShow {
    folder: PathBuf,
    error: io::Error,
}

impl NothingToShow {
    /// Whether the folder with the memos is not there at all.
    pub fn is_missing(&self) -> bool {
        self.error.kind() == io::ErrorKind::NotFound
    }
}

impl fmt::Display for NothingToShow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (folder, error) = (self.folder.display(), &self.error);
        match error.kind() {
            io::ErrorKind::NotFound => write!(
                f,
                "there is no folder {folder}; run ccrov in the folder that holds memos/, or name that folder: ccrov \
                 --root DIR serve"
            ),
            io::ErrorKind::NotADirectory => {
                write!(f, "{folder} is a file; the folder with the memos is expected there")
            }
            _ => write!(f, "{folder} cannot be read: {error}; look at who may read it"),
        }
    }
}

impl Error for NothingToShow {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// Looks whether there is a folder with memos.
///
/// # Errors
/// [`NothingToShow`].
pub fn look(root: &Path) -> Result<(), NothingToShow> {
    let folder = root.join("memos");
    match fs::read_dir(&folder) {
        Ok(_) => Ok(()),
        Err(error) => Err(NothingToShow { folder, error }),
    }
}
