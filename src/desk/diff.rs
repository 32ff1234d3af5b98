//! What changed from one schedule to another.
//!
//! In: two memos or releases. Out: the changes, in words and as data; of a memo with a lock, from what the counties have
//! read. Not here: what counts as a change, and its words.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{Refused, Thing};
use crate::{
    diagnostic::{Code, Faults, Findings, SourceId, offer},
    document::Document,
    folder::{Snapshot, stem},
    html,
    issued::{IssuedSchedule, ScheduleRecord, standing},
    model::{Entity, Id, Memo, Plan, date},
    press::{as_issued_bytes, wording},
    records::{self, Records},
    schedule::{self, ChangeWords, Resolved, Side, compare, resolve, tell},
    template::{Engine, changes, task_texts},
};

/// Two schedules that are to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRequest {
    /// The earlier schedule: a memo, or a release at one of its delays (`votecal-2021-2@0`).
    pub from: String,
    /// The later one; of a release alone, its last two plans are compared.
    pub to: Option<String>,
    /// Only the tasks of this responsible entity, by its key or its printed name.
    pub entity: Option<String>,
    /// In which form it is to be pasted into something, if it is.
    pub form: Option<DiffForm>,
}

/// A form in which changes can be pasted into something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffForm {
    /// Markdown, for a memo or mail.
    Markdown,
    /// A part of a web page.
    Html,
}

/// What changed.
#[derive(Debug)]
pub struct Difference {
    /// In sentences, and as a table.
    pub told: ChangeWords,
    /// In the form that was asked for.
    pub text: Option<String>,
    /// What is to be known of the comparison: where the dates of an old memo come from.
    pub notes: Vec<String>,
    /// As data: every change with its days.
    pub data: serde_json::Value,
}

impl Serialize for Difference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data.serialize(serializer)
    }
}

/// A schedule that was asked for.
struct ScheduleName<'w> {
    plan: &'w Plan,
    memo: Option<&'w Memo>,
    /// What the counties have read, of a memo with a lock.
    issued: Option<IssuedSchedule>,
    knows: usize,
    as_of: NaiveDate,
    /// As it can be typed: `21144`, `votecal-2021-2@0`.
    name: String,
    /// What people call it.
    words: String,
}

/// Why there is none.
enum Wrong {
    Refused(Refused),
    /// Its file has a fault, which is reported.
    Fault,
}

impl From<Refused> for Wrong {
    fn from(refused: Refused) -> Wrong {
        Wrong::Refused(refused)
    }
}

/// Compares two schedules.
///
/// # Errors
/// [`Refused`]: there is no such schedule or entity, or a file that they stand in has faults.
pub fn diff(snapshot: &Snapshot, wish: &DiffRequest) -> Result<Difference, Refused> {
    let mut faults = snapshot.faults();
    let named = [Some(stem(&wish.from)), wish.to.as_deref().map(stem)];
    let wanted = |memo: &str| named.iter().flatten().any(|name| name == memo);
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, wanted);
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut faults);
    let found = working.as_ref().ok_or(Wrong::Fault).and_then(|working| {
        let (mut from, mut to) = both(wish, working, snapshot)?;
        one_plan(&from, &to)?;
        for asked in [&mut from, &mut to] {
            asked.take_what_was_issued(working, snapshot, &mut faults)?;
        }
        let entity = wish.entity.as_deref().map(|name| entity(name, working)).transpose()?;
        let pair = SchedulePair { from, to, entity, working, snapshot, engine: &engine };
        pair.difference(wish.form, &mut faults).ok_or(Wrong::Fault)
    });
    found.map_err(|wrong| match wrong {
        Wrong::Refused(refused) => refused,
        Wrong::Fault => {
            let sources = snapshot.sources.clone();
            Refused::Faults(Findings { faults: faults.into_sorted(), sources })
        }
    })
}

/// What is compared.
struct SchedulePair<'w> {
    from: ScheduleName<'w>,
    to: ScheduleName<'w>,
    entity: Option<&'w Entity>,
    working: &'w Records,
    snapshot: &'w Snapshot,
    engine: &'w Engine,
}

