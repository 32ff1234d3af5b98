//! One build: which memos are made, and what becomes of each.
//!
//! In: what was read of a working folder. Out: the memos that were made, and those that need not be. Not here: how a
//! memo is printed, and the lists.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Scope, between::clashes, between::paths, between::relations, check_releases, lists::Lists, typeface,
};
use crate::{
    diagnostic::{Faults, SourceId},
    folder::Snapshot,
    issued::{LockFile, Standing, Telling, disagrees},
    model::{Id, InForce, Later, Statement, Status},
    output::{MemoEntry, OutputPath},
    pdf::{Faces, Theme},
    press::{Job, Logos, MemoFiles, Press, Relations, Work},
    records::Records,
    threads,
};

/// A build under way.
pub(super) struct BuildRun<'a> {
    snapshot: &'a Snapshot,
    scope: &'a Scope<'a>,
    standing: &'a Standing,
    load: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    faults: &'a mut Faults,
    /// The entries of the last build, by the memos' ids.
    entries: BTreeMap<&'a str, &'a MemoEntry>,
    /// Which memo is published as which file.
    taken: BTreeMap<String, String>,
    pub built: Vec<MemoFiles>,
    pub unchanged: Vec<String>,
    /// How many memos are issued and keep their form.
    pub kept: usize,
}

/// A memo that is to be made.
struct PendingMemo<'w> {
    source: SourceId,
    work: Work<'w>,
    /// The digest of all that its files depend on.
    made_from: String,
}

/// What all memos of a build are made with.
struct SharedInputs<'s> {
    press: &'s Press,
    job: &'s Job<'s>,
    /// The digest of what all memos depend on.
    stamp: String,
    /// Whether the office's typeface is there. Without it, memos are set in another and not written, so that one run
    /// shows what else is wrong.
    whole: bool,
}

