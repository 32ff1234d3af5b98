//! `build`: the memos, made, into the output folder.
//!
//! Plans what would change and puts it there, or lists it. Prints every fault, then one line with the
//! counts.

use std::{collections::BTreeSet, path::Path};

use super::{
    BuildArguments, Outcome, Terminal, counted,
    make::{Made, Order, make},
    report::{count, report},
};
use crate::site::{self, Change, Form, Manifest, OutputPath, Unchanged, Verdict};

/// `ccrov build`.
pub(super) fn build(root: &Path, chosen: &BuildArguments, terminal: &mut Terminal) -> Outcome {
    let forms = if chosen.only.is_empty() { Form::ALL.to_vec() } else { chosen.only.clone() };
    let folder = chosen.out.clone().unwrap_or_else(|| root.join("output"));
    if ["memos", "templates"].iter().any(|sources| lies_in(&folder, &root.join(sources))) {
        return terminal
            .wrong_usage("the output folder cannot lie in memos/ or templates/; name another with --out");
    }
    let before = match published_before(root, &folder, chosen.out.is_none()) {
        Ok(before) => before,
        Err(complaint) => {
            terminal.complain(&complaint);
            return Outcome::Disk;
        }
    };
    let unchanged = unchanged(&folder).filter(|_| !chosen.check);
    let order = Order {
        root,
        memos: &chosen.memos,
        forms: &forms,
        out: chosen.out.as_deref(),
        before: Some(&before),
        threads: chosen.threads,
        issuing: &[],
        unchanged: unchanged.as_ref(),
        lists: true,
        drafts: chosen.drafts,
        as_of: chosen.as_of,
    };
    let made = match make(&order) {
        Ok(made) => made,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    let (count, missing) = count(&made);
    let count_built = made.built.len() + made.unchanged.len();
    let Made { after, files, sources, faults, kept: issued, unchanged: same, .. } = made;
    let same: usize = same.iter().filter_map(|id| after.entry(id)).map(|entry| entry.artifacts.len()).sum();
    // The lists follow from the memos, and are counted apart.
    let lists = |manifest: &Manifest| -> BTreeSet<OutputPath> {
        manifest.site.iter().flat_map(|part| part.files.iter().map(|file| file.path.clone())).collect()
    };
    let lists: BTreeSet<OutputPath> = lists(&before).union(&lists(&after)).cloned().collect();
    let changes = site::plan(&before, &after, files, |path: &OutputPath| site::existing(&folder, path));
    let (outcome, trouble) = report(&faults, &sources, terminal);
    let trouble = format!("{}{trouble}", keep_their_form(issued));
    if chosen.check {
        return differences(&folder, &changes, &trouble, terminal).max(outcome);
    }
    // What is there now has been looked at: it need not be made again as long as nobody touches it.
    let applied = site::apply(&folder, &changes).and_then(|()| site::renew_manifest(&folder));
    if let Err(failed) = applied {
        terminal.complain(&failed.to_string());
        terminal.say(&format!(
            "Stopped: not every file of {} could be written.{trouble}",
            counted(count_built, "memo")
        ));
        return Outcome::Disk;
    }
    let (of_lists, own): (Vec<_>, Vec<_>) = changes.iter().partition(|change| lists.contains(&change.path));
    let tally = |wanted: fn(&Verdict) -> bool| own.iter().filter(|change| wanted(&change.verdict)).count();
    let written = tally(|v| matches!(v, Verdict::Create(_) | Verdict::Replace(_)));
    let kept = tally(|v| *v == Verdict::Keep) + same;
    let removed = tally(|v| *v == Verdict::Remove);
    let removed = if removed == 0 { String::new() } else { format!(", {removed} removed") };
    let written = counted(written, "file");
    let others = match of_lists.iter().filter(|change| change.verdict != Verdict::Keep).count() {
        0 => String::new(),
        others => format!("; {} of the lists", counted(others, "file")),
    };
    terminal.say(&format!(
        "{missing}Built {count}: {written} written, {kept} unchanged{removed}{others}.{trouble}"
    ));
    outcome
}

/// Which files of an output folder this program need not make again, if what they are made from is as it was.
pub(super) fn unchanged(output: &Path) -> Option<Unchanged> {
    Unchanged::since_build(output, std::env::current_exe().ok().as_deref())
}

/// "212 issued memos keep their form."
fn keep_their_form(issued: usize) -> String {
    match issued {
        0 => String::new(),
        1 => " 1 issued memo keeps its form.".to_owned(),
        _ => format!(" {issued} issued memos keep their form."),
    }
}

/// Whether a folder, as far as it exists, is another one or lies in it.
fn lies_in(folder: &Path, other: &Path) -> bool {
    let there = folder.ancestors().find_map(|ancestor| ancestor.canonicalize().ok());
    other.canonicalize().is_ok_and(|other| there.is_some_and(|there| there.starts_with(other)))
}

/// The manifest of the output folder. `own` says that the folder is the working folder's own.
pub(super) fn published_before(root: &Path, folder: &Path, own: bool) -> Result<Manifest, String> {
    let real = (root.canonicalize(), folder.canonicalize());
    if let (true, (Ok(root), Ok(real))) = (own, real)
        && !real.starts_with(root)
    {
        let folder = folder.display();
        return Err(format!(
            "{folder} is a link out of the working folder; remove it, or name it with --out"
        ));
    }
    match site::existing(folder, &site::manifest_path()) {
        None => Ok(Manifest::default()),
        Some(json) => Manifest::read(&json).map_err(|wrong| {
            let path = folder.join(site::manifest_path().as_str());
            format!(
                "{} is not a manifest: {wrong}; take back what was changed in it, or remove it and build every memo",
                path.display()
            )
        }),
    }
}

/// Lists what differs from the output folder.
fn differences(folder: &Path, changes: &[Change], trouble: &str, terminal: &mut Terminal) -> Outcome {
    let mut count = 0;
    for change in changes {
        let word = match change.verdict {
            Verdict::Keep => continue,
            Verdict::Create(_) => "missing",
            Verdict::Replace(_) => "differs",
            Verdict::Remove => "left over",
        };
        count += 1;
        terminal.say(&format!("{word:<9}  {}", change.path));
    }
    let folder = folder.strip_prefix(".").unwrap_or(folder).display();
    if count == 0 {
        terminal.say(&format!("{folder} is current: {}.{trouble}", counted(changes.len(), "file")));
        return Outcome::Done;
    }
    let verb = if count == 1 { "is" } else { "are" };
    terminal.say(&format!(
        "{} in {folder} {verb} not current; `ccrov build` writes them.{trouble}",
        counted(count, "file")
    ));
    Outcome::Faults
}
