//! A memo to be written: empty with remarks that teach, a copy of another one, one that tells a delay, or the text of a Word file.
//!
//! A copy's number, status and date are its own; whatever else it says of days and memos is listed.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use super::{
    BroughtFile, Refused, announcement::Announcement, announcement::announcement, carried, no_memo,
    word_file::forget_copies, word_memo::MemoFromWord,
};
use crate::{
    diagnostic::Faults,
    folder::{Edit, Plan, Snapshot, SourcePath, stem},
    model::{ById, Id, NotAnId, Number, date},
    records,
    yaml::{Entry, edit, outline},
};

/// Values of another memo that are the other memo's own, besides days and numbers. An election and a release bring
/// their days with them.
const OWN: [&str; 10] = [
    "election",
    "release",
    "knows",
    "why",
    "corrections.",
    "updates",
    "supersedes",
    "corrects",
    "accepts.",
    "attachments.file",
];

/// A memo that is to be begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewMemo {
    /// Its number, or a short name for a draft without one; `draft` if none is given.
    pub name: Option<String>,
    /// The date that it bears; of one that tells a delay, the day it was announced, if none is given.
    pub date: Option<NaiveDate>,
    /// How the date is written into the file, if not as 2021-08-31.
    pub written: Option<String>,
    /// The id of the person who signs it, where what it begins as names nobody.
    pub from: Option<String>,
    /// What it begins as.
    pub origin: Origin,
}

/// What a new memo begins as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nothing but remarks on each key.
    #[default]
    Empty,
    /// A copy of a memo, with its remarks.
    Copy(String),
    /// The memo that tells a release's last delay.
    Announcing {
        /// The release.
        release: String,
        /// Whether the table of changes is attached, too.
        changes: bool,
        /// Whether it is a draft of what is only proposed.
        proposed: bool,
    },
    /// The text of a Word file, with the number, the date, TO, FROM and RE that stand above it.
    Word(BroughtFile),
}

/// A memo that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMemoReport {
    /// Its id.
    pub id: String,
    /// The files, by their paths from the working folder; the memo's own first.
    pub files: Vec<String>,
    /// What a copy says that may be the other memo's own.
    pub carried: Vec<CarriedText>,
    /// The keys of one that tells a delay that are still to be filled in.
    pub empty: Vec<&'static str>,
    /// What a Word file has that could not be taken, or not as it was: "Left out 1 picture".
    pub not_taken: Vec<String>,
}

/// Something that came from another memo, to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CarriedText {
    /// The file, by its path from the working folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
}

/// The memo as it is asked for.
struct RequestedMemo {
    id: Id,
    number: Option<Number>,
    /// As it is written into the file.
    date: Option<String>,
    day: Option<NaiveDate>,
}

/// The texts of a memo's files, before anything is written.
struct Draft {
    /// Paths in the working folder, and texts; the memo's own first.
    files: Vec<(SourcePath, String)>,
    carried: Vec<CarriedText>,
    not_taken: Vec<String>,
}

