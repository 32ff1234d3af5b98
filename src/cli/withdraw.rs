//! `withdraw`: an issued memo is withdrawn; its page says so, and why.

use std::path::Path;

use clap::Args;

use super::{Outcome, Terminal, at, issue::stopped, report::print, snapshot};
use crate::{
    desk::{self, Refused, WithdrawRequest},
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
}

/// `ccrov withdraw`.
pub(super) fn withdraw(root: &Path, chosen: &WithdrawArguments, terminal: &mut Terminal) -> Outcome {
    let wish = WithdrawRequest { memo: chosen.memo.clone(), why: chosen.why.clone() };
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
                terminal.say(&format!("Withdrawn: {}, {}", report.id, report.why));
                terminal.say(&format!("{} written to output/.", counted(report.written, "file")));
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}
