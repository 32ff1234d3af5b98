//! The working folder -> texts. Reads memos/ and templates/, and nothing that lies outside.
//!
//! Not here: what the texts mean.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    input::Texts,
};

/// The templates that are in the program; a file of the same name in templates/ wins.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    ("attachment.md", include_str!("../../templates/attachment.md")),
    ("calendar.html", include_str!("../../templates/calendar.html")),
    ("changes.md", include_str!("../../templates/changes.md")),
    ("events.html", include_str!("../../templates/events.html")),
    ("feed.xml", include_str!("../../templates/feed.xml")),
    ("fragment.html", include_str!("../../templates/fragment.html")),
    ("groups.html", include_str!("../../templates/groups.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("icon.svg", include_str!("../../templates/icon.svg")),
    ("layout.html", include_str!("../../templates/layout.html")),
    ("list.html", include_str!("../../templates/list.html")),
    ("memo.md", include_str!("../../templates/memo.md")),
    ("missing.html", include_str!("../../templates/missing.html")),
    ("number.html", include_str!("../../templates/number.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("pager.html", include_str!("../../templates/pager.html")),
    ("release-delay.md", include_str!("../../templates/release-delay.md")),
    ("rows.html", include_str!("../../templates/rows.html")),
    ("schedule.md", include_str!("../../templates/schedule.md")),
    ("schedules.html", include_str!("../../templates/schedules.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("sitemap.xml", include_str!("../../templates/sitemap.xml")),
    ("steps.html", include_str!("../../templates/steps.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("years.html", include_str!("../../templates/years.html")),
];

/// Everything that was read.
#[derive(Clone)]
pub(super) struct Workspace {
    pub sources: Sources,
    /// The ids of all memos that have a file, also of those whose file cannot be read.
    pub memos: Vec<String>,
    pub texts: Texts,
    /// The locks of issued memos, by the memos' ids.
    pub locks: Vec<(String, SourceId)>,
    /// The templates by their file names.
    pub templates: Vec<(String, SourceId)>,
}

/// Reads the working folder. What cannot be read is a fault; the rest is read all the same.
pub(super) fn read(root: &Path, faults: &mut Faults) -> Workspace {
    let mut folder = Folder {
        root: root.to_owned(),
        real: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
        inside: BTreeMap::new(),
        sources: Sources::default(),
        faults,
    };
    let mut texts = Texts { office: folder.text("memos/office.yaml"), ..Texts::default() };
    if texts.office.is_none() && !folder.root.join("memos/office.yaml").exists() {
        let place = folder.sources.add("memos/office.yaml", "").start();
        folder.faults.push(
            Diagnostic::new(Code::MissingFile, place, "there is no file memos/office.yaml")
                .expected("the office is expected there")
                .help(
                    "run ccrov in the folder that holds memos/, or name that folder: ccrov --root DIR build",
                ),
        );
    }
    for name in of_kind(&folder.files("memos/releases"), &["yaml", "yml"]) {
        if let Some(source) = folder.text(name) {
            texts.releases.push((stem(name), source));
        }
    }
    let Entries { files, folders: years } = folder.entries("memos");
    texts.files.extend(files);
    let (mut memos, mut locks) = (Vec::new(), Vec::new());
    for year in years.iter().filter(|name| name.as_str() != "memos/releases") {
        let files = folder.files(year);
        for name in of_kind(&files, &["yaml", "yml"]) {
            memos.push(stem(name));
            if let Some(source) = folder.text(name) {
                texts.memos.push((stem(name), source));
            }
        }
        for name in of_kind(&files, &["lock"]) {
            if let Some(source) = folder.text(name) {
                locks.push((stem(name), source));
            }
        }
        for name in of_kind(&files, &["md"]) {
            if let Some(source) = folder.text(name) {
                texts.bodies.insert(name.clone(), source);
            }
        }
        texts.files.extend(files);
    }
    folder.report_strays();
    let mut templates: BTreeMap<String, SourceId> = BTreeMap::new();
    for path in of_kind(&folder.files("templates"), &["md", "html", "css", "xml", "svg"]) {
        if let Some(source) = folder.text(path) {
            templates.insert(path["templates/".len()..].to_owned(), source);
        }
    }
    for (name, text) in BUILT_IN.iter().copied() {
        if !templates.contains_key(name) {
            let source = folder.sources.add(format!("templates/{name} (built in)"), text);
            templates.insert(name.to_owned(), source);
        }
    }
    let templates = templates.into_iter().collect();
    Workspace { sources: folder.sources, memos, texts, locks, templates }
}

impl Workspace {
    /// Reads one file of `root` again: a memo's, a Markdown file beside it, or one that is attached, which is read when it is
    /// needed. `None` if it is no such file, or none any more.
    pub fn refresh(&mut self, root: &Path, path: &str) -> Option<()> {
        let file = root.join(path);
        if file.is_symlink() || !file.is_file() {
            return None;
        }
        let memos = self.texts.memos.iter().map(|(_, source)| *source);
        let mut texts = memos.chain(self.texts.bodies.values().copied());
        match texts.find(|source| self.sources.get(*source).name == path) {
            Some(source) => {
                let text = fs::read_to_string(&file).ok()?;
                self.sources.replace(source, without_mark(&text));
                Some(())
            }
            None => self.texts.files.contains(path).then_some(()),
        }
    }
}

/// A text without a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The name of a memo's file, or of its lock, without folder and ending; the id that a path or an id names.
pub(super) fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = [".yaml", ".yml", ".lock"].iter().find_map(|ending| file.strip_suffix(ending));
    ending.unwrap_or(file).to_owned()
}

/// Whether a file looks like one that should be read, by a name that is not.
fn looks_meant(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let number = |stem: &str| stem.len() == 5 && stem.bytes().all(|b| b.is_ascii_digit());
    let file = name.rsplit('/').next().unwrap_or(&name);
    let without_ending = file.strip_suffix(".txt").unwrap_or(file);
    [".yaml", ".yml"].iter().any(|ending| without_ending.ends_with(ending)) || number(without_ending)
}

/// The paths of those files that have one of the endings.
fn of_kind<'f>(files: &'f [String], endings: &[&str]) -> impl Iterator<Item = &'f String> {
    let ending =
        |path: &&String| Path::new(path).extension().is_some_and(|e| endings.iter().any(|known| e == *known));
    files.iter().filter(ending)
}

/// What stands in a folder, by paths from the working folder, sorted.
#[derive(Default)]
struct Entries {
    files: Vec<String>,
    folders: Vec<String>,
}

struct Folder<'a> {
    root: PathBuf,
    real: PathBuf,
    /// Whether a folder of files lies in the working folder.
    inside: BTreeMap<PathBuf, bool>,
    sources: Sources,
    faults: &'a mut Faults,
}

impl Folder<'_> {
    fn files(&mut self, folder: &str) -> Vec<String> {
        self.entries(folder).files
    }

    fn entries(&mut self, folder: &str) -> Entries {
        let mut found = Entries::default();
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return found,
            Err(error) => {
                self.unreadable(folder, &error);
                return found;
            }
        };
        for entry in entries.flatten() {
            let Some(name) =
                entry.file_name().into_string().ok().filter(|name| !name.starts_with(['.', '~']))
            else {
                continue;
            };
            // What a link leads to counts.
            let kind = entry.file_type().ok().filter(|kind| !kind.is_symlink());
            let kind = kind.or_else(|| fs::metadata(entry.path()).ok().map(|there| there.file_type()));
            match kind {
                Some(kind) if kind.is_file() => found.files.push(format!("{folder}/{name}")),
                Some(kind) if kind.is_dir() => found.folders.push(format!("{folder}/{name}")),
                _ => {}
            }
        }
        found.files.sort();
        found.folders.sort();
        found
    }

    /// Names what stands in memos/ and is not read, so that nobody waits for it.
    fn report_strays(&mut self) {
        let mut folders = vec!["memos".to_owned()];
        let mut strays = Vec::new();
        while let Some(folder) = folders.pop() {
            let found = self.entries(&folder);
            if folder.matches('/').count() < 4 {
                folders.extend(found.folders);
            }
            strays.extend(found.files.into_iter().filter(|name| looks_meant(name)));
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

    /// Whether a path leads to what lies in the working folder, or to nothing.
    fn leads_inside(&mut self, path: &Path) -> bool {
        let inside = |path: &Path| path.canonicalize().map_or(true, |real| real.starts_with(&self.real));
        if fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink()) {
            return inside(path);
        }
        let Some(folder) = path.parent() else { return true };
        if let Some(known) = self.inside.get(folder) {
            return *known;
        }
        let inside = inside(folder);
        self.inside.insert(folder.to_owned(), inside);
        inside
    }

    fn unreadable(&mut self, name: &str, error: &std::io::Error) {
        let place = self.sources.add(name, "").start();
        self.faults.push(
            Diagnostic::new(Code::UnreadableFile, place, format!("{name} cannot be read: {error}"))
                .help("look at who may read it"),
        );
    }

    /// A file's text, without a byte order mark.
    fn text(&mut self, name: &str) -> Option<SourceId> {
        let path = self.root.join(name);
        if !self.leads_inside(&path) {
            let place = self.sources.add(name, "").start();
            self.faults.push(
                Diagnostic::new(
                    Code::OutsideFolder,
                    place,
                    format!("{name} leads out of the working folder"),
                )
                .expected("a link cannot leave the folder")
                .help("put the file itself there"),
            );
            return None;
        }
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            Err(error) => {
                self.unreadable(name, &error);
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(name, without_mark(&text))),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let place = self.sources.add(name, text).at(start..start + 1);
                self.faults.push(
                    Diagnostic::new(Code::NotUtf8, place, format!("{name} is not UTF-8 text"))
                        .expected("this is no character")
                        .help("save the file again with the encoding UTF-8"),
                );
                None
            }
        }
    }
}
