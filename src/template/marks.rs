//! What a schedule shows with its dates: E-numbers, and a star at those that a closed day has moved.
//!
//! In: resolved dates, what the schedule is to show. Out: dates as printed; the note that explains the star. Not here: which
//! day a date is moved to.

use std::collections::BTreeSet;

use super::escape;
use crate::{
    model::{OnClosed, ScheduleText, e_text},
    schedule::{Resolved, ResolvedDate},
};

/// A date as the schedule prints it: "9/10/2024* (E-57)".
pub(super) fn printed(when: &ResolvedDate<'_>, texts: &ScheduleText) -> String {
    let mut text = when.cell.to_string();
    if texts.shows_rolled.is_some() && when.rolled().is_some() {
        text.push('*');
    }
    match when.e_number().filter(|_| texts.shows_e_numbers) {
        Some(number) => format!("{text} ({})", e_text(number)),
        None => text,
    }
}

/// What the star means, as Markdown; none if no date has one. An office may say it in its `own` words.
pub(super) fn note(resolved: &Resolved<'_>, texts: &ScheduleText, own: Option<&str>) -> Option<String> {
    texts.shows_rolled.as_ref()?;
    let dates = resolved.steps().flat_map(|task| [&task.start, &task.end]);
    let rolled: BTreeSet<_> = dates.filter_map(|when| Some(when.rolled()? == OnClosed::Next)).collect();
    let to = match (rolled.contains(&true), rolled.contains(&false)) {
        (true, false) => "moves to the next day that is not",
        (false, true) => "moves to the last day before it that is not",
        (true, true) => "moves to the next day that is not, or to the last one before it",
        (false, false) => return None,
    };
    if let Some(own) = own {
        let mut escaped = Vec::new();
        escape::markdown(own, &mut escaped).expect("memory takes all bytes");
        return Some(format!(r"\* {}", String::from_utf8_lossy(&escaped)));
    }
    Some(format!(r"\* The day falls on a Saturday, a Sunday or a holiday, and {to}."))
}
