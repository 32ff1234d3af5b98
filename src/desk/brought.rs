//! What a correction brings with it besides the edit of the memo.
//!
//! In: a working folder, issued memos. Out: [`Brought`] of each: how the memo, as it was written when it was issued, would
//! be printed otherwise today. Not here: the edit, and what is done about it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;
use serde_json::Value;

use super::taken::Reprint;
use crate::{
    build::{Build, Scope, build},
    diagnostic::{Faults, Severity, SourceId},
    folder::{Edits, Overlay, Snapshot, Unchanged},
    issued::{Lock, MadeFrom, standing},
    output::{File, Form, Manifest, Piece},
    press::as_issued_bytes,
    records::Readings,
    words::{common_ends, cut, listed},
};

/// How much of a line is told, in characters.
const SHOWN: usize = 200;

/// How many words are told around what differs in a line.
const AROUND: usize = 8;

/// What a correction brings with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Brought {
    /// Whether the memo was edited since it was issued.
    pub is_edited: bool,
    /// What would be printed otherwise.
    pub differences: Vec<BroughtChange>,
    /// Whether nobody but the program is the cause, so that there is nothing to decide.
    pub by_program: bool,
    /// How many corrections of it were published.
    pub corrections: usize,
    /// Its documents, if what differs in them can be taken line by line.
    pub reprints: Vec<Reprint>,
    /// The values that differ, by the names that templates have for them.
    pub values: Vec<BroughtChange>,
    /// What it was printed from.
    pub resolved: Option<Value>,
    /// What that was made from.
    pub made_from: Option<MadeFrom>,
}

/// Something that is printed otherwise than it was issued, though the memo says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BroughtChange {
    /// What: a value of the office or release by its name in templates, a document, or what the cause is.
    pub what: String,
    /// As it was issued, if it can be said.
    pub from: Option<String>,
    /// As it would be now, if it can be said.
    pub to: Option<String>,
}

/// An issued memo that is to be corrected.
struct Corrected<'a> {
    id: &'a str,
    lock: &'a Lock,
    is_edited: bool,
}

impl Corrected<'_> {
    /// An edit of a memo whose lock is older than the texts in it cannot be told from what comes with it.
    fn is_known(&self) -> bool {
        !self.is_edited || !self.lock.written.is_empty()
    }

    fn names(&self, other: &Corrected<'_>) -> bool {
        self.lock.memo.relations.values().flatten().any(|id| id.as_str() == other.id)
    }
}

/// What corrections of memos would bring with them. Of a memo whose lock cannot be read there is nothing.
pub(super) fn brought(
    snapshot: &Snapshot,
    memos: &[String],
    before: &Manifest,
    unchanged: &Unchanged,
) -> BTreeMap<String, Brought> {
    if memos.is_empty() {
        return BTreeMap::new();
    }
    let standing = standing(snapshot, |_| false, &[], &mut Faults::default());
    // A memo that names another one tells what changed since that one was issued, so they are built one after the other.
    let mut rounds: Vec<Vec<Corrected<'_>>> = Vec::new();
    for id in memos {
        let Some(locked) = id.parse().ok().and_then(|id| standing.locks.get(&id)) else { continue };
        let memo = Corrected { id, lock: &locked.lock, is_edited: standing.stuck.contains(id) };
        let fits = |round: &&mut Vec<Corrected<'_>>| {
            !round.iter().any(|other| other.names(&memo) || memo.names(other))
        };
        match rounds.iter_mut().find(fits) {
            Some(round) => round.push(memo),
            None => rounds.push(vec![memo]),
        }
    }
    rounds.iter().flat_map(|round| together(snapshot, round, before, unchanged)).collect()
}

