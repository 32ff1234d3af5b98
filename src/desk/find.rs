//! The memos that have certain words, as the website's search finds them.
//!
//! Reads what was built: the manifest and the published texts. Not here: what is found by which words, which is
//! `search::query`.

use chrono::{Datelike as _, NaiveDate};
use serde::{Serialize, Serializer};

use super::{Blank, Refused, iso, output_plan};
use crate::{
    folder::{ReadError, Snapshot},
    model::{InForce, topic},
    output::{Form, MemoEntry, OutputPath, is_open},
    search::{
        SearchEntry,
        query::{Query, SearchMatch},
        text_of,
    },
};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindRequest {
    /// Words that a memo has all; a phrase in quotation marks.
    pub words: String,
    /// Memos of this year only.
    pub year: Option<i32>,
    /// Memos of this topic only: the words before the first colon of the subject.
    pub topic: Option<String>,
    /// Memos that are so far only: issued, withdrawn, archived, draft, review, approved.
    pub status: Option<String>,
    /// Whether memos that have not gone out yet are shown, too.
    pub drafts: bool,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct FindReport {
    /// The memos, the newest first; those whose number was typed before all others.
    pub memos: Vec<Hit>,
    /// How many drafts were found, and are not shown.
    pub drafts_left_out: usize,
    /// The memos that could not be looked through, each with the reason.
    pub unread: Vec<String>,
}

/// A memo that was found, and what in it.
#[derive(Debug, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its printed number.
    pub number: Option<String>,
    /// Its date.
    #[serde(serialize_with = "iso")]
    pub date: NaiveDate,
    /// Its subject.
    pub title: String,
    /// How far it has come.
    pub status: String,
    /// The memo that is to be read in its place: "CC/ROV #24904".
    pub superseded: Option<String>,
    /// Its file in the output folder, if it has one.
    pub file: Option<String>,
    /// Where it is, if it is kept elsewhere.
    pub address: Option<String>,
    /// The words around what was found.
    #[serde(serialize_with = "excerpt")]
    pub found: SearchMatch,
    #[serde(skip)]
    place: String,
}

fn excerpt<S: Serializer>(found: &SearchMatch, serializer: S) -> Result<S::Ok, S::Error> {
    let (words, ..) = found.excerpt();
    let words: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    serializer.serialize_str(&words.join(" "))
}

/// Looks for memos.
///
/// # Errors
/// [`Refused::Blank`] if nothing is looked for; [`Refused::NothingBuilt`]; [`Refused`] of the disk.
pub fn find(snapshot: &Snapshot, wish: &FindRequest) -> Result<FindReport, Refused> {
    let query = Query::new(&wish.words);
    if query.is_empty() && !wish.words.trim().is_empty() {
        return Err(Refused::NoWords { words: wish.words.clone() });
    }
    if query.is_empty() && wish.year.is_none() && wish.topic.is_none() && wish.status.is_none() {
        return Err(Refused::Blank(Blank::Search));
    }
    let manifest = output_plan::built(snapshot)?.ok_or(Refused::NothingBuilt)?.manifest;
    let (mut memos, mut unread) = (Vec::new(), Vec::new());
    let told = manifest.memos.iter().filter(|entry| !entry.is_draft()).map(MemoEntry::statement);
    let in_force = InForce::of(&told.collect::<Vec<_>>());
    let superseded = |entry: &MemoEntry| entry.superseded(&in_force, |id| manifest.entry(id));
    for entry in manifest.memos.iter().filter(|entry| wish.allows(entry)) {
        match look(entry, superseded(entry).as_deref(), snapshot, &query) {
            Ok(hit) => memos.extend(hit),
            // It is only counted.
            Err(_) if entry.is_draft() && !wish.shows_drafts() => {}
            Err((path, why)) => unread.push(format!("output/{path} cannot be read: {why}")),
        }
    }
    let all = memos.len();
    memos.retain(|hit: &Hit| !is_open(&hit.status) || wish.shows_drafts());
    let drafts_left_out = all - memos.len();
    // A memo whose number was typed comes before those that name it.
    let rank = |hit: &Hit| query.asks_for(hit.number.as_deref());
    memos.sort_by(|a, b| (rank(b), &b.place).cmp(&(rank(a), &a.place)));
    Ok(FindReport { memos, drafts_left_out, unread })
}

impl FindRequest {
    fn shows_drafts(&self) -> bool {
        self.drafts || self.status.as_deref().is_some_and(is_open)
    }

    fn allows(&self, entry: &MemoEntry) -> bool {
        let same = |asked: &str, has: Option<&str>| {
            has.is_some_and(|has| has.to_lowercase() == asked.to_lowercase())
        };
        self.year.is_none_or(|year| entry.date.year() == year)
            && self.topic.as_deref().is_none_or(|asked| same(asked.trim(), topic(&entry.title)))
            && self.status.as_deref().is_none_or(|asked| same(asked, Some(&entry.status)))
    }
}

/// The path of one of a memo's own files.
fn path(entry: &MemoEntry, form: Form) -> Option<&str> {
    entry.own(form).map(|file| file.path.as_str())
}

/// Looks through a memo.
fn look(
    entry: &MemoEntry,
    superseded: Option<&str>,
    snapshot: &Snapshot,
    query: &Query,
) -> Result<Option<Hit>, (OutputPath, ReadError)> {
    let read = |path: &OutputPath| snapshot.output.read(path.as_str()).map_err(|why| (path.clone(), why));
    let words = text_of(entry, read)?;
    let page = path(entry, Form::Html).or_else(|| path(entry, Form::File)).or(entry.address.as_deref());
    let memo = SearchEntry {
        page: page.unwrap_or(&entry.id),
        number: entry.number.as_deref(),
        title: &entry.title,
        date: entry.date,
        topic: topic(&entry.title),
        status: &entry.status,
        superseded,
        opening: &words.opening,
        text: &words.text,
    };
    let file = [Form::Pdf, Form::File, Form::Md].into_iter().find_map(|form| path(entry, form));
    Ok(query.found(&memo).map(|found| Hit {
        id: entry.id.clone(),
        number: entry.number.clone(),
        date: entry.date,
        title: entry.title.clone(),
        status: entry.status.clone(),
        superseded: superseded.map(str::to_owned),
        file: file.map(str::to_owned),
        address: entry.address.clone(),
        found,
        place: memo.place(),
    }))
}
