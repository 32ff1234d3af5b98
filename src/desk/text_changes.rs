//! What changed in a memo's text since somebody read it, or since the memo that it updates.
//!
//! In: a memo, with what it is compared. Out: its paragraphs and tables with the words that came and went; of a schedule what a county
//! is told, in sentences. Not here: how two texts are compared (`document`).

use serde::Serialize;

use super::{
    DiffRequest, Refused, diff, no_memo,
    review::approved,
    review_file::{ReadText, ReviewFile},
};
use crate::{
    document::{ChangedBlock, compare},
    folder::{Snapshot, stem},
    issued::Lock,
    model::{Relation, date},
    output::{File, Form, Piece},
    press::as_issued_bytes,
    yaml::{Entry, outline, value},
};

/// A text that a memo can be compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", content = "memo", rename_all = "lowercase")]
pub enum ComparedText {
    /// What was approved last.
    Approved,
    /// What was sent for review last.
    Sent,
    /// An issued memo that it names, as counties have read it.
    Memo(String),
}

impl ComparedText {
    /// One word for it: "approved", "21144".
    pub fn name(&self) -> &str {
        match self {
            ComparedText::Approved => "approved",
            ComparedText::Sent => "sent",
            ComparedText::Memo(id) => id,
        }
    }

    fn named(name: &str) -> ComparedText {
        match name {
            "approved" => ComparedText::Approved,
            "sent" => ComparedText::Sent,
            id => ComparedText::Memo(id.to_owned()),
        }
    }
}

/// A text that a memo can be compared with, and who has read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextChoice {
    /// Which.
    pub text: ComparedText,
    /// Who has read it, by the name in the office's file; nobody, of an issued memo.
    pub who: Option<String>,
    /// When, in words: "September 2, 2021".
    pub day: String,
}

/// What changed in a memo's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextChanges {
    /// The memo's id.
    pub id: String,
    /// With what it can be compared.
    pub choices: Vec<TextChoice>,
    /// With which of them it is compared, by its place; with none if there is none.
    pub with: Option<usize>,
    /// What changed in the schedule, in sentences.
    pub sentences: Vec<String>,
    /// What changed.
    pub blocks: Vec<ChangedBlock>,
}

/// Compares a memo's text, as it would be printed now, with one that was read: that of a name ([`ComparedText::name`]), or the first
/// that there is. The approved text comes first, then that which was sent, then the memos that it updates.
///
/// # Errors
/// [`Refused`]: there is no such memo, or it has things to fix.
pub fn compare_texts(snapshot: &Snapshot, memo: &str, with: Option<&str>) -> Result<TextChanges, Refused> {
    let id = stem(memo);
    let (_, text) = snapshot.memo(&id).ok_or_else(|| no_memo(&id, snapshot))?;
    let written = outline(text).unwrap_or_default();
    let known = known(snapshot, &id, &written)?;
    let at = match with.map(ComparedText::named) {
        Some(wanted) => known.iter().position(|(choice, _)| choice.text == wanted),
        None => Some(0).filter(|_| !known.is_empty()),
    };
    let mut changes =
        TextChanges { id, choices: Vec::new(), with: at, sentences: Vec::new(), blocks: Vec::new() };
    if let Some((choice, then)) = at.and_then(|at| known.get(at)) {
        let now = match published(snapshot, &changes.id) {
            Some(now) => now,
            None => approved(snapshot, &changes.id, value(&written, "date"))?.1.memo,
        };
        changes.blocks = compare(then, &now);
        if let ComparedText::Memo(earlier) = &choice.text {
            let (from, to) = (earlier.clone(), Some(changes.id.clone()));
            // Most memos have no schedule; the texts say what there is to say then.
            let told = diff(snapshot, &DiffRequest { from, to, entity: None, form: None });
            changes.sentences = told.map(|told| told.told.sentences).unwrap_or_default();
        }
    }
    changes.choices = known.into_iter().map(|(choice, _)| choice).collect();
    Ok(changes)
}

/// The texts with which a memo can be compared.
pub(super) fn known(
    snapshot: &Snapshot,
    id: &str,
    written: &[Entry],
) -> Result<Vec<(TextChoice, String)>, Refused> {
    let file = ReviewFile::of(snapshot, id)?;
    let day = |day: &str| date::read(day).map_or_else(|_| day.to_owned(), date::prose);
    let read = |text: ComparedText, read: ReadText| {
        let choice = TextChoice { text, who: Some(read.who), day: day(&read.on) };
        (choice, read.text)
    };
    let approved = file.approved.map(|text| read(ComparedText::Approved, text));
    let mut known: Vec<_> = approved.into_iter().collect();
    known.extend(file.sent.map(|text| read(ComparedText::Sent, text)));
    let keys = Relation::ALL.map(Relation::key);
    let named = written.iter().filter(|entry| keys.contains(&entry.path.as_str()));
    let mut earlier: Vec<&str> = named.filter_map(|entry| entry.text.as_deref()).collect();
    earlier.dedup();
    known.extend(earlier.into_iter().filter_map(|earlier| {
        let text = published(snapshot, earlier)?;
        let entries = outline(snapshot.memo(earlier)?.1)?;
        let day = day(value(&entries, "date")?);
        Some((TextChoice { text: ComparedText::Memo(earlier.to_owned()), who: None, day }, text))
    }));
    Ok(known)
}

/// The text of a memo that has gone out, as counties have read it.
pub(super) fn published(snapshot: &Snapshot, id: &str) -> Option<String> {
    let (_, source) = snapshot.locks.iter().find(|(memo, _)| memo == id)?;
    let lock = Lock::read(&snapshot.sources.get(*source).text).ok()?;
    let is_it = |file: &&File| (file.document, file.kind) == (Piece::Memo, Form::Md);
    let file = lock.memo.artifacts.iter().find(is_it)?;
    let bytes = as_issued_bytes(file, snapshot.published(&file.path).ok().flatten()?)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
