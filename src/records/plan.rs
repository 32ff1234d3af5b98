//! `memos/releases/<id>.yaml`, and the tasks that a memo holds itself -> [`Plan`].

use std::sync::Arc;

use super::{dates, delay::Delays, fields::Fields, proposal, reader::Reader, rule::RuleNames, tasks::table};
use crate::{
    diagnostic::Code,
    model::{Election, Environment, Id, Milestone, Office, Plan},
    yaml::{Data, Node},
};

/// All keys of a release.
const KEYS: [&str; 11] = [
    "name",
    "system",
    "environment",
    "calendar",
    "election",
    "milestones",
    "delays",
    "proposed",
    "tasks",
    "schedule",
    "accepts",
];

/// Reads a release's file.
pub(super) fn release(id: Id, node: &Node, r: &mut Reader<'_>, office: &Office) -> Option<Plan> {
    let mut f = r.fields(node, "a release")?;
    f.forgive(&["milestones"], &KEYS);
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let system = r.may(&mut f, "system", |n, r| r.text(n));
    let environment = r.may(&mut f, "environment", environment);
    let calendar =
        r.may(&mut f, "calendar", |n, r| r.refer(n, &office.calendars, Code::UnknownCalendar, "calendar"));
    let election =
        r.may(&mut f, "election", |n, r| r.refer(n, &office.elections, Code::UnknownElection, "election"));
    // An election with a fault is known, too.
    let names = names(&f, !matches!(election, Some(None)), office);
    let before = r.faults.errors();
    let milestones = milestones(&mut f, r, &names);
    let mut delays = Delays::default();
    r.may(&mut f, "delays", |n, r| {
        delays.read(n, r, &names, &milestones);
        Some(())
    });
    let (tasks, schedule) = table(&mut f, r, office, &names, &milestones, Some(delays.count), before);
    delays.check_reopened(&milestones, &tasks, r);
    let proposal =
        r.may(&mut f, "proposed", |n, r| proposal::proposal(n, r, &names, (&milestones, &tasks, &delays)));
    r.accepts(&mut f, &[]);
    r.end(&f);
    Some(Plan {
        id: Some(id),
        name: Some(name?),
        system: system?,
        environment: environment?,
        calendar: calendar?,
        election: election?,
        milestones,
        delays: delays.into_list(),
        proposal: proposal?.map(Arc::new),
        tasks,
        schedule: schedule?,
    })
}

/// The keys of a plan that a memo may hold itself.
pub(super) const OWN: [&str; 3] = ["milestones", "schedule", "tasks"];

/// Reads the plan that a memo holds itself, if it holds one.
pub(super) fn own(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    office: &Office,
    election: Option<&Arc<Election>>,
) -> Option<Plan> {
    let names = names(f, election.is_some(), office);
    let before = r.faults.errors();
    let milestones = milestones(f, r, &names);
    let (tasks, schedule) = table(f, r, office, &names, &milestones, None, before);
    OWN.iter().find(|key| f.key_range(key).is_some())?;
    Some(Plan {
        id: None,
        name: None,
        system: None,
        environment: None,
        calendar: None,
        election: election.cloned(),
        milestones,
        delays: Vec::new(),
        proposal: None,
        tasks,
        schedule: schedule?,
    })
}

fn environment(node: &Node, r: &mut Reader<'_>) -> Option<Environment> {
    let mut f = r.fields(node, "an environment")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let short = r.may(&mut f, "short", |n, r| r.text(n));
    r.end(&f);
    Some(Environment { name: name?, short: short? })
}

/// The names that a plan's rules may use, before the rules are read.
fn names<'o>(f: &Fields<'_>, election: bool, office: &'o Office) -> RuleNames<'o> {
    let tasks = match f.peek("tasks").map(|node| &node.data) {
        Some(Data::List(items)) => items.as_slice(),
        _ => f.peek("tasks").map(std::slice::from_ref).unwrap_or_default(),
    };
    let milestones = match f.peek("milestones").map(|node| &node.data) {
        Some(Data::Map(entries)) => entries.iter().filter_map(|(key, _)| key.text.parse().ok()).collect(),
        _ => Vec::new(),
    };
    let tasks = tasks.iter().filter_map(id_of).collect();
    RuleNames { milestones, tasks, milestones_first: false, election, office }
}

/// The id that a task is written with, before the task is read.
pub(super) fn id_of(task: &Node) -> Option<Id> {
    let Data::Map(entries) = &task.data else { return None };
    let (_, id) = entries.iter().find(|(key, _)| key.text == "id")?;
    match &id.data {
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The milestones. One with a fault keeps its name, so that naming it is no second fault; the plan is
/// not used then.
fn milestones(f: &mut Fields<'_>, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Vec<Milestone> {
    let own = RuleNames { milestones_first: true, ..names.clone() };
    let read = r.may(f, "milestones", |n, r| Some(r.entries(n, |n, r| dates::of_milestone(n, r, &own))));
    let read = read.flatten().unwrap_or_default().into_iter();
    let unread = || (dates::unread(r.source.start()), true);
    let milestones = read.map(|(id, dates)| {
        let (dates, is_window) = dates.unwrap_or_else(unread);
        Milestone { id, dates, is_window }
    });
    milestones.collect()
}
