//! A memo as a Word file for a reviewer, with what changed since the last one tracked.
//!
//! In: a memo, what it is compared with. Out: the plan that writes the file into `reviews/`, and what it says into `.ccrov/reviews/`. Neither is
//! published. Not here: what comes back from a reviewer; how the file looks (`word`).

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    ComparedText, Refused, Thing, no_memo,
    review::approved,
    text_changes::{known, published},
};
use crate::{
    build::{Build, Scope, build},
    diagnostic::{Findings, offer},
    folder::{Edit, NewFile, Plan, ReadError, Snapshot, stem, writable},
    in_common::in_common,
    output::{Form, Manifest},
    press::{CopiedMemos, MemoCopy},
    records::Readings,
    word::SentCopy,
    yaml::{outline, value},
};

/// Where it is kept what copies said.
const KEPT: &str = ".ccrov/reviews";

/// Where the files stand.
const FILES: &str = "reviews";

/// A memo that is to be a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFileRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// With what it is compared: "approved", "sent", or a memo. If it is not said: with the last copy that said something else, else with what
    /// was sent for review last, else with the memo that it updates.
    pub against: Option<String>,
    /// Whether the file is written into the working folder; else only the report has it.
    pub is_written: bool,
}

/// A memo as a Word file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordFileReport {
    /// The memo's id.
    pub id: String,
    /// The file, by its path from the working folder.
    pub file: String,
    /// With what it is compared: "copy 1", "approved", "21144"; nothing, if there was nothing to compare it with.
    pub compared_with: Option<String>,
    /// How many paragraphs and rows of tables are shown to have changed.
    pub changes: usize,
    /// The day that the copy bears: the memo's.
    #[serde(skip)]
    pub day: NaiveDate,
    /// What the file holds.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Plans to write a memo as a Word file.
///
/// The first copy of memo 21150 is `reviews/21150 review 1.docx`. What says the same is the same copy: it is not written twice. A file that
/// somebody has changed in its place is left alone, and the next number is taken.
///
/// # Errors
/// [`Refused`]: there is no such memo, or none to compare it with; it is issued; it has things to fix; what earlier copies said cannot be read.
pub fn word_file(snapshot: &Snapshot, wish: &WordFileRequest) -> Result<Plan<WordFileReport>, Refused> {
    let id = stem(&wish.memo);
    if snapshot.memo(&id).is_none() {
        return Err(no_memo(&id, snapshot));
    }
    if snapshot.has_lock(&id) {
        return Err(Refused::Locked { id });
    }
    let copies = sent_copies(snapshot, &id)?;
    let texts = compared(snapshot, &id, wish.against.as_deref(), &copies)?;
    let MemoCopy { word, compared } =
        printed(snapshot, &id, texts.iter().map(|(_, text)| text.clone()).collect())?;
    let last = copies.last().filter(|(_, copy)| copy.digest == word.sent.digest).map(|(number, _)| *number);
    let next = copies.last().map_or(1, |(number, _)| number + 1);
    let (mut number, mut is_there) = (last.unwrap_or(next), false);
    if wish.is_written {
        loop {
            match snapshot.folder.read(&path(FILES, &id, number, "docx")) {
                Ok(there) if last == Some(number) && there == word.bytes => is_there = true,
                Err(ReadError::Missing) => {}
                _ => {
                    number = next.max(number + 1);
                    continue;
                }
            }
            break;
        }
    }
    let file = path(FILES, &id, number, "docx");
    let record = path(KEPT, &id, number, "xml");
    let mut sources = Vec::new();
    if last != Some(number) {
        sources.push(Edit::new_file(writable(&record)?, word.sent.to_xml()));
    }
    let mut files = Vec::new();
    if wish.is_written && !is_there {
        files.push(NewFile { path: writable(&file)?, bytes: word.bytes.clone() });
    }
    let report = WordFileReport {
        id: id.clone(),
        file,
        compared_with: compared.map(|at| texts[at].0.clone()),
        changes: word.changes,
        day: word.sent.day,
        bytes: word.bytes,
    };
    Ok(Plan { files, ..Plan::of_sources(format!("review {id}"), report, sources) })
}

