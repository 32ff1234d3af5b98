//! `slip`: a delay, shown with all that follows from it, recorded in the release's file, and built.

use std::{collections::BTreeSet, error::Error, fmt, path::Path};

use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, at, build, day, issue::stopped, kept_delay, report, snapshot, today};
use crate::{
    desk::{
        self, AnswerOf, BuildReport, ClosedAnswer, DoneAnswers, MilestoneMove, Refused, SlipPurpose,
        SlipReport, SlipRequest,
    },
    folder::{Plan, Snapshot, WorkingFolder},
    model::{Day, OnClosed, Tbd, date},
    words::series,
};

#[derive(Args)]
pub(super) struct SlipArguments {
    /// The release, by the name of its file
    #[arg(value_name = "RELEASE")]
    pub release: String,
    /// A milestone and its new date, or the first and last day of a window; TBD if nobody knows it yet. Any number of them
    #[arg(long = "move", value_name = "MILESTONE=DATE[..DATE]", required_unless_present = "kept", value_parser = milestone_move)]
    moves: Vec<MilestoneMove>,
    /// The cause, as it reads after "due to"
    #[arg(long, value_name = "TEXT", required_unless_present = "kept")]
    reason: Option<String>,
    /// When counties are told [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    announced: Option<NaiveDate>,
    /// A step whose day has passed, and that was done; `all` for each that is asked for
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    done: Vec<String>,
    /// A step whose day has passed, and that was not done: it moves, too; `all` for each that is asked for
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    not_done: Vec<String>,
    /// What happens to a step or a milestone whose date falls on a closed day: next, previous or stay. It is written into its rule
    #[arg(long, value_name = "STEP=next|previous|stay", value_delimiter = ',', value_parser = closed_answer)]
    closed: Vec<ClosedAnswer>,
    /// Keep the delay as a proposal, with its open questions: it moves nothing but in drafts that say `knows: proposed`
    #[arg(long, conflicts_with = "kept")]
    propose: bool,
    /// Who proposes it, by the name in memos/office.yaml
    #[arg(long, value_name = "PERSON", requires = "propose")]
    by: Option<String>,
    /// Record what is proposed; drafts that tell the proposal tell the delay then
    #[arg(long, group = "kept")]
    record: bool,
    /// Put this delay in the place of the last one, which no issued memo tells; what is not given stays
    #[arg(long, group = "kept")]
    change: bool,
    /// Drop what is proposed
    #[arg(long, group = "kept", conflicts_with_all = ["moves", "reason", "announced", "done", "not_done", "closed"])]
    drop: bool,
    /// Take the last delay back, which no issued memo tells
    #[arg(long, group = "kept", conflicts_with_all = ["moves", "reason", "announced", "done", "not_done", "closed"])]
    take_back: bool,
    /// Show what would follow, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking; needed where nobody can be asked: with output that goes into a file, or in a script
    #[arg(long)]
    pub yes: bool,
}

/// What is printed as JSON: what follows from the delay, or what is dropped; and what was built, if anything was written.
#[derive(Serialize)]
pub(super) struct SlipResult<'a, R> {
    #[serde(flatten)]
    pub report: &'a R,
    pub build: Option<&'a BuildReport>,
}

/// `ccrov slip`.
pub(super) fn slip(root: &Path, chosen: &SlipArguments, terminal: &mut Terminal) -> Outcome {
    let folder = at(root);
    if chosen.drop {
        return kept_delay::drop_proposal(&folder, chosen, terminal);
    }
    if chosen.take_back {
        return kept_delay::take_back(&folder, chosen, terminal);
    }
    let mut wish = match snapshot(&folder).and_then(|now| request(&now, chosen)) {
        Ok(wish) => wish,
        Err(refused) => return terminal.refuse(&refused),
    };
    let planned =
        |wish: &SlipRequest| snapshot(&folder).and_then(|now| Ok((now.clone(), desk::slip(&now, wish)?)));
    let (mut snapshot, mut plan) = match planned(&wish) {
        Ok(planned) => planned,
        Err(refused) => return refuse(&refused, terminal),
    };
    if chosen.announced.is_none() && !chosen.record && !chosen.change {
        let today = date::prose(wish.announced);
        terminal.say(&format!("Announced today, {today}; --announced names another day.\n"));
    }
    if chosen.dry_run {
        return nothing(&plan.report, Outcome::Done, "Nothing was written (--dry-run).", terminal);
    }
    let cannot_be = |report: &SlipReport| report.is_nothing() || report.why_not().is_some();
    if !plan.report.questions.is_empty() && !plan.report.is_proposal() && !cannot_be(&plan.report) {
        if !terminal.can_ask() {
            return unanswered(&plan.report, terminal);
        }
        terminal.say(&plan.report.to_string());
        match ask(&wish, terminal) {
            Some(answers) => wish.answers = answers,
            None => return nothing_more(&plan.report, terminal),
        }
        (snapshot, plan) = match planned(&wish) {
            Ok(planned) => planned,
            Err(refused) => return refuse(&refused, terminal),
        };
    }
    let report = &plan.report;
    if cannot_be(report) {
        return nothing(report, Outcome::Done, "Nothing was written.", terminal);
    }
    terminal.say(&report.to_string());
    if !chosen.yes && !terminal.can_ask() {
        return terminal
            .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
    }
    let unusual = if report.unusual.is_empty() { "" } else { "This is unusual, as shown above. " };
    let as_what = if report.is_proposal() { " as a proposal" } else { "" };
    let question = format!("{unusual}Write this into {}{as_what} and build what follows?", report.file);
    if !chosen.yes && !terminal.agrees(&question) {
        return nothing_more(report, terminal);
    }
    match desk::and_build(&snapshot, plan) {
        Ok(plan) => write(&folder, plan, terminal, say),
        Err(refused) => terminal.refuse(&refused),
    }
}