/// Builds memos as they were written when they were issued, as if each was issued today.
fn together(
    snapshot: &Snapshot,
    round: &[Corrected<'_>],
    before: &Manifest,
    unchanged: &Unchanged,
) -> Vec<(String, Brought)> {
    let mut then = Edits::of(snapshot);
    let mut files = Overlay::over(Arc::clone(&snapshot.folder));
    for memo in round.iter().filter(|memo| memo.is_known()) {
        files = put_as_written(&mut then, files, snapshot, memo);
    }
    then.snapshot.folder = Arc::new(files);
    // They are printed apart from what was published of them.
    let own: BTreeSet<&str> = round.iter().map(|memo| memo.id).collect();
    then.snapshot.locks.retain(|(id, _)| !own.contains(id.as_str()));
    let ids: Vec<String> = round.iter().map(|memo| memo.id.to_owned()).collect();
    let scope = Scope {
        issuing: &ids,
        unchanged: unchanged.of_this_program(),
        lists: false,
        ..Scope::of(&ids, before)
    };
    let built = build(&then.snapshot, &mut Readings::default(), &scope, Faults::default());
    round.iter().map(|memo| (memo.id.to_owned(), of_one(memo, snapshot, &built))).collect()
}

/// What a correction of a memo would bring with it, by what was built.
fn of_one(memo: &Corrected<'_>, snapshot: &Snapshot, built: &Build) -> Brought {
    let Corrected { id, lock, is_edited } = *memo;
    let (is_known, corrections) = (memo.is_known(), lock.memo.corrections.len());
    let found = |differences, by_program| {
        let (resolved, made_from) = (lock.resolved.clone(), Some(lock.made_from.clone()));
        Brought { is_edited, differences, by_program, corrections, resolved, made_from, ..Brought::default() }
    };
    let now = built.built.iter().find(|made| made.entry.id == id).and_then(|made| made.lock.as_ref());
    let Some(now) = now else {
        let mut differences = Vec::new();
        if is_known {
            let why = why_not(id, snapshot, built).map_or_else(String::new, |why| format!(": {why}"));
            let what = format!(
                "what was issued cannot be printed with what office, release and templates are now{why}"
            );
            differences.push(BroughtChange { what, from: None, to: None });
        }
        return found(differences, false);
    };
    let causes = lock.made_from.changed(&now.made_from);
    let of_program = |cause: &String| cause.starts_with("the program");
    let others = causes.iter().any(|cause| !of_program(cause));
    let (mut differences, mut all_values) = (Vec::new(), Vec::new());
    if is_known {
        texts(lock, now, snapshot, built, &mut differences);
        if let (Some(then), Some(now)) = (&lock.resolved, &now.resolved) {
            let mut values = Vec::new();
            leaves("", then.get(0).unwrap_or(then), now.get(0).unwrap_or(now), &mut values);
            all_values.clone_from(&values);
            values.retain(|value| is_printed(value, &differences));
            differences.splice(0..0, values);
        }
        // The schedule is printed in the memo and alone.
        let mut told = BTreeSet::new();
        differences.retain(|line| told.insert((line.from.clone(), line.to.clone())));
        differences = shortened(differences);
        let pdf = |lock: &Lock| {
            let files = lock.memo.artifacts.iter().filter(|file| file.kind == Form::Pdf);
            let files = files.filter(|file| document(file.document).is_some());
            files.map(|file| file.sha256.clone()).collect::<BTreeSet<_>>()
        };
        if differences.is_empty() && !pdf(now).is_subset(&pdf(lock)) {
            let cause = if causes.is_empty() { "a font or a logo".to_owned() } else { listed(&causes, 10) };
            let what = format!("the look of the PDF, for this changed: {cause}");
            differences.push(BroughtChange { what, from: None, to: None });
            let by_program = !others && !causes.is_empty();
            return found(differences, by_program);
        }
    } else {
        let changed = causes.iter().filter(|cause| !of_program(cause));
        differences.extend(changed.map(|what| BroughtChange { what: what.clone(), from: None, to: None }));
    }
    let reprints = reprints(lock, now, snapshot, built).filter(|_| is_known).unwrap_or_default();
    Brought { reprints, values: all_values, ..found(differences, false) }
}

/// The documents that would be printed otherwise, if nothing but their lines differs: what the lists of the website say of the memo,
/// its spreadsheet, its plan are as they were.
fn reprints(lock: &Lock, now: &Lock, snapshot: &Snapshot, built: &Build) -> Option<Vec<Reprint>> {
    let said = |lock: &Lock| {
        let memo = &lock.memo;
        let plans =
            lock.resolved.as_ref().and_then(Value::as_array).map(|seen| seen.get(1..).map(<[_]>::to_vec));
        let lists = (memo.title.clone(), memo.deadlines.clone(), memo.changes.clone(), memo.release.clone());
        let apart = memo.artifacts.iter().filter(|file| matches!(file.kind, Form::Csv | Form::File));
        let apart = apart.filter(|file| file.document != Piece::Earlier);
        (plans, lists, apart.map(|file| (file.document, file.sha256.clone())).collect::<Vec<_>>())
    };
    if lock.resolved.is_none() || said(lock) != said(now) {
        return None;
    }
    let texts =
        lock.memo.artifacts.iter().filter(|file| file.kind == Form::Md && document(file.document).is_some());
    let reprint = |file: &File| {
        let same = |other: &&File| (other.document, other.kind) == (file.document, file.kind);
        let other = now.memo.artifacts.iter().find(same)?;
        let issued = as_issued_bytes(file, snapshot.published(&file.path).ok().flatten()?)?;
        let (_, today) = built.files.iter().find(|(path, _)| *path == other.path)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Some(Reprint { piece: file.document, issued: text(&issued), today: text(today) })
    };
    texts.map(reprint).collect()
}

/// How the texts of an issued memo's documents differ from those that were built now.
fn texts(lock: &Lock, now: &Lock, snapshot: &Snapshot, built: &Build, differences: &mut Vec<BroughtChange>) {
    for file in &lock.memo.artifacts {
        let same = |other: &&File| (other.document, other.kind) == (file.document, file.kind);
        let Some(other) = now.memo.artifacts.iter().find(same).filter(|other| other.sha256 != file.sha256)
        else {
            continue;
        };
        let kept = snapshot.published(&file.path).ok().flatten();
        let kept = kept.and_then(|bytes| as_issued_bytes(file, bytes));
        let new = built.files.iter().find(|(path, _)| *path == other.path).map(|(_, bytes)| bytes);
        match (document(file.document), file.kind, kept, new) {
            (Some(what), Form::Md, Some(kept), Some(new)) => lines(what, &kept, new, differences),
            (Some(what), Form::Md, _, _) => {
                differences.push(BroughtChange { what: what.to_owned(), from: None, to: None });
            }
            _ => {}
        }
    }
}

/// The first fault that keeps a memo from being printed: none in the file of another memo.
fn why_not<'b>(id: &str, snapshot: &Snapshot, built: &'b Build) -> Option<&'b str> {
    let others = snapshot.texts.memos.iter().filter(|(memo, _)| memo != id);
    let others: BTreeSet<SourceId> = others.map(|(_, source)| *source).collect();
    let mut errors = built.faults.iter().filter(|fault| fault.code.severity() == Severity::Error);
    errors.find(|fault| !others.contains(&fault.place.source)).map(|fault| fault.message.as_str())
}

