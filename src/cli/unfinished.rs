//! A slip that was interrupted between the release's file and the memos.
//!
//! What is to be done stands in a file of the working folder before the release is written, and is removed
//! when the memos are built; so the next command knows what is left. Not here: slips.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use super::{BuildArguments, Outcome, Terminal, build::build};
use crate::site::{self, Change, Failed, OutputPath, Verdict, digest};

/// Where it stands.
const FILE: &str = "ccrov-unfinished.yaml";

/// A slip that has begun.
#[derive(Serialize, Deserialize)]
pub(super) struct Unfinished {
    /// The release's file.
    file: String,
    /// What the file holds when the delay is in it.
    sha256: String,
}

impl Unfinished {
    /// A slip that is going to write this.
    pub fn new(file: &OutputPath, bytes: &[u8]) -> Unfinished {
        Unfinished { file: file.to_string(), sha256: digest(bytes) }
    }

    /// Notes it down.
    pub fn begin(&self, root: &Path) -> Result<(), Failed> {
        let remark = "# A delay is being told. If this file stays, the next `ccrov build` completes it.\n";
        let record = serde_yaml::to_string(self).expect("text always serialises");
        let bytes = format!("{remark}{record}").into_bytes();
        site::apply(root, &[Change { path: path(), verdict: Verdict::Create(bytes) }])
    }

    /// Takes it back, when all is done.
    pub fn end(root: &Path) -> Result<(), Failed> {
        site::apply(root, &[Change { path: path(), verdict: Verdict::Remove }])
    }

    /// What is left of an earlier command.
    fn read(root: &Path) -> Option<Unfinished> {
        let bytes = fs::read(root.join(FILE)).ok()?;
        // A record that cannot be read is one that was interrupted itself: nothing was written after it.
        Some(
            serde_yaml::from_slice(&bytes)
                .unwrap_or(Unfinished { file: String::new(), sha256: String::new() }),
        )
    }

    fn is_written(&self, root: &Path) -> bool {
        fs::read(root.join(&self.file)).is_ok_and(|bytes| digest(&bytes) == self.sha256)
    }
}

/// Says what an earlier command left, and completes it if this command `writes`.
pub(super) fn complete(root: &Path, writes: bool, terminal: &mut Terminal) -> Outcome {
    let Some(left) = Unfinished::read(root) else { return Outcome::Done };
    let written = left.is_written(root);
    if !written && writes {
        terminal.note("note: a slip was interrupted before it wrote anything; say it again");
    } else if !writes {
        terminal.note("note: a slip was interrupted; `ccrov build` completes it");
        return Outcome::Done;
    } else {
        let file = &left.file;
        terminal.note(&format!(
            "note: a slip was interrupted; {file} has the delay, and the memos are built now"
        ));
        let outcome = build(root, &BuildArguments::all(), terminal);
        if outcome == Outcome::Disk {
            return outcome;
        }
    }
    match Unfinished::end(root) {
        Ok(()) => Outcome::Done,
        Err(failed) => {
            terminal.complain(&failed.to_string());
            Outcome::Disk
        }
    }
}

fn path() -> OutputPath {
    FILE.parse().expect("a plain file name is a path")
}
