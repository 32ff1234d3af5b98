//! `issue`: drafts get their numbers and locks; corrections of issued memos are published anew.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::{Outcome, Terminal, again_if_stale, at, day, publish::open, report, snapshot, today};
use crate::{
    desk::{
        self, BroughtChange, CorrectionRequest, IssueReport, IssueRequest, MemoLeftOut, Refused,
        TakenChanges, UndoIssueReport, UndoneIssue, open_comments_words,
    },
    model::date,
    publish::Target,
    words::{counted, listed},
};

#[derive(Args)]
pub(super) struct IssueArguments {
    /// The memos, by the names of their files
    #[arg(value_name = "MEMO", required = true)]
    memos: Vec<String>,
    /// Issue an edit of an issued memo; say what was wrong, as it reads after "Corrected September 2, 2021:"
    #[arg(long, value_name = "TEXT")]
    correct: Option<String>,
    /// When it is corrected [default: today]
    #[arg(long, value_name = "DATE", requires = "correct", value_parser = day)]
    date: Option<NaiveDate>,
    /// Take into the correction what office, release and templates would print otherwise by now
    #[arg(long, requires = "correct")]
    with_changes: bool,
    /// Leave all of that as it was issued: the correction has your edit alone
    #[arg(long, requires = "correct", conflicts_with = "with_changes")]
    without_changes: bool,
    /// Issue memos that nobody has approved, and say why; the reason is kept in the memo
    #[arg(long, value_name = "REASON", conflicts_with = "correct")]
    anyway: Option<String>,
    /// Take it back that memos were issued, as long as none of them was published: they become drafts again
    #[arg(long, conflicts_with_all = ["correct", "anyway", "date", "with_changes", "without_changes"])]
    undo: bool,
    /// Write without asking
    #[arg(long)]
    yes: bool,
    /// Show what would be done, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `ccrov issue`.
pub(super) fn issue(root: &Path, chosen: &IssueArguments, terminal: &mut Terminal) -> Outcome {
    if chosen.undo {
        return undo(root, chosen, terminal);
    }
    let correction = chosen.correct.as_ref().map(|what| CorrectionRequest {
        what: what.clone(),
        date: chosen.date.unwrap_or_else(today),
        changes: match (chosen.with_changes, chosen.without_changes) {
            (true, _) => TakenChanges::All,
            (false, true) => TakenChanges::Only(Vec::new()),
            (false, false) => TakenChanges::Unasked,
        },
        is_dated: chosen.date.is_some(),
    });
    let wish = IssueRequest { memos: chosen.memos.clone(), correction, anyway: chosen.anyway.clone() };
    let folder = at(root);
    let mut is_told = false;
    let issued = again_if_stale(|| {
        let plan = desk::issue(&snapshot(&folder)?, &wish)?;
        if chosen.dry_run {
            return Ok(Some(plan.report));
        }
        let asks = !chosen.yes && terminal.can_ask() && !plan.report.issued.is_empty();
        is_told |= asks;
        if asks && !agrees(&plan.report, terminal) {
            return Ok(None);
        }
        Ok(Some(folder.commit(plan)?.report))
    });
    let report = match issued {
        Ok(Some(report)) => report,
        Ok(None) => {
            terminal.say("Nothing was written.");
            return Outcome::Done;
        }
        Err(refused @ Refused::Disk(_)) => {
            return terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal));
        }
        Err(refused) => return terminal.refuse(&refused),
    };
    terminal.answer(&report, outcome(&report), |terminal| {
        // Who was asked has read it.
        if !is_told {
            say_left(&report, terminal);
        }
        match (report.issued.is_empty(), chosen.dry_run) {
            (true, _) => terminal.say("Nothing was written."),
            (false, true) => {
                say(&report, true, terminal);
                terminal.say("Nothing was written (--dry-run).");
            }
            (false, false) => {
                say(&report, false, terminal);
                terminal.say(&format!("{} written to output/.", counted(report.written, "file")));
            }
        }
    })
}

/// Shows what is left out, what is wrong and what would be locked, and asks.
fn agrees(report: &IssueReport, terminal: &mut Terminal) -> bool {
    say_left(report, terminal);
    say(report, true, terminal);
    let files: Vec<&String> = report.issued.iter().flat_map(|issued| &issued.files).collect();
    terminal.say(&format!("These files would be locked: {}.", listed(&files, 20)));
    terminal.agrees("From then on they stay as they are. Issue?")
}

