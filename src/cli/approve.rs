//! `approve`: writes down who has approved a memo, when and how.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::{Outcome, Terminal, at, day, issue::stopped, snapshot, today};
use crate::desk::{self, Refused, ReviewRequest, ReviewStep};

#[derive(Args)]
pub(super) struct ApproveArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    memo: String,
    /// Who approved it, by the name in memos/office.yaml
    #[arg(long, value_name = "PERSON")]
    by: String,
    /// How: "by e-mail", "on paper"
    #[arg(long, value_name = "TEXT")]
    how: String,
    /// The day on which it was approved [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<NaiveDate>,
    /// Who writes it down, if it is somebody else
    #[arg(long, value_name = "PERSON")]
    recorded_by: Option<String>,
}

/// `ccrov approve`.
pub(super) fn approve(root: &Path, chosen: &ApproveArguments, terminal: &mut Terminal) -> Outcome {
    let step = ReviewStep::Approve {
        by: chosen.by.clone(),
        on: chosen.date.unwrap_or_else(today),
        how: chosen.how.clone(),
        recorded_by: chosen.recorded_by.clone(),
    };
    let wish = ReviewRequest { memo: chosen.memo.clone(), step };
    let folder = at(root);
    let plan = match snapshot(&folder).and_then(|snapshot| desk::review(&snapshot, &wish)) {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| {
                terminal.say(&format!("{} is approved by {}, {}.", report.id, chosen.by, chosen.how.trim()));
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}
