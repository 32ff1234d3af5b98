//! A working folder as it was when it was read: its texts, and where its other files can be read.
//!
//! In: a [`Disk`]. Out: [`Snapshot`], with a fault for whatever could not be read. Not here: what the texts mean.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::SystemTime,
};

use super::{Disk, Edit, EntryKind, FolderEntry, Overlay, ReadError, SourcePath, line_ends};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Source, SourceId, Sources},
    model::Number,
    output::OutputPath,
    records::Texts,
    template::BUILT_IN,
};

/// A working folder. Cloning one shares its texts.
#[derive(Clone)]
pub struct Snapshot {
    /// Every text of it.
    pub sources: Sources,
    /// The ids of all memos that have a file, also of those whose file cannot be read.
    pub memos: Vec<String>,
    /// Which text is what.
    pub texts: Texts,
    /// The locks of issued memos, by the memos' ids.
    pub locks: Vec<(String, SourceId)>,
    /// The ids of memos that have a lock which cannot be read.
    pub unread_locks: BTreeSet<String>,
    /// The folders of memos, one a year: "2021".
    pub years: Vec<String>,
    /// The templates by their file names.
    pub templates: Vec<(String, SourceId)>,
    /// What could not be read.
    pub unread: Vec<Diagnostic>,
    /// Where attachments, logos and fonts are read.
    pub folder: Arc<dyn Disk>,
    /// The working folder's own output.
    pub output: Arc<dyn Disk>,
    /// The folder that is built into, if it is another one.
    pub elsewhere: Option<Arc<dyn Disk>>,
    /// When the program that runs was put in place. What an older program built is built anew; without a time,
    /// everything is.
    pub program: Option<SystemTime>,
}

/// The endings of templates.
const TEMPLATES: [&str; 5] = ["md", "html", "css", "xml", "svg"];

/// Texts of an earlier reading, by their paths: those of files that have not changed since are taken from here.
pub(crate) type Earlier = BTreeMap<String, (FolderEntry, Arc<Source>)>;

impl Snapshot {
    /// Reads a working folder. What cannot be read is a fault; the rest is read all the same.
    pub(crate) fn read(
        folder: Arc<dyn Disk>,
        output: Arc<dyn Disk>,
        program: Option<SystemTime>,
        earlier: &mut Earlier,
    ) -> Snapshot {
        let mut reader = Reader {
            disk: &*folder,
            sources: Sources::default(),
            faults: Faults::default(),
            unreadable: BTreeSet::new(),
            earlier,
        };
        let mut texts = Texts { office: reader.office(), ..Texts::default() };
        for name in of_kind(&reader.files("memos/releases"), &["yaml", "yml"]) {
            if let Some(source) = reader.text(name) {
                texts.releases.push((stem(&name.path), source));
            }
        }
        let (files, years) = reader.entries("memos");
        texts.files.extend(files.into_iter().map(|file| file.path));
        let years: Vec<String> = years.into_iter().filter(|name| name != "memos/releases").collect();
        let (mut memos, mut locks, mut unread_locks) = (Vec::new(), Vec::new(), BTreeSet::new());
        for year in &years {
            let files = reader.files(year);
            for file in of_kind(&files, &["yaml", "yml"]) {
                memos.push(stem(&file.path));
                if let Some(source) = reader.text(file) {
                    texts.memos.push((stem(&file.path), source));
                }
            }
            for file in of_kind(&files, &["lock"]) {
                match reader.text(file) {
                    Some(source) => locks.push((stem(&file.path), source)),
                    None => drop(unread_locks.insert(stem(&file.path))),
                }
            }
            for file in of_kind(&files, &["md"]) {
                if let Some(source) = reader.text(file) {
                    texts.bodies.insert(file.path.clone(), source);
                }
            }
            texts.files.extend(files.into_iter().map(|file| file.path));
        }
        reader.report_strays();
        let templates = reader.templates();
        let Reader { sources, faults, .. } = reader;
        Snapshot {
            sources,
            memos,
            texts,
            locks,
            unread_locks,
            years: years.iter().filter_map(|path| Some(path.strip_prefix("memos/")?.to_owned())).collect(),
            templates,
            unread: faults.into_sorted(),
            folder,
            output,
            elsewhere: None,
            program,
        }
    }

