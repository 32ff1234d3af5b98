//! What has been announced so far: each step and deadline with the dates that hold, how often they changed, and what became of it.
//!
//! In: rows. Out: [`Announced`], the same event through all memos that tell it. Who has it in a calendar has to be told that it has
//! moved, or is gone: so memos are gone through in the order in which they were published, corrected and withdrawn, and after each
//! what holds is found by the rules of the lists of today (`events`). Not here: words, and files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    MemoListing,
    events::{self, DatedMemo},
};
use crate::{
    model::{DateCell, Id, InForce, Later, Statement},
    output::{MemoEntry, StepEntry, harmless},
};

/// A step or a deadline, through all memos that tell it.
pub(super) struct Announced<'r, 'a> {
    /// Its name in all calendars: `mock-election.votecal-2021-2@releases.ccrov`. It has nothing of what can change: number, words, address.
    pub uid: String,
    /// The release that it is a step of.
    pub release: Option<&'a str>,
    /// How often it has changed.
    pub sequence: u32,
    /// The day on which it was announced first.
    pub first: NaiveDate,
    /// The day on which what is said of it changed last.
    pub changed: NaiveDate,
    /// The memo that told it last, and its words.
    pub memo: &'r MemoListing<'a>,
    pub told: &'a StepEntry,
    /// The step with the dates that it had in a calendar last: as it is told, unless that has no dates. Without one it was in none.
    pub dated: Option<&'a StepEntry>,
    /// What it was before its dates changed last.
    pub before: Option<&'a StepEntry>,
    /// Why it does not take place, if it does not.
    pub gone: Option<Gone<'r, 'a>>,
    /// The memos that have told it.
    pub memos: BTreeSet<&'a str>,
    /// Everybody who has been responsible for it, as printed.
    pub owners: BTreeSet<&'a str>,
}

/// Why something that was announced does not take place.
#[derive(Clone, Copy)]
pub(super) enum Gone<'r, 'a> {
    /// A later memo does not tell it any more, or the memo was corrected.
    Dropped(&'r MemoListing<'a>),
    /// A memo was withdrawn.
    Withdrawn(&'r MemoListing<'a>),
    /// A memo says that its date is not known.
    Undated(&'r MemoListing<'a>),
}

impl Announced<'_, '_> {
    /// Where it stands among others: by its day, then by its name.
    pub fn order(&self) -> (Option<NaiveDate>, String) {
        let step = self.dated.unwrap_or(self.told);
        let [start, end] = step.cells();
        let day = start.first_day().or_else(|| end.day());
        (day, self.uid.clone())
    }

    /// Whether it takes place, on days that are known.
    pub fn holds(&self) -> bool {
        self.gone.is_none() && self.dated.is_some()
    }
}

/// Whether a step names a day.
pub(super) fn has_day(step: &StepEntry) -> bool {
    step.cells().iter().any(|cell| cell.day().is_some())
}

/// Everything that the memos of a group have announced. They are given newest first.
pub(super) fn announced<'r, 'a>(group: &[&'r MemoListing<'a>]) -> Vec<Announced<'r, 'a>> {
    let mut run = GroupRun::default();
    run.go(group);
    run.all
}

/// Something that happened to a memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Published,
    Corrected,
    Withdrawn,
}

/// Memos that have to do with each other, gone through in time.
#[derive(Default)]
struct GroupRun<'r, 'a> {
    all: Vec<Announced<'r, 'a>>,
    /// The names that events have.
    taken: BTreeSet<String>,
    /// Which events have had an id, and which have had these words.
    by_id: BTreeMap<&'a str, Vec<usize>>,
    by_words: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// How often each memo has been corrected by then.
    put_right: BTreeMap<&'a str, usize>,
}

/// A memo as it stood on a day.
struct MemoOfThen<'r, 'a> {
    row: &'r MemoListing<'a>,
    withdrawn: bool,
    in_force: bool,
    later: Vec<Later<'a>>,
}

impl<'a> DatedMemo<'a> for MemoOfThen<'_, 'a> {
    fn entry(&self) -> &'a MemoEntry {
        self.row.entry
    }

    fn is_withdrawn(&self) -> bool {
        self.withdrawn
    }

    fn is_behind(&self) -> bool {
        self.row.behind
    }

    fn is_in_force(&self) -> bool {
        self.in_force
    }

    fn later(&self) -> &[Later<'a>] {
        &self.later
    }
}

/// Something that holds: which memo says it, and in which list an event of its name is looked for.
#[derive(Clone, Copy)]
struct Holding<'r, 'a> {
    row: &'r MemoListing<'a>,
    step: &'a StepEntry,
    is_deadline: bool,
}