fn outcome(report: &IssueReport) -> Outcome {
    let refused = report.left.iter().any(|left| !left.is_done());
    let found =
        report.faults.iter().take(report.faults.len().saturating_sub(usize::from(!report.issued.is_empty())));
    let found = found.map(report::outcome).max().unwrap_or(Outcome::Done);
    if refused { found.max(Outcome::Faults) } else { found }
}

/// Says why memos are left as they are, and what is wrong.
fn say_left(report: &IssueReport, terminal: &mut Terminal) {
    let (faulty, others): (Vec<_>, Vec<_>) =
        report.left.iter().partition(|left| matches!(left, MemoLeftOut::Faulty { .. }));
    for left in others {
        match left {
            MemoLeftOut::IssuedAlready { id } => terminal.say(&format!("{id} is issued already.")),
            MemoLeftOut::NothingToCorrect { id } => {
                terminal.say(&format!(
                    "{id} has not changed since it was issued; edit it first, then correct it."
                ));
            }
            MemoLeftOut::BringsChanges { id, is_edited, differences, choices } => {
                terminal.complain(&match is_edited {
                    true => format!("{id} is not corrected: besides your edit, it would be printed otherwise than it was issued"),
                    false => format!("{id} is not corrected: it was not edited, but it would be printed otherwise than it was issued"),
                });
                differences.iter().for_each(|difference| terminal.say(&told(difference)));
                terminal.say(match choices.is_empty() || !is_edited {
                    true => "To publish that with the correction, add --with-changes; if not, take those changes back first.",
                    false => "To publish that with the correction, add --with-changes; to leave it as it was issued, --without-changes; the desk takes single changes.",
                });
            }
            MemoLeftOut::SameLines { id, .. } => terminal.complain(&format!(
                "{id} is not corrected: your edit stands in the same lines as a change that does not go with it; add --with-changes, or leave \
                 those lines as they are"
            )),
            MemoLeftOut::NotReviewed { id, in_review } => {
                let (state, first) = match in_review {
                    true => ("in review", "when it is approved"),
                    false => ("a draft", "when somebody has reviewed it"),
                };
                terminal.complain(&format!(
                    "{id} is {state}, and is not issued; {first}, type `ccrov set {id} status approved`; to issue it \
                     now, `ccrov issue {id} --anyway \"why\"`"
                ));
            }
            MemoLeftOut::ChangedSinceApproval { id } => terminal.complain(&format!(
                "{id} has changed since it was approved, and is not issued; when it is approved again, type `ccrov approve \
                 {id} --by NAME --how \"by e-mail\"`; to issue it now, `ccrov issue {id} --anyway \"why\"`"
            )),
            MemoLeftOut::UntoldDelay { id, of, announced, by_then, all } => terminal.complain(&format!(
                "{id} is of {}, and its release has a delay that was announced on {}; if the memo does not tell it, type \
                 `ccrov set {id} knows {by_then}`; if it does, `ccrov set {id} knows {all}`, or give the memo a later date",
                date::prose(*of),
                date::prose(*announced)
            )),
            MemoLeftOut::Refused { reason, instead, .. } if instead.is_empty() => terminal.complain(reason),
            MemoLeftOut::Refused { reason, instead, .. } => terminal.complain(&format!("{reason}; {instead}")),
            MemoLeftOut::Faulty { .. } => {}
        }
    }
    for findings in &report.faults {
        report::print(findings, terminal);
    }
    for left in faulty {
        if let MemoLeftOut::Faulty { id } = left {
            terminal.complain(&format!("{id} has faults, and is not issued"));
        }
    }
}

