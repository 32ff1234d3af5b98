//! `issue`: drafts get their numbers, their files are published and locked; corrections of issued memos are
//! published anew.
//!
//! The YAML is written first, then the output folder, then the locks; what is interrupted is completed by the
//! same command. Not here: how files are made, which is the press's.

mod number;

use std::{collections::BTreeSet, fs, path::Path};

use chrono::{Datelike as _, NaiveDate};
use clap::Args;

use super::{
    Outcome, Terminal, build, counted,
    edits::Edits,
    locks,
    make::{Made, Order, make, make_of, no_memo},
    report::report,
    today,
    workspace::{self, stem},
};
use crate::{
    diagnostic::Faults,
    input::{self, Entry, Readings, Working, edit, edit::Value, outline},
    model::{Id, Memo, Status, date},
    press::Lock,
    site::{self, Change, Manifest, OutputPath, Verdict},
};
use number::Numbers;

#[derive(Args)]
pub(super) struct IssueArguments {
    /// The memos, by the names of their files
    #[arg(value_name = "MEMO", required = true)]
    pub memos: Vec<String>,
    /// Publish an edit of an issued memo; say what was wrong, as it reads after "Corrected September 2, 2021:"
    #[arg(long, value_name = "TEXT")]
    pub correct: Option<String>,
    /// When it is corrected [default: today]
    #[arg(long, value_name = "DATE", requires = "correct")]
    pub date: Option<String>,
    /// Show what would be done, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is to be done, in a working folder that is not written yet.
struct Issue<'a> {
    chosen: &'a IssueArguments,
    corrected: NaiveDate,
    edits: Edits,
    numbers: Numbers,
    working: Option<Working>,
    /// Memos that are to be issued: their ids of now and of then.
    issuing: Vec<(String, String)>,
    /// The years in which numbers were given.
    years: BTreeSet<i32>,
}

/// Why a memo is left out.
enum Left {
    /// Nothing is to be done.
    Done(String),
    Refused(String),
}

/// `ccrov issue`.
pub(super) fn issue(root: &Path, chosen: &IssueArguments, terminal: &mut Terminal) -> Outcome {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let mut memos: Vec<String> = Vec::new();
    for memo in chosen.memos.iter().map(|memo| stem(memo)) {
        if !workspace.memos.contains(&memo) {
            return terminal.wrong_usage(&no_memo(&memo, &workspace.memos));
        }
        if !memos.contains(&memo) {
            memos.push(memo);
        }
    }
    let corrected = match chosen.date.as_deref().map(date::read) {
        None => today(),
        Some(Ok(day)) => day,
        Some(Err(_)) => return terminal.wrong_usage("--date is no date: write it as 2021-08-31"),
    };
    let before = match build::published_before(root, &root.join("output"), true) {
        Ok(before) => before,
        Err(complaint) => {
            terminal.complain(&complaint);
            return Outcome::Disk;
        }
    };
    // Those with faults are left out, and the others are numbered without them.
    let mut outcome = Outcome::Done;
    loop {
        let mut left = Vec::new();
        let mut issue = Issue::begin(chosen, corrected, &workspace);
        for memo in &memos {
            if let Err(why) = issue.prepare(root, memo) {
                left.push((memo.clone(), why));
            }
        }
        for (memo, why) in left {
            memos.retain(|known| *known != memo);
            match why {
                Left::Done(said) => terminal.say(&said),
                Left::Refused(wrong) => {
                    terminal.complain(&wrong);
                    outcome = outcome.max(Outcome::Faults);
                }
            }
        }
        if memos.is_empty() {
            terminal.say("Nothing was written.");
            return outcome;
        }
        let mut aside = Faults::default();
        std::mem::swap(&mut aside, &mut faults);
        let made = issue.make(root, &before, aside);
        let missing: Vec<String> = made.missing().into_iter().map(str::to_owned).collect();
        let (found, _) = report(&made.faults, &made.sources, terminal);
        if missing.is_empty() {
            return outcome.max(issue.finish(root, &before, made, terminal));
        }
        outcome = outcome.max(found).max(Outcome::Faults);
        for (old, _) in issue.issuing.iter().filter(|(_, new)| missing.contains(new)) {
            terminal.complain(&format!("{old} has faults, and is not issued"));
            memos.retain(|memo| memo != old);
        }
    }
}