/// Plans the file of a memo, and of the texts beside it.
///
/// # Errors
/// [`Refused`]: such a memo is there, its name or number is none, the memo or release that it comes from is not there or
/// has faults, the Word file cannot be read.
pub fn new_memo(snapshot: &Snapshot, wish: &NewMemo) -> Result<Plan<NewMemoReport>, Refused> {
    if snapshot.folder.file("memos/office.yaml").is_none() && snapshot.texts.office.is_none() {
        return Err(Refused::NoOffice);
    }
    let word = match &wish.origin {
        Origin::Word(file) => Some(MemoFromWord::read(file)?),
        _ => None,
    };
    let order = order(wish, word.as_ref(), snapshot)?;
    let id = order.id.to_string();
    let what = format!("new {id}");
    let Draft { mut files, carried, not_taken } = match &wish.origin {
        Origin::Copy(other) => copied(&order, &stem(other), snapshot)?,
        Origin::Announcing { release, changes, proposed } => {
            announcing(order, &stem(release), (*changes, *proposed), snapshot)?
        }
        Origin::Empty | Origin::Word(_) => begun(&order, word, snapshot)?,
    };
    let own = &mut files[0].1;
    let signed = wish.from.as_deref().filter(|_| empty(own).contains(&"from"));
    if let Some(text) = signed.and_then(|from| edit::set(own, &[("from", Some(from))])) {
        *own = text;
    }
    let empty = match &wish.origin {
        Origin::Announcing { .. } => empty(&files[0].1),
        _ => Vec::new(),
    };
    let paths = files.iter().map(|(path, _)| path.to_string()).collect();
    // A memo that had the name before was issued under its number, or is gone: its copies are no earlier ones of this memo.
    let mut edits = forget_copies(snapshot, &id)?;
    // The memo comes last: it never names a text that is not there.
    edits.extend(files.into_iter().rev().map(|(path, text)| Edit::new_file(path, text)));
    let report = NewMemoReport { id, files: paths, carried, empty, not_taken };
    Ok(Plan::of_sources(what, report, edits))
}

/// The keys of a draft that are still to be filled in.
fn empty(text: &str) -> Vec<&'static str> {
    let entries = outline(text).unwrap_or_default();
    let is_empty = |key: &&str| entries.iter().any(|entry| entry.path == *key && entry.text.is_none());
    ["letterhead", "to", "from", "contact"].into_iter().filter(is_empty).collect()
}

/// What is asked for, if it can be.
fn order(wish: &NewMemo, word: Option<&MemoFromWord>, snapshot: &Snapshot) -> Result<RequestedMemo, Refused> {
    // What was issued keeps its name, be its file there or not.
    let taken = |id: &str| snapshot.memos.iter().any(|memo| memo == id) || snapshot.has_lock(id);
    let free = || {
        let more = (2..).map(|count| format!("draft-{count}"));
        std::iter::once("draft".to_owned()).chain(more).find(|id| !taken(id)).unwrap_or_default()
    };
    // A number that a memo has already is told with what was not taken.
    let own = word.and_then(|word| word.head.number.clone()).filter(|number| !taken(number));
    let name = wish.name.as_deref().map(stem).or(own).unwrap_or_else(free);
    let id: Id = name.parse().map_err(|wrong: NotAnId| Refused::BadName {
        name: name.clone(),
        near: wrong.nearest.map(|id| id.to_string()),
    })?;
    if taken(&name) {
        return Err(Refused::Taken { id: name });
    }
    let first = name.split('-').next().unwrap_or_default();
    // Digits alone are meant as a number.
    let number = match first.bytes().all(|b| b.is_ascii_digit()) {
        true => Some(first.parse().map_err(|_| Refused::BadNumber { number: first.to_owned() })?),
        false => None,
    };
    let day = wish.date.or_else(|| word?.head.date);
    let date = wish.written.clone().or_else(|| day.map(date::iso_text));
    Ok(RequestedMemo { id, number, date, day })
}

/// The file of a memo that tells a delay.
fn announcing(
    mut order: RequestedMemo,
    release: &str,
    (changes, proposed): (bool, bool),
    snapshot: &Snapshot,
) -> Result<Draft, Refused> {
    let Announcement { date, text } = announcement(release, changes, proposed, snapshot)?;
    if order.day.is_none() {
        order.day = Some(date);
        order.date = Some(date::iso_text(date));
    }
    let own = [("number", order.number.as_ref().map(Number::as_str)), ("date", order.date.as_deref())];
    let text = edit::set(&text, &own).ok_or_else(|| Refused::NotEdited {
        what: "the draft".to_owned(),
        instead: "begin it with `ccrov new` and write it yourself".to_owned(),
    })?;
    let path = in_folder(&folder(&order, None)?, &format!("{}.yaml", order.id))?;
    Ok(Draft {
        files: vec![(path, schema_line(snapshot, "memo") + &text)],
        carried: Vec::new(),
        not_taken: Vec::new(),
    })
}

