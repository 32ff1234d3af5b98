//! `build` and `check`.
//!
//! Reads the working folder, sends every memo through the press, plans what would change, and puts
//! it into the output folder. Prints every fault, then one line with the counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{BuildArguments, Outcome, Terminal, render, workspace};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Severity, SourceId, Sources, offer},
    input::{self, Working},
    press::{Job, Press, Relations},
    site::{self, Artifact, Change, Form, Manifest, MemoEntry, OutputPath, Verdict},
};

/// What a run has made before anything is written.
struct Made {
    /// The ids of the memos that were asked for.
    asked: Vec<String>,
    built: Vec<(MemoEntry, Vec<Artifact>)>,
    /// The ids of all memos of the working folder.
    known: Vec<String>,
    sources: Sources,
    faults: Faults,
}

/// `ccrov build`.
pub(super) fn build(root: &Path, chosen: &BuildArguments, terminal: &mut Terminal) -> Outcome {
    let forms = if chosen.only.is_empty() { Form::ALL.to_vec() } else { chosen.only.clone() };
    let folder = chosen.out.clone().unwrap_or_else(|| root.join("output"));
    let before = match published_before(root, &folder, chosen.out.is_none()) {
        Ok(before) => before,
        Err(complaint) => {
            terminal.complain(&complaint);
            return Outcome::Disk;
        }
    };
    let made = match make(root, &chosen.memos, &forms, &before, terminal) {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    let Made { asked, built, known, sources, faults } = made;
    let count_built = built.len();
    let (count, missing) = count(&built, &asked);
    let exists = |id: &str| known.iter().any(|known| known == id);
    let changes =
        site::plan(&before, built, &forms, exists, |path: &OutputPath| site::existing(&folder, path));
    let (outcome, trouble) = report(faults, &sources, terminal);
    if chosen.check {
        return differences(&folder, &changes, &trouble, terminal).max(outcome);
    }
    if let Err(failed) = site::apply(&folder, &changes) {
        terminal.complain(&failed.to_string());
        terminal.say(&format!(
            "Stopped: not every file of {} could be written.{trouble}",
            counted(count_built, "memo")
        ));
        return Outcome::Disk;
    }
    let tally = |wanted: fn(&Verdict) -> bool| changes.iter().filter(|c| wanted(&c.verdict)).count();
    let written = tally(|v| matches!(v, Verdict::Create(_) | Verdict::Replace(_)));
    let kept = tally(|v| *v == Verdict::Keep);
    let removed = tally(|v| *v == Verdict::Remove);
    let removed = if removed == 0 { String::new() } else { format!(", {removed} removed") };
    let written = counted(written, "file");
    terminal.say(&format!("{missing}Built {count}: {written} written, {kept} unchanged{removed}.{trouble}"));
    outcome
}

/// `ccrov check`.
pub(super) fn check(root: &Path, memos: &[String], terminal: &mut Terminal) -> Outcome {
    match make(root, memos, &Form::ALL, &Manifest::default(), terminal) {
        Ok(Made { asked, built, sources, faults, .. }) => {
            let (_, missing) = count(&built, &asked);
            let (outcome, trouble) = report(faults, &sources, terminal);
            let trouble = if trouble.is_empty() { " No faults.".to_owned() } else { trouble };
            terminal.say(&format!("{missing}Checked {}.{trouble}", counted(asked.len(), "memo")));
            outcome
        }
        Err(outcome) => outcome,
    }
}

/// The manifest of the output folder. `own` says that the folder is the working folder's own.
fn published_before(root: &Path, folder: &Path, own: bool) -> Result<Manifest, String> {
    let real = (root.canonicalize(), folder.canonicalize());
    if let (true, (Ok(root), Ok(real))) = (own, real)
        && !real.starts_with(root)
    {
        let folder = folder.display();
        return Err(format!(
            "{folder} is a link out of the working folder; remove it, or name it with --out"
        ));
    }
    match site::existing(folder, &site::manifest_path()) {
        None => Ok(Manifest::default()),
        Some(json) => Manifest::read(&json).map_err(|wrong| {
            let path = folder.join(site::manifest_path().as_str());
            format!(
                "{} is not a manifest: {wrong}; take back what was changed in it, or remove it and build every memo",
                path.display()
            )
        }),
    }
}

/// Reads, resolves, fills in and sets the memos that were asked for.
///
/// `before` says which paths are taken by memos that are not asked for.
fn make(
    root: &Path,
    memos: &[String],
    forms: &[Form],
    before: &Manifest,
    terminal: &mut Terminal,
) -> Result<Made, Outcome> {
    let mut faults = Faults::default();
    if !root.is_dir() {
        terminal.complain(&format!("there is no folder {}", root.display()));
        return Err(Outcome::Usage);
    }
    let workspace::Workspace { sources, memos: known, texts, templates } = workspace::read(root, &mut faults);
    let memos: Vec<String> = memos.iter().map(|memo| workspace::stem(memo)).collect();
    if let Some(missing) = memos.iter().find(|memo| !known.contains(memo)) {
        let help = offer(missing, known.iter().map(String::as_str));
        terminal.complain(&format!("there is no memo `{missing}` in memos/; {help}"));
        return Err(Outcome::Usage);
    }
    let wanted = |stem: &str| memos.is_empty() || memos.iter().any(|memo| memo == stem);
    let others = before.memos.iter().filter(|entry| known.contains(&entry.id) && !wanted(&entry.id));
    let taken: BTreeMap<OutputPath, String> = others
        .flat_map(|entry| entry.artifacts.iter().map(|file| (file.path.clone(), entry.id.clone())))
        .collect();
    let asked = known.iter().filter(|stem| wanted(stem)).cloned().collect();
    let mut built = Vec::new();
    if let Some(working) = input::read(&texts, &sources, &mut faults, wanted) {
        let press = Press::new(&templates, &sources, &mut faults);
        let load = |path: &str| std::fs::read(root.join(path)).ok();
        let none = Relations::default();
        let mut job =
            Job { office: &working.office, forms, relations: &none, load: &load, sources: &sources };
        let relations = relations(&working, &press, &job);
        job.relations = &relations;
        let printed = working.memos.iter().filter(|(id, _)| wanted(id.as_str())).filter_map(|(_, memo)| {
            let memo = memo.as_deref()?;
            Some((memo.source, press.print(memo, &job, &mut faults)?))
        });
        let mut printed: Vec<_> = printed.collect();
        for (id, memo) in working.archive.iter().filter(|(id, _)| wanted(id.as_str())) {
            let source = texts.memos.iter().find(|(stem, _)| stem == id.as_str()).map(|(_, source)| *source);
            let entry = memo.as_deref().and_then(|memo| press.archived(memo, &job, &mut faults));
            printed.extend(source.zip(entry));
        }
        let mut taken = taken;
        for (source, (entry, files)) in printed {
            if !clashes(source, &entry.id, &files, &mut taken, &mut faults) {
                built.push((entry, files));
            }
        }
    }
    Ok(Made { asked, built, known, sources, faults })
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

/// Prints every fault. Gives the outcome and a sentence with the counts.
fn report(faults: Faults, sources: &Sources, terminal: &mut Terminal) -> (Outcome, String) {
    let faults = faults.into_sorted();
    for fault in &faults {
        let _ = writeln!(terminal.faults, "{}\n", render(fault, sources, terminal.style));
    }
    if faults.is_empty() {
        return (Outcome::Done, String::new());
    }
    let places: BTreeSet<_> = faults.iter().map(|fault| fault.place.source).collect();
    let is_error = |fault: &&Diagnostic| fault.code.severity() == Severity::Error;
    let errors = faults.iter().filter(is_error).count();
    let counts = [(errors, "fault"), (faults.len() - errors, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what));
    let trouble =
        format!(" {} in {}.", counts.collect::<Vec<_>>().join(" and "), counted(places.len(), "file"));
    let disk = faults.iter().any(|fault| fault.code == Code::UnreadableFile);
    let outcome = match errors {
        _ if disk => Outcome::Disk,
        0 => Outcome::Done,
        _ => Outcome::Faults,
    };
    (outcome, trouble)
}

/// Lists what differs from the output folder.
fn differences(folder: &Path, changes: &[Change], trouble: &str, terminal: &mut Terminal) -> Outcome {
    let mut count = 0;
    for change in changes {
        let word = match change.verdict {
            Verdict::Keep => continue,
            Verdict::Create(_) => "missing",
            Verdict::Replace(_) => "differs",
            Verdict::Remove => "left over",
        };
        count += 1;
        terminal.say(&format!("{word:<9}  {}", change.path));
    }
    let folder = folder.strip_prefix(".").unwrap_or(folder).display();
    if count == 0 {
        terminal.say(&format!("{folder} is current: {}.{trouble}", counted(changes.len(), "file")));
        return Outcome::Done;
    }
    let verb = if count == 1 { "is" } else { "are" };
    terminal.say(&format!(
        "{} in {folder} {verb} not current; `ccrov build` writes them.{trouble}",
        counted(count, "file")
    ));
    Outcome::Faults
}

/// "1 file", "2 files".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How many memos were built, in words, and a line that names those that were not.
fn count(built: &[(MemoEntry, Vec<Artifact>)], asked: &[String]) -> (String, String) {
    let missing: Vec<&str> =
        asked.iter().map(String::as_str).filter(|id| !built.iter().any(|(memo, _)| memo.id == *id)).collect();
    if missing.is_empty() {
        return (counted(asked.len(), "memo"), String::new());
    }
    let count = format!("{} of {}", built.len(), counted(asked.len(), "memo"));
    (count, format!("With faults: {}\n", missing.join(", ")))
}
