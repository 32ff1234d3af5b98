//! Schedules as they hold now, and their dates.
//!
//! In: rows. Out: the memos whose schedules are current; the days on which steps start and end. Not here:
//! which page shows them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::MemoListing;
use crate::{
    model::{DateCell, Id, Later, Status, date},
    output::{MemoEntry, StepEntry},
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

/// A memo as it stands among others, today or on an earlier day.
pub(super) trait DatedMemo<'a> {
    fn entry(&self) -> &'a MemoEntry;
    /// Whether it was withdrawn.
    fn is_withdrawn(&self) -> bool;
    /// Whether an older memo of its release has told more delays.
    fn is_behind(&self) -> bool;
    /// Whether readers are to follow it.
    fn is_in_force(&self) -> bool;
    /// What later memos say of it.
    fn later(&self) -> &[Later<'a>];
}

impl<'a> DatedMemo<'a> for MemoListing<'a> {
    fn entry(&self) -> &'a MemoEntry {
        self.entry
    }

    fn is_withdrawn(&self) -> bool {
        self.status == Status::Withdrawn.word()
    }

    fn is_behind(&self) -> bool {
        self.behind
    }

    fn is_in_force(&self) -> bool {
        self.in_force
    }

    fn later(&self) -> &[Later<'a>] {
        &self.later
    }
}

/// The memos whose schedules hold: of each release the newest that knows what was told, if it is in force, and what no later
/// schedule updates. Memos are given newest first.
pub(super) fn current<'r, 'a, M: DatedMemo<'a>>(memos: &'r [M]) -> Vec<&'r M> {
    let holds = |memo: &&M| !memo.entry().schedule.is_empty() && !memo.is_withdrawn() && !memo.is_behind();
    let with = || memos.iter().filter(holds);
    let schedules: BTreeSet<&str> = with().map(|memo| memo.entry().id.as_str()).collect();
    let replaced =
        |memo: &M| memo.later().iter().any(|later| !later.withdrawn && schedules.contains(later.id));
    let mut releases = BTreeSet::new();
    with()
        // An older schedule of a release does not come back because its newest is superseded.
        .filter(|memo| {
            memo.entry().release.as_ref().map(Id::as_str).is_none_or(|release| releases.insert(release))
        })
        .filter(|memo| memo.is_in_force() && !replaced(memo))
        .collect()
}

/// The deadlines that hold, with the memos that list them: of memos in force, unless a later memo in force that names the memo
/// lists it, too: under the same id, or for the same entities in the same words.
pub(super) fn deadlines<'r, 'a, M: DatedMemo<'a>>(memos: &'r [M]) -> Vec<(&'r M, Vec<&'a StepEntry>)> {
    let by_id: BTreeMap<&str, &M> = memos.iter().map(|memo| (memo.entry().id.as_str(), memo)).collect();
    let holds = |memo: &M, deadline: &StepEntry| {
        let later = memo.later().iter().filter_map(|later| by_id.get(later.id));
        let mut theirs = later.filter(|later| later.is_in_force()).flat_map(|later| &later.entry().deadlines);
        !theirs.any(|other| other.is_same_deadline(deadline))
    };
    let of = |memo: &'r M| {
        let own: Vec<_> = memo.entry().deadlines.iter().filter(|deadline| holds(memo, deadline)).collect();
        (memo.is_in_force() && !own.is_empty()).then_some((memo, own))
    };
    memos.iter().filter_map(of).collect()
}

/// The days of all schedules and deadlines that hold, in order.
pub(super) fn events(rows: &[MemoListing<'_>]) -> Vec<Event> {
    let mut events: Vec<Event> = current(rows).into_iter().flat_map(of_schedule).collect();
    for (row, deadlines) in deadlines(rows) {
        events.extend(deadlines.into_iter().filter_map(|deadline| {
            let [_, cell] = deadline.cells();
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
