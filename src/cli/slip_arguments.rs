//! The arguments of `slip`, and the request that they are.
//!
//! In: words of the command line; what is kept of a proposal or of the last delay. Out: a [`SlipRequest`]. Not here: what
//! follows from it (`slip`).

use std::{error::Error, fmt};

use chrono::NaiveDate;
use clap::Args;

use super::{day, today};
use crate::{
    desk::{self, AnswerOf, ClosedAnswer, DoneAnswers, MilestoneMove, Refused, SlipPurpose, SlipRequest},
    folder::Snapshot,
    model::{Day, OnClosed, Tbd, date},
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
    pub announced: Option<NaiveDate>,
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
    pub record: bool,
    /// Put this delay in the place of the last one, which no issued memo tells; what is not given stays
    #[arg(long, group = "kept")]
    pub change: bool,
    /// Drop what is proposed
    #[arg(long, group = "kept", conflicts_with_all = ["moves", "reason", "announced", "done", "not_done", "closed"])]
    pub drop: bool,
    /// Take the last delay back, which no issued memo tells
    #[arg(long, group = "kept", conflicts_with_all = ["moves", "reason", "announced", "done", "not_done", "closed"])]
    pub take_back: bool,
    /// Show what would follow, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking; needed where nobody can be asked: with output that goes into a file, or in a script
    #[arg(long)]
    pub yes: bool,
}

/// What is known of a delay that a sheet tells (`import --moved`).
#[derive(Args)]
pub(super) struct SlipAnswers {
    /// The cause of the delay, as it reads after "due to"
    #[arg(long, value_name = "TEXT", requires = "moved", required_if_eq("moved", "true"))]
    pub reason: Option<String>,
    /// When counties are told [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "moved")]
    pub announced: Option<NaiveDate>,
    /// A step whose day has passed, and that was done; `all` for each that is asked for
    #[arg(long, value_name = "STEP", value_delimiter = ',', requires = "moved")]
    done: Vec<String>,
    /// A step whose day has passed, and that was not done: it moves, too; `all` for each that is asked for
    #[arg(long, value_name = "STEP", value_delimiter = ',', requires = "moved")]
    not_done: Vec<String>,
    /// What happens to a step or a milestone whose date falls on a closed day: next, previous or stay. It is written into its rule
    #[arg(long, value_name = "STEP=next|previous|stay", value_delimiter = ',', value_parser = closed_answer, requires = "moved")]
    pub closed: Vec<ClosedAnswer>,
}

impl SlipAnswers {
    /// What was done and what was not.
    pub fn done(&self) -> DoneAnswers {
        let named = |steps: &[String]| steps.iter().cloned().map(AnswerOf::Name).collect();
        DoneAnswers { done: named(&self.done), not_done: named(&self.not_done) }
    }
}

/// What is asked for; with what is kept already, where that is recorded or changed.
pub(super) fn request(now: &Snapshot, chosen: &SlipArguments) -> Result<SlipRequest, Refused> {
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