/// Writes a memo as it was written when it was issued, and puts what was attached to it over the files of the folder.
fn put_as_written(
    edits: &mut Edits,
    mut files: Overlay,
    snapshot: &Snapshot,
    Corrected { id, lock, .. }: &Corrected<'_>,
) -> Overlay {
    let Some((memo, _)) = snapshot.memo(id) else { return files };
    let file = snapshot.sources.get(memo).name.clone();
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (name, text) in &lock.written {
        let path = format!("{folder}/{name}");
        let source = if path == file { Some(memo) } else { snapshot.texts.bodies.get(&path).copied() };
        match source {
            Some(source) => edits.edit(source, text),
            None => {
                let source = edits.snapshot.sources.add(path.clone(), text.as_str());
                edits.snapshot.texts.bodies.insert(path.clone(), source);
                edits.snapshot.texts.files.insert(path);
            }
        }
    }
    // An attached file is published as it is, so what was published is what it was.
    for (name, digest) in lock.sources.iter().filter(|(name, _)| !lock.written.contains_key(*name)) {
        let kept = lock.memo.artifacts.iter().find(|file| file.kind == Form::File && file.sha256 == *digest);
        if let Some(bytes) = kept.and_then(|file| snapshot.published(&file.path).ok().flatten()) {
            let path = format!("{folder}/{name}");
            files = files.with(path.clone(), bytes);
            edits.snapshot.texts.files.insert(path);
        }
    }
    files
}

