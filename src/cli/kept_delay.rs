//! `slip --drop` and `slip --take-back`: what is proposed of a release, or its last delay, is shown and goes.
//!
//! In: a release. Out: its file without it, and what follows built. Not here: recording a delay (`slip`).

use serde::Serialize;

use super::{
    Outcome, Terminal,
    slip::{self, SlipResult},
    slip_arguments::SlipArguments,
    snapshot,
};
use crate::{
    desk::{self, BuildReport, LastDelay, Refused},
    folder::{Plan, Snapshot, WorkingFolder},
    model::date,
    words::series,
};

/// Drops what is proposed.
pub(super) fn drop_proposal(
    folder: &WorkingFolder,
    chosen: &SlipArguments,
    terminal: &mut Terminal,
) -> Outcome {
    let planned = planned(folder, |now| desk::drop_proposal(now, &chosen.release));
    let plan = match planned {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    let proposal = &plan.report.0.proposal;
    terminal.say(&format!("Proposed: {}", proposal.words));
    told_by(&proposal.drafts, terminal);
    agreed(folder, plan, chosen, "Drop this proposal?", terminal, |dropped, terminal| {
        terminal.say(&format!("The proposal of {} is dropped.", dropped.release));
    })
}

/// Takes the last delay back.
pub(super) fn take_back(folder: &WorkingFolder, chosen: &SlipArguments, terminal: &mut Terminal) -> Outcome {
    let planned = planned(folder, |now| {
        let last = desk::last_delay(now, &chosen.release)?;
        let last = last.ok_or_else(|| Refused::NoDelay { release: chosen.release.clone() })?;
        let plan = desk::take_back_delay(now, &chosen.release, &last.mark)?;
        Ok(plan.map(|_| last))
    });
    let plan = match planned {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    let LastDelay { announced, cause, drafts, .. } = &plan.report.0;
    let (told, cause) = (date::prose(*announced), cause.trim_end_matches('.').to_owned());
    terminal.say(&format!("The last delay: counties are told on {told}, due to {cause}."));
    told_by(drafts, terminal);
    agreed(folder, plan, chosen, "Take this delay back?", terminal, |_, terminal| {
        terminal.say(&format!("The delay is taken back; {} is as it was before.", chosen.release));
    })
}

fn planned<R>(
    folder: &WorkingFolder,
    plan: impl FnOnce(&Snapshot) -> Result<Plan<R>, Refused>,
) -> Result<Plan<(R, BuildReport)>, Refused> {
    let now = snapshot(folder)?;
    let plan = plan(&now)?;
    desk::and_build(&now, plan)
}

/// Names the drafts that tell what goes.
fn told_by(drafts: &[String], terminal: &mut Terminal) {
    if !drafts.is_empty() {
        let has = if drafts.len() == 1 { "has" } else { "have" };
        terminal.say(&format!("Told by {}, which {has} to tell something else then.", series(drafts)));
    }
}

/// Writes a plan, if that is wanted.
fn agreed<R: Serialize>(
    folder: &WorkingFolder,
    plan: Plan<(R, BuildReport)>,
    chosen: &SlipArguments,
    question: &str,
    terminal: &mut Terminal,
    said: impl FnOnce(&R, &mut Terminal),
) -> Outcome {
    if chosen.dry_run || !chosen.yes && terminal.can_ask() && !terminal.agrees(question) {
        let result = SlipResult { report: &plan.report.0, build: None };
        return terminal.answer(&result, Outcome::Done, |terminal| terminal.say("Nothing was written."));
    }
    if !chosen.yes && !terminal.can_ask() {
        return terminal
            .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
    }
    slip::write(folder, plan, terminal, said)
}
