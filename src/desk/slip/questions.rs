//! What is past when a delay is announced, and would move with it: whether it was done is asked, never guessed.
//!
//! In: a release as it is, and with the delay; what was answered. Out: the questions, and the steps that the delay reopens.
//! Not here: who is asked, and how.

use std::collections::BTreeSet;

use serde::Serialize;

use super::SlipRequest;
use crate::{
    desk::{NotADelay, Refused, why},
    diagnostic::{Faults, Placed},
    model::{DateCell, Entity, Plan, PlanItemId, date},
    schedule::{Ground, PlanItem, Resolved, last_day, resolve},
    words::capitalized,
};

/// Every question at once: `--done all`.
const ALL: &str = "all";

/// What somebody says of steps and milestones whose day has passed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoneAnswers {
    /// They were done, and stay where they are.
    pub done: Vec<AnswerOf>,
    /// They were not, and move with what they hang on.
    pub not_done: Vec<AnswerOf>,
}

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerOf {
    /// The step as printed, its id, or the id of a milestone, as somebody types it; of what is past, also `all`.
    Name(String),
    /// A step or a milestone; both can have one id. Such an answer can be kept from before: what is typed counts before it, and of
    /// what is not past by now it says nothing.
    Target(PlanItemId),
}

/// Whether something was done whose day had passed when a delay was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneQuestion {
    /// The step as printed, by which it can be answered; of a milestone, its id.
    pub name: String,
    /// Its id.
    pub id: String,
    #[serde(skip)]
    pub(super) thing: PlanItem,
    /// Which it is: a step and a milestone can have one id.
    #[serde(skip)]
    pub target: PlanItemId,
    /// "Step 2, SOS: Install the release".
    pub what: String,
    /// The day on which it was to be done: "6/29/2025".
    pub planned: String,
    /// When it would be if it was not done: "7/13/2025".
    pub becomes: String,
}

/// What is past and would move with a delay.
#[derive(Default)]
pub(super) struct AskedSteps {
    /// What nobody has answered.
    pub open: Vec<DoneQuestion>,
    /// What had not been done.
    pub reopens: Vec<PlanItemId>,
    /// What had been done.
    pub done: Vec<PlanItemId>,
}

/// The answers, held against the plan.
pub(super) struct AnsweredSteps {
    done: BTreeSet<PlanItem>,
    not_done: BTreeSet<PlanItem>,
    rest: Option<bool>,
}

