//! `slip`: a delay, shown with all that follows from it, recorded in the release's file, and built.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, at, build, issue::stopped, report, snapshot, today};
use crate::{
    desk::{self, BuildReport, BuildRequest, MilestoneMove, Refused, SlipReport, SlipRequest},
    folder::{Plan, Snapshot, WorkingFolder},
    model::date,
};

#[derive(Args)]
pub(super) struct SlipArguments {
    /// The release, by the name of its file
    #[arg(value_name = "RELEASE")]
    release: String,
    /// A milestone and its new date, or the first and last day of a window; any number of them
    #[arg(long = "move", value_name = "MILESTONE=DATE[..DATE]", required = true)]
    moves: Vec<String>,
    /// The cause, as it reads after "due to"
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// When counties are told [default: today]
    #[arg(long, value_name = "DATE")]
    announced: Option<String>,
    /// Show what would follow, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    yes: bool,
}

/// What is printed as JSON: what follows from the delay; and what was built, if it was recorded.
#[derive(Serialize)]
struct Recorded<'a> {
    #[serde(flatten)]
    slip: &'a SlipReport,
    build: Option<&'a BuildReport>,
}

/// `ccrov slip`.
pub(super) fn slip(root: &Path, chosen: &SlipArguments, terminal: &mut Terminal) -> Outcome {
    let wish = match wish(chosen) {
        Ok(wish) => wish,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    let folder = at(root);
    let (snapshot, plan) = match snapshot(&folder).and_then(|now| Ok((now.clone(), desk::slip(&now, &wish)?)))
    {
        Ok(planned) => planned,
        Err(refused) => return refuse(&refused, terminal),
    };
    if chosen.announced.is_none() {
        let today = date::prose(wish.announced);
        terminal.say(&format!("Announced today, {today}; --announced names another day.\n"));
    }
    let report = &plan.report;
    if report.is_nothing() {
        return shown(report, Outcome::Done, terminal, |terminal| {
            terminal.say("Nothing moves: everything named is on these days already. Nothing was written.");
        });
    }
    if !report.would_tell.is_empty() {
        return shown(report, Outcome::Faults, terminal, |terminal| would_tell(report, terminal));
    }
    if chosen.dry_run {
        return shown(report, Outcome::Done, terminal, |terminal| {
            terminal.say(&report.to_string());
            terminal.say("Nothing was written (--dry-run).");
        });
    }
    terminal.say(&report.to_string());
    let question = format!("Write this into {} and build what follows?", report.file);
    if !chosen.yes && !terminal.agrees(&question) {
        terminal.say("Nothing was written.");
        return Outcome::Done;
    }
    record(&folder, &snapshot, plan, terminal)
}

/// Says what follows, and nothing is written.
fn shown(
    report: &SlipReport,
    outcome: Outcome,
    terminal: &mut Terminal,
    words: impl FnOnce(&mut Terminal),
) -> Outcome {
    terminal.answer(&Recorded { slip: report, build: None }, outcome, words)
}

fn would_tell(report: &SlipReport, terminal: &mut Terminal) {
    terminal.say(&report.to_string());
    terminal.complain(&format!(
        "issued on that day or later, and without a line `knows: ...`, so it would tell this delay: {}; add `knows: {}` \
         to keep it as it is",
        report.would_tell.join(", "),
        report.earlier_delays
    ));
    terminal.say("Nothing was written.");
}

/// Writes the delay, and what is built with it.
fn record(
    folder: &WorkingFolder,
    snapshot: &Snapshot,
    plan: Plan<SlipReport>,
    terminal: &mut Terminal,
) -> Outcome {
    let built = desk::build(&snapshot.with(&plan.sources), &BuildRequest::default());
    let plan = match built {
        Ok(build) => plan.and_build(build),
        Err(refused) => return terminal.refuse(&refused),
    };
    let trouble = match terminal.is_for_programs() {
        true => String::new(),
        false => build::trouble(&plan.report.1, terminal),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let (slip, built) = receipt.report;
            let outcome = report::outcome(&built.findings);
            terminal.answer(&Recorded { slip: &slip, build: Some(&built) }, outcome, |terminal| {
                terminal.say(&format!("Wrote the delay into {}.", slip.file));
                build::say(&built, &trouble, terminal);
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}

fn refuse(refused: &Refused, terminal: &mut Terminal) -> Outcome {
    let Refused::Conflict { release, findings } = refused else { return terminal.refuse(refused) };
    terminal.refuse_and(refused, |terminal| {
        terminal.note(&format!("With this delay, dates of {release} conflict:\n"));
        report::print(findings, terminal);
        terminal.say("Nothing was written.");
    })
}

/// What the arguments ask for; the error says which one is wrong.
fn wish(chosen: &SlipArguments) -> Result<SlipRequest, String> {
    let announced = match chosen.announced.as_deref() {
        None => today(),
        Some(written) => date::read(written)
            .map_err(|_| format!("--announced is `{written}`, which is no date: write it as 2021-08-31"))?,
    };
    let moves = chosen.moves.iter().map(|text| milestone_move(text)).collect::<Result<_, _>>()?;
    Ok(SlipRequest { release: chosen.release.clone(), moves, reason: chosen.reason.clone(), announced })
}

/// `release=2021-12-05`, `mock-election=2021-11-19..2021-12-03`.
fn milestone_move(text: &str) -> Result<MilestoneMove, String> {
    let form = "write --move release=2021-12-05, or --move mock-election=2021-11-19..2021-12-03";
    let (name, dates) = text.split_once('=').ok_or_else(|| format!("`{text}` moves nothing; {form}"))?;
    let day = |text: &str| -> Result<NaiveDate, String> {
        date::read(text).map_err(|_| format!("`{}` is no date; {form}", text.trim()))
    };
    let (start, end) = match dates.split_once("..") {
        Some((start, end)) => (day(start)?, Some(day(end)?)),
        None => (day(dates)?, None),
    };
    Ok(MilestoneMove { milestone: name.trim().to_owned(), start, end })
}
