//! A mail to a reviewer, with the memo's Word file in it.
//!
//! In: a memo, who reads it. Out: the plan that keeps what the Word file says, and the mail as a file that a mail program opens for sending. Not
//! here: the Word file (`word_file`), how a mail is written (`mail`), and sending it.

use serde::Serialize;

use super::{Refused, Thing, WordFileReport, WordFileRequest, mail::office, own_file::OwnFile, word_file};
use crate::{
    diagnostic::offer,
    folder::{Plan, Snapshot},
    mail::{Attachment, Mail, MailAddress},
    model::Id,
    output::{content_type, digest},
    words::counted,
    yaml::{outline, value},
};

/// A memo that is to be sent to a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewMailRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// With what it is compared ([`WordFileRequest::against`]).
    pub against: Option<String>,
    /// Who reads it, by the name in the office's file; nobody if it is left open.
    pub to: Option<String>,
    /// Whether the mail is written into the working folder; else only the report has it.
    pub is_written: bool,
}

/// A mail to a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewMailReport {
    /// The memo's id.
    pub id: String,
    /// The mail's file, by its path from the working folder.
    pub file: String,
    /// The addresses that the mail is to; none if nobody is named, or the office's file has no address.
    pub to: Vec<String>,
    /// The person who is named and has no address there.
    pub without_address: Option<String>,
    /// The Word file in it.
    pub word: WordFileReport,
    /// What the file holds.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Plans a mail to a reviewer: memo 21150's first is `reviews/21150 review 1.eml`. The Word file is in it, and is not written beside it.
///
/// # Errors
/// [`Refused`]: as [`word_file`](super::word_file()); nobody of the office has that name.
pub fn review_mail(snapshot: &Snapshot, wish: &ReviewMailRequest) -> Result<Plan<ReviewMailReport>, Refused> {
    let copy = WordFileRequest { memo: wish.memo.clone(), against: wish.against.clone(), is_written: false };
    let plan = word_file(snapshot, &copy)?;
    let reader = wish.to.as_deref().map(|person| reader(snapshot, person)).transpose()?;
    let (mail, stem) =
        (mail(snapshot, &plan.report, reader.as_ref()), plan.report.file.trim_end_matches(".docx"));
    let bytes = mail.write();
    let file = OwnFile::of(snapshot, stem, "eml", bytes.clone(), wish.is_written);
    let without_address = reader.filter(|(_, address)| address.is_none()).map(|(name, _)| name);
    let to = mail.to.into_iter().map(|to| to.address).collect();
    let (file, files) = (file.name.clone(), file.into_plan()?);
    let plan =
        plan.map(|word| ReviewMailReport { id: word.id.clone(), file, to, without_address, word, bytes });
    Ok(Plan { files, ..plan })
}

/// A person's name and address.
fn reader(snapshot: &Snapshot, person: &str) -> Result<(String, Option<String>), Refused> {
    let people = office(snapshot)?.people;
    let found = people.iter().find(|(id, _)| id.as_str() == person).and_then(|(_, found)| found.as_ref());
    found.map(|found| (found.name.clone(), found.email.clone())).ok_or_else(|| {
        let offer = offer(person, people.keys().map(Id::as_str));
        Refused::Unknown { thing: Thing::Person, name: person.to_owned(), offer }
    })
}

fn mail(snapshot: &Snapshot, word: &WordFileReport, reader: Option<&(String, Option<String>)>) -> Mail {
    let written = snapshot.memo(&word.id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let subject = value(&written, "subject").filter(|subject| !subject.contains('{'));
    let subject = subject.map_or_else(|| word.id.clone(), str::to_owned);
    let changes = match (&word.compared_with, word.changes) {
        (None, _) => String::new(),
        (Some(_), 0) => " Nothing has changed in it since you were sent it last.".to_owned(),
        (Some(_), changes) => format!(" It shows {} since the last time.", counted(changes, "change")),
    };
    let text = format!(
        "Please read the memo \u{201c}{subject}\u{201d}, which is attached as a Word file.{changes}\n\n\
         Change in it what you like, and write comments: both are tracked. Then save it, under any name, and send it back.\n"
    );
    let kind = content_type(&word.file);
    let name = word.file.rsplit('/').next().unwrap_or(&word.file).to_owned();
    let id = format!("{}-review-{}", word.id, &digest(&word.bytes)[..16]);
    let to = reader.and_then(|(name, address)| {
        Some(MailAddress { name: Some(name.clone()), address: address.clone()? })
    });
    Mail {
        to: to.into_iter().collect(),
        subject: format!("For review: {subject}"),
        text,
        attachments: vec![Attachment { name, kind, bytes: word.bytes.clone() }],
        ..Mail::new(&id, word.day)
    }
}
