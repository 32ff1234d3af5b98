//! What the dates of a step follow from, back to what somebody wrote.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Refused, Thing as Named, iso_or_nothing, no_release};
use crate::{
    diagnostic::{Faults, Findings, Sources, nearest, offer},
    folder::{Snapshot, stem},
    model::{Entity, Id},
    records,
    schedule::{Edge, Part, PlanItem, Resolved, resolve},
    words::capitalized,
};

/// A step whose dates are to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyRequest {
    /// The release, by the name of its file; or a memo that has tasks of its own.
    pub release: String,
    /// The step as it is printed, or the id of a task, or the name of a milestone.
    pub step: String,
    /// As somebody knew it who knew so many delays; all, if none is given.
    pub knows: Option<usize>,
}

/// What the dates of a step follow from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyReport {
    /// What it is: "Step 17 (`smoke-test`), All CTE Counties,", "The mock election".
    pub title: String,
    /// The delay that was known last; none for the first plan.
    #[serde(serialize_with = "iso_or_nothing")]
    pub after_delay: Option<NaiveDate>,
    /// What tells that delay from others of its day: "second ".
    #[serde(skip)]
    pub which: &'static str,
    /// For its start and its end, or for its one day, what it follows from: the nearest first.
    pub chains: Vec<Vec<WhyLine>>,
}

/// A date, and what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyLine {
    /// In words, without a full stop.
    pub words: String,
    /// Whether it was said of the start already, with all that it follows from.
    pub as_above: bool,
    /// The file in which it is written, by its path from the working folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Explains the dates of a step.
///
/// # Errors
/// [`Refused`]: there is no such release or step, or a file has faults.
pub fn why(snapshot: &Snapshot, wish: &WhyRequest) -> Result<WhyReport, Refused> {
    let mut faults = snapshot.faults();
    let name = stem(&wish.release);
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |memo| memo == name);
    let Some(working) = working else { return Err(faulty(faults, snapshot)) };
    let id = name.parse::<Id>().ok();
    let release = id.as_ref().and_then(|id| working.releases.get(id));
    let memo = id.as_ref().and_then(|id| working.memos.get(id));
    let plan = match (release, memo) {
        (Some(Some(plan)), _) => plan,
        (None, Some(Some(memo))) => match memo.dated() {
            Some(plan) => plan,
            None => {
                return Err(Refused::NoSchedule {
                    why: format!("memo {name} has no tasks and no deadlines"),
                });
            }
        },
        (Some(None), _) | (None, Some(None)) => return Err(faulty(faults, snapshot)),
        (None, None) => return Err(no_release(&name, working.releases.keys().map(Id::as_str))),
    };
    let delays = plan.delays.len();
    let knows = wish.knows.unwrap_or(delays);
    if knows > delays {
        return Err(Refused::TooManyDelays { knows, name, delays });
    }
    let plan = plan.numbered(knows);
    let Some(resolved) = resolve(&plan, knows, NaiveDate::MAX, &mut faults) else {
        return Err(faulty(faults, snapshot));
    };
    let thing = thing(&wish.step, &resolved).ok_or_else(|| no_step(&wish.step, &resolved))?;
    Ok(explained(thing, &resolved, &snapshot.sources))
}

fn faulty(faults: Faults, snapshot: &Snapshot) -> Refused {
    Refused::Faults(Findings { faults: faults.into_sorted(), sources: snapshot.sources.clone() })
}

pub(super) fn no_step(step: &str, resolved: &Resolved<'_>) -> Refused {
    let steps = resolved.tasks.iter().map(|task| match task.task.is_deadline() {
        true => task.task.id.as_str(),
        false => task.step().value.as_str(),
    });
    let names = steps.chain(resolved.milestones.iter().map(|milestone| milestone.id.as_str()));
    let names: Vec<&str> = names.collect();
    // An id is meant if one is near; steps and milestones are what people look for.
    let ids = resolved.tasks.iter().map(|task| task.task.id.as_str());
    let near = nearest(step, ids).map(|id| format!("did you mean `{id}`?"));
    Refused::Unknown {
        thing: Named::Step,
        name: step.to_owned(),
        offer: near.unwrap_or_else(|| offer(step, names)),
    }
}

/// What a step as printed, an id or a name means.
pub(super) fn thing(named: &str, resolved: &Resolved<'_>) -> Option<PlanItem> {
    let by_step = resolved.tasks.iter().find(|task| task.step().value.eq_ignore_ascii_case(named));
    let by_id = || resolved.tasks.iter().find(|task| task.task.id.as_str() == named);
    let milestone = || resolved.milestones.iter().position(|milestone| milestone.id.as_str() == named);
    let task = by_step.or_else(by_id).map(|task| PlanItem::Task(task.at));
    task.or_else(|| milestone().map(PlanItem::Milestone))
}

fn explained(thing: PlanItem, resolved: &Resolved<'_>, sources: &Sources) -> WhyReport {
    let plan = resolved.plan;
    let edges = match thing {
        PlanItem::Milestone(at) if !plan.milestones[at].is_window => &[Edge::Start][..],
        PlanItem::Task(at) if plan.tasks[at].is_deadline() => &[Edge::End],
        _ => &[Edge::Start, Edge::End],
    };
    let mut shown = BTreeSet::new();
    let mut chains = Vec::new();
    for edge in edges {
        let mut chain = Vec::new();
        for (place, words) in resolved.chain(Part { thing, edge: *edge }) {
            let as_above = !shown.insert(words.clone());
            let (line, _) = sources.line_and_column(&place);
            let file = sources.get(place.source).name.clone();
            chain.push(WhyLine { words, as_above, file, line });
            if as_above {
                break;
            }
        }
        chains.push(chain);
    }
    let after_delay = resolved.delays.last().map(|delay| delay.announced);
    let which = resolved.delays.last().map_or("", |delay| plan.which(delay));
    WhyReport { title: title(thing, resolved), after_delay, which, chains }
}

/// "Step 17 (smoke-test), All CTE Counties," and "The mock election".
fn title(thing: PlanItem, resolved: &Resolved<'_>) -> String {
    match thing {
        PlanItem::Task(at) => {
            let task = &resolved.plan.tasks[at];
            let owners = Entity::joined(&task.owners);
            let words = capitalized(&resolved.words(thing));
            match task.is_deadline() {
                true => format!("{words}, {owners},"),
                false => format!("{words} (`{}`), {},", task.id, owners),
            }
        }
        PlanItem::Milestone(_) => capitalized(&resolved.words(thing)),
    }
}
