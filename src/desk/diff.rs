//! What changed from one schedule to another.
//!
//! In: two memos or releases. Out: the changes, in words and as data. Not here: which schedules these are,
//! what counts as a change, and its words.

use serde::{Serialize, Serializer};

use super::{
    Refused, Thing,
    schedule_name::{KnownSchedules, ScheduleName, Wrong, one_plan},
};
use crate::{
    diagnostic::{Faults, Findings, offer},
    document::Document,
    folder::{Snapshot, stem},
    html,
    issued::{Standing, standing},
    model::Entity,
    press::wording,
    records::{self, Records},
    schedule::{self, ChangeWords, Resolved, Side, compare, tell},
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

/// Compares two schedules.
///
/// # Errors
/// [`Refused`]: there is no such schedule or entity, or a file that they stand in has faults.
pub fn diff(snapshot: &Snapshot, wish: &DiffRequest) -> Result<Difference, Refused> {
    let mut faults = snapshot.faults();
    let named = [Some(stem(&wish.from)), wish.to.as_deref().map(stem)];
    let is_named = |memo: &str| named.iter().flatten().any(|name| name == memo);
    // An edit since then changes nothing of what was issued.
    let mut of_locks = Faults::default();
    let Standing { locks, .. } = standing(snapshot, is_named, &[], &mut of_locks);
    // What was issued is asked of its lock, and nobody may correct its file.
    let wanted = |memo: &str| is_named(memo) && !snapshot.has_lock(memo);
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, wanted);
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut faults);
    let found = working.as_ref().ok_or(Wrong::Fault).and_then(|working| {
        let known = KnownSchedules { working, snapshot, locks: &locks };
        let is_unread = |name: &str| snapshot.has_lock(name) && !locks.keys().any(|id| id.as_str() == name);
        if named.iter().flatten().any(|name| is_unread(name)) {
            faults.take_all_of(&of_locks);
            return Err(Wrong::Fault);
        }
        let (from, to) = known.both(wish)?;
        one_plan(&from, &to)?;
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
        let by_numbers =
            |asked: &ScheduleName<'_>| asked.issued.as_ref().is_some_and(|issued| !issued.knows_milestones());
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
        task_texts(asked.memo, resolved, office, self.engine, sources)
    }
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
