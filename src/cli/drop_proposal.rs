//! `slip --drop`: what is proposed of a release is shown, and dropped.

use super::{
    Outcome, Terminal,
    slip::{self, SlipArguments, SlipResult},
    snapshot,
};
use crate::{desk, folder::WorkingFolder, words::series};

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
        let has = if proposal.drafts.len() == 1 { "has" } else { "have" };
        let drafts = series(&proposal.drafts);
        terminal.say(&format!("Told by {drafts}, which {has} to tell something else then."));
    }
    let question = "Drop this proposal?";
    if chosen.dry_run || !chosen.yes && terminal.can_ask() && !terminal.agrees(question) {
        let result = SlipResult { report: &plan.report.0, build: None };
        return terminal.answer(&result, Outcome::Done, |terminal| terminal.say("Nothing was written."));
    }
    if !chosen.yes && !terminal.can_ask() {
        return terminal
            .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
    }
    slip::write(folder, plan, terminal, |dropped, terminal| {
        terminal.say(&format!("The proposal of {} is dropped.", dropped.release));
    })
}
