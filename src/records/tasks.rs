//! The tasks of a plan, and what stands around their table.
//!
//! In: `tasks`, `schedule`. Out: [`Task`]s, [`ScheduleText`]; faults of a task that hangs on one which some plan has not. Not
//! here: when a task is, which `dates` reads.

use std::collections::{BTreeMap, BTreeSet};

use super::{dates, fields::Fields, reader::Reader, rule::RuleNames};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Placed, offered},
    model::{
        Counted, DateRule, Dates, Id, Limit, Milestone, Office, OnClosed, PlanItemId, ScheduleText, Task,
    },
    yaml::Node,
};

/// The tasks and what stands around their table. `before` is how many errors there were before milestones and tasks were read.
pub(super) fn table(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    office: &Office,
    names: &RuleNames<'_>,
    milestones: &[Milestone],
    delays: Option<usize>,
    before: usize,
) -> (Vec<Task>, Option<ScheduleText>) {
    let each = |n: &Node, r: &mut Reader<'_>| task(n, r, office, names, delays);
    let tasks = r.may(f, "tasks", |n, r| Some(tasks(n, r, each))).flatten().unwrap_or_default();
    let by_id: BTreeMap<&Id, &Task> = tasks.iter().map(|task| (&task.id, task)).collect();
    for task in &tasks {
        outlives(task, &by_id, r);
    }
    for milestone in milestones {
        for (id, place) in tasks_named(&milestone.dates) {
            let Some(other) = by_id.get(id) else { continue };
            missing(&format!("the {}", milestone.words()), (0, None), other, place, r);
        }
    }
    let dates =
        milestones.iter().map(|milestone| &milestone.dates).chain(tasks.iter().map(|task| &task.dates));
    let rules: Vec<&Counted> = dates.flat_map(Dates::both).filter_map(|rule| counted(&rule.value)).collect();
    // What a date with a fault would be is not known.
    let is_known = r.faults.errors() == before && !r.leans_on_fault;
    let shows_nothing = |with_rolled: bool| {
        let rolls = || rules.iter().any(|rule| rule.closed.is_some_and(|closed| closed != OnClosed::Stay));
        is_known && !rules.iter().any(|rule| rule.e_number().is_some()) && (with_rolled || !rolls())
    };
    let schedule = r.may(f, "schedule", |n, r| schedule(n, r, shows_nothing)).map(Option::unwrap_or_default);
    (tasks, schedule)
}

/// Reports a task that hangs on one that some plan has not.
fn outlives(task: &Task, tasks: &BTreeMap<&Id, &Task>, r: &mut Reader<'_>) {
    let what = task.words();
    for (id, place) in tasks_named(&task.dates) {
        let Some(other) = tasks.get(id) else { continue };
        missing(&what, (task.since, task.until), other, place, r);
    }
}

/// The tasks that dates hang on, and where they are named.
pub(super) fn tasks_named(dates: &Dates) -> impl Iterator<Item = (&Id, &Place)> {
    let counted = dates.both().into_iter().filter_map(|rule| counted(&rule.value));
    let named = counted.flat_map(|counted| {
        let floor = counted.not_before.as_ref().and_then(|floor| match &floor.value {
            Limit::Start(target) => Some((target, &floor.place)),
            _ => None,
        });
        counted.targets().iter().map(|target| (&target.value, &target.place)).chain(floor)
    });
    named.filter_map(|(target, place)| match target {
        PlanItemId::Task(id) => Some((id, place)),
        PlanItemId::Milestone(_) => None,
    })
}

/// Reports a task that is named by what exists from one delay to another, and is not there all the time.
fn missing(
    what: &str,
    (since, until): (usize, Option<usize>),
    other: &Task,
    place: &Place,
    r: &mut Reader<'_>,
) {
    let ends_first = other.until.is_some_and(|other| until.is_none_or(|own| other < own));
    if other.since <= since && !ends_first {
        return;
    }
    let plan = if other.since > since { since } else { other.until.unwrap_or_default() };
    let plan = if plan == 0 { "the first plan".to_owned() } else { format!("the plan of delay {plan}") };
    let message = format!("{what} hangs on `{}`, which is not in {plan}", other.id);
    r.faults.push(
        Diagnostic::new(Code::UnknownTask, place.clone(), message)
            .expected("a task of the same plans is expected")
            .help("give both the same `since` and `until`, or two tasks, one for each plan"),
    );
}

