//! What a date follows from, step by step.
//!
//! In: resolved dates. Out: each step with its place, all of them or the nearest. Not here: the words of one step.

use super::{
    part::{Naming, Part},
    resolved_date::{Ground, ResolvedDate},
};
use crate::{
    diagnostic::Place,
    model::{DateCell, date},
    words::counted,
};

/// What a date follows from, step by step, itself first: each place with what stands there.
pub(super) fn chain<'w, 'p: 'w>(
    names: &impl Naming,
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
) -> Vec<(Place, String)> {
    steps(part, find).map(|(part, when)| told(names, part, when)).collect()
}

/// The same for a fault, which is to be read at a glance: the nearest steps and the last. It ends with a date at which
/// another fault `is_told`.
pub(super) fn short_chain<'w, 'p: 'w>(
    names: &impl Naming,
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
    is_told: impl Fn(Part) -> bool,
) -> Vec<(Place, String)> {
    let mut ended = false;
    let steps = steps(part, find).take(FARTHEST).take_while(|(step, _)| {
        let goes_on = !ended;
        ended = *step != part && is_told(*step);
        goes_on
    });
    shortened(steps.collect(), |(part, when)| told(names, part, when))
}

/// How many steps of a chain are counted: a fault of a longer one does not tell its end.
pub(super) const FARTHEST: usize = 10_000;

/// How many of the nearest steps of a chain a fault tells.
const NEAREST: usize = 6;

/// The nearest steps of a chain and the last, each told.
pub(super) fn shortened<S>(mut steps: Vec<S>, tell: impl Fn(S) -> (Place, String)) -> Vec<(Place, String)> {
    let last = steps.pop();
    let more = steps.len().saturating_sub(NEAREST);
    steps.truncate(NEAREST);
    let mut told: Vec<_> = steps.into_iter().map(&tell).collect();
    told.extend(last.map(tell).map(|(place, words)| match more {
        0 => (place, words),
        more => (place, format!("{}, then {words}", counted(more, "more step"))),
    }));
    told
}

/// The dates that one hangs on, each on the next, itself first.
pub(super) fn steps<'w, 'p: 'w>(
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
) -> impl Iterator<Item = (Part, &'w ResolvedDate<'p>)> {
    let mut next = Some(part);
    std::iter::from_fn(move || {
        let part = next.take()?;
        let when = find(part)?;
        next = when.from(part);
        Some((part, when))
    })
}

fn told(names: &impl Naming, part: Part, when: &ResolvedDate<'_>) -> (Place, String) {
    if (&when.cell, &when.ground) == (&DateCell::Empty, &Ground::Written) {
        let words = format!("{} has no {}: none is written", names.words(part.thing), part.edge.noun());
        return (when.place.clone(), words);
    }
    (when.place.clone(), format!("{} {}: {}", part.words(names), said(&when.cell), when.reason(part, names)))
}

/// "on October 8, 2021", "on no day".
pub(super) fn said(cell: &DateCell) -> String {
    match cell {
        DateCell::Day(day) => format!("on {}", date::prose(*day)),
        DateCell::Moment(day, time) => format!("on {}, at {}", date::prose(*day), date::time(*time)),
        DateCell::Empty => "on no day".to_owned(),
        DateCell::Tbd(tbd) => {
            let note = tbd.note().map(|note| format!(" ({note})")).unwrap_or_default();
            format!("on a day to be determined{note}")
        }
        other => format!("\"{other}\""),
    }
}
