//! A working folder -> the files of its memos, and every fault. What `build`, `check` and `status` share.
//!
//! Not here: what is written, what is printed.

mod between;
mod lists;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    path::Path,
    thread,
};

use chrono::NaiveDate;

use super::{
    locks::{self, Held},
    typeface,
    workspace::{self, Workspace},
};
use between::{clashes, paths, relations};
use lists::Lists;

use crate::{
    diagnostic::{Diagnostic, Faults, Severity, SourceId, Sources, offer},
    input::{self, Readings, Working},
    model::{Id, Status},
    pdf::{Faces, Theme},
    press::{Job, Locked, Logos, Press, Printed, Relations, Work},
    schedule::{self, resolve},
    site::{self, Files, Form, Manifest, MemoEntry, OutputPath, Unchanged},
    threads,
};

/// What a run has made before anything is written.
pub(super) struct Made {
    /// The ids of the memos that were asked for.
    pub asked: Vec<String>,
    /// The memos that were made; their files are in `files`.
    pub built: Vec<Printed>,
    /// The ids of those that were asked for and have not changed since the last build.
    pub unchanged: Vec<String>,
    /// What the output folder holds then.
    pub after: Manifest,
    /// The files that were made.
    pub files: Files,
    /// How many of these are issued, and keep their form.
    pub kept: usize,
    /// Issued memos whose release has slipped since, and which no memo updates.
    pub outdated: Vec<String>,
    /// The ids of all memos of the working folder.
    pub known: Vec<String>,
    /// Those whose file could be read, by their ids.
    pub memos: Vec<(String, SourceId)>,
    pub sources: Sources,
    /// In the order of files and lines.
    pub faults: Vec<Diagnostic>,
}

impl Made {
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

/// What is to be made.
pub(super) struct Order<'a> {
    pub root: &'a Path,
    /// The memos that are asked for; all, if none is named.
    pub memos: &'a [String],
    pub forms: &'a [Form],
    /// The folder into which files are to go, if it is not the working folder's own.
    pub out: Option<&'a Path>,
    /// What it holds: it says which paths are taken by memos that are not asked for.
    pub before: Option<&'a Manifest>,
    /// On how many threads; as many as the machine runs at a time, if it is not said.
    pub threads: Option<NonZeroUsize>,
    /// The ids of memos that are being issued: they get locks.
    pub issuing: &'a [String],
    /// Which files of before need not be made again, if what they are made from is as it was.
    pub unchanged: Option<&'a Unchanged>,
    /// Whether the lists are made, too.
    pub lists: bool,
    /// Whether the lists show drafts.
    pub drafts: bool,
    /// The day after which dates come up on the home page; that of the newest issued memo, if none is given.
    pub as_of: Option<NaiveDate>,
}

impl<'a> Order<'a> {
    /// These memos in all forms; all memos, if none is named.
    pub fn all(root: &'a Path, memos: &'a [String]) -> Order<'a> {
        Order {
            root,
            memos,
            forms: &Form::ALL,
            out: None,
            before: None,
            threads: None,
            issuing: &[],
            unchanged: None,
            lists: true,
            drafts: false,
            as_of: None,
        }
    }
}

impl Order<'_> {
    fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// Reads a working folder, and makes what is asked for. The error says what was called wrongly.
pub(super) fn make(order: &Order<'_>) -> Result<Made, String> {
    let mut faults = Faults::default();
    if !order.root.is_dir() {
        return Err(format!("there is no folder {}", order.root.display()));
    }
    let workspace = workspace::read(order.root, &mut faults);
    let memos: Vec<String> = order.memos.iter().map(|memo| workspace::stem(memo)).collect();
    match memos.iter().find(|memo| !workspace.memos.contains(memo)) {
        Some(missing) => Err(no_memo(missing, &workspace.memos)),
        None => Ok(make_of(workspace, &mut Readings::default(), &Order { memos: &memos, ..*order }, faults)),
    }
}

