//! What an operation is going to do, before anything is written.

use std::{collections::BTreeSet, fmt};

use super::{SourcePath, Unchanged};
use crate::output::{FileChange, Manifest, OutputPath, Verdict, digest, manifest_path};

/// A file that analysts write, as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path from the working folder.
    pub path: SourcePath,
    /// What it held when it was read, without a byte order mark; `None` if it is a new file. If it holds something
    /// else by now, nothing is written.
    pub was: Option<String>,
    /// What it is to hold; `None` if it goes.
    pub becomes: Option<String>,
    /// The file whose place it takes under a new name: it has the same line ends, and may be read by the same people.
    pub like: Option<SourcePath>,
}

impl Edit {
    /// A file that is not there yet.
    pub fn new_file(path: SourcePath, text: impl Into<String>) -> Edit {
        Edit { path, was: None, becomes: Some(text.into()), like: None }
    }
}

/// A file that readers get as it is, such as a form that a memo has attached: it comes beside what analysts write.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the working folder. If there is a file of this name by now, nothing is written.
    pub path: SourcePath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for NewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.path, self.bytes.len())
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
    /// What is done, as a person would type it: "issue drill". The next command says so if this one is interrupted.
    pub what: String,
    /// Files that come beside the texts that name them: they take their places first, and never without such a text.
    pub files: Vec<NewFile>,
    /// What changes of the files that analysts write, in the order in which it is written.
    pub sources: Vec<Edit>,
    /// What changes in the output folder, and what was known of that folder.
    pub output: Option<OutputChanges>,
    /// What is written after the output, since it vouches for it: the locks of issued memos.
    pub locks: Vec<Edit>,
}

/// What changes in the output folder.
pub struct OutputChanges {
    /// The files; the manifest comes last, so it never names a file that is not there.
    pub changes: Vec<FileChange>,
    /// The bytes of the manifest that the changes were planned upon; empty if there was none. If there is another one
    /// by now, nothing is written.
    pub upon: Vec<u8>,
    /// What was seen of the folder's files meanwhile.
    pub unchanged: Unchanged,
    /// Files that would be replaced and that the manifest does not name: somebody else has put them there. As long as
    /// there are any, nothing is written.
    pub foreign: Vec<OutputPath>,
    /// Files that are moved out of the output folder, and where to.
    pub moved: Vec<(OutputPath, SourcePath)>,
}

impl OutputChanges {
    /// Changes of what a manifest says was built, whose bytes are `upon`.
    pub fn of(
        changes: Vec<FileChange>,
        before: &Manifest,
        upon: Vec<u8>,
        unchanged: Unchanged,
    ) -> OutputChanges {
        let own: BTreeSet<&OutputPath> = before.paths().collect();
        let manifest = manifest_path();
        let foreign = changes.iter().filter(|change| {
            matches!(change.verdict, Verdict::Replace(_))
                && !own.contains(&change.path)
                && (change.path != manifest || upon.is_empty())
        });
        let foreign: BTreeSet<OutputPath> = foreign.map(|change| change.path.clone()).collect();
        let foreign = foreign.into_iter().collect();
        OutputChanges { changes, upon, unchanged, foreign, moved: Vec::new() }
    }

    /// Moves what somebody else has put into the output folder to a folder of its own, under a name that is `free`.
    #[must_use]
    pub fn moving_aside(self, free: impl Fn(&SourcePath) -> bool) -> OutputChanges {
        let aside = |path: &OutputPath| {
            let name = |nth: usize| match nth {
                1 => format!("{MOVED}/{path}"),
                nth => format!("{MOVED}-{nth}/{path}"),
            };
            (1..).filter_map(|nth| name(nth).parse().ok()).find(|to| free(to))
        };
        let moved = self.foreign.iter().filter_map(|path| Some((path.clone(), aside(path)?))).collect();
        OutputChanges { foreign: Vec::new(), moved, ..self }
    }
}

/// Where files are moved that somebody else has put into the output folder.
const MOVED: &str = "moved-aside";

impl<R> Plan<R> {
    /// A plan that changes nothing.
    pub fn nothing(report: R) -> Plan<R> {
        Plan {
            report,
            what: String::new(),
            files: Vec::new(),
            sources: Vec::new(),
            output: None,
            locks: Vec::new(),
        }
    }

    /// A plan that only changes files that analysts write. `what` is done, as a person would type it: "import".
    pub fn of_sources(what: impl Into<String>, report: R, sources: Vec<Edit>) -> Plan<R> {
        Plan { what: what.into(), sources, ..Plan::nothing(report) }
    }

    /// The same plan with another report.
    pub fn map<S>(self, other: impl FnOnce(R) -> S) -> Plan<S> {
        let Plan { report, what, files, sources, output, locks } = self;
        Plan { report: other(report), what, files, sources, output, locks }
    }

    /// What is going to be written, as one digest: a later plan that would write the same has the same.
    ///
    /// ```
    /// use ccrov::folder::{Edit, Plan};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let path: ccrov::folder::SourcePath = "memos/2026/drill.yaml".parse()?;
    /// let plan = |text| Plan::of_sources("set", (), vec![Edit::new_file(path.clone(), text)]);
    /// assert_eq!(plan("subject: A").digest(), plan("subject: A").digest());
    /// assert_ne!(plan("subject: A").digest(), plan("subject: B").digest());
    /// # Ok(())
    /// # }
    /// ```
    pub fn digest(&self) -> String {
        let mut written = format!("{}\n", self.what);
        for edit in self.sources.iter().chain(&self.locks) {
            let [was, becomes] = [&edit.was, &edit.becomes]
                .map(|text| text.as_ref().map(|text| digest(text.as_bytes())).unwrap_or_default());
            written.push_str(&format!("{} {was} {becomes}\n", edit.path));
        }
        for file in &self.files {
            written.push_str(&format!("{} {}\n", file.path, digest(&file.bytes)));
        }
        for (from, to) in self.output.iter().flat_map(|output| &output.moved) {
            written.push_str(&format!("{from} > {to}\n"));
        }
        for change in self.output.iter().flat_map(|output| &output.changes) {
            let becomes = match &change.verdict {
                Verdict::Keep => continue,
                Verdict::Remove => String::new(),
                Verdict::Create(bytes) | Verdict::Replace(bytes) => digest(bytes),
            };
            written.push_str(&format!("{} {becomes}\n", change.path));
        }
        digest(written.as_bytes())
    }

    /// This plan's edits, and what another plan builds of them.
    pub fn and_build<S>(self, build: Plan<S>) -> Plan<(R, S)> {
        let Plan { report, output, locks, .. } = build;
        let Plan { what, files, sources, .. } = self;
        Plan { report: (self.report, report), what, files, sources, output, locks }
    }
}

impl<R: fmt::Debug> fmt::Debug for Plan<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = self.output.iter().flat_map(|output| &output.changes);
        f.debug_struct("Plan")
            .field("report", &self.report)
            .field("what", &self.what)
            .field("files", &self.files)
            .field("sources", &self.sources)
            .field("output", &changes.map(|change| &change.path).collect::<Vec<_>>())
            .field("locks", &self.locks)
            .finish()
    }
}
