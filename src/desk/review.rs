//! A memo is sent to somebody to read, is approved, or goes back to its analyst.
//!
//! In: a memo, a step. Out: the plan that writes it into the memo's file. Nobody is told of it by the program. Not here: whether an approval
//! still holds (`approval`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Blank, Byline, Refused, Thing,
    approval::{digest_of, printed},
    no_memo,
    review_file::{ReadText, ReviewFile},
    written_status,
};
use crate::{
    diagnostic::{Findings, offer},
    folder::{Edits, Plan, Snapshot, stem},
    model::{Status, date},
    records::{self, Readings},
    yaml::{edit, edit::Value, outline, value},
};

/// A step on the way to an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// What happens to it.
    pub step: ReviewStep,
}

/// What happens to a memo before it is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStep {
    /// Somebody is to read it.
    Send {
        /// The person, by the name in the office's file.
        to: String,
        /// The day on which it is sent.
        on: NaiveDate,
    },
    /// Somebody has approved it, as it would be printed now.
    Approve {
        /// The person.
        by: String,
        /// The day.
        on: NaiveDate,
        /// How: "by e-mail".
        how: String,
        /// The person who writes it down.
        recorded_by: Option<String>,
    },
    /// It goes back to its analyst.
    Back {
        /// Why; it becomes a comment.
        why: String,
        /// Who sends it back, and when.
        by: Byline,
    },
}

/// What became of a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewReport {
    /// Its id.
    pub id: String,
    /// How far it has come. With `--json`, `status` is how the command ended.
    pub memo_status: Status,
}

/// Plans a step on the way to an issue.
///
/// An approval names the digest of the memo as it would be printed in Markdown, as a draft without a number: 16 hexadecimal digits of SHA-256.
/// What was sent and what was approved last is kept beside the memo, so that what changed since can be shown.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo or person; [`Refused::Locked`] if it has gone out; [`Refused::Blank`];
/// [`Refused::Faults`] if it is approved and cannot be printed.
pub fn review(snapshot: &Snapshot, wish: &ReviewRequest) -> Result<Plan<ReviewReport>, Refused> {
    let id = stem(&wish.memo);
    let (source, text) = snapshot.memo(&id).ok_or_else(|| no_memo(&id, snapshot))?;
    let written = outline(text).unwrap_or_default();
    if snapshot.has_lock(&id) || !written_status(&written).is_none_or(Status::is_open) {
        return Err(Refused::Locked { id });
    }
    let mut file = ReviewFile::of(snapshot, &id)?;
    let read =
        |who: &str, on: NaiveDate, text| ReadText { who: who.to_owned(), on: date::iso_text(on), text };
    let (status, what, key, entry) = match &wish.step {
        ReviewStep::Send { to, on } => {
            person(to, snapshot)?;
            // What has things to fix can be sent all the same; nothing can be compared with it, and nothing older stands for it.
            let sent = approved(snapshot, &id, value(&written, "date")).ok();
            file.sent = sent.map(|(_, printed)| read(to, *on, printed.memo));
            let entry = [("with", to.clone()), ("since", date::iso_text(*on))];
            (Status::Review, format!("{id} sent to {to} for review"), "review", entry.to_vec())
        }
        ReviewStep::Approve { by, on, how, recorded_by } => {
            for named in [Some(by), recorded_by.as_ref()].into_iter().flatten() {
                person(named, snapshot)?;
            }
            if how.trim().is_empty() {
                return Err(Refused::Blank(Blank::How));
            }
            if value(&written, "knows").is_some_and(|knows| knows.eq_ignore_ascii_case(records::PROPOSED)) {
                return Err(Refused::OnlyProposed { id });
            }
            let (day, printed) = approved(snapshot, &id, value(&written, "date"))?;
            file.approved = Some(read(by, *on, printed.memo));
            let mut entry =
                vec![("by", by.clone()), ("date", date::iso_text(*on)), ("how", how.trim().to_owned())];
            entry.extend(recorded_by.clone().filter(|other| other != by).map(|other| ("recorded_by", other)));
            entry.extend([("memo_date", date::iso_text(day)), ("text", digest_of(&printed.all))]);
            (Status::Approved, format!("{id} approved by {by}"), "approval", entry)
        }
        ReviewStep::Back { why, .. } if why.trim().is_empty() => return Err(Refused::Blank(Blank::Back)),
        ReviewStep::Back { why, by } => {
            file.add(by, "", "", why.trim().to_owned());
            (Status::Draft, format!("{id} back to draft, because {}", why.trim()), "", Vec::new())
        }
    };
    let edited = edited(text, status, key, entry).ok_or_else(|| Refused::NotEdited {
        what: id.clone(),
        instead: format!("write `status: {status}` yourself"),
    })?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &edited);
    let mut edits = edits.files()?;
    edits.extend(file.edit(snapshot, &id)?);
    Ok(Plan::of_sources(what, ReviewReport { id, memo_status: status }, edits))
}