/// The line by which an editor finds the schema of a kind of file, where there is one.
pub(super) fn schema_line(snapshot: &Snapshot, kind: &str) -> String {
    let path = format!("schema/{kind}.json");
    let is_there = snapshot.folder.file(&path).is_some();
    if is_there { format!("# yaml-language-server: $schema=../../{path}\n") } else { String::new() }
}

/// A memo's file that has nothing but what is asked for, and what a Word file says.
fn begun(order: &RequestedMemo, word: Option<MemoFromWord>, snapshot: &Snapshot) -> Result<Draft, Refused> {
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| false);
    let office = working.as_ref().map(|working| &working.office);
    let releases = working.as_ref().map(|working| names(&working.releases)).unwrap_or_default();
    let letterheads = office.map(|office| names(&office.letterheads)).unwrap_or_default();
    let people = office.map(|office| names(&office.people)).unwrap_or_default();
    let contacts = office.map(|office| names(&office.contacts)).unwrap_or_default();
    let only = |names: &[&str]| if let [only] = names { (*only).to_owned() } else { String::new() };
    let listed =
        |names: &[&str]| if names.is_empty() { ".".to_owned() } else { format!(": {}.", names.join(", ")) };
    let mut text = include_str!("new/memo.yaml").to_owned();
    for (mark, value) in [
        ("<id>", order.id.to_string()),
        ("<number>", order.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("<date>", order.date.clone().unwrap_or_default()),
        ("<letterheads>", listed(&letterheads)),
        ("<letterhead>", only(&letterheads)),
        ("<people>", listed(&people)),
        ("<person>", only(&people)),
        ("<contacts>", listed(&contacts)),
        ("<releases>", listed(&releases)),
    ] {
        text = text.replace(mark, &value);
    }
    let mut text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    let path = in_folder(&folder(order, None)?, &format!("{}.yaml", order.id))?;
    let number = order.number.as_ref().map(Number::as_str);
    let not_taken = word.map(|word| word.fill(&mut text, number, office)).unwrap_or_default();
    Ok(Draft { files: vec![(path, schema_line(snapshot, "memo") + &text)], carried: Vec::new(), not_taken })
}

pub(super) fn names<T>(table: &ById<T>) -> Vec<&str> {
    table.keys().map(Id::as_str).collect()
}

/// The folder of the memo's year: of its number, its date, or the memo that it is copied from.
fn folder(order: &RequestedMemo, other: Option<&str>) -> Result<String, Refused> {
    let of_number = order.number.as_ref().map(|number| format!("memos/{}", number.year()));
    let of_date = || order.day.map(|day| format!("memos/{}", day.year()));
    let folder = of_number.or_else(of_date).or_else(|| other.map(str::to_owned));
    folder.ok_or_else(|| Refused::NoYear { id: order.id.to_string() })
}

fn in_folder(folder: &str, name: &str) -> Result<SourcePath, Refused> {
    let path = format!("{folder}/{name}");
    path.parse().map_err(|why| Refused::BadPath { path, why })
}

