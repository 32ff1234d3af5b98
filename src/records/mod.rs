//! YAML as written -> typed values.
//!
//! In: the texts of a working folder. Out: [`Records`]; every fault goes to the sink with its
//! place, and what has none is kept. Not here: YAML as such, what texts say, files, dates that are computed.

mod address;
mod attachment;
mod dates;
mod deadlines;
mod delay;
mod doubles;
mod fields;
mod held;
mod idle;
mod kind;
mod logo;
mod look;
mod memo;
mod memo_checks;
mod office;
mod past_election;
mod plan;
mod proposal;
mod reader;
mod relations;
mod review;
mod rule;
mod tasks;
mod texts;
mod told;
mod unnamed;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    sync::Arc,
};

pub(crate) use address::is_address;

use kind::SourceKind;
use reader::Reader;

pub(crate) use told::PROPOSED;

use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    model::{Archived, ById, Id, Memo, Number, Office, Plan},
    prose, threads,
    yaml::{self, Node},
};

/// Which text is what. A stem is a file's name without folder and extension.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// `memos/office.yaml`.
    pub office: Option<SourceId>,
    /// `memos/releases/*.yaml`, with their stems.
    pub releases: Vec<(String, SourceId)>,
    /// `memos/<year>/*.yaml`, with their stems.
    pub memos: Vec<(String, SourceId)>,
    /// The Markdown files in `memos/`, by their path from the working folder.
    pub bodies: BTreeMap<String, SourceId>,
    /// All files in memos/ and in the memos' folders, by their path from the working folder.
    pub files: BTreeSet<String>,
}

/// What was read.
#[derive(Debug)]
pub struct Records {
    /// The office.
    pub office: Office,
    /// The releases by their id.
    pub releases: ById<Plan>,
    /// The memos by their id; one with a fault is known by its id only.
    pub memos: ById<Memo>,
    /// Memos that can be filled in though they have a fault: not to be written, but to show what else
    /// is wrong with them.
    pub faulty: Vec<Arc<Memo>>,
    /// The memos that exist as files only, likewise.
    pub archive: ById<Archived>,
    /// By each memo, those that update or supersede it, and are not withdrawn themselves.
    replacing: BTreeMap<Id, Vec<Id>>,
}

