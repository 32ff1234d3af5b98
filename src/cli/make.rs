//! A working folder -> the files of its memos, and every fault. What `build`, `check` and `status` share.
//!
//! Not here: what is written, what is printed.

use std::{collections::BTreeMap, num::NonZeroUsize, path::Path, thread};

use super::{typeface, workspace};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources, offer},
    input::{self, Working},
    model::Memo,
    pdf::{Faces, Theme},
    press::{Job, Logos, Press, Relations},
    site::{Artifact, Form, Manifest, MemoEntry, OutputPath},
};

/// What a run has made before anything is written.
pub(super) struct Made {
    /// The ids of the memos that were asked for.
    pub asked: Vec<String>,
    pub built: Vec<(MemoEntry, Vec<Artifact>)>,
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
        let built = |id: &&str| self.built.iter().any(|(memo, _)| memo.id == *id);
        let mut missing: Vec<_> = self.asked.iter().map(String::as_str).filter(|id| !built(id)).collect();
        missing.dedup();
        missing
    }
}

/// Reads, resolves, fills in and sets the memos that were asked for; all, if none is named. The error
/// says what was called wrongly.
///
/// `before` says which paths are taken by memos that are not asked for. Without `threads` there are as
/// many as the machine runs at a time.
pub(super) fn make(
    root: &Path,
    memos: &[String],
    forms: &[Form],
    before: &Manifest,
    threads: Option<NonZeroUsize>,
) -> Result<Made, String> {
    let mut faults = Faults::default();
    if !root.is_dir() {
        return Err(format!("there is no folder {}", root.display()));
    }
    let workspace::Workspace { sources, memos: known, texts, templates } = workspace::read(root, &mut faults);
    let memos: Vec<String> = memos.iter().map(|memo| workspace::stem(memo)).collect();
    if let Some(missing) = memos.iter().find(|memo| !known.contains(memo)) {
        return Err(no_memo(missing, &known));
    }
    let wanted = |stem: &str| memos.is_empty() || memos.iter().any(|memo| memo == stem);
    let others = before.memos.iter().filter(|entry| known.contains(&entry.id) && !wanted(&entry.id));
    let mut taken: BTreeMap<OutputPath, String> = others
        .flat_map(|entry| entry.artifacts.iter().map(|file| (file.path.clone(), entry.id.clone())))
        .collect();
    let asked = known.iter().filter(|stem| wanted(stem)).cloned().collect();
    let mut built = Vec::new();
    if let Some(working) = input::read(&texts, &sources, &mut faults, wanted) {
        let faces = typeface::faces(working.office.typeface.as_ref(), root, &mut faults);
        // Without the office's typeface, memos are set in another and not written, so that one run shows
        // what else is wrong.
        let whole = faces.is_some();
        let faces = faces.unwrap_or_else(Faces::embedded);
        let press = Press::new(&templates, faces, Theme::new(&working.office.look), &sources, &mut faults);
        let load = |path: &str| std::fs::read(root.join(path)).ok();
        let none = Relations::default();
        let logos = Logos::read(&working.office, &load, &mut faults);
        let mut job = Job {
            office: &working.office,
            forms,
            relations: &none,
            logos: &logos,
            load: &load,
            sources: &sources,
        };
        let relations = relations(&working, &press, &job);
        job.relations = &relations;
        let threads = threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        let good = working.memos.iter().filter(|(id, _)| wanted(id.as_str()));
        let good: Vec<&Memo> = good.filter_map(|(_, memo)| memo.as_deref()).collect();
        let faulty = working.faulty.iter().map(|memo| &**memo);
        let all: Vec<&Memo> = good.iter().copied().chain(faulty).collect();
        let made = press.print_all(&all, &job, threads, &mut faults);
        let made = good.iter().zip(made).filter_map(|(memo, made)| Some((memo.source, made?)));
        let mut printed: Vec<_> = made.filter(|_| whole).collect();
        for (id, memo) in working.archive.iter().filter(|(id, _)| wanted(id.as_str())) {
            let source = texts.memos.iter().find(|(stem, _)| stem == id.as_str()).map(|(_, source)| *source);
            let entry = memo.as_deref().and_then(|memo| press.archived(memo, &job, &mut faults));
            printed.extend(source.zip(entry));
        }
        for (source, (entry, files)) in printed {
            if !clashes(source, &entry.id, &files, &mut taken, &mut faults) {
                built.push((entry, files));
            }
        }
    }
    Ok(Made { asked, built, known, memos: texts.memos, sources, faults: faults.into_sorted() })
}

/// That a memo is not there, and which one could be meant.
pub(super) fn no_memo(id: &str, known: &[String]) -> String {
    format!("there is no memo `{id}` in memos/; {}", offer(id, known.iter().map(String::as_str)))
}

/// How all memos stand to each other, and what those that are named are called.
fn relations(working: &Working, press: &Press, job: &Job<'_>) -> Relations {
    let mut relations = Relations::default();
    for memo in working.memos.values().flatten() {
        for (relation, earlier) in &memo.relations {
            relations.add(&memo.id, *relation, earlier);
        }
    }
    for id in relations.needed() {
        let memo = working.memos.get(&id).and_then(Option::as_deref).and_then(|memo| press.name(memo, job));
        let archived = working.archive.get(&id).and_then(Option::as_deref);
        if let Some(named) = memo.or_else(|| Some(press.archived_name(archived?))) {
            relations.name(id, named);
        }
    }
    relations
}

/// Whether a memo would be published as a file of another memo; then that is reported.
fn clashes(
    source: SourceId,
    id: &str,
    artifacts: &[Artifact],
    taken: &mut BTreeMap<OutputPath, String>,
    faults: &mut Faults,
) -> bool {
    if let Some((path, other)) = artifacts.iter().find_map(|artifact| taken.get_key_value(&artifact.path)) {
        let message = format!("memo {id} would be published as {path}, as memo {other} is");
        faults.push(
            Diagnostic::new(Code::SamePath, source.start(), message)
                .expected("each memo needs paths of its own")
                .help("let `published_as` in memos/office.yaml use {{ memo.id }}"),
        );
        return true;
    }
    taken.extend(artifacts.iter().map(|artifact| (artifact.path.clone(), id.to_owned())));
    false
}
