//! Builds for the preview: as `build` does, into a folder of the preview's own, and says what is to be shown.
//!
//! In: the working folder, which files of it are others. Out: the folder with the whole site, and what the window
//! shows of it. Not here: how memos are built (`build`), what is to be done with each (`desk`).

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    folder::TemporaryFolder,
    look::{NothingToShow, look},
    shown::{FaultText, MemoRow, PreviewFile, Screen},
};
use crate::{
    build::{Build, Scope, build},
    desk::{Desk, MemoStatus, Refused, rows, summary, tell_reviews},
    diagnostic::{Faults, Severity, Style, render},
    folder::{CommitError, Snapshot, Unchanged, WorkingFolder, stem},
    output::{self, Artifact, Form, Manifest, MemoEntry, OutputPath, Piece, manifest_path},
    records::Readings,
};

/// Why nothing could be built.
#[derive(Debug)]
enum Unbuilt {
    Nothing(NothingToShow),
    Refused(Refused),
    Folder(CommitError),
}

impl fmt::Display for Unbuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unbuilt::Nothing(nothing) => nothing.fmt(f),
            Unbuilt::Refused(refused) => refused.fmt(f),
            Unbuilt::Folder(failed) => write!(f, "The preview's own folder: {failed}"),
        }
    }
}

impl Error for Unbuilt {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Unbuilt::Nothing(nothing) => Some(nothing),
            Unbuilt::Refused(refused) => Some(refused),
            Unbuilt::Folder(failed) => Some(failed),
        }
    }
}

impl From<NothingToShow> for Unbuilt {
    fn from(nothing: NothingToShow) -> Unbuilt {
        Unbuilt::Nothing(nothing)
    }
}

impl From<Refused> for Unbuilt {
    fn from(refused: Refused) -> Unbuilt {
        Unbuilt::Refused(refused)
    }
}

impl From<CommitError> for Unbuilt {
    fn from(failed: CommitError) -> Unbuilt {
        Unbuilt::Folder(failed)
    }
}

/// A working folder that is built again and again.
pub(super) struct Workshop {
    root: PathBuf,
    desk: Desk,
    folder: Arc<TemporaryFolder>,
    /// Of what stands in the folder.
    manifest: Manifest,
    shown: Screen,
    rows: Vec<MemoStatus>,
    /// The working folder as it was read last, and what was understood of it.
    read: Option<(Snapshot, Readings)>,
}

impl Workshop {
    pub fn new(root: &Path, folder: Arc<TemporaryFolder>) -> Workshop {
        Workshop {
            root: root.to_owned(),
            desk: Desk::at(&WorkingFolder::at(root)),
            folder,
            manifest: Manifest { drafts: true, ..Manifest::default() },
            shown: Screen::default(),
            rows: Vec::new(),
            read: None,
        }
    }

    /// The memos that changed files belong to; none if a file may belong to anything.
    fn memos_of(&self, changed: &[String]) -> Option<Vec<String>> {
        let (snapshot, _) = self.read.as_ref()?;
        let mut ids = BTreeSet::new();
        for path in changed {
            let (folder, file) = path.rsplit_once('/')?;
            let in_year =
                folder.strip_prefix("memos/").is_some_and(|year| !year.is_empty() && year != "releases");
            let beside = |name: &str| name.rsplit_once('/').is_some_and(|(there, _)| there == folder);
            let naming = snapshot.texts.memos.iter().filter(|(_, source)| {
                let memo = snapshot.sources.get(*source);
                beside(&memo.name) && memo.text.contains(file)
            });
            let own: Vec<String> = match [".yaml", ".yml"].iter().any(|ending| file.ends_with(ending)) {
                true => vec![stem(file)],
                false => naming.map(|(id, _)| id.clone()).collect(),
            };
            if !in_year || own.is_empty() {
                return None;
            }
            ids.extend(own);
        }
        Some(ids.into_iter().collect())
    }

    /// Makes the memos that changed files belong to, and puts them into the folder. `None` if only building
    /// everything tells what there is.
    fn build_part(&mut self, changed: &[String]) -> Option<()> {
        changed.iter().for_each(|path| self.desk.forget(path));
        let memos = self.memos_of(changed)?;
        let (mut snapshot, mut readings) = self.read.take()?;
        for path in changed {
            snapshot.refresh(path)?;
        }
        let of_memos = snapshot.texts.memos.iter().filter(|(id, _)| memos.contains(id));
        of_memos.for_each(|(_, source)| readings.forget(*source));
        let built = self.build(&snapshot, &mut readings, &memos, Faults::default());
        self.read = Some((snapshot, readings));
        built.ok()
    }

    /// Makes all memos and lists, and puts them into the folder.
    fn build_whole(&mut self) -> Result<(), Unbuilt> {
        look(&self.root)?;
        let snapshot = self.desk.snapshot()?;
        let snapshot = Snapshot { elsewhere: Some(self.folder.disk()), ..snapshot };
        let mut readings = Readings::default();
        let faults = snapshot.faults();
        let built = self.build(&snapshot, &mut readings, &[], faults);
        self.read = Some((snapshot, readings));
        built
    }

