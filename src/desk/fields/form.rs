//! Saving a form: several fields of a file at once, with what others have written meanwhile.
//!
//! In: for each field what the form showed and what it says now. Out: a plan that changes just the fields that somebody
//! changed; nothing where another person changed the same field to something else, with both texts. Not here: one
//! field by itself (`set`), and how a form looks.

use std::str::FromStr;

use serde::Serialize;

use super::{
    super::Refused,
    FieldChange, SourceFile,
    set::{changed, field_at, known, raw_value},
    source_file::{all, beside, is_locked, unread},
};
use crate::{
    diagnostic::SourceId,
    folder::{Edits, Plan, Snapshot},
    schema::{FieldKind, FileField},
    yaml::edit::At,
};

/// What somebody leaves in a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormRequest {
    /// Fields with one value.
    pub fields: Vec<TypedField>,
    /// Lists of plain values.
    pub lists: Vec<TypedList>,
    /// Keys that go if nothing stands after them, since another field takes their place.
    pub blank: Vec<String>,
    /// A list whose items change their places or number, after all else.
    pub items: Option<ItemChange>,
}

/// A field as the form showed it, and as somebody left it. An empty text is a field that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedField {
    /// Where it stands: `subject`, `attachments[0].title`.
    pub key: String,
    /// What the form showed.
    pub read: String,
    /// What it says now.
    pub typed: String,
}

/// A list of plain values as the form showed it, and as somebody left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedList {
    /// Where it stands: `to`.
    pub key: String,
    /// What the form showed.
    pub read: Vec<String>,
    /// What it says now.
    pub typed: Vec<String>,
}

/// An item of a list that comes, goes or moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// The list, or the item that goes.
    pub key: String,
    /// The list as the form read it, as it is typed in the file.
    pub read: String,
    /// What becomes of it.
    pub change: FieldChange,
}

/// A form that was saved, or could not be.
#[derive(Debug, Serialize)]
pub struct FormReport {
    /// The file, by its path from the working folder.
    pub file: String,
    /// The labels of the fields that change.
    pub set: Vec<String>,
    /// The labels of fields that somebody else has changed since the form was shown; they stay as they are now.
    pub merged: Vec<String>,
    /// Fields that somebody else has changed to something else. As long as there are any, nothing is written.
    pub conflicts: Vec<FieldConflict>,
}

/// A field that two people changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldConflict {
    /// Where it stands.
    pub key: String,
    /// What a form calls it.
    pub label: String,
    /// What the form showed.
    pub read: String,
    /// What the file says now.
    pub now: String,
    /// What was typed into the form.
    pub typed: String,
}

/// Plans to save a form.
///
/// # Errors
/// [`Refused`]: there is no such file or key, or an edit cannot be put into the file in the way it is written.
pub fn save_form(
    snapshot: &Snapshot,
    file: &SourceFile,
    wish: &FormRequest,
) -> Result<Plan<FormReport>, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    if is_locked(snapshot, file) {
        return Err(Refused::Locked { id: file.to_string() });
    }
    let mut work = Saving {
        edits: Edits::of(snapshot),
        file,
        source,
        name: snapshot.sources.get(source).name.clone(),
        set: Vec::new(),
        merged: Vec::new(),
        conflicts: Vec::new(),
    };
    for field in &wish.fields {
        work.field(field)?;
    }
    for list in &wish.lists {
        work.list(list)?;
    }
    for key in &wish.blank {
        work.blank(key)?;
    }
    if let Some(items) = &wish.items {
        work.items(items)?;
    }
    let Saving { mut edits, name, set, merged, conflicts, .. } = work;
    if !conflicts.is_empty() {
        edits = Edits::of(snapshot);
    }
    let report = FormReport { file: name, set, merged, conflicts };
    if report.set.is_empty() || !report.conflicts.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let what = format!("desk: {} in {}", report.set.join(", "), report.file);
    Ok(Plan::of_sources(what, report, edits.files()?))
}

/// A form that is being saved.
struct Saving<'s> {
    edits: Edits,
    file: &'s SourceFile,
    source: SourceId,
    name: String,
    set: Vec<String>,
    merged: Vec<String>,
    conflicts: Vec<FieldConflict>,
}