impl AnsweredSteps {
    /// Finds what the answers name.
    pub fn new(wish: &SlipRequest, now: &Resolved<'_>) -> Result<AnsweredSteps, Refused> {
        let DoneAnswers { done, not_done } = &wish.answers;
        let is_all = |answers: &[AnswerOf]| answers.iter().any(is_everything);
        let rest = match (is_all(done), is_all(not_done)) {
            (true, true) => {
                return Err(Refused::NotADelay(NotADelay::DoneAndNot { what: "all steps".to_owned() }));
            }
            (true, false) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        let (typed, typed_not) = (typed(done, now)?, typed(not_done, now)?);
        let future = typed.iter().chain(&typed_not).find(|thing| !is_past(**thing, now));
        if let Some(thing) = future {
            return Err(Refused::NotADelay(NotADelay::NotPast {
                what: now.words(*thing),
                announced: wish.announced,
            }));
        }
        let (kept, kept_not) = (kept(done, &typed_not, now)?, kept(not_done, &typed, now)?);
        let told = AnsweredSteps { done: &typed | &kept, not_done: &typed_not | &kept_not, rest };
        match told.done.intersection(&told.not_done).next() {
            Some(both) => Err(Refused::NotADelay(NotADelay::DoneAndNot { what: now.words(*both) })),
            None => Ok(told),
        }
    }

    /// What is still to be asked, and what the delay reopens. `with_delay` is the plan with the delay.
    pub fn questions(&self, now: &Resolved<'_>, with_delay: &Plan, texts: &[String]) -> AskedSteps {
        let told = |thing: &PlanItem| {
            let moves = with_delay.delays.last().map(|last| &last.moves);
            matches!(thing, PlanItem::Milestone(_))
                && moves.is_some_and(|moves| moves.contains_key(thing.id(now.plan)))
        };
        // What an earlier delay left where it was had been done by then, and what one moved hangs on nothing.
        let is_open = |thing: &PlanItem| self.not_done.contains(thing) || !is_held(*thing, now);
        let past = now.things().filter(|thing| is_past(*thing, now) && !told(thing) && is_open(thing));
        let past: Vec<PlanItem> = past.collect();
        // As if nothing had been done but what somebody says.
        let mut plan = with_delay.clone();
        let open = past.iter().copied().filter(|thing| !self.done.contains(thing));
        reopen(&mut plan, open);
        // What falls on a closed day is asked by itself; here it only counts that it moves.
        plan.stay_on_closed_days();
        let resolved = resolve(&plan, plan.delays.len(), now.as_of, &mut Faults::default());
        let moves = |thing: &PlanItem| {
            let then = resolved.as_ref().and_then(|then| cells(*thing, then));
            then.is_some_and(|then| cells(*thing, now).is_some_and(|now| now != then))
        };
        let mut asked = AskedSteps::default();
        for thing in past {
            let answer = match (self.done.contains(&thing), self.not_done.contains(&thing)) {
                (false, false) if !moves(&thing) => continue,
                (false, false) => self.rest,
                (done, _) => Some(done),
            };
            match (answer, &resolved) {
                (Some(false), _) => asked.reopens.push(thing.target(now.plan)),
                (Some(true), _) => asked.done.push(thing.target(now.plan)),
                (None, Some(then)) => asked.open.push(question(thing, now, then, texts)),
                (None, None) => {}
            }
        }
        asked
    }
}

impl AskedSteps {
    /// Refuses what the release's file cannot say: an id that a step and a milestone share is the step's there. What was done, only a
    /// proposal says.
    pub fn can_be_written(&self, plan: &Plan, is_proposal: bool) -> Result<(), Refused> {
        let written = self.reopens.iter().chain(self.done.iter().filter(|_| is_proposal));
        let milestones = written.filter(|target| matches!(target, PlanItemId::Milestone(_)));
        for id in milestones.map(PlanItemId::id) {
            if let Some(task) = plan.tasks.iter().find(|task| task.id == *id) {
                let (milestone, step) = (id.to_string(), task.step.value.clone());
                return Err(Refused::NotADelay(NotADelay::NamedLikeStep { milestone, step }));
            }
        }
        Ok(())
    }
}

fn is_everything(of: &AnswerOf) -> bool {
    matches!(of, AnswerOf::Name(name) if name == ALL)
}

/// What the typed names among the answers mean.
fn typed(answers: &[AnswerOf], now: &Resolved<'_>) -> Result<BTreeSet<PlanItem>, Refused> {
    let names = answers.iter().filter_map(|of| match of {
        AnswerOf::Name(name) => Some(name).filter(|_| !is_everything(of)),
        AnswerOf::Target(_) => None,
    });
    names.map(|name| named(name, now).ok_or_else(|| why::no_step(name, now))).collect()
}

/// What the other answers mean, as far as they still hold: `but` is said to be otherwise.
fn kept(
    answers: &[AnswerOf],
    but: &BTreeSet<PlanItem>,
    now: &Resolved<'_>,
) -> Result<BTreeSet<PlanItem>, Refused> {
    let targets = answers.iter().filter_map(|of| match of {
        AnswerOf::Target(target) => Some(target),
        AnswerOf::Name(_) => None,
    });
    let mut kept: BTreeSet<PlanItem> =
        targets.map(|target| thing_of(target, now)).collect::<Result<_, _>>()?;
    kept.retain(|thing| is_past(*thing, now) && !but.contains(thing));
    Ok(kept)
}

/// What a name means. A step is asked by its number, so of a milestone and a step with one id the milestone is meant.
fn named(name: &str, now: &Resolved<'_>) -> Option<PlanItem> {
    let is_number = now.tasks.iter().any(|task| task.step().value.eq_ignore_ascii_case(name));
    let milestone = now.milestones.iter().position(|milestone| milestone.id.as_str() == name);
    let milestone = milestone.map(PlanItem::Milestone);
    let is_asked = |thing: &PlanItem| !is_number && is_past(*thing, now) && !is_held(*thing, now);
    milestone.filter(is_asked).or_else(|| why::thing(name, now))
}

/// The step or the milestone of the plan as it is now.
fn thing_of(target: &PlanItemId, now: &Resolved<'_>) -> Result<PlanItem, Refused> {
    let is_it = |thing: &PlanItem| thing.target(now.plan) == *target;
    now.things().find(is_it).ok_or_else(|| why::no_step(target.id().as_str(), now))
}

/// Lets the last delay of a plan reopen things; where it says so does not matter.
fn reopen(plan: &mut Plan, things: impl Iterator<Item = PlanItem>) {
    let targets: Vec<PlanItemId> = things.map(|thing| thing.target(plan)).collect();
    let Some(delay) = plan.delays.last_mut() else { return };
    let Some(place) = delay.moves.values().next().map(|to| to.place.clone()) else { return };
    delay.reopens = targets.into_iter().map(|value| Placed { value, place: place.clone() }).collect();
}

pub(super) fn cells<'r>(thing: PlanItem, resolved: &'r Resolved<'_>) -> Option<[&'r DateCell; 2]> {
    Some(resolved.pair(thing)?.map(|when| &when.cell))
}