/// Says what is issued, or would be.
fn say(report: &IssueReport, would: bool, terminal: &mut Terminal) {
    for issued in &report.issued {
        let (id, title) = (&issued.id, &issued.title);
        let was = if issued.was == *id { String::new() } else { format!(" (it was {})", issued.was) };
        terminal.say(&match (&report.correction, report.corrected) {
            (Some(what), Some(day)) => {
                let corrected = if would { "Would be corrected" } else { "Corrected" };
                format!("{corrected} {}: {id}, {what}", date::prose(day))
            }
            _ => format!("{}: {id}{was}, {title}", if would { "Would be issued" } else { "Issued" }),
        });
    }
    for issued in report.issued.iter().filter(|issued| !issued.also_changed.is_empty()) {
        terminal.say(&format!("With {} comes, besides its edit:", issued.id));
        issued.also_changed.iter().for_each(|difference| terminal.say(&told(difference)));
    }
    for issued in report.issued.iter().filter(|issued| !issued.since_approval.is_empty()) {
        terminal.say(&format!("Its date changes {} since it was approved:", issued.id));
        issued.since_approval.iter().for_each(|difference| terminal.say(&told(difference)));
    }
    for issued in &report.issued {
        if let Some(comments) = open_comments_words(issued.open_comments) {
            terminal.say(&format!("{} has {comments}.", issued.id));
        }
    }
    for gaps in &report.gaps {
        terminal.say(&format!("Numbers of {} that no memo here bears: {}.", gaps.year, gaps.numbers));
    }
}

/// "contacts.help-desk.phone: from ... to ...".
fn told(difference: &BroughtChange) -> String {
    let BroughtChange { what, from, to } = difference;
    match (from, to) {
        (Some(from), Some(to)) => format!("  {what}: from “{from}” to “{to}”"),
        (Some(from), None) => format!("  {what} no longer says “{from}”"),
        (None, Some(to)) => format!("  {what} says “{to}” besides"),
        (None, None) => format!("  {what}"),
    }
}

/// `ccrov issue --undo`.
fn undo(root: &Path, chosen: &IssueArguments, terminal: &mut Terminal) -> Outcome {
    let folder = at(root);
    let open = |name: &str| Target::read(name).and_then(|target| open(&target, root, false));
    let planned = snapshot(&folder).and_then(|snapshot| desk::undo_issue(&snapshot, &chosen.memos, &open));
    let plan = match planned {
        Ok(plan) => plan,
        Err(refused) => {
            return terminal.refuse_and(&refused, |terminal| {
                if let Some(findings) = refused.findings() {
                    report::print(findings, terminal);
                }
                stopped(&refused, terminal);
            });
        }
    };
    if !chosen.dry_run && !chosen.yes && terminal.can_ask() {
        say_undone(&plan.report, "Would no longer be issued", terminal);
        let goes = if plan.report.undone.len() == 1 { "The lock goes" } else { "The locks go" };
        if !terminal.agrees(&format!("{goes}. Undo?")) {
            terminal.say("Nothing was written.");
            return Outcome::Done;
        }
    }
    let report = match chosen.dry_run {
        true => plan.report,
        false => match folder.commit(plan) {
            Ok(receipt) => receipt.report,
            Err(failed) => {
                let refused = Refused::from(failed);
                return terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal));
            }
        },
    };
    terminal.answer(&report, Outcome::Done, |terminal| {
        report::print(&report.findings, terminal);
        if chosen.dry_run {
            say_undone(&report, "Would no longer be issued", terminal);
            terminal.say("Nothing was written (--dry-run).");
        } else {
            say_undone(&report, "No longer issued", terminal);
            terminal.say(&format!("{} written to output/.", counted(report.written, "file")));
        }
    })
}

/// Says what is undone, and what was asked.
fn say_undone(report: &UndoIssueReport, said: &str, terminal: &mut Terminal) {
    for UndoneIssue { id, status, knows } in &report.undone {
        let knows = knows.as_ref().map(|knows| format!(" It keeps `knows: {knows}`.")).unwrap_or_default();
        terminal.say(&format!("{said}: {id}, `status: {status}`.{knows}"));
    }
    let (it_was, it_is) = match report.undone.len() {
        1 => ("it was", "It is"),
        _ => ("they were", "They are"),
    };
    terminal.say(&match report.asked.as_slice() {
        [] => format!("This folder knows of no place to which {it_was} published."),
        asked => format!("{it_is} not at {}.", listed(asked, 10)),
    });
}

/// Says that not everything was written, or nothing.
pub(super) fn stopped(refused: &Refused, terminal: &mut Terminal) {
    terminal.complain(&refused.to_string());
    if !refused.is_partial() {
        terminal.say("Nothing was written.");
    }
}