/// The files of a memo like another one, and what they say that may be the other one's own.
fn copied(order: &RequestedMemo, other: &str, snapshot: &Snapshot) -> Result<Draft, Refused> {
    let source = snapshot.texts.memos.iter().find(|(id, _)| id == other).map(|(_, source)| *source);
    let source = source.ok_or_else(|| no_memo(other, snapshot))?;
    let file = snapshot.sources.get(source);
    let beside = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let unread = || Refused::Faulty { what: format!("memo {other}"), look: format!("`ccrov check {other}`") };
    let entries = outline(&file.text).ok_or_else(unread)?;
    if entries.iter().any(|entry| entry.path == "archive") {
        return Err(Refused::Archived { id: other.to_owned(), so: "it has no text to copy" });
    }
    let target = folder(order, Some(beside))?;

    let names = new_names(order, other, beside, &entries, snapshot);
    let mut texts = Vec::new();
    for (name, new_name) in &names {
        let Some(body) = snapshot.texts.bodies.get(&format!("{beside}/{name}")) else { continue };
        texts.push((in_folder(&target, new_name)?, snapshot.sources.get(*body).text.clone()));
    }
    let renamed: BTreeMap<String, String> = names.into_iter().collect();
    let mut set = vec![("number", order.number.as_ref().map(Number::as_str)), ("status", Some("draft"))];
    set.extend(order.date.as_deref().map(|date| ("date", Some(date))));
    let text =
        edit::set(&file.text, &set).and_then(|text| edit::rename(&text, &renamed)).ok_or_else(unread)?;

    let known = |number: &Number| snapshot.memos.iter().any(|id| Number::of_id(id).as_ref() == Some(number));
    let path = in_folder(&target, &format!("{}.yaml", order.id))?;
    let places = own_places(&text, &set, &renamed, known);
    let mut all: Vec<CarriedText> =
        places.into_iter().map(|(at, what)| item(&path, &text, at, &what)).collect();
    for (path, text) in &texts {
        let found = carried::find(text, known).into_iter();
        all.extend(found.map(|range| item(path, text, range.start, &text[range])));
    }
    let mut files = vec![(path, text)];
    files.extend(texts);
    Ok(Draft { files, carried: all, not_taken: Vec::new() })
}

/// Texts in files of their own are copied under the new memo's name: old names, each with the new one, in their order.
fn new_names(
    order: &RequestedMemo,
    other: &str,
    beside: &str,
    entries: &[Entry],
    snapshot: &Snapshot,
) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = Vec::new();
    for name in entries.iter().filter_map(|entry| entry.text.as_ref()) {
        if names.iter().any(|(old, _)| old == name)
            || !snapshot.texts.bodies.contains_key(&format!("{beside}/{name}"))
        {
            continue;
        }
        let mut new_name = match name.strip_prefix(other) {
            Some(rest) => format!("{}{rest}", order.id),
            None => format!("{}-{name}", order.id),
        };
        // `21144-notes.md` and `notes.md` would have one name.
        for count in 2.. {
            if names.iter().all(|(_, taken)| *taken != new_name) {
                break;
            }
            new_name = format!("{}-{count}-{name}", order.id);
        }
        names.push((name.clone(), new_name));
    }
    names
}

/// What a copied file says that may be the other memo's own, with its places.
fn own_places(
    text: &str,
    set: &[(&str, Option<&str>)],
    renamed: &BTreeMap<String, String>,
    known: impl Fn(&Number) -> bool,
) -> Vec<(usize, String)> {
    let mut places: Vec<(usize, String)> = Vec::new();
    let mut written = Vec::new();
    for entry in outline(text).unwrap_or_default() {
        let new_name = |text: &String| renamed.values().any(|name| name == text);
        if set.iter().any(|(key, _)| *key == entry.path) || entry.text.as_ref().is_some_and(new_name) {
            written.push(entry.range);
            continue;
        }
        let own =
            OWN.iter().any(|own| entry.path == *own || own.ends_with('.') && entry.path.starts_with(own));
        if let Some(value) = entry.text.filter(|_| own) {
            let key = entry.path.rsplit('.').next().unwrap_or_default();
            places.push((entry.range.start, format!("{key}: {value}")));
            written.push(entry.range);
        }
    }
    for range in carried::find(text, known) {
        if !written.iter().any(|own| own.start <= range.start && range.end <= own.end) {
            places.push((range.start, text[range].to_owned()));
        }
    }
    places.sort();
    places
}

pub(super) fn item(file: &SourcePath, text: &str, at: usize, what: &str) -> CarriedText {
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    CarriedText { file: file.to_string(), line: text[..at].matches('\n').count() + 1, what }
}
