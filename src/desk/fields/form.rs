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
    source_file::{all, beside, editable, unread},
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
    /// Lists whose items change their places or number, after all else.
    pub items: Vec<ItemChange>,
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
    editable(snapshot, file)?;
    let (report, edits) = form_edits(snapshot, file, wish)?;
    if report.set.is_empty() || !report.conflicts.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let what = format!("desk: {} in {}", report.set.join(", "), report.file);
    Ok(Plan::of_sources(what, report, edits.files()?))
}

/// The folder with what a form changes, be the file locked or not.
pub(in crate::desk) fn form_edits(
    snapshot: &Snapshot,
    file: &SourceFile,
    wish: &FormRequest,
) -> Result<(FormReport, Edits), Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let text = snapshot.sources.get(source).text.clone();
    let fields = all(&text, file).ok_or_else(|| unread(file, snapshot))?;
    let mut work = Saving {
        before: (text.clone(), fields.clone()),
        edits: Edits::of(snapshot),
        file,
        source,
        name: snapshot.sources.get(source).name.clone(),
        text,
        fields,
        set: Vec::new(),
        merged: Vec::new(),
        conflicts: Vec::new(),
    };
    for field in &wish.fields {
        let rest = wish.fields.iter().filter(|other| are_of_one_item(field, other));
        work.field(field, rest)?;
    }
    for list in &wish.lists {
        work.list(list)?;
    }
    for key in &wish.blank {
        work.blank(key)?;
    }
    for items in &wish.items {
        work.items(items)?;
    }
    let Saving { edits, name, set, merged, conflicts, .. } = work;
    Ok((FormReport { file: name, set, merged, conflicts }, edits))
}

/// A form that is being saved.
struct Saving<'s> {
    /// The file as it is, with its fields.
    before: (String, Vec<FileField>),
    edits: Edits,
    file: &'s SourceFile,
    source: SourceId,
    name: String,
    /// The file as it would be so far, with its fields.
    text: String,
    fields: Vec<FileField>,
    set: Vec<String>,
    merged: Vec<String>,
    conflicts: Vec<FieldConflict>,
}

/// What became of a field here, and meanwhile elsewhere.
struct FieldChanges {
    here: bool,
    elsewhere: bool,
    /// Both say the same by now.
    agree: bool,
}

impl FieldChanges {
    fn of<T: PartialEq>(read: &T, typed: &T, now: &T) -> FieldChanges {
        FieldChanges { here: typed != read, elsewhere: now != read, agree: now == typed }
    }
}

