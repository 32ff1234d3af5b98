//! Where a working folder is, and what it is read through.
//!
//! In: paths. Out: [`WorkingFolder`]. Not here: how it is changed (`commit`).

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDateTime;

use super::{Disk, OnDisk};

/// A folder that is to be built into lies among what analysts write, or holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputAmongSources;

impl fmt::Display for OutputAmongSources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the output folder cannot be in memos/ or templates/, or hold them; name another with --out",
        )
    }
}

impl Error for OutputAmongSources {}

/// Where a working folder is, and which folder it builds into.
#[derive(Debug, Clone)]
pub struct WorkingFolder {
    pub(super) root: PathBuf,
    pub(super) output: PathBuf,
    pub(super) now: Option<NaiveDateTime>,
    pub(super) keeps: bool,
}

impl WorkingFolder {
    /// The working folder at a path, which builds into `output/` in it.
    pub fn at(root: impl Into<PathBuf>) -> WorkingFolder {
        let root = root.into();
        let output = root.join("output");
        WorkingFolder { root, output, now: None, keeps: true }
    }

    /// Says when what is committed was asked for: it is told in the history.
    #[must_use]
    pub fn asked_at(self, now: NaiveDateTime) -> WorkingFolder {
        WorkingFolder { now: Some(now), ..self }
    }

    /// A folder that need not outlast a loss of power, such as the preview's.
    #[must_use]
    pub fn for_a_while(self) -> WorkingFolder {
        WorkingFolder { keeps: false, ..self }
    }

    /// Builds into another folder.
    #[must_use]
    pub fn building_into(self, output: impl Into<PathBuf>) -> WorkingFolder {
        WorkingFolder { output: output.into(), ..self }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that it builds into.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// What analysts write.
    pub fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(OnDisk::at(&self.root))
    }

    /// The working folder's own output.
    pub fn own_output(&self) -> Arc<dyn Disk> {
        Arc::new(OnDisk::within(&self.root, "output"))
    }

    /// The folder that is built into, if it is not the working folder's own.
    pub fn elsewhere(&self) -> Option<Arc<dyn Disk>> {
        let own = self.root.join("output");
        (self.output != own).then(|| Arc::new(OnDisk::at(&self.output)) as Arc<dyn Disk>)
    }

    /// Whether it can be built into the folder that is named.
    ///
    /// # Errors
    /// [`OutputAmongSources`] if that folder lies among what analysts write.
    pub fn can_build(&self) -> Result<(), OutputAmongSources> {
        // A folder that is not there yet lies where the nearest one above it lies.
        let there = self.output.ancestors().find_map(|ancestor| ancestor.canonicalize().ok());
        let holds = self.output.canonicalize().ok();
        let among = |part: &&str| {
            let part = self.root.join(part).canonicalize();
            part.is_ok_and(|part| {
                there.as_ref().is_some_and(|there| there.starts_with(&part))
                    || holds.as_ref().is_some_and(|output| part.starts_with(output))
            })
        };
        if ["memos", "templates"].iter().any(among) { Err(OutputAmongSources) } else { Ok(()) }
    }
}
