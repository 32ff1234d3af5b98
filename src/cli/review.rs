//! `review`: makes a Word file of a memo for a reviewer; what comes back is `word_back`'s.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, Terminal, at,
    issue::stopped,
    snapshot,
    word_back::{TakenArguments, word_back},
};
use crate::{
    desk::{self, Refused, WordFileReport, WordFileRequest},
    words::counted,
};

#[derive(Args)]
pub(super) struct ReviewArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    memo: String,
    /// What it is compared with: a memo, `approved`, or `sent` [default: the last Word file that said something else]
    #[arg(long, value_name = "MEMO")]
    against: Option<String>,
    #[command(flatten)]
    taken: TakenArguments,
}

/// `ccrov review`.
pub(super) fn review(root: &Path, chosen: &ReviewArguments, terminal: &mut Terminal) -> Outcome {
    let ReviewArguments { memo, against, taken } = chosen;
    if let Some(file) = &taken.file {
        return word_back(root, memo, file, taken, terminal);
    }
    let wish = WordFileRequest { memo: memo.clone(), against: against.clone(), is_written: true };
    let folder = at(root);
    let plan = match snapshot(&folder).and_then(|snapshot| desk::word_file(&snapshot, &wish)) {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| terminal.say(&said(&report)))
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
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