impl Saving<'_> {
    /// The file as it would be so far, with its fields.
    fn now(&self) -> Result<(String, Vec<FileField>), Refused> {
        let text = self.edits.snapshot.sources.get(self.source).text.clone();
        let fields = all(&text, self.file).ok_or_else(|| unread(self.file, &self.edits.snapshot))?;
        Ok((text, fields))
    }

    fn field(&mut self, field: &TypedField) -> Result<(), Refused> {
        let TypedField { key, read, typed } = field;
        let (text, fields) = self.now()?;
        let at = at(key)?;
        known(&fields, &at, self.file)?;
        let there = field_at(&fields, &at);
        let label = there.map_or_else(|| key.clone(), |field| field.shape.label.clone());
        // What is added is not there yet: an entry with keys has no value of its own to compare.
        let is_entry =
            there.is_some_and(|field| field.shape.kind == FieldKind::Keys && field.range.is_some());
        if is_entry && read.is_empty() && !typed.is_empty() {
            return Err(Refused::EntryTaken { key: key.clone(), file: self.name.clone() });
        }
        let text_beside = there.and_then(|field| beside(&self.edits.snapshot, self.file, field));
        let now = match text_beside {
            Some(source) => self.edits.snapshot.sources.get(source).text.clone(),
            None => there.and_then(|field| field.text.clone()).unwrap_or_default(),
        };
        let is_prose = there.is_some_and(|field| field.shape.kind == FieldKind::Prose);
        let typed = if is_prose { ended_as(read, typed) } else { typed.clone() };
        if !self.is_wanted(key, &label, read, &typed, &now) {
            return Ok(());
        }
        if let Some(source) = text_beside {
            self.edits.edit(source, &typed);
            return Ok(());
        }
        let required = there.is_some_and(|field| field.shape.is_required);
        let change = match typed.is_empty() && !required {
            true => FieldChange::Remove,
            false => FieldChange::Set(typed),
        };
        self.change(&text, &fields, &at, &change)
    }

    fn blank(&mut self, key: &str) -> Result<(), Refused> {
        let (text, fields) = self.now()?;
        let at = at(key)?;
        let there = field_at(&fields, &at).filter(|field| field.range.is_some());
        let is_blank =
            |field: &&FileField| field.fields.is_empty() && field.text.as_deref().is_none_or(str::is_empty);
        match there.filter(is_blank) {
            Some(field) => {
                self.set.push(field.shape.label.clone());
                self.change(&text, &fields, &at, &FieldChange::Remove)
            }
            None => Ok(()),
        }
    }

    fn list(&mut self, list: &TypedList) -> Result<(), Refused> {
        let TypedList { key, read, typed } = list;
        let (mut text, mut fields) = self.now()?;
        let list = at(key)?;
        known(&fields, &list, self.file)?;
        let there = field_at(&fields, &list);
        let label = there.map_or_else(|| key.clone(), |field| field.shape.label.clone());
        let items = there.map(|field| field.fields.as_slice()).unwrap_or_default();
        let now: Vec<String> = items.iter().map(|item| item.text.clone().unwrap_or_default()).collect();
        let joined = |items: &[String]| items.iter().map(|item| seen(item)).collect::<Vec<_>>().join("\n\n");
        if !self.is_wanted(key, &label, &joined(read), &joined(typed), &joined(&now)) {
            return Ok(());
        }
        if typed.is_empty() {
            return self.change(&text, &fields, &list, &FieldChange::Remove);
        }
        let same = |pairs: (&String, &String)| seen(pairs.0) == seen(pairs.1);
        let start = now.iter().zip(typed).take_while(|pairs| same(*pairs)).count();
        let rest = now[start..].iter().rev().zip(typed[start..].iter().rev());
        let end = rest.take_while(|pairs| same(*pairs)).count();
        let (old, new) = (&now[start..now.len() - end], &typed[start..typed.len() - end]);
        let mut changes = Vec::new();
        for (nth, item) in new.iter().enumerate() {
            changes.push(match (nth < old.len(), now.is_empty() && nth == 0) {
                (true, _) => (list.item(start + nth), FieldChange::Set(item.clone())),
                // A list that is not there begins as its only item.
                (false, true) => (list.clone(), FieldChange::Set(item.clone())),
                (false, false) => (list.clone(), FieldChange::Insert(start + nth, item.clone())),
            });
        }
        let gone = (new.len()..old.len()).rev();
        changes.extend(gone.map(|nth| (list.item(start + nth), FieldChange::Remove)));
        for (at, change) in changes {
            self.change(&text, &fields, &at, &change)?;
            (text, fields) = self.now()?;
        }
        Ok(())
    }

    fn items(&mut self, items: &ItemChange) -> Result<(), Refused> {
        let ItemChange { key, read, change } = items;
        let (text, fields) = self.now()?;
        let at = at(key)?;
        known(&fields, &at, self.file)?;
        let list = match change {
            FieldChange::Remove => at.above(),
            _ => at.clone(),
        };
        let label = field_at(&fields, &list).map_or_else(|| key.clone(), |list| list.shape.label.clone());
        // What the other fields of the same form change in the list has been changed by now.
        let before = self.edits.text_before(self.source);
        let now =
            all(before, self.file).and_then(|fields| raw_value(before, &fields, &list)).unwrap_or_default();
        if seen(&now) != seen(read) {
            let typed = String::new();
            self.conflicts.push(FieldConflict { key: key.clone(), label, read: read.clone(), now, typed });
            return Ok(());
        }
        self.set.push(label);
        self.change(&text, &fields, &at, change)
    }

    /// Whether a field is to change; notes what is to be said of it.
    fn is_wanted(&mut self, key: &str, label: &str, read: &str, typed: &str, now: &str) -> bool {
        let (changed_here, changed_there) = (seen(typed) != seen(read), seen(now) != seen(read));
        match (changed_here, changed_there) {
            (false, false) => false,
            (false, true) => {
                self.merged.push(label.to_owned());
                false
            }
            (true, true) if seen(now) == seen(typed) => false,
            (true, true) => {
                let [key, label, read, now, typed] = [key, label, read, now, typed].map(str::to_owned);
                self.conflicts.push(FieldConflict { key, label, read, now, typed });
                false
            }
            (true, false) => {
                self.set.push(label.to_owned());
                true
            }
        }
    }

    fn change(
        &mut self,
        text: &str,
        fields: &[FileField],
        at: &At,
        change: &FieldChange,
    ) -> Result<(), Refused> {
        let text = changed(text, fields, at, change, &self.name)?;
        self.edits.edit(self.source, &text);
        Ok(())
    }
}

fn at(key: &str) -> Result<At, Refused> {
    At::from_str(key).map_err(|why| Refused::NotAKey { key: key.to_owned(), why })
}

/// A text as a form shows it: a browser sends all line ends as one kind, and nobody sees blanks and line ends at the end.
fn seen(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

/// A longer text with the line end at its end that it had when it was read: nobody sees it in a form.
fn ended_as(read: &str, typed: &str) -> String {
    if typed.trim().is_empty() {
        return String::new();
    }
    let plain = typed.trim_end_matches('\n');
    match read.is_empty() {
        true => format!("{plain}\n"),
        false => format!("{plain}{}", &read[read.trim_end_matches('\n').len()..]),
    }
}