/// What is asked for; with what is kept already, where that is recorded or changed.
fn request(now: &Snapshot, chosen: &SlipArguments) -> Result<SlipRequest, Refused> {
    let kept = match (chosen.record, chosen.change) {
        (true, _) => Some(desk::proposed_request(now, &chosen.release)?),
        (_, true) => Some(desk::last_request(now, &chosen.release)?),
        _ => None,
    };
    let purpose = match chosen.propose {
        true => SlipPurpose::Propose { by: chosen.by.clone(), on: today() },
        false => kept.as_ref().map(|kept| kept.purpose.clone()).unwrap_or_default(),
    };
    let kept = kept.unwrap_or_else(|| SlipRequest {
        release: chosen.release.clone(),
        moves: Vec::new(),
        reason: String::new(),
        announced: today(),
        answers: DoneAnswers::default(),
        closed: Vec::new(),
        purpose: SlipPurpose::Record,
    });
    let DoneAnswers { mut done, mut not_done } = kept.answers;
    done.extend(chosen.done.iter().cloned().map(AnswerOf::Name));
    not_done.extend(chosen.not_done.iter().cloned().map(AnswerOf::Name));
    Ok(SlipRequest {
        moves: merged(kept.moves, &chosen.moves),
        reason: chosen.reason.clone().unwrap_or(kept.reason),
        announced: chosen.announced.unwrap_or(kept.announced),
        answers: DoneAnswers { done, not_done },
        // What is said now counts before what is kept.
        closed: [chosen.closed.clone(), kept.closed].concat(),
        purpose,
        ..kept
    })
}

/// The moves that are kept, with those that are given in the place of others of their milestones.
fn merged(mut kept: Vec<MilestoneMove>, given: &[MilestoneMove]) -> Vec<MilestoneMove> {
    kept.retain(|kept| given.iter().all(|given| given.milestone != kept.milestone));
    kept.extend(given.iter().cloned());
    kept
}

/// Shows what would follow, if it can be; nothing is written.
fn nothing(report: &SlipReport, outcome: Outcome, end: &str, terminal: &mut Terminal) -> Outcome {
    if report.is_nothing() {
        return shown(report, Outcome::Done, terminal, |terminal| {
            terminal.say("Nothing moves: everything named is on these days already. Nothing was written.");
            if report.is_change() {
                terminal.say(
                    "With these dates the last delay would move nothing: take it back at the desk instead.",
                );
            }
        });
    }
    if let Some(why) = report.why_not() {
        return shown(report, Outcome::Faults, terminal, |terminal| {
            terminal.say(&report.to_string());
            terminal.complain(&why);
            terminal.say("Nothing was written.");
        });
    }
    shown(report, outcome, terminal, |terminal| {
        terminal.say(&report.to_string());
        terminal.say(end);
    })
}

/// Ends where everything has been said.
fn nothing_more(report: &SlipReport, terminal: &mut Terminal) -> Outcome {
    shown(report, Outcome::Done, terminal, |terminal| terminal.say("Nothing was written."))
}

/// Nobody has said whether steps were done, and nobody can be asked.
fn unanswered(report: &SlipReport, terminal: &mut Terminal) -> Outcome {
    let steps: Vec<&str> = report.questions.iter().map(|question| question.name.as_str()).collect();
    shown(report, Outcome::Usage, terminal, |terminal| {
        terminal.say(&report.to_string());
        terminal.complain(&format!(
            "nobody has said whether these were done: {}; add --done STEP or --not-done STEP for each, or for all: \
             --done all",
            series(&steps)
        ));
        terminal.say("Nothing was written.");
    })
}

