//! A working folder as it was when it was read: its texts, and where its other files can be read.
//!
//! In: a [`Disk`]. Out: [`Snapshot`], with a fault for whatever could not be read. Not here: what the texts mean.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::SystemTime,
};

use super::{
    Disk, Edit, FolderEntry, Overlay, ReadError, SecondCopy,
    copies::{are_different_memos, copied},
    reading::{TextReader, of_kind, plain},
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Source, SourceId, Sources},
    output::OutputPath,
    records::Texts,
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
    /// What was said of memos in review, by the memos' ids: files beside the memos that no reader gets.
    pub reviews: Vec<(String, SourceId)>,
    /// Second copies of files that two people saved at a time. They are read as nothing else.
    pub copies: Vec<SecondCopy>,
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

/// Texts of an earlier reading, by their paths: those of files that have not changed since are taken from here.
pub(crate) type EarlierTexts = BTreeMap<String, (FolderEntry, Arc<Source>)>;

impl Snapshot {
    /// Reads a working folder. What cannot be read is a fault; the rest is read all the same.
    pub(crate) fn read(
        folder: Arc<dyn Disk>,
        output: Arc<dyn Disk>,
        program: Option<SystemTime>,
        earlier: &mut EarlierTexts,
    ) -> Snapshot {
        let mut reader = TextReader::of(&*folder, earlier);
        let mut texts = Texts { office: reader.office(), ..Texts::default() };
        for name in of_kind(&reader.files("memos/releases"), &["yaml", "yml"]) {
            if let Some(source) = reader.text(name) {
                texts.releases.push((stem(&name.path), source));
            }
        }
        let (files, years) = reader.entries("memos");
        let mut copies_of_office = Vec::new();
        for file in of_kind(&files, &["yaml", "yml"]) {
            if copied(&file.path, |path| path == "memos/office.yaml").is_some() {
                copies_of_office.extend(reader.text(file));
            }
        }
        texts.files.extend(files.into_iter().map(|file| file.path));
        let years: Vec<String> = years.into_iter().filter(|name| name != "memos/releases").collect();
        let (mut memos, mut locks, mut unread_locks) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut reviews = Vec::new();
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
            for file in of_kind(&files, &["review"]) {
                reviews.extend(reader.text(file).map(|source| (stem(&file.path), source)));
            }
            for file in of_kind(&files, &["md"]) {
                if let Some(source) = reader.text(file) {
                    texts.bodies.insert(file.path.clone(), source);
                }
            }
            texts.files.extend(files.into_iter().map(|file| file.path));
        }
        let mut beside = [locks, reviews];
        let copies = set_aside(&mut reader, copies_of_office, &mut texts, &mut memos, &mut beside);
        let [locks, reviews] = beside;
        reader.report_strays();
        let templates = reader.templates();
        let TextReader { sources, faults, .. } = reader;
        Snapshot {
            sources,
            memos,
            texts,
            locks,
            unread_locks,
            reviews,
            copies,
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
    ///
    /// # Errors
    /// [`ReadError`] if it is there and cannot be read.
    pub fn published(&self, path: &OutputPath) -> Result<Option<Vec<u8>>, ReadError> {
        for disk in [Some(&self.output), self.elsewhere.as_ref()].into_iter().flatten() {
            match disk.read(path.as_str()) {
                Ok(bytes) => return Ok(Some(bytes)),
                Err(ReadError::Missing) => {}
                Err(unread) => return Err(unread),
            }
        }
        Ok(None)
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

    /// Whether a memo has a lock, be it one that can be read or not.
    pub fn has_lock(&self, id: &str) -> bool {
        self.locks.iter().any(|(memo, _)| memo == id) || self.unread_locks.contains(id)
    }

    /// The ids of all memos that have a lock, be it one that can be read or not.
    pub fn locked(&self) -> BTreeSet<&str> {
        self.locks.iter().map(|(memo, _)| memo).chain(&self.unread_locks).map(String::as_str).collect()
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
        let mut snapshot = Snapshot::read(Arc::new(folder), output, self.program, &mut EarlierTexts::new());
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

/// Takes second copies out of what was read, and reports each.
fn set_aside(
    reader: &mut TextReader<'_>,
    copies_of_office: Vec<SourceId>,
    texts: &mut Texts,
    memos: &mut Vec<String>,
    beside: &mut [Vec<(String, SourceId)>; 2],
) -> Vec<SecondCopy> {
    let of_id = |files: &[(String, SourceId)]| files.iter().map(|(_, source)| *source).collect::<Vec<_>>();
    let of_memos = of_id(&texts.memos);
    let read: Vec<SourceId> =
        [of_memos.clone(), of_id(&texts.releases), of_id(&beside[0]), of_id(&beside[1]), copies_of_office]
            .concat()
            .into_iter()
            .chain(texts.office)
            .chain(texts.bodies.values().copied())
            .collect();
    let sources = &reader.sources;
    let named: BTreeMap<&str, SourceId> =
        read.iter().map(|source| (sources.get(*source).name.as_str(), *source)).collect();
    let is_named = |file: &str| of_memos.iter().any(|memo| sources.get(*memo).text.contains(file));
    let mut copies = Vec::new();
    for source in &read {
        let file = sources.get(*source);
        let Some(of) = copied(&file.name, |path| named.contains_key(path)) else { continue };
        let is_other = match file.name.rsplit_once('.') {
            Some((_, "md")) => is_named(file.name.rsplit('/').next().unwrap_or_default()),
            _ => named
                .get(of.as_str())
                .is_some_and(|of| are_different_memos(&sources.get(*of).text, &file.text)),
        };
        if !is_other {
            copies.push(SecondCopy { path: file.name.clone(), of, source: *source });
        }
    }
    let is_copy = |source: SourceId| copies.iter().any(|copy| copy.source == source);
    for (id, _) in texts.memos.iter().filter(|(_, source)| is_copy(*source)) {
        memos.retain(|memo| memo != id);
    }
    texts.memos.retain(|(_, source)| !is_copy(*source));
    texts.releases.retain(|(_, source)| !is_copy(*source));
    texts.bodies.retain(|_, source| !is_copy(*source));
    beside.iter_mut().for_each(|files| files.retain(|(_, source)| !is_copy(*source)));
    for copy in &copies {
        let fault = copy.fault(copy.source.at(0..0));
        reader.faults.push(fault);
    }
    copies
}

/// The name of a memo's file, or of what ccrov keeps beside it, without folder and ending; the id that a path or an id names.
pub fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = [".yaml", ".yml", ".lock", ".review"].iter().find_map(|ending| file.strip_suffix(ending));
    ending.unwrap_or(file).to_owned()
}
