//! What a mail says of a memo.
//!
//! In: a memo of the manifest, what is told of it. Out: the subject and the blocks of the mail. Not here: files, and who gets it.

use super::MailKind;
use crate::{
    mail::{MailBlock, MailDate},
    model::date,
    output::{Form, Manifest, MemoEntry, Piece, StepEntry},
    words::series,
};

/// A memo, and what is told of it.
pub(super) struct MemoNews<'m> {
    pub entry: &'m MemoEntry,
    pub manifest: &'m Manifest,
    pub kind: MailKind,
    /// Why it was withdrawn.
    pub why: Option<&'m str>,
    /// The website's address, without a slash at its end.
    pub address: Option<&'m str>,
}

/// "CC/ROV #21144".
fn name(entry: &MemoEntry) -> String {
    format!("CC/ROV #{}", entry.number.as_deref().unwrap_or(&entry.id))
}

impl MemoNews<'_> {
    /// "Corrected: CC/ROV #21144: VoteCal Schedule"
    pub fn subject(&self) -> String {
        let first = match self.kind {
            MailKind::Issue => "",
            MailKind::Correction => "Corrected: ",
            MailKind::Withdrawal => "Withdrawn: ",
        };
        format!("{first}{}: {}", name(self.entry), self.entry.title)
    }

    pub fn blocks(&self) -> Vec<MailBlock> {
        let mut blocks = self.news();
        if self.kind != MailKind::Withdrawal {
            blocks.extend(self.changes());
            blocks.extend(self.dates());
        }
        blocks.extend(self.links());
        blocks
    }

    fn news(&self) -> Vec<MailBlock> {
        let entry = self.entry;
        let memo = format!("{} of {}", name(entry), date::prose(entry.date));
        let heading = MailBlock::Heading(self.subject());
        let words = match self.kind {
            MailKind::Issue => vec![format!("{memo}, is published.")],
            MailKind::Correction => {
                let last = entry.corrections.last();
                let what = last.map(|last| {
                    format!("{memo}, was corrected on {}: {}", date::prose(last.date), last.what)
                });
                vec![
                    sentence(&what.unwrap_or_else(|| format!("{memo}, was corrected"))),
                    "Please use the corrected memo, which is at the same address.".to_owned(),
                ]
            }
            MailKind::Withdrawal => {
                let when =
                    entry.withdrawn.map(|day| format!(" on {},", date::prose(day))).unwrap_or_default();
                let why = self.why.map(sentence);
                let first = format!("{memo}, was withdrawn{when} and is no longer in force.");
                [Some(first), why].into_iter().flatten().collect()
            }
        };
        [heading].into_iter().chain(words.into_iter().map(MailBlock::Paragraph)).collect()
    }

    /// What it says of earlier memos, and what has changed in the schedule since.
    fn changes(&self) -> Vec<MailBlock> {
        let entry = self.entry;
        let relation = |(kind, ids): (&crate::model::Relation, &Vec<crate::model::Id>)| {
            let earlier: Vec<String> = ids
                .iter()
                .map(|id| self.manifest.entry(id.as_str()).map_or_else(|| id.to_string(), name))
                .collect();
            format!("It {} {}.", kind.key(), series(&earlier))
        };
        let relations: Vec<String> = entry.relations.iter().map(relation).collect();
        let mut blocks = Vec::new();
        if !relations.is_empty() {
            blocks.push(MailBlock::Paragraph(relations.join(" ")));
        }
        if let Some(changes) = entry.changes.as_ref().filter(|changes| !changes.sentences.is_empty()) {
            blocks.push(MailBlock::Paragraph(format!("Since {}:", changes.since)));
            blocks.push(MailBlock::Points(changes.sentences.clone()));
        }
        blocks
    }

    /// What was not completed on the memo's day.
    fn dates(&self) -> Vec<MailBlock> {
        let dates: Vec<MailDate> = self.entry.dated().filter(|step| !step.completed).map(mail_date).collect();
        match dates.is_empty() {
            true => Vec::new(),
            false => vec![MailBlock::Paragraph("Dates:".to_owned()), MailBlock::Dates(dates)],
        }
    }

    fn links(&self) -> Option<MailBlock> {
        let address = self.address?;
        let files = self.entry.artifacts.iter().filter_map(|file| {
            let what = match (file.document, file.kind) {
                (Piece::Memo, Form::Html) => "The memo on the web",
                (Piece::Memo, Form::Pdf) => "The memo as a PDF",
                (Piece::Schedule, Form::Pdf) => "The schedule as a PDF",
                (Piece::Schedule, Form::Xlsx) => "The schedule as an Excel file",
                _ => return None,
            };
            Some((what.to_owned(), format!("{address}/{}", encoded(file.path.as_str()))))
        });
        Some(MailBlock::Links(files.collect())).filter(|links| *links != MailBlock::Links(Vec::new()))
    }
}

fn mail_date(step: &StepEntry) -> MailDate {
    MailDate {
        step: step.step.clone(),
        who: step.owner.clone(),
        what: step.task.clone(),
        warning: step.warning.clone(),
        when: step.printed_days(),
    }
}

/// With a full stop, unless it ends as a sentence does.
fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

/// A path as it stands in an address.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20")
}
