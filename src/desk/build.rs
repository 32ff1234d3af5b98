//! Building memos into the output folder, and saying what of it is not current.

use std::{collections::BTreeSet, num::NonZeroUsize};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Refused, known,
    output_plan::{self, LastBuild},
};
use crate::{
    build::{Build, Scope},
    diagnostic::Findings,
    folder::{OutputChanges, Plan, Snapshot, SourcePath, Unchanged},
    output::{self, FileChange, Form, NotAManifest, OutputPath, Verdict},
    records::Readings,
};

/// What is to be built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildRequest {
    /// The ids of the memos; all, if none is named.
    pub memos: Vec<String>,
    /// The forms; all, if none is named.
    pub forms: Vec<Form>,
    /// Whether the lists show drafts.
    pub drafts: bool,
    /// The day after which dates come up on the home page; that of the newest issued memo, if none is given.
    pub as_of: Option<NaiveDate>,
    /// Whether files that somebody else has put where files are to go are moved aside.
    pub adopt: bool,
    /// The years whose memos go with their folders: "2021".
    pub removing: Vec<String>,
    /// On how many threads; as many as the machine runs at a time, if it is not said. What is built is the same.
    pub threads: Option<NonZeroUsize>,
    /// Whether every file is looked at, be it untouched since the last build.
    pub thorough: bool,
}

/// What was built, in numbers.
#[derive(Debug, Serialize)]
pub struct BuildReport {
    /// How many memos were asked for.
    pub memos: usize,
    /// How many of them are built.
    pub built: usize,
    /// Those that have a fault, and are left as they were.
    pub with_faults: Vec<String>,
    /// How many files of memos are written.
    pub written: usize,
    /// How many stay as they are.
    pub unchanged: usize,
    /// How many belong to nothing any more.
    pub removed: usize,
    /// Where files are moved that somebody else has put into the output folder, by their paths from the working folder.
    pub moved: Vec<SourcePath>,
    /// How many files of the lists are written or removed.
    pub of_lists: usize,
    /// How many memos are issued, and keep their form.
    pub issued: usize,
    /// How many files the output folder is held against.
    pub files: usize,
    /// The memos that tell a delay which is only proposed: without drafts, nothing of them is built.
    pub left_out: Vec<String>,
    /// What of the output folder is not what it should be before the plan is committed.
    pub stale: Vec<Stale>,
    /// Every fault and warning.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// A file of the output folder that is not what the memos build to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// Its path in the output folder.
    pub path: String,
    /// What is the matter with it.
    pub state: FileState,
}

/// What is the matter with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// It is not there.
    Missing,
    /// It holds something else.
    Differs,
    /// It belongs to nothing any more.
    LeftOver,
}

/// Plans a build.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo; [`Refused`] of the disk if the manifest cannot be read.
pub fn build(snapshot: &Snapshot, wish: &BuildRequest) -> Result<Plan<BuildReport>, Refused> {
    let built = match output_plan::built(snapshot) {
        // What it said is not known: all that is there is somebody else's, unless it is what is built.
        Err(Refused::NotAManifest { why, .. }) if wish.adopt && !matches!(why, NotAManifest::Newer(_)) => {
            None
        }
        built => built?,
    };
    let LastBuild { manifest: before, bytes: upon } = built.unwrap_or_default();
    // What another office has built there is not ours to change.
    let is_ours =
        before.memos.is_empty() || before.memos.iter().any(|entry| snapshot.memos.contains(&entry.id));
    if snapshot.elsewhere.is_some() && !is_ours {
        let folder = output_plan::trimmed(&snapshot.target().shown(""));
        return Err(Refused::OutputOfOthers { folder });
    }
    let memos = known(snapshot, &wish.memos)?;
    let unchanged = Unchanged::since_build(snapshot);
    let scope = Scope {
        forms: if wish.forms.is_empty() { &Form::ALL } else { &wish.forms },
        unchanged: unchanged.of_this_program().filter(|_| !wish.thorough),
        drafts: wish.drafts,
        as_of: wish.as_of,
        removing: &wish.removing,
        threads: wish.threads,
        ..Scope::of(&memos, &before)
    };
    let built = crate::build::build(snapshot, &mut Readings::default(), &scope, snapshot.faults());
    let with_faults: Vec<String> = built.missing().into_iter().map(str::to_owned).collect();
    let Build { asked, built, unchanged: same_memos, after, files, kept, proposing, sources, faults, .. } =
        built;
    let same: usize =
        same_memos.iter().filter_map(|id| after.entry(id)).map(|entry| entry.artifacts.len()).sum();
    let lists: BTreeSet<OutputPath> =
        output_plan::of_lists(&before).union(&output_plan::of_lists(&after)).cloned().collect();
    let changes = output::plan(&before, &after, files, |path: &OutputPath| snapshot.existing(path));
    let mut output = OutputChanges::of(changes, &before, upon, unchanged);
    if wish.adopt {
        output = output.moving_aside(|path| snapshot.folder.file(path.as_str()).is_none());
    }
    let changes = &output.changes;
    let (of_lists, own): (Vec<_>, Vec<_>) = changes.iter().partition(|change| lists.contains(&change.path));
    let count = |wanted: fn(&Verdict) -> bool| own.iter().filter(|change| wanted(&change.verdict)).count();
    let report = BuildReport {
        memos: asked.len(),
        built: built.len() + same_memos.len(),
        with_faults,
        written: count(|verdict| matches!(verdict, Verdict::Create(_) | Verdict::Replace(_))),
        unchanged: count(|verdict| *verdict == Verdict::Keep) + same,
        moved: output.moved.iter().map(|(_, to)| to.clone()).collect(),
        removed: count(|verdict| *verdict == Verdict::Remove),
        of_lists: of_lists.iter().filter(|change| change.verdict != Verdict::Keep).count(),
        issued: kept,
        left_out: proposing.into_iter().filter(|_| !wish.drafts).collect(),
        files: changes.len(),
        stale: changes.iter().filter_map(stale).collect(),
        findings: Findings { faults, sources },
    };
    Ok(Plan { what: "build".to_owned(), output: Some(output), ..Plan::nothing(report) })
}

/// The same plan, with what all memos build to once it is carried out.
///
/// # Errors
/// As [`build`].
pub fn and_build<R>(snapshot: &Snapshot, plan: Plan<R>) -> Result<Plan<(R, BuildReport)>, Refused> {
    let build = build(&snapshot.with(&plan.sources), &BuildRequest::default())?;
    Ok(plan.and_build(build))
}

pub(super) fn stale(change: &FileChange) -> Option<Stale> {
    let state = match change.verdict {
        Verdict::Keep => return None,
        Verdict::Create(_) => FileState::Missing,
        Verdict::Replace(_) => FileState::Differs,
        Verdict::Remove => FileState::LeftOver,
    };
    Some(Stale { path: change.path.to_string(), state })
}
