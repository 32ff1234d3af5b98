//! Why something that is asked of a delay cannot be.
//!
//! In: what was asked, and what the release says. Out: the words. Not here: dates that would cross, which are faults of the release.

use std::{error::Error, fmt};

use chrono::NaiveDate;

use crate::{desk::slip::FARTHEST, model::date, words::series};

/// Why something that is asked of a delay cannot be.
#[derive(Debug)]
pub enum NotADelay {
    /// A name that a step and a milestone share.
    StepAndMilestone {
        /// The name.
        name: String,
        /// The step as printed.
        step: String,
    },
    /// It is said whether a milestone was done, and the release's file would say it of a step.
    NamedLikeStep {
        /// The id of both.
        milestone: String,
        /// The step as printed.
        step: String,
    },
    /// Something is said to have been done, and not to have been.
    DoneAndNot {
        /// What: "step 2".
        what: String,
    },
    /// It is said whether something was done whose day has not passed.
    NotPast {
        /// What: "step 2".
        what: String,
        /// When counties are told.
        announced: NaiveDate,
    },
    /// A milestone is moved twice by one delay.
    MovedTwice {
        /// Its id.
        milestone: String,
    },
    /// A last day was given to a milestone that is one day.
    OneDay {
        /// Its id.
        milestone: String,
        /// The first day that was given, as it is written: 2021-12-05, TBD.
        start: String,
    },
    /// A window would end before it starts.
    EndsFirst {
        /// The milestone's id.
        milestone: String,
        /// The last day that was given.
        end: NaiveDate,
    },
    /// A day that is many years from the others, as a year that is not typed to its end is.
    FarDay {
        /// What is on it: a milestone's id, or when counties are told.
        what: String,
        /// The day.
        day: NaiveDate,
        /// The day from which it is so far.
        from: NaiveDate,
    },
    /// A window of which only the first day is given, and whose length cannot be kept.
    NoEnd {
        /// The milestone's id.
        milestone: String,
    },
    /// The last delay of a release is not the one that somebody wants to change.
    AnotherDelay {
        /// The release's id.
        release: String,
    },
    /// A delay that is to be taken back has been told.
    DelayTold {
        /// The release's id.
        release: String,
        /// The memos that told it and have gone out.
        memos: Vec<String>,
    },
    /// A delay would be announced before the last one.
    BeforeLastDelay {
        /// When it would be announced.
        announced: NaiveDate,
        /// When the last one was.
        last: NaiveDate,
    },
}

impl fmt::Display for NotADelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotADelay::StepAndMilestone { name, step } => write!(
                f,
                "{name} is step {step} and a milestone: write --closed {step}=... for the step; for the milestone, write `closed:` into its rule"
            ),
            NotADelay::NamedLikeStep { milestone, step } => write!(
                f,
                "the milestone {milestone} has the id of step {step}, so what is said of it would be read as said of the step: give one of them another id first"
            ),
            NotADelay::DoneAndNot { what } => write!(f, "{what} cannot be both done and not done"),
            NotADelay::NotPast { what, announced } => write!(
                f,
                "the day of {what} has not passed on {}; whether it was done is asked of past days only",
                date::prose(*announced)
            ),
            NotADelay::MovedTwice { milestone } => write!(f, "{milestone} is moved twice"),
            NotADelay::OneDay { milestone, start } => {
                write!(f, "{milestone} is one day: write --move {milestone}={start}")
            }
            NotADelay::EndsFirst { milestone, end } => {
                write!(f, "{milestone} would end on {}, before it starts", date::prose(*end))
            }
            NotADelay::FarDay { what, day, from } => write!(
                f,
                "{what} would be on {}, more than {FARTHEST} years from {}; look at the year",
                date::prose(*day),
                date::prose(*from)
            ),
            NotADelay::NoEnd { milestone } => {
                write!(f, "it is not known when {milestone} ends; give its last day, too")
            }
            NotADelay::AnotherDelay { release } => write!(
                f,
                "somebody has changed, added or taken back a delay of {release} meanwhile; look at its last delay again"
            ),
            NotADelay::DelayTold { release, memos } => write!(
                f,
                "the last delay of {release} was told by {}, which has gone out; counties may have read it, so record a new delay",
                series(memos)
            ),
            NotADelay::BeforeLastDelay { announced, last } => write!(
                f,
                "the delay would be announced on {}, before the last one, of {}; --announced names another day",
                date::prose(*announced),
                date::prose(*last)
            ),
        }
    }
}

impl Error for NotADelay {}
