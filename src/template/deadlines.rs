//! The deadlines that a memo lists itself, in its text.
//!
//! In: resolved deadlines; the memo's text, filled in. Out: the deadlines as templates see them; the text with their table,
//! wherever it did not say them all. Not here: which day a deadline is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::memo::Filling;
use crate::{
    diagnostic::{Code, Diagnostic},
    document::set_typographically,
    model::{Attachment, Body, DateCell, Entity, Memo, Text, date},
    prose::{has_day, names_variable},
    schedule::{Resolved, ResolvedTask},
};

/// A deadline, its texts filled in.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineView {
    /// Its name, by which it is known from one memo to the next.
    pub id: String,
    /// Its day in a sentence: "October 8, 2024".
    pub date: String,
    /// The time of the day, if it has one: "5:00 p.m.".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// What is due.
    pub what: String,
    /// Who is responsible.
    pub who: String,
    /// Day and time as a table has them: "10/8/2024 5:00 p.m.".
    pub cell: String,
    /// Whether its day is known.
    #[serde(skip)]
    pub has_day: bool,
}

/// The name under which templates have the table.
const TABLE: &str = "deadline_table";

/// The name under which they have all deadlines, to go through.
const ROWS: &str = "deadline_rows";

impl Filling<'_> {
    /// `deadlines` by their ids, and `deadline_rows` in their order.
    pub(super) fn deadlines(&mut self, resolved: &Resolved<'_>) -> Vec<DeadlineView> {
        let rows: Vec<DeadlineView> = resolved.deadlines().map(|task| self.deadline(task)).collect();
        if !rows.is_empty() {
            let named = rows.iter().zip(resolved.deadlines());
            let named: BTreeMap<String, &DeadlineView> =
                named.map(|(row, task)| (task.task.id.variable(), row)).collect();
            self.values.insert("deadlines", &named);
            self.values.insert(ROWS, &rows);
        }
        rows
    }

    fn deadline(&mut self, task: &ResolvedTask<'_>) -> DeadlineView {
        let what = self.plain(&task.task.text);
        self.schedule_dates(&task.task.text, &what);
        let cell = &task.end.cell;
        let time = match cell {
            DateCell::Moment(_, time) => Some(date::time(*time)),
            _ => None,
        };
        let who = Entity::joined(&task.task.owners);
        DeadlineView {
            id: task.task.id.to_string(),
            date: cell.prose(),
            time,
            what,
            who,
            cell: cell.to_string(),
            has_day: cell.day().is_some(),
        }
    }

    /// The table of the deadlines, for texts to print.
    pub(super) fn deadline_table(&mut self, rows: &[DeadlineView]) -> Option<String> {
        if rows.is_empty() {
            return None;
        }
        let table = self.template("deadlines.md").trim().to_owned();
        self.values.insert(TABLE, &table);
        Some(table)
    }

    /// The memo's text with the table at its end, unless a text asks for it or the memo's own says each deadline: its day, or of
    /// one without a day, its name in braces.
    pub(super) fn with_deadlines(
        &mut self,
        memo: &Memo,
        body: String,
        rows: &[DeadlineView],
        table: Option<&str>,
    ) -> String {
        let Some(table) = table.filter(|_| self.whole) else { return body };
        let is_printed =
            |text: &str| bare(text).contains(&bare(&self.set(table.to_owned(), set_typographically)));
        if is_printed(&body) {
            return body;
        }
        if let Body::Text(text) = &memo.body
            && asks(text)
        {
            self.whole = false;
            let at = text.value.find(TABLE).unwrap_or_default();
            let place = self.sources.piece(text, at..at + TABLE.len());
            self.faults.push(
                Diagnostic::new(
                    Code::LostWords,
                    place,
                    "the table of deadlines does not stand in the memo as a table",
                )
                .expected("its signs would be printed as they are")
                .help(format!("write `{{{{ {TABLE} | safe }}}}`, on a line of its own")),
            );
            return body;
        }
        let attached = memo.attachments.iter().find_map(|attachment| match attachment {
            Attachment::Text(text) if asks(&text.body) => Some(&text.body),
            _ => None,
        });
        if let Some(attached) = attached {
            let variable = "{{ deadline_table | safe }}` in the attached text, on a line of its own, and `{{ attachment.body | \
                            safe }}` in `templates/attachment.md";
            self.to_print.push((attached.place.clone(), table.to_owned(), variable));
            return body;
        }
        let typed = match &memo.body {
            Body::Text(text) => Some(text.value.as_str()),
            Body::Template(name) => self.engine.written(&name.value, self.sources),
        };
        let is_named = |row: &DeadlineView| {
            let name = format!("deadlines.{}", row.id.replace('-', "_"));
            typed.is_some_and(|typed| names_variable(typed, &name) || names_variable(typed, ROWS))
        };
        let says = |row: &DeadlineView| match row.has_day {
            true => has_day(&body, &row.date) || has_day(&body, &row.cell),
            false => is_named(row),
        };
        if rows.iter().all(says) {
            return body;
        }
        format!("{body}\n\n{table}")
    }
}

/// Whether a text names the table in braces.
fn asks(text: &Text) -> bool {
    names_variable(&text.value, TABLE)
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}