/// Asks which steps were not done; `None` if that is left open.
fn ask(wish: &SlipRequest, terminal: &mut Terminal) -> Option<DoneAnswers> {
    let question =
        "Which of the steps under \"Done or not\" were not done? Type them (2, 6a), or `none`, or `all`:";
    let answer = terminal.asks(question)?;
    let word = answer.to_lowercase();
    let DoneAnswers { mut done, mut not_done } = wish.answers.clone();
    let all = AnswerOf::Name("all".to_owned());
    match word.as_str() {
        "none" => done.push(all),
        "all" => not_done.push(all),
        _ => {
            let steps = answer.split([',', ' ']).filter(|step| !step.is_empty()).map(str::to_owned);
            not_done.extend(steps.map(AnswerOf::Name));
            done.push(all);
        }
    }
    Some(DoneAnswers { done, not_done })
}

/// Says what follows, and nothing is written.
fn shown(
    report: &SlipReport,
    outcome: Outcome,
    terminal: &mut Terminal,
    words: impl FnOnce(&mut Terminal),
) -> Outcome {
    terminal.answer(&SlipResult { report, build: None }, outcome, words)
}

/// Writes what is planned, and what is built with it.
pub(super) fn write<R: Serialize>(
    folder: &WorkingFolder,
    plan: Plan<(R, BuildReport)>,
    terminal: &mut Terminal,
    say: impl FnOnce(&R, &mut Terminal),
) -> Outcome {
    let trouble = match terminal.is_for_programs() {
        true => String::new(),
        false => build::trouble(&plan.report.1, terminal),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let (report, built) = &receipt.report;
            let outcome = report::outcome(&built.findings);
            terminal.answer(&SlipResult { report, build: Some(built) }, outcome, |terminal| {
                say(report, terminal);
                build::say(built, &trouble, terminal);
            })
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}

/// Says that the delay, or the proposal, is written.
fn say(slip: &SlipReport, terminal: &mut Terminal) {
    let open = slip.open_questions().map(|open| format!(" {open}.")).unwrap_or_default();
    terminal.say(&match slip.is_proposal() {
        true => format!("Wrote the proposal into {}.{open}", slip.file),
        false => format!("Wrote the delay into {}.", slip.file),
    });
    if !slip.unusual.is_empty() {
        let unusual = slip.unusual_sentences().join(" ");
        terminal.say(&format!("It was confirmed though it is unusual: {unusual}"));
    }
}

fn refuse(refused: &Refused, terminal: &mut Terminal) -> Outcome {
    let Refused::Conflict { release, findings, asked } = refused else { return terminal.refuse(refused) };
    terminal.refuse_and(refused, |terminal| {
        terminal.note(&format!("With this delay, dates of {release} conflict:\n"));
        report::print(findings, terminal);
        if !asked.is_empty() {
            let answers: BTreeSet<String> =
                asked.iter().map(|asked| format!("--closed {}=next", asked.name)).collect();
            let answers = answers.into_iter().collect::<Vec<_>>().join(" ");
            terminal.say(&format!(
                "To say what happens on a closed day, add {answers}; or `previous`, or `stay`. The rule says it from then on."
            ));
        }
        terminal.say("Nothing was written.");
    })
}

/// Text that moves no milestone.
#[derive(Debug)]
pub(super) enum NotAMove {
    NoDate(String),
    Nothing(String),
}

impl fmt::Display for NotAMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAMove::NoDate(text) => write!(f, "`{text}` is no date")?,
            NotAMove::Nothing(text) => write!(f, "`{text}` moves nothing")?,
        }
        f.write_str("; write --move release=2021-12-05, --move mock-election=2021-11-19..2021-12-03, or --move release=TBD")
    }
}

impl Error for NotAMove {}

/// `release=2021-12-05`, `mock-election=2021-11-19..2021-12-03`, `release=TBD`.
pub(super) fn milestone_move(text: &str) -> Result<MilestoneMove, NotAMove> {
    let (name, dates) = text.split_once('=').ok_or_else(|| NotAMove::Nothing(text.to_owned()))?;
    let day = |text: &str| match Tbd::read(text) {
        Some(tbd) => Ok(Day::Tbd(tbd)),
        None => date::read(text).map(Day::Known).map_err(|_| NotAMove::NoDate(text.trim().to_owned())),
    };
    let (start, end) = match dates.split_once("..") {
        Some((start, end)) => (day(start)?, Some(day(end)?)),
        None => (day(dates)?, None),
    };
    Ok(MilestoneMove { milestone: name.trim().to_owned(), start, end })
}

/// `3=next`, `report=stay`.
fn closed_answer(text: &str) -> Result<ClosedAnswer, &'static str> {
    let answer = text.split_once('=').and_then(|(of, word)| {
        let closed = OnClosed::ALL.into_iter().find(|known| known.word() == word.trim())?;
        Some(ClosedAnswer { of: AnswerOf::Name(of.trim().to_owned()), closed })
    });
    answer.ok_or("write --closed 3=next, --closed 3=previous or --closed 3=stay")
}
