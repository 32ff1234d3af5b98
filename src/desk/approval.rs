//! Whether what somebody approved is what would be printed.
//!
//! In: approved memos, with the date that each bore when it was approved. Out: which of them would be printed otherwise by now, and what
//! a later date changes. Number, date and DRAFT are no change: both are printed as drafts of that day without a number. Not here: who approves
//! (`review`), and what follows from a change.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;

use super::{
    BroughtChange,
    brought::{lines, shortened},
};
use crate::{
    build::{Build, Scope, build},
    diagnostic::{Faults, Findings},
    folder::{Edits, Snapshot},
    model::{Status, date},
    output::{File, Form, Manifest, Piece, digest},
    records::Readings,
    yaml::{edit, outline, value},
};

/// Keys of a memo that are no part of what is approved.
const APART: [&str; 4] = ["number", "review", "approval", "accepts.not-reviewed"];

/// Memos as they would be printed, in Markdown.
pub(super) struct Printed {
    /// All of each: the memo with its attachments, and the schedule alone.
    pub texts: BTreeMap<String, String>,
    /// The memo with its attachments.
    pub memos: BTreeMap<String, String>,
    /// What is wrong with them.
    pub findings: Findings,
}

/// Prints memos as drafts of these days, without their numbers.
/// What was read of the rest of the folder is not read again.
pub(super) fn printed(
    snapshot: &Snapshot,
    memos: &[(String, NaiveDate)],
    readings: &mut Readings,
) -> Printed {
    let mut edits = Edits::of(snapshot);
    let mut edited_memos = Vec::new();
    for (id, day) in memos {
        let Some((source, text)) = snapshot.memo(id) else { continue };
        if let Some(edited) = as_draft(text, *day) {
            edits.edit(source, &edited);
            edited_memos.push(source);
        }
    }
    edited_memos.iter().for_each(|source| readings.forget(*source));
    let ids: Vec<String> = memos.iter().map(|(id, _)| id.clone()).collect();
    let before = Manifest::default();
    let scope =
        Scope { forms: &[Form::Md, Form::File], lists: false, drafts: true, ..Scope::of(&ids, &before) };
    let Build { built, files, after, faults, sources, .. } =
        build(&edits.snapshot, readings, &scope, Faults::default());
    // What was read of them is of a text that is in no file.
    edited_memos.iter().for_each(|source| readings.forget(*source));
    let files: BTreeMap<_, _> = files.into_iter().collect();
    let text = |id: &str, is_wanted: fn(Piece) -> bool| {
        let own = after.entry(id)?.artifacts.iter().filter(|file| is_wanted(file.document));
        // Of an attached file, its digest stands for what readers see in it.
        let said = |file: &File| match file.kind {
            Form::File => Some(Cow::Owned(format!("{}\n", file.sha256))),
            _ => Some(String::from_utf8_lossy(files.get(&file.path)?)),
        };
        Some(own.filter_map(said).collect::<String>())
    };
    let made = |is_wanted: fn(Piece) -> bool| {
        let ids = built.iter().map(|made| &made.entry.id);
        ids.filter_map(|id| Some((id.clone(), text(id, is_wanted)?))).collect()
    };
    let findings = Findings { faults, sources };
    Printed { texts: made(|_| true), memos: made(|piece| piece == Piece::Memo), findings }
}

/// The text of a memo's file as a draft of a day, without its number; `None` if it cannot be edited so.
fn as_draft(text: &str, day: NaiveDate) -> Option<String> {
    let written = outline(text)?;
    let mut text =
        edit::set(text, &[("status", Some(Status::Draft.word())), ("date", Some(&date::iso_text(day)))])?;
    for key in APART {
        let begins =
            |path: &str| path == key || path.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
        if written.iter().any(|entry| begins(&entry.path)) {
            text = edit::remove_at(&text, &key.parse().ok()?)?;
        }
    }
    Some(text)
}

/// The digest of what is approved.
pub(super) fn digest_of(text: &str) -> String {
    digest(text.as_bytes())[..16].to_owned()
}

/// An approval as a memo's file has it.
pub(super) struct WrittenApproval {
    memo_date: NaiveDate,
    text: String,
    /// The date that the memo bears now.
    date: NaiveDate,
}

/// The approvals that are written down, of approved memos.
pub(super) fn written<'m>(
    snapshot: &Snapshot,
    memos: impl Iterator<Item = &'m str>,
) -> BTreeMap<String, WrittenApproval> {
    let approval = |id: &str| {
        let written = outline(snapshot.memo(id)?.1)?;
        let day = |key: &str| date::read(value(&written, key)?).ok();
        if value(&written, "status") != Some(Status::Approved.word()) {
            return None;
        }
        let text = value(&written, "approval.text")?.to_owned();
        Some(WrittenApproval { memo_date: day("approval.memo_date")?, text, date: day("date")? })
    };
    memos.filter_map(|id| Some((id.to_owned(), approval(id)?))).collect()
}

/// What became of approvals since.
#[derive(Default)]
pub(super) struct Since {
    /// The memos that would be printed otherwise than they were approved.
    pub changed: Vec<String>,
    /// What a later date changes in a memo, besides its date.
    pub by_date: BTreeMap<String, Vec<BroughtChange>>,
}

/// Compares what was approved with what would be printed.
pub(super) fn since(
    snapshot: &Snapshot,
    approvals: &BTreeMap<String, WrittenApproval>,
    readings: &mut Readings,
) -> Since {
    let mut since = Since::default();
    if approvals.is_empty() {
        return since;
    }
    let mut of = |day: fn(&WrittenApproval) -> NaiveDate| {
        let memos: Vec<_> = approvals.iter().map(|(id, approval)| (id.clone(), day(approval))).collect();
        printed(snapshot, &memos, readings).texts
    };
    let then = of(|approval| approval.memo_date);
    let has_moved = approvals.values().any(|approval| approval.date != approval.memo_date);
    let now = if has_moved { of(|approval| approval.date) } else { BTreeMap::new() };
    for (id, approval) in approvals {
        // What cannot be printed has faults, which are told by themselves.
        let Some(text) = then.get(id) else { continue };
        if digest_of(text) != approval.text {
            since.changed.push(id.clone());
            continue;
        }
        let Some(later) = now.get(id).filter(|_| approval.date != approval.memo_date) else { continue };
        let mut differences = Vec::new();
        lines("the memo", text.as_bytes(), later.as_bytes(), &mut differences);
        let [was, is] = [approval.memo_date, approval.date].map(date::prose);
        differences.retain(|change| match (&change.from, &change.to) {
            (Some(from), Some(to)) => from.replace(&was, &is) != *to,
            _ => true,
        });
        if !differences.is_empty() {
            since.by_date.insert(id.clone(), shortened(differences));
        }
    }
    since
}
