//! What the values of a file mean: the date that a rule gives, the printed name of a person; and which names there are.
//!
//! In: a file, the records of its folder. Out: words for a form. Not here: what is written.

use std::collections::BTreeMap;

use super::{Choice, SourceFile};
use crate::{
    diagnostic::Faults,
    model::{ById, Id, Plan as ReleasePlan, date},
    records::{self, Records},
    schedule::{Edge, Part, PlanItem as Dates, Resolved, resolve},
    schema::{FieldKind, FileField},
    yaml::edit::At,
};

/// What the values of a file mean.
pub(super) struct Meaning<'w> {
    working: Option<&'w Records>,
    /// The release of a memo.
    release: Option<&'w ReleasePlan>,
    resolved: Option<Resolved<'w>>,
}

impl<'w> Meaning<'w> {
    pub fn of(file: &SourceFile, working: Option<&'w Records>) -> Meaning<'w> {
        let id = |id: &str| id.parse::<Id>().ok();
        let memo = match file {
            SourceFile::Memo(name) => working.and_then(|w| {
                let faulty = w.faulty.iter().find(|memo| memo.id.as_str() == name).map(|memo| &**memo);
                w.memos.get(&id(name)?).and_then(Option::as_deref).or(faulty)
            }),
            _ => None,
        };
        // As it stands in its own file: the plan of a draft may have a delay more, which is only proposed.
        let release = memo.and_then(|memo| memo.plan.as_ref()?.id.as_ref());
        let release = release.and_then(|id| working?.releases.get(id)?.as_deref());
        let plan: Option<(&ReleasePlan, usize)> = match file {
            SourceFile::Release(name) => {
                working.and_then(|working| working.release(name)).map(|plan| (plan, plan.delays.len()))
            }
            // Those of a release stand in its own file.
            SourceFile::Memo(_) => memo
                .and_then(|memo| Some((memo.plan.as_deref()?, memo.knows)))
                .filter(|(plan, _)| plan.id.is_none()),
            SourceFile::Office => None,
        };
        let resolved =
            plan.and_then(|(plan, knows)| resolve(plan, knows, plan.seen_on(), &mut Faults::default()));
        Meaning { working, release, resolved }
    }

    /// What a field's value means, where it is not what is written.
    pub fn of_field(&self, field: &FileField) -> Option<String> {
        let written = field.text.as_deref()?;
        match field.shape.kind {
            FieldKind::Date => date::read(written).ok().map(date::prose),
            FieldKind::Name | FieldKind::Number => self.name(field.shape.of.as_deref()?, written),
            _ => self.dates(&field.at),
        }
    }

    /// When a milestone or a task is.
    fn dates(&self, at: &At) -> Option<String> {
        let resolved = self.resolved.as_ref()?;
        let text = at.to_string();
        let (thing, edge) = if let Some(rest) = text.strip_prefix("milestones.") {
            let (name, edge) = rest.split_once('.').unwrap_or((rest, "date"));
            let at = resolved.milestones.iter().position(|milestone| milestone.id.as_str() == name)?;
            (Dates::Milestone(at), edge)
        } else {
            let (place, edge) = text.strip_prefix("tasks[")?.split_once("].")?;
            (Dates::Task(place.parse().ok()?), edge)
        };
        let edge = match edge {
            "date" | "start" => Edge::Start,
            "end" => Edge::End,
            _ => return None,
        };
        Some(resolved.when(Part { thing, edge })?.cell.to_string())
    }

    /// What a name is printed as.
    fn name(&self, of: &str, id: &str) -> Option<String> {
        self.choices(of).into_iter().find(|choice| choice.value == id).map(|choice| choice.label)
    }

    /// The names that there are of a kind of thing.
    pub fn choices(&self, of: &str) -> Vec<Choice> {
        let Some(working) = self.working else { return Vec::new() };
        let office = &working.office;
        let choices = match of {
            "letterheads" => named(&office.letterheads, |letterhead| letterhead.division.clone()),
            "people" => named(&office.people, |person| person.name.clone()),
            "contacts" => named(&office.contacts, |contact| contact.name.clone()),
            "elections" => named(&office.elections, |election| election.name.clone()),
            "entities" => named(&office.entities, |entity| entity.name.clone()),
            "calendars" => named(&office.calendars, |calendar| calendar.name.clone()),
            "releases" => named(&working.releases, |release| release.name.clone().unwrap_or_default()),
            "memos" => {
                let mut memos = named(&working.memos, |memo| memo.subject.value.clone());
                // Subjects repeat.
                memos.iter_mut().for_each(|memo| memo.label = format!("{} {}", memo.value, memo.label));
                memos
            }
            "dates" => self.named_dates(),
            "delays" => self.told_plans(),
            _ => Vec::new(),
        };
        told_apart(choices)
    }

    /// Which plans of its release a memo can tell, by how many delays each has.
    fn told_plans(&self) -> Vec<Choice> {
        let Some(release) = self.release else { return Vec::new() };
        let first = ("0".to_owned(), "none of them: the first plan".to_owned());
        let told = release.delays.iter().zip(1..).map(|(delay, count): (_, usize)| {
            (count.to_string(), format!("as of {}", date::prose(delay.announced)))
        });
        let proposed = (records::PROPOSED.to_owned(), "also what is only proposed".to_owned());
        let proposed = release.proposal.is_some().then_some(proposed);
        let all = std::iter::once(first).chain(told).chain(proposed);
        all.map(|(value, label)| Choice { value, label }).collect()
    }

    fn named_dates(&self) -> Vec<Choice> {
        let Some(resolved) = &self.resolved else { return Vec::new() };
        let milestones = resolved
            .milestones
            .iter()
            .map(|milestone| Choice { value: milestone.id.to_string(), label: milestone.id.words() });
        let tasks = resolved.tasks.iter().map(|task| Choice {
            value: task.task.id.to_string(),
            label: format!("step {}", task.step().value),
        });
        milestones.chain(tasks).collect()
    }
}

/// The same choices; those that are called alike say which is which: two releases of one system.
fn told_apart(mut choices: Vec<Choice>) -> Vec<Choice> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for choice in &choices {
        *counts.entry(choice.label.clone()).or_default() += 1;
    }
    for choice in choices.iter_mut().filter(|choice| counts[&choice.label] > 1) {
        choice.label = format!("{} ({})", choice.label, choice.value);
    }
    choices
}

fn named<T>(table: &ById<T>, label: impl Fn(&T) -> String) -> Vec<Choice> {
    let entries = table.iter().filter_map(|(id, entry)| Some((id, entry.as_deref()?)));
    entries.map(|(id, entry)| Choice { value: id.to_string(), label: label(entry) }).collect()
}