/// Resolves, fills in and sets the memos of a working folder that are asked for, by their ids.
pub(super) fn make_of(
    workspace: Workspace,
    readings: &mut Readings,
    order: &Order<'_>,
    mut faults: Faults,
) -> Made {
    let Order { root, forms, issuing, .. } = *order;
    let wanted = |id: &str| order.memos.is_empty() || order.memos.iter().any(|memo| memo == id);
    let load = |path: &str| std::fs::read(root.join(path)).ok();
    let own = root.join("output");
    // What is published elsewhere is made from what the working folder has published.
    let published = |path: &OutputPath| {
        let out = || order.out.and_then(|out| site::existing(out, path));
        site::existing(&own, path).or_else(out)
    };
    let Held { locks, stuck } = locks::held(&workspace, wanted, issuing, &load, &mut faults);
    let Workspace { sources, memos: mut known, texts, templates, .. } = workspace;
    let asked: Vec<String> = known.iter().filter(|id| wanted(id)).cloned().collect();
    // What was published of a memo that is not there stays.
    known.extend(stuck.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>());
    let issuing = |id: &str| issuing.iter().any(|memo| memo == id);
    let kept = |id: &Id| locks.get(id).filter(|_| !stuck.contains(id.as_str()) && !issuing(id.as_str()));
    let is_kept = |id: &str| id.parse().is_ok_and(|id| kept(&id).is_some());

    let known: BTreeSet<String> = known.into_iter().collect();
    let none = Manifest::default();
    let before = order.before.unwrap_or(&none);
    let others = before.memos.iter().filter(|entry| known.contains(&entry.id) && !wanted(&entry.id));
    let mut taken: BTreeMap<OutputPath, String> = others.flat_map(paths).collect();
    let (mut built, mut count_kept, mut outdated) = (Vec::new(), 0, Vec::new());
    let (mut unchanged, mut lists) = (Vec::new(), None);
    let threads = order.threads();
    let told = |id: &str| wanted(id) && !is_kept(id);
    let working = input::read_with(&texts, &sources, readings, threads, &mut faults, told);
    if let Some(working) = working {
        if order.memos.is_empty() {
            releases(&working, &sources, &mut faults);
        }
        let memos = working.memos.values().flatten().filter(|memo| memo.status == Status::Issued);
        let slipped =
            memos.filter(|memo| memo.plan.as_ref().is_some_and(|plan| memo.knows < plan.delays.len()));
        let slipped = slipped.filter(|memo| working.later(&memo.id).next().is_none());
        outdated.extend(slipped.map(|memo| memo.id.to_string()));
        let faces = typeface::faces(working.office.typeface.as_ref(), root, &mut faults);
        // Without the office's typeface, memos are set in another and not written, so that one run shows
        // what else is wrong.
        let whole = faces.is_some();
        let faces = faces.unwrap_or_else(Faces::embedded);
        let press = Press::new(&templates, faces, Theme::new(&working.office.look), &sources, &mut faults);
        let none = Relations::default();
        let logos = Logos::read(&working.office, &load, &mut faults);
        let mut job = Job {
            office: &working.office,
            forms,
            relations: &none,
            logos: &logos,
            memos: &working.memos,
            locks: &locks,
            load: &load,
            published: &published,
            sources: &sources,
        };
        let relations = relations(&working, &press, &job, order.drafts);
        job.relations = &relations;
        let memo = |id: &Id| working.memos.get(id).and_then(Option::as_deref);
        let keeps = locks.keys().filter(|id| wanted(id.as_str())).filter_map(|id| {
            let locked = kept(id)?;
            Some((locked.source, Work::Keep(locked, memo(id))))
        });
        let prints = working.memos.keys().filter_map(memo).chain(working.faulty.iter().map(|memo| &**memo));
        let prints = prints.filter(|memo| {
            wanted(memo.id.as_str()) && kept(&memo.id).is_none() && !stuck.contains(memo.id.as_str())
        });
        let prints = prints.map(|memo| match issuing(memo.id.as_str()) {
            true => (memo.source, Work::Issue(memo)),
            false => (memo.source, Work::Print(memo)),
        });
        let typeface = working.office.typeface.as_ref().map(|_| press.fonts()).unwrap_or_default();
        let stamp = press.stamp(&job, &typeface);
        let release = |id: &str| texts.releases.iter().find(|(stem, _)| stem == id).map(|(_, text)| *text);
        let entries: BTreeMap<&str, &MemoEntry> =
            before.memos.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        // Those that are issued come first: no other memo can take their paths.
        let (mut places, mut work, mut depends) = (Vec::new(), Vec::new(), Vec::new());
        let items: Vec<_> = keeps.chain(prints).collect();
        let looked_at = threads::each(&items, threads, |(_, item)| {
            let made_from = press.depends(item, &stamp, &release, &job);
            let entry = entries.get(item.id()).filter(|entry| same(entry, item, &made_from, order));
            (made_from, entry)
        });
        for ((place, item), (made_from, entry)) in items.into_iter().zip(looked_at) {
            match entry {
                Some(entry) if whole => {
                    count_kept += usize::from(matches!(item, Work::Keep(..)));
                    taken.extend(paths(entry));
                    unchanged.push(entry.id.clone());
                }
                _ => {
                    places.push(place);
                    work.push(item);
                    depends.push(made_from);
                }
            }
        }
        let made = press.print_all(&work, &job, threads, &mut faults);
        let faulty = |work: &Work<'_>| match work {
            Work::Keep(..) => false,
            Work::Print(memo) | Work::Issue(memo) => {
                !whole || working.memos.get(&memo.id).is_none_or(Option::is_none)
            }
        };
        let mut printed = Vec::new();
        for (((place, work), made), made_from) in places.into_iter().zip(&work).zip(made).zip(depends) {
            count_kept += usize::from(matches!(work, Work::Keep(..)) && made.is_some());
            let made = made.filter(|_| !faulty(work)).map(|mut made| {
                // From now on it is kept.
                let locked = made.lock.clone().map(|lock| Locked { lock, source: place });
                let kept = match (&locked, work) {
                    (Some(locked), Work::Issue(memo)) => Some(Work::Keep(locked, Some(memo))),
                    _ => None,
                };
                let made_from = match kept {
                    Some(kept) => press.depends(&kept, &stamp, &release, &job),
                    None => made_from,
                };
                // What was warned of is told again, and all files are to be made from the same.
                let others = entries.get(work.id()).is_none_or(|entry| {
                    entry.made_from.as_ref() == Some(&made_from)
                        || entry.artifacts.iter().all(|file| forms.contains(&file.kind))
                });
                made.entry.made_from = (made.clean && others).then_some(made_from);
                made
            });
            printed.extend(made.map(|made| (place, made)));
        }
        let sources_of: BTreeMap<&str, SourceId> =
            texts.memos.iter().map(|(id, source)| (id.as_str(), *source)).collect();
        for (id, memo) in working.archive.iter().filter(|(id, _)| wanted(id.as_str())) {
            let entry = memo.as_deref().and_then(|memo| press.archived(memo, &job, &mut faults));
            printed.extend(sources_of.get(id.as_str()).copied().zip(entry));
        }
        for (source, memo) in printed {
            if !clashes(source, &memo, &mut taken, &mut faults) {
                built.push(memo);
            }
        }
        let stamp = press.page_stamp(&job);
        lists = Some(Lists::new(press, &working, stamp));
    }
    let printed: Vec<_> =
        built.iter_mut().map(|made| (made.entry.clone(), std::mem::take(&mut made.artifacts))).collect();
    let (mut after, mut files) = site::merge(before, printed, forms, |id| known.contains(id));
    if let Some(lists) =
        lists.filter(|_| order.lists && (forms.contains(&Form::Html) || !before.site.is_empty()))
    {
        // What lists are made of is what stands beside them.
        let beside =
            |path: &OutputPath| site::existing(order.out.unwrap_or(&own), path).or_else(|| published(path));
        lists.make(order, &beside, &sources, &mut after, &mut files, &mut faults);
    }
    Made {
        asked,
        built,
        unchanged,
        after,
        files,
        kept: count_kept,
        outdated,
        known: known.into_iter().collect(),
        memos: texts.memos,
        sources,
        faults: faults.into_sorted(),
    }
}

