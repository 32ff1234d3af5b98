//! A working folder with edits that are not written yet.
//!
//! In: texts that are to be others, a memo's file that is to have another name. Out: the folder as it would
//! be, and the changes of its files. Not here: what is edited, and writing.

use std::{collections::BTreeMap, fs, path::Path};

use super::workspace::{Workspace, stem};
use crate::{
    diagnostic::SourceId,
    input::{edit, outline},
    model::Relation,
    site::{Change, NotAPath, OutputPath, Verdict},
};

/// The mark that some editors put before UTF-8 text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A working folder, edited.
#[derive(Clone)]
pub(super) struct Edits {
    pub workspace: Workspace,
    /// What is another text or has another name, with the name and the text that it had.
    edited: BTreeMap<SourceId, (String, String)>,
}

impl Edits {
    pub fn new(workspace: Workspace) -> Edits {
        Edits { workspace, edited: BTreeMap::new() }
    }

    /// The text of a memo's file.
    pub fn memo(&self, id: &str) -> Option<(SourceId, &str)> {
        let source = self.workspace.texts.memos.iter().find(|(memo, _)| memo == id)?.1;
        Some((source, &self.workspace.sources.get(source).text))
    }

    /// Puts another text in the place of one.
    pub fn edit(&mut self, source: SourceId, text: &str) {
        self.remember(source);
        self.workspace.sources.replace(source, text);
    }

    fn remember(&mut self, source: SourceId) {
        let file = self.workspace.sources.get(source);
        self.edited.entry(source).or_insert_with(|| (file.name.clone(), file.text.clone()));
    }

    /// Gives a memo another id: its file, the texts beside it that bear its name, and what other memos call it.
    /// `None` if a text cannot be edited so.
    pub fn rename(&mut self, old: &str, new: &str) -> Option<()> {
        let (source, _) = self.memo(old)?;
        let name = self.workspace.sources.get(source).name.clone();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beside: BTreeMap<String, String> = self
            .workspace
            .texts
            .files
            .iter()
            .filter_map(|path| path.strip_prefix(&folder)?.strip_prefix('/'))
            .filter_map(|file| Some((file.to_owned(), format!("{new}{}", file.strip_prefix(old)?))))
            .filter(|(file, _)| self.workspace.texts.bodies.contains_key(&format!("{folder}/{file}")))
            .filter(|(file, _)| self.memo(old).is_some_and(|(_, text)| text.contains(file.as_str())))
            .collect();
        for (file, renamed) in &beside {
            let body = self.workspace.texts.bodies.remove(&format!("{folder}/{file}"))?;
            self.take_name(body, format!("{folder}/{renamed}"));
            self.workspace.texts.bodies.insert(format!("{folder}/{renamed}"), body);
        }
        let text = edit::rename(self.memo(old)?.1, &beside)?;
        self.edit(source, &text);
        self.take_name(source, format!("{folder}/{new}.yaml"));
        for (memo, _) in self.workspace.texts.memos.iter_mut().filter(|(memo, _)| memo == old) {
            new.clone_into(memo);
        }
        for memo in self.workspace.memos.iter_mut().filter(|memo| *memo == old) {
            new.clone_into(memo);
        }
        let others: Vec<SourceId> = self.workspace.texts.memos.iter().map(|(_, other)| *other).collect();
        for other in others.into_iter().filter(|other| *other != source) {
            let text = &self.workspace.sources.get(other).text;
            if let Some(renamed) = relations(text, old, new) {
                self.edit(other, &renamed);
            }
        }
        Some(())
    }

    fn take_name(&mut self, source: SourceId, name: String) {
        self.remember(source);
        self.workspace.texts.files.remove(&self.workspace.sources.get(source).name);
        self.workspace.sources.rename(source, &name);
        self.workspace.texts.files.insert(name);
    }

    /// What is to be written and removed: memos after the texts beside them, old names last. The error says
    /// which file was changed since it was read, or cannot be written.
    pub fn changes(&self, root: &Path) -> Result<Vec<Change>, String> {
        let path = |name: &str| -> Result<OutputPath, String> {
            name.parse().map_err(|wrong: NotAPath| format!("{name} cannot be written: {wrong}"))
        };
        let (mut changes, mut removed) = (Vec::new(), Vec::new());
        for (source, (name, text)) in &self.edited {
            let there = fs::read(root.join(name)).map_err(|wrong| format!("{name}: {wrong}"))?;
            let written = there.strip_prefix(MARK).unwrap_or(&there);
            if written != text.as_bytes() {
                return Err(format!("{name} was changed in the meantime; say it again"));
            }
            let now = self.workspace.sources.get(*source);
            let mark = &there[..there.len() - written.len()];
            let bytes = [mark, now.text.as_bytes()].concat();
            if now.name == *name {
                changes.push(Change { path: path(name)?, verdict: Verdict::Replace(bytes) });
            } else {
                if root.join(&now.name).exists() {
                    return Err(format!("{} is there already", now.name));
                }
                changes.push(Change { path: path(&now.name)?, verdict: Verdict::Create(bytes) });
                removed.push(Change { path: path(name)?, verdict: Verdict::Remove });
            }
        }
        changes.sort_by_key(|change| self.workspace.memos.contains(&stem(change.path.as_str())));
        Ok([changes, removed].concat())
    }
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
