//! `approve`: writes down who has approved a memo, when and how.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::{Outcome, Terminal, day, today, write::write};
use crate::desk::{self, ReviewReport, ReviewRequest, ReviewStep};

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
    let said =
        |report: &ReviewReport| format!("{} is approved by {}, {}.", report.id, chosen.by, chosen.how.trim());
    write(root, |now| desk::review(now, &wish), said, terminal)
}
