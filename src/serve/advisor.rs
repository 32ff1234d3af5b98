//! Answers "what if": what would follow if a milestone moved. Nothing is written.
//!
//! In: a question of the window. Out: the table of changes, and the words of it. Not here: what follows, which the desk
//! finds.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::what_if::{Forecast, Question};
use crate::{
    desk::{self, Desk, DoneAnswers, MilestoneMove, MovableRelease, Refused, SlipPurpose, SlipRequest},
    diagnostic::{Style, render},
    folder::WorkingFolder,
    model::{Day, Tbd, date},
    words::capitalized,
};

/// What stands in the place of a cause that was left blank.
const NO_REASON: &str = "(the reason)";

/// Text in a field of a date that is none.
struct NotADay(String);

impl fmt::Display for NotADay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no date: write it as 2021-08-31", self.0)
    }
}

/// Knows the releases of a working folder.
pub(super) struct Advisor {
    root: PathBuf,
    today: fn() -> NaiveDate,
}

impl Advisor {
    pub fn new(root: &Path, today: fn() -> NaiveDate) -> Advisor {
        Advisor { root: root.to_owned(), today }
    }

    fn desk(&self) -> Desk {
        Desk::at(&WorkingFolder::at(&self.root))
    }

    /// The releases, in the order of their ids.
    pub fn releases(&self) -> Result<Vec<MovableRelease>, Refused> {
        self.desk().snapshot().and_then(|now| desk::movable(&now))
    }

    /// What would follow.
    pub fn what_if(&self, question: &Question) -> Forecast {
        let said = |heading, said: String| Forecast { heading, said, ..Forecast::default() };
        let wish = match self.wish(question) {
            Ok(wish) => wish,
            Err(wrong) => return said("This is no date", format!("error: {wrong}\n")),
        };
        let report = match self.desk().snapshot().and_then(|now| desk::slip(&now, &wish)) {
            Ok(plan) => plan.report,
            Err(refused @ Refused::Conflict { .. }) => return said("These dates conflict", words(&refused)),
            Err(refused) => return said("This cannot be answered", words(&refused)),
        };
        if report.is_nothing() {
            let words = "Nothing moves: everything named is on these days already.\n";
            return said("Nothing would move", words.to_owned());
        }
        let rows = report.moved.iter().map(|moved| moved.row.clone()).collect();
        let heading = "What would move";
        match report.why_not() {
            Some(why) => Forecast { heading, rows, said: format!("{report}\nerror: {why}\n"), command: None },
            None => Forecast {
                heading,
                rows,
                said: format!("{report}\nNothing was written.\n"),
                command: Some(command(&wish)),
            },
        }
    }

    /// What a question asks for.
    fn wish(&self, question: &Question) -> Result<SlipRequest, NotADay> {
        let (release, milestone) = question.moved.split_once('/').unwrap_or((&question.moved, ""));
        let written = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str| date::read(text).map_err(|_| NotADay(text.trim().to_owned()));
        let to =
            |text: &str| Tbd::read(text).map_or_else(|| day(text).map(Day::Known), |tbd| Ok(Day::Tbd(tbd)));
        let moved = MilestoneMove {
            milestone: milestone.to_owned(),
            start: to(&question.start)?,
            end: written(&question.end).map(|end| to(&end)).transpose()?,
        };
        let announced = written(&question.announced).map(|announced| day(&announced)).transpose()?;
        Ok(SlipRequest {
            purpose: SlipPurpose::Record,
            release: release.to_owned(),
            moves: vec![moved],
            reason: written(&question.reason).unwrap_or_else(|| NO_REASON.to_owned()),
            announced: announced.unwrap_or_else(self.today),
            answers: DoneAnswers::default(),
            closed: Vec::new(),
        })
    }
}

/// Why something was refused, with the faults that it rests on.
pub(crate) fn words(refused: &Refused) -> String {
    let findings = refused.findings();
    let faults = findings.into_iter().flat_map(|findings| {
        findings.faults.iter().map(|fault| format!("{}\n\n", render(fault, &findings.sources, Style::Plain)))
    });
    let faults: String = faults.collect();
    let refused = refused.to_string();
    match findings {
        Some(_) => format!("{}.\n\n{faults}", capitalized(&refused)),
        None => format!("error: {refused}\n"),
    }
}

/// What to type for a slip.
fn command(wish: &SlipRequest) -> String {
    let quoted = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_=.".contains(c);
        if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
    };
    let moves = wish.moves.iter().map(|MilestoneMove { milestone, start, end }| {
        let end = end.as_ref().map(|end| format!("..{}", end.written())).unwrap_or_default();
        format!(" --move {}", quoted(&format!("{milestone}={}{end}", start.written())))
    });
    let moves: String = moves.collect();
    let announced = date::iso_text(wish.announced);
    format!(
        "ccrov slip {}{moves} --reason {} --announced {announced}",
        quoted(&wish.release),
        quoted(&wish.reason)
    )
}
