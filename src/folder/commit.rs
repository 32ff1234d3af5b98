//! A plan -> the changed working folder. The only place that writes one.
//!
//! First every file that is to change is held against what was read of it. Then come the files that analysts write, the
//! output folder, the locks. Each file is written whole or not at all: under a name of its own in the same folder, which
//! then gives way to the file's. A link that leads out of the folder is an error. Not here: what is to change.

use std::{
    collections::BTreeSet,
    error::Error,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    CommitError, Disk, Edit, FileSystem, OnDisk, Plan, System, unfinished,
    write::{put, removed},
};
use crate::output::{Change, OutputPath, Verdict, manifest_path};

/// The mark that some editors put before UTF-8 text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A folder that is to be built into lies among what analysts write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputAmongSources;

impl fmt::Display for OutputAmongSources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the output folder cannot lie in memos/ or templates/; name another with --out")
    }
}

impl Error for OutputAmongSources {}

/// What was done: now it can be said.
#[derive(Debug)]
#[must_use = "it holds the report of what was done"]
pub struct Receipt<R> {
    /// The plan's report.
    pub report: R,
}

/// Where a working folder is, and which folder it builds into.
#[derive(Debug, Clone)]
pub struct WorkingFolder {
    root: PathBuf,
    output: PathBuf,
}

impl WorkingFolder {
    /// The working folder at a path, which builds into `output/` in it.
    pub fn at(root: impl Into<PathBuf>) -> WorkingFolder {
        let root = root.into();
        let output = root.join("output");
        WorkingFolder { root, output }
    }

    /// Builds into another folder.
    #[must_use]
    pub fn building_into(self, output: impl Into<PathBuf>) -> WorkingFolder {
        WorkingFolder { output: output.into(), ..self }
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
        let lies_in = |part: &&str| {
            let part = self.root.join(part).canonicalize();
            part.is_ok_and(|part| there.as_ref().is_some_and(|there| there.starts_with(part)))
        };
        if ["memos", "templates"].iter().any(lies_in) { Err(OutputAmongSources) } else { Ok(()) }
    }

    /// Does what a plan says.
    ///
    /// # Errors
    /// [`CommitError`]. If a file is not what it was when it was read, nothing was written; else everything before the
    /// failure is in place, and everything after it is as it was.
    pub fn commit<R>(&self, plan: Plan<R>) -> Result<Receipt<R>, CommitError> {
        self.commit_through(&System, plan)
    }

    /// Does what a plan says, through another file system.
    ///
    /// # Errors
    /// See [`WorkingFolder::commit`].
    pub fn commit_through<R>(
        &self,
        system: &dyn FileSystem,
        plan: Plan<R>,
    ) -> Result<Receipt<R>, CommitError> {
        let Plan { report, sources, output, locks, renews_manifest, is_journaled } = plan;
        let mut paths = BTreeSet::new();
        if let Some(twice) = sources.iter().find(|edit| !paths.insert(&edit.path)) {
            return Err(CommitError::IsThere { path: twice.path.clone() });
        }
        let sources =
            sources.into_iter().map(|edit| self.checked(edit)).collect::<Result<Vec<_>, CommitError>>()?;
        if let (true, Some((path, Some(bytes)))) = (is_journaled, sources.first()) {
            unfinished::begin(system, &self.root, path, bytes)?;
        }
        for (path, bytes) in sources {
            match bytes {
                Some(bytes) => put(system, &self.root, &path, &bytes, true)?,
                None => removed(system, &self.root, &path)?,
            }
        }
        let vouched_for = !locks.is_empty();
        for Change { path, verdict } in output {
            match verdict {
                Verdict::Keep => continue,
                Verdict::Create(bytes) | Verdict::Replace(bytes) => {
                    put(system, &self.output, &path, &bytes, vouched_for)?;
                }
                Verdict::Remove => removed(system, &self.output, &path)?,
            }
        }
        for Change { path, verdict } in locks {
            if let Verdict::Create(bytes) | Verdict::Replace(bytes) = verdict {
                put(system, &self.root, &path, &bytes, true)?;
            }
        }
        // Also after it was written: what was written just before it may bear the same moment.
        if renews_manifest && let Ok(bytes) = fs::read(self.output.join(manifest_path().as_str())) {
            put(system, &self.output, &manifest_path(), &bytes, false)?;
        }
        if is_journaled {
            unfinished::end(system, &self.root)?;
        }
        Ok(Receipt { report })
    }

    /// What a file is to hold, after a look at what it holds now. A byte order mark stays.
    fn checked(&self, edit: Edit) -> Result<(OutputPath, Option<Vec<u8>>), CommitError> {
        let Edit { path, was, becomes } = edit;
        let file = self.root.join(path.as_str());
        let Some(was) = was else {
            return match file.symlink_metadata() {
                Ok(_) => Err(CommitError::IsThere { path }),
                Err(_) => Ok((path, becomes.map(String::into_bytes))),
            };
        };
        let there = match fs::read(&file) {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(CommitError::Changed { path });
            }
            Err(error) => return Err(CommitError::disk(&file, error)),
        };
        let written = there.strip_prefix(MARK).unwrap_or(&there);
        if written != was.as_bytes() {
            return Err(CommitError::Changed { path });
        }
        let mark = &there[..there.len() - written.len()];
        Ok((path, becomes.map(|text| [mark, text.as_bytes()].concat())))
    }
}
