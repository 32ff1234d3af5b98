//! Elections that have another day in the office's file than issued memos told.
//!
//! In: the office, the locks of issued memos. Out: a warning for each election that moved, with the memos in force that named the
//! old day and that no later memo has put right. Not here: what changed in a schedule, which `diff` tells.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Scope;
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    folder::Snapshot,
    issued::{LockFile, Standing, Telling},
    model::{Election, Id, InForce, Statement, date},
    output::Form,
    records::Records,
    words::series,
    yaml::{entry, outline},
};

/// Warns of the elections that moved since memos were issued that named their days.
pub(super) fn warn(
    working: &Records,
    snapshot: &Snapshot,
    tellings: &BTreeMap<&Id, Telling<'_>>,
    standing: &Standing,
    scope: &Scope<'_>,
    faults: &mut Faults,
) {
    let told = tellings.values().filter(|memo| !memo.status.is_open());
    let told: Vec<Statement<'_>> = told.map(Telling::statement).collect();
    let in_force = InForce::of(&told);
    let mut moved: BTreeMap<(&Id, NaiveDate), BTreeSet<&str>> = BTreeMap::new();
    for (id, locked) in &standing.locks {
        let name = id.as_str();
        if !scope.wants(name) || scope.issues(name) || !in_force.is_in_force(name) {
            continue;
        }
        for (election_id, election) in &working.office.elections {
            let Some(election) = election.as_deref() else { continue };
            let Some(was) = day_then(locked, election_id).filter(|was| *was != election.date) else {
                continue;
            };
            let later = in_force.later(name).iter().filter(|later| !later.withdrawn);
            let later = later.filter_map(|later| standing.locks.get(&later.id.parse().ok()?));
            let mut days = later.filter_map(|later| day_then(later, election_id));
            if !days.any(|day| day == election.date) && names(locked, election, was, snapshot) {
                let number = locked.lock.memo.number.as_deref().unwrap_or(name);
                moved.entry((election_id, was)).or_default().insert(number);
            }
        }
    }
    for ((id, was), memos) in moved {
        let Some(Some(election)) = working.office.elections.get(id) else { continue };
        faults.push(fault(id, election, was, &memos, working, snapshot));
    }
}

/// The day of an election when a memo was issued.
fn day_then(locked: &LockFile, election: &Id) -> Option<NaiveDate> {
    let seen = locked.lock.resolved.as_ref()?.get(0)?;
    let day = seen.get("elections")?.get(election.variable())?.get("date")?.as_str()?;
    date::read(day).ok()
}

/// Whether a memo counted from an election, or its published text has the day that it had then.
fn names(locked: &LockFile, election: &Election, was: NaiveDate, snapshot: &Snapshot) -> bool {
    let own = locked.lock.resolved.as_ref().and_then(|seen| seen.get(0)?.get("election"));
    let said = |key: &str| own.and_then(|own| own.get(key)?.as_str());
    if said("name") == Some(election.name.as_str()) && said("date") == Some(date::prose(was).as_str()) {
        return true;
    }
    let words = [date::prose(was), date::table(was), date::short(was)];
    let texts = locked.lock.memo.artifacts.iter().filter(|file| file.kind == Form::Md);
    let mut texts = texts.filter_map(|file| snapshot.published(&file.path).ok()?);
    texts.any(|text| {
        let text = String::from_utf8_lossy(&text);
        words.iter().any(|day| has_day(&text, day))
    })
}

/// Whether a text has a day: "1/5/2024" is not in "11/5/2024".
fn has_day(text: &str, day: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '/';
    text.match_indices(day)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + day.len()..].starts_with(is_part))
}

fn fault(
    id: &Id,
    election: &Election,
    was: NaiveDate,
    memos: &BTreeSet<&str>,
    working: &Records,
    snapshot: &Snapshot,
) -> Diagnostic {
    let office = working.office.published_as.place.source;
    let entries = outline(&snapshot.sources.get(office).text).unwrap_or_default();
    let written = entry(&entries, &format!("elections.{id}.date"));
    let place = written.map_or_else(|| office.start(), |entry| office.at(entry.range.clone()));
    let memos: Vec<&str> = memos.iter().copied().collect();
    let (noun, verb) = if memos.len() == 1 { ("memo", "names") } else { ("memos", "name") };
    let message = format!(
        "the {} moved to {}, and issued {noun} {} still {verb} {}",
        election.name,
        date::prose(election.date),
        series(&memos),
        date::prose(was)
    );
    Diagnostic::new(Code::MovedElection, place, message)
        .expected("the counties have read the old day")
        .help(
            "issue a memo that `updates` them and tells the new day; or write `accepts:` in this file, and below it \
             `moved-election:` with the reason",
        )
}

#[cfg(test)]
mod tests {
    use super::has_day;

    #[test]
    fn a_day_is_not_a_part_of_another() {
        assert!(has_day("on 1/5/2024.", "1/5/2024") && !has_day("on 11/5/2024.", "1/5/2024"));
        assert!(!has_day("on 1/5/20241", "1/5/2024") && has_day("November 5, 2024", "November 5, 2024"));
    }
}
