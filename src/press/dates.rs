//! The box of a memo's dates: what is due when, before all that the memo says of it.
//!
//! In: a memo's entry. Out: its steps and deadlines by their days. Not here: whether they still hold, which the page asks first.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    model::{DateCell, date},
    output::{MemoEntry, StepEntry},
};

/// So many lines stand in the box; the schedule has them all.
const SHOWN: usize = 6;

/// The dates of a memo.
#[derive(Serialize)]
pub(super) struct MemoDates<'a> {
    days: Vec<MemoDate<'a>>,
    /// How many more the memo has.
    more: usize,
    /// The page of the schedule, if it is published alone.
    schedule: Option<String>,
}

/// A step or a deadline by its day.
#[derive(Serialize)]
struct MemoDate<'a> {
    #[serde(skip)]
    day: NaiveDate,
    /// "October 4, 2021, to October 8, 2021".
    when: String,
    step: &'a str,
    task: &'a str,
    warning: Option<&'a str>,
    owner: &'a str,
}

/// The dates of what was not completed on the memo's day, the earliest first; nothing of a memo that has none.
pub(super) fn of(entry: &MemoEntry, schedule: Option<String>) -> Option<MemoDates<'_>> {
    let remaining = entry.schedule.iter().filter(|step| !step.completed);
    let mut days: Vec<_> = remaining.chain(&entry.deadlines).filter_map(line).collect();
    days.sort_by_key(|line| line.day);
    let more = days.len().saturating_sub(SHOWN);
    days.truncate(SHOWN);
    (!days.is_empty()).then_some(MemoDates { days, more, schedule })
}

/// A step's line. One without a day has none: the schedule says what is known of it.
fn line(step: &StepEntry) -> Option<MemoDate<'_>> {
    let [start, end] = step.cells();
    let words = |cell: &DateCell, day: NaiveDate| match cell {
        DateCell::Moment(_, time) => format!("{}, {}", date::prose(day), date::time(*time)),
        DateCell::Between(first, last) => {
            format!("between {} and {}", date::prose(*first), date::prose(*last))
        }
        _ => format!("{}, {}", date::weekday(day), date::prose(day)),
    };
    let (day, when) = match (start.first_day(), end.day()) {
        (Some(_), Some(last)) if start == end => (last, words(&end, last)),
        (Some(first), Some(last)) => (first, format!("{} to {}", words(&start, first), words(&end, last))),
        (Some(first), None) => (first, format!("From {}", words(&start, first))),
        (None, Some(last)) if step.start.is_empty() => (last, words(&end, last)),
        (None, Some(last)) => (last, format!("By {}", words(&end, last))),
        (None, None) => return None,
    };
    let warning = step.warning.as_deref();
    Some(MemoDate { day, when, step: &step.step, task: &step.task, warning, owner: &step.owner })
}
