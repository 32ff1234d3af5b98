//! `publish`: the site, held against what it was made from, to where visitors read it.
//!
//! Shows what would change at the target, and does it. Not here: how a target is changed.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, Terminal,
    build::{published_before, unchanged},
    counted,
    make::{Made, Order, make},
    report::{count, report},
};
use crate::{
    attached::size_in_words,
    diagnostic::Severity,
    input::outline,
    model::{Status, date},
    publish::{self, Failed, Fate, Folder, Place, Plan, Storage, Target},
    site::{self, Manifest, OutputPath, Verdict},
};

/// How many files are named in a list that is to be read at a glance.
const NAMED: usize = 20;

/// What the environment says of storage; the first two are secret, and no value is printed.
const SETTINGS: [&str; 14] = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "AWS_ALLOW_HTTP",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_PROXY_URL",
    "AWS_REGION",
    "AWS_REQUEST_PAYER",
    "AWS_SERVER_SIDE_ENCRYPTION",
    "AWS_SSE_KMS_KEY_ID",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
];

#[derive(Args)]
pub(super) struct PublishArguments {
    /// Where to: a folder, or storage as s3://bucket/prefix
    #[arg(value_name = "TARGET")]
    target: String,
    /// Show what would change, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the last publication back: bring back what was there before it
    #[arg(long, conflicts_with = "drafts")]
    undo: bool,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
}

/// `ccrov publish`.
pub(super) fn publish(root: &Path, chosen: &PublishArguments, terminal: &mut Terminal) -> Outcome {
    let done = match chosen.undo {
        true => take_back(root, chosen, terminal),
        false => send(root, chosen, terminal),
    };
    done.unwrap_or_else(|outcome| outcome)
}

fn send(root: &Path, chosen: &PublishArguments, terminal: &mut Terminal) -> Result<Outcome, Outcome> {
    let target = Target::read(&chosen.target).map_err(|failed| complain(&failed, terminal))?;
    let output = root.join("output");
    let manifest = current(root, &output, chosen.drafts, terminal)?;
    if manifest.drafts && !chosen.drafts {
        terminal.complain(
            "the lists in output/ show drafts, and drafts are not published; build without them, or publish with --drafts",
        );
        return Err(Outcome::Faults);
    }
    let mut place = open(&target, root).map_err(|failed| complain(&failed, terminal))?;
    let plan =
        place.plan(&manifest.published(chosen.drafts)).map_err(|failed| complain(&failed, terminal))?;
    let load = |file: &site::SiteFile| publish::load(&output, file);
    let is_whole = plan.sent().try_for_each(|file| load(file).map(drop));
    is_whole.map_err(|failed| complain(&failed, terminal))?;
    let left = place.is_unfinished();
    if left {
        terminal.note("note: an earlier publication was interrupted; this one finishes it");
    }
    show(&plan, chosen.dry_run, terminal);
    if plan.is_done() && !left {
        terminal.say(&format!("{} is as it should be; nothing was changed.", chosen.target));
        return Ok(Outcome::Done);
    }
    if chosen.dry_run {
        terminal.say("Nothing was changed.");
        return Ok(Outcome::Done);
    }
    place.publish(&plan, &load).map_err(|failed| complain(&failed, terminal))?;
    terminal.say(&format!("Published to {}.", chosen.target));
    Ok(Outcome::Done)
}

fn take_back(root: &Path, chosen: &PublishArguments, terminal: &mut Terminal) -> Result<Outcome, Outcome> {
    let target = Target::read(&chosen.target).map_err(|failed| complain(&failed, terminal))?;
    let mut place = open(&target, root).map_err(|failed| complain(&failed, terminal))?;
    let plan = place.plan_undo().map_err(|failed| complain(&failed, terminal))?;
    show(&plan, chosen.dry_run, terminal);
    if chosen.dry_run {
        terminal.say("Nothing was changed.");
        return Ok(Outcome::Done);
    }
    place.undo(&plan).map_err(|failed| complain(&failed, terminal))?;
    terminal.say(&format!("{} is again as it was before the last publication.", chosen.target));
    Ok(Outcome::Done)
}

fn open(target: &Target, root: &Path) -> Result<Box<dyn Place>, Failed> {
    Ok(match target {
        Target::Folder(folder) => Box::new(Folder::open(folder, root)?),
        Target::Storage { bucket, prefix } => Box::new(Storage::open(bucket, prefix.as_ref(), &settings())?),
    })
}

fn settings() -> Vec<(String, String)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "who publishes is said by the environment, and by nothing that is kept"
    )]
    let value = |name: &&str| std::env::var(name).ok();
    SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect()
}

