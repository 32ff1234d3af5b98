//! `slip`: a delay, shown with all that follows from it, recorded in the release's file, and built.

use std::{collections::BTreeSet, path::Path};

use serde::Serialize;

use super::{
    Outcome, Terminal, at, build,
    issue::stopped,
    kept_delay, report,
    slip_arguments::{SlipArguments, request},
    snapshot,
};
use crate::{
    desk::{self, AnswerOf, BuildReport, DoneAnswers, Refused, SlipReport, SlipRequest},
    folder::{Plan, Snapshot, WorkingFolder},
    model::date,
    words::series,
};

/// How far a delay is to go.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// It is shown, and not written.
    pub dry_run: bool,
    /// It is written without asking.
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
    let wish = match snapshot(&folder).and_then(|now| request(&now, chosen)) {
        Ok(wish) => wish,
        Err(refused) => return terminal.refuse(&refused),
    };
    if chosen.announced.is_none() && !chosen.record && !chosen.change {
        let today = date::prose(wish.announced);
        terminal.say(&format!("Announced today, {today}; --announced names another day.\n"));
    }
    record(&folder, wish, Asking { dry_run: chosen.dry_run, yes: chosen.yes }, &desk::slip, terminal)
}

/// A plan of a delay.
pub(super) type PlanOfDelay<'p> = &'p dyn Fn(&Snapshot, &SlipRequest) -> Result<Plan<SlipReport>, Refused>;

/// Shows what follows from a delay, asks what has to be known, and writes it if somebody says so.
pub(super) fn record(
    folder: &WorkingFolder,
    mut wish: SlipRequest,
    asking: Asking,
    plan_of: PlanOfDelay<'_>,
    terminal: &mut Terminal,
) -> Outcome {
    let planned =
        |wish: &SlipRequest| snapshot(folder).and_then(|now| Ok((now.clone(), plan_of(&now, wish)?)));
    let (mut snapshot, mut plan) = match planned(&wish) {
        Ok(planned) => planned,
        Err(refused) => return refuse(&refused, terminal),
    };
    if asking.dry_run {
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
    if !asking.yes && !terminal.can_ask() {
        return terminal
            .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
    }
    let unusual = if report.unusual.is_empty() { "" } else { "This is unusual, as shown above. " };
    let as_what = if report.is_proposal() { " as a proposal" } else { "" };
    let question = format!("{unusual}Write this into {}{as_what} and build what follows?", report.file);
    if !asking.yes && !terminal.agrees(&question) {
        return nothing_more(report, terminal);
    }
    match desk::and_build(&snapshot, plan) {
        Ok(plan) => write(folder, plan, terminal, say),
        Err(refused) => terminal.refuse(&refused),
    }
}

/// Shows what would follow, if it can be; nothing is written.
fn nothing(report: &SlipReport, outcome: Outcome, end: &str, terminal: &mut Terminal) -> Outcome {
    if report.is_nothing() {
        return shown(report, Outcome::Done, terminal, |terminal| {
            terminal.say("Nothing moves: everything named is on these days already. Nothing was written.");
            if report.is_change() {
                terminal
                    .say("With these dates the last delay would move nothing: --take-back takes it back.");
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
