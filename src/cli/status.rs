//! `status`: all memos in a table, and what each still needs before it can be issued.

use std::{cmp::Ordering, path::Path};

use chrono::NaiveDate;

use super::{
    Outcome, Terminal, build, counted,
    make::{Made, Order, make},
    report::{outcome, report},
};
use crate::{
    diagnostic::{Severity, SourceId},
    input::outline,
    model::{Status, date},
};

/// How many characters a line of the table has at most.
const WIDTH: usize = 100;

/// Where a memo stands, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It does not say a status that there is.
    Unclear,
    In(Status),
    Archived,
}

/// A memo as the table shows it.
pub(super) struct Row {
    pub id: String,
    pub number: Option<String>,
    /// As written, where it is no date.
    pub date: String,
    day: Option<NaiveDate>,
    pub state: State,
    /// What is to be done before it can be issued.
    pub left: String,
    pub subject: String,
    pub built: bool,
    /// Nothing but the next step is to be done.
    ready: bool,
    /// The faults in its own files, by their places among those of the run.
    pub faults: Vec<usize>,
}

/// `ccrov status`.
pub(super) fn status(root: &Path, all: bool, terminal: &mut Terminal) -> Outcome {
    // What was built and is as it was has nothing new to tell.
    let output = root.join("output");
    let before = build::published_before(root, &output, true).unwrap_or_default();
    let unchanged = build::unchanged(&output);
    let order = Order { before: Some(&before), unchanged: unchanged.as_ref(), ..Order::all(root, &[]) };
    let made = match make(&order) {
        Ok(made) => made,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    if made.known.is_empty() {
        let (outcome, _) = report(&made.faults, &made.sources, terminal);
        let nothing = match outcome {
            Outcome::Done => "There are no memos yet. `ccrov new` begins one.",
            _ => "There are no memos to list.",
        };
        terminal.say(nothing);
        return outcome;
    }
    let rows = rows(&made, |_| true);
    let done = |row: &Row| matches!(row.state, State::In(Status::Issued) | State::Archived);
    let shown: Vec<&Row> = rows.iter().filter(|row| all || !row.ready || !done(row)).collect();
    if !shown.is_empty() {
        table(&shown, terminal);
    }
    if outcome(&made.faults) == Outcome::Disk {
        terminal.complain("not every file can be read; `ccrov check` shows which");
        terminal.say(&summary(&rows));
        return Outcome::Disk;
    }
    terminal.say(&summary(&rows));
    Outcome::Done
}

/// The memos that are wanted, as far as their files could be read, in the order of the table.
pub(super) fn rows(made: &Made, wanted: impl Fn(&str) -> bool) -> Vec<Row> {
    let wanted = made.memos.iter().filter(|(id, _)| wanted(id));
    let mut rows: Vec<Row> = wanted.map(|(id, source)| row(id, *source, made)).collect();
    rows.sort_by(Row::order);
    rows
}

impl Row {
    /// How far it has come, its date, its name.
    pub fn order(&self, other: &Row) -> Ordering {
        (self.state.place(), self.day, &self.id).cmp(&(other.state.place(), other.day, &other.id))
    }
}

impl State {
    fn place(self) -> Option<usize> {
        match self {
            State::Unclear => None,
            State::In(status) => Status::ALL.iter().position(|known| *known == status),
            State::Archived => Some(Status::ALL.len()),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            State::Unclear => "unclear",
            State::In(status) => status.word(),
            State::Archived => "archived",
        }
    }

    /// The next step of a memo that lacks nothing.
    fn next(self) -> Option<&'static str> {
        match self {
            State::In(Status::Draft) => Some("review it"),
            State::In(Status::Review) => Some("approve it"),
            State::In(Status::Approved) => Some("issue it"),
            _ => None,
        }
    }
}

fn row(id: &str, source: SourceId, made: &Made) -> Row {
    let file = made.sources.get(source);
    let written = outline(&file.text).unwrap_or_default();
    let value = |path: &str| written.iter().find(|entry| entry.path == path).and_then(|e| e.text.as_deref());
    let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = |name: &str| {
        let beside = name.strip_prefix(folder).and_then(|name| name.strip_prefix('/'));
        name == file.name
            || written.iter().any(|entry| entry.text.is_some() && entry.text.as_deref() == beside)
    };
    let all = made.faults.iter().enumerate();
    let own = all.filter(|(_, fault)| own(&made.sources.get(fault.place.source).name));
    let faults: Vec<usize> = own.map(|(at, _)| at).collect();
    let of = |severity| faults.iter().filter(|at| made.faults[**at].code.severity() == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let built = made.entry(id);

    let state = match value("status").and_then(|status| status.parse().ok()) {
        Some(status) => State::In(status),
        None if value("archive") == Some("true") => State::Archived,
        None => State::Unclear,
    };
    let day = value("date").and_then(|day| date::read(day).ok());
    let subject = built.map(|memo| memo.title.as_str()).or(value("subject")).unwrap_or_default();
    let mut left = Vec::new();
    if matches!(state, State::In(Status::Draft | Status::Review)) && value("number").is_none() {
        left.push("number it".to_owned());
    }
    match (errors, built) {
        (0, None) => left.push("correct faults in other files".to_owned()),
        (0, Some(_)) => {}
        _ => left.push(format!("correct {}", counted(errors, "fault"))),
    }
    if made.outdated.iter().any(|memo| memo == id) {
        left.push("write a memo that updates it".to_owned());
    }
    if warnings > 0 {
        left.push(format!("look at {}", counted(warnings, "warning")));
    }
    let ready = left.is_empty();
    if ready {
        left.extend(state.next().map(str::to_owned));
    }
    Row {
        id: id.to_owned(),
        number: value("number").map(str::to_owned),
        date: day.map_or_else(|| value("date").unwrap_or_default().to_owned(), date::table),
        day,
        state,
        left: left.join(", "),
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
        built: built.is_some(),
        ready,
        faults,
    }
}

/// Prints the rows in columns; an empty line parts one status from the next.
fn table(rows: &[&Row], terminal: &mut Terminal) {
    let columns = |row: &Row| {
        [row.id.clone(), row.date.clone(), row.state.word().to_owned(), row.left.clone(), row.subject.clone()]
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

/// Text that fits a width.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// "3 memos: 1 draft, 1 ready to issue, 1 issued."
pub(super) fn summary(rows: &[Row]) -> String {
    let word = |row: &Row| match row.state {
        State::In(Status::Review) => "in review",
        State::In(Status::Approved) if row.ready => "ready to issue",
        state => state.word(),
    };
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in rows.iter().map(word) {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let counts: Vec<_> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
    let faults = !rows.iter().all(|row| row.built);
    let more = if faults { " `ccrov check` shows the faults." } else { "" };
    format!("{}: {}.{more}", counted(rows.len(), "memo"), counts.join(", "))
}
