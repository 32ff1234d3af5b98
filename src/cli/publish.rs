//! `publish`: shows what would change where visitors read the site, and does it.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, Terminal, at,
    report::{print, with_faults},
    snapshot,
};
use crate::{
    attached::size_in_words,
    desk::{self, Publication, PublishReport, PublishRequest, Refused},
    folder::WorkingFolder,
    output::SiteFile,
    publish::{Destination, Fate, Folder, PublishError, Storage, Target},
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
    /// Undo the last publication: bring back what was there before it
    #[arg(long, conflicts_with = "drafts")]
    undo: bool,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    /// Finish what an interrupted run began in storage, or take it back with --undo; use it only if nobody else is publishing
    #[arg(long)]
    take_over: bool,
}

/// `ccrov publish`.
pub(super) fn publish(root: &Path, chosen: &PublishArguments, terminal: &mut Terminal) -> Outcome {
    let place = Target::read(&chosen.target)
        .and_then(|target| open(&target, root, chosen.take_over))
        .map_err(Refused::from);
    let planned = place.and_then(|place| match chosen.undo {
        true => desk::undo(place),
        false => desk::publish(&snapshot(&at(root))?, &PublishRequest { drafts: chosen.drafts }, place),
    });
    match planned {
        Ok(publication) => carry_out(publication, &at(root), chosen, terminal),
        Err(refused) => refuse(&refused, terminal),
    }
}

fn carry_out(
    publication: Publication,
    folder: &WorkingFolder,
    chosen: &PublishArguments,
    terminal: &mut Terminal,
) -> Outcome {
    if !terminal.is_for_programs() {
        announce(&publication.report, chosen, terminal);
    }
    let noted =
        |site: Option<&[SiteFile]>| folder.note_published(&chosen.target, site).map_err(Refused::from);
    if chosen.dry_run || publication.report.is_done && !chosen.undo {
        if !chosen.dry_run
            && let Err(refused) = noted(publication.site.as_deref())
        {
            return terminal.refuse(&refused);
        }
        let report = publication.report;
        return terminal.answer(&report, Outcome::Done, |terminal| match report.is_done && !chosen.undo {
            true => terminal.say(&format!("{} is as it should be; nothing was changed.", chosen.target)),
            false => terminal.say("Nothing was changed."),
        });
    }
    // What everybody reads would be gone.
    if chosen.undo
        && publication.report.leaves_nothing()
        && terminal.can_ask()
        && !terminal.agrees("It was the first publication: nothing of the site would be left there. Undo it?")
    {
        return terminal.answer(&publication.report, Outcome::Done, |terminal| {
            terminal.say("Nothing was changed.");
        });
    }
    let site = publication.site.clone();
    let done = publication.commit(|_| ()).map_err(Refused::from);
    match done.and_then(|receipt| noted(site.as_deref()).map(|()| receipt)) {
        Ok(receipt) => terminal.answer(&receipt.report, Outcome::Done, |terminal| {
            if receipt.report.unguarded {
                terminal.note(
                    "note: this storage cannot keep a second publisher out; let only one publish at a time",
                );
            }
            if let Some(exposure) = receipt.report.exposure() {
                terminal.note(&format!("warning: {exposure}"));
            }
            let target = &chosen.target;
            terminal.say(&match chosen.undo {
                true => receipt.report.undone(target),
                false => format!("Published to {target}."),
            });
        }),
        Err(refused) => terminal.refuse(&refused),
    }
}

/// Says what is going to change: the files, and the counts.
fn announce(report: &PublishReport, chosen: &PublishArguments, terminal: &mut Terminal) {
    print(&report.findings, terminal);
    if report.findings.errors() > 0 {
        let with_faults = with_faults(&report.with_faults);
        terminal.say(&format!("{with_faults}Drafts are not published: their faults keep nothing back."));
    }
    if report.finishes {
        terminal.note(match chosen.undo {
            true if report.changes_nothing() => {
                "note: the last run was interrupted; nothing is left to do but to remove what it left behind"
            }
            true => "note: the last run was interrupted; this one brings back what was there before it",
            false => "note: an earlier publication was interrupted; this one finishes it",
        });
    }
    let words = [
        (Fate::New, "new"),
        (Fate::Changed, "changed"),
        (Fate::Unchanged, "unchanged"),
        (Fate::Removed, "removed"),
    ];
    let of = |fate: Fate| report.files.iter().filter(move |file| file.fate == fate);
    for (fate, word) in words.iter().filter(|(fate, _)| *fate != Fate::Unchanged) {
        let lines =
            of(*fate).map(|file| format!("{word:<8} {:>9}  {}", size_in_words(None, file.size), file.path));
        list(lines, if chosen.dry_run { usize::MAX } else { NAMED }, terminal);
    }
    let counts = words.map(|(fate, word)| {
        let (count, sum) = of(fate).fold((0, 0), |(count, sum), file| (count + 1, sum + file.size));
        match count {
            0 => format!("0 {word}"),
            _ => format!("{count} {word} ({})", size_in_words(None, sum)),
        }
    });
    terminal.say(&format!("{}.", counts.join(", ")));
}

fn refuse(refused: &Refused, terminal: &mut Terminal) -> Outcome {
    terminal.refuse_and(refused, |terminal| {
        if let Some(findings) = refused.findings() {
            print(findings, terminal);
        }
        match refused {
            Refused::Unpublishable { with_faults: memos, .. } => terminal.say(&format!(
                "{}Nothing was published. Correct the faults, run `ccrov build`, and publish again.",
                with_faults(memos)
            )),
            Refused::NotCurrent { stale, .. } => {
                list(stale.iter().map(|path| format!("not current  {path}")), NAMED, terminal);
                terminal.complain(&refused.to_string());
            }
            refused => terminal.complain(&refused.to_string()),
        }
    })
}

/// Where a target is.
pub(super) fn open(
    target: &Target,
    root: &Path,
    takes_over: bool,
) -> Result<Box<dyn Destination>, PublishError> {
    Ok(match target {
        Target::Folder(folder) => Box::new(Folder::open(folder, root)?),
        Target::Storage { bucket, prefix } => {
            let storage = Storage::open(bucket, prefix.as_ref(), &settings())?;
            Box::new(if takes_over { storage.taking_over() } else { storage })
        }
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

/// The first of some lines, and how many more there are.
fn list(lines: impl Iterator<Item = String>, most: usize, terminal: &mut Terminal) {
    let lines: Vec<_> = lines.collect();
    lines.iter().take(most).for_each(|line| terminal.say(line));
    if lines.len() > most {
        terminal.say(&format!("... and {} more; with --dry-run, all are listed", lines.len() - most));
    }
}