impl<'a> Issue<'a> {
    fn begin(
        chosen: &'a IssueArguments,
        corrected: NaiveDate,
        workspace: &workspace::Workspace,
    ) -> Issue<'a> {
        let mut numbers = Numbers::default();
        for (memo, source) in &workspace.texts.memos {
            numbers.take(memo.split('-').next().unwrap_or_default());
            let entries = outline(&workspace.sources.get(*source).text).unwrap_or_default();
            entries
                .iter()
                .filter(|entry| entry.path == "number")
                .filter_map(|entry| entry.text.as_deref())
                .for_each(|number| numbers.take(number));
        }
        // Those whose file cannot be read are known by their names.
        workspace.memos.iter().for_each(|memo| numbers.take(memo.split('-').next().unwrap_or_default()));
        let mut aside = Faults::default();
        let working = input::read(&workspace.texts, &workspace.sources, &mut aside, |_| true);
        Issue {
            chosen,
            corrected,
            edits: Edits::new(workspace.clone()),
            numbers,
            working,
            issuing: Vec::new(),
            years: BTreeSet::new(),
        }
    }

    /// Edits a memo's YAML for what is to be done with it.
    fn prepare(&mut self, root: &Path, memo: &str) -> Result<(), Left> {
        let refused = |wrong: String| Err(Left::Refused(wrong));
        let Some(entries) = self.edits.memo(memo).and_then(|(_, text)| outline(text)) else {
            return refused(format!("{memo} cannot be read; `ccrov check {memo}` shows why"));
        };
        let value = |key: &str| value(&entries, key);
        if value("archive").is_some() {
            return refused(format!("{memo} is archived: it exists as a file only"));
        }
        let status: Option<Status> = value("status").and_then(|status| status.parse().ok());
        if status == Some(Status::Withdrawn) {
            return refused(format!("{memo} was withdrawn"));
        }
        let locked = self.edits.workspace.locks.iter().any(|(id, _)| id == memo);
        match &self.chosen.correct {
            Some(_) if !locked => refused(format!(
                "{memo} has no lock, so nothing of it is kept; `ccrov issue {memo}` publishes it as it is now"
            )),
            Some(what) => self.correct(root, memo, what.trim(), &entries),
            None if locked => Err(Left::Done(format!("{memo} is issued already."))),
            None => self.number(memo, &entries, status),
        }
    }

    fn number(&mut self, memo: &str, entries: &[Entry], status: Option<Status>) -> Result<(), Left> {
        let refused = |wrong: String| Err(Left::Refused(wrong));
        let mut number = value(entries, "number").map(str::to_owned);
        let mut set = Vec::new();
        if number.is_none() {
            let Some(year) =
                value(entries, "date").and_then(|day| date::read(day).ok()).map(|day| day.year())
            else {
                return refused(format!("{memo} has no date, so the year of its number is not known"));
            };
            number = self.numbers.next(year);
            if number.is_none() {
                return refused(format!("{year} has no number left for {memo}"));
            }
            self.years.insert(year);
            set.push(("number", number.as_deref()));
        }
        if status != Some(Status::Issued) {
            set.push(("status", Some("issued")));
        }
        let known = self.memo(memo).filter(|_| value(entries, "release").is_some()).map(|memo| memo.knows);
        let knows = known.map(|knows| knows.to_string());
        let pin = [("release", value(entries, "release")), ("knows", knows.as_deref())];
        let Some((source, text)) = self.edits.memo(memo) else { return Ok(()) };
        let edited = edit::set(text, &set).and_then(|text| match knows {
            Some(_) => edit::set(&text, &pin),
            None => Some(text),
        });
        let Some(edited) = edited else {
            return refused(format!(
                "{memo} cannot be edited in the way it is written; set `status: issued` yourself"
            ));
        };
        if edited != text {
            let edited = edited.clone();
            self.edits.edit(source, &edited);
        }
        let first = memo.split('-').next().unwrap_or_default();
        let new = number.filter(|number| first != number && status != Some(Status::Issued));
        if let Some(new) = &new
            && self.edits.rename(memo, new).is_none()
        {
            return refused(format!("{memo} cannot be renamed to {new}"));
        }
        self.issuing.push((memo.to_owned(), new.unwrap_or_else(|| memo.to_owned())));
        Ok(())
    }

    fn memo(&self, id: &str) -> Option<&Memo> {
        self.working.as_ref()?.memos.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    fn correct(&mut self, root: &Path, memo: &str, what: &str, entries: &[Entry]) -> Result<(), Left> {
        if what.is_empty() {
            return Err(Left::Refused(
                "--correct says nothing; say what was wrong: \"telephone number\"".to_owned(),
            ));
        }
        let load = |path: &str| fs::read(root.join(path)).ok();
        let held = locks::held(&self.edits.workspace, |_| false, &[], &load, &mut Faults::default());
        if !held.stuck.contains(memo) {
            let said = format!("{memo} is as it was issued; edit it first, then correct it.");
            return Err(Left::Done(said));
        }
        let day = date::iso_text(self.corrected);
        let all =
            |key| entries.iter().filter(move |entry| entry.path == key).filter_map(|e| e.text.as_deref());
        // A run that was interrupted has written it already, perhaps on an earlier day.
        let published = memo.parse::<Id>().ok().and_then(|id| held.locks.get(&id));
        let published = published.map_or(0, |locked| locked.lock.memo.corrections.len());
        let written = all("corrections.date").zip(all("corrections.what")).skip(published).last();
        let there = written.filter(|(_, said)| *said == what).and_then(|(day, _)| date::read(day).ok());
        let there = there.filter(|there| self.chosen.date.is_none() || *there == self.corrected);
        if there.is_none() {
            let item = Value::Map(vec![
                ("date".to_owned(), Value::Text(day)),
                ("what".to_owned(), Value::Text(what.to_owned())),
            ]);
            let Some((source, text)) = self.edits.memo(memo) else { return Ok(()) };
            let Some(edited) = edit::append(text, "corrections", item, &["status", "date"]) else {
                let wrong = format!(
                    "{memo} cannot be edited in the way it is written; write `corrections:` yourself"
                );
                return Err(Left::Refused(wrong));
            };
            self.edits.edit(source, &edited);
        }
        self.issuing.push((memo.to_owned(), memo.to_owned()));
        Ok(())
    }

    fn make(&self, root: &Path, before: &Manifest, faults: Faults) -> Made {
        let new: Vec<String> = self.issuing.iter().map(|(_, new)| new.clone()).collect();
        let unchanged = build::unchanged(&root.join("output"));
        let order = Order {
            issuing: &new,
            before: Some(before),
            unchanged: unchanged.as_ref(),
            ..Order::all(root, &new)
        };
        make_of(self.edits.workspace.clone(), &mut Readings::default(), &order, faults)
    }

    /// Writes, and says what was done.
    fn finish(&self, root: &Path, before: &Manifest, made: Made, terminal: &mut Terminal) -> Outcome {
        for (old, new) in &self.issuing {
            let printed = made.built.iter().find(|printed| printed.entry.id == *new);
            let title = printed.map(|printed| printed.entry.title.as_str()).unwrap_or_default();
            let was = if old == new { String::new() } else { format!(" (it was {old})") };
            let would = if self.chosen.dry_run { "Would be " } else { "" };
            terminal.say(&match &self.chosen.correct {
                None => format!(
                    "{would}{}: {new}{was}, {title}",
                    if would.is_empty() { "Issued" } else { "issued" }
                ),
                Some(what) => format!(
                    "{would}{} {}: {new}, {what}",
                    if would.is_empty() { "Corrected" } else { "corrected" },
                    date::prose(self.corrected)
                ),
            });
        }
        let then = |id: &str| {
            let (_, source) = self.edits.workspace.locks.iter().find(|(memo, _)| memo == id)?;
            Lock::read(&self.edits.workspace.sources.get(*source).text).ok()
        };
        for now in made.built.iter().filter_map(|printed| printed.lock.as_ref()) {
            let changed = then(&now.memo.id).map(|then| then.made_from.changed(&now.made_from));
            if let Some(changed) = changed.filter(|changed| !changed.is_empty()) {
                let id = &now.memo.id;
                let changed = changed.join("; ");
                terminal.say(&format!(
                    "Look at {id}: besides your edit, this changed since it was issued: {changed}."
                ));
            }
        }
        for year in &self.years {
            if let Some(gaps) = self.numbers.gaps(*year) {
                terminal.say(&format!("Numbers of {year} that no memo here bears: {gaps}."));
            }
        }
        if self.chosen.dry_run {
            terminal.say("Nothing was written (--dry-run).");
            return Outcome::Done;
        }
        write(root, &self.edits, before, made, terminal)
    }
}