/// What a document is called that is printed anew.
fn document(piece: Piece) -> Option<&'static str> {
    match piece {
        Piece::Memo => Some("the memo"),
        Piece::Schedule => Some("the schedule"),
        Piece::Attachment | Piece::Earlier => None,
    }
}

/// The lines that differ: each by itself where as many are there as were, else all of the stretch.
pub(super) fn lines(what: &str, then: &[u8], now: &[u8], differences: &mut Vec<BroughtChange>) {
    let (then, now) = (String::from_utf8_lossy(then), String::from_utf8_lossy(now));
    let filled =
        |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let (was, is): (Vec<String>, Vec<String>) = (filled(&then), filled(&now));
    let (before, after) = common_ends(&was, &is);
    let (was, is) = (&was[before..was.len() - after], &is[before..is.len() - after]);
    let told = |from: &[String], to: &[String]| {
        let text = |lines: &[String]| (!lines.is_empty()).then(|| lines.join(" "));
        BroughtChange { what: what.to_owned(), from: text(from), to: text(to) }
    };
    match was.len() == is.len() {
        true => {
            let pairs = was.iter().zip(is).filter(|(was, is)| was != is);
            let pairs = pairs.map(|(was, is)| told(std::slice::from_ref(was), std::slice::from_ref(is)));
            differences.extend(pairs);
        }
        false => differences.push(told(was, is)),
    }
}

/// Differences with long texts cut to what differs.
pub(super) fn shortened(mut differences: Vec<BroughtChange>) -> Vec<BroughtChange> {
    differences.iter_mut().for_each(BroughtChange::shorten);
    differences
}

impl BroughtChange {
    /// Leaves of long texts what differs, with some words around it.
    pub(super) fn shorten(&mut self) {
        if let (Some(from), Some(to)) = (&self.from, &self.to) {
            let (was, is): (Vec<&str>, Vec<&str>) = (from.split(' ').collect(), to.split(' ').collect());
            let (before, after) = common_ends(&was, &is);
            let part = |words: &[&str]| {
                let (first, end) =
                    (before.saturating_sub(AROUND), words.len() - after.saturating_sub(AROUND));
                let text = words[first..end].join(" ");
                let head = match first {
                    0 => String::new(),
                    // A row of a table is known by its first cell.
                    4.. if words[0] == "|" => format!("{} … ", words[..3].join(" ")),
                    _ => "… ".to_owned(),
                };
                let tail = if end < words.len() { " …" } else { "" };
                format!("{head}{text}{tail}")
            };
            (self.from, self.to) = (Some(part(&was)), Some(part(&is)));
        }
        for text in self.from.iter_mut().chain(&mut self.to) {
            *text = cut(text, SHOWN);
        }
    }
}

/// The values that differ, by the names that templates have for them.
fn leaves(name: &str, then: &Value, now: &Value, found: &mut Vec<BroughtChange>) {
    let of = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match (then, now) {
        (Value::Object(was), Value::Object(is)) => {
            let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
            for key in keys {
                leaves(
                    &of(key),
                    was.get(key).unwrap_or(&Value::Null),
                    is.get(key).unwrap_or(&Value::Null),
                    found,
                );
            }
        }
        (was, is) if was != is => {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            found.push(BroughtChange { what: name.to_owned(), from: text(was), to: text(is) });
        }
        _ => {}
    }
}

/// Whether a value stands in what would be printed otherwise.
fn is_printed(value: &BroughtChange, differences: &[BroughtChange]) -> bool {
    let in_lines = |text: &Option<String>, of: fn(&BroughtChange) -> &Option<String>| {
        text.as_deref().is_some_and(|text| {
            differences.iter().any(|line| of(line).as_deref().is_some_and(|line| line.contains(text)))
        })
    };
    in_lines(&value.from, |line| &line.from) && in_lines(&value.to, |line| &line.to)
}
