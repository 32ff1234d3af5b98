//! `import`: a list of old memos -> archive files in memos/; or, for a release, a spreadsheet of tasks (`import_sheet`).

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, Terminal, at, import_sheet, slip_arguments::SlipAnswers, snapshot};
use crate::{
    desk::{self, NotATable, Refused, TextTable},
    folder::ReadError,
    words::{counted, grouped},
};

#[derive(Args)]
pub(super) struct ImportArguments {
    /// The list of old memos; or, with --release, the spreadsheet (.xlsx, .ods or .csv)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Compare the spreadsheet with this release, by the name of its file
    #[arg(long, value_name = "RELEASE", group = "of_sheet")]
    pub release: Option<String>,
    /// Print the spreadsheet as a table in Markdown, for the text of a memo
    #[arg(long, group = "of_sheet")]
    pub as_table: bool,
    /// The sheet, if several could be meant
    #[arg(long, value_name = "NAME", requires = "of_sheet")]
    pub sheet: Option<String>,
    /// The plan was wrong: change its steps
    #[arg(long, requires = "release", conflicts_with = "moved")]
    pub wrong: bool,
    /// The plan has moved: record a delay, with the steps that come and go by it
    #[arg(long, requires = "release")]
    pub moved: bool,
    /// Take these changes alone, by their numbers
    #[arg(long, value_name = "NUMBER", value_delimiter = ',', requires = "release")]
    pub only: Option<Vec<usize>>,
    /// Whom a name in the sheet means, by the id in memos/office.yaml; or new, to add it
    #[arg(long, value_name = "NAME=ENTITY", requires = "release")]
    pub who: Vec<String>,
    /// Which step a row of the sheet is; new, or none to leave it out
    #[arg(long, value_name = "ROW=STEP|new|none", value_delimiter = ',', requires = "release")]
    pub row: Vec<String>,
    /// What a cell means that has no date which can be read
    #[arg(long, value_name = "CELL=DATE", requires = "release")]
    pub date: Vec<String>,
    /// What is known of the delay
    #[command(flatten)]
    pub delay: SlipAnswers,
    /// Write without asking; needed where nobody can be asked: with output that goes into a file, or in a script
    #[arg(long, requires = "release")]
    pub yes: bool,
}

impl ImportArguments {
    /// Whether it writes into the working folder.
    pub fn writes(&self) -> bool {
        !self.as_table && (self.release.is_none() || self.wrong || self.moved)
    }
}

/// `ccrov import FILE`.
pub(super) fn import(root: &Path, chosen: &ImportArguments, terminal: &mut Terminal) -> Outcome {
    let name = chosen.file.display().to_string();
    if desk::is_word_name(&name) {
        return terminal.wrong_usage(&format!(
            "{name} is no list. To begin a memo with its text: `ccrov new --from {name}`. To file it with the old memos as it is, \
             write it into a list: a row with the memo's number, date, subject and file"
        ));
    }
    let read = std::fs::read(&chosen.file)
        .map_err(|error| Refused::Unreadable { file: name.clone(), why: ReadError::from(error) });
    match (read, &chosen.release) {
        (Err(refused), _) => terminal.refuse(&refused),
        (Ok(bytes), Some(release)) => {
            import_sheet::import_sheet(root, (&name, &bytes), release, chosen, terminal)
        }
        (Ok(bytes), None) if chosen.as_table => as_table((&name, &bytes), chosen, terminal),
        (Ok(bytes), None) => list(root, &name, &bytes, terminal),
    }
}

/// A sheet as a table in Markdown.
fn as_table((name, bytes): (&str, &[u8]), chosen: &ImportArguments, terminal: &mut Terminal) -> Outcome {
    let sheets = |tables: &[TextTable]| tables.iter().map(|table| table.sheet.clone()).collect();
    let table = desk::tables_in_text(bytes).and_then(|mut tables| {
        let wanted = chosen.sheet.as_deref();
        let is_it =
            |table: &TextTable| wanted.is_none_or(|wanted| table.sheet.eq_ignore_ascii_case(wanted.trim()));
        let at = tables.iter().position(is_it);
        match (at, wanted) {
            (Some(_), None) if tables.len() > 1 => Err(NotATable::Several { sheets: sheets(&tables) }),
            (Some(at), _) => Ok(tables.swap_remove(at)),
            (None, name) => {
                Err(NotATable::NoSheet { name: name.unwrap_or_default().to_owned(), sheets: sheets(&tables) })
            }
        }
    });
    match table {
        Ok(table) => terminal.answer(&table, Outcome::Done, |terminal| {
            table.told.iter().for_each(|told| terminal.note(told));
            terminal.print(table.markdown.trim_end());
        }),
        Err(why) => terminal.wrong_usage(&format!("{name}: {why}")),
    }
}

/// A list of old memos.
fn list(root: &Path, name: &str, bytes: &[u8], terminal: &mut Terminal) -> Outcome {
    let done = snapshot(&at(root))
        .and_then(|now| desk::import(&now, bytes))
        .and_then(|plan| Ok(at(root).commit(plan)?));
    let report = match done {
        Ok(receipt) => receipt.report,
        Err(refused @ Refused::NotAList(_)) => return terminal.wrong_usage(&format!("{name}: {refused}")),
        Err(refused) => return terminal.refuse(&refused),
    };
    let outcome = if report.refused.is_empty() { Outcome::Done } else { Outcome::Faults };
    terminal.answer(&report, outcome, |terminal| {
        let shown = terminal.room_for(report.refused.len());
        for row in &report.refused[..shown] {
            terminal.note(&format!("{name}:{}: {}", row.line, row.why));
        }
        if let Some(more @ 1..) = report.refused.len().checked_sub(shown) {
            terminal.note(&format!("and {} more; `--all` shows them", grouped(more)));
        }
        let left = match report.refused.len() {
            0 => String::new(),
            rows => format!("; {} could not be taken", counted(rows, "row")),
        };
        terminal.say(&format!("Made {} in memos/{left}.", counted(report.files.len(), "file")));
    })
}
