//! Which files of an output folder nobody has touched since they were looked at last.
//!
//! In: sizes, dates and numbers of files, and what was seen of them before. Out: whether a file is what the manifest says.
//! A file whose marks are not those of before is read, and its digest decides. Not here: what is done about a difference.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{
    CommitError, Disk, FileSystem, FolderEntry, Snapshot,
    journal::{FileRoot, FileStep},
    turn::OWN,
    write::put,
};
use crate::output::{OutputPath, digest};

/// The first line of the record, before the time of the program.
const HEAD: &str = "ccrov-seen 1 ";

/// Knows files by what was seen of them.
#[derive(Clone)]
pub struct Unchanged {
    folder: Arc<dyn Disk>,
    /// Where what was seen is kept, from the working folder; none if nobody else writes in the folder.
    record: Option<String>,
    /// The program that runs.
    program: Option<SystemTime>,
    before: Arc<Before>,
    /// Whether every file is read, whatever was seen of it before.
    reads_all: bool,
    /// What was looked at this time.
    looked: Arc<Mutex<BTreeMap<String, SeenFile>>>,
}

/// What was seen before.
#[derive(Default)]
struct Before {
    program: Option<SystemTime>,
    /// When it was written down: what was changed at the same moment may have been changed after it.
    at: Option<SystemTime>,
    files: BTreeMap<String, SeenFile>,
}

/// What was seen of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SeenFile {
    sha256: String,
    marks: Marks,
}

/// What tells a file from what it was without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marks {
    size: u64,
    modified: u128,
    inode: u64,
    changed: (i64, i64),
}

impl Marks {
    fn of(file: &FolderEntry) -> Option<Marks> {
        let identity = file.identity;
        Some(Marks {
            size: file.size,
            modified: nanoseconds(file.modified?)?,
            inode: identity.map_or(0, |identity| identity.inode),
            changed: identity.map_or((0, 0), |identity| identity.changed),
        })
    }

    /// Whether nothing of the file was changed at that moment or after it.
    fn are_before(&self, at: SystemTime) -> bool {
        let Some(at) = nanoseconds(at) else { return false };
        let (seconds, rest) = self.changed;
        let changed =
            u128::try_from(seconds).unwrap_or(0) * 1_000_000_000 + u128::try_from(rest).unwrap_or(0);
        self.modified < at && changed < at
    }
}

fn nanoseconds(time: SystemTime) -> Option<u128> {
    Some(time.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}

impl Unchanged {
    /// Of the folder that a snapshot builds into.
    pub fn since_build(snapshot: &Snapshot) -> Unchanged {
        let record = match &snapshot.elsewhere {
            Some(elsewhere) => format!("{OWN}/seen-{}", &digest(elsewhere.shown("").as_bytes())[..8]),
            None => format!("{OWN}/seen"),
        };
        let at = snapshot.folder.file(&record).and_then(|file| file.modified);
        let text = snapshot.folder.read(&record).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let before = text.and_then(|text| Before::read(&text, at)).unwrap_or_default();
        Unchanged {
            folder: Arc::clone(snapshot.target()),
            record: Some(record),
            program: snapshot.program,
            before: Arc::new(before),
            reads_all: false,
            looked: Arc::default(),
        }
    }

    /// Of a folder in which nobody but the running program writes.
    pub fn of_own(folder: Arc<dyn Disk>) -> Unchanged {
        let (before, looked) = (Arc::default(), Arc::default());
        Unchanged { folder, record: None, program: None, before, reads_all: false, looked }
    }

    /// The same, if what was built before was built by the program that runs: another one may make other files of the
    /// same memos.
    pub fn of_this_program(&self) -> Option<&Unchanged> {
        (self.record.is_none() || self.program.is_some() && self.program == self.before.program)
            .then_some(self)
    }

    /// The same, as if nothing had been seen before: every file is read.
    #[must_use]
    pub fn forgetful(&self) -> Unchanged {
        Unchanged { reads_all: true, ..self.clone() }
    }

    /// Whether a file is there as a manifest says.
    pub fn has(&self, path: &OutputPath, size: u64, sha256: &str) -> bool {
        let Some(file) = self.folder.file(path.as_str()).filter(|file| file.size == size) else {
            return false;
        };
        if self.record.is_none() {
            return true;
        }
        let marks = Marks::of(&file);
        if let (Some(seen), Some(marks), Some(at)) =
            (self.before.files.get(path.as_str()), marks, self.before.at)
            && seen.marks == marks
            && marks.are_before(at)
            && !self.reads_all
        {
            return seen.sha256 == sha256;
        }
        let now = self.folder.read(path.as_str()).ok().map(|bytes| digest(&bytes));
        if let (Some(now), Some(marks)) = (&now, marks) {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            looked.insert(path.to_string(), SeenFile { sha256: now.clone(), marks });
        }
        now.as_deref() == Some(sha256)
    }

    /// Whether something was looked at that was not known before.
    pub(super) fn has_news(&self) -> bool {
        let is_of_other =
            self.record.is_some() && self.program.is_some() && self.program != self.before.program;
        is_of_other || !self.looked.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Writes down what was seen, and what was written with these steps.
    pub(super) fn keep(
        &self,
        system: &dyn FileSystem,
        root: &Path,
        steps: &[FileStep],
    ) -> Result<(), CommitError> {
        let Some(record) = &self.record else { return Ok(()) };
        let mut files = self.before.files.clone();
        files.extend(self.looked.lock().unwrap_or_else(PoisonError::into_inner).clone());
        for step in steps.iter().filter(|step| step.place == FileRoot::Output) {
            let path = step.path.as_str();
            match (self.folder.file(path).as_ref().and_then(Marks::of), &step.sha256) {
                (Some(marks), Some(sha256)) => {
                    files.insert(path.to_owned(), SeenFile { sha256: sha256.clone(), marks });
                }
                _ => drop(files.remove(path)),
            }
        }
        put(system, root, record, write(self.program, &files).as_bytes(), false)
    }
}

fn write(program: Option<SystemTime>, files: &BTreeMap<String, SeenFile>) -> String {
    let program = program.and_then(nanoseconds).unwrap_or(0);
    let mut text = format!("{HEAD}{program}\n");
    for (path, SeenFile { sha256, marks }) in files {
        let Marks { size, modified, inode, changed: (seconds, rest) } = marks;
        let _ = writeln!(text, "{sha256} {size} {modified} {inode} {seconds} {rest} {path}");
    }
    text
}

impl Before {
    /// Reads the record; nothing of one that is not whole.
    fn read(text: &str, at: Option<SystemTime>) -> Option<Before> {
        let mut lines = text.lines();
        let program: u64 = lines.next()?.strip_prefix(HEAD)?.parse().ok()?;
        let program = (program > 0).then(|| UNIX_EPOCH + Duration::from_nanos(program));
        let file = |line: &str| {
            let mut words = line.splitn(7, ' ');
            let sha256 = words.next()?.to_owned();
            let size = words.next()?.parse().ok()?;
            let modified = words.next()?.parse().ok()?;
            let inode = words.next()?.parse().ok()?;
            let changed = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some((
                words.next()?.to_owned(),
                SeenFile { sha256, marks: Marks { size, modified, inode, changed } },
            ))
        };
        Some(Before { program, at, files: lines.map(file).collect::<Option<_>>()? })
    }
}
