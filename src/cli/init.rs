//! `init`: a working folder to begin with.

use std::path::Path;

use super::{Outcome, Terminal, at, unfinished::complete};
use crate::{desk, words::counted};

/// `ccrov init DIR`.
pub(super) fn init(folder: &Path, terminal: &mut Terminal) -> Outcome {
    let left = complete(folder, true, terminal);
    if left != Outcome::Done {
        return left;
    }
    let working = at(folder);
    let report = match desk::init(&*working.disk()).and_then(|plan| Ok(working.commit(plan)?)) {
        Ok(receipt) => receipt.report,
        Err(refused) => return terminal.refuse(&refused),
    };
    terminal.answer(&report, Outcome::Done, |terminal| {
        let name = folder.display();
        let enter = if folder == Path::new(".") { String::new() } else { format!("`cd \"{name}\"`, then ") };
        terminal.say(&format!(
            "\
memos/office.yaml                the office: a sample, to be replaced by yours
memos/2026/26001.yaml            a sample of a memo with a schedule, and 26002.yaml of one without
memos/releases/roster-2026.yaml  the release that 26001 takes its dates from
templates/                       the form of memos, schedules and pages
schema/                          what each file may hold, for your editor
docs/format.md                   the guide; docs/keys.md and docs/templates.md go with it

Made {} in {name}. Next: {enter}`ccrov build`.",
            counted(report.files.len(), "file")
        ));
    })
}
