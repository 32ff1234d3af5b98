//! What a memo says, held against itself.
//!
//! In: values that were read of its file. Out: faults; what follows from values that are left out. Not here: what others
//! say of it.

use chrono::{Datelike as _, NaiveDate};

use super::{fields::Fields, memo::MemoReferences, reader::Reader, words};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, no_changes},
    model::{Attachment, Id, Number, Plan, Text, date},
    prose,
};
pub(super) fn check_prose(
    texts: &[&Text],
    subject: Option<&Text>,
    days: prose::Days,
    around: &MemoReferences<'_>,
    faults: &mut Faults,
) {
    for text in texts {
        prose::check_habits(text, around.sources, faults);
        prose::check_joins(text, around.sources, faults);
        prose::check(text, days, &around.known(), faults);
    }
    if let Some(subject) = subject {
        prose::check(subject, days, &around.known(), faults);
    }
}

/// How many delays a memo knows that does not say it.
pub(super) fn delays_known(
    plan: Option<&Plan>,
    date: Option<NaiveDate>,
    is_open: bool,
    f: &Fields<'_>,
    r: &mut Reader<'_>,
) -> usize {
    let Some(plan) = plan else { return 0 };
    match date {
        // What has gone out tells no more than was known when it went out.
        Some(date) if !is_open => plan.announced_by(date),
        Some(date) => {
            later_delay(plan, date, f, r);
            plan.delays.len()
        }
        None => plan.delays.len(),
    }
}

/// What is attached needs a plan; a table of changes needs a delay, too.
pub(super) fn check_attachments(
    attachments: &[Attachment],
    has_plan: bool,
    is_before_delays: bool,
    f: &Fields<'_>,
    r: &mut Reader<'_>,
) {
    let has = |wanted: fn(&Attachment) -> bool| attachments.iter().any(wanted);
    if has(|attachment| matches!(attachment, Attachment::Changes)) && is_before_delays {
        let place = r.source.at(f.value_range("attachments").unwrap_or_default());
        r.faults.push(no_changes(place, ", and the memo knows no delay"));
    }
    let needs_plan = has(|attachment| matches!(attachment, Attachment::Schedule | Attachment::Changes));
    if !has_plan && needs_plan && f.key_range("release").is_none() {
        let place = r.source.at(f.key_range("attachments").unwrap_or_default());
        r.faults.push(
            Diagnostic::new(Code::MissingKey, place, "a schedule is attached, and the memo has no tasks")
                .expected("whose tasks?")
                .help("add a line `release: ...`, or the tasks themselves under `tasks:`"),
        );
    }
}

/// A number is five figures, those of its file's name, the first two of which are its year's.
pub(super) fn number_alone(
    number: &str,
    id: &Id,
    date: Option<NaiveDate>,
    f: &Fields<'_>,
    r: &mut Reader<'_>,
) {
    let place = r.source.at(f.value_range("number").unwrap_or_default());
    let of_file = Number::of_id(id.as_str());
    let year = date.map(|date| (date.year(), format!("{:02}", date.year().rem_euclid(100))));
    let fault = if number.parse::<Number>().is_err() {
        Diagnostic::new(Code::BadValue, place, format!("`{number}` is not the number of a memo"))
            .expected("two figures of the year and three more are expected")
            .help(words::without_sign(number, |number| number.parse::<Number>().is_ok()).unwrap_or_else(
                || "write it like 21144; \"CC/ROV\" and # are printed by themselves".to_owned(),
            ))
    } else if of_file.is_some_and(|of_file| of_file.as_str() != number) {
        Diagnostic::new(Code::BadValue, place, format!("the number is {number}, and the file is {id}.yaml"))
            .expected("the number of the file's name is expected")
            .help("correct the number, or rename the file")
    } else if let Some((year, begins)) = year.filter(|(_, begins)| !number.starts_with(begins)) {
        Diagnostic::new(Code::NumberYear, place, format!("the number {number} is not one of {year}"))
            .expected(format!("the numbers of {year} begin with {begins}"))
            .help("correct the number or the date")
    } else {
        return;
    };
    r.faults.push(fault);
}

/// An open memo that does not say which delays it knows tells every one, also those of after its date.
fn later_delay(plan: &Plan, date: NaiveDate, f: &Fields<'_>, r: &mut Reader<'_>) {
    let known = plan.announced_by(date);
    if let Some(later) = plan.delays.get(known) {
        let place = r.source.at(f.value_range("release").unwrap_or_default());
        let announced = date::prose(later.announced);
        r.faults.push(
            Diagnostic::new(
                Code::LaterDelay,
                place,
                format!("this memo tells a delay announced on {announced}"),
            )
            .expected(format!("the memo is of {}", date::prose(date)))
            .help(format!("add a line `knows: {known}` if it was written before")),
        );
    }
}

/// A memo is withdrawn on its own day or later.
pub(super) fn withdrawn_later(withdrawn: NaiveDate, date: NaiveDate, f: &Fields<'_>, r: &mut Reader<'_>) {
    if withdrawn < date {
        let place = r.source.at(f.value_range("withdrawn").unwrap_or_default());
        let message = format!("the memo is withdrawn on {}, before its own date", date::prose(withdrawn));
        r.faults.push(
            Diagnostic::new(Code::BadValue, place, message)
                .expected(format!(
                    "the memo is of {}: that day or a later one is expected",
                    date::prose(date)
                ))
                .help("correct the day"),
        );
    }
}
