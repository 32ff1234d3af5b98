//! What an operation is going to do, before anything is written.

use std::fmt;

use crate::output::{Change, OutputPath};

/// A file that analysts write, as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path from the working folder.
    pub path: OutputPath,
    /// What it held when it was read, without a byte order mark; `None` if it is a new file. If it holds something
    /// else by now, nothing is written.
    pub was: Option<String>,
    /// What it is to hold; `None` if it goes.
    pub becomes: Option<String>,
}

impl Edit {
    /// A file that is not there yet.
    pub fn new_file(path: OutputPath, text: impl Into<String>) -> Edit {
        Edit { path, was: None, becomes: Some(text.into()) }
    }
}

/// What an operation is going to do, with its report. It holds nothing that is not written: [`commit`] takes it
/// whole, and gives each file's bytes back as soon as they are on disk.
///
/// [`commit`]: super::WorkingFolder::commit
#[must_use = "nothing is written before a plan is committed"]
pub struct Plan<R> {
    /// What there is to be said of it.
    pub report: R,
    /// What changes of the files that analysts write, in the order in which it is written.
    pub sources: Vec<Edit>,
    /// What changes in the output folder; the manifest comes last, so it never names a file that is not there.
    pub output: Vec<Change>,
    /// What is written after the output, since it vouches for it: the locks of issued memos.
    pub locks: Vec<Change>,
    /// Whether the manifest is written again though it is the same: all files of the folder have been looked at, and
    /// are as old as it or older.
    pub renews_manifest: bool,
    /// Whether an interruption between sources and output is to be completed by the next command.
    pub is_journaled: bool,
}

impl<R> Plan<R> {
    /// A plan that changes nothing.
    pub fn nothing(report: R) -> Plan<R> {
        Plan {
            report,
            sources: Vec::new(),
            output: Vec::new(),
            locks: Vec::new(),
            renews_manifest: false,
            is_journaled: false,
        }
    }

    /// A plan that only changes files that analysts write.
    pub fn of_sources(report: R, sources: Vec<Edit>) -> Plan<R> {
        Plan { sources, ..Plan::nothing(report) }
    }

    /// The same plan with another report.
    pub fn map<S>(self, other: impl FnOnce(R) -> S) -> Plan<S> {
        let Plan { report, sources, output, locks, renews_manifest, is_journaled } = self;
        Plan { report: other(report), sources, output, locks, renews_manifest, is_journaled }
    }

    /// This plan's edits, and what another plan builds of them.
    pub fn and_build<S>(self, build: Plan<S>) -> Plan<(R, S)> {
        let Plan { report, output, locks, renews_manifest, .. } = build;
        let both = (self.report, report);
        Plan {
            report: both,
            sources: self.sources,
            output,
            locks,
            renews_manifest,
            is_journaled: self.is_journaled,
        }
    }
}

impl<R: fmt::Debug> fmt::Debug for Plan<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths = |changes: &[Change]| changes.iter().map(|change| change.path.clone()).collect::<Vec<_>>();
        f.debug_struct("Plan")
            .field("report", &self.report)
            .field("sources", &self.sources)
            .field("output", &paths(&self.output))
            .field("locks", &paths(&self.locks))
            .finish()
    }
}
