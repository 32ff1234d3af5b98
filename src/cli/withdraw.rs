//! `withdraw`: an issued memo is taken back. What was published stays; its page says that it was withdrawn.
//!
//! Not here: how the page says it.

use std::{fs, path::Path};

use clap::Args;

use super::{
    Outcome, Terminal, build,
    edits::Edits,
    issue::write,
    locks,
    make::{Order, make_of, no_memo},
    report::report,
    workspace::{self, stem},
};
use crate::{
    diagnostic::Faults,
    input::{Readings, edit, outline},
    model::Status,
    press::source_digest,
};

#[derive(Args)]
pub(super) struct WithdrawArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    pub memo: String,
    /// Why it is withdrawn; its page shows it
    #[arg(long, value_name = "TEXT")]
    pub why: String,
}

/// `ccrov withdraw`.
pub(super) fn withdraw(root: &Path, chosen: &WithdrawArguments, terminal: &mut Terminal) -> Outcome {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let id = stem(&chosen.memo);
    let why = chosen.why.trim();
    if why.is_empty() {
        return terminal.wrong_usage("--why says nothing; readers of the memo's page are told why");
    }
    let mut edits = Edits::new(workspace);
    let Some((source, text)) = edits.memo(&id) else {
        return terminal.wrong_usage(&no_memo(&id, &edits.workspace.memos));
    };
    let entries = outline(text).unwrap_or_default();
    let status = entries.iter().find(|entry| entry.path == "status").and_then(|entry| entry.text.as_deref());
    match status.and_then(|status| status.parse().ok()) {
        Some(Status::Issued | Status::Withdrawn) => {}
        Some(status) => {
            return terminal.wrong_usage(&format!(
                "{id} was never issued (it is in `{status}`): remove its file instead"
            ));
        }
        None => return terminal.wrong_usage(&format!("{id} is no memo that was issued")),
    }
    let Some(edited) = edit::set(text, &[("status", Some("withdrawn")), ("why", Some(why))]) else {
        terminal.complain(&format!(
            "{id} cannot be edited in the way it is written; set `status: withdrawn` yourself"
        ));
        return Outcome::Faults;
    };
    // What else was edited since the memo was issued would be lost to sight.
    let load = |path: &str| fs::read(root.join(path)).ok();
    let held = locks::held(&edits.workspace, |memo| memo == id, &[], &load, &mut faults);
    if held.stuck.contains(&id) && status == Some("issued") {
        return report(&faults.into_sorted(), &edits.workspace.sources, terminal).0.max(Outcome::Faults);
    }
    let name = edits.workspace.sources.get(source).name.clone();
    edits.edit(source, &edited);
    if let Some(mut locked) = id.parse().ok().and_then(|id| held.locks.get(&id).cloned()) {
        let file = name.rsplit('/').next().unwrap_or(&name);
        locked.lock.sources.insert(file.to_owned(), source_digest(file, edited.as_bytes()));
        Status::Withdrawn.word().clone_into(&mut locked.lock.memo.status);
        locked.lock.why = Some(why.to_owned());
        edits.edit(locked.source, &locked.lock.to_yaml());
    }
    let before = match build::published_before(root, &root.join("output"), true) {
        Ok(before) => before,
        Err(complaint) => {
            terminal.complain(&complaint);
            return Outcome::Disk;
        }
    };
    let memos = [id.clone()];
    let unchanged = build::unchanged(&root.join("output"));
    let order = Order { before: Some(&before), unchanged: unchanged.as_ref(), ..Order::all(root, &memos) };
    let made = make_of(edits.workspace.clone(), &mut Readings::default(), &order, Faults::default());
    let (outcome, _) = report(&made.faults, &made.sources, terminal);
    if !made.missing().is_empty() {
        terminal.say("Nothing was written.");
        return outcome.max(Outcome::Faults);
    }
    terminal.say(&format!("Withdrawn: {id}, {why}"));
    write(root, &edits, &before, made, terminal)
}
