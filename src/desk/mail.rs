//! A mail that tells counties of a memo: that it is published, was corrected, or was withdrawn.
//!
//! In: a memo that has gone out. Out: the plan that writes the mail as a file for a mail program, and notes that it was written. Not here: how a
//! mail is written (`mail`), and sending it: the analyst does that.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Refused,
    mail_words::MemoNews,
    no_memo, output_plan,
    own_file::OwnFile,
    publish::targets,
    status::{Unpublished, unpublished},
};
use crate::{
    diagnostic::Findings,
    folder::{Edit, Plan, Snapshot, stem, writable},
    mail::{Attachment, Mail, MailAddress, html, text},
    model::{Office, Status, date},
    output::{Form, Manifest, MemoEntry, content_type, digest},
    records,
    yaml::{outline, value},
};

/// Where the mails stand.
const FILES: &str = "mail";

/// Where it is kept of which mails were written.
const KEPT: &str = ".ccrov/mail";

/// A mail that is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// What it tells; if it is not said, what happened last.
    pub tells: Option<MailKind>,
    /// Whether the memo's PDF is attached.
    pub with_pdf: bool,
    /// Whether the mail is written into the working folder; else only the report has it.
    pub is_written: bool,
}

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailKind {
    /// The memo is published.
    Issue,
    /// It was corrected.
    Correction,
    /// It was withdrawn.
    Withdrawal,
}

impl MailKind {
    /// All, by the words that name them.
    pub const ALL: [(&str, MailKind); 3] = [
        ("issue", MailKind::Issue),
        ("correction", MailKind::Correction),
        ("withdrawal", MailKind::Withdrawal),
    ];

    /// The one that a word names.
    pub fn named(word: &str) -> Option<MailKind> {
        MailKind::ALL.into_iter().find(|(named, _)| *named == word).map(|(_, kind)| kind)
    }

    /// "correction".
    pub fn word(self) -> &'static str {
        let named = MailKind::ALL.into_iter().find(|(_, kind)| *kind == self);
        named.map_or("issue", |(word, _)| word)
    }
}

/// A mail of a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailReport {
    /// The memo's id.
    pub id: String,
    /// The mail's file, by its path from the working folder.
    pub file: String,
    /// What it tells.
    pub tells: MailKind,
    /// All that there is to tell of the memo, what happened last first.
    #[serde(skip)]
    pub choices: Vec<MailKind>,
    /// Its subject.
    pub subject: String,
    /// How many addresses it goes to, unseen by one another (`mail_to:` of memos/office.yaml).
    pub bcc: usize,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as a web page.
    #[serde(skip)]
    pub html: String,
    /// What is to be seen to before it is sent.
    pub warnings: Vec<String>,
    /// What the file holds.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What happened to a memo, and when.
struct MemoEvent {
    kind: MailKind,
    day: NaiveDate,
}

impl MemoEvent {
    /// "correction 2021-09-29".
    fn key(&self) -> String {
        format!("{} {}", self.kind.word(), date::iso_text(self.day))
    }

    /// All that happened to a memo, earliest first.
    fn of(entry: &MemoEntry) -> Vec<MemoEvent> {
        let corrected =
            entry.corrections.iter().map(|one| MemoEvent { kind: MailKind::Correction, day: one.date });
        let withdrawn = (entry.status == Status::Withdrawn.word())
            .then(|| MemoEvent { kind: MailKind::Withdrawal, day: entry.withdrawn.unwrap_or(entry.date) });
        [MemoEvent { kind: MailKind::Issue, day: entry.date }]
            .into_iter()
            .chain(corrected)
            .chain(withdrawn)
            .collect()
    }
}

/// Plans a mail of a memo that has gone out: memo 21144's is `mail/21144 issue 2021-08-31.eml`.
///
/// # Errors
/// [`Refused`]: there is no such memo; it has not gone out, or what the mail is to tell has not happened; its PDF cannot be read.
pub fn mail(snapshot: &Snapshot, wish: &MailRequest) -> Result<Plan<MailReport>, Refused> {
    let id = stem(&wish.memo);
    let Some((_, written)) = snapshot.memo(&id) else { return Err(no_memo(&id, snapshot)) };
    let manifest = output_plan::manifest(snapshot)?;
    let entry = manifest.entry(&id).filter(|entry| is_out(entry));
    let entry = entry.ok_or_else(|| Refused::NothingToTell { id: id.clone(), tells: None })?;
    let events = MemoEvent::of(entry);
    let mut choices: Vec<MailKind> = events.iter().rev().map(|event| event.kind).collect();
    choices.dedup();
    let event = events.into_iter().rfind(|event| wish.tells.is_none_or(|tells| tells == event.kind));
    let event = event.ok_or_else(|| Refused::NothingToTell { id: id.clone(), tells: wish.tells })?;
    let why = outline(written).and_then(|entries| value(&entries, "why").map(str::to_owned));
    let office = office(snapshot)?;
    let address = office.website.address;
    let told = MemoNews {
        entry,
        manifest: &manifest,
        kind: event.kind,
        why: why.as_deref(),
        address: address.as_deref(),
    };
    let (subject, blocks) = (told.subject(), told.blocks());
    let (plain, page) = (text(&blocks), html(&subject, &blocks));
    let attachments = if wish.with_pdf { vec![pdf(snapshot, entry)?] } else { Vec::new() };
    let mark =
        digest(format!("{subject}\0{plain}\0{}", entry.made_from.as_deref().unwrap_or_default()).as_bytes());
    let bytes = Mail {
        bcc: office.mail_to.iter().map(|to| MailAddress { name: None, address: to.clone() }).collect(),
        subject: subject.clone(),
        text: plain.clone(),
        html: Some(page.clone()),
        attachments,
        ..Mail::new(&format!("{id}-{}-{}", event.kind.word(), &mark[..16]), event.day)
    }
    .write();
    let stem = format!("{FILES}/{id} {}", event.key());
    let file = OwnFile::of(snapshot, &stem, "eml", bytes.clone(), wish.is_written);
    let report = MailReport {
        id: id.clone(),
        file: file.name.clone(),
        tells: event.kind,
        choices,
        bcc: office.mail_to.len(),
        subject,
        text: plain,
        html: page,
        warnings: warnings(snapshot, &manifest, &id, address.is_some()),
        bytes,
    };
    let record = noted(snapshot, &id, &event.key())?;
    Ok(Plan { files: file.into_plan()?, ..Plan::of_sources(format!("mail {id}"), report, record) })
}