impl SchedulePair<'_> {
    fn difference(&self, form: Option<DiffForm>, faults: &mut Faults) -> Option<Difference> {
        let (before, after) = (self.from.resolved(faults)?, self.to.resolved(faults)?);
        let (earlier, later) = (self.texts(&self.from, &before), self.texts(&self.to, &after));
        let before = Side { resolved: &before, texts: &earlier };
        let after = Side { resolved: &after, texts: &later };
        let asked = self.entity.map(|entity| self.working.office.asked(entity));
        let mut found = compare(before, after, asked.as_ref());
        let by_numbers = |asked: &ScheduleName<'_>| {
            asked.issued.as_ref().is_some_and(|issued| *issued.record() != ScheduleRecord::Lock)
        };
        if by_numbers(&self.from) || by_numbers(&self.to) {
            found.milestones.clear();
        }
        let entity = self.entity.map(|entity| entity.name.as_str());
        let told = tell(&found, &self.from.words, &self.to.words, entity);
        let text = match form {
            Some(form) => Some(self.text(form, &told, faults)?),
            None => None,
        };
        let mut data = schedule::data(&found, &self.from.name, &self.to.name, entity);
        let office = self.working.office.published_as.place.source;
        let notes: Vec<String> =
            [&self.from, &self.to].iter().filter_map(|asked| asked.note(office, faults)).collect();
        data["notes"] = notes.as_slice().into();
        Some(Difference { told, text, notes, data })
    }

    /// The changes through the office's template.
    fn text(&self, form: DiffForm, told: &ChangeWords, faults: &mut Faults) -> Option<String> {
        let markdown = changes(told, self.engine, &self.snapshot.sources, faults)?;
        if form == DiffForm::Markdown {
            return Some(markdown);
        }
        match Document::parse(&markdown) {
            Ok(document) => Some(html::write(&document)),
            Err(found) => {
                let (_, source) = self.snapshot.templates.iter().find(|(name, _)| name == "changes.md")?;
                found.faults.iter().for_each(|fault| faults.push(wording::fault(fault, source.start())));
                None
            }
        }
    }

    fn texts(&self, asked: &ScheduleName<'_>, resolved: &Resolved<'_>) -> Vec<String> {
        if let Some(issued) = &asked.issued {
            return issued.texts().to_vec();
        }
        let (office, sources) = (&self.working.office, &self.snapshot.sources);
        task_texts(asked.plan, asked.memo, resolved, office, self.engine, sources)
    }
}

/// The two schedules; of a release alone, its last two.
fn both<'w>(
    wish: &DiffRequest,
    working: &'w Records,
    snapshot: &Snapshot,
) -> Result<(ScheduleName<'w>, ScheduleName<'w>), Wrong> {
    let from = asked(&wish.from, working, snapshot)?;
    if let Some(to) = &wish.to {
        return Ok((from, asked(to, working, snapshot)?));
    }
    match (from.memo, from.knows.checked_sub(1)) {
        (None, Some(before)) => Ok((ScheduleName::release(from.plan, before), from)),
        (None, None) if !from.plan.delays.is_empty() => {
            Err(no_schedule("name a second schedule: another plan of the release, or a memo".to_owned()))
        }
        (None, None) => {
            let name = from.plan.name.as_deref().unwrap_or_default();
            Err(no_schedule(format!("{} has no delay yet ({name}); name a second schedule", wish.from)))
        }
        (Some(_), _) => Err(no_schedule("name a second memo, or a release".to_owned())),
    }
}

/// A memo by the name of its file, or a release: `votecal-2021-2@0` is its first plan, `votecal-2021-2` its last.
fn asked<'w>(name: &str, working: &'w Records, snapshot: &Snapshot) -> Result<ScheduleName<'w>, Wrong> {
    let name = stem(name);
    let (release, count) = match name.split_once('@') {
        Some((release, count)) => (release, Some(count)),
        None => (name.as_str(), None),
    };
    let id = release.parse::<Id>().ok();
    if count.is_none() && snapshot.memos.contains(&name) {
        let memo = id.as_ref().and_then(|id| working.memos.get(id));
        return match memo {
            Some(Some(memo)) => ScheduleName::memo(memo),
            Some(None) => Err(Wrong::Fault),
            None => Err(no_schedule(format!("memo {name} has no schedule: it is archived"))),
        };
    }
    let Some(plan) = id.and_then(|id| working.releases.get(&id)) else {
        let releases = working.releases.keys().map(Id::as_str);
        let memos = snapshot.memos.iter().filter(|_| count.is_none()).map(String::as_str);
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
            last => format!("{release}@0 is the first plan, {release}@{last} the last; there is no `{name}`"),
        })),
    }
}