/// The manifest of the output folder, if what it lists is what the working folder builds to now.
fn current(root: &Path, output: &Path, drafts: bool, terminal: &mut Terminal) -> Result<Manifest, Outcome> {
    let before = published_before(root, output, true).map_err(|complaint| {
        terminal.complain(&complaint);
        Outcome::Disk
    })?;
    let unchanged = unchanged(output);
    let order = Order {
        before: Some(&before),
        unchanged: unchanged.as_ref(),
        drafts: before.drafts,
        as_of: before.as_of.as_deref().and_then(|day| date::read(day).ok()),
        ..Order::all(root, &[])
    };
    let made = make(&order).map_err(|wrong| terminal.wrong_usage(&wrong))?;
    let (_, missing) = count(&made);
    let of_drafts = !drafts && only_of_drafts(&made, &before);
    let Made { after, files, sources, faults, .. } = made;
    let (outcome, _) = report(&faults, &sources, terminal);
    if outcome == Outcome::Faults && of_drafts {
        terminal.say(&format!("{missing}Drafts are not published: their faults keep nothing back."));
    } else if outcome != Outcome::Done {
        terminal.say(&format!("{missing}Nothing was published: put right what is at fault, and build."));
        return Err(outcome);
    }
    let there = |path: &OutputPath| site::existing(output, path);
    let changes = site::plan(&before, &after, files, there);
    let stale: Vec<_> = changes.iter().filter(|change| change.verdict != Verdict::Keep).collect();
    if stale.is_empty() {
        return Ok(before);
    }
    list(stale.iter().map(|change| format!("not current  {}", change.path)), NAMED, terminal);
    terminal.complain(&format!(
        "{} in output/ {} not what memos/ and templates/ say now; `ccrov build` brings them up to date. Nothing was published.",
        counted(stale.len(), "file"),
        if stale.len() == 1 { "is" } else { "are" },
    ));
    Err(Outcome::Faults)
}

/// Whether all that is at fault is memos which are not published anyway.
fn only_of_drafts(made: &Made, before: &Manifest) -> bool {
    let missing = made.missing();
    let is_draft = |id: &&str| match before.entry(id) {
        Some(entry) => entry.is_draft(),
        None => made.memos.iter().filter(|(memo, _)| memo == id).all(|(_, source)| {
            let written = outline(&made.sources.get(*source).text).unwrap_or_default();
            let status = written.iter().find(|entry| entry.path == "status");
            let status = status.and_then(|entry| entry.text.as_deref()?.parse().ok());
            status.is_some_and(Status::is_open)
        }),
    };
    // A fault of the office or of a template is of all pages.
    let errors = made.faults.iter().filter(|fault| fault.code.severity() == Severity::Error);
    let mut files = errors.map(|fault| made.sources.get(fault.place.source).name.as_str());
    !missing.is_empty()
        && missing.iter().all(is_draft)
        && files.all(|file| file.starts_with("memos/") && file != "memos/office.yaml")
}

/// Shows a plan: the files that change, and the counts.
fn show(plan: &Plan, whole: bool, terminal: &mut Terminal) {
    let words = [
        (Fate::New, "new"),
        (Fate::Changed, "changed"),
        (Fate::Unchanged, "unchanged"),
        (Fate::Removed, "removed"),
    ];
    for (fate, word) in words.iter().filter(|(fate, _)| *fate != Fate::Unchanged) {
        let lines = plan
            .of(*fate)
            .map(|file| format!("{word:<8} {:>9}  {}", size_in_words(None, file.size), file.path));
        list(lines, if whole { usize::MAX } else { NAMED }, terminal);
    }
    let counts = words.map(|(fate, word)| {
        let (count, sum) = plan.of(fate).fold((0, 0), |(count, sum), file| (count + 1, sum + file.size));
        match count {
            0 => format!("0 {word}"),
            _ => format!("{count} {word} ({})", size_in_words(None, sum)),
        }
    });
    terminal.say(&format!("{}.", counts.join(", ")));
}

/// The first of some lines, and how many more there are.
fn list(lines: impl Iterator<Item = String>, most: usize, terminal: &mut Terminal) {
    let lines: Vec<_> = lines.collect();
    lines.iter().take(most).for_each(|line| terminal.say(line));
    if lines.len() > most {
        terminal.say(&format!("... and {} more; with --dry-run, all are listed", lines.len() - most));
    }
}

/// Says why nothing, or not all, was published.
fn complain(failed: &Failed, terminal: &mut Terminal) -> Outcome {
    terminal.complain(&failed.to_string());
    match failed {
        Failed::Unfit { .. } => Outcome::Usage,
        Failed::InTheWay { .. }
        | Failed::Reserved { .. }
        | Failed::Altered { .. }
        | Failed::NothingToUndo { .. } => Outcome::Faults,
        _ => Outcome::Disk,
    }
}