/// "reviews/21150 review 1.docx".
fn path(folder: &str, id: &str, number: u32, ending: &str) -> String {
    format!("{folder}/{id} review {number}.{ending}")
}

/// The edits that remove what copies of a memo said: another memo of its name is not compared with them.
pub(super) fn forget_copies(snapshot: &Snapshot, id: &str) -> Result<Vec<Edit>, Refused> {
    let gone = |number: u32| -> Option<Result<Edit, Refused>> {
        let file = path(KEPT, id, number, "xml");
        let was = snapshot.folder.read(&file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        // One that is no text any more is nothing to compare with.
        let was = Some(was?);
        Some(writable(&file).map(|path| Edit { path, was, becomes: None, like: None }).map_err(Refused::from))
    };
    numbers(snapshot, id)?.into_iter().filter_map(gone).collect()
}

/// The numbers of the copies of a memo.
fn numbers(snapshot: &Snapshot, id: &str) -> Result<Vec<u32>, Refused> {
    let listed = match snapshot.folder.list(KEPT) {
        Ok(listed) => listed,
        Err(ReadError::Missing) => return Ok(Vec::new()),
        Err(why) => return Err(Refused::Unreadable { file: KEPT.to_owned(), why }),
    };
    let begins = format!("{id} review ");
    let number = |name: &str| name.strip_prefix(&begins)?.strip_suffix(".xml")?.parse().ok();
    let mut numbers: Vec<u32> = listed.iter().filter_map(|entry| number(&entry.name)).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// What the copies of a memo said that were made so far, by their numbers.
///
/// # Errors
/// [`Refused::UnreadReview`].
pub fn sent_copies(snapshot: &Snapshot, id: &str) -> Result<Vec<(u32, SentCopy)>, Refused> {
    let read = |number: u32| {
        let file = path(KEPT, id, number, "xml");
        let bytes = snapshot.folder.read(&file);
        let bytes = bytes.map_err(|why| Refused::Unreadable { file: file.clone(), why })?;
        let copy = SentCopy::read(&bytes);
        copy.map(|copy| (number, copy)).map_err(|why| Refused::UnreadReview { file, why: why.to_string() })
    };
    numbers(snapshot, id)?.into_iter().map(read).collect()
}

/// With what a Word file of a memo can show changes, each by the name that [`WordFileRequest::against`] has for it, and in words: first what
/// it is compared with if nothing is said.
///
/// # Errors
/// [`Refused`]: there is no such memo; what was kept of it cannot be read.
pub fn compared_copies(snapshot: &Snapshot, id: &str) -> Result<Vec<(String, String)>, Refused> {
    let written = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let mut found = Vec::new();
    if !sent_copies(snapshot, id)?.is_empty() {
        found.push((String::new(), "the last Word file that said something else".to_owned()));
    }
    let named = known(snapshot, id, &written)?.into_iter().map(|(choice, _)| {
        let words = match &choice.text {
            ComparedText::Approved => format!("what was approved on {}", choice.day),
            ComparedText::Sent => format!("what was sent for review on {}", choice.day),
            ComparedText::Memo(memo) => format!("memo {memo} of {}", choice.day),
        };
        (choice.text.name().to_owned(), words)
    });
    let (approved, others): (Vec<_>, Vec<_>) =
        named.partition(|(name, _)| name == ComparedText::Approved.name());
    found.extend(others);
    // An approval is never what is taken by itself.
    if found.is_empty() && !approved.is_empty() {
        found.push((String::new(), "nothing".to_owned()));
    }
    found.extend(approved);
    Ok(found)
}

/// The texts that a memo can be compared with; the first that says something else counts.
fn compared(
    snapshot: &Snapshot,
    id: &str,
    against: Option<&str>,
    copies: &[(u32, SentCopy)],
) -> Result<Vec<(String, String)>, Refused> {
    let written = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let known = known(snapshot, id, &written)?.into_iter().map(|(choice, text)| (choice.text, text));
    let mut known = numbered(snapshot, id, known.collect())?.into_iter();
    let Some(name) = against else {
        let copies = copies.iter().rev();
        let copies = copies.map(|(number, copy)| (format!("copy {number}"), copy.markdown.clone()));
        // An approval is of a text that somebody was sent.
        let known = known.filter(|(text, _)| *text != ComparedText::Approved);
        return Ok(copies.chain(known.map(|(choice, text)| (choice.name().to_owned(), text))).collect());
    };
    let name = stem(name);
    let found = known.find(|(choice, _)| choice.name() == name).map(|(_, text)| text);
    let text = match found.or_else(|| published(snapshot, &name)) {
        Some(text) => text,
        None => {
            let offered = || offer(&name, snapshot.memos.iter().map(String::as_str));
            let other = snapshot.memo(&name).and_then(|(_, text)| outline(text));
            let unknown = || Refused::Unknown { thing: Thing::Memo, name: name.clone(), offer: offered() };
            let other = other.ok_or_else(unknown)?;
            approved(snapshot, &name, value(&other, "date"))?.1.memo
        }
    };
    Ok(vec![(name, text)])
}

/// What was sent or approved is kept without the number, since a number is no change; here it gets the one that the memo has now, or the file would
/// show the number as what somebody has written since.
fn numbered(
    snapshot: &Snapshot,
    id: &str,
    mut known: Vec<(ComparedText, String)>,
) -> Result<Vec<(ComparedText, String)>, Refused> {
    if known.iter().all(|(text, _)| matches!(text, ComparedText::Memo(_))) {
        return Ok(known);
    }
    let written = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let draft = approved(snapshot, id, value(&written, "date"))?.1.memo;
    let now = printed(snapshot, id, Vec::new())?.word.sent.markdown;
    let (draft, now): (Vec<&str>, Vec<&str>) =
        (draft.split_inclusive('\n').collect(), now.split_inclusive('\n').collect());
    let swaps = swaps(&draft, &now);
    let kept = known.iter_mut().filter(|(text, _)| !matches!(text, ComparedText::Memo(_)));
    for (_, text) in kept {
        for (was, is) in swaps.iter().filter(|(was, _)| !was.is_empty()) {
            *text = text.replacen(was, is, 1);
        }
    }
    Ok(known)
}

/// Where two texts differ: the lines of the one, with the line before them, and those of the other.
fn swaps(old: &[&str], new: &[&str]) -> Vec<(String, String)> {
    let mut swaps = Vec::new();
    let mut from = (0, 0);
    for (a, b) in in_common(old, new).into_iter().chain([(old.len(), new.len())]) {
        if (a, b) != from {
            let (first, other) = (from.0.saturating_sub(1), from.1.saturating_sub(1));
            swaps.push((old[first..a].concat(), new[other..b].concat()));
        }
        from = (a + 1, b + 1);
    }
    swaps
}

/// The memo as it would be printed now, as a Word file.
pub(super) fn printed(snapshot: &Snapshot, id: &str, texts: Vec<String>) -> Result<MemoCopy, Refused> {
    let (memos, before) = ([id.to_owned()], Manifest::default());
    let copies = CopiedMemos::from([(id.to_owned(), texts)]);
    let scope = Scope {
        forms: &[Form::Md],
        lists: false,
        drafts: true,
        copies: Some(&copies),
        ..Scope::of(&memos, &before)
    };
    let Build { mut built, faults, sources, .. } =
        build(snapshot, &mut Readings::default(), &scope, snapshot.faults());
    let made = built.iter_mut().find(|made| made.entry.id == id);
    let findings = Findings { faults, sources };
    made.and_then(|made| made.copy.take()).ok_or_else(|| match findings.errors() {
        // A memo that exists as a file only has no text that could be sent.
        0 => Refused::NoText { id: id.to_owned() },
        _ => Refused::Faults(findings),
    })
}
