//! Keys that change nothing: what somebody typed is read, and nobody sees it.
//!
//! In: a memo without fault, and its keys; the calendars of an office, when all that could name them is read. Out: a
//! warning at each key whose value appears nowhere. Not here: keys that nobody reads, which are unknown; what only the
//! templates can say, which the press asks.

use std::sync::Arc;

use super::{fields::Fields, plan, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    model::{Attachment, Body, Calendar, Id, Memo, Office, Status, Text},
    yaml::{self, Data, Node},
};

/// Tells a key that changes nothing, if it stands there.
pub(super) fn tell(f: &Fields<'_>, r: &mut Reader<'_>, key: &str, expected: &str, help: &str) {
    // A key without a value counts as missing.
    let is_written = f.peek(key).is_some_and(|node| !matches!(node.data, Data::Nothing));
    let Some(range) = f.key_range(key).filter(|_| is_written) else { return };
    let message = format!("`{key}` changes nothing here");
    let fault = Diagnostic::new(Code::IdleKey, r.source.at(range), message);
    r.faults.push(fault.expected(expected).help(help));
}

/// Tells each calendar that nothing names. All that could name one must have been read without fault.
pub(super) fn calendars(office: &Office, source: SourceId, written: &str, faults: &mut Faults) {
    let is_idle = |calendar: &Option<Arc<Calendar>>| {
        // Whatever names it holds it as well.
        calendar.as_ref().is_some_and(|calendar| Arc::strong_count(calendar) == 1)
    };
    let idle: Vec<&Id> = office.calendars.iter().filter(|(_, it)| is_idle(it)).map(|(id, _)| id).collect();
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
    for (key, _) in calendars.iter().filter(|(key, _)| idle.iter().any(|id| id.as_str() == key.text)) {
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
    let Body::Text(body) = &memo.body else { return };
    if memo.attachments.iter().any(shows_plan) {
        return;
    }
    let attached = memo.attachments.iter().filter_map(|attachment| match attachment {
        Attachment::Text(text) => Some([&text.title, &text.body]),
        _ => None,
    });
    let texts: Vec<&Text> = attached.flatten().chain([&memo.subject, body]).collect();
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
        |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| in_braces(&text.value, word)));
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

/// Whether a text has a word between braces.
fn in_braces(text: &str, word: &str) -> bool {
    text.split('{').skip(1).any(|rest| rest.split('}').next().is_some_and(|inner| inner.contains(word)))
}
