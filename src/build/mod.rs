//! A working folder -> the files of its memos, the lists around them, and every fault.
//!
//! In: a [`Snapshot`], and which memos in which forms ([`Scope`]). Out: [`Build`]. Nothing is written. What was built
//! before and is made from the same is left alone. Not here: what becomes of the files.

mod behind;
mod between;
mod gone;
mod lists;
mod mentions;
mod moved_elections;
mod run;
mod typeface;
mod unlocked;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    thread,
};

use chrono::NaiveDate;

use crate::{
    diagnostic::{Diagnostic, Faults, Severity, SourceId, Sources},
    folder::{Snapshot, Unchanged},
    issued::{Telling, standing, tellings},
    model::{InForce, Statement},
    output::{self, Files, Form, Manifest, MemoEntry, OutputPath},
    press::{CopiedMemos, MemoFiles, SettledTexts},
    records::{self, Readings, Records},
    schedule::{self, resolve},
};
use run::BuildRun;

/// What was built, before anything is written.
pub struct Build {
    /// The ids of the memos that were asked for.
    pub asked: Vec<String>,
    /// The memos that were made; their files are in `files`.
    pub built: Vec<MemoFiles>,
    /// The ids of those that were asked for and have not changed since the last build.
    pub unchanged: Vec<String>,
    /// What the output folder holds then.
    pub after: Manifest,
    /// The files that were made.
    pub files: Files,
    /// How many of the memos are issued, and keep their form.
    pub kept: usize,
    /// Issued memos whose release has slipped since, and which no memo updates.
    pub outdated: Vec<String>,
    /// The ids of all memos of the working folder.
    pub known: Vec<String>,
    /// Those whose file could be read, by their ids.
    pub memos: Vec<(String, SourceId)>,
    /// The ids of those that a lock keeps.
    pub locked: BTreeSet<String>,
    /// The texts that the faults point into.
    pub sources: Sources,
    /// The memos that tell a delay which is only proposed. They are made with drafts alone, and stand in no list.
    pub proposing: BTreeSet<String>,
    /// In the order of files and lines.
    pub faults: Vec<Diagnostic>,
}

impl Build {
    /// The entry of a memo that was made, or has not changed since it was.
    pub fn entry(&self, id: &str) -> Option<&MemoEntry> {
        let made = self.built.iter().any(|printed| printed.entry.id == id);
        let same = || self.unchanged.iter().any(|unchanged| unchanged == id);
        if made || same() { self.after.entry(id) } else { None }
    }

    /// The memos that were asked for and have a fault.
    pub fn missing(&self) -> Vec<&str> {
        let built = self.built.iter().map(|printed| &printed.entry.id).chain(&self.unchanged);
        let built: BTreeSet<&String> = built.collect();
        let mut missing: Vec<_> = self.asked.iter().filter(|id| !built.contains(id)).collect();
        missing.dedup();
        missing.into_iter().map(String::as_str).collect()
    }
}

/// What is to be built.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The ids of the memos that are asked for; all, if none is named.
    pub memos: &'a [String],
    /// The forms.
    pub forms: &'a [Form],
    /// What the output folder holds: it says which paths are taken by memos that are not asked for.
    pub before: &'a Manifest,
    /// Which of its files need not be made again, if what they are made from is as it was.
    pub unchanged: Option<&'a Unchanged>,
    /// The ids of memos that are being issued: they get locks.
    pub issuing: &'a [String],
    /// Documents of memos that are issued whose text is settled, whatever templates make of them.
    pub settled: Option<&'a SettledTexts>,
    /// The memos that are made as Word files, too.
    pub copies: Option<&'a CopiedMemos>,
    /// Whether the lists are made, too.
    pub lists: bool,
    /// Whether the lists show drafts.
    pub drafts: bool,
    /// Whether memos that tell what is only proposed are made though the lists show no drafts: to see what is wrong with them.
    pub proposals: bool,
    /// The day after which dates come up on the home page; that of the newest issued memo, if none is given.
    pub as_of: Option<NaiveDate>,
    /// The years whose memos go with their folders: "2021".
    pub removing: &'a [String],
    /// On how many threads; as many as the machine runs at a time, if it is not said.
    pub threads: Option<NonZeroUsize>,
}

impl<'a> Scope<'a> {
    /// These memos in all forms, all memos if none is named, around what `before` says was built.
    pub fn of(memos: &'a [String], before: &'a Manifest) -> Scope<'a> {
        Scope {
            memos,
            forms: &Form::ALL,
            before,
            unchanged: None,
            issuing: &[],
            settled: None,
            copies: None,
            lists: true,
            drafts: false,
            proposals: false,
            as_of: None,
            removing: &[],
            threads: None,
        }
    }

    fn makes_proposals(&self) -> bool {
        self.drafts || self.proposals
    }

    fn wants(&self, id: &str) -> bool {
        self.memos.is_empty() || self.memos.iter().any(|memo| memo == id)
    }

    fn issues(&self, id: &str) -> bool {
        self.issuing.iter().any(|memo| memo == id)
    }

    fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// Builds what is asked for. What was understood of memos' files before is taken from `readings`, and goes there.
