//! What a text can name, with what would be printed: for whoever picks a date instead of typing it.
//!
//! In: a memo, its office, its resolved plan. Out: [`Variable`]s in the order of their names. Not here: what is offered to whom.

use serde_json::Value;

use super::context::MemoContext;
use crate::{
    model::{DateCell, Memo, Office, date},
    schedule::Resolved,
};

/// Something that can stand in double braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// What stands in the braces: `milestones.release.date`.
    pub path: String,
    /// What is printed: "November 21, 2021".
    pub printed: String,
}

/// The variables of a memo that print a text.
pub fn variables(office: &Office, memo: &Memo, resolved: Option<&Resolved<'_>>) -> Vec<Variable> {
    let Some(holder) = office.holder(memo.date) else { return Vec::new() };
    let known = resolved.map(Resolved::known);
    let context = MemoContext::new(office, holder, memo, known.as_ref());
    let mut found = Vec::new();
    if let Ok(values) = serde_json::to_value(&context) {
        add(&values, "", &mut found);
    }
    found.extend(resolved.into_iter().flat_map(deadlines));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The day and the time of each deadline that the memo lists by a name of its own: no text can name another.
fn deadlines(resolved: &Resolved<'_>) -> Vec<Variable> {
    let mut found = Vec::new();
    for task in resolved.deadlines().filter(|task| task.task.id.as_str().starts_with(char::is_alphabetic)) {
        let (name, cell) = (task.task.id.variable(), &task.end.cell);
        let mut add =
            |key: &str, printed| found.push(Variable { path: format!("deadlines.{name}.{key}"), printed });
        add("date", cell.prose());
        if let DateCell::Moment(_, time) = cell {
            add("time", date::time(*time));
        }
    }
    found
}

fn add(value: &Value, path: &str, found: &mut Vec<Variable>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add(value, &path, found);
            }
        }
        Value::String(printed) if !printed.is_empty() => {
            found.push(Variable { path: path.to_owned(), printed: printed.clone() });
        }
        _ => {}
    }
}
