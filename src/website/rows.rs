//! Memos as they stand in lists.
//!
//! In: entries of the manifest. Out: [`MemoListing`]s, newest first, each with what is known of its memo from others.
//! Not here: which list shows which; which memo is in force, which `model` decides.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use super::site::Site;
use crate::{
    attached::size_in_words,
    model::{InForce, Later, Statement, date, topic},
    output::{Form, MemoEntry},
};

/// A memo in a list.
#[derive(Serialize)]
pub(super) struct MemoListing<'a> {
    #[serde(skip)]
    pub entry: &'a MemoEntry,
    /// Whether an older memo of its release has told more delays.
    #[serde(skip)]
    pub behind: bool,
    /// What templates know of it, as JSON.
    #[serde(skip)]
    pub json: String,
    pub id: &'a str,
    pub number: Option<&'a str>,
    pub date: String,
    pub table_date: String,
    #[serde(rename = "iso_date")]
    pub day: NaiveDate,
    pub title: &'a str,
    pub topic: Option<&'a str>,
    pub status: &'a str,
    pub corrected: bool,
    /// When it was withdrawn, in prose, if it says so.
    pub withdrawn: Option<String>,
    /// Whether readers are to follow it.
    pub in_force: bool,
    /// What later memos say of it.
    #[serde(skip)]
    pub later: Vec<Later<'a>>,
    /// The memo that is to be read in its place: "CC/ROV #24904".
    #[serde(skip)]
    pub superseded: Option<String>,
    /// The last day on which its standing changed: it was published, corrected, changed by a later memo, withdrawn.
    #[serde(skip)]
    pub updated: NaiveDate,
    /// Its page on this site.
    pub page: Option<String>,
    /// Where it is, if it is kept elsewhere.
    pub address: Option<&'a str>,
    pub file: Option<FileView>,
    /// "Superseded by CC/ROV #24904".
    pub notes: Vec<RelationNote>,
}

#[derive(Serialize)]
pub(super) struct FileView {
    kind: String,
    path: String,
    /// "3 pages, 25 KB".
    size: String,
}

#[derive(Serialize)]
pub(super) struct RelationNote {
    words: &'static str,
    number: String,
    /// Its date, where both have the same number.
    date: Option<String>,
    page: Option<String>,
    address: Option<String>,
    /// Whether the other memo was withdrawn.
    withdrawn: bool,
}

impl MemoListing<'_> {
    /// Where the memo can be read: a path on this site, or an address.
    pub fn page(&self) -> Option<&str> {
        let file = || self.file.as_ref().map(|file| file.path.as_str());
        self.page.as_deref().or(self.address).or_else(file)
    }

    pub fn year(&self) -> i32 {
        self.day.year()
    }

    /// What the memo is called where there is little room: its number, or its name as long as it has none.
    pub fn label(&self) -> &str {
        self.number.unwrap_or(self.id)
    }
}

/// All memos as rows, newest first.
pub(super) fn rows<'a>(site: &Site<'a>) -> Vec<MemoListing<'a>> {
    let by_id: BTreeMap<&str, &MemoEntry> = site.memos.iter().map(|memo| (memo.id.as_str(), *memo)).collect();
    let statements: Vec<Statement<'a>> = site.memos.iter().map(|memo| memo.statement()).collect();
    let in_force = InForce::of(&statements);
    let row = |memo: &&'a MemoEntry| {
        let later = in_force.later(&memo.id);
        let others = || later.iter().filter_map(|later| Some((*later, by_id.get(later.id).copied()?)));
        let notes = others().map(|(later, other)| RelationNote {
            words: later.relation.reverse_words(),
            date: (other.number.is_some() && other.number == memo.number).then(|| date::prose(other.date)),
            number: other.number.clone().unwrap_or_else(|| other.id.clone()),
            page: page(other),
            address: other.address.clone(),
            withdrawn: later.withdrawn,
        });
        let corrected = memo.corrections.iter().map(|correction| correction.date);
        let changed = others().flat_map(|(_, other)| [Some(other.date), other.withdrawn]).flatten();
        let updated = changed.chain(corrected).chain(memo.withdrawn).fold(memo.date, NaiveDate::max);
        let mut row = MemoListing {
            entry: memo,
            behind: site.behind.contains(&memo.id),
            json: String::new(),
            id: &memo.id,
            number: memo.number.as_deref(),
            date: date::prose(memo.date),
            table_date: date::table(memo.date),
            day: memo.date,
            title: &memo.title,
            topic: topic(&memo.title),
            status: &memo.status,
            corrected: !memo.corrections.is_empty(),
            withdrawn: memo.withdrawn.map(date::prose),
            in_force: in_force.is_in_force(&memo.id),
            later: later.to_vec(),
            superseded: memo.superseded(&in_force, |id| by_id.get(id).copied()),
            updated,
            page: page(memo),
            address: memo.address.as_deref(),
            file: file(memo),
            notes: notes.collect(),
        };
        row.json = json(&row);
        row
    };
    let mut rows: Vec<_> = site.memos.iter().map(row).collect();
    // By id within a day, so that the order is the same in every run.
    rows.sort_by(|a, b| (b.day, b.id).cmp(&(a.day, a.id)));
    rows
}

/// A memo's page.
pub(super) fn page(memo: &MemoEntry) -> Option<String> {
    memo.own(Form::Html).map(|file| file.path.to_string())
}

/// The file that is offered beside a memo's title: its PDF, or what is kept of an archived memo.
fn file(memo: &MemoEntry) -> Option<FileView> {
    let file = memo.own(Form::Pdf).or_else(|| memo.own(Form::File))?;
    let path = file.path.to_string();
    let kind = path.rsplit_once('.').map_or("file", |(_, ending)| ending).to_ascii_uppercase();
    Some(FileView { kind, path, size: size_in_words(file.pages, file.size) })
}

/// As JSON.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text, numbers and lists always serialise")
}