fn pdf(snapshot: &Snapshot, entry: &MemoEntry) -> Result<Attachment, Refused> {
    let file = entry.own(Form::Pdf).ok_or(Refused::NothingBuilt)?;
    let bytes = snapshot.output.read(file.path.as_str());
    let bytes = bytes.map_err(|why| Refused::Unreadable { file: file.path.to_string(), why })?;
    if digest(&bytes) != file.sha256 {
        return Err(Refused::NotCurrent { stale: vec![file.path.clone()], findings: Findings::default() });
    }
    Ok(Attachment { name: file.path.file_name().to_owned(), kind: content_type(file.path.as_str()), bytes })
}

/// Why readers of the mail could not read the memo.
fn warnings(snapshot: &Snapshot, manifest: &Manifest, id: &str, has_address: bool) -> Vec<String> {
    if !has_address {
        return vec![
            "The mail has no links, for memos/office.yaml does not say the website's address (`address:` under `website:`).".to_owned(),
        ];
    }
    if targets(snapshot).is_empty() {
        return vec![
            "Nothing was ever published from this folder: publish it, or try a link, before you send the mail."
                .to_owned(),
        ];
    }
    let missing =
        unpublished(snapshot, manifest).into_iter().filter(|at| at.memos.iter().any(|memo| memo == id));
    let warn = |at: Unpublished| {
        format!(
            "{id} is not yet published at {} as it is now: publish it before you send the mail.",
            at.target
        )
    };
    missing.map(warn).collect()
}

/// The office, for a mail: with a fault in its file, an address could be missing from it.
///
/// # Errors
/// [`Refused::Faults`]; [`Refused::NoOffice`].
pub(super) fn office(snapshot: &Snapshot) -> Result<Office, Refused> {
    let mut faults = snapshot.faults();
    let office = records::office(&snapshot.texts, &snapshot.sources, &mut faults);
    match faults.errors() {
        0 => office.ok_or(Refused::NoOffice),
        _ => {
            Err(Refused::Faults(Findings { faults: faults.into_sorted(), sources: snapshot.sources.clone() }))
        }
    }
}

/// The record of the mails that were written of a memo, with one more.
fn noted(snapshot: &Snapshot, id: &str, key: &str) -> Result<Vec<Edit>, Refused> {
    let was = kept(snapshot, id);
    let lines = was.as_deref().unwrap_or_default();
    if lines.lines().any(|line| line == key) {
        return Ok(Vec::new());
    }
    let path = writable(&format!("{KEPT}/{id}.txt"))?;
    let becomes = Some(format!("{lines}{key}\n"));
    Ok(vec![Edit { path, was, becomes, like: None }])
}

fn kept(snapshot: &Snapshot, id: &str) -> Option<String> {
    let bytes = snapshot.folder.read(&format!("{KEPT}/{id}.txt")).ok()?;
    String::from_utf8(bytes).ok()
}

/// The memos that are published where visitors read them, and of which no mail tells what happened last. An office that never wrote a mail here writes
/// them elsewhere, so nothing is missed; nor is what happened before the first.
pub fn unmailed(snapshot: &Snapshot, manifest: &Manifest) -> Vec<String> {
    let listed = snapshot.folder.list(KEPT).unwrap_or_default();
    let record = |id: &str| Some((id.to_owned(), kept(snapshot, id)?));
    let ids = listed.iter().filter_map(|entry| entry.name.strip_suffix(".txt"));
    let records: BTreeMap<String, String> = ids.filter_map(record).collect();
    let day = |key: &str| key.split(' ').nth(1).and_then(|day| day.parse::<NaiveDate>().ok());
    let Some(first) = records.values().flat_map(|record| record.lines()).filter_map(day).min() else {
        return Vec::new();
    };
    if targets(snapshot).is_empty() {
        return Vec::new();
    }
    let missing = unpublished(snapshot, manifest);
    let is_missed = |entry: &&MemoEntry| {
        let Some(last) = MemoEvent::of(entry).pop() else { return false };
        let (key, record) = (last.key(), records.get(&entry.id));
        is_out(entry)
            && last.day >= first
            && !record.is_some_and(|record| record.lines().any(|line| line == key))
            && !missing.iter().any(|at| at.memos.contains(&entry.id))
    };
    manifest.memos.iter().filter(is_missed).map(|entry| entry.id.clone()).collect()
}

/// Whether it has gone out as a memo of ours.
fn is_out(entry: &MemoEntry) -> bool {
    !entry.is_draft() && !entry.is_archived()
}