/// Writes edited files, then what was made of them, then the locks.
pub(super) fn write(
    root: &Path,
    edits: &Edits,
    before: &Manifest,
    made: Made,
    terminal: &mut Terminal,
) -> Outcome {
    let changes = match edits.changes(root) {
        Ok(changes) => changes,
        Err(wrong) => {
            terminal.complain(&format!("{wrong}; nothing was written"));
            return Outcome::Faults;
        }
    };
    let Made { built, after, files, .. } = made;
    let mut locks = Vec::new();
    for printed in &built {
        if let Some(lock) = &printed.lock {
            locks.extend(lock_file(lock, edits));
        }
    }
    let folder = root.join("output");
    let output = site::plan(before, &after, files, |path| site::existing(&folder, path));
    let lists: BTreeSet<&OutputPath> =
        after.site.iter().flat_map(|part| part.files.iter().map(|file| &file.path)).collect();
    let written = output.iter().filter(|change| {
        matches!(change.verdict, Verdict::Create(_) | Verdict::Replace(_)) && !lists.contains(&change.path)
    });
    let written = written.count();
    let done = site::apply(root, &changes)
        .and_then(|()| site::apply(&folder, &output))
        .and_then(|()| site::apply(root, &locks));
    if let Err(failed) = done {
        terminal.complain(&failed.to_string());
        terminal.say("Stopped: say it again when the folder can be written.");
        return Outcome::Disk;
    }
    let named = built.iter().flat_map(|printed| printed.entry.relations.values().flatten());
    let named = named.map(Id::as_str).filter(|id| after.entry(id).is_some());
    let followed = follow(root, &named.map(str::to_owned).collect::<Vec<_>>(), &after);
    terminal.say(&format!("{} written to output/.", counted(written, "file")));
    if let Err(wrong) = followed {
        terminal.complain(&wrong);
        terminal.say("The pages of the memos that it names are not new yet; `ccrov build` makes them.");
        return Outcome::Disk;
    }
    Outcome::Done
}

/// Makes the memos that an issued one names: their pages say so. What is wrong with them, `build` tells.
fn follow(root: &Path, named: &[String], before: &Manifest) -> Result<(), String> {
    if named.is_empty() {
        return Ok(());
    }
    let folder = root.join("output");
    let unchanged = build::unchanged(&folder);
    let order = Order { before: Some(before), unchanged: unchanged.as_ref(), ..Order::all(root, named) };
    let Made { after, files, .. } = make(&order)?;
    let changes = site::plan(before, &after, files, |path| site::existing(&folder, path));
    site::apply(&folder, &changes).map_err(|failed| failed.to_string())
}

/// A lock's file, beside its memo.
fn lock_file(lock: &Lock, edits: &Edits) -> Option<Change> {
    let (source, _) = edits.memo(&lock.memo.id)?;
    let memo = &edits.workspace.sources.get(source).name;
    let path = format!("{}.lock", memo.rsplit_once('.')?.0).parse().ok()?;
    Some(Change { path, verdict: Verdict::Replace(lock.to_yaml().into_bytes()) })
}

/// The text of a key.
fn value<'e>(entries: &'e [Entry], key: &str) -> Option<&'e str> {
    entries.iter().find(|entry| entry.path == key)?.text.as_deref()
}