impl Saving<'_> {
    fn field<'w>(
        &mut self,
        field: &TypedField,
        rest: impl Iterator<Item = &'w TypedField>,
    ) -> Result<(), Refused> {
        let TypedField { key, read, typed } = field;
        let at = at(key)?;
        known(&self.fields, &at, self.file)?;
        let there = field_at(&self.fields, &at);
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
        let required = there.is_some_and(|field| field.shape.is_required);
        let typed = if is_prose { ended_as(read, typed, key.contains('[')) } else { typed.clone() };
        let mut changes = FieldChanges::of(&seen(read), &seen(&typed), &seen(&now));
        // Another item may have come to this place meanwhile.
        let mut rest = rest.map(|other| (seen(&other.read), seen(&self.value_before(&other.key))));
        let is_another = changes.here && rest.any(|(read, now)| read != now);
        changes.elsewhere |= is_another;
        changes.agree &= !is_another;
        if !self.is_wanted(key, &changes, (read, &typed, &now)) {
            return Ok(());
        }
        if let Some(source) = text_beside {
            self.edits.edit(source, &typed);
            return Ok(());
        }
        let change = match typed.is_empty() && !required {
            true => FieldChange::Remove,
            false => FieldChange::Set(typed),
        };
        self.change(&at, &change)
    }

    fn blank(&mut self, key: &str) -> Result<(), Refused> {
        let at = at(key)?;
        let there = field_at(&self.fields, &at).filter(|field| field.range.is_some());
        let is_blank =
            |field: &&FileField| field.fields.is_empty() && field.text.as_deref().is_none_or(str::is_empty);
        match there.filter(is_blank) {
            Some(field) => {
                self.set.push(field.shape.label.clone());
                self.change(&at, &FieldChange::Remove)
            }
            None => Ok(()),
        }
    }

    fn list(&mut self, list: &TypedList) -> Result<(), Refused> {
        let TypedList { key, read, typed } = list;
        let list = at(key)?;
        known(&self.fields, &list, self.file)?;
        let items = field_at(&self.fields, &list).map(|field| field.fields.as_slice()).unwrap_or_default();
        let now: Vec<String> = items.iter().map(|item| item.text.clone().unwrap_or_default()).collect();
        let [read, wanted, there] =
            [read, typed, &now].map(|items| items.iter().map(|item| seen(item)).collect::<Vec<_>>());
        let changes = FieldChanges::of(&read, &wanted, &there);
        if !self.is_wanted(key, &changes, (&read.join("\n\n"), &wanted.join("\n\n"), &there.join("\n\n"))) {
            return Ok(());
        }
        if typed.is_empty() {
            return self.change(&list, &FieldChange::Remove);
        }
        let start = there.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        let rest = there[start..].iter().rev().zip(wanted[start..].iter().rev());
        let end = rest.take_while(|(a, b)| a == b).count();
        let (old, new) = (there.len() - end - start, &typed[start..typed.len() - end]);
        for (nth, item) in new.iter().enumerate() {
            let item = item.clone();
            match (nth < old, there.is_empty() && nth == 0) {
                (true, _) => self.change(&list.item(start + nth), &FieldChange::Set(item))?,
                // A list that is not there begins as its only item.
                (false, true) => self.change(&list, &FieldChange::Set(item))?,
                (false, false) => self.change(&list, &FieldChange::Insert(start + nth, item))?,
            }
        }
        for nth in (new.len()..old).rev() {
            self.change(&list.item(start + nth), &FieldChange::Remove)?;
        }
        Ok(())
    }

    fn items(&mut self, items: &ItemChange) -> Result<(), Refused> {
        let ItemChange { key, read, change } = items;
        let at = at(key)?;
        known(&self.fields, &at, self.file)?;
        let list = match change {
            FieldChange::Remove => at.above(),
            _ => at.clone(),
        };
        // What the other fields of the same form change in the list has been changed by now.
        let (before, fields) = &self.before;
        let now = raw_value(before, fields, &list).unwrap_or_default();
        let elsewhere = seen(&now) != seen(read);
        let changes = FieldChanges { here: true, elsewhere, agree: false };
        if !self.is_wanted(&list.to_string(), &changes, (read, "", &now)) {
            return Ok(());
        }
        self.change(&at, change)
    }

    /// What a field said before this form.
    fn value_before(&self, key: &str) -> String {
        let there = At::from_str(key).ok().and_then(|at| field_at(&self.before.1, &at)?.text.clone());
        there.unwrap_or_default()
    }

    /// Whether a field is to change; notes what is to be said of it. `texts` are what was read, what was typed, and what stands there
    /// now.
    fn is_wanted(&mut self, key: &str, changes: &FieldChanges, texts: (&str, &str, &str)) -> bool {
        let there = At::from_str(key).ok().and_then(|at| field_at(&self.fields, &at));
        let label = there.map_or_else(|| key.to_owned(), |field| field.shape.label.clone());
        match changes {
            FieldChanges { here: false, elsewhere: false, .. }
            | FieldChanges { here: true, agree: true, .. } => false,
            FieldChanges { here: false, elsewhere: true, .. } => {
                self.merged.push(label);
                false
            }
            FieldChanges { here: true, elsewhere: true, .. } => {
                let [key, read, typed, now] = [key, texts.0, texts.1, texts.2].map(str::to_owned);
                self.conflicts.push(FieldConflict { key, label, read, now, typed });
                false
            }
            FieldChanges { here: true, elsewhere: false, .. } => {
                self.set.push(label);
                true
            }
        }
    }

    fn change(&mut self, at: &At, change: &FieldChange) -> Result<(), Refused> {
        self.text = changed(&self.text, &self.fields, at, change, &self.name)?;
        self.fields = all(&self.text, self.file).ok_or_else(|| unread(self.file, &self.edits.snapshot))?;
        self.edits.edit(self.source, &self.text);
        Ok(())
    }
}

/// Whether two fields stand in the same item of a list.
fn are_of_one_item(one: &TypedField, other: &TypedField) -> bool {
    let item = |key: &str| key.rfind(']').map(|end| key[..end].to_owned());
    one.key != other.key && item(&one.key).is_some() && item(&one.key) == item(&other.key)
}

fn at(key: &str) -> Result<At, Refused> {
    At::from_str(key).map_err(|why| Refused::NotAKey { key: key.to_owned(), why })
}

/// A text as a form shows it: a browser sends all line ends as one kind, and nobody sees blanks and line ends at the end.
fn seen(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

/// A longer text with the line end at its end that it had when it was read: nobody sees it in a form. What is new in an item of a
/// list and has one line stays one.
fn ended_as(read: &str, typed: &str, is_in_item: bool) -> String {
    if typed.trim().is_empty() {
        return String::new();
    }
    let plain = typed.trim_end_matches('\n');
    match read.is_empty() {
        true if is_in_item && !plain.contains('\n') => plain.to_owned(),
        true => format!("{plain}\n"),
        false => format!("{plain}{}", &read[read.trim_end_matches('\n').len()..]),
    }
}
