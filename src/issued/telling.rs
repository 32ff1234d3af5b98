//! What memos tell of schedules: of which release, how many of its delays, and what they say of each other.
//!
//! In: memos, the locks of those that were issued. Out: [`Telling`]s. What a lock says goes before what the memo's file says
//! today: that may have been edited since, or nothing can be made of it any more. Not here: the dates that were told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::{LockFile, Locks};
use crate::model::{ById, Id, Memo, Plan, Relation, Statement, Status};

/// What a memo tells of schedules, and how far it has come.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    /// The memo.
    pub id: &'a Id,
    /// Its printed number; its id, if it has none.
    pub number: &'a str,
    /// The date that it bears.
    pub date: NaiveDate,
    /// How far it has come.
    pub status: Status,
    /// The release whose schedule it has; none if it has tasks of its own, or no schedule.
    pub release: Option<&'a Id>,
    /// Whether it has a schedule.
    pub has_schedule: bool,
    /// The memos that it names, each with how it stands to it.
    pub relations: Vec<(Relation, &'a Id)>,
    /// How many delays it tells. A lock of the first format does not say.
    knows: Option<usize>,
    /// Whether it tells a delay that is only proposed.
    pub tells_proposal: bool,
}

impl<'a> Telling<'a> {
    /// What a memo tells: by its lock, if it has one. `None` if nothing can be made of it, and no lock keeps it.
    pub fn of(id: &'a Id, memo: Option<&'a Memo>, locked: Option<&'a LockFile>) -> Option<Telling<'a>> {
        match locked {
            Some(locked) => Some(Telling::of_issued(id, locked, memo)),
            None => memo.map(Telling::of_memo),
        }
    }

    fn of_memo(memo: &'a Memo) -> Telling<'a> {
        Telling {
            id: &memo.id,
            number: memo.number.as_deref().unwrap_or(memo.id.as_str()),
            date: memo.date,
            status: memo.status,
            release: memo.plan.as_deref().and_then(|plan| plan.id.as_ref()),
            has_schedule: memo.plan.is_some(),
            relations: memo.relations.iter().map(|(relation, other)| (*relation, &other.value)).collect(),
            knows: Some(memo.knows),
            tells_proposal: memo.tells_proposal,
        }
    }

    fn of_issued(id: &'a Id, locked: &'a LockFile, memo: Option<&Memo>) -> Telling<'a> {
        let (entry, seen) = (&locked.lock.memo, locked.lock.resolved.as_ref());
        let part = |at: usize| seen.and_then(|seen| seen.get(at)).filter(|part| !part.is_null());
        let named = entry.relations.iter();
        Telling {
            id,
            number: entry.number.as_deref().unwrap_or(id.as_str()),
            date: entry.date,
            status: entry.status.parse().unwrap_or(Status::Issued),
            release: entry.release.as_ref(),
            has_schedule: entry.release.is_some() || part(2).is_some() || locked.spreadsheet().is_some(),
            relations: named.flat_map(|(kind, ids)| ids.iter().map(|other| (*kind, other))).collect(),
            knows: part(1).and_then(Value::as_array).map(Vec::len).or(memo.map(|memo| memo.knows)),
            tells_proposal: false,
        }
    }

    /// How many delays of its plan it tells: where nothing says so, those that were announced by its date.
    pub fn knows(&self, plan: &Plan) -> usize {
        self.knows.unwrap_or_else(|| plan.announced_by(self.date))
    }

    /// What it says of others.
    pub fn statement(&self) -> Statement<'a> {
        Statement {
            id: self.id.as_str(),
            day: self.date,
            withdrawn: self.status == Status::Withdrawn,
            relations: self.relations.iter().map(|(kind, other)| (*kind, other.as_str())).collect(),
        }
    }
}

/// What all memos of a folder tell, by their ids. Of those that `corrected` accepts the file counts, and not the lock.
pub fn tellings<'a>(
    memos: &'a ById<Memo>,
    locks: &'a Locks,
    corrected: impl Fn(&str) -> bool,
) -> BTreeMap<&'a Id, Telling<'a>> {
    let all: BTreeSet<&Id> = memos.keys().chain(locks.keys()).collect();
    let telling = |id: &'a Id| {
        let memo = memos.get(id).and_then(Option::as_deref);
        let locked = locks.get(id).filter(|_| memo.is_none() || !corrected(id.as_str()));
        Some((id, Telling::of(id, memo, locked)?))
    };
    all.into_iter().filter_map(telling).collect()
}
