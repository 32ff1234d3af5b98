//! Which schedule was asked for: a memo's, or a release's at one of its delays.
//!
//! In: names as they were typed, a folder, its locks. Out: [`ScheduleName`]s; of a memo with a lock, what the counties have
//! read. Not here: what changed from one to another.

use chrono::NaiveDate;

use super::{DiffRequest, Refused, Thing};
use crate::{
    diagnostic::{Code, Faults, SourceId, offer},
    folder::{Snapshot, stem},
    issued::{IssuedSchedule, LockFile, Locks, ScheduleRecord, Telling},
    model::{Id, Memo, Plan, date},
    press::as_issued_bytes,
    records::Records,
    schedule::{Resolved, resolve},
};

/// A schedule that was asked for.
pub(super) struct ScheduleName<'w> {
    pub plan: &'w Plan,
    /// The memo, of which no lock keeps anything.
    pub memo: Option<&'w Memo>,
    /// What the counties have read, of a memo with a lock.
    pub issued: Option<IssuedSchedule>,
    knows: usize,
    as_of: NaiveDate,
    /// As it can be typed: `21144`, `votecal-2021-2@0`.
    pub name: String,
    /// What people call it.
    pub words: String,
}

/// Why there is none.
pub(super) enum Wrong {
    Refused(Refused),
    /// Its file has a fault, which is reported.
    Fault,
}

impl From<Refused> for Wrong {
    fn from(refused: Refused) -> Wrong {
        Wrong::Refused(refused)
    }
}

/// Where a schedule is looked for.
#[derive(Clone, Copy)]
pub(super) struct KnownSchedules<'w> {
    pub working: &'w Records,
    pub snapshot: &'w Snapshot,
    pub locks: &'w Locks,
}

impl<'w> KnownSchedules<'w> {
    /// The two schedules; of a release alone, its last two.
    pub fn both(self, wish: &DiffRequest) -> Result<(ScheduleName<'w>, ScheduleName<'w>), Wrong> {
        let from = self.asked(&wish.from)?;
        if let Some(to) = &wish.to {
            return Ok((from, self.asked(to)?));
        }
        match (from.is_memo(), from.knows.checked_sub(1)) {
            (false, Some(before)) => Ok((ScheduleName::release(from.plan, before), from)),
            (false, None) if !from.plan.delays.is_empty() => {
                Err(no_schedule("name a second schedule: another plan of the release, or a memo".to_owned()))
            }
            (false, None) => {
                let name = from.plan.name.as_deref().unwrap_or_default();
                Err(no_schedule(format!("{} has no delay yet ({name}); name a second schedule", wish.from)))
            }
            (true, _) => Err(no_schedule("name a second memo, or a release".to_owned())),
        }
    }

    /// A memo by the name of its file, or a release: `votecal-2021-2@0` is its first plan, `votecal-2021-2` its last.
    fn asked(self, name: &str) -> Result<ScheduleName<'w>, Wrong> {
        let name = stem(name);
        let (release, count) = match name.split_once('@') {
            Some((release, count)) => (release, Some(count)),
            None => (name.as_str(), None),
        };
        let id = release.parse::<Id>().ok();
        if count.is_none() && self.snapshot.memos.contains(&name) {
            return self.memo(&name, id.as_ref());
        }
        let releases = &self.working.releases;
        let Some(plan) = id.and_then(|id| releases.get(&id)) else {
            let releases = releases.keys().map(Id::as_str);
            let memos = self.snapshot.memos.iter().filter(|_| count.is_none()).map(String::as_str);
            let help = offer(release, memos.chain(releases));
            let what = if count.is_some() { Thing::Release } else { Thing::MemoOrRelease };
            return Err(Refused::Unknown { thing: what, name: release.to_owned(), offer: help }.into());
        };
        let plan = plan.as_deref().ok_or(Wrong::Fault)?;
        let all = plan.delays.len();
        let knows = count.map_or(Ok(all), str::parse);
        match knows.ok().filter(|knows| *knows <= all) {
            Some(knows) => Ok(ScheduleName::release(plan, knows)),
            None => Err(no_schedule(match all {
                0 => format!("{release} has no delay: {release}@0 is its only plan"),
                last => {
                    format!("{release}@0 is the first plan, {release}@{last} the last; there is no `{name}`")
                }
            })),
        }
    }

    /// The schedule of a memo: as it was issued, if a lock keeps it.
    fn memo(self, name: &str, id: Option<&Id>) -> Result<ScheduleName<'w>, Wrong> {
        let memo = id.and_then(|id| self.working.memos.get(id));
        match (id.and_then(|id| self.locks.get_key_value(id)), memo) {
            (Some((id, locked)), memo) => self.issued(id, locked, memo.and_then(Option::as_deref)),
            (None, Some(Some(memo))) => ScheduleName::memo(memo),
            (None, Some(None)) => Err(Wrong::Fault),
            (None, None) => Err(no_schedule(format!("memo {name} has no schedule: it is archived"))),
        }
    }

    fn issued(
        self,
        id: &'w Id,
        locked: &'w LockFile,
        memo: Option<&'w Memo>,
    ) -> Result<ScheduleName<'w>, Wrong> {
        let KnownSchedules { working, snapshot, .. } = self;
        let Some(told) = Telling::of(id, memo, Some(locked))
            .filter(|told| told.has_schedule || !locked.lock.memo.deadlines.is_empty())
        else {
            return Err(without_schedule(id));
        };
        let plan = match told.release {
            Some(release) => {
                let plan = working.releases.get(release).ok_or_else(|| {
                    no_schedule(format!(
                        "memo {id} has the schedule of the release {release}, and there is no \
                         memos/releases/{release}.yaml any more; give the file that name again"
                    ))
                })?;
                plan.as_deref().ok_or(Wrong::Fault)?
            }
            None => memo.and_then(Memo::dated).ok_or_else(|| {
                no_schedule(format!(
                    "memo {id} has tasks or deadlines of its own, and its file cannot be read with what memos/office.yaml says today"
                ))
            })?,
        };
        let published = |file: &_| as_issued_bytes(file, snapshot.published(&file.path).ok().flatten()?);
        let issued = IssuedSchedule::read(locked, plan, &working.office, &snapshot.sources, published);
        Ok(ScheduleName {
            plan,
            memo: None,
            issued: Some(issued.map_err(|none| no_schedule(none.to_string()))?),
            knows: told.knows(plan),
            as_of: told.date,
            name: id.to_string(),
            words: format!("memo {} ({})", told.number, date::prose(told.date)),
        })
    }
}

