//! `new`: a memo to be written: empty, a copy, or one that tells a delay.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, at, report, slip_arguments::milestone_move, snapshot};
use crate::{
    desk::{
        self, BroughtFile, CarriedText, CopiedDate, MilestoneMove, NewMemo, NewMemoReport, NewRelease,
        Origin, Refused, is_word_name,
    },
    folder::{CommitError, Plan, ReadError, Snapshot, stem},
    model::date,
    words::counted,
};

#[derive(Args)]
pub(super) struct NewArguments {
    /// Begin a release of this name, not a memo
    #[arg(long, value_name = "NAME", conflicts_with_all = ["name", "announces", "date"])]
    release: Option<String>,
    /// The memo's number, or a short name for a draft without one [default: draft]
    #[arg(value_name = "NUMBER|NAME")]
    name: Option<String>,
    /// Copy this memo, with its remarks, or begin with the text of this Word file; with --release, copy this release, without its delays
    #[arg(long, value_name = "MEMO|FILE.docx|RELEASE")]
    from: Option<String>,
    /// With --release and --from: a milestone and its new date, or the first and last day of a window. Any number of them
    #[arg(long = "move", value_name = "MILESTONE=DATE[..DATE]", requires_all = ["release", "from"], value_parser = milestone_move)]
    moves: Vec<MilestoneMove>,
    /// Write the memo that announces this release's last delay
    #[arg(long, value_name = "RELEASE", conflicts_with = "from")]
    announces: Option<String>,
    /// Attach the table of changes, too
    #[arg(long, requires = "announces")]
    changes: bool,
    /// With --announces: a draft of what is only proposed
    #[arg(long, requires = "announces")]
    proposed: bool,
    /// The date that the new memo bears; of one that announces a delay, the day it was announced, if not given
    #[arg(long)]
    date: Option<String>,
}

/// `ccrov new`.
pub(super) fn new(root: &Path, chosen: &NewArguments, terminal: &mut Terminal) -> Outcome {
    if let Some(name) = &chosen.release {
        let (from, moves) = (chosen.from.clone(), chosen.moves.clone());
        let wish = NewRelease { name: name.clone(), from, moves, ..NewRelease::default() };
        return new_release(root, &wish, terminal);
    }
    let written = chosen.date.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let Ok(date) = written.as_deref().map(date::read).transpose() else {
        let wrong = "--date is no date: write it as 2021-08-31, 8/31/2021 or \"August 31, 2021\"";
        return terminal.wrong_usage(wrong);
    };
    let origin = match (&chosen.from, &chosen.announces) {
        (Some(file), _) if is_word_name(file) => match std::fs::read(file) {
            Ok(bytes) => Origin::Word(BroughtFile { name: file.clone(), title: String::new(), bytes }),
            Err(error) => {
                let unread = Refused::Unreadable { file: file.clone(), why: ReadError::from(error) };
                return terminal.refuse(&unread);
            }
        },
        (Some(memo), _) => Origin::Copy(memo.clone()),
        (_, Some(release)) => Origin::Announcing {
            release: release.clone(),
            changes: chosen.changes,
            proposed: chosen.proposed,
        },
        _ => Origin::Empty,
    };
    let wish = NewMemo { name: chosen.name.clone(), date, written, from: None, origin };
    let plan = |snapshot: &Snapshot| desk::new_memo(snapshot, &wish);
    make(root, plan, terminal, |report, terminal| say(report, &wish.origin, terminal))
}

/// `ccrov new --release`.
fn new_release(root: &Path, wish: &NewRelease, terminal: &mut Terminal) -> Outcome {
    make(
        root,
        |snapshot| desk::new_release(snapshot, wish),
        terminal,
        |report, terminal| {
            if let Some(from) = &wish.from {
                say_carried(&report.carried, from, "release", terminal);
            }
            say_dates(&report.dates, terminal);
            report::print(&report.findings, terminal);
            let made = report.files.join(", ");
            terminal.say(&format!("Made {made}. Next: give it its days; then `ccrov check`."));
        },
    )
}

/// Writes what was begun, and says so.
fn make<R: Serialize>(
    root: &Path,
    plan: impl Fn(&Snapshot) -> Result<Plan<R>, Refused>,
    terminal: &mut Terminal,
    say: impl FnOnce(&R, &mut Terminal),
) -> Outcome {
    let folder = at(root);
    let plan = snapshot(&folder).and_then(|snapshot| plan(&snapshot));
    match plan.and_then(|plan| Ok(folder.commit(plan)?)) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, Outcome::Done, |terminal| say(&report, terminal))
        }
        Err(Refused::Disk(there @ CommitError::IsThere { .. })) => terminal.wrong_usage(&there.to_string()),
        Err(refused) => terminal.refuse(&refused),
    }
}

/// Lists last time's dates beside the new ones.
fn say_dates(dates: &[CopiedDate], terminal: &mut Terminal) {
    for CopiedDate { name, was, is, reasons, .. } in dates {
        let when = match is.as_str() {
            "" => format!("was {was}; its new date cannot be found yet"),
            is if is == was => format!("stays {is}"),
            is => format!("was {was}, becomes {is}"),
        };
        terminal.say(&format!("  {name}: {when} ({})", reasons.join("; ")).replace(" ()", ""));
    }
    if !dates.is_empty() {
        terminal.say("");
    }
}

/// Lists what came from another memo or release.
fn say_carried(carried: &[CarriedText], from: &str, kind: &str, terminal: &mut Terminal) {
    if carried.is_empty() {
        return;
    }
    terminal.say(&format!("These came from {}. Is each right for the new {kind}?\n", stem(from)));
    for carried in carried {
        terminal.say(&format!("  {}:{}: {}", carried.file, carried.line, carried.what));
    }
    terminal.say("");
}

fn say(report: &NewMemoReport, origin: &Origin, terminal: &mut Terminal) {
    let (id, made) = (&report.id, report.files.join(", "));
    match origin {
        Origin::Empty => {
            terminal.say(&format!("Made {made}. Next: fill it in; `ccrov check {id}` says what is missing."));
        }
        Origin::Announcing { proposed, .. } => {
            let what = if *proposed { "what is proposed" } else { "the delay" };
            let drafts = if *proposed { " --drafts" } else { "" };
            let empty = match report.empty.is_empty() {
                true => String::new(),
                false => format!(" Fill in {}.", report.empty.join(", ")),
            };
            terminal.say(&format!(
                "Made {made}, a draft that announces {what}.{empty} Next: `ccrov build {id}{drafts}`."
            ));
        }
        Origin::Word(file) => {
            if !report.not_taken.is_empty() {
                terminal.say(&format!("Not all of {} could be taken as it was. Look at:\n", file.name));
                report.not_taken.iter().for_each(|what| terminal.say(&format!("  {what}")));
                terminal.say("");
            }
            terminal.say(&format!("Made {made}, a draft. Next: read it, then `ccrov check {id}`."));
        }
        Origin::Copy(from) => {
            say_carried(&report.carried, from, "memo", terminal);
            let count = counted(report.carried.len(), "thing");
            terminal.say(&format!("Made {made}, a draft. {count} to confirm; then `ccrov check {id}`."));
        }
    }
}
