//! The facts that a memo's text can take from the plan and the office, with their values today: dates of milestones, elections,
//! telephones.
//!
//! In: a memo. Out: [`Fact`]s, grouped by what they are of. Not here: what is done with them.

use serde::Serialize;

use super::{SourceFile, fields::read_again};
use crate::{
    diagnostic::Faults,
    folder::Snapshot,
    model::Id,
    records::Readings,
    schedule::resolve,
    template::{Variable, variables},
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
    let Some(records) = read_again(snapshot, readings) else { return Vec::new() };
    let Ok(id) = memo.parse::<Id>() else { return Vec::new() };
    let faulty = records.faulty.iter().find(|memo| memo.id == id).map(|memo| &**memo);
    let Some(memo) = records.memos.get(&id).and_then(Option::as_deref).or(faulty) else { return Vec::new() };
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