impl<'w> ScheduleName<'w> {
    fn memo(memo: &'w Memo) -> Result<ScheduleName<'w>, Wrong> {
        let number = memo.number.as_deref().unwrap_or(memo.id.as_str());
        let Some(plan) = memo.dated() else {
            return Err(without_schedule(&memo.id));
        };
        let words = format!("memo {number} ({})", date::prose(memo.date));
        Ok(ScheduleName {
            plan,
            memo: Some(memo),
            issued: None,
            knows: memo.knows,
            as_of: memo.date,
            name: memo.id.to_string(),
            words,
        })
    }

    /// A release when a delay was announced. Nothing of a first plan is completed.
    fn release(plan: &'w Plan, knows: usize) -> ScheduleName<'w> {
        let id = plan.id.as_ref().map_or("", Id::as_str);
        let announced = knows.checked_sub(1).map(|last| plan.delays[last].announced);
        let words = plan.at_delay(knows);
        let name = format!("{id}@{knows}");
        ScheduleName {
            plan,
            memo: None,
            issued: None,
            knows,
            as_of: announced.unwrap_or(NaiveDate::MIN),
            name,
            words,
        }
    }

    pub fn resolved(&self, faults: &mut Faults) -> Option<Resolved<'_>> {
        match &self.issued {
            Some(issued) => Some(issued.resolved()),
            None => resolve(self.plan, self.knows, self.as_of, faults),
        }
    }

    fn is_memo(&self) -> bool {
        self.memo.is_some() || self.issued.is_some()
    }

    /// What is to be known of where its dates come from.
    pub fn note(&self, office: SourceId, faults: &Faults) -> Option<String> {
        match (self.issued.as_ref().map(IssuedSchedule::record), self.memo) {
            (Some(ScheduleRecord::Spreadsheet(path)), _) => Some(format!(
                "the lock of memo {} holds no dates, for an older ccrov wrote it; its steps are those of {path}, known \
                 by their numbers, and milestones are not compared",
                self.name
            )),
            (None, Some(memo)) => {
                let answered = |source| faults.accepts(source, Code::IssuedByHand);
                let is_known = memo.status.is_open() || answered(memo.source) || answered(office);
                (!is_known).then(|| {
                    format!(
                        "memo {} has no lock, so its dates are found anew, and may not be those that the counties have \
                         read",
                        memo.id
                    )
                })
            }
            (Some(ScheduleRecord::Lock), _) | (None, None) => None,
        }
    }
}

/// Schedules of two releases have nothing to do with each other.
pub(super) fn one_plan(from: &ScheduleName<'_>, to: &ScheduleName<'_>) -> Result<(), Wrong> {
    let (Some(first), Some(second)) = (&from.plan.id, &to.plan.id) else { return Ok(()) };
    if first == second {
        return Ok(());
    }
    let of = |asked: &ScheduleName<'_>, release: &Id| match asked.is_memo() {
        true => format!("memo {} has the schedule of the release {release}", asked.name),
        false => format!("{} is a plan of the release {release}", asked.name),
    };
    Err(no_schedule(format!(
        "{}, and {}; nothing of the one is a change of the other; name two memos or two plans of one release",
        of(from, first),
        of(to, second)
    )))
}

fn without_schedule(memo: &Id) -> Wrong {
    no_schedule(format!("memo {memo} has no schedule: no `release` and no `tasks`, and no `deadlines`"))
}

pub(super) fn no_schedule(why: String) -> Wrong {
    Wrong::Refused(Refused::NoSchedule { why })
}
