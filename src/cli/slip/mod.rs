//! `slip`: a delay, shown with all that follows from it, told in the release's file, and built.
//!
//! Not here: which dates follow (`schedule`), how the file is written (`input::edit`).

mod order;
mod releases;
mod shown;

use std::path::Path;

use clap::Args;

use super::{
    BuildArguments, Outcome, Terminal, build,
    edits::Edits,
    report::report,
    today,
    unfinished::Unfinished,
    workspace::{self, Workspace, stem},
};
use crate::{
    diagnostic::{Diagnostic, Faults, Severity, SourceId, Sources, offer},
    input::{self, Working, edit},
    model::{Id, Plan, date},
    schedule::{self, Resolved, ToldRow, resolve},
    site::{self, Change, Verdict},
};
use order::Order;
pub(super) use releases::releases;
use shown::{Said, Shown};

/// The keys after which a first delay is written.
const AFTER: [&str; 5] = ["milestones", "election", "calendar", "environment", "name"];

#[derive(Args)]
pub(super) struct SlipArguments {
    /// The release, by the name of its file
    #[arg(value_name = "RELEASE")]
    pub release: String,
    /// A milestone and its new date, or the first and last day of a window; any number of them
    #[arg(long = "move", value_name = "MILESTONE=DATE[..DATE]", required = true)]
    pub moves: Vec<String>,
    /// The cause, as it reads after "due to"
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// When counties are told [default: today]
    #[arg(long, value_name = "DATE")]
    pub announced: Option<String>,
    /// Show what would follow, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
}

/// A working folder as it is, or as it would be.
struct Side {
    sources: Sources,
    working: Working,
    faults: Vec<Diagnostic>,
}

impl Side {
    fn read(workspace: &Workspace, sources: &Sources) -> Option<Side> {
        let mut faults = Faults::default();
        let working = input::read(&workspace.texts, sources, &mut faults, |_| true);
        Some(Side { sources: sources.clone(), working: working?, faults: faults.into_sorted() })
    }

    fn plan(&self, id: &str) -> Option<&Plan> {
        self.working.releases.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    /// The plan with all its delays, seen on a day; the faults of its rules and dates go to `faults`.
    fn resolved(&self, id: &str, as_of: chrono::NaiveDate, faults: &mut Faults) -> Option<Resolved<'_>> {
        let plan = self.plan(id)?;
        let resolved = resolve(plan, plan.delays.len(), as_of, faults)?;
        let entities = self.working.office.entities.values().flatten();
        schedule::check(&resolved, entities.map(|entity| entity.name.as_str()), &self.sources, faults);
        Some(resolved)
    }

    /// Reports what is wrong with the release, as far as it is not a matter of taste.
    fn errors(&self, source: SourceId, more: Faults) -> Vec<Diagnostic> {
        let mut all = self.faults.clone();
        all.extend(more.into_sorted());
        all.retain(|fault| fault.place.source == source && fault.code.severity() == Severity::Error);
        all
    }
}

/// `ccrov slip`.
pub(super) fn slip(root: &Path, chosen: &SlipArguments, terminal: &mut Terminal) -> Outcome {
    slip_and(root, chosen, terminal, |_| {})
}

