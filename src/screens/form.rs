//! A form that comes back: what it asks of the desk, and what becomes of it.
//!
//! In: what a browser sent. Out: a [`FormRequest`]; the file saved, or the same form with what others wrote meanwhile. A form carries
//! what it read of each field (`was:`) beside what it says now (`now:`), so nothing that somebody else writes meanwhile is
//! overwritten. Not here: how fields become controls (`controls`).

use std::collections::BTreeMap;

use axum::http::StatusCode;

use super::{
    faults::swapped,
    file::screen,
    open::{OpenFolder, Shared},
    request::{Answer, FormData},
    typed, values,
};
use crate::desk::{
    self, FieldChange, FieldConflict, FormReport, FormRequest, ItemChange, Refused, SourceFile, TypedField,
    TypedList,
};

/// What a form was left with, by the keys of its fields.
#[derive(Default)]
pub(super) struct Left {
    now: BTreeMap<String, String>,
    items: BTreeMap<String, Vec<String>>,
    theirs: BTreeMap<String, String>,
}

impl Left {
    /// What a form was sent with; in a conflict, what others have written stands beside it.
    pub fn of(form: &FormData, conflicts: &[FieldConflict]) -> Left {
        let mut left = Left::default();
        for (name, value) in form.iter() {
            if let Some(key) = name.strip_prefix("now:") {
                // What nobody typed into shows what the file says by now.
                if form.get(&format!("was:{key}")).map(str::trim_end) != Some(value.trim_end()) {
                    left.now.insert(key.to_owned(), value.to_owned());
                }
            } else if let Some(key) = name.strip_prefix("item:") {
                left.items.entry(key.to_owned()).or_default().push(value.to_owned());
            }
        }
        left.items.retain(|key, items| {
            let typed = items.iter().filter(|item| !item.trim().is_empty());
            !typed
                .map(|item| item.trim_end())
                .eq(form.all(&format!("wasitem:{key}")).iter().map(|was| was.trim_end()))
        });
        left.theirs = conflicts.iter().map(|conflict| (conflict.key.clone(), conflict.now.clone())).collect();
        left
    }

    /// What a field was left with.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.now.get(key).map(String::as_str)
    }

    /// What a list was left with.
    pub fn items(&self, key: &str) -> Option<&[String]> {
        self.items.get(key).map(Vec::as_slice)
    }

    /// What others have written meanwhile into a field that was changed here, too.
    pub fn theirs(&self, key: &str) -> Option<&str> {
        self.theirs.get(key).map(String::as_str)
    }

    /// How many fields others have changed to something else.
    pub fn conflicts(&self) -> usize {
        self.theirs.len()
    }
}

/// A table or list that a screen adds to: with the key and the words for what an entry is called.
#[derive(Clone, Copy)]
pub(super) struct Growing {
    pub key: &'static str,
    pub names: &'static str,
    pub words: &'static str,
    pub is_list: bool,
}

/// What a form asks of the desk.
pub(super) fn request(form: &FormData, growing: &[Growing]) -> FormRequest {
    let mut wish = FormRequest::default();
    let typed = form.iter().rev().filter_map(|(name, typed)| Some((name.strip_prefix("now:")?, typed)));
    let typed: BTreeMap<&str, &str> = typed.collect();
    for (name, read) in form.iter() {
        let Some(key) = name.strip_prefix("was:") else { continue };
        let Some(typed) = typed.get(key).copied() else { continue };
        // A line has no blanks at its end.
        let typed = if typed.contains('\n') { typed } else { typed.trim_end() };
        let [key, read, typed] = [key, read, typed].map(str::to_owned);
        wish.fields.push(TypedField { key, read, typed });
    }
    for (_, key) in form.iter().filter(|(name, _)| *name == "list") {
        let mut typed = form.all(&format!("item:{key}"));
        typed.retain(|item| !item.trim().is_empty());
        typed.iter_mut().for_each(|item| item.truncate(item.trim_end().len()));
        let read = form.all(&format!("wasitem:{key}"));
        wish.lists.push(TypedList { key: key.to_owned(), read, typed });
    }
    wish.items.extend(form.filled("do").and_then(|wish| item_change(wish, form)));
    form.get("do").and_then(|asked| asked.strip_prefix("take ")).and_then(|asked| take(asked, &mut wish));
    growing.iter().for_each(|growing| add(growing, form, &mut wish));
    wish
}

