//! `withdraw`: an issued memo is withdrawn; its page says so, when and why.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::{Outcome, Terminal, at, day, issue::stopped, report::print, snapshot, today};
use crate::{
    desk::{self, Refused, WithdrawRequest},
    model::date,
    words::counted,
};

#[derive(Args)]
pub(super) struct WithdrawArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    memo: String,
    /// Why it is withdrawn; its page shows it
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// The day on which it is withdrawn; its page shows it [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<NaiveDate>,
}

/// `ccrov withdraw`.
pub(super) fn withdraw(root: &Path, chosen: &WithdrawArguments, terminal: &mut Terminal) -> Outcome {
    let date = chosen.date.unwrap_or_else(today);
    let wish = WithdrawRequest { memo: chosen.memo.clone(), why: chosen.why.clone(), date };
    let folder = at(root);
    let plan = match snapshot(&folder).and_then(|snapshot| desk::withdraw(&snapshot, &wish)) {
        Ok(plan) => plan,
        Err(refused) => {
            let outcome = terminal.refuse(&refused);
            if matches!(refused, Refused::Faults(_)) {
                terminal.say("Nothing was written.");
            }
            return outcome;
        }
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| {
                print(&report.findings, terminal);
                terminal.say(&format!(
                    "Withdrawn {}: {}, {}",
                    date::prose(report.date),
                    report.id,
                    report.why
                ));
                terminal.say(&format!("{} written to output/.", counted(report.written, "file")));
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}