impl<'a> BuildRun<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        scope: &'a Scope<'a>,
        standing: &'a Standing,
        known: &BTreeSet<String>,
        load: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
        faults: &'a mut Faults,
    ) -> BuildRun<'a> {
        let entries = scope.before.memos.iter();
        // What is published of a memo that goes is nobody's before it is gone.
        let others = entries.clone().filter(|entry| {
            !known.contains(&entry.id) && !entry.is_draft()
                || known.contains(&entry.id) && !scope.wants(&entry.id)
        });
        BuildRun {
            snapshot,
            scope,
            standing,
            load,
            faults,
            entries: entries.clone().map(|entry| (entry.id.as_str(), entry)).collect(),
            taken: others.flat_map(paths).collect(),
            built: Vec::new(),
            unchanged: Vec::new(),
            kept: 0,
        }
    }

    /// Makes the memos that are asked for. Gives what makes the lists around them, which do not follow those `behind`.
    pub fn memos(&mut self, working: &Records, behind: BTreeSet<String>) -> Lists {
        let BuildRun { snapshot, scope, load, .. } = *self;
        let sources = &snapshot.sources;
        if scope.memos.is_empty() {
            check_releases(working, sources, self.faults);
        }
        let office = &working.office;
        let faces = typeface::faces(office.typeface.as_ref(), &*snapshot.folder, self.faults);
        let whole = faces.is_some();
        let faces = faces.unwrap_or_else(Faces::embedded);
        let press = Press::new(&snapshot.templates, faces, Theme::new(&office.look), sources, self.faults);
        let logos = Logos::read(office, load, self.faults);
        let published = |path: &OutputPath| snapshot.published(path);
        let mut job = Job {
            office,
            forms: scope.forms,
            relations: &Relations::default(),
            logos: &logos,
            memos: &working.memos,
            releases: &working.releases,
            locks: &self.standing.locks,
            load,
            published: &published,
            sources,
            settled: scope.settled,
            copies: scope.copies,
        };
        let relations = relations(working, &snapshot.texts, &press, &job, scope.drafts);
        job.relations = &relations;
        let fonts = office.typeface.as_ref().map(|_| press.fonts()).unwrap_or_default();
        let shared = SharedInputs { press: &press, job: &job, stamp: press.stamp(&job, &fonts), whole };

        let work = self.work(working);
        let items = self.changed(work, &shared);
        let mut printed = self.print(&items, working, &shared);
        printed.extend(self.archived(working, &shared));
        for (source, memo) in printed {
            if !clashes(source, &memo, &mut self.taken, self.faults) {
                self.built.push(memo);
            }
        }
        let stamp = press.page_stamp(&job);
        Lists::new(press, working, stamp, behind)
    }

    /// What is to become of each memo that is asked for. Those that are issued come first: no other memo can take
    /// their paths.
    fn work<'w>(&mut self, working: &'w Records) -> Vec<(SourceId, Work<'w>)>
    where
        'a: 'w,
    {
        let (scope, standing, sources) = (self.scope, self.standing, &self.snapshot.sources);
        let faults = &mut *self.faults;
        let memo = |id: &_| working.memos.get(id).and_then(Option::as_deref);
        let kept = |id: &str| standing.kept(id).filter(|_| !scope.issues(id));
        let keeps = standing.locks.keys().filter(|id| scope.wants(id.as_str())).filter_map(|id| {
            let (locked, memo) = (kept(id.as_str())?, memo(id));
            let is_false = memo.is_some_and(|memo| disagrees(locked, memo, sources, faults));
            (!is_false).then_some((locked.source, Work::Keep(locked, memo)))
        });
        let keeps: Vec<_> = keeps.collect();
        let prints = working.memos.keys().filter_map(memo).chain(working.faulty.iter().map(|memo| &**memo));
        let prints = prints.filter(|memo| {
            let id = memo.id.as_str();
            let is_seen = scope.makes_proposals() || !memo.tells_proposal;
            is_seen && scope.wants(id) && kept(id).is_none() && !standing.stuck.contains(id)
        });
        let prints = prints.map(|memo| match scope.issues(memo.id.as_str()) {
            true => (memo.source, Work::Issue(memo)),
            false => (memo.source, Work::Print(memo)),
        });
        keeps.into_iter().chain(prints).collect()
    }

    /// Leaves out the memos whose files need not be made again.
    fn changed<'w>(
        &mut self,
        work: Vec<(SourceId, Work<'w>)>,
        shared: &SharedInputs<'_>,
    ) -> Vec<PendingMemo<'w>> {
        let made_from = threads::each(&work, self.scope.threads(), |(_, work)| self.depends(work, shared));
        let mut items = Vec::new();
        for ((source, work), made_from) in work.into_iter().zip(made_from) {
            match self.entries.get(work.id()).filter(|entry| self.is_same(entry, &work, &made_from)) {
                Some(entry) if shared.whole => {
                    self.kept += usize::from(matches!(work, Work::Keep(..)));
                    self.taken.extend(paths(entry));
                    self.unchanged.push(entry.id.clone());
                }
                _ => items.push(PendingMemo { source, work, made_from }),
            }
        }
        items
    }

    fn depends(&self, work: &Work<'_>, shared: &SharedInputs<'_>) -> String {
        let releases = &self.snapshot.texts.releases;
        let release = |id: &str| releases.iter().find(|(stem, _)| stem == id).map(|(_, text)| *text);
        shared.press.depends(work, &shared.stamp, &release, shared.job)
    }

    /// Whether the files of a memo need not be made again.
    fn is_same(&self, entry: &MemoEntry, work: &Work<'_>, made_from: &str) -> bool {
        // What is issued gets its lock, be it as it was.
        let is_issued = matches!(work, Work::Issue(_));
        let Some(unchanged) = self.scope.unchanged.filter(|_| !is_issued) else { return false };
        let made = |form| entry.artifacts.iter().any(|file| file.kind == form);
        entry.made_from.as_deref() == Some(made_from)
            && self.scope.forms.iter().all(|form| made(*form) || !work.has(*form))
            && entry.artifacts.iter().all(|file| unchanged.has(&file.path, file.size, &file.sha256))
    }

    /// Prints memos; those with a fault are left out.
    fn print(
        &mut self,
        items: &[PendingMemo<'_>],
        working: &Records,
        shared: &SharedInputs<'_>,
    ) -> Vec<(SourceId, MemoFiles)> {
        let work: Vec<Work<'_>> = items.iter().map(|item| item.work).collect();
        let printed = shared.press.print_all(&work, shared.job, self.scope.threads(), self.faults);
        let faulty = |work: &Work<'_>| match work {
            Work::Keep(..) => false,
            Work::Print(memo) | Work::Issue(memo) => {
                !shared.whole || working.memos.get(&memo.id).is_none_or(Option::is_none)
            }
        };
        let mut all = Vec::new();
        for (item, made) in items.iter().zip(printed) {
            self.kept += usize::from(matches!(item.work, Work::Keep(..)) && made.is_some());
            if let Some(mut made) = made.filter(|_| !faulty(&item.work)) {
                made.entry.made_from = self.made_from(item, &made, shared);
                all.push((item.source, made));
            }
        }
        all
    }

    /// What the files of a printed memo are noted to be made from; nothing if they are to be made again next time.
    fn made_from(
        &self,
        item: &PendingMemo<'_>,
        made: &MemoFiles,
        shared: &SharedInputs<'_>,
    ) -> Option<String> {
        let made_from = match (&made.lock, item.work) {
            // From now on it is kept.
            (Some(lock), Work::Issue(memo)) => {
                let locked = LockFile { lock: lock.clone(), source: item.source };
                self.depends(&Work::Keep(&locked, Some(memo)), shared)
            }
            _ => item.made_from.clone(),
        };
        // What was warned of is told again, and all files are to be made from the same.
        let others = self.entries.get(item.work.id()).is_none_or(|entry| {
            entry.made_from.as_ref() == Some(&made_from)
                || entry.artifacts.iter().all(|file| self.scope.forms.contains(&file.kind))
        });
        (made.clean && others).then_some(made_from)
    }

    /// The memos that exist as files only.
    fn archived(&mut self, working: &Records, shared: &SharedInputs<'_>) -> Vec<(SourceId, MemoFiles)> {
        let sources: BTreeMap<&str, SourceId> =
            self.snapshot.texts.memos.iter().map(|(id, source)| (id.as_str(), *source)).collect();
        let wanted = working.archive.iter().filter(|(id, _)| self.scope.wants(id.as_str()));
        let wanted: Vec<_> = wanted.filter_map(|(id, memo)| Some((id, memo.as_deref()?))).collect();
        let known = self.scope.unchanged.is_some();
        let printed = threads::each(&wanted, self.scope.threads(), |(id, memo)| {
            let mut faults = Faults::default();
            let before = self.entries.get(id.as_str()).copied().filter(|_| known);
            (shared.press.archived(memo, before, shared.job, &mut faults), faults)
        });
        let mut all = Vec::new();
        for ((id, _), (printed, faults)) in wanted.into_iter().zip(printed) {
            self.faults.take_over(faults);
            all.extend(sources.get(id.as_str()).copied().zip(printed));
        }
        all
    }
}

/// Issued memos whose plan has slipped since, and which no memo updates.
pub(super) fn outdated(working: &Records, tellings: &BTreeMap<&Id, Telling<'_>>) -> Vec<String> {
    let statements: Vec<Statement<'_>> = tellings.values().map(Telling::statement).collect();
    let in_force = InForce::of(&statements);
    let slipped = |memo: &Telling<'_>| {
        let own = || working.memos.get(memo.id)?.as_deref()?.plan.as_deref();
        let plan = match memo.release {
            Some(release) => working.releases.get(release).and_then(Option::as_deref),
            None => own(),
        };
        plan.is_some_and(|plan| memo.knows(plan) < plan.delays.len())
    };
    let replaced = |memo: &Telling<'_>| in_force.later(memo.id.as_str()).iter().any(Later::replaces);
    let issued = tellings.values().filter(|memo| memo.status == Status::Issued);
    issued.filter(|memo| slipped(memo) && !replaced(memo)).map(|memo| memo.id.to_string()).collect()
}