fn tasks(
    node: &Node,
    r: &mut Reader<'_>,
    mut each: impl FnMut(&Node, &mut Reader<'_>) -> Option<Task>,
) -> Vec<Task> {
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    r.list(node, |n, r| {
        let task = each(n, r)?;
        if !seen.insert(task.id.clone()) {
            let message = format!("two tasks have the id `{}`", task.id);
            let help = "give each task a name of its own; it is not printed".to_owned();
            r.fault(Code::DuplicateId, n, message, "the second one stands here", help);
            return None;
        }
        Some(task)
    })
}

fn task(
    node: &Node,
    r: &mut Reader<'_>,
    office: &Office,
    names: &RuleNames<'_>,
    delays: Option<usize>,
) -> Option<Task> {
    let delay = |n: &Node, r: &mut Reader<'_>| r.delay(n, Some(delays.unwrap_or(0)), delays.is_some());
    let mut f = r.fields(node, "a task")?;
    let id = r.need(&mut f, "id", |n, r| r.id(n));
    let step = r.need(&mut f, "step", placed_text);
    let renumbered = r.may(&mut f, "renumbered", |n, r| Some(r.list(n, |n, r| renumbered(n, r, delays))));
    let owners = r.need(&mut f, "owners", |n, r| {
        Some(r.list(n, |n, r| r.refer(n, &office.entities, Code::UnknownEntity, "responsible entity")))
    });
    let text = r.need(&mut f, "text", |n, r| r.prose(n));
    let warning = r.may(&mut f, "warning", |n, r| r.prose(n));
    let since = r.may(&mut f, "since", delay);
    let until = r.may(&mut f, "until", delay);
    let dates = dates::of_task(&mut f, r, node, names);
    r.end(&f);
    if let (Some(since), Some(Some(until))) = (&since, &until)
        && *until <= since.unwrap_or(0)
    {
        let message = "this task is gone before it comes".to_owned();
        let help = "`until` is a later delay than `since`".to_owned();
        r.fault(Code::BadValue, node, message, "it exists in no plan", help);
    }
    let (since, until) = (since?.unwrap_or(0), until?);
    let steps = steps(since, until, step?, renumbered?.unwrap_or_default(), r)?;
    let (_, first) = steps.first()?;
    let task = Task {
        id: id?,
        step: first.clone(),
        steps: if steps.len() > 1 { steps } else { Vec::new() },
        owners: owners?,
        text: text?,
        warning: warning?,
        since,
        until,
        dates: dates?,
    };
    Some(Task { step: task.step_at(delays.unwrap_or(0)).clone(), ..task })
}

/// From which delay on a task has another step.
fn renumbered(node: &Node, r: &mut Reader<'_>, delays: Option<usize>) -> Option<(usize, Placed<String>)> {
    let mut f = r.fields(node, "another step")?;
    let since = r.need(&mut f, "since", |n, r| r.delay(n, Some(delays.unwrap_or(0)), delays.is_some()));
    let step = r.need(&mut f, "step", |n, r| placed_text(n, r));
    r.end(&f);
    Some((since?, step?))
}

fn placed_text(node: &Node, r: &mut Reader<'_>) -> Option<Placed<String>> {
    Some(Placed { value: r.text(node)?, place: r.source.at(node.range.clone()) })
}

/// All steps of a task that exists from one delay to another, earliest first.
fn steps(
    since: usize,
    until: Option<usize>,
    first: Placed<String>,
    renumbered: Vec<(usize, Placed<String>)>,
    r: &mut Reader<'_>,
) -> Option<Vec<(usize, Placed<String>)>> {
    let mut steps = vec![(since, first)];
    for (delay, step) in renumbered {
        let before = steps.last().map_or(since, |(last, _)| *last);
        if delay <= before || until.is_some_and(|until| until <= delay) {
            let message = format!("the task has step {} from delay {delay} on", step.value);
            let expected = match until.filter(|until| *until <= delay) {
                Some(until) => format!("it exists no more from delay {until} on"),
                None => format!("it has another step from delay {before} on: a later delay is expected"),
            };
            r.faults.push(
                Diagnostic::new(Code::BadValue, step.place, message)
                    .expected(expected)
                    .help("name the delay with which the number changes; the first delay is 1"),
            );
            return None;
        }
        steps.push((delay, step));
    }
    Some(steps)
}

fn counted(rule: &DateRule) -> Option<&Counted> {
    match rule {
        DateRule::Counted(counted) => Some(counted),
        DateRule::Literal(_) | DateRule::Takes(_) => None,
    }
}

/// What stands around the table. `shows_nothing` knows whether `e-numbers` would show nothing, with `rolled` beside it or without.
fn schedule(node: &Node, r: &mut Reader<'_>, shows_nothing: impl Fn(bool) -> bool) -> Option<ScheduleText> {
    let mut f = r.fields(node, "a schedule")?;
    let title = r.may(&mut f, "title", |n, r| r.prose(n));
    let edition = r.may(&mut f, "edition", |n, r| r.prose(n));
    let introduction = r.may(&mut f, "introduction", |n, r| r.prose(n));
    let note = r.may(&mut f, "note", |n, r| r.prose(n));
    let shows = r.may(&mut f, "shows", |n, r| Some(r.list(n, shown)));
    r.end(&f);
    let shows = shows?.unwrap_or_default();
    let place = |what: &str| shows.iter().find(|(shown, _)| *shown == what).map(|(_, place)| place.clone());
    if let Some(place) = place(E_NUMBERS).filter(|_| shows_nothing(place(ROLLED).is_some())) {
        r.faults.push(
            Diagnostic::idle(place, E_NUMBERS)
                .expected("no date here is written as an E-number")
                .help("write a date as E-60, or take `e-numbers` out"),
        );
    }
    Some(ScheduleText {
        title: title?,
        edition: edition?,
        introduction: introduction?,
        note: note?,
        shows_e_numbers: place(E_NUMBERS).is_some(),
        // A date that a closed day has moved is not on the day of its E-number.
        shows_rolled: place(ROLLED).or_else(|| place(E_NUMBERS)),
    })
}

/// What a schedule can show with its dates.
const E_NUMBERS: &str = "e-numbers";
const ROLLED: &str = "rolled";

fn shown(node: &Node, r: &mut Reader<'_>) -> Option<(&'static str, Place)> {
    let text = r.text(node)?;
    let known = [E_NUMBERS, ROLLED].into_iter().find(|known| *known == text);
    if known.is_none() {
        let help = offered(&text, [E_NUMBERS, ROLLED]);
        let message = format!("`shows` is `{text}`");
        r.fault(Code::BadValue, node, message, "what the schedule shows with its dates is expected", help);
    }
    known.map(|known| (known, r.source.at(node.range.clone())))
}
