//! Where a working folder is, and what it is read through.
//!
//! In: paths. Out: [`WorkingFolder`]. Not here: how it is changed (`commit`).

use std::{
    error::Error,
    fmt,
    path::{Component, Path, PathBuf},
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
    pub(super) by: Option<String>,
    pub(super) keeps: bool,
}

impl WorkingFolder {
    /// The working folder at a path, which builds into `output/` in it.
    pub fn at(root: impl Into<PathBuf>) -> WorkingFolder {
        let root = root.into();
        let output = root.join("output");
        WorkingFolder { root, output, now: None, by: None, keeps: true }
    }

    /// Says when what is committed was asked for: it is told in the history.
    #[must_use]
    pub fn asked_at(self, now: NaiveDateTime) -> WorkingFolder {
        WorkingFolder { now: Some(now), ..self }
    }

    /// Says who asks for what is committed, by the id of a person: it is told in the history.
    #[must_use]
    pub fn asked_by(self, person: impl Into<String>) -> WorkingFolder {
        WorkingFolder { by: Some(person.into()), ..self }
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
        let output = real(&self.output);
        let among = |part: &&str| {
            let part = real(&self.root.join(part));
            output.starts_with(&part) || part.starts_with(&output)
        };
        if ["memos", "templates", ".ccrov", ".git"].iter().any(among) {
            Err(OutputAmongSources)
        } else {
            Ok(())
        }
    }
}

/// Where a path leads, be it there or not: a folder that is not there lies where the nearest one above it lies.
fn real(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    let there = plain.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    match there.and_then(|(ancestor, real)| Some(real.join(plain.strip_prefix(ancestor).ok()?))) {
        // Joined with nothing, a path would end with a slash.
        Some(real) => real.components().collect(),
        None => plain,
    }
}
