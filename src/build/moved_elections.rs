//! Elections that have another day in the office's file than issued memos told.
//!
//! In: the office, the locks of issued memos. Out: a warning for each election that moved, with the memos in force that named the
//! old day and that no later memo has put right. Not here: what changed in a schedule, which `diff` tells.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde_json::Value;

use super::Scope;
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    folder::Snapshot,
    issued::{LockFile, Standing},
    model::{Election, Id, InForce, date},
    output::Form,
    prose::has_day,
    records::Records,
    words::{listed, series},
    yaml::{entry, place_of},
};

/// How many memos a warning names.
const NAMED: usize = 10;

/// Warns of the elections that moved since memos were issued that named their days. The office may have answered for all.
pub(super) fn warn(
    working: &Records,
    snapshot: &Snapshot,
    in_force: &InForce<'_>,
    standing: &Standing,
    scope: &Scope<'_>,
    faults: &mut Faults,
) {
    if faults.accepts(working.office.published_as.place.source, Code::MovedElection) {
        return;
    }
    let elections: Vec<ElectionToday<'_>> =
        working.office.elections.iter().filter_map(ElectionToday::of).collect();
    let mut moved: BTreeMap<(usize, NaiveDate), BTreeSet<&str>> = BTreeMap::new();
    for (id, locked) in &standing.locks {
        let name = id.as_str();
        let Some(days) = days_then(locked) else { continue };
        if !scope.wants(name) || scope.issues(name) || !in_force.is_in_force(name) {
            continue;
        }
        let published = LazyCell::new(|| published(locked, snapshot));
        for (at, election) in elections.iter().enumerate() {
            let Some(was) = election.moved_from(days) else { continue };
            let later = in_force.later(name).iter().filter(|later| !later.withdrawn);
            let later = later.filter_map(|later| standing.locks.get(&later.id.parse().ok()?));
            let mut days = later.filter_map(days_then);
            if !days.any(|days| election.has_same_day(days))
                && (counts_from(locked, election.election, was) || names(&published, was))
            {
                let number = locked.lock.memo.number.as_deref().unwrap_or(name);
                moved.entry((at, was)).or_default().insert(number);
            }
        }
    }
    for ((at, was), memos) in moved {
        faults.push(fault(&elections[at], was, &memos, working, snapshot));
    }
}

/// An election of the office, and what its day is called in locks.
struct ElectionToday<'o> {
    id: &'o Id,
    election: &'o Election,
    variable: String,
    /// "November 5, 2024".
    day: String,
}

impl<'o> ElectionToday<'o> {
    fn of((id, election): (&'o Id, &'o Option<Arc<Election>>)) -> Option<ElectionToday<'o>> {
        let election = election.as_deref()?;
        Some(ElectionToday { id, election, variable: id.variable(), day: date::prose(election.date) })
    }

    /// As a lock has it.
    fn in_lock<'l>(&self, days: &'l Value) -> Option<&'l str> {
        days.get(&self.variable)?.get("date")?.as_str()
    }

    /// Its day when a memo was issued, if it is another one now.
    fn moved_from(&self, days: &Value) -> Option<NaiveDate> {
        let then = self.in_lock(days).filter(|then| *then != self.day)?;
        date::read(then).ok().filter(|was| *was != self.election.date)
    }

    fn has_same_day(&self, days: &Value) -> bool {
        self.in_lock(days).is_some_and(|then| date::read(then) == Ok(self.election.date))
    }
}

/// The days of all elections when a memo was issued.
fn days_then(locked: &LockFile) -> Option<&Value> {
    locked.lock.resolved.as_ref()?.get(0)?.get("elections")
}

/// Whether a memo counted from an election that had this day then.
fn counts_from(locked: &LockFile, election: &Election, was: NaiveDate) -> bool {
    let own = locked.lock.resolved.as_ref().and_then(|seen| seen.get(0)?.get("election"));
    let said = |key: &str| own.and_then(|own| own.get(key)?.as_str());
    said("name") == Some(election.name.as_str()) && said("date") == Some(date::prose(was).as_str())
}

/// Whether one of the texts has a day.
fn names(texts: &[String], day: NaiveDate) -> bool {
    let words = [date::prose(day), date::table(day), date::short(day)];
    texts.iter().any(|text| words.iter().any(|day| has_day(text, day)))
}

/// The published Markdown of a memo.
fn published(locked: &LockFile, snapshot: &Snapshot) -> Vec<String> {
    let files = locked.lock.memo.artifacts.iter().filter(|file| file.kind == Form::Md);
    let texts = files.filter_map(|file| snapshot.published(&file.path).ok()?);
    texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect()
}

fn fault(
    ElectionToday { id, election, day, .. }: &ElectionToday<'_>,
    was: NaiveDate,
    memos: &BTreeSet<&str>,
    working: &Records,
    snapshot: &Snapshot,
) -> Diagnostic {
    let office = working.office.published_as.place.source;
    let path = format!("elections.{id}.date");
    let place = place_of(office, &snapshot.sources.get(office).text, |entries| entry(entries, &path));
    let memos: Vec<&str> = memos.iter().copied().collect();
    let (noun, verb) = if memos.len() == 1 { ("memo", "names") } else { ("memos", "name") };
    let named = if memos.len() > NAMED { listed(&memos, NAMED) } else { series(&memos) };
    let was = date::prose(was);
    let message =
        format!("the {} moved to {day}, and issued {noun} {named} still {verb} {was}", election.name);
    Diagnostic::new(Code::MovedElection, place, message)
        .expected("the counties have read the old day")
        .help(
            "issue a memo that `updates` them and tells the new day; or write `accepts:` in this file, and below it \
             `moved-election:` with the reason",
        )
}