impl Records {
    /// A release by its id; none if there is no such release, or it has faults.
    pub fn release(&self, id: &str) -> Option<&Plan> {
        self.releases.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    /// The memos that tell a delay which is only proposed.
    pub fn proposing(&self) -> impl Iterator<Item = String> {
        let memos = self.memos.values().flatten().chain(&self.faulty);
        memos.filter(|memo| memo.tells_proposal).map(|memo| memo.id.to_string())
    }

    /// The memos that update or supersede a memo, and are not withdrawn themselves.
    pub fn later<'w>(&'w self, id: &'w Id) -> impl Iterator<Item = &'w Memo> {
        let later = self.replacing.get(id).into_iter().flatten();
        later.filter_map(|later| self.memos.get(later)?.as_deref())
    }
}

/// What was read of the memos' files. It holds as long as office, releases, and the names of all files are as they were: a
/// memo whose file or body is another is to be forgotten.
#[derive(Debug, Default)]
pub struct Readings(BTreeMap<SourceId, Reading<Decoded>>);

impl Readings {
    /// Forgets what was read of a file: it is another.
    pub fn forget(&mut self, source: SourceId) {
        self.0.remove(&source);
    }
}

/// Reads everything. Faults of memos are reported of those that `wanted` accepts; the others are
/// read because memos refer to each other. Without an office that can be read there is nothing to
/// build.
pub fn read(
    texts: &Texts,
    sources: &Sources,
    faults: &mut Faults,
    wanted: impl Fn(&str) -> bool,
) -> Option<Records> {
    read_with(texts, sources, &mut Readings::default(), NonZeroUsize::MIN, faults, wanted)
}

/// Reads everything as [`read`] does, but files of memos only if they are not in `readings`, into which they go,
/// and on several threads.
pub fn read_with(
    texts: &Texts,
    sources: &Sources,
    readings: &mut Readings,
    threads: NonZeroUsize,
    faults: &mut Faults,
    wanted: impl Fn(&str) -> bool,
) -> Option<Records> {
    let office_source = texts.office?;
    let (office, whole) = office_of(office_source, texts, sources, faults)?;
    let releases = releases_of(texts, sources, &office, faults);
    let stems: BTreeSet<String> = texts.memos.iter().map(|(stem, _)| stem.clone()).collect();
    let numbers = stems.iter().filter_map(|stem| Number::of_id(stem)).collect();
    let telephones = prose::telephones(&office);
    let around = memo::MemoReferences {
        office: &office,
        releases: &releases,
        bodies: &texts.bodies,
        files: &texts.files,
        memos: &stems,
        numbers: &numbers,
        telephones: &telephones,
        sources,
    };
    let unread: Vec<_> = texts.memos.iter().filter(|(_, source)| !readings.0.contains_key(source)).collect();
    let read = threads::each(&unread, threads, |(stem, source)| {
        reading(stem, *source, SourceKind::Memo, sources, |id, node, r| decoded(id, node, r, &around))
    });
    readings.0.extend(unread.iter().map(|(_, source)| *source).zip(read));
    let doubles = doubles::find(texts, sources);
    let read = table(&texts.memos, &readings.0, &doubles, sources, faults, &wanted);
    let written = &sources.get(office_source).text;
    faults.trace(|fault| unnamed::cause(fault, &office, office_source, written));

    let (mut memos, mut archive) = (ById::new(), ById::new());
    for (id, memo) in read {
        match memo {
            Some(Decoded::Archived(archived)) => _ = archive.insert(id, Some(archived)),
            // Faults are reported; but no memo can be right with a faulty office.
            Some(Decoded::Memo(memo)) if whole => _ = memos.insert(id, Some(memo)),
            _ => _ = memos.insert(id, None),
        }
    }
    let relations::Checked { circling, replacing } = relations::check(&memos, &archive, faults, &wanted);
    memos.extend(circling.into_iter().map(|id| (id, None)));
    if whole {
        idle_calendars(&office, &releases, &memos, office_source, sources, faults);
    }
    let decoded = texts.memos.iter().filter(|(stem, _)| whole && wanted(stem));
    let decoded = decoded.filter_map(|(_, source)| match readings.0.get(source)?.value.as_ref()? {
        Decoded::Memo(memo) => Some(Arc::clone(memo)),
        Decoded::Archived(_) => None,
    });
    let good = |memo: &Arc<Memo>| memos.get(&memo.id).is_some_and(Option::is_some);
    let faulty = decoded.filter(|memo| !good(memo)).collect();
    Some(Records { office, releases, memos, faulty, archive, replacing })
}

/// The office alone, if its file can be read.
pub fn office(texts: &Texts, sources: &Sources, faults: &mut Faults) -> Option<Office> {
    office_of(texts.office?, texts, sources, faults).map(|(office, _)| office)
}

/// The office, and whether all of its file could be read.
fn office_of(
    source: SourceId,
    texts: &Texts,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<(Office, bool)> {
    let file = sources.get(source);
    let tree = yaml::read(source, &file.text, faults)?;
    let misplaced =
        SourceKind::of(&tree).and_then(|kind| kind.misplaced(SourceKind::Office, &tree, source, &file.name));
    if let Some(fault) = misplaced {
        faults.push(fault);
        return None;
    }
    office::office(&tree, &mut Reader::new(source, faults), &texts.files)
}

/// The releases, those among memos known by their names.
fn releases_of(texts: &Texts, sources: &Sources, office: &Office, faults: &mut Faults) -> ById<Plan> {
    let releases = texts.releases.iter().map(|(stem, source)| {
        let read = reading(stem, *source, SourceKind::Release, sources, |id, node, r| {
            plan::release(id, node, r, office).map(Arc::new)
        });
        (*source, read)
    });
    let releases: BTreeMap<SourceId, Reading<Arc<Plan>>> = releases.collect();
    let mut releases = table(&texts.releases, &releases, &BTreeMap::new(), sources, faults, |_| true);
    for id in releases_among_memos(texts, sources) {
        releases.entry(id).or_insert(None);
    }
    releases
}

/// Reports the days of calendars that nothing counts by, if nothing with a fault might.
fn idle_calendars(
    office: &Office,
    releases: &ById<Plan>,
    memos: &ById<Memo>,
    source: SourceId,
    sources: &Sources,
    faults: &mut Faults,
) {
    let is_whole = memos.values().all(Option::is_some)
        && releases.values().all(Option::is_some)
        && office.entities.values().all(Option::is_some);
    if !is_whole {
        return;
    }
    let dated = memos.values().flatten().filter_map(|memo| memo.dated());
    let plans = releases.values().flatten().chain(dated).map(|plan| &**plan);
    idle::calendars(office, plans, source, &sources.get(source).text, faults);
}

/// The releases that stand in a memos' folder, which is reported with the file: naming one is no second fault.
fn releases_among_memos(texts: &Texts, sources: &Sources) -> Vec<Id> {
    let named = texts.memos.iter().filter(|(stem, _)| Number::of_id(stem).is_none());
    let releases = named.filter(|(_, source)| {
        // Only a release has a name; no memo is read for it.
        let text = &sources.get(*source).text;
        if !text.lines().any(|line| line.trim_start_matches(['"', '\'']).starts_with("name")) {
            return false;
        }
        let tree = yaml::read(*source, &sources.get(*source).text, &mut Faults::default());
        tree.is_some_and(|tree| SourceKind::of(&tree) == Some(SourceKind::Release))
    });
    releases.filter_map(|(stem, _)| stem.parse().ok()).collect()
}

/// Whether a file's name is one that is given to copies: "26050 - Copy", "26050 (2)".
fn is_copy(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let counted = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    stem.contains("copy")
        || stem.contains("conflict")
        || counted.is_some_and(|(_, count)| count.chars().all(|c| c.is_ascii_digit()))
}

fn copied() -> String {
    "this looks like a copy: remove it if it is not needed; to begin a memo from another, type `ccrov new --from` with its \
     number"
        .to_owned()
}

/// What a memo's file holds.
#[derive(Debug, Clone)]
enum Decoded {
    Memo(Arc<Memo>),
    Archived(Arc<Archived>),
}

fn decoded(id: Id, node: &Node, r: &mut Reader<'_>, around: &memo::MemoReferences<'_>) -> Option<Decoded> {
    if r.fields(node, "a memo")?.get("archive").is_some() {
        return memo::archived(id, node, r, around).map(|archived| Decoded::Archived(Arc::new(archived)));
    }
    memo::memo(id, node, r, around).map(|memo| Decoded::Memo(Arc::new(memo)))
}

/// What was read of one file.
#[derive(Debug)]
struct Reading<T> {
    /// None if the file's name cannot serve.
    id: Option<Id>,
    /// There though the file may have faults, unless it names something that has one.
    value: Option<T>,
    faults: Faults,
}

fn reading<T>(
    stem: &str,
    source: SourceId,
    expected: SourceKind,
    sources: &Sources,
    read: impl FnOnce(Id, &Node, &mut Reader<'_>) -> Option<T>,
) -> Reading<T> {
    let mut faults = Faults::default();
    let id = match stem.parse::<Id>() {
        Ok(id) => id,
        Err(wrong) => {
            let rename = || wrong.nearest.map(|id| format!("rename the file to {id}.yaml"));
            let help = is_copy(stem).then(copied).or_else(rename).unwrap_or_default();
            let message = format!("the file's name `{stem}` cannot serve as an id");
            faults.push(
                Diagnostic::new(Code::BadId, source.start(), message)
                    .expected("lower-case letters, digits and hyphens are expected")
                    .help(help),
            );
            return Reading { id: None, value: None, faults };
        }
    };
    let text = sources.get(source);
    let value = yaml::read(source, &text.text, &mut faults).and_then(|node| {
        let misplaced =
            SourceKind::of(&node).and_then(|kind| kind.misplaced(expected, &node, source, &text.name));
        if let Some(fault) = misplaced {
            faults.push(fault);
            return None;
        }
        let mut reader = Reader::new(source, &mut faults);
        let value = read(id.clone(), &node, &mut reader);
        value.filter(|_| !reader.leans_on_fault)
    });
    Reading { id: Some(id), value, faults }
}

/// One value a file, by the file's stem. A file with a fault is known by its id only; so is one of the `doubles`.
fn table<T: Clone>(
    files: &[(String, SourceId)],
    readings: &BTreeMap<SourceId, Reading<T>>,
    doubles: &BTreeMap<SourceId, Diagnostic>,
    sources: &Sources,
    faults: &mut Faults,
    wanted: impl Fn(&str) -> bool,
) -> BTreeMap<Id, Option<T>> {
    let mut table = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for (stem, source) in files {
        let Some(reading) = readings.get(source) else { continue };
        let double = doubles.get(source);
        double.filter(|_| wanted(stem)).into_iter().for_each(|fault| faults.push(fault.clone()));
        match wanted(stem) {
            // Another name would not make a memo of a copy.
            true if reading.id.is_none() && double.is_some() => {}
            true => faults.take_all_of(&reading.faults),
            false => faults.accept_all_of(&reading.faults),
        }
        let Some(id) = &reading.id else { continue };
        let value = reading.value.clone().filter(|_| double.is_none() && reading.faults.errors() == 0);
        let first = seen.insert(id.clone(), *source);
        if table.insert(id.clone(), value).is_some() {
            let first = first.map_or("another file", |first| sources.get(first).name.as_str());
            if wanted(stem) {
                faults.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        source.start(),
                        format!("two files have the id `{id}`"),
                    )
                    .expected(format!("{first} has it too"))
                    .help("a file's name is its id: give each its own, such as 15161-2"),
                );
            }
            table.insert(id.clone(), None);
        }
    }
    table
}