/// A memo's text with its status, and with what was said of it in place of what was said before.
fn edited(text: &str, status: Status, key: &str, entry: Vec<(&str, String)>) -> Option<String> {
    let text = settled(&edit::set(text, &[("status", Some(status.word()))])?, status)?;
    if entry.is_empty() {
        return Some(text);
    }
    let entry = entry.into_iter().map(|(key, value)| (key.to_owned(), Value::Text(value)));
    edit::set_at(&text, &key.parse().ok()?, &Value::Flow(Box::new(Value::Map(entry.collect()))))
}

/// A memo's text without what says nothing of it in a status: who reads it, if nobody does; who approved it, if nobody has.
pub(super) fn settled(text: &str, status: Status) -> Option<String> {
    let mut text = text.to_owned();
    let goes = |key: &str| match key {
        "review" => status != Status::Review,
        _ => matches!(status, Status::Draft | Status::Review),
    };
    for key in ["review", "approval"].into_iter().filter(|key| goes(key)) {
        let begins = format!("{key}.");
        if outline(&text)?.iter().any(|entry| entry.path.starts_with(&begins)) {
            text = edit::remove_at(&text, &key.parse().ok()?)?;
        }
    }
    Some(text)
}

/// A memo as it would be printed.
pub(super) struct PrintedMemo {
    /// All of it, which is what is approved.
    pub all: String,
    /// The memo with its attachments.
    pub memo: String,
}

/// The date that a memo bears, and what would be printed.
pub(super) fn approved(
    snapshot: &Snapshot,
    id: &str,
    day: Option<&str>,
) -> Result<(NaiveDate, PrintedMemo), Refused> {
    let faulty = |findings: Findings| match findings.errors() {
        0 => Refused::Faulty { what: id.to_owned(), look: "`ccrov check`".to_owned() },
        _ => Refused::Faults(findings),
    };
    let Some(day) = day.and_then(|day| date::read(day).ok()) else { return Err(faulty(Findings::default())) };
    let mut made = printed(snapshot, &[(id.to_owned(), day)], &mut Readings::default());
    match (made.texts.remove(id), made.memos.remove(id)) {
        (Some(all), Some(memo)) => Ok((day, PrintedMemo { all, memo })),
        _ => Err(faulty(made.findings)),
    }
}

/// What tells whether a memo is still what somebody was shown: its file, and what would be printed of it.
pub fn review_mark(snapshot: &Snapshot, id: &str) -> String {
    let text = snapshot.memo(id).map_or("", |(_, text)| text);
    let written = outline(text).unwrap_or_default();
    let printed = approved(snapshot, id, value(&written, "date")).map(|(_, printed)| printed.all);
    digest_of(&format!("{text}\0{}", printed.unwrap_or_default()))
}

fn person(name: &str, snapshot: &Snapshot) -> Result<(), Refused> {
    if name.trim().is_empty() {
        return Err(Refused::Blank(Blank::Person));
    }
    let office = snapshot.texts.office.map(|office| &snapshot.sources.get(office).text);
    let entries = office.and_then(|text| outline(text)).unwrap_or_default();
    let id = |path: &str| Some(path.strip_prefix("people.")?.split('.').next()?.to_owned());
    let ids: BTreeSet<String> = entries.iter().filter_map(|entry| id(&entry.path)).collect();
    if ids.iter().any(|id| id == name) {
        return Ok(());
    }
    let offer = offer(name, ids.iter().map(String::as_str));
    Err(Refused::Unknown { thing: Thing::Person, name: name.to_owned(), offer })
}