impl<'w> ScheduleName<'w> {
    fn memo(memo: &'w Memo) -> Result<ScheduleName<'w>, Wrong> {
        let number = memo.number.as_deref().unwrap_or(memo.id.as_str());
        let Some(plan) = memo.plan.as_deref() else {
            return Err(no_schedule(format!(
                "memo {} has no schedule: no `release` and no `tasks`",
                memo.id
            )));
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

    fn resolved(&self, faults: &mut Faults) -> Option<Resolved<'_>> {
        match &self.issued {
            Some(issued) => Some(issued.resolved()),
            None => resolve(self.plan, self.knows, self.as_of, faults),
        }
    }

    /// Takes the schedule of a memo with a lock from what was issued.
    fn take_what_was_issued(
        &mut self,
        working: &Records,
        snapshot: &Snapshot,
        faults: &mut Faults,
    ) -> Result<(), Wrong> {
        let Some(memo) = self.memo else { return Ok(()) };
        let id = memo.id.as_str();
        // An edit since then changes nothing of what was issued.
        let mut found = Faults::default();
        let standing = standing(snapshot, |memo| memo == id, &[], &mut found);
        let Some(locked) = standing.locks.get(&memo.id) else {
            let is_locked = snapshot.locks.iter().any(|(memo, _)| memo == id);
            faults.take_all_of(&found);
            return if is_locked || snapshot.unread_locks.contains(id) { Err(Wrong::Fault) } else { Ok(()) };
        };
        let published = |file: &_| as_issued_bytes(file, snapshot.published(&file.path).ok().flatten()?);
        let issued = IssuedSchedule::read(locked, self.plan, &working.office, &snapshot.sources, published);
        self.issued = Some(issued.map_err(|none| no_schedule(none.to_string()))?);
        Ok(())
    }

    /// What is to be known of where its dates come from.
    fn note(&self, office: SourceId, faults: &Faults) -> Option<String> {
        let memo = self.memo?;
        let id = &memo.id;
        let answered = |source| faults.accepts(source, Code::IssuedByHand);
        match self.issued.as_ref().map(IssuedSchedule::record) {
            Some(ScheduleRecord::Lock) => None,
            Some(ScheduleRecord::Spreadsheet(path)) => Some(format!(
                "the lock of memo {id} holds no dates, for an older ccrov wrote it; its steps are those of {path}, known \
                 by their numbers, and milestones are not compared"
            )),
            None if memo.status.is_open() || answered(memo.source) || answered(office) => None,
            None => Some(format!(
                "memo {id} has no lock, so its dates are found anew, and may not be those that the counties have read"
            )),
        }
    }
}

/// Schedules of two releases have nothing to do with each other.
fn one_plan(from: &ScheduleName<'_>, to: &ScheduleName<'_>) -> Result<(), Wrong> {
    let (Some(first), Some(second)) = (&from.plan.id, &to.plan.id) else { return Ok(()) };
    if first == second {
        return Ok(());
    }
    let of = |asked: &ScheduleName<'_>, release: &Id| match asked.memo {
        Some(memo) => format!("memo {} has the schedule of the release {release}", memo.id),
        None => format!("{} is a plan of the release {release}", asked.name),
    };
    Err(no_schedule(format!(
        "{}, and {}; nothing of the one is a change of the other; name two memos or two plans of one release",
        of(from, first),
        of(to, second)
    )))
}

/// An entity by its key or by how it is printed.
fn entity<'w>(name: &str, working: &'w Records) -> Result<&'w Entity, Wrong> {
    let entities =
        working.office.entities.iter().filter_map(|(id, entity)| Some((id.as_str(), entity.as_deref()?)));
    let called = |known: &str| known.eq_ignore_ascii_case(name);
    let found = entities.clone().find(|(id, entity)| called(id) || called(&entity.name));
    found.map(|(_, entity)| entity).ok_or_else(|| {
        let names: Vec<_> = entities.flat_map(|(id, entity)| [id, entity.name.as_str()]).collect();
        Refused::Unknown { thing: Thing::Entity, name: name.to_owned(), offer: offer(name, names) }.into()
    })
}

fn no_schedule(why: String) -> Wrong {
    Wrong::Refused(Refused::NoSchedule { why })
}
