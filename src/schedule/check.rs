//! What a careful reader notices in a resolved schedule.
//!
//! In: a resolved plan; the names of all entities. Out: faults at the places of the cells. Not here:
//! faults of single values, which `input` reports.

use super::{Ground, PlanItem, Resolved, ResolvedDate, ResolvedTask, limits};
use crate::{
    calendar::{Closed, Workdays},
    diagnostic::{Code, Diagnostic, Faults, Sources},
    model::{Plan, date},
};

/// Reports ends before starts, ends after what they must not pass, closed days, steps out of order and entities without a row.
pub fn check<'n>(
    resolved: &Resolved<'_>,
    entities: impl IntoIterator<Item = &'n str>,
    sources: &Sources,
    faults: &mut Faults,
) {
    for task in &resolved.tasks {
        closed(resolved, task, "starts", &task.start, faults);
        closed(resolved, task, "ends", &task.end, faults);
    }
    limits::check(resolved, faults);
    for pair in resolved.tasks.windows(2) {
        steps(&pair[0], &pair[1], faults);
    }
    without_row(resolved.plan, resolved, entities, sources, faults);
}

/// Asks about a closed day that was written out. A rule that leads to one says that it stays, and what happened
/// there did.
fn closed(
    resolved: &Resolved<'_>,
    task: &ResolvedTask<'_>,
    verb: &str,
    when: &ResolvedDate<'_>,
    faults: &mut Faults,
) {
    let Some(day) = when.cell.day().filter(|_| when.ground == Ground::Written) else { return };
    for owner in &task.task.owners {
        let Some(Closed::Holiday { reason, .. }) = Workdays::of(owner.calendar.as_deref()).closed(day) else {
            continue;
        };
        let what = if task.task.is_deadline() { "is" } else { verb };
        let message =
            format!("{} {what} on {}, {reason}", resolved.words(PlanItem::Task(task.at)), date::prose(day));
        faults.push(
            Diagnostic::new(Code::ClosedDay, when.place.clone(), message)
                .expected(format!(
                    "{} closed that day",
                    if owner.name.ends_with('s') {
                        format!("{} are", owner.name)
                    } else {
                        format!("{} is", owner.name)
                    }
                ))
                .help("take another day, or say under `accepts:` why this one is right"),
        );
    }
}

fn steps(before: &ResolvedTask<'_>, after: &ResolvedTask<'_>, faults: &mut Faults) {
    let (first, second) = (before.step(), after.step());
    if after.task.is_deadline() || key(&first.value) < key(&second.value) {
        return;
    }
    let message = if first.value == second.value {
        format!("two tasks are step {}", second.value)
    } else {
        format!("step {} stands after step {}", second.value, first.value)
    };
    faults.push(
        Diagnostic::new(Code::StepOrder, second.place.clone(), message)
            .expected("steps are printed in the order of the file")
            .help("move the task, or number the steps anew"),
    );
}

/// Steps by their number, then by what follows it; those without a number come last.
fn key(step: &str) -> (u32, &str) {
    let digits = step.len() - step.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (step[..digits].parse().unwrap_or(u32::MAX), &step[digits..])
}

fn without_row<'n>(
    plan: &Plan,
    resolved: &Resolved<'_>,
    entities: impl IntoIterator<Item = &'n str>,
    sources: &Sources,
    faults: &mut Faults,
) {
    let Some(introduction) = &plan.schedule.introduction else { return };
    let owns = |name: &str| {
        let mut owners = resolved.steps().flat_map(|task| &task.task.owners);
        owners.any(|owner| owner.name.split('/').any(|part| part == name) || owner.name == name)
    };
    for name in entities {
        let text = &introduction.value;
        let word = |at: usize| {
            let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            before && text[at + name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        };
        let Some((at, _)) = text.match_indices(name).find(|(at, _)| word(*at)) else { continue };
        if owns(name) {
            continue;
        }
        let place = sources.piece(introduction, at..at + name.len());
        faults.push(
            Diagnostic::new(
                Code::EntityWithoutRow,
                place,
                format!("{name} stands in the introduction and owns no row"),
            )
            .expected("readers will look for its rows")
            .help("take it out, give it a row, or say under `accepts:` why it stands there"),
        );
    }
}