/// `ccrov slip`, which also hands over the table of what moves.
pub(super) fn slip_and(
    root: &Path,
    chosen: &SlipArguments,
    terminal: &mut Terminal,
    take: impl FnOnce(&[ToldRow]),
) -> Outcome {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let id = stem(&chosen.release);
    let releases = &workspace.texts.releases;
    let Some((_, source)) = releases.iter().find(|(known, _)| *known == id) else {
        let known = offer(&id, releases.iter().map(|(known, _)| known.as_str()));
        return terminal.wrong_usage(&format!("there is no release `{id}` in memos/releases/; {known}"));
    };
    let announced = match day(chosen.announced.as_deref()) {
        Ok(day) => day,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    if chosen.announced.is_none() {
        let today = date::prose(announced);
        terminal.say(&format!("Announced today, {today}; --announced names another day.\n"));
    }
    let before = Side::read(&workspace, &workspace.sources);
    let mut wrong = Faults::default();
    let now = before.as_ref().and_then(|side| side.resolved(&id, announced, &mut wrong));
    let (Some(before), Some(now)) = (&before, &now) else {
        faults.take_over(wrong);
        if let Some(side) = before {
            side.faults.into_iter().for_each(|fault| faults.push(fault));
        } else {
            input::read(&workspace.texts, &workspace.sources, &mut faults, |_| true);
        }
        return report(&faults.into_sorted(), &workspace.sources, terminal).0.max(Outcome::Faults);
    };
    let order = match Order::read(chosen, announced, now.plan) {
        Ok(order) => order.without_rest(now),
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    if order.moves.is_empty() {
        terminal.say("Nothing moves: everything named is on these days already. Nothing was written.");
        return Outcome::Done;
    }

    let file = workspace.sources.get(*source);
    let Some(text) = edit::append(&file.text, "delays", order.value(), &AFTER) else {
        terminal.complain(&format!(
            "{}: the delay cannot be added in the way this file is written; write it under `delays:` yourself",
            file.name
        ));
        return Outcome::Faults;
    };
    let mut edits = Edits::new(workspace.clone());
    edits.edit(*source, &text);
    let sources = &edits.workspace.sources;
    let mut wrong = Faults::default();
    let after = Side::read(&workspace, sources);
    let then = after.as_ref().and_then(|side| side.resolved(&id, announced, &mut wrong));
    let conflicts = after.as_ref().map(|side| side.errors(*source, wrong)).unwrap_or_default();
    let (Some(after), Some(then), true) = (&after, &then, conflicts.is_empty()) else {
        terminal.note(&format!("With this delay the dates of {id} cannot stand beside each other:\n"));
        let (outcome, _) = report(&conflicts, sources, terminal);
        terminal.say("Nothing was written.");
        return outcome.max(Outcome::Faults);
    };
    // What was read again is what was asked for, and nothing else of the plan is another.
    let told =
        then.plan.delays.split_last().filter(|(last, rest)| order.is(last) && rest.len() == now.delays.len());
    if told.is_none() {
        terminal.complain(&format!("{}: the delay would not be read as it is meant", file.name));
        return Outcome::Faults;
    }
    let shown = Shown { id: &id, before, now, after, then, workspace: &workspace };
    let Said { rows, pinned } = shown.say(terminal);
    take(&rows);
    if !pinned.is_empty() {
        let memos = pinned.join(", ");
        terminal.complain(&format!(
            "issued on that day or later, and without a line `knows: ...`, so it would tell this delay: {memos}; \
             add `knows: {}` to keep it as it is",
            now.delays.len()
        ));
        terminal.say("Nothing was written.");
        return Outcome::Faults;
    }
    if chosen.dry_run {
        terminal.say("Nothing was written (--dry-run).");
        return Outcome::Done;
    }
    let question = format!("Write this into {} and build what follows?", file.name);
    if !chosen.yes && !terminal.agrees(&question) {
        terminal.say("Nothing was written.");
        return Outcome::Done;
    }
    write(root, &file.name, &edits, terminal)
}

/// The day of an argument, or today.
fn day(written: Option<&str>) -> Result<chrono::NaiveDate, String> {
    let Some(written) = written else { return Ok(today()) };
    date::read(written)
        .map_err(|_| format!("--announced is `{written}`, which is no date: write it as 2021-08-31"))
}

/// Puts the release's file in place and builds; what is interrupted between the two is noted down.
fn write(root: &Path, name: &str, edits: &Edits, terminal: &mut Terminal) -> Outcome {
    let changes = match edits.changes(root) {
        Ok(changes) => changes,
        Err(wrong) => {
            terminal.complain(&format!("{wrong}; nothing was written"));
            return Outcome::Faults;
        }
    };
    let written = match changes.as_slice() {
        [Change { path, verdict: Verdict::Replace(bytes) }] => Unfinished::new(path, bytes).begin(root),
        _ => Ok(()),
    };
    if let Err(failed) = written.and_then(|()| site::apply(root, &changes)) {
        terminal.complain(&failed.to_string());
        return Outcome::Disk;
    }
    terminal.say(&format!("Wrote the delay into {name}."));
    let outcome = build::build(root, &BuildArguments::all(), terminal);
    if outcome == Outcome::Disk {
        return outcome;
    }
    match Unfinished::end(root) {
        Ok(()) => outcome,
        Err(failed) => {
            terminal.complain(&failed.to_string());
            Outcome::Disk
        }
    }
}
