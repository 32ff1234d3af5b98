//! `set`: one field of a memo, of a release or of the office; without a value, what can be set.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, Terminal, at,
    report::{outcome, print},
    snapshot,
};
use crate::{
    desk::{self, Field, FieldChange, FieldsReport, Refused, SourceFile},
    words::cut,
};

/// How many characters of a value are shown.
const WIDTH: usize = 56;

#[derive(Args)]
pub(super) struct SetArguments {
    /// A memo or a release, by the name of its file; or office
    #[arg(value_name = "MEMO")]
    file: String,
    #[arg(
        value_name = "KEY",
        help = "The key, such as subject, or tasks[3].end for the end of the fourth task; without one, all keys are listed"
    )]
    key: Option<String>,
    /// What it is to say; a list or a rule as in the file: "{at: deployment, offset: -4wd}"
    #[arg(value_name = "VALUE", requires = "key", allow_hyphen_values = true)]
    value: Option<String>,
    #[arg(
        long,
        help = "Take the key out, or an item of a list: tasks[3]",
        requires = "key",
        conflicts_with = "value"
    )]
    remove: bool,
    /// Put VALUE into the list as its item N, counted from 0
    #[arg(long, value_name = "N", requires = "value", conflicts_with = "remove")]
    insert: Option<usize>,
    #[arg(long = "to", help = "Move the item: tasks[3] --to 0 makes the fourth task the first", value_name = "N", requires = "key", conflicts_with_all = ["value", "remove", "insert"])]
    move_to: Option<usize>,
}

impl SetArguments {
    /// Whether it changes anything.
    pub fn writes(&self) -> bool {
        self.key.is_some()
    }
}

/// `ccrov set`.
pub(super) fn set(root: &Path, chosen: &SetArguments, terminal: &mut Terminal) -> Outcome {
    let folder = at(root);
    let now = snapshot(&folder).and_then(|now| Ok((SourceFile::find(&chosen.file, &now)?, now)));
    let (file, now) = match now {
        Ok(found) => found,
        Err(refused) => return terminal.refuse(&refused),
    };
    let Some(key) = &chosen.key else {
        return match desk::fields(&now, &file) {
            Ok(report) => {
                terminal.answer(&report, outcome(&report.findings), |terminal| list(&report, terminal))
            }
            Err(refused) => terminal.refuse(&refused),
        };
    };
    if chosen.value.is_none() && !chosen.remove && chosen.move_to.is_none() {
        return terminal.wrong_usage(&format!("what {key} is to say is missing; --remove takes it out"));
    }
    let Some((key, change)) = change(key, chosen) else {
        return terminal.wrong_usage("--to moves an item of a list: tasks[3] --to 0");
    };
    let plan = desk::set(&now, &file, &key, &change);
    match plan.and_then(|plan| folder.commit(plan).map_err(Refused::from)) {
        Ok(receipt) => {
            let report = receipt.report;
            terminal.answer(&report, outcome(&report.findings), |terminal| {
                print(&report.findings, terminal);
                terminal.say(&match &report.becomes {
                    Some(now) if !chosen.remove => {
                        let now = cut(&one_line(now), WIDTH);
                        let stop = if now.ends_with(['.', '!', '?', '…']) { "" } else { "." };
                        format!("{}: {key} is now {now}{stop}", report.file)
                    }
                    _ => format!("{}: {key} is removed.", report.file),
                });
            })
        }
        Err(refused) => terminal.refuse(&refused),
    }
}

/// What is to become of which key; none if an item is to move that is none.
fn change(key: &str, chosen: &SetArguments) -> Option<(String, FieldChange)> {
    let value = chosen.value.clone().unwrap_or_default();
    Some(match (chosen.move_to, chosen.insert) {
        (Some(to), _) => {
            let (list, item) = key.strip_suffix(']')?.rsplit_once('[')?;
            (list.to_owned(), FieldChange::Move(item.parse().ok()?, to))
        }
        (None, Some(at)) => (key.to_owned(), FieldChange::Insert(at, value)),
        (None, None) if chosen.remove => (key.to_owned(), FieldChange::Remove),
        (None, None) => (key.to_owned(), FieldChange::Set(value)),
    })
}

/// Lists the fields with what they say.
fn list(report: &FieldsReport, terminal: &mut Terminal) {
    print(&report.findings, terminal);
    let mut lines = Vec::new();
    report.fields.iter().for_each(|field| add(field, &mut lines));
    let width = lines.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0);
    for (key, value) in lines {
        terminal.say(format!("{key:<width$}  {value}").trim_end());
    }
}

fn add(field: &Field, lines: &mut Vec<(String, String)>) {
    if !field.fields.is_empty() {
        field.fields.iter().for_each(|inner| add(inner, lines));
        return;
    }
    let value = match (&field.written, &field.resolved) {
        (Some(written), Some(resolved)) if written != resolved => {
            format!("{}  ({resolved})", cut(&one_line(written), WIDTH))
        }
        (Some(written), _) => cut(&one_line(written), WIDTH),
        (None, _) => format!("-  {}", field.label),
    };
    lines.push((field.key.clone(), value));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
