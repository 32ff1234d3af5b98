//! What is unusual in a delay, and is to be looked at before it is recorded.
//!
//! In: a release as it is, and with the delay. Out: sentences. Not here: what cannot be.

use chrono::NaiveDate;

use crate::{
    model::{Window, date},
    schedule::{PlanItem, Resolved, ResolvedMilestone},
    words::series,
};

/// Milestones that move past each other, or to a day before anybody was told.
pub(super) fn unusual(now: &Resolved<'_>, then: &Resolved<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let pairs: Vec<_> = now.milestones.iter().zip(&then.milestones).collect();
    let has_moved = |(was, is): &(&ResolvedMilestone<'_>, &ResolvedMilestone<'_>)| was.now != is.now;
    let words = |at| then.words(PlanItem::Milestone(at));
    for (at, (was, is)) in pairs.iter().enumerate().filter(|(_, pair)| has_moved(pair)) {
        let start = is.now.start.known();
        if let Some(delay) = then.delays.last().filter(|delay| start.is_some_and(|day| day < delay.announced))
        {
            found.push(format!(
                "{} moves to {}, before counties are told on {}",
                words(at),
                is.now.prose(),
                date::prose(delay.announced)
            ));
        }
        // Of two that move, the first one says it.
        let others = pairs.iter().enumerate().filter(|(other, pair)| !has_moved(pair) || at < *other);
        let passed = |first: fn(NaiveDate, NaiveDate) -> bool| -> Vec<String> {
            let is_first = |one: &Window, other: &Window| {
                one.start.known().zip(other.start.known()).is_some_and(|(one, other)| first(one, other))
            };
            let passed = others.clone().filter(|(_, (other_was, other_is))| {
                is_first(&was.now, &other_was.now) && is_first(&other_is.now, &is.now)
            });
            passed.map(|(other, _)| words(other)).collect()
        };
        let sentence = |word: &str, then: &str, others: &[String]| {
            let them = if others.len() == 1 { "it" } else { "them" };
            format!("{} now comes {word} {}; it came {then} {them}", words(at), series(others))
        };
        let (after, before) = (passed(|a, b| a < b), passed(|a, b| a > b));
        found.extend((!after.is_empty()).then(|| sentence("after", "before", &after)));
        found.extend((!before.is_empty()).then(|| sentence("before", "after", &before)));
    }
    found
}