pub fn build(snapshot: &Snapshot, readings: &mut Readings, scope: &Scope<'_>, mut faults: Faults) -> Build {
    let load = |path: &str| snapshot.load(path);
    let mut standing = standing(snapshot, |id| scope.wants(id), scope.issuing, &mut faults);
    let (locked, were_locked) = (snapshot.locked(), unlocked::were_locked(snapshot, scope));
    unlocked::gone(snapshot, &locked, &were_locked, scope, &mut standing, &mut faults);
    let mut asked: Vec<String> = snapshot.memos.iter().filter(|id| scope.wants(id)).cloned().collect();
    // What was published of a memo that is not there stays.
    let mut all_sources = snapshot.sources.clone();
    let mut known: BTreeSet<String> = snapshot.memos.iter().chain(&standing.stuck).cloned().collect();
    known.extend(gone::kept(snapshot, scope, &known, &mut all_sources, &mut faults));
    let told = |id: &str| scope.wants(id) && (scope.issues(id) || standing.kept(id).is_none());
    let (texts, sources, threads) = (&snapshot.texts, &snapshot.sources, scope.threads());
    let working = records::read_with(texts, sources, readings, threads, &mut faults, told);
    let is_corrected = |id: &str| scope.issues(id);
    let tellings = working.as_ref().map(|working| tellings(&working.memos, &standing.locks, is_corrected));
    let tellings = tellings.unwrap_or_default();
    let (mut behind, mut outdated) = (BTreeMap::new(), Vec::new());
    if let Some(working) = &working {
        // What a draft says of others does not hold yet.
        let told = tellings.values().filter(|memo| !memo.status.is_open());
        let told: Vec<Statement<'_>> = told.map(Telling::statement).collect();
        let in_force = InForce::of(&told);
        behind = behind::behind(working, &tellings, &in_force);
        unlocked::by_hand(working, snapshot, &locked, scope, &standing, &mut faults);
        behind::warn(&behind, working, snapshot, &locked, scope, &mut faults);
        moved_elections::warn(working, snapshot, &in_force, &standing, scope, &mut faults);
        outdated = run::outdated(working, &tellings);
    }
    let proposing: BTreeSet<String> = working.iter().flat_map(Records::proposing).collect();
    // What is only proposed is seen with drafts alone.
    asked.retain(|id| scope.makes_proposals() || !proposing.contains(id));
    known.retain(|id| scope.makes_proposals() || !proposing.contains(id));
    let mut run = BuildRun::new(snapshot, scope, &standing, &known, &load, &mut faults);
    let behind = behind.into_keys().map(ToString::to_string).chain(proposing.iter().cloned()).collect();
    let lists = working.as_ref().map(|working| run.memos(working, behind));
    let BuildRun { mut built, unchanged, kept, .. } = run;

    let printed =
        built.iter_mut().map(|made| (made.entry.clone(), std::mem::take(&mut made.artifacts))).collect();
    let (mut after, mut files) = output::merge(scope.before, printed, scope.forms, |id| known.contains(id));
    let issued = built.iter().filter(|made| made.lock.is_some()).map(|made| made.entry.id.as_str());
    let has_lock = issued.chain(locked.iter().copied()).chain(were_locked.iter().map(String::as_str));
    mark_locked(&mut after.memos, &has_lock.collect());
    let has_lists = scope.forms.contains(&Form::Html) || !scope.before.site.is_empty();
    // Lists of a folder that was not read whole would lack what is in it.
    if let Some(lists) = lists.filter(|_| scope.lists && has_lists && snapshot.is_whole()) {
        // What lists are made of is what stands beside them.
        let beside =
            |path: &OutputPath| snapshot.existing(path).or_else(|| snapshot.published(path).ok().flatten());
        lists.make(scope, &beside, sources, &mut after, &mut files, &mut faults);
    }
    Build {
        asked,
        built,
        unchanged,
        after,
        files,
        kept,
        outdated,
        proposing,
        known: known.into_iter().collect(),
        memos: texts.memos.clone(),
        locked: locked.into_iter().map(str::to_owned).collect(),
        sources: all_sources,
        faults: faults.into_sorted(),
    }
}

/// That a lock was there is not forgotten with it.
fn mark_locked(entries: &mut [MemoEntry], locked: &BTreeSet<&str>) {
    for entry in entries {
        entry.locked = locked.contains(entry.id.as_str());
    }
}

/// Reports what is wrong with the newest plan of each release, though no memo may show it yet.
pub fn check_releases(working: &Records, sources: &Sources, faults: &mut Faults) {
    for plan in working.releases.values().flatten() {
        let mut found = Faults::default();
        if let Some(resolved) = resolve(plan, plan.delays.len(), plan.seen_on(), &mut found) {
            schedule::check(&resolved, [], sources, &mut found);
        }
        let errors = found.into_sorted().into_iter();
        errors.filter(|fault| fault.code.severity() == Severity::Error).for_each(|fault| faults.push(fault));
    }
}
