//! A working folder with edits that are not written yet.
//!
//! In: texts that are to be others, a memo's file that is to have another name. Out: the folder as it would
//! be, and the changes of its files. Not here: what is edited, and writing.

use std::{collections::BTreeMap, error::Error, fmt};

use super::{Edit, Snapshot, SourcePath, stem};
use crate::{
    diagnostic::SourceId,
    model::Relation,
    output::NotAPath,
    yaml::{edit, outline},
};

/// A working folder, edited.
#[derive(Clone)]
pub struct Edits {
    /// The folder as it would be.
    pub snapshot: Snapshot,
    /// What is another text or has another name, with the name and the text that it had.
    edited: BTreeMap<SourceId, (String, String)>,
}

/// A file whose name cannot be written.
#[derive(Debug)]
pub struct Uneditable {
    /// Its path from the working folder.
    file: String,
    /// Why.
    why: NotAPath,
}

impl fmt::Display for Uneditable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be written: {}", self.file, self.why)
    }
}

impl Error for Uneditable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.why)
    }
}

impl Edits {
    /// No edits yet.
    pub fn of(snapshot: &Snapshot) -> Edits {
        Edits { snapshot: snapshot.clone(), edited: BTreeMap::new() }
    }

    /// Puts another text in the place of one.
    pub fn edit(&mut self, source: SourceId, text: &str) {
        self.remember(source);
        self.snapshot.sources.replace(source, text);
    }

    fn remember(&mut self, source: SourceId) {
        let file = self.snapshot.sources.get(source);
        self.edited.entry(source).or_insert_with(|| (file.name.clone(), file.text.clone()));
    }

    /// Gives a memo another id: its file, the texts beside it that bear its name, and what other memos call it.
    /// `None` if a text cannot be edited so.
    pub fn rename(&mut self, old: &str, new: &str) -> Option<()> {
        let (source, _) = self.snapshot.memo(old)?;
        let name = self.snapshot.sources.get(source).name.clone();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beside: BTreeMap<String, String> = self
            .snapshot
            .texts
            .files
            .iter()
            .filter_map(|path| path.strip_prefix(&folder)?.strip_prefix('/'))
            .filter_map(|file| Some((file.to_owned(), format!("{new}{}", file.strip_prefix(old)?))))
            .filter(|(file, _)| self.snapshot.texts.bodies.contains_key(&format!("{folder}/{file}")))
            .filter(|(file, _)| self.belongs(file, &folder, old))
            .collect();
        for (file, renamed) in &beside {
            let body = self.snapshot.texts.bodies.remove(&format!("{folder}/{file}"))?;
            self.take_name(body, format!("{folder}/{renamed}"));
            self.snapshot.texts.bodies.insert(format!("{folder}/{renamed}"), body);
        }
        let renamed = format!("{folder}/{new}.review");
        if let Some(at) = self.snapshot.reviews.iter().position(|(memo, _)| memo == old) {
            if self.snapshot.texts.files.contains(&renamed) {
                return None;
            }
            self.take_name(self.snapshot.reviews[at].1, renamed);
            new.clone_into(&mut self.snapshot.reviews[at].0);
        }
        let text = edit::rename(self.snapshot.memo(old)?.1, &beside)?;
        self.edit(source, &text);
        self.take_name(source, format!("{folder}/{new}.yaml"));
        for (memo, _) in self.snapshot.texts.memos.iter_mut().filter(|(memo, _)| memo == old) {
            new.clone_into(memo);
        }
        for memo in self.snapshot.memos.iter_mut().filter(|memo| *memo == old) {
            new.clone_into(memo);
        }
        let others: Vec<SourceId> = self.snapshot.texts.memos.iter().map(|(_, other)| *other).collect();
        for other in others.into_iter().filter(|other| *other != source) {
            let text = &self.snapshot.sources.get(other).text;
            if let Some(renamed) = relations(text, old, new) {
                self.edit(other, &renamed);
            }
        }
        Some(())
    }

    /// Whether a text beside a memo is named by that memo, and by no other.
    fn belongs(&self, file: &str, folder: &str, memo: &str) -> bool {
        let beside = |source: SourceId| {
            let other = self.snapshot.sources.get(source);
            other.name.rsplit_once('/').is_some_and(|(there, _)| there == folder).then_some(&other.text)
        };
        let names = |text: &String| {
            text.contains(file)
                && outline(text)
                    .is_some_and(|entries| entries.iter().any(|entry| entry.text.as_deref() == Some(file)))
        };
        let mut naming =
            self.snapshot.texts.memos.iter().filter(|(_, source)| beside(*source).is_some_and(names));
        naming.next().is_some_and(|(id, _)| id == memo) && naming.next().is_none()
    }

    fn take_name(&mut self, source: SourceId, name: String) {
        self.remember(source);
        self.snapshot.texts.files.remove(&self.snapshot.sources.get(source).name);
        self.snapshot.sources.rename(source, &name);
        self.snapshot.texts.files.insert(name);
    }

    /// The files that are to be written and removed: memos after the texts beside them, old names last.
    ///
    /// # Errors
    /// [`Uneditable`] if a file has a name that cannot be written.
    pub fn files(&self) -> Result<Vec<Edit>, Uneditable> {
        let (mut edits, mut removed) = (Vec::new(), Vec::new());
        for (source, (name, text)) in &self.edited {
            let now = self.snapshot.sources.get(*source);
            let becomes = Some(now.text.clone());
            if now.name == *name {
                edits.push(Edit { path: writable(name)?, was: Some(text.clone()), becomes, like: None });
            } else {
                let like = Some(writable(name)?);
                edits.push(Edit { path: writable(&now.name)?, was: None, becomes, like });
                removed.push(Edit {
                    path: writable(name)?,
                    was: Some(text.clone()),
                    becomes: None,
                    like: None,
                });
            }
        }
        edits.sort_by_key(|edit| self.snapshot.memos.contains(&stem(edit.path.as_str())));
        edits.extend(removed);
        Ok(edits)
    }
}

/// A file's path, if it can be written.
///
/// # Errors
/// [`Uneditable`].
pub(crate) fn writable(name: &str) -> Result<SourcePath, Uneditable> {
    name.parse().map_err(|why| Uneditable { file: name.to_owned(), why })
}

/// A memo's text with another name where it says how it stands to a memo; `None` if it says nothing of that one.
fn relations(text: &str, old: &str, new: &str) -> Option<String> {
    let names = Relation::ALL.map(Relation::key);
    let entries = outline(text)?;
    let mut found: Vec<_> = entries
        .into_iter()
        .filter(|entry| names.contains(&entry.path.as_str()) && entry.text.as_deref() == Some(old))
        .map(|entry| entry.range)
        .collect();
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|range| range.start);
    let mut text = text.to_owned();
    found.into_iter().rev().for_each(|range| text.replace_range(range, new));
    Some(text)
}
