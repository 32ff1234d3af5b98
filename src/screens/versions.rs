//! The versions of a file and of the texts beside it, the last first: what ccrov wrote, and what was changed outside it in between.
//!
//! In: the journals of the folder, the file as it is. Out: [`Version`]s. A memo that got its number is followed back to the name that it had.
//! Not here: pages, and the way back.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDateTime;

use crate::{
    desk::{self, SourceFile},
    folder::{Journal, PastChanges, Snapshot, TextChange, copied, stem},
};

/// A change of one of a file's texts.
pub(super) struct Version {
    /// What it is known by, however many changes come after it.
    pub place: String,
    /// When it was written; nothing, if that is not known.
    pub at: Option<NaiveDateTime>,
    /// The id of the person who wrote it, if that is known.
    pub by: Option<String>,
    /// What was done.
    pub what: String,
    /// Which text.
    pub path: String,
    /// What it held; nothing if it was new.
    pub before: Option<String>,
    /// What it held then; nothing if it went.
    pub after: Option<String>,
    /// What went in the same change: paths and texts.
    pub gone: Vec<(String, String)>,
    /// The name that the memo got, if it went under this one.
    pub renamed: Option<String>,
}

/// What is said of a change that ccrov did not write.
const OUTSIDE: &str = "Changed outside ccrov";

/// The versions of a file, the last first.
pub(super) fn versions(snapshot: &Snapshot, root: &Path, file: &SourceFile) -> Vec<Version> {
    let texts = desk::texts(snapshot, file).unwrap_or_default();
    let mut tracked = Tracked {
        file,
        names: vec![file.to_string()],
        beside: texts.iter().skip(1).map(|(path, _)| (*path).to_owned()).collect(),
    };
    // What each text held before the change that was looked at last.
    let mut later: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut found = Vec::new();
    let mut past = PastChanges::of(root);
    while let Some(change) = past.next_with(|bytes| tracked.is_in(bytes)) {
        for version in tracked.versions(&change) {
            let now =
                || texts.iter().find(|(path, _)| *path == version.path).map(|(_, text)| (*text).to_owned());
            let outside = match later.get(&version.path) {
                Some(later) => version.outside(later.clone(), OUTSIDE),
                // A second copy that is gone was settled.
                None if copied(&version.path, |path| tracked.is_own(path)).is_some() => None,
                None => match now() {
                    Some(now) => version.outside(Some(now), "Changed outside ccrov since then"),
                    None => version.outside(None, "Removed outside ccrov"),
                },
            };
            found.extend(outside);
            later.insert(version.path.clone(), version.before.clone());
            found.push(version);
        }
        for path in tracked.follow(&change) {
            let text = change.texts.iter().find(|text| text.path.as_str() == path);
            later.extend(text.map(|text| (path, text.before.clone())));
        }
    }
    found
}

impl Version {
    /// What became of a text outside ccrov after this version, if it says something else by then.
    fn outside(&self, now: Option<String>, what: &str) -> Option<Version> {
        let folded = |text: &Option<String>| text.as_ref().map(|text| text.replace("\r\n", "\n"));
        // A memo that got another name went nowhere.
        if folded(&now) == folded(&self.after) || self.renamed.is_some() {
            return None;
        }
        Some(Version {
            place: format!("{}-outside", self.place),
            at: None,
            by: None,
            what: what.to_owned(),
            path: self.path.clone(),
            before: self.after.clone(),
            after: now,
            gone: Vec::new(),
            renamed: None,
        })
    }
}

/// Which texts are a file's own, under the names that they had.
struct Tracked<'f> {
    file: &'f SourceFile,
    names: Vec<String>,
    beside: Vec<String>,
}

impl Tracked<'_> {
    fn is_own(&self, path: &str) -> bool {
        self.names.iter().any(|name| match self.file {
            SourceFile::Office => path == "memos/office.yaml",
            SourceFile::Release(_) => path == format!("memos/releases/{name}.yaml"),
            SourceFile::Memo(_) => is_memo(path) && path.ends_with(&format!("/{name}.yaml")),
        })
    }

    /// Whether a journal, as it is on the disk, can have to do with the file: most have not, and are not read.
    fn is_in(&self, journal: &[u8]) -> bool {
        let beside = self.beside.iter().map(|path| path.rsplit('/').next().unwrap_or(path));
        self.names.iter().map(String::as_str).chain(beside).any(|name| {
            // What is no ASCII may be written in escapes.
            !name.is_ascii() || journal.windows(name.len()).any(|bytes| bytes == name.as_bytes())
        })
    }

    fn versions(&self, change: &Journal) -> Vec<Version> {
        let gone = change.texts.iter().filter(|text| text.after.is_none());
        let gone = gone.filter_map(|text| Some((text.path.to_string(), text.before.clone()?)));
        let mut gone: Vec<(String, String)> = gone.collect();
        // The memo gives the others their name.
        gone.sort_by_key(|(path, _)| !self.is_own(path));
        let is_copy = |path: &str| copied(path, |original| self.is_own(original)).is_some();
        let is_wanted =
            |path: &str| self.is_own(path) || is_copy(path) || self.beside.iter().any(|one| one == path);
        let version = |(nth, text): (usize, &TextChange)| {
            let path = text.path.to_string();
            is_wanted(&path).then(|| Version {
                place: format!("{}-{nth}", change.number),
                at: change.at,
                by: change.by.clone(),
                what: change.what.clone(),
                before: text.before.clone(),
                after: text.after.clone(),
                gone: gone.clone(),
                renamed: text
                    .after
                    .is_none()
                    .then(|| partner(change, text))
                    .flatten()
                    .map(|path| stem(&path)),
                path,
            })
        };
        change.texts.iter().enumerate().filter_map(version).collect()
    }

    /// Takes in the name that a memo had before a change gave it another; the paths that its texts had.
    fn follow(&mut self, change: &Journal) -> Vec<String> {
        let new = change.texts.iter().filter(|text| text.before.is_none() && self.is_own(text.path.as_str()));
        let was: Vec<(String, String)> =
            new.filter_map(|text| Some((text.path.to_string(), partner(change, text)?))).collect();
        let mut paths = Vec::new();
        for (path, was) in was {
            let [new, old] = [&path, &was].map(|path| path.trim_end_matches(".yaml").to_owned());
            let beside =
                self.beside.iter().filter_map(|path| Some(format!("{old}{}", path.strip_prefix(&new)?)));
            let beside: Vec<String> = beside.collect();
            paths.extend(beside.iter().cloned());
            self.beside.extend(beside);
            self.names.push(stem(&was));
            paths.push(was);
        }
        paths
    }
}

fn is_memo(path: &str) -> bool {
    path.starts_with("memos/") && !path.starts_with("memos/releases/") && path.ends_with(".yaml")
}

/// The path that a memo's file had before a change, or got by it. A change that gives memos other names lists those that come in the
/// order of those that go.
fn partner(change: &Journal, text: &TextChange) -> Option<String> {
    let of_memos = || change.texts.iter().filter(|text| is_memo(text.path.as_str()));
    let come: Vec<&TextChange> = of_memos().filter(|text| text.before.is_none()).collect();
    let gone: Vec<&TextChange> = of_memos().filter(|text| text.after.is_none()).collect();
    let (own, others) = if text.before.is_none() { (&come, &gone) } else { (&gone, &come) };
    let at = own.iter().position(|one| one.path == text.path).filter(|_| come.len() == gone.len())?;
    Some(others.get(at)?.path.to_string())
}