    /// Makes memos, all with the lists if none is named, and puts them into the folder.
    fn build(
        &mut self,
        snapshot: &Snapshot,
        readings: &mut Readings,
        memos: &[String],
        faults: Faults,
    ) -> Result<(), Unbuilt> {
        let whole = memos.is_empty();
        let unchanged = Unchanged::of_own(self.folder.disk());
        let scope = Scope {
            unchanged: Some(&unchanged),
            // They follow when everything is built, which is next.
            lists: whole,
            drafts: true,
            ..Scope::of(memos, &self.manifest)
        };
        let mut made = build(snapshot, readings, &scope, faults);
        let mut rows = rows(&made, |id| whole || memos.iter().any(|memo| memo == id));
        tell_reviews(&mut rows, snapshot, readings);
        let (mut after, mut files) = (std::mem::take(&mut made.after), std::mem::take(&mut made.files));
        let last_good = self.last_good(&rows, snapshot);
        if !last_good.is_empty() {
            let (with, kept) = output::merge(&after, last_good, &Form::ALL, |_| true);
            after = with;
            files.extend(kept);
        }
        let existing = |path: &OutputPath| snapshot.existing(path);
        let changes = output::plan_files(&self.manifest, &after, files, existing);
        self.folder.put(changes)?;
        self.manifest = after;
        self.take(&made, rows, memos);
        Ok(())
    }

    /// What output/ has of memos that have a fault, and of which nothing could be built here yet.
    fn last_good(&self, rows: &[MemoStatus], snapshot: &Snapshot) -> Vec<(MemoEntry, Vec<Artifact>)> {
        let missing: Vec<_> =
            rows.iter().filter(|row| !row.built && self.manifest.entry(&row.id).is_none()).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let published = snapshot.output.read(manifest_path().as_str()).ok();
        let Some(published) = published.and_then(|json| Manifest::read(&json).ok()) else {
            return Vec::new();
        };
        let taken = |path: &OutputPath| self.manifest.files().any(|file| file.path == *path);
        let files = |entry: &MemoEntry| -> Option<Vec<Artifact>> {
            let files = entry.artifacts.iter().filter(|file| !taken(&file.path));
            let file = files.map(|file| {
                let bytes = snapshot.output.read(file.path.as_str()).ok()?;
                let path = file.path.clone();
                Some(Artifact { piece: file.document, form: file.kind, path, bytes, pages: file.pages })
            });
            file.collect()
        };
        let entries = missing.iter().filter_map(|row| published.entry(&row.id));
        entries.filter_map(|entry| Some((entry.clone(), files(entry)?))).collect()
    }

    /// Takes what was made of these memos, all if none is named, into what is shown.
    fn take(&mut self, made: &Build, rows: Vec<MemoStatus>, memos: &[String]) {
        let mut of_fault: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for row in &rows {
            row.faults.iter().for_each(|at| of_fault.entry(*at).or_default().push(row.id.clone()));
        }
        let told = made.faults.iter().enumerate().map(|(at, fault)| FaultText {
            memos: of_fault.remove(&at).unwrap_or_default(),
            warning: fault.code.severity() == Severity::Warning,
            text: render(fault, &made.sources, Style::Plain),
            code: fault.code.name(),
        });
        let told: Vec<_> = told.collect();
        if memos.is_empty() {
            (self.rows, self.shown.faults) = (rows, told);
        } else {
            // What else is wrong is known from before, until all is built.
            let others = |fault: &FaultText| !fault.memos.iter().any(|memo| memos.contains(memo));
            self.shown.faults.retain(|fault| others(fault) && !told.contains(fault));
            self.shown.faults.splice(0..0, told);
            self.rows.retain(|row| !memos.contains(&row.id));
            self.rows.extend(rows);
            self.rows.sort_by(MemoStatus::order);
        }
        let entries: BTreeMap<&str, _> =
            self.manifest.memos.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let rows = self.rows.iter();
        self.shown.memos = rows.map(|row| listed(row, entries.get(row.id.as_str()).copied())).collect();
        self.shown.summary = summary(&self.rows);
        let files = self.manifest.digests().map(|(path, digest)| (path.clone(), digest.clone()));
        self.shown.files = files.collect();
        self.shown.trouble = None;
    }
}

/// A memo as the list shows it, with what was built of it last.
fn listed(row: &MemoStatus, entry: Option<&MemoEntry>) -> MemoRow {
    let whole = || {
        let mut files = entry.into_iter().flat_map(|entry| &entry.artifacts);
        let file = files.find(|file| (file.document, file.kind) == (Piece::Attachment, Form::File));
        file.filter(|file| file.path.as_str().ends_with(".pdf"))
    };
    let own = |form| entry.and_then(|entry| entry.own(form));
    let page = own(Form::Html);
    let pdf = own(Form::Pdf).or_else(|| whole().filter(|_| page.is_none()));
    let leaf = |file: &output::File| PreviewFile { path: file.path.to_string(), sha256: file.sha256.clone() };
    let last_good = entry.filter(|_| !row.built).map(|entry| &entry.title);
    MemoRow {
        id: row.id.clone(),
        number: row.number.clone(),
        date: row.date.clone(),
        status: row.state.word().to_owned(),
        left: row.left.clone(),
        subject: last_good.unwrap_or(&row.subject).clone(),
        release: entry.and_then(|entry| entry.release.as_ref()).map(ToString::to_string),
        current: row.built,
        page: page.map(leaf),
        pdf: pdf.map(leaf),
        address: entry.and_then(|entry| entry.address.clone()),
    }
}

impl Workshop {
    /// Builds the memos that changed files belong to, if every one of the files belongs to a memo. The files are given by
    /// their paths from the working folder.
    pub fn part(&mut self, changed: &[String]) -> Option<Screen> {
        let built = self.build_part(changed);
        if built.is_none() {
            // What was read is not what there is; building everything, which is next, reads it.
            self.read = None;
        }
        built.map(|()| self.shown.clone())
    }

    /// Builds everything.
    pub fn whole(&mut self) -> Screen {
        if let Err(trouble) = self.build_whole() {
            self.shown.trouble = Some(trouble.to_string());
        }
        self.shown.clone()
    }
}