impl<'r, 'a> GroupRun<'r, 'a> {
    /// Rows are newest first.
    fn go(&mut self, group: &[&'r MemoListing<'a>]) {
        let mut deeds: Vec<(NaiveDate, Deed, usize)> = Vec::new();
        for (at, row) in group.iter().enumerate() {
            deeds.push((row.day, Deed::Published, at));
            let corrected = row.entry.corrections.iter().map(|correction| correction.date.max(row.day));
            deeds.extend(corrected.map(|day| (day, Deed::Corrected, at)));
            if row.is_withdrawn() {
                let day = row.entry.withdrawn.unwrap_or(row.day).max(row.day);
                deeds.push((day, Deed::Withdrawn, at));
            }
        }
        // Of one day, in the order of the lists.
        deeds.sort_by_key(|(day, deed, at)| (*day, *deed, usize::MAX - at));
        let (mut published, mut withdrawn) = (BTreeSet::new(), BTreeSet::new());
        for (day, deed, at) in deeds {
            let row = group[at];
            match deed {
                Deed::Published => _ = published.insert(row.id),
                Deed::Withdrawn => _ = withdrawn.insert(row.id),
                Deed::Corrected => *self.put_right.entry(row.id).or_default() += 1,
            }
            let there = group.iter().copied().filter(|row| published.contains(row.id));
            let then = as_of(there, &withdrawn);
            self.moment(day, deed, row, &self.holding(&then));
        }
    }

    /// What holds then.
    fn holding(&self, then: &[MemoOfThen<'r, 'a>]) -> Vec<Holding<'r, 'a>> {
        let mut holding = Vec::new();
        for memo in events::current(then) {
            let row = memo.row;
            let steps = row.entry.schedule.iter().chain(self.not_dropped_yet(row, false));
            holding.extend(steps.map(|step| Holding { row, step, is_deadline: false }));
        }
        for (memo, own) in events::deadlines(then) {
            let row = memo.row;
            let own = own.into_iter().chain(self.not_dropped_yet(row, true));
            holding.extend(own.map(|step| Holding { row, step, is_deadline: true }));
        }
        holding
    }

    /// What a memo said until a correction that has not been made by then.
    fn not_dropped_yet(
        &self,
        row: &MemoListing<'a>,
        is_deadline: bool,
    ) -> impl Iterator<Item = &'a StepEntry> + use<'a> {
        let done = self.put_right.get(row.id).copied().unwrap_or_default();
        let coming = row.entry.corrections.iter().skip(done).flat_map(|correction| &correction.dropped);
        // A deadline has no number.
        coming.filter(move |step| step.step.is_empty() == is_deadline)
    }

    /// Takes in what holds after something has happened to a memo.
    fn moment(&mut self, day: NaiveDate, deed: Deed, by: &'r MemoListing<'a>, holding: &[Holding<'r, 'a>]) {
        let mut met = vec![false; self.all.len()];
        let mut left: Vec<&Holding<'r, 'a>> = holding.iter().collect();
        let mut found = Vec::new();
        // What a memo said before, it says again; then come what others said, and last what would be dropped otherwise.
        for (of_the_memo, by_id) in [(true, true), (true, false), (false, true), (false, false)] {
            left.retain(|holds| match self.known(holds, &met, of_the_memo, by_id) {
                Some(at) => {
                    met[at] = true;
                    found.push((at, *holds));
                    false
                }
                None => true,
            });
        }
        left.into_iter().for_each(|holds| self.begin(day, holds));
        for (at, holds) in found {
            let corrected = deed == Deed::Corrected && holds.row.id == by.id;
            self.all[at].goes_on(day, holds, corrected);
            self.note(at, holds.step);
        }
        for (at, _) in met.iter().enumerate().filter(|(_, met)| !**met) {
            match deed {
                Deed::Withdrawn => self.all[at].goes(day, Gone::Withdrawn(by)),
                // What is over when it is not told any more has taken place.
                _ if self.all[at].is_over(day) => {}
                _ => self.all[at].goes(day, Gone::Dropped(by)),
            }
        }
    }

    /// The event that a step is: one of the same list that has its id, or its words. A reader cannot tell two apart that have the same.
    fn known(&self, holds: &Holding<'r, 'a>, met: &[bool], of_the_memo: bool, by_id: bool) -> Option<usize> {
        let list = (holds.release(), holds.is_deadline);
        let is_it = |at: &usize| {
            let one = &self.all[*at];
            !met[*at]
                && (one.release, one.told.step.is_empty()) == list
                && (!of_the_memo || one.memos.contains(holds.row.id))
        };
        let places = match by_id {
            true => self.by_id.get(holds.step.id.as_ref()?.as_str()),
            false => self.by_words.get(&words(holds.step)),
        };
        places?.iter().copied().find(is_it)
    }

