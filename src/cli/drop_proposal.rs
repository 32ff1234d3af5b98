//! `slip --drop`: what is proposed of a release is shown, and dropped.

use serde::Serialize;

use super::{Outcome, Terminal, build, issue::stopped, report, slip::SlipArguments, snapshot};
use crate::{
    desk::{self, BuildReport, DroppedProposal, Refused},
    folder::WorkingFolder,
    words::series,
};

/// What is printed as JSON when a proposal is dropped.
#[derive(Serialize)]
struct DropResult<'a> {
    #[serde(flatten)]
    dropped: &'a DroppedProposal,
    build: Option<&'a BuildReport>,
}

/// Drops what is proposed.
pub(super) fn drop_proposal(
    folder: &WorkingFolder,
    chosen: &SlipArguments,
    terminal: &mut Terminal,
) -> Outcome {
    let planned = snapshot(folder).and_then(|now| {
        let plan = desk::drop_proposal(&now, &chosen.release)?;
        desk::and_build(&now, plan)
    });
    let plan = match planned {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    let proposal = &plan.report.0.proposal;
    terminal.say(&format!("Proposed: {}", proposal.words));
    if !proposal.drafts.is_empty() {
        let drafts = series(&proposal.drafts);
        terminal.say(&format!("Told by {drafts}, which has to tell something else then."));
    }
    let question = "Drop this proposal?";
    if chosen.dry_run || !chosen.yes && terminal.can_ask() && !terminal.agrees(question) {
        let result = DropResult { dropped: &plan.report.0, build: None };
        return terminal.answer(&result, Outcome::Done, |terminal| terminal.say("Nothing was written."));
    }
    if !chosen.yes && !terminal.can_ask() {
        return terminal
            .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
    }
    let trouble = match terminal.is_for_programs() {
        true => String::new(),
        false => build::trouble(&plan.report.1, terminal),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let (dropped, built) = receipt.report;
            let outcome = report::outcome(&built.findings);
            terminal.answer(&DropResult { dropped: &dropped, build: Some(&built) }, outcome, |terminal| {
                terminal.say(&format!("The proposal of {} is dropped.", dropped.release));
                build::say(&built, &trouble, terminal);
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}
