//! Printed steps -> tasks, each under the name that today's plan has for it.
//!
//! In: steps as they were printed; the plan and the office as they are today. Out: tasks of nothing but printed dates. Not
//! here: reading what was printed, and what changed since.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{printed::PrintedStep, schedule::dates};
use crate::{
    diagnostic::Place,
    model::{Entity, Id, Office, Plan, Task, Text},
};

/// Today's tasks, by what a printed step is known by.
pub(super) struct Tasks<'p> {
    office: &'p Office,
    place: &'p Place,
    by_id: BTreeMap<&'p str, &'p Task>,
    by_number: BTreeMap<&'p str, Vec<&'p Task>>,
    by_text: BTreeMap<Vec<&'p str>, Vec<&'p Task>>,
    /// The names that steps have already.
    taken: BTreeSet<Id>,
    /// Steps that no plan knows any more, by the first part of their names: how many there are.
    unknown: BTreeMap<String, usize>,
}

impl<'p> Tasks<'p> {
    pub fn of(now: &'p Plan, office: &'p Office, place: &'p Place) -> Tasks<'p> {
        let mut tasks = Tasks {
            office,
            place,
            by_id: BTreeMap::new(),
            by_number: BTreeMap::new(),
            by_text: BTreeMap::new(),
            taken: BTreeSet::new(),
            unknown: BTreeMap::new(),
        };
        for task in &now.tasks {
            tasks.by_id.insert(task.id.as_str(), task);
            // A record may have the number that it had before a delay.
            let steps = task.steps.iter().map(|(_, step)| step).filter(|step| **step != task.step);
            for step in std::iter::once(&task.step).chain(steps) {
                tasks.by_number.entry(&step.value).or_default().push(task);
            }
            tasks.by_text.entry(task.text.value.split_whitespace().collect()).or_default().push(task);
        }
        tasks
    }

    /// A printed step as a task. One without an id is the plan's task of that number and owner, or of that text.
    pub fn task(&mut self, step: PrintedStep) -> Task {
        let known = self.known(&step);
        let id = known.map(|task| task.id.clone()).or_else(|| step.id.as_ref()?.parse().ok());
        let id = id.unwrap_or_else(|| self.own_id(&step.step));
        self.taken.insert(id.clone());
        let placed = |value: String| Text { value, place: self.place.clone() };
        let owners = match known.filter(|task| Entity::joined(&task.owners) == step.owner) {
            Some(task) => task.owners.clone(),
            None => owners(&step.owner, self.office),
        };
        let words = step.words();
        Task {
            id,
            owners,
            // As it is written it is matched with another entry of the same text.
            text: known.map_or_else(|| placed(words), |task| task.text.clone()),
            warning: None,
            since: 0,
            until: None,
            dates: dates(&step.start, &step.end, self.place),
            step: placed(step.step),
            steps: Vec::new(),
        }
    }

    fn known(&self, step: &PrintedStep) -> Option<&'p Task> {
        if let Some(id) = &step.id {
            return self.by_id.get(id.as_str()).copied();
        }
        let free = |task: &&Task| !self.taken.contains(&task.id);
        let of_number = || self.by_number.get(step.step.as_str()).into_iter().flatten().copied().filter(free);
        let text: Vec<&str> = step.text.split_whitespace().collect();
        let mut of_text = self.by_text.get(&text).into_iter().flatten().copied().filter(free);
        let known = of_number().find(|task| Entity::joined(&task.owners) == step.owner);
        known.or_else(|| of_text.next()).or_else(|| of_number().next())
    }

    /// A name for a step that no plan knows any more.
    fn own_id(&mut self, step: &str) -> Id {
        let step: String = step.chars().filter(char::is_ascii_alphanumeric).collect();
        let base = format!("as-issued-{}", step.to_ascii_lowercase()).trim_end_matches('-').to_owned();
        let count = self.unknown.entry(base.clone()).or_default();
        loop {
            *count += 1;
            let id: Id =
                format!("{base}-{count}").parse().expect("letters, digits and single hyphens are an id");
            if !self.taken.contains(&id) {
                return id;
            }
        }
    }
}

/// Who is responsible, one by one, as the office knows them: the longest name first. Whom it does not know any more is one.
fn owners(printed: &str, office: &Office) -> Vec<Arc<Entity>> {
    let find = |name: &str| office.entities.values().flatten().find(|entity| entity.name == name).cloned();
    let unknown =
        |name: &str| Arc::new(Entity { name: name.to_owned(), calendar: None, part_of: Vec::new() });
    let names = Entity::parted_names(printed, |name| find(name).is_some());
    names.into_iter().map(|name| find(name).unwrap_or_else(|| unknown(name))).collect()
}
