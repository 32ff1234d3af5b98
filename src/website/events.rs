//! Schedules as they hold now, and their dates.
//!
//! In: rows. Out: the memos whose schedules are current; the days on which steps start and end. Not here:
//! which page shows them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::MemoListing;
use crate::{
    model::{DateCell, Id, date},
    output::StepEntry,
};

/// A day on which a step starts or ends.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Event {
    #[serde(skip)]
    pub day: NaiveDate,
    /// "Friday, October 8, 2021".
    pub date: String,
    pub iso_date: String,
    /// "starts", "ends"; "starts and ends" of a step that takes a day; "is due" of a deadline.
    pub what: &'static str,
    /// "11:00 p.m.", or that it is any day up to then.
    pub time: String,
    /// "6a"; nothing of a deadline.
    pub step: String,
    pub task: String,
    /// What must not be overlooked, if there is something.
    pub warning: Option<String>,
    pub owner: String,
    /// Who that is, one by one, between bars; only where a browser asks for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// What the memo is called that says so.
    pub memo: String,
    pub page: Option<String>,
}

/// The memos whose schedules hold: of each release the newest that knows what was told, if it is in force, and what no later
/// schedule updates.
pub(super) fn current<'r, 'a>(rows: &'r [MemoListing<'a>]) -> Vec<&'r MemoListing<'a>> {
    let holds =
        |row: &&MemoListing<'_>| !row.entry.schedule.is_empty() && row.status != "withdrawn" && !row.behind;
    let with = || rows.iter().filter(holds);
    let schedules: BTreeSet<&str> = with().map(|row| row.id).collect();
    let replaced = |row: &MemoListing<'_>| {
        row.later.iter().any(|later| !later.withdrawn && schedules.contains(later.id))
    };
    let mut releases = BTreeSet::new();
    with()
        // Rows are newest first. An older schedule of a release does not come back because its newest is superseded.
        .filter(|row| {
            row.entry.release.as_ref().map(Id::as_str).is_none_or(|release| releases.insert(release))
        })
        .filter(|row| row.in_force && !replaced(row))
        .collect()
}

/// The deadlines that hold, with the memos that list them: of memos in force, unless a later memo in force that names the memo
/// lists it, too: under the same id, or for the same entities in the same words.
pub(super) fn deadlines<'r, 'a>(
    rows: &'r [MemoListing<'a>],
) -> Vec<(&'r MemoListing<'a>, Vec<&'a StepEntry>)> {
    let by_id: BTreeMap<&str, &MemoListing<'a>> = rows.iter().map(|row| (row.id, row)).collect();
    let holds = |row: &MemoListing<'a>, deadline: &StepEntry| {
        let later = row.later.iter().filter_map(|later| by_id.get(later.id)).filter(|later| later.in_force);
        let mut theirs = later.flat_map(|later| &later.entry.deadlines);
        !theirs.any(|other| other.is_same_deadline(deadline))
    };
    let of = |row: &'r MemoListing<'a>| {
        let own: Vec<_> = row.entry.deadlines.iter().filter(|deadline| holds(row, deadline)).collect();
        (row.in_force && !own.is_empty()).then_some((row, own))
    };
    rows.iter().filter_map(of).collect()
}

/// The days of all schedules and deadlines that hold, in order.
pub(super) fn events(rows: &[MemoListing<'_>]) -> Vec<Event> {
    let mut events: Vec<Event> = current(rows).into_iter().flat_map(of_schedule).collect();
    for (row, deadlines) in deadlines(rows) {
        events.extend(deadlines.into_iter().filter_map(|deadline| {
            let cell = cell(&deadline.end);
            Some(event(row, deadline, cell.day()?, "is due", &cell))
        }));
    }
    events.sort_by_key(|event| event.day);
    events
}

fn of_schedule(row: &MemoListing<'_>) -> Vec<Event> {
    let days = row.entry.schedule.iter().flat_map(StepEntry::days);
    days.map(|(step, day, what, cell)| event(row, step, day, what, &cell)).collect()
}

fn cell(text: &str) -> DateCell {
    text.parse().unwrap_or(DateCell::Empty)
}

fn event(
    row: &MemoListing<'_>,
    step: &StepEntry,
    day: NaiveDate,
    what: &'static str,
    cell: &DateCell,
) -> Event {
    Event {
        day,
        date: format!("{}, {}", date::weekday(day), date::prose(day)),
        iso_date: date::iso_text(day),
        what,
        time: cell.aside(),
        step: step.step.clone(),
        task: step.task.clone(),
        warning: step.warning.clone(),
        owner: step.owner.clone(),
        asked: String::new(),
        memo: row.label().to_owned(),
        page: row.page.clone(),
    }
}

/// Who is responsible, one by one: "SOS/CGI" are two, "SOS/ITD" is one if the office knows it.
///
/// `known` are the names of the office.
pub(super) fn owners<'o>(owner: &'o str, known: &BTreeMap<&str, &str>) -> Vec<&'o str> {
    let mut owners = Vec::new();
    let mut rest = owner;
    while !rest.is_empty() {
        let ends = rest.match_indices('/').map(|(at, _)| at).chain([rest.len()]);
        let longest = ends.filter(|end| known.contains_key(&rest[..*end])).max();
        // What the office does not know any more stands as it was printed.
        let end = longest.unwrap_or(rest.len());
        owners.push(&rest[..end]);
        rest = rest[end..].strip_prefix('/').unwrap_or_default();
    }
    owners
}
