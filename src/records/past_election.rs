//! A draft that counts its days from an election that is over, while another one is nearer: it was copied.
//!
//! In: a memo's election, date and texts. Out: a warning. Not here: E-numbers that do not fit their dates.

use std::ops::Range;

use chrono::NaiveDate;

use super::reader::Reader;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Election, Office, Text, date},
    prose,
};

/// Warns if every day that the texts count from the election lies before the memo's date, and another election of the
/// office is nearer to it. `written` is where the memo names its election.
pub(super) fn warn(
    election: &Election,
    memo: NaiveDate,
    texts: &[&Text],
    written: Range<usize>,
    office: &Office,
    r: &mut Reader<'_>,
) {
    let from = |election: &Election| election.date.signed_duration_since(memo).num_days();
    let others = office.elections.iter().filter_map(|(id, other)| Some((id, other.as_ref()?)));
    let nearest = others.min_by_key(|(_, other)| (from(other).abs(), -from(other)));
    let Some((near, _)) = nearest.filter(|(_, near)| near.date > election.date && from(election) < 0) else {
        return;
    };
    let days: Vec<i64> = texts.iter().flat_map(|text| prose::e_numbers(&text.value)).collect();
    let past = |days: &i64| date::moved(election.date, *days).is_some_and(|day| day < memo);
    if days.is_empty() || !days.iter().all(past) {
        return;
    }
    let message =
        format!("every day that this memo counts from its election is before {}", date::prose(memo));
    let expected = format!("that election was on {}", date::prose(election.date));
    let help = format!(
        "write `election: {near}` if that one is meant; if not, write `accepts:`, and below it `past-election:` with the reason"
    );
    let place = r.source.at(written);
    r.faults.push(Diagnostic::new(Code::PastElection, place, message).expected(expected).help(help));
}
