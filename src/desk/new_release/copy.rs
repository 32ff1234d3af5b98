//! Last time's plan as the first plan of a new release: its latest form, without what happened to it.
//!
//! In: a release's text and its plan, where its milestones are to be. Out: the text without delays and proposals, done marks, actual
//! days and steps that are gone. Not here: which dates follow.

use std::collections::BTreeMap;

use crate::{
    model::{DateRule, Dates, Day, Milestone, Move, Plan, Task},
    schedule::Resolved,
    yaml::edit::{self, At, Value},
};

/// Keys of a release that tell what happened to it.
const HAPPENED: [&str; 3] = ["delays", "proposed", "accepts"];

/// Writes it; `None` if the text is written in a way that it cannot be edited in. `moves` are milestones by their place in the plan.
pub(super) fn copied(text: &str, resolved: &Resolved<'_>, moves: &BTreeMap<usize, Move>) -> Option<String> {
    let plan = resolved.plan;
    let mut text = text.to_owned();
    for key in HAPPENED.map(at) {
        text = edit::without(&text, &key)?;
    }
    // From the last on: what goes does not change the places of those before.
    for (nth, task) in plan.tasks.iter().enumerate().rev() {
        let place = at("tasks").item(nth);
        text = match task.exists(plan.delays.len()) {
            true => latest(text, &place, task, plan)?,
            false => edit::remove_at(&text, &place)?,
        };
    }
    for (nth, milestone) in plan.milestones.iter().enumerate() {
        let place = at("milestones").key(milestone.id.as_str());
        text = undone(text, &place, &milestone.dates)?;
        if let Some(to) = moves.get(&nth) {
            text = moved(&text, &place, milestone, &to.start, to.end.as_ref())?;
        } else if has_moved(milestone, plan) {
            let now = &resolved.milestones[nth].now;
            let end = Some(&now.end).filter(|_| milestone.is_window);
            text = moved(&text, &place, milestone, &now.start, end)?;
        }
    }
    Some(text)
}

/// The place of a key at the margin.
fn at(key: &str) -> At {
    At::default().key(key)
}

/// A step as it is after the last delay.
fn latest(text: String, place: &At, task: &Task, plan: &Plan) -> Option<String> {
    let mut text = undone(text, place, &task.dates)?;
    for key in ["since", "until", "renumbered"] {
        text = edit::without(&text, &place.key(key))?;
    }
    match task.steps.as_slice() {
        [] => Some(text),
        _ => {
            let step = task.step_at(plan.delays.len()).value.clone();
            edit::set_at(&text, &place.key("step"), &Value::Text(step))
        }
    }
}

/// What nobody has done yet.
fn undone(text: String, place: &At, dates: &Dates) -> Option<String> {
    let happened = dates.started.is_some() || dates.ended.is_some();
    let text = if happened { edit::remove_at(&text, &place.key("actual"))? } else { text };
    if dates.is_open.is_some() { edit::remove_at(&text, &place.key("done")) } else { Some(text) }
}

/// Whether the days of a milestone are written out, and a delay has moved them. What follows a rule follows it again.
fn has_moved(milestone: &Milestone, plan: &Plan) -> bool {
    matches!(milestone.dates.start.value, DateRule::Literal(_))
        && plan.delays.iter().any(|delay| delay.moves.contains_key(&milestone.id))
}

/// A milestone on other days, in the form in which it is written.
fn moved(text: &str, place: &At, milestone: &Milestone, start: &Day, end: Option<&Day>) -> Option<String> {
    let day = |day: &Day| Value::Text(day.written());
    if !milestone.is_window {
        let date = place.key("date");
        let place = if edit::has(text, &date)? { &date } else { place };
        return edit::set_at(text, place, &day(start));
    }
    let text = edit::set_at(text, &place.key("start"), &day(start))?;
    match end {
        // Without another end, what it takes stays.
        None => Some(text),
        Some(end) => edit::set_at(&edit::without(&text, &place.key("takes"))?, &place.key("end"), &day(end)),
    }
}
