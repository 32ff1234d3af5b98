//! `memos/<year>/<id>.yaml` -> [`Memo`].

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    plan,
    reader::{Fields, Reader},
    tree::Node,
};
use crate::{
    diagnostic::{Code, Diagnostic, Placed, SourceId, Sources, offer},
    model::{Attachment, Body, Id, Memo, Office, Originator, Person, Plan, Status, Table, Text},
};

/// What a memo may refer to.
pub(super) struct Around<'a> {
    pub office: &'a Office,
    pub releases: &'a Table<Plan>,
    /// The Markdown files in `memos/`, by their path from the working folder.
    pub bodies: &'a BTreeMap<String, SourceId>,
    pub sources: &'a Sources,
}

/// Reads a memo's file.
pub(super) fn memo(id: Id, node: &Node, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Memo> {
    let office = around.office;
    let mut f = r.fields(node, "a memo")?;
    let status = r.need(&mut f, "status", status);
    let number = match status {
        Some(Status::Draft | Status::Review) => r.may(&mut f, "number", |n, r| r.text(n)),
        _ => r.need(&mut f, "number", |n, r| r.text(n)).map(Some),
    };
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let letterhead = r.need(&mut f, "letterhead", |n, r| {
        r.refer(n, &office.letterheads, Code::UnknownLetterhead, "letterhead")
    });
    let to = r.need(&mut f, "to", |n, r| Some(r.list(n, |n, r| r.text(n))));
    let people = r.need(&mut f, "from", |n, r| Some(r.list(n, |n, r| person(n, r, office, date))));
    let signed = r.may(&mut f, "signed", |n, r| r.flag(n));
    let analyst = r.may(&mut f, "analyst", |n, r| r.refer(n, &office.people, Code::UnknownPerson, "person"));
    let subject = r.need(&mut f, "subject", |n, r| r.prose(n));
    let contact =
        r.may(&mut f, "contact", |n, r| r.refer(n, &office.contacts, Code::UnknownContact, "contact"));
    let body = body(&mut f, r, around);
    let plan = plan_of(&mut f, r, around);
    // How many delays a release with a fault has is not known.
    let unknown = r.leans_on_fault || plan.is_none() && f.key_range("release").is_some();
    let delays = plan.as_ref().map_or(if unknown { usize::MAX } else { 0 }, |plan| plan.delays.len());
    let knows = r.may(&mut f, "knows", |n, r| r.count(n, delays, Code::UnknownDelay, "delays"));
    let attachments = r.may(&mut f, "attachments", |n, r| Some(r.list(n, attachment)));
    r.end(&f);

    let people = people?;
    let analyst = analyst?.or_else(|| people.first().map(|(person, _)| Arc::clone(person)))?;
    let attachments = attachments?.unwrap_or_default();
    if plan.is_none() && !attachments.is_empty() && !r.leans_on_fault {
        let place = r.source.at(f.key_range("attachments").unwrap_or_default());
        r.faults.push(
            Diagnostic::new(Code::MissingKey, place, "a schedule is attached, and the memo has no tasks")
                .expected("whose tasks?")
                .help("add a line `release: ...`, or the tasks themselves under `tasks:`"),
        );
    }
    Some(Memo {
        id,
        source: r.source,
        number: number?,
        date: date?,
        status: status?,
        letterhead: letterhead?,
        to: to?,
        from: people.into_iter().map(|(_, originator)| originator).collect(),
        signed: signed?.unwrap_or(false),
        analyst,
        subject: subject?,
        contact: contact?,
        body: body?,
        plan,
        knows: knows?.unwrap_or(delays),
        attachments,
    })
}

fn status(node: &Node, r: &mut Reader<'_>) -> Option<Status> {
    let text = r.text(node)?;
    let status = text.parse().ok();
    if status.is_none() {
        let help = offer(&text, Status::ALL.iter().map(|status| status.word()));
        let message = format!("there is no status `{text}`");
        r.fault(Code::BadValue, node, message, "how far the memo has come is expected", help);
    }
    status
}

/// An originator, who must have a title on the memo's date.
fn person(
    node: &Node,
    r: &mut Reader<'_>,
    office: &Office,
    date: Option<NaiveDate>,
) -> Option<(Arc<Person>, Originator)> {
    let person = r.refer(node, &office.people, Code::UnknownPerson, "person")?;
    let title = match date {
        Some(day) => person.title(day).map(str::to_owned),
        None => Some(String::new()),
    };
    let Some(title) = title else {
        let message = format!("{} has no title on the memo's date", person.name);
        let help = "add the title of that day to `titles` in memos/office.yaml".to_owned();
        r.fault(Code::NobodyThen, node, message, "FROM shows the title of the memo's date", help);
        return None;
    };
    let originator = Originator { name: person.name.clone(), title };
    Some((person, originator))
}

/// The body: a template by name, text, or the Markdown file beside the memo.
fn body(f: &mut Fields<'_>, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Body> {
    let template = r.may(f, "template", |n, r| {
        let value = r.id(n)?.to_string();
        Some(Placed { value, place: r.source.at(n.range.clone()) })
    });
    let Some(template) = template? else {
        return r.need(f, "body", |n, r| body_text(n, r, around)).map(Body::Text);
    };
    if f.get("body").is_some() {
        conflict(f, r, "body", "a memo is written in a template or in a body", "keep `template` or `body`");
    }
    Some(Body::Template(template))
}

fn body_text(node: &Node, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Text> {
    let text = r.prose(node)?;
    let name = text.value.as_str();
    if !name.ends_with(".md") || name.contains(['\n', ' ']) {
        return Some(text);
    }
    let memo = &around.sources.get(r.source).name;
    let folder = memo.rsplit_once('/').map_or("", |(folder, _)| folder);
    if name.contains(['/', '\\']) || name.starts_with('.') {
        let message = format!("`{name}` leads out of the memo's folder");
        let help = format!("put the file into {folder}/ and write its name alone");
        r.fault(Code::OutsideFolder, node, message, "the name of a file beside the memo is expected", help);
        return None;
    }
    let path = format!("{folder}/{name}");
    if let Some(&source) = around.bodies.get(&path) {
        let written = &around.sources.get(source).text;
        return Some(Text { value: written.clone(), place: source.at(0..written.len()) });
    }
    let beside = around.bodies.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
    let help = offer(name, beside.clone());
    r.fault(
        Code::MissingFile,
        node,
        format!("there is no file {path}"),
        "the memo's text is expected there",
        help,
    );
    None
}

/// The memo's plan: a release's, or its own.
fn plan_of(f: &mut Fields<'_>, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Arc<Plan>> {
    let release = r.may(f, "release", |n, r| r.refer(n, around.releases, Code::UnknownRelease, "release"));
    let own = plan::own(f, r, around.office);
    match release {
        Some(Some(release)) => {
            if own.is_some() {
                let help = "move them to the release's file, or take the line `release` out";
                conflict(f, r, "tasks", "the release has the tasks", help);
            }
            Some(release)
        }
        Some(None) => own.map(Arc::new),
        None => None,
    }
}

fn conflict(f: &Fields<'_>, r: &mut Reader<'_>, key: &str, expected: &str, help: &str) {
    let place = r.source.at(f.key_range(key).unwrap_or_default());
    let message = format!("`{key}` cannot stand here as well");
    r.faults.push(Diagnostic::new(Code::ConflictingKeys, place, message).expected(expected).help(help));
}

fn attachment(node: &Node, r: &mut Reader<'_>) -> Option<Attachment> {
    let text = r.text(node)?;
    if text == "schedule" {
        return Some(Attachment::Schedule);
    }
    let message = format!("`{text}` cannot be attached");
    let help = "write `schedule` to attach the schedule of the memo's tasks".to_owned();
    r.fault(Code::BadValue, node, message, "`schedule` is expected", help);
    None
}