    /// The folder that is built into.
    pub fn target(&self) -> &Arc<dyn Disk> {
        self.elsewhere.as_ref().unwrap_or(&self.output)
    }

    /// A published file. What is published elsewhere is made from what the working folder has published.
    pub fn published(&self, path: &OutputPath) -> Option<Vec<u8>> {
        let read = |disk: &Arc<dyn Disk>| disk.read(path.as_str()).ok();
        read(&self.output).or_else(|| self.elsewhere.as_ref().and_then(read))
    }

    /// A file of the folder that is built into.
    pub fn existing(&self, path: &OutputPath) -> Option<Vec<u8>> {
        self.target().read(path.as_str()).ok()
    }

    /// The text of a memo's file.
    pub fn memo(&self, id: &str) -> Option<(SourceId, &str)> {
        let source = self.texts.memos.iter().find(|(memo, _)| memo == id)?.1;
        Some((source, &self.sources.get(source).text))
    }

    /// The folder as it would be with edits.
    #[must_use]
    pub fn with(&self, edits: &[Edit]) -> Snapshot {
        let named = |path: &str| {
            let memos = self.texts.memos.iter().chain(&self.texts.releases).map(|(_, source)| *source);
            let mut texts = memos.chain(self.texts.office).chain(self.texts.bodies.values().copied());
            texts.find(|source| self.sources.get(*source).name == path)
        };
        let replaced: Option<Vec<(SourceId, &String)>> = edits
            .iter()
            .map(|edit| {
                Some((named(edit.path.as_str()).filter(|_| edit.was.is_some())?, edit.becomes.as_ref()?))
            })
            .collect();
        if let Some(replaced) = replaced {
            let mut snapshot = self.clone();
            replaced.into_iter().for_each(|(source, text)| snapshot.sources.replace(source, text));
            return snapshot;
        }
        // Files come and go: which text is what is found out anew.
        let mut folder = Overlay::over(Arc::clone(&self.folder));
        for edit in edits {
            folder = match &edit.becomes {
                Some(text) => folder.with(edit.path.as_str(), text),
                None => folder.without(edit.path.as_str()),
            };
        }
        let output = Arc::clone(&self.output);
        let mut snapshot = Snapshot::read(Arc::new(folder), output, self.program, &mut Earlier::new());
        snapshot.elsewhere.clone_from(&self.elsewhere);
        snapshot
    }

    /// A file of the working folder, such as an attachment.
    pub fn load(&self, path: &str) -> Option<Vec<u8>> {
        self.folder.read(path).ok()
    }

    /// Whether every file and folder could be read. If not, nothing is known to be gone.
    pub fn is_whole(&self) -> bool {
        !self.unread.iter().any(|fault| matches!(fault.code, Code::UnreadableFile | Code::OutsideFolder))
    }

    /// What could not be read, as a sink for what else is found.
    pub fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        self.unread.iter().cloned().for_each(|fault| faults.push(fault));
        faults
    }

    /// Reads one file again: a memo's, a Markdown file beside it, or one that is attached, which is read when it is
    /// needed. `None` if it is no such file, or none any more.
    pub fn refresh(&mut self, path: &str) -> Option<()> {
        self.folder.file(path)?;
        let memos = self.texts.memos.iter().map(|(_, source)| *source);
        let mut texts = memos.chain(self.texts.bodies.values().copied());
        match texts.find(|source| self.sources.get(*source).name == path) {
            Some(source) => {
                let text = String::from_utf8(self.folder.read(path).ok()?).ok()?;
                self.sources.replace(source, plain(path, &text));
                Some(())
            }
            None => self.texts.files.contains(path).then_some(()),
        }
    }
}

