//! `review MEMO FILE.docx`: what a reviewer did in a Word file, and what of it is taken.

use std::{collections::BTreeSet, path::Path};

use chrono::NaiveTime;
use clap::Args;

use super::{Outcome, Terminal, at, issue::stopped, snapshot, today};
use crate::{
    desk::{
        self, BroughtFile, ChangeStanding, Refused, ReviewerChange, ReviewerChangeKind, WordBackReport,
        WordBackRequest,
    },
    folder::ReadError,
    words::{counted, series},
};

/// Which of a reviewer's changes are taken.
#[derive(Args)]
pub(super) struct TakenArguments {
    /// The reviewer's Word file: lists what was changed in it; with --only or --all, takes it
    #[arg(value_name = "FILE.docx")]
    pub file: Option<String>,
    /// Take these changes and comments, by their numbers in the list: 1,3
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "file")]
    only: Vec<usize>,
    /// Take all changes and comments that can be taken
    #[arg(long, requires = "file", conflicts_with = "only")]
    all: bool,
    /// Write these out in this memo only, though a date or a fact stands there that ccrov works out
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "file")]
    as_text: Vec<usize>,
    /// Leave these: they are not offered again
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "file")]
    leave: Vec<usize>,
}

/// `ccrov review MEMO FILE.docx`.
pub(super) fn word_back(
    root: &Path,
    memo: &str,
    file: &str,
    chosen: &TakenArguments,
    terminal: &mut Terminal,
) -> Outcome {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let unread = Refused::Unreadable { file: file.to_owned(), why: ReadError::from(error) };
            return terminal.refuse(&unread);
        }
    };
    let set = |numbers: &[usize]| numbers.iter().copied().collect::<BTreeSet<usize>>();
    let mut wish = WordBackRequest {
        memo: memo.to_owned(),
        file: BroughtFile { name: file.to_owned(), title: String::new(), bytes },
        take: set(&chosen.only),
        as_text: set(&chosen.as_text),
        leave: set(&chosen.leave),
        at: today().and_time(NaiveTime::MIN),
    };
    let folder = at(root);
    let plan = snapshot(&folder).and_then(|snapshot| {
        if chosen.all {
            let listed = desk::word_back(&snapshot, &wish)?.report;
            let open = listed.changes.iter().filter(|change| change.standing == ChangeStanding::Open);
            wish.take =
                open.map(|change| change.number).filter(|number| !wish.leave.contains(number)).collect();
        }
        desk::word_back(&snapshot, &wish)
    });
    let plan = match plan {
        Ok(plan) => plan,
        Err(refused) => return terminal.refuse(&refused),
    };
    match folder.commit(plan) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| say(&report, &wish, terminal))
        }
        Err(failed) => {
            let refused = Refused::from(failed);
            terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal))
        }
    }
}

fn say(report: &WordBackReport, wish: &WordBackRequest, terminal: &mut Terminal) {
    let taken: BTreeSet<usize> = wish.take.union(&wish.as_text).copied().collect();
    let shows_all = taken.is_empty() && wish.leave.is_empty();
    if report.changes.is_empty() {
        terminal
            .say(&format!("Nothing was changed in it since {} was sent on {}.", report.memo, report.sent));
    }
    let of = |number: &usize| shows_all || taken.contains(number);
    report.changes.iter().filter(|change| of(&change.number)).for_each(|change| say_change(change, terminal));
    if !report.not_read.is_empty() {
        terminal.say(&format!("Not read: {}.", series(&report.not_read)));
    }
    if !shows_all {
        terminal.say(&format!(
            "Taken into {}: {}. Left: {}.",
            report.memo,
            counted(taken.len(), "change"),
            counted(wish.leave.len(), "change")
        ));
        let is_settled = |change: &&ReviewerChange| {
            of(&change.number)
                || wish.leave.contains(&change.number)
                || matches!(change.standing, ChangeStanding::There | ChangeStanding::Left)
        };
        let open: Vec<&ReviewerChange> = report.changes.iter().filter(|change| !is_settled(change)).collect();
        if !open.is_empty() {
            terminal.say(&format!("Neither taken nor left: {}.", counted(open.len(), "change")));
            open.into_iter().for_each(|change| say_change(change, terminal));
        }
    } else if report.changes.iter().any(|change| change.standing == ChangeStanding::Open) {
        terminal.say("Nothing is written yet. Take some with `--only 1,3`, or all with `--all`.");
    }
}

fn say_change(change: &ReviewerChange, terminal: &mut Terminal) {
    terminal.say(&line(change));
    change.comments.iter().for_each(|comment| terminal.say(&format!("     comment: {comment}")));
    if let Some(standing) = standing(change) {
        terminal.say(&format!("     {standing}"));
    }
}

/// "3. page 2, Dana Lee, memos/2020/20046.yaml:12: by [8 -> 7:30] a.m.".
fn line(change: &ReviewerChange) -> String {
    let page = change.page.map(|page| format!("page {page}"));
    let place = change.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
    let about: Vec<String> = [page, change.by.clone(), place].into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!("{}: ", about.join(", ")) };
    let [before, behind] = &change.around;
    let what = match change.kind {
        ReviewerChangeKind::Words => match (change.was.as_str(), change.is.as_str()) {
            ("", is) => format!("{before}[+ {is}]{behind}"),
            (was, "") => format!("{before}[- {was}]{behind}"),
            (was, is) => format!("{before}[{was} -> {is}]{behind}"),
        },
        ReviewerChangeKind::New => format!("new: {}", change.is),
        ReviewerChangeKind::Gone => format!("gone: {}", change.was),
        ReviewerChangeKind::Moved if change.is.is_empty() => format!("moved to the top: {}", change.was),
        ReviewerChangeKind::Moved => format!("moved behind \"{}\": {}", change.is, change.was),
        ReviewerChangeKind::Comment if change.was.is_empty() => format!("comment: {}", change.is),
        ReviewerChangeKind::Comment => format!("comment on \"{}\": {}", change.was, change.is),
    };
    format!("{:>3}. {about}{}", change.number, what.trim())
}

fn standing(change: &ReviewerChange) -> Option<String> {
    let number = change.number;
    match change.standing {
        ChangeStanding::Open => None,
        ChangeStanding::There => Some("the memo has it already".to_owned()),
        ChangeStanding::Left => Some("left".to_owned()),
        ChangeStanding::WorkedOut if change.can_be_text => Some(format!(
            "here stands {}: change it where it is kept, or write it out in this memo with `--as-text {number}`",
            series(&change.fills)
        )),
        ChangeStanding::WorkedOut => {
            Some(format!("here stands {}: change it where it is kept", series(&change.fills)))
        }
        ChangeStanding::Changed | ChangeStanding::ByHand => {
            Some(format!("not taken: {}", change.why.as_deref().unwrap_or("write it into the memo")))
        }
    }
}
