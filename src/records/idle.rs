//! Keys that change nothing: what somebody typed is read, and nobody sees it.
//!
//! In: a memo without fault, and its keys; the calendars of an office, when all that could name them is read. Out: a
//! warning at each key whose value appears nowhere. Not here: keys that nobody reads, which are unknown; what only the
//! templates can say, which the press asks.

use std::{collections::BTreeMap, sync::Arc};

use super::{fields::Fields, plan, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    model::{Attachment, Body, Calendar, DateRule, Dates, Id, Memo, Office, Plan, Status},
    prose::names_variable,
    yaml::{self, Data, Node},
};

/// Tells a key that changes nothing, if it stands there.
pub(super) fn tell(f: &Fields<'_>, r: &mut Reader<'_>, key: &str, expected: &str, help: &str) {
    // A key without a value counts as missing.
    let is_written = f.peek(key).is_some_and(|node| !matches!(node.data, Data::Nothing));
    let Some(range) = f.key_range(key).filter(|_| is_written) else { return };
    r.faults.push(Diagnostic::idle(r.source.at(range), key).expected(expected).help(help));
}

/// Tells each calendar of the office that nothing names. All that could name one, `plans` among it, must have been read
/// without fault.
pub(super) fn calendars<'p>(
    office: &Office,
    plans: impl Iterator<Item = &'p Plan>,
    source: SourceId,
    written: &str,
    faults: &mut Faults,
) {
    let mut idle: BTreeMap<&Id, &Arc<Calendar>> =
        office.calendars.iter().filter_map(|(id, calendar)| Some((id, calendar.as_ref()?))).collect();
    let entities = office.entities.values().flatten().filter_map(|entity| entity.calendar.as_ref());
    let mut name =
        |named: &Arc<Calendar>| match office.calendars.values().flatten().any(|it| Arc::ptr_eq(it, named)) {
            true => idle.retain(|_, calendar| !Arc::ptr_eq(calendar, named)),
            // What was read of a memo before holds the calendars of then, which say the same.
            false => idle.retain(|_, calendar| *calendar != named),
        };
    entities.for_each(&mut name);
    plans.for_each(|plan| plan.calendar.iter().chain(rolls(plan)).for_each(&mut name));
    if idle.is_empty() {
        return;
    }
    let Some(Node { data: Data::Map(keys), .. }) = yaml::read(source, written, &mut Faults::default()) else {
        return;
    };
    let Some((_, Node { data: Data::Map(calendars), .. })) =
        keys.iter().find(|(key, _)| key.text == "calendars")
    else {
        return;
    };
    for (key, _) in calendars.iter().filter(|(key, _)| idle.keys().any(|id| id.as_str() == key.text)) {
        let id = &key.text;
        let message = format!("the calendar `{id}` changes nothing: nothing names it");
        faults.push(
            Diagnostic::new(Code::IdleKey, source.at(key.range.clone()), message)
                .expected("an entity, a release or a `roll` keeps the closed days of a calendar")
                .help(format!(
                    "write `calendar: {id}` below the entities whose calendar it is, or take it out"
                )),
        );
    }
}

/// The calendars by which dates of a plan roll.
fn rolls(plan: &Plan) -> impl Iterator<Item = &Arc<Calendar>> {
    plan.all_dates().flat_map(Dates::both).filter_map(|rule| match &rule.value {
        DateRule::Counted(counted) => counted.roll.as_ref(),
        _ => None,
    })
}

/// Reports the keys of a memo that change nothing.
pub(super) fn check(f: &Fields<'_>, memo: &Memo, r: &mut Reader<'_>) {
    let mut idle = |key: &str, expected: &str, help: &str| tell(f, r, key, expected, help);
    if f.key_range("release").is_none() {
        idle("knows", "only a release has delays", "add `release:`, or take this line out");
    }
    if memo.attachments.is_empty() {
        for key in ["attachment_label", "list_attachments"] {
            idle(key, "nothing is attached", "add `attachments:`, or take this line out");
        }
    }
    if memo.status != Status::Withdrawn {
        let help = "take it out; `ccrov withdraw` writes it when a memo is taken back";
        idle("why", "only a withdrawn memo shows why", help);
        idle("withdrawn", "only a withdrawn memo shows when", help);
    }
    let shows_plan =
        |attachment: &Attachment| matches!(attachment, Attachment::Schedule | Attachment::Changes);
    // A template may show anything.
    if matches!(memo.body, Body::Template(_)) || memo.attachments.iter().any(shows_plan) {
        return;
    }
    let texts = memo.texts();
    if !texts.iter().any(|text| text.value.contains("[blank:")) {
        idle(
            "fields",
            "the memo has no blanks",
            "write [blank: name] where readers fill something in, or take this line out",
        );
    }
    if f.key_range("release").is_some() {
        return;
    }
    let names =
        |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| names_variable(&text.value, word)));
    // Deadlines may count from milestones and tasks.
    let counts = memo.deadlines.is_some();
    for key in plan::OWN.into_iter().filter(|key| !counts || *key == "schedule") {
        let shown = match key {
            "milestones" => names(&["milestones", "schedule"]),
            _ => names(&["schedule"]),
        };
        if !shown {
            let expected = "no attachment shows it, and no list or calendar of the website";
            idle(key, expected, "add a line `attachments: schedule`, or take this out");
        }
    }
}
