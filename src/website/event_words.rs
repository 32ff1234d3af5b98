//! How a step or a deadline reads in somebody's calendar.
//!
//! In: a step as printed. Out: its days or clock times, and its line. Not here: what became of it.

use chrono::NaiveDateTime;

use crate::{
    icalendar::{EventState, Span},
    model::{DateCell, date},
    output::StepEntry,
};

/// When it takes place, and what that cannot say: "ends at 11:00 p.m.", "starts; end: TBD". `None` if it names no day.
///
/// An hour that nobody wrote is none: where one end is a day and the other a clock time, it takes days.
pub(super) fn span(step: &StepEntry) -> Option<(Span, Option<String>)> {
    let [start, end] = step.cells();
    let (first, last) = (start.first_day(), end.day());
    let is_open = |text: &str, cell: &DateCell| !text.is_empty() && *cell != DateCell::NotApplicable;
    let times = (moment(&start), moment(&end));
    let at = |what: &str, cell: &DateCell| match cell {
        DateCell::Moment(_, time) => Some(format!("{what} at {}", date::time(*time))),
        _ => None,
    };
    Some(match (first, last) {
        (None, None) => return None,
        (Some(first), None) => {
            let starts = format!("starts{}", on_some_day(&start));
            let note = match is_open(&step.end, &end) {
                true => format!("{starts}; end: {}", step.end),
                false => starts,
            };
            let days = Span::Days(first, start.day().unwrap_or(first));
            (times.0.map_or(days, |time| Span::Times(time, None)), Some(note))
        }
        (None, Some(last)) => {
            let ends = format!("ends{}", on_some_day(&end));
            let note = match is_open(&step.start, &start) {
                true => Some(format!("{ends}; start: {}", step.start)),
                false => Some(ends).filter(|_| matches!(end, DateCell::Between(..))),
            };
            let days = Span::Days(end.first_day().unwrap_or(last), last);
            (times.1.map_or(days, |time| Span::Times(time, None)), note)
        }
        (Some(_), Some(_)) if times.0.is_some() && times.0 == times.1 => (Span::Times(times.0?, None), None),
        (Some(first), Some(last)) => match times {
            (Some(from), Some(to)) if from < to => (Span::Times(from, Some(to)), None),
            _ => {
                let notes = [at("starts", &start), at("ends", &end)].into_iter().flatten();
                let note = notes.collect::<Vec<_>>().join(", ");
                (Span::Days(first.min(last), last.max(first)), Some(note).filter(|note| !note.is_empty()))
            }
        },
    })
}

/// A window is an event over its days, and what happens in it happens on one of them.
fn on_some_day(cell: &DateCell) -> &'static str {
    if matches!(cell, DateCell::Between(..)) { " on one of these days" } else { "" }
}

fn moment(cell: &DateCell) -> Option<NaiveDateTime> {
    match cell {
        DateCell::Moment(day, time) => Some(day.and_time(*time)),
        _ => None,
    }
}

/// Its line: "Mock election (step 10, VoteCal 2021.2)". Programs that do not heed the state show at least the line.
pub(super) fn summary(step: &StepEntry, note: Option<&str>, of: &str, state: EventState) -> String {
    let before = match state {
        EventState::Canceled => "Canceled: ",
        EventState::Tentative => "Draft: ",
        EventState::Confirmed => "",
    };
    let what = if step.step.is_empty() { "due".to_owned() } else { format!("step {}", step.step) };
    let note = note.filter(|_| state != EventState::Canceled).map(|note| format!(", {note}"));
    format!("{before}{} ({what}, {of}{})", step.task, note.unwrap_or_default())
}
