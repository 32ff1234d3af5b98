//! `review`: makes a Word file of a memo for a reviewer, or a mail with it; what comes back is `word_back`'s.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, Terminal,
    word_back::{TakenArguments, word_back},
    write::write,
};
use crate::{
    desk::{self, ReviewMailReport, ReviewMailRequest, WordFileReport, WordFileRequest},
    words::{counted, series},
};

#[derive(Args)]
pub(super) struct ReviewArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    memo: String,
    /// What it is compared with: a memo, `approved`, or `sent` [default: the last Word file that said something else]
    #[arg(long, value_name = "MEMO")]
    against: Option<String>,
    /// Make a mail with the Word file in it, to open in Outlook and send, instead of the Word file alone
    #[arg(long, conflicts_with = "file")]
    mail: bool,
    /// Who the mail is to, by the name in memos/office.yaml
    #[arg(long, value_name = "PERSON", requires = "mail")]
    to: Option<String>,
    #[command(flatten)]
    taken: TakenArguments,
}

/// `ccrov review`.
pub(super) fn review(root: &Path, chosen: &ReviewArguments, terminal: &mut Terminal) -> Outcome {
    let ReviewArguments { memo, against, taken, mail, to } = chosen;
    if let Some(file) = &taken.file {
        return word_back(root, memo, file, taken, terminal);
    }
    let (memo, against) = (memo.clone(), against.clone());
    if *mail {
        let wish = ReviewMailRequest { memo, against, to: to.clone(), is_written: true };
        return write(root, |now| desk::review_mail(now, &wish), said_of_mail, terminal);
    }
    let wish = WordFileRequest { memo, against, is_written: true };
    write(root, |now| desk::word_file(now, &wish), said, terminal)
}

fn said_of_mail(report: &ReviewMailReport) -> String {
    let ReviewMailReport { file, to, without_address, .. } = report;
    let to = match (to.as_slice(), without_address) {
        ([], Some(person)) => format!(
            "It is to nobody yet: memos/office.yaml has no e-mail address of {person} (`email:` under `people:`)."
        ),
        ([], None) => "It is to nobody yet: name the reader in it, or here with --to.".to_owned(),
        (to, _) => format!("It is to {}.", series(to)),
    };
    format!("{file} is a mail with the Word file in it. {to} Open it, read it, and send it.")
}

fn said(report: &WordFileReport) -> String {
    let WordFileReport { file, changes, .. } = report;
    match report.compared_with.as_deref() {
        None => format!("{file} is the memo for a reviewer."),
        Some(earlier) => {
            let earlier = match earlier {
                "approved" => "what was approved".to_owned(),
                "sent" => "what was sent for review".to_owned(),
                other => other.to_owned(),
            };
            let verb = if *changes == 1 { "is" } else { "are" };
            let changes = counted(*changes, "change");
            format!("{file} is the memo for a reviewer. {changes} since {earlier} {verb} tracked.")
        }
    }
}
