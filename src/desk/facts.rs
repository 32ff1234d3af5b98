//! The facts that a memo's text can take from the plan and the office, with their values today: dates of milestones, elections,
//! telephones.
//!
//! In: a memo. Out: [`Fact`]s, grouped by what they are of. Not here: what is done with them.

use serde::Serialize;

use super::{SourceFile, fields::read_again};
use crate::{
    diagnostic::{Faults, SourceId},
    folder::{Edits, Snapshot},
    model::{Id, Memo, Office},
    records::{Readings, Records},
    schedule::resolve,
    template::{Variable, variables},
    yaml::{edit, edit::Value, outline},
};

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is of: Milestones, Elections, Contact.
    pub group: &'static str,
    /// What it is: "Deployment, first day".
    pub label: String,
    /// What stands in the text: `{{ milestones.deployment.start }}`.
    pub insert: String,
    /// What is printed: "October 8, 2021".
    pub printed: String,
    /// The file that says so; none if it is the memo itself.
    #[serde(skip)]
    pub from: Option<SourceFile>,
}

/// The facts that a memo can name; none of a memo that cannot be read. What was read of the same snapshot is not read again.
pub fn facts(snapshot: &Snapshot, memo: &str, readings: &mut Readings) -> Vec<Fact> {
    let Some(records) = read_again(snapshot, readings, &mut Faults::default()) else { return Vec::new() };
    let Ok(id) = memo.parse::<Id>() else { return Vec::new() };
    if let Some(memo) = of(&records, &id) {
        return all(&records, memo);
    }
    // A memo that was just begun has blank fields. Its facts do not wait for them.
    let filled_in = filled_in(snapshot, memo, &records.office);
    let found = filled_in.and_then(|(source, filled_in)| {
        readings.forget(source);
        let records = read_again(&filled_in, readings, &mut Faults::default());
        readings.forget(source);
        Some(all(records.as_ref()?, of(records.as_ref()?, &id)?))
    });
    found.unwrap_or_default()
}

fn of<'r>(records: &'r Records, id: &Id) -> Option<&'r Memo> {
    let faulty = records.faulty.iter().find(|memo| memo.id == *id).map(|memo| &**memo);
    records.memos.get(id).and_then(Option::as_deref).or(faulty)
}

/// The folder with something in each field that a memo needs and that is blank.
fn filled_in(snapshot: &Snapshot, memo: &str, office: &Office) -> Option<(SourceId, Snapshot)> {
    let (source, text) = snapshot.memo(memo)?;
    let entries = outline(text)?;
    let (person, letterhead) = (office.people.keys().next(), office.letterheads.keys().next());
    let fields = [
        ("subject", Some("-")),
        ("to", Some("-")),
        ("body", Some("-")),
        ("from", person.map(Id::as_str)),
        ("letterhead", letterhead.map(Id::as_str)),
    ];
    let is_blank = |key: &str| {
        let mut of_key =
            entries.iter().filter(|entry| entry.path == key || entry.path.starts_with(&format!("{key}.")));
        of_key.all(|entry| entry.text.as_ref().is_none_or(|text| text.trim().is_empty()))
    };
    let mut text = text.to_owned();
    for (key, value) in fields.into_iter().filter(|(key, _)| is_blank(key)) {
        text = edit::set_at(&text, &key.parse().ok()?, &Value::Text(value?.to_owned()))?;
    }
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    Some((source, edits.snapshot))
}

fn all(records: &Records, memo: &Memo) -> Vec<Fact> {
    let plan = memo.dated().map(|plan| &**plan);
    let resolved = plan.and_then(|plan| resolve(plan, memo.knows, memo.date, &mut Faults::default()));
    let all = variables(&records.office, memo, resolved.as_ref());
    let release = plan.and_then(|plan| plan.id.as_ref()).map(|id| SourceFile::Release(id.to_string()));
    all.into_iter().filter_map(|variable| fact(variable, release.as_ref())).collect()
}

fn fact(variable: Variable, release: Option<&SourceFile>) -> Option<Fact> {
    let Variable { path, printed } = variable;
    let mut steps = path.split('.');
    let (first, rest) = (steps.next()?, steps.collect::<Vec<_>>());
    let of = |name: &str| name.replace(['-', '_'], " ");
    let part = |part: &str| match part {
        "date" => String::new(),
        "start" => ", first day".to_owned(),
        "end" => ", last day".to_owned(),
        other => format!(", {}", of(other)),
    };
    let (group, label) = match (first, rest.as_slice()) {
        ("milestones", [name, edge @ ("date" | "start" | "end")]) => {
            ("Milestones", format!("{}{}", of(name), part(edge)))
        }
        ("deadlines", [name, key @ ("date" | "time")]) => ("Deadlines", format!("{}{}", of(name), part(key))),
        ("elections", [name, key @ ("date" | "name")]) => ("Elections", format!("{}{}", of(name), part(key))),
        ("election", [key @ ("date" | "name")]) => ("Election", format!("this election{}", part(key))),
        ("contact", [key]) => ("Contact", format!("this memo's contact{}", part(key))),
        ("contacts", [name, key]) => ("Contacts", format!("{}{}", of(name), part(key))),
        ("memo", [key @ ("number" | "date")]) => ("This memo", of(key)),
        ("release", [key @ ("name" | "system")]) => ("Release", format!("release{}", part(key))),
        ("environment", [key]) => ("Release", format!("environment{}", part(key))),
        ("office_holder", [key]) => ("Secretary of State", of(key)),
        _ => return None,
    };
    let from = match group {
        "Milestones" | "Release" => release.cloned(),
        "Deadlines" | "This memo" => None,
        _ => Some(SourceFile::Office),
    };
    let label = crate::words::capitalized(&label);
    Some(Fact { group, label, insert: format!("{{{{ {path} }}}}"), printed, from })
}