/// A text without a byte order mark. What goes into published text ends its lines with `\n`; YAML keeps its line ends,
/// which its reader folds.
fn plain<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if name.ends_with(".yaml") || name.ends_with(".yml") {
        Cow::Borrowed(text)
    } else {
        line_ends::folded(text)
    }
}

/// The name of a memo's file, or of its lock, without folder and ending; the id that a path or an id names.
pub fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = [".yaml", ".yml", ".lock"].iter().find_map(|ending| file.strip_suffix(ending));
    ending.unwrap_or(file).to_owned()
}

/// Whether a file looks like one that should be read, by a name that is not.
fn looks_meant(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let number = |stem: &str| stem.parse::<Number>().is_ok();
    let file = name.rsplit('/').next().unwrap_or(&name);
    let without_ending = file.strip_suffix(".txt").unwrap_or(file);
    [".yaml", ".yml"].iter().any(|ending| without_ending.ends_with(ending)) || number(without_ending)
}

/// A file of the working folder.
struct FileAt {
    path: String,
    entry: FolderEntry,
}

/// Whether a file's name says that it is one of the texts of a working folder.
fn is_text(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    match path.starts_with("templates/") {
        true => ending.is_some_and(|ending| TEMPLATES.contains(&ending)),
        false => ending.is_some_and(|ending| ["yaml", "yml", "lock", "md"].contains(&ending)),
    }
}

/// Those files that have one of the endings.
fn of_kind<'f>(files: &'f [FileAt], endings: &[&str]) -> impl Iterator<Item = &'f FileAt> {
    let ending = |file: &&FileAt| {
        Path::new(&file.path).extension().is_some_and(|e| endings.iter().any(|known| e == *known))
    };
    files.iter().filter(ending)
}

struct Reader<'a> {
    disk: &'a dyn Disk,
    sources: Sources,
    faults: Faults,
    /// What was reported as unreadable.
    unreadable: BTreeSet<String>,
    earlier: &'a mut Earlier,
}

