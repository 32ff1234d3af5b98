//! The texts of a folder, one after the other.
//!
//! In: a [`Disk`]. Out: texts, with a fault for each that cannot be read; what looks as if it were meant and is not read.
//! Not here: which text is what.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use super::{Disk, EarlierTexts, EntryKind, FolderEntry, ReadError, SourcePath, line_ends};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    file_kind::FileKind,
    model::Number,
    template::BUILT_IN,
};

/// The endings of templates.
const TEMPLATES: [&str; 5] = ["md", "html", "css", "xml", "svg"];

/// A text without a byte order mark. What goes into published text ends its lines with `\n`; YAML keeps its line ends,
/// which its reader folds.
pub(super) fn plain<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if name.ends_with(".yaml") || name.ends_with(".yml") {
        Cow::Borrowed(text)
    } else {
        line_ends::folded(text)
    }
}

/// What to do with a file that looks as if it should be read, by a name that is not. `is_there` says which files are.
fn meant(path: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let lower = file.to_ascii_lowercase();
    let yaml = [".yaml", ".yml"];
    let number = |stem: &str| stem.parse::<Number>().is_ok();
    let without_txt = lower.strip_suffix(".txt").unwrap_or(&lower);
    let text = without_txt.len() < lower.len();
    let year = |file: &str| match file.parse::<Number>() {
        Ok(number) => format!("memos/{}/", number.year()),
        Err(_) => "memos/<year>/".to_owned(),
    };
    if let Some(stem) = yaml.iter().find_map(|ending| without_txt.strip_suffix(ending)) {
        return Some(if text {
            format!("rename it to {}; Windows may hide its ending .txt", &file[..without_txt.len()])
        } else if folder == "memos" {
            format!("move it: a memo stands in {}, a release in memos/releases/", year(stem))
        } else {
            "move or rename it; a remark for colleagues ends in anything but .yaml".to_owned()
        });
    }
    if number(without_txt) {
        let ending = if text { "; Windows may hide its ending .txt" } else { "" };
        return Some(format!("if it is a memo, rename it to {without_txt}.yaml{ending}"));
    }
    // A Word file beside its memo is one to keep.
    let (stem, ending) = lower.rsplit_once('.')?;
    let alone = number(stem) && !yaml.iter().any(|ending| is_there(&format!("{folder}/{stem}{ending}")));
    (alone && ["doc", "docx", "rtf", "odt"].contains(&ending)).then(|| {
        format!("a memo's text is typed in {folder}/{stem}.yaml: type `ccrov new`, and paste the words there")
    })
}

/// A file of the working folder.
pub(super) struct FileAt {
    pub path: String,
    entry: FolderEntry,
}

/// Whether a file's name says that it is one of the texts of a working folder.
fn is_text(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    match path.starts_with("templates/") {
        true => ending.is_some_and(|ending| TEMPLATES.contains(&ending)),
        false => ending.is_some_and(|ending| ["yaml", "yml", "lock", "review", "md"].contains(&ending)),
    }
}

/// Those files that have one of the endings.
pub(super) fn of_kind<'f>(files: &'f [FileAt], endings: &[&str]) -> impl Iterator<Item = &'f FileAt> {
    let ending = |file: &&FileAt| {
        Path::new(&file.path).extension().is_some_and(|e| endings.iter().any(|known| e == *known))
    };
    files.iter().filter(ending)
}

/// Reads texts, and keeps what is wrong with them.
pub(super) struct TextReader<'a> {
    disk: &'a dyn Disk,
    pub sources: Sources,
    pub faults: Faults,
    /// What was reported as unreadable.
    unreadable: BTreeSet<String>,
    earlier: &'a mut EarlierTexts,
}

