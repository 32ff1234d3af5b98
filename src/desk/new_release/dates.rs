//! Last time's dates beside the new ones.
//!
//! In: last time's plan, the folder with the new release. Out: each milestone and step with both dates and the reason of the new one;
//! what is wrong with the new release. Not here: choosing the days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    diagnostic::{Faults, Findings, Severity},
    folder::Snapshot,
    model::{DateCell, Entity, Id, Office},
    records,
    schedule::{self, Edge, Part, PlanItem, Resolved, resolve},
    template::{Engine, task_texts},
    words::capitalized,
};

/// A milestone or step of a release that begins with another one's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopiedDate {
    /// Its id.
    pub id: String,
    /// "Step 6a", "The mock election".
    pub name: String,
    /// Whether it is a milestone.
    pub is_milestone: bool,
    /// Whether it is a milestone with a first and a last day.
    pub is_window: bool,
    /// Who does it, and what; nothing of a milestone.
    pub what: String,
    /// When it was: "11/5/2021 to 11/19/2021".
    pub was: String,
    /// When it is; nothing if that cannot be found.
    pub is: String,
    /// Why; nothing if it cannot be found.
    pub reasons: Vec<String>,
}

/// Finds them. Without a new date where the new release has faults.
pub(super) fn dates(
    was: &Resolved<'_>,
    office: &Office,
    after: &Snapshot,
    id: &Id,
) -> (Vec<CopiedDate>, Findings) {
    let mut faults = Faults::default();
    let working = records::read(&after.texts, &after.sources, &mut faults, |_| false);
    let plan = working.as_ref().and_then(|working| working.releases.get(id)?.as_deref());
    let is = plan.and_then(|plan| resolve(plan, 0, NaiveDate::MIN, &mut faults));
    if let (Some(is), Some(working)) = (&is, &working) {
        let entities = working.office.entities.values().flatten();
        schedule::check(is, entities.map(|entity| entity.name.as_str()), &after.sources, &mut faults);
    }
    let source =
        after.texts.releases.iter().find(|(known, _)| *known == id.as_str()).map(|(_, source)| *source);
    let mut faults = faults.into_sorted();
    faults.retain(|fault| Some(fault.place.source) == source && fault.code.severity() == Severity::Error);
    let engine = Engine::markdown(&after.templates, &after.sources, &mut Faults::default());
    let texts = |resolved: &Resolved<'_>| {
        let texts = task_texts(None, resolved, office, &engine, &after.sources);
        let ids = resolved.tasks.iter().map(|task| task.task.id.clone());
        ids.zip(texts).collect::<BTreeMap<Id, String>>()
    };
    // Texts name the days of milestones: the new ones, if they are known.
    let texts = texts(is.as_ref().unwrap_or(was));
    let rows = was.things().map(|thing| row(thing, was, is.as_ref(), &texts)).collect();
    (rows, Findings { faults, sources: after.sources.clone() })
}

fn row(
    thing: PlanItem,
    was: &Resolved<'_>,
    is: Option<&Resolved<'_>>,
    texts: &BTreeMap<Id, String>,
) -> CopiedDate {
    let id = thing.id(was.plan);
    let now = is.and_then(|is| {
        let same = match thing {
            PlanItem::Milestone(_) => {
                is.milestones.iter().position(|one| one.id == id).map(PlanItem::Milestone)
            }
            PlanItem::Task(_) => {
                is.tasks.iter().find(|task| task.task.id == *id).map(|task| PlanItem::Task(task.at))
            }
        };
        Some((is, same?))
    });
    let what = match thing {
        PlanItem::Milestone(_) => String::new(),
        PlanItem::Task(at) => {
            let task = &was.plan.tasks[at];
            let text = texts.get(&task.id).map_or("", String::as_str);
            format!("{}: {text}", Entity::joined(&task.owners))
        }
    };
    CopiedDate {
        id: id.to_string(),
        name: capitalized(&was.words(thing)),
        is_milestone: matches!(thing, PlanItem::Milestone(_)),
        is_window: matches!(thing, PlanItem::Milestone(at) if was.plan.milestones[at].is_window),
        what,
        was: days(thing, was),
        is: now.map(|(is, thing)| days(thing, is)).unwrap_or_default(),
        reasons: now.map(|(is, thing)| reasons(thing, is)).unwrap_or_default(),
    }
}

/// "10/4/2021 to 10/8/2021", "10/8/2021", "10/14/2021 to On-going".
fn days(thing: PlanItem, resolved: &Resolved<'_>) -> String {
    let Some([start, end]) = resolved.pair(thing) else { return String::new() };
    let (start, end) = (&start.cell, &end.cell);
    match (start, end) {
        (DateCell::Empty | DateCell::NotApplicable, end) => end.to_string(),
        (start, DateCell::Empty | DateCell::NotApplicable) => start.to_string(),
        (start, end) if start == end => start.to_string(),
        (start, end) => format!("{start} to {end}"),
    }
}

fn reasons(thing: PlanItem, resolved: &Resolved<'_>) -> Vec<String> {
    let found = [Edge::Start, Edge::End].into_iter().filter_map(|edge| resolved.reason(Part { thing, edge }));
    let mut seen = BTreeSet::new();
    found.filter(|reason| reason != "the same day" && seen.insert(reason.clone())).collect()
}
