//! `status`: all memos in a table, and what each still needs before it can be issued.

use std::path::Path;

use super::{
    Outcome, Terminal, at,
    report::{outcome, print},
    snapshot,
};
use crate::{
    desk::{self, MemoStatus, State, StatusReport, Unpublished},
    model::Status,
    words::{cut, listed, visible},
};

/// How many characters a line of the table has at most.
const WIDTH: usize = 100;

/// `ccrov status`.
pub(super) fn status(root: &Path, terminal: &mut Terminal) -> Outcome {
    let report = match snapshot(&at(root)).and_then(|snapshot| desk::status(&snapshot)) {
        Ok(report) => report,
        Err(refused) => return terminal.refuse(&refused),
    };
    let ended = match (report.memos.is_empty(), report.is_incomplete) {
        (true, _) => outcome(&report.findings),
        (false, true) => outcome(&report.findings),
        (false, false) => Outcome::Done,
    };
    terminal.answer(&report, ended, |terminal| say(&report, terminal))
}

fn say(report: &StatusReport, terminal: &mut Terminal) {
    if report.memos.is_empty() && !report.is_incomplete {
        print(&report.findings, terminal);
        terminal.say(match outcome(&report.findings) {
            Outcome::Done => "There are no memos yet. `ccrov new` begins one.",
            _ => "There are no memos to list.",
        });
        return;
    }
    let done = |row: &MemoStatus| matches!(row.state, State::In(Status::Issued) | State::Archived);
    let shown: Vec<_> = report.memos.iter().filter(|row| terminal.all || !row.ready || !done(row)).collect();
    if !shown.is_empty() {
        table(&shown, terminal);
    }
    if report.is_incomplete {
        let unread = match report.unread.is_empty() {
            true => String::new(),
            false => format!(" (memos: {})", report.unread.join(", ")),
        };
        terminal.complain(&format!("not every file can be read{unread}; `ccrov check` shows why"));
    }
    terminal.say(&report.summary);
    report.proposals.iter().for_each(|proposal| terminal.say(&format!("Proposed: {}.", proposal.words)));
    unpublished(&report.unpublished, terminal);
}

/// Says which memos are not yet where visitors read them.
pub(super) fn unpublished(unpublished: &[Unpublished], terminal: &mut Terminal) {
    for Unpublished { target, memos } in unpublished {
        terminal.say(&format!("Not yet published to {target}: {}.", listed(memos, 10)));
    }
}

/// Prints the rows in columns; an empty line parts one status from the next.
fn table(rows: &[&MemoStatus], terminal: &mut Terminal) {
    let columns = |row: &MemoStatus| {
        [&row.id, &row.date, row.state.word(), &row.left, &row.subject].map(|cell| visible(cell).into_owned())
    };
    let head = ["Memo", "Date", "Status", "Still to do", "Subject"].map(str::to_owned);
    let lines: Vec<_> = std::iter::once(head).chain(rows.iter().map(|row| columns(row))).collect();
    let most = [20, 12, 9, 44, WIDTH];
    let mut widths = [0; 5];
    for (column, width) in widths.iter_mut().enumerate() {
        let widest = lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        *width = widest.min(most[column]);
    }
    widths[4] = WIDTH - widths[..4].iter().map(|width| width + 2).sum::<usize>();
    let mut group = None;
    for (line, row) in lines.iter().zip(std::iter::once(None).chain(rows.iter().map(Some))) {
        let state = row.map(|row| row.state);
        if group.replace(state).is_some_and(|before| before != state) {
            terminal.say("");
        }
        let cells = line.iter().zip(widths).map(|(cell, width)| format!("{:<width$}", cut(cell, width)));
        terminal.say(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    terminal.say("");
}
