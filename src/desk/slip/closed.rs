//! Rules that a delay leads to a closed day, and that do not say what happens then: it is asked, never guessed.
//!
//! In: a release with the delay, the faults of its dates, what was answered. Out: the questions; the release's text with the answers in
//! its rules, where they hold for every later delay as well. Not here: which day follows from an answer.

use serde::Serialize;

use super::AnswerOf;
use crate::{
    desk::{NotADelay, Refused, why},
    diagnostic::{Code, Diagnostic, Place},
    model::{DateRule, Dates, OnClosed, Plan, PlanItemId},
    schedule::{Edge, PlanItem, Resolved},
    yaml::edit::{self, At, Value},
};

/// The keys of a rule, one of which each has.
const BASES: [&str; 5] = ["at", "during", "after", "before", "with"];

/// What happens to the dates of a step or a milestone that fall on a closed day: `--closed 3=next`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedAnswer {
    /// Whose dates.
    pub of: AnswerOf,
    /// What happens.
    pub closed: OnClosed,
}

/// A step or a milestone of which nobody has said what happens on a closed day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedQuestion {
    /// The fault that says so, by its place among those of the conflict.
    pub fault: usize,
    /// The step as printed, by which it is answered; of a milestone, its id.
    pub name: String,
    /// Which it is.
    pub target: PlanItemId,
}

/// What was answered of a closed day, and is written into a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnsweredClosedDay {
    /// The step as printed; of a milestone, its id.
    pub name: String,
    /// Its id.
    pub id: String,
    /// "step 3".
    pub what: String,
    /// Which it is: a step and a milestone can have one id.
    #[serde(skip)]
    pub target: PlanItemId,
    /// What happens: "next".
    pub closed: &'static str,
}

/// What happens on a closed day, of what.
pub(super) type KnownAnswer = (PlanItemId, OnClosed);

/// A rule of a plan.
struct RuleOf {
    thing: PlanItem,
    edge: Edge,
}

/// The answers by what they are about; refused is what the plan does not have.
pub(super) fn known(answers: &[ClosedAnswer], now: &Resolved<'_>) -> Result<Vec<KnownAnswer>, Refused> {
    let known = |answer: &ClosedAnswer| {
        let target = match &answer.of {
            AnswerOf::Name(name) => target(name, now)?,
            AnswerOf::Target(target) if has(now.plan, target) => target.clone(),
            AnswerOf::Target(target) => return Err(why::no_step(target.id().as_str(), now)),
        };
        Ok((target, answer.closed))
    };
    answers.iter().map(known).collect()
}

/// What a name means: the number of a step before an id, and no id that a step and a milestone share.
fn target(name: &str, now: &Resolved<'_>) -> Result<PlanItemId, Refused> {
    let tasks = &now.plan.tasks;
    if let Some(task) = tasks.iter().find(|task| task.step.value.eq_ignore_ascii_case(name)) {
        return Ok(PlanItemId::Task(task.id.clone()));
    }
    let task = tasks.iter().find(|task| task.id.as_str() == name);
    let milestone = now.plan.milestones.iter().find(|milestone| milestone.id.as_str() == name);
    match (task, milestone) {
        (Some(task), Some(_)) => Err(Refused::NotADelay(NotADelay::StepAndMilestone {
            name: name.to_owned(),
            step: task.step.value.clone(),
        })),
        (Some(task), None) => Ok(PlanItemId::Task(task.id.clone())),
        (None, Some(milestone)) => Ok(PlanItemId::Milestone(milestone.id.clone())),
        (None, None) => Err(why::no_step(name, now)),
    }
}

/// Whether a plan has it, also if it comes with a delay alone.
fn has(plan: &Plan, target: &PlanItemId) -> bool {
    match target {
        PlanItemId::Task(id) => plan.tasks.iter().any(|task| task.id == *id),
        PlanItemId::Milestone(id) => plan.milestones.iter().any(|milestone| milestone.id == *id),
    }
}

/// What is to be asked of these faults.
pub(super) fn questions(plan: &Plan, faults: &[Diagnostic]) -> Vec<ClosedQuestion> {
    let asked = faults.iter().enumerate().filter(|(_, fault)| fault.code == Code::ClosedDayUnsaid);
    let asked = asked.filter_map(|(at, fault)| {
        let RuleOf { thing, .. } = rule_at(plan, &fault.place)?;
        Some(ClosedQuestion { fault: at, name: name(plan, thing), target: thing.target(plan) })
    });
    asked.collect()
}

/// The release's text with the answers to these faults in its rules, and which they are; none if nothing is answered.
/// The faults are of the text that `plan` was read from; `text` has the same rules at the same keys.
pub(super) fn answered(
    text: &str,
    plan: &Plan,
    faults: &[Diagnostic],
    answers: &[KnownAnswer],
) -> Option<(String, Vec<AnsweredClosedDay>)> {
    let (mut text, mut written) = (text.to_owned(), Vec::new());
    for fault in faults.iter().filter(|fault| fault.code == Code::ClosedDayUnsaid) {
        let Some(found) = rule_at(plan, &fault.place) else { continue };
        let target = found.thing.target(plan);
        let Some((_, closed)) = answers.iter().find(|(of, _)| *of == target) else { continue };
        text = with_answer(&text, plan, &found, *closed)?;
        written.push(AnsweredClosedDay {
            name: name(plan, found.thing),
            id: found.thing.id(plan).to_string(),
            what: found.thing.words(plan),
            target,
            closed: closed.word(),
        });
    }
    (!written.is_empty()).then_some((text, written))
}

fn name(plan: &Plan, thing: PlanItem) -> String {
    match thing {
        PlanItem::Milestone(at) => plan.milestones[at].id.to_string(),
        PlanItem::Task(at) => plan.tasks[at].step.value.clone(),
    }
}

/// The rule that is written at a place.
fn rule_at(plan: &Plan, place: &Place) -> Option<RuleOf> {
    let milestones =
        plan.milestones.iter().enumerate().map(|(at, one)| (PlanItem::Milestone(at), &one.dates));
    let tasks = plan.tasks.iter().enumerate().map(|(at, one)| (PlanItem::Task(at), &one.dates));
    milestones.chain(tasks).find_map(|(thing, Dates { start, end, .. })| {
        let edges = [(Edge::Start, start), (Edge::End, end)];
        edges.into_iter().find_map(|(edge, rule)| match &rule.value {
            DateRule::Counted(_) if rule.place == *place => Some(RuleOf { thing, edge }),
            _ => None,
        })
    })
}

/// The text with what happens on a closed day in a rule.
fn with_answer(text: &str, plan: &Plan, found: &RuleOf, closed: OnClosed) -> Option<String> {
    let edge = if found.edge == Edge::Start { "start" } else { "end" };
    let places = match found.thing {
        PlanItem::Task(at) => vec![At::default().key("tasks").item(at).key(edge)],
        PlanItem::Milestone(at) => {
            let own = At::default().key("milestones").key(plan.milestones[at].id.as_str());
            vec![own.key(edge), own.key("date"), own]
        }
    };
    let is_there = |at: &At| edit::has(text, at) == Some(true);
    // An election does not move with a delay, so an E-number alone is never asked about.
    let at = places.into_iter().find(|at| BASES.iter().any(|base| is_there(&at.key(base))))?;
    edit::set_at(text, &at.key("closed"), &Value::Text(closed.word().to_owned()))
}