impl Reader<'_> {
    fn office(&mut self) -> Option<SourceId> {
        let path = "memos/office.yaml";
        match self.disk.read(path) {
            Err(ReadError::Missing) => {
                let place = self.sources.add(path, "").start();
                self.faults.push(
                    Diagnostic::new(Code::MissingFile, place, "there is no file memos/office.yaml")
                        .expected("the office is expected there")
                        .help(
                            "run ccrov in the folder that holds memos/, or name that folder: ccrov --root DIR build",
                        ),
                );
                None
            }
            read => self.take_text(path, read),
        }
    }

    fn templates(&mut self) -> Vec<(String, SourceId)> {
        let mut templates: BTreeMap<String, SourceId> = BTreeMap::new();
        for file in of_kind(&self.files("templates"), &TEMPLATES) {
            if let Some(source) = self.text(file) {
                templates.insert(file.path["templates/".len()..].to_owned(), source);
            }
        }
        for (name, text) in BUILT_IN.iter().copied() {
            if !templates.contains_key(name) {
                let source =
                    self.sources.add(format!("templates/{name} (built in)"), line_ends::folded(text));
                templates.insert(name.to_owned(), source);
            }
        }
        templates.into_iter().collect()
    }

    fn files(&mut self, folder: &str) -> Vec<FileAt> {
        self.entries(folder).0
    }

    /// The files of a folder, and the paths of its folders. What begins with a dot or a tilde belongs to other programs.
    fn entries(&mut self, folder: &str) -> (Vec<FileAt>, Vec<String>) {
        let entries = match self.disk.list(folder) {
            Ok(entries) => entries,
            Err(ReadError::Missing) => Vec::new(),
            Err(unread) => {
                self.unreadable(folder, &unread);
                Vec::new()
            }
        };
        let shown = entries.into_iter().filter(|entry| !entry.name.starts_with(['.', '~']));
        let path = |entry: &FolderEntry| format!("{folder}/{}", entry.name);
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in shown {
            let path = path(&entry);
            match entry.kind {
                // A text is expected where a name says so: one that is something else is read, and reported.
                _ if is_text(&path) => files.push(FileAt { path, entry }),
                EntryKind::File => files.push(FileAt { path, entry }),
                EntryKind::Folder => folders.push(path),
                EntryKind::Neither(_) => {}
            }
        }
        (files, folders)
    }

    /// Names what stands in memos/ and is not read, so that nobody waits for it.
    fn report_strays(&mut self) {
        let mut folders = vec!["memos".to_owned()];
        let mut strays = Vec::new();
        while let Some(folder) = folders.pop() {
            if self.unreadable.contains(&folder) {
                continue;
            }
            let (files, inner) = self.entries(&folder);
            if folder.matches('/').count() < 4 {
                folders.extend(inner);
            }
            strays.extend(files.into_iter().map(|file| file.path).filter(|name| looks_meant(name)));
        }
        let read = self.sources.all_names();
        strays.retain(|name| !read.contains(name.as_str()));
        for name in strays {
            let place = self.sources.add(&name, "").start();
            let fault = Diagnostic::new(Code::StrayFile, place, format!("{name} is not read"))
                .expected("files are memos/office.yaml, memos/releases/*.yaml and memos/<year>/*.yaml")
                .help(
                    "move or rename it; a memo's text ends in .md, a remark for colleagues in anything else",
                );
            self.faults.push(fault);
        }
    }

    fn unreadable(&mut self, name: &str, unread: &ReadError) {
        if !self.unreadable.insert(name.to_owned()) {
            return;
        }
        let place = self.sources.add(name, "").start();
        self.faults.push(
            Diagnostic::new(Code::UnreadableFile, place, format!("{name} cannot be read: {unread}"))
                .help("look at who may read it"),
        );
    }

    /// A file's text, without a byte order mark.
    fn text(&mut self, file: &FileAt) -> Option<SourceId> {
        let FileAt { path, entry } = file;
        if let Err(why) = path.parse::<SourcePath>() {
            let place = self.sources.add(path, "").start();
            let message = format!("{path} cannot have this name on every computer: {why}");
            self.faults
                .push(Diagnostic::new(Code::BadId, place, message).help("rename the file or its folder"));
            return None;
        }
        if let Some((then, source)) = self.earlier.get(path)
            && entry.modified.is_some()
            && then == entry
        {
            return Some(self.sources.share(Arc::clone(source)));
        }
        let read = match entry.kind {
            EntryKind::Neither(what) => Err(ReadError::NotAFile(what)),
            _ => self.disk.read(path),
        };
        let source = self.take_text(path, read)?;
        self.earlier.insert(path.clone(), (entry.clone(), self.sources.shared(source)));
        Some(source)
    }

    fn take_text(&mut self, name: &str, read: Result<Vec<u8>, ReadError>) -> Option<SourceId> {
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(ReadError::Missing) => return None,
            Err(ReadError::LeadsOut) => {
                let place = self.sources.add(name, "").start();
                let message = format!("{name} leads out of the working folder");
                self.faults.push(
                    Diagnostic::new(Code::OutsideFolder, place, message)
                        .expected("a link cannot leave the folder")
                        .help("put the file itself there"),
                );
                return None;
            }
            Err(unread) => {
                self.unreadable(name, &unread);
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(name, plain(name, &text))),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let place = self.sources.add(name, text).at(start..start + 1);
                let help = match name.ends_with(".lock") {
                    true => "put the lock back as it was; until then its memo stays as it is",
                    false => "save the file again with the encoding UTF-8",
                };
                self.faults.push(
                    Diagnostic::new(Code::NotUtf8, place, format!("{name} is not UTF-8 text"))
                        .expected("this is no character")
                        .help(help),
                );
                None
            }
        }
    }
}
