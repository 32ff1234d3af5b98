//! A working folder -> the files of its memos, and every fault. What `build`, `check` and `status` share.
//!
//! Not here: what is written, what is printed.

use std::{collections::BTreeMap, num::NonZeroUsize, path::Path, thread};

use chrono::NaiveDate;

use super::{
    locks::{self, Held},
    typeface,
    workspace::{self, Workspace},
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Severity, SourceId, Sources, offer},
    input::{self, Working},
    model::{Id, Status},
    pdf::{Faces, Theme},
    press::{Job, Logos, Press, Printed, Relations, Work},
    schedule::{self, resolve},
    site::{self, Form, Manifest, OutputPath},
};

/// What a run has made before anything is written.
pub(super) struct Made {
    /// The ids of the memos that were asked for.
    pub asked: Vec<String>,
    pub built: Vec<Printed>,
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
    /// The memos that were asked for and have a fault.
    pub fn missing(&self) -> Vec<&str> {
        let built = |id: &&str| self.built.iter().any(|printed| printed.entry.id == *id);
        let mut missing: Vec<_> = self.asked.iter().map(String::as_str).filter(|id| !built(id)).collect();
        missing.dedup();
        missing
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
}

impl<'a> Order<'a> {
    /// These memos in all forms; all memos, if none is named.
    pub fn all(root: &'a Path, memos: &'a [String]) -> Order<'a> {
        Order { root, memos, forms: &Form::ALL, out: None, before: None, threads: None, issuing: &[] }
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
        None => Ok(make_of(workspace, &Order { memos: &memos, ..*order }, faults)),
    }
}

/// Resolves, fills in and sets the memos of a working folder that are asked for, by their ids.
pub(super) fn make_of(workspace: Workspace, order: &Order<'_>, mut faults: Faults) -> Made {
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

    let others = order
        .before
        .into_iter()
        .flat_map(|before| &before.memos)
        .filter(|entry| known.contains(&entry.id) && !wanted(&entry.id));
    let mut taken: BTreeMap<OutputPath, String> = others
        .flat_map(|entry| entry.artifacts.iter().map(|file| (file.path.clone(), entry.id.clone())))
        .collect();
    let (mut built, mut count_kept, mut outdated) = (Vec::new(), 0, Vec::new());
    if let Some(working) = input::read(&texts, &sources, &mut faults, |id| wanted(id) && !is_kept(id)) {
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
        let relations = relations(&working, &press, &job);
        job.relations = &relations;
        let threads = order.threads.or_else(|| thread::available_parallelism().ok());
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
        // Those that are issued come first: no other memo can take their paths.
        let (places, work): (Vec<SourceId>, Vec<Work<'_>>) = keeps.chain(prints).unzip();
        let made = press.print_all(&work, &job, threads.unwrap_or(NonZeroUsize::MIN), &mut faults);
        let faulty = |work: &Work<'_>| match work {
            Work::Keep(..) => false,
            Work::Print(memo) | Work::Issue(memo) => {
                !whole || working.memos.get(&memo.id).is_none_or(Option::is_none)
            }
        };
        let mut printed = Vec::new();
        for ((place, work), made) in places.into_iter().zip(&work).zip(made) {
            count_kept += usize::from(matches!(work, Work::Keep(..)) && made.is_some());
            printed.extend(made.filter(|_| !faulty(work)).map(|made| (place, made)));
        }
        for (id, memo) in working.archive.iter().filter(|(id, _)| wanted(id.as_str())) {
            let source = texts.memos.iter().find(|(stem, _)| stem == id.as_str()).map(|(_, source)| *source);
            let entry = memo.as_deref().and_then(|memo| press.archived(memo, &job, &mut faults));
            printed.extend(source.zip(entry));
        }
        for (source, memo) in printed {
            if !clashes(source, &memo, &mut taken, &mut faults) {
                built.push(memo);
            }
        }
    }
    Made {
        asked,
        built,
        kept: count_kept,
        outdated,
        known,
        memos: texts.memos,
        sources,
        faults: faults.into_sorted(),
    }
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

/// How all memos stand to each other, and what those that are named are called. What an issued memo says of
/// earlier ones stands in its lock.
fn relations(working: &Working, press: &Press, job: &Job<'_>) -> Relations {
    let mut relations = Relations::default();
    for memo in working.memos.values().flatten().filter(|memo| !job.locks.contains_key(&memo.id)) {
        memo.relations.iter().for_each(|(relation, earlier)| relations.add(&memo.id, *relation, earlier));
    }
    for (id, locked) in job.locks {
        let said = locked.lock.relations.iter();
        said.flat_map(|(relation, all)| all.iter().map(|earlier| (*relation, earlier)))
            .for_each(|(relation, earlier)| relations.add(id, relation, earlier));
    }
    for id in relations.needed() {
        let locked = || job.locks.get(&id).map(crate::press::Locked::name);
        let memo =
            || working.memos.get(&id).and_then(Option::as_deref).and_then(|memo| press.name(memo, job));
        let archived =
            || working.archive.get(&id).and_then(Option::as_deref).map(|memo| press.archived_name(memo));
        if let Some(named) = locked().or_else(memo).or_else(archived) {
            relations.name(id, named);
        }
    }
    relations
}

/// Whether a memo would be published as a file of another memo; then that is reported.
fn clashes(
    source: SourceId,
    memo: &Printed,
    taken: &mut BTreeMap<OutputPath, String>,
    faults: &mut Faults,
) -> bool {
    let id = &memo.entry.id;
    if let Some((path, other)) =
        memo.artifacts.iter().find_map(|artifact| taken.get_key_value(&artifact.path))
    {
        let message = format!("memo {id} would be published as {path}, as memo {other} is");
        faults.push(
            Diagnostic::new(Code::SamePath, source.start(), message)
                .expected("each memo needs paths of its own")
                .help("let `published_as` in memos/office.yaml use {{ memo.id }}"),
        );
        return true;
    }
    taken.extend(memo.artifacts.iter().map(|artifact| (artifact.path.clone(), id.clone())));
    false
}