    /// Notes by what an event is known again.
    fn note(&mut self, at: usize, step: &'a StepEntry) {
        if let Some(id) = &step.id {
            put(self.by_id.entry(id.as_str()).or_default(), at);
        }
        put(self.by_words.entry(words(step)).or_default(), at);
    }

    fn begin(&mut self, day: NaiveDate, holds: &Holding<'r, 'a>) {
        let Holding { row, step, .. } = *holds;
        let of = match holds.release() {
            Some(release) => format!("{release}@releases.ccrov"),
            None => format!("{}@memos.ccrov", row.id),
        };
        let own = step.id.as_ref().map_or_else(|| harmless(&step.task), ToString::to_string);
        // A name of a thousand letters helps nobody.
        let own: String = own.chars().take(60).collect();
        let names = (1..).map(|nth| match nth {
            1 => format!("{own}.{of}"),
            nth => format!("{own}-{nth}.{of}"),
        });
        let uid = names.into_iter().find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(uid.clone());
        self.note(self.all.len(), step);
        self.all.push(Announced {
            uid,
            release: holds.release(),
            sequence: 0,
            first: day,
            changed: day,
            memo: row,
            told: step,
            dated: Some(step).filter(|step| has_day(step)),
            before: None,
            gone: None,
            memos: BTreeSet::from([row.id]),
            owners: BTreeSet::from([step.owner.as_str()]),
        });
    }
}

fn put(places: &mut Vec<usize>, at: usize) {
    if !places.contains(&at) {
        places.push(at);
    }
}

/// By what a step is known that has no id.
fn words(step: &StepEntry) -> (&str, &str) {
    (&step.task, &step.owner)
}

impl<'a> Holding<'_, 'a> {
    /// The release whose step it is. A deadline is its memo's.
    fn release(&self) -> Option<&'a str> {
        self.row.entry.release.as_ref().filter(|_| !self.is_deadline).map(Id::as_str)
    }
}

impl<'r, 'a> Announced<'r, 'a> {
    /// It is told, again or for the first time in another way.
    fn goes_on(&mut self, day: NaiveDate, holds: &Holding<'r, 'a>, corrected: bool) {
        let (was, now) = (self.told, holds.step);
        let is_dated = has_day(now);
        let gone = (!is_dated && self.dated.is_some()).then_some(Gone::Undated(holds.row));
        let moved = (&was.start, &was.end) != (&now.start, &now.end);
        let is_other = moved
            || (&was.step, &was.owner, &was.task, &was.warning)
                != (&now.step, &now.owner, &now.task, &now.warning)
            || self.gone.is_some() != gone.is_some();
        let is_told_elsewhere = self.memo.id != holds.row.id;
        // What stood there before a correction is not known, so each counts.
        if is_other || corrected {
            self.sequence += 1;
        }
        if is_other || corrected || is_told_elsewhere || was.completed != now.completed {
            self.changed = day;
        }
        if let Some(dated) = self.dated.filter(|dated| (&dated.start, &dated.end) != (&now.start, &now.end)) {
            self.before = Some(dated);
        }
        if is_dated {
            self.dated = Some(now);
        }
        (self.told, self.memo, self.gone) = (now, holds.row, gone);
        self.memos.insert(holds.row.id);
        self.owners.insert(&now.owner);
    }

    /// Whether it was over before a day.
    fn is_over(&self, day: NaiveDate) -> bool {
        let last = self.dated.and_then(|step| step.cells().iter().filter_map(DateCell::day).max());
        self.told.completed || last.is_some_and(|last| last < day)
    }

    /// It is not told any more.
    fn goes(&mut self, day: NaiveDate, gone: Gone<'r, 'a>) {
        if !matches!(self.gone, None | Some(Gone::Undated(_))) {
            return;
        }
        self.sequence += 1;
        self.changed = day;
        self.gone = Some(gone);
    }
}

/// Memos as they stood when these had been withdrawn, and no others were there.
fn as_of<'r, 'a: 'r>(
    there: impl Iterator<Item = &'r MemoListing<'a>>,
    withdrawn: &BTreeSet<&str>,
) -> Vec<MemoOfThen<'r, 'a>> {
    let there: Vec<_> = there.collect();
    let statement =
        |row: &&MemoListing<'a>| Statement { withdrawn: withdrawn.contains(row.id), ..row.entry.statement() };
    let statements: Vec<Statement<'a>> = there.iter().map(statement).collect();
    let in_force = InForce::of(&statements);
    let then = there.into_iter().map(|row| MemoOfThen {
        row,
        withdrawn: withdrawn.contains(row.id),
        in_force: in_force.is_in_force(row.id),
        later: in_force.later(row.id).to_vec(),
    });
    then.collect()
}