/// Whether the files of a memo need not be made again.
fn same(entry: &MemoEntry, work: &Work<'_>, made_from: &str, order: &Order<'_>) -> bool {
    // What is issued gets its lock, be it as it was.
    let Some(unchanged) = order.unchanged.filter(|_| !matches!(work, Work::Issue(_))) else { return false };
    let made = |form: Form| entry.artifacts.iter().any(|file| file.kind == form);
    entry.made_from.as_deref() == Some(made_from)
        && order.forms.iter().all(|form| made(*form) || !work.has(*form))
        && entry.artifacts.iter().all(|file| unchanged.has(&file.path, file.size))
}

/// Reports what is wrong with the newest plan of each release, though no memo may show it yet.
fn releases(working: &Working, sources: &Sources, faults: &mut Faults) {
    for plan in working.releases.values().flatten() {
        let as_of = plan.delays.last().map_or(NaiveDate::MIN, |delay| delay.announced);
        let mut found = Faults::default();
        if let Some(resolved) = resolve(plan, plan.delays.len(), as_of, &mut found) {
            schedule::check(&resolved, [], sources, &mut found);
        }
        let errors = found.into_sorted().into_iter();
        errors.filter(|fault| fault.code.severity() == Severity::Error).for_each(|fault| faults.push(fault));
    }
}

/// That a memo is not there, and which one could be meant.
pub(super) fn no_memo(id: &str, known: &[String]) -> String {
    format!("there is no memo `{id}` in memos/; {}", offer(id, known.iter().map(String::as_str)))
}