impl<'a> TextReader<'a> {
    pub fn of(disk: &'a dyn Disk, earlier: &'a mut EarlierTexts) -> TextReader<'a> {
        let (sources, faults) = (Sources::default(), Faults::default());
        TextReader { disk, sources, faults, unreadable: BTreeSet::new(), earlier }
    }

    pub fn office(&mut self) -> Option<SourceId> {
        let path = "memos/office.yaml";
        match self.disk.read(path) {
            Err(ReadError::Missing) => {
                let place = self.sources.add(path, "").start();
                let usual =
                    "run ccrov in the folder that holds memos/, or name that folder: ccrov --root DIR build";
                let help = match self.office_elsewhere() {
                    Some(found) => format!("there is {found}: move it to memos/office.yaml"),
                    None => usual.to_owned(),
                };
                self.faults.push(
                    Diagnostic::new(Code::MissingFile, place, "there is no file memos/office.yaml")
                        .expected("the office is expected there")
                        .help(help),
                );
                None
            }
            read => self.take_text(path, read),
        }
    }

    /// A file that may be the office's, under another name or in another folder.
    fn office_elsewhere(&mut self) -> Option<String> {
        let folders = self.entries("memos").1;
        let folders = ["memos".to_owned()].into_iter().chain(folders).map(|folder| folder + "/");
        let mut places = [String::new()].into_iter().chain(folders);
        places.find_map(|folder| {
            let names = ["office.yaml", "office.yml", "office.yaml.txt", "Office.yaml", "office.txt"];
            names.iter().map(|name| format!("{folder}{name}")).find(|path| self.disk.file(path).is_some())
        })
    }

    pub fn templates(&mut self) -> Vec<(String, SourceId)> {
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

    pub fn files(&mut self, folder: &str) -> Vec<FileAt> {
        self.entries(folder).0
    }

    /// The files of a folder, and the paths of its folders. What begins with a dot or a tilde belongs to other programs.
    pub fn entries(&mut self, folder: &str) -> (Vec<FileAt>, Vec<String>) {
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
    pub fn report_strays(&mut self) {
        let mut folders = vec!["memos".to_owned()];
        let mut files_there = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            if self.unreadable.contains(&folder) {
                continue;
            }
            let (files, inner) = self.entries(&folder);
            if folder.matches('/').count() < 4 {
                folders.extend(inner);
            }
            files_there.extend(files.into_iter().map(|file| file.path));
        }
        let read = self.sources.all_names();
        let strays = files_there.iter().filter(|name| !read.contains(name.as_str()));
        let is_there = |path: &str| files_there.contains(path);
        let strays = strays.filter_map(|name| Some((name.clone(), meant(name, is_there)?)));
        for (name, help) in strays.collect::<Vec<_>>() {
            let place = self.sources.add(&name, "").start();
            let fault = Diagnostic::new(Code::StrayFile, place, format!("{name} is not read"))
                .expected("files are memos/office.yaml, memos/releases/*.yaml and memos/<year>/*.yaml")
                .help(help);
            self.faults.push(fault);
        }
    }

    fn unreadable(&mut self, name: &str, unread: &ReadError) {
        if !self.unreadable.insert(name.to_owned()) {
            return;
        }
        let place = self.sources.add(name, "").start();
        self.faults.push(match unread {
            ReadError::LeadsOut => {
                Diagnostic::new(Code::OutsideFolder, place, format!("{name} leads out of the working folder"))
                    .expected("a link cannot leave the folder")
                    .help("put the file or folder itself there")
            }
            unread => {
                Diagnostic::new(Code::UnreadableFile, place, format!("{name} cannot be read: {unread}"))
                    .help("look at who may read it")
            }
        });
    }

    /// A file's text, without a byte order mark.
    pub fn text(&mut self, file: &FileAt) -> Option<SourceId> {
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
            Err(unread) => {
                self.unreadable(name, &unread);
                return None;
            }
        };
        let is_template = name.starts_with("templates/");
        if let Some(kind) = FileKind::of(&bytes).filter(|_| !is_template) {
            self.no_text(name, kind);
            return None;
        }
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

    /// Reports a file of another program under the name of a text.
    fn no_text(&mut self, name: &str, kind: FileKind) {
        let place = self.sources.add(name, "").start();
        let help = match (kind, name.rsplit_once('.').map_or("", |(_, ending)| ending)) {
            (_, "lock") => "put the lock back as it was; until then its memo stays as it is".to_owned(),
            (FileKind::Utf16, _) => {
                "save it again with the encoding UTF-8: in Notepad, File, Save as, Encoding".to_owned()
            }
            (FileKind::Web, "md") => "write the text as Markdown, without the marks of a web page".to_owned(),
            (_, "md") => "copy its words into a plain text file of this name".to_owned(),
            _ => "type `ccrov new`, which makes a memo's file, and paste the words there; rename this one"
                .to_owned(),
        };
        self.faults.push(
            Diagnostic::new(Code::NotUtf8, place, format!("{name} is {}", kind.words()))
                .expected("plain text is expected")
                .help(help),
        );
    }
}