/// Whether the day of something has passed, and nobody has written down when it was done.
fn is_past(thing: PlanItem, resolved: &Resolved<'_>) -> bool {
    resolved.pair(thing).is_some_and(|[start, end]| {
        let happened = [start, end].iter().all(|when| when.ground == Ground::Happened);
        !happened && last_day(&start.cell, &end.cell).is_some_and(|last| last < resolved.as_of)
    })
}

/// Whether a delay has moved something to where it is, or would have moved it and left it there.
fn is_held(thing: PlanItem, resolved: &Resolved<'_>) -> bool {
    let pair = resolved.pair(thing).into_iter().flatten();
    pair.into_iter().any(|when| matches!(when.ground, Ground::Over(..) | Ground::Moved(_)))
}

fn question(thing: PlanItem, now: &Resolved<'_>, then: &Resolved<'_>, texts: &[String]) -> DoneQuestion {
    let plan = now.plan;
    let (name, what) = match thing {
        PlanItem::Milestone(at) => (plan.milestones[at].id.to_string(), now.words(thing)),
        PlanItem::Task(at) => {
            let task = &plan.tasks[at];
            let owners = Entity::joined(&task.owners);
            let found = now.tasks.iter().zip(texts).find(|(resolved, _)| resolved.at == at);
            let (step, text) =
                found.map_or((&task.step, ""), |(resolved, text)| (resolved.step(), text.as_str()));
            (step.value.clone(), format!("{}, {}: {text}", now.words(thing), owners))
        }
    };
    let days = |resolved| cells(thing, resolved).map(|[start, end]| days(start, end)).unwrap_or_default();
    DoneQuestion {
        name,
        id: thing.id(plan).to_string(),
        thing,
        target: thing.target(plan),
        what: capitalized(&what),
        planned: days(now),
        becomes: days(then),
    }
}

/// "June 29, 2025", "June 23 to June 27, 2025".
pub(super) fn days(start: &DateCell, end: &DateCell) -> String {
    match (start.first_day(), last_day(start, end)) {
        (Some(first), Some(last)) => date::window(first, last),
        (Some(day), None) | (None, Some(day)) => date::prose(day),
        (None, None) => end.to_string(),
    }
}