/// What a button asks for: `up attachments 1`, `remove attachments 1`, `add attachments schedule`.
fn item_change(wish: &str, form: &FormData) -> Option<ItemChange> {
    let mut words = wish.splitn(3, ' ');
    let (what, list, rest) = (words.next()?, words.next()?, words.next()?);
    let place = || rest.parse::<usize>().ok();
    let read = raw(form, list);
    let (key, change) = match what {
        "up" => (list.to_owned(), FieldChange::Move(place()?, place()?.checked_sub(1)?)),
        "down" => (list.to_owned(), FieldChange::Move(place()?, place()? + 1)),
        "remove" => (format!("{list}[{}]", place()?), FieldChange::Remove),
        "add" => (list.to_owned(), appended(&read, rest)),
        _ => return None,
    };
    Some(ItemChange { key, read, change })
}

/// Puts the name that a fault offers in the place of the one that was found: `from ana-riuz<tab>ana-ruiz`.
fn take(asked: &str, wish: &mut FormRequest) -> Option<()> {
    let (key, names) = asked.split_once(' ')?;
    let (found, near) = names.split_once('\t')?;
    let fields = wish.fields.iter_mut().filter(|field| field.key == key).map(|field| &mut field.typed);
    let lists = wish.lists.iter_mut().filter(|list| list.key == key).flat_map(|list| &mut list.typed);
    fields.chain(lists).for_each(|typed| *typed = swapped(typed, found, near));
    Some(())
}

/// A new entry, by its name, with all else blank.
fn add(growing: &Growing, form: &FormData, wish: &mut FormRequest) {
    let Growing { key, names, is_list, .. } = growing;
    let Some(name) = form.filled(&format!("add:{key}")) else { return };
    let entry = format!("{{{names}: {}}}", serde_json::Value::from(name));
    if *is_list {
        let read = raw(form, key);
        let change = appended(&read, &entry);
        wish.items.push(ItemChange { key: (*key).to_owned(), read, change });
    } else {
        let key = format!("{key}.{}", values::id_of(name));
        wish.fields.push(TypedField { key, read: String::new(), typed: entry });
    }
}

/// What the form read of a list, as it is typed in the file.
fn raw(form: &FormData, list: &str) -> String {
    form.get(&format!("raw:{list}")).unwrap_or_default().to_owned()
}

/// A list that is not there begins as its only item.
fn appended(read: &str, item: &str) -> FieldChange {
    match read.is_empty() {
        true => FieldChange::Set(item.to_owned()),
        false => FieldChange::Insert(usize::MAX, item.to_owned()),
    }
}

/// Saves a form, and leads to its screen; where others changed the same, `page` shows both.
pub(super) fn save(
    shared: &Shared,
    open: &OpenFolder,
    file: &SourceFile,
    form: &FormData,
    wish: &FormRequest,
    page: impl FnOnce(&Left) -> Result<String, Refused>,
) -> Result<Answer, Refused> {
    let report = shared.carry_out(open, |now| desk::save_form(now, file, wish))?;
    saved(shared, open, &screen(file), form, &report, page)
}

/// What a form that was saved leads to: its screen; where others changed the same, `page` shows both.
pub(super) fn saved(
    shared: &Shared,
    open: &OpenFolder,
    screen: &str,
    form: &FormData,
    report: &FormReport,
    page: impl FnOnce(&Left) -> Result<String, Refused>,
) -> Result<Answer, Refused> {
    if report.conflicts.is_empty() {
        typed::forget(shared, open, screen);
        shared.tell(screen, &report.merged);
        return Ok(Answer::Go(screen.to_owned()));
    }
    let left = Left::of(form, &report.conflicts);
    Ok(Answer::Problem(StatusCode::CONFLICT, page(&left)?))
}
