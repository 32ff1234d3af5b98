//! `memos/releases/<id>.yaml`, and the tasks that a memo holds itself -> [`Plan`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    reader::{Fields, Reader},
    tree::{Data, Node},
};
use crate::{
    diagnostic::{Code, Placed, offer},
    model::{
        DateCell, DateRule, Delay, Environment, Id, Milestone, NotACell, Office, Plan, ScheduleText, Task,
        Window, date,
    },
};

/// Reads a release's file.
pub(super) fn release(id: Id, node: &Node, r: &mut Reader<'_>, office: &Office) -> Option<Plan> {
    let mut f = r.fields(node, "a release")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let system = r.may(&mut f, "system", |n, r| r.text(n));
    let environment = r.may(&mut f, "environment", environment);
    let milestones = milestones(&mut f, r);
    let mut count = 0;
    let mut last = NaiveDate::MIN;
    let delays = r.may(&mut f, "delays", |n, r| {
        Some(r.list(n, |n, r| {
            count += 1;
            let delay = delay(n, r, &milestones)?;
            if delay.announced < last {
                let message =
                    format!("announced on {}, before the one above it", date::prose(delay.announced));
                let help = "put the delays in the order in which they were announced".to_owned();
                r.fault(Code::DelayOrder, n, message, "each delay moves what the one above it left", help);
            }
            last = delay.announced;
            Some(delay)
        }))
    });
    let (tasks, schedule) = table(&mut f, r, office, &milestones, count);
    r.accepts(&mut f);
    r.end(&f);
    Some(Plan {
        id: Some(id),
        name: Some(name?),
        system: system?,
        environment: environment?,
        milestones,
        delays: delays?.unwrap_or_default(),
        tasks,
        schedule: schedule?,
    })
}

/// The keys of a plan that a memo may hold itself.
pub(super) const OWN: [&str; 3] = ["milestones", "schedule", "tasks"];

/// Reads the plan that a memo holds itself, if it holds one.
pub(super) fn own(f: &mut Fields<'_>, r: &mut Reader<'_>, office: &Office) -> Option<Plan> {
    let milestones = milestones(f, r);
    let (tasks, schedule) = table(f, r, office, &milestones, 0);
    OWN.iter().find(|key| f.key_range(key).is_some())?;
    Some(Plan {
        id: None,
        name: None,
        system: None,
        environment: None,
        milestones,
        delays: Vec::new(),
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

/// The milestones. One with a fault keeps its name, so that naming it is no second fault; the plan is
/// not used then.
fn milestones(f: &mut Fields<'_>, r: &mut Reader<'_>) -> Vec<Milestone> {
    let read = r.may(f, "milestones", |n, r| Some(r.entries(n, window))).flatten().unwrap_or_default();
    let unread = Window { start: NaiveDate::MIN, end: NaiveDate::MIN };
    read.into_iter().map(|(id, first)| Milestone { id, first: first.unwrap_or(unread) }).collect()
}

/// A date, or a start and an end.
fn window(node: &Node, r: &mut Reader<'_>) -> Option<Window> {
    if matches!(node.data, Data::Text(_)) {
        let day = r.date(node)?;
        return Some(Window { start: day, end: day });
    }
    let mut f = r.fields(node, "a milestone")?;
    let start = r.need(&mut f, "start", |n, r| r.date(n));
    let end = r.need(&mut f, "end", |n, r| r.date(n));
    r.end(&f);
    let (start, end) = (start?, end?);
    if end < start {
        let message = format!("it ends on {}, before it starts", date::prose(end));
        let help = format!("it starts on {}", date::prose(start));
        r.fault(Code::BadValue, node, message, "a start and a later end are expected", help);
        return None;
    }
    Some(Window { start, end })
}

fn delay(node: &Node, r: &mut Reader<'_>, milestones: &[Milestone]) -> Option<Delay> {
    let mut f = r.fields(node, "a delay")?;
    let announced = r.need(&mut f, "announced", |n, r| r.date(n));
    let cause = r.need(&mut f, "cause", |n, r| r.prose(n));
    let moves = r.need(&mut f, "moves", |n, r| Some(moves(n, r, milestones)));
    r.end(&f);
    Some(Delay { announced: announced?, cause: cause?, moves: moves? })
}

fn moves(node: &Node, r: &mut Reader<'_>, milestones: &[Milestone]) -> BTreeMap<Id, Window> {
    if let Data::Map(entries) = &node.data {
        for (key, _) in entries {
            if !milestones.iter().any(|m| m.id.as_str() == key.text) {
                let at_key = Node { range: key.range.clone(), data: Data::Nothing };
                no_milestone(&key.text, &at_key, r, milestones);
            }
        }
    }
    r.entries(node, window).into_iter().filter_map(|(id, window)| Some((id, window?))).collect()
}

fn no_milestone(text: &str, node: &Node, r: &mut Reader<'_>, milestones: &[Milestone]) {
    let help = offer(text, milestones.iter().map(|m| m.id.as_str()));
    let message = format!("there is no milestone `{text}`");
    r.fault(Code::UnknownMilestone, node, message, "the name of a milestone is expected", help);
}

/// The tasks and what stands around their table.
fn table(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    office: &Office,
    milestones: &[Milestone],
    delays: usize,
) -> (Vec<Task>, Option<ScheduleText>) {
    let each = |n: &Node, r: &mut Reader<'_>| task(n, r, office, milestones, delays);
    let tasks = r.may(f, "tasks", |n, r| Some(tasks(n, r, each))).flatten().unwrap_or_default();
    let schedule = r.may(f, "schedule", schedule).map(Option::unwrap_or_default);
    (tasks, schedule)
}

fn tasks(
    node: &Node,
    r: &mut Reader<'_>,
    mut each: impl FnMut(&Node, &mut Reader<'_>) -> Option<Task>,
) -> Vec<Task> {
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    r.list(node, |n, r| {
        let task = each(n, r)?;
        if !seen.insert(task.id.clone()) {
            let message = format!("two tasks have the id `{}`", task.id);
            let help = "give each task a name of its own; it is not printed".to_owned();
            r.fault(Code::DuplicateId, n, message, "the second one stands here", help);
            return None;
        }
        Some(task)
    })
}

fn task(
    node: &Node,
    r: &mut Reader<'_>,
    office: &Office,
    milestones: &[Milestone],
    delays: usize,
) -> Option<Task> {
    let delay = |n: &Node, r: &mut Reader<'_>| r.count(n, Some(delays), Code::UnknownDelay, "delay");
    let mut f = r.fields(node, "a task")?;
    let id = r.need(&mut f, "id", |n, r| r.id(n));
    let step = r
        .need(&mut f, "step", |n, r| Some(Placed { value: r.text(n)?, place: r.source.at(n.range.clone()) }));
    let owners = r.need(&mut f, "owners", |n, r| {
        Some(r.list(n, |n, r| r.refer(n, &office.entities, Code::UnknownEntity, "responsible entity")))
    });
    let text = r.need(&mut f, "text", |n, r| r.prose(n));
    let warning = r.may(&mut f, "warning", |n, r| r.prose(n));
    let since = r.may(&mut f, "since", delay);
    let until = r.may(&mut f, "until", delay);
    let start = cell(&mut f, "start", r, node, milestones);
    let end = cell(&mut f, "end", r, node, milestones);
    r.end(&f);
    if let (Some(since), Some(Some(until))) = (&since, &until)
        && *until <= since.unwrap_or(0)
    {
        let message = "this task is gone before it comes".to_owned();
        let help = "`until` is a later delay than `since`".to_owned();
        r.fault(Code::BadValue, node, message, "it exists in no plan", help);
    }
    Some(Task {
        id: id?,
        step: step?,
        owners: owners?,
        text: text?,
        warning: warning?,
        since: since?.unwrap_or(0),
        until: until?,
        start: start?,
        end: end?,
    })
}

/// A date cell: text in one of its forms, `{at: milestone}`, or nothing.
fn cell(
    f: &mut Fields<'_>,
    key: &'static str,
    r: &mut Reader<'_>,
    task: &Node,
    milestones: &[Milestone],
) -> Option<Placed<DateRule>> {
    let place = r.source.at(task.range.clone());
    let read = r.may(f, key, |n, r| {
        let value = match n.data {
            Data::Map(_) => DateRule::At(at(n, r, milestones)?),
            _ => DateRule::Literal(literal(n, r)?),
        };
        Some(Placed { value, place: r.source.at(n.range.clone()) })
    })?;
    Some(read.unwrap_or(Placed { value: DateRule::Literal(DateCell::Empty), place }))
}

fn at(node: &Node, r: &mut Reader<'_>, milestones: &[Milestone]) -> Option<Id> {
    let mut f = r.fields(node, "a rule for a date")?;
    let id = r.need(&mut f, "at", |n, r| {
        let id = r.id(n)?;
        if !milestones.iter().any(|m| m.id == id) {
            no_milestone(id.as_str(), n, r, milestones);
            return None;
        }
        Some(id)
    });
    r.end(&f);
    id
}

fn literal(node: &Node, r: &mut Reader<'_>) -> Option<DateCell> {
    let text = r.text(node)?;
    match text.parse() {
        Ok(cell) => Some(cell),
        Err(NotACell::Impossible) => {
            r.date_fault(node, &text, true);
            None
        }
        Err(NotACell::Backwards) => {
            let help = "write the earlier date first".to_owned();
            let message = "the second date is before the first".to_owned();
            r.fault(Code::BadValue, node, message, "Between A and B", help);
            None
        }
        Err(NotACell::Form) => {
            let help = "write a date (10/8/2021), a date with a time (6/25/2021 11:00 p.m.), `N/A`, \
                        `On-going`, `Between 1/9/2017 and 4/3/2017`, `{at: milestone}`, or nothing";
            let message = format!("`{text}` is no date");
            r.fault(Code::BadDate, node, message, "a date is expected", help.to_owned());
            None
        }
    }
}

fn schedule(node: &Node, r: &mut Reader<'_>) -> Option<ScheduleText> {
    let mut f = r.fields(node, "a schedule")?;
    let title = r.may(&mut f, "title", |n, r| r.prose(n));
    let edition = r.may(&mut f, "edition", |n, r| r.prose(n));
    let introduction = r.may(&mut f, "introduction", |n, r| r.prose(n));
    let note = r.may(&mut f, "note", |n, r| r.prose(n));
    r.end(&f);
    Some(ScheduleText { title: title?, edition: edition?, introduction: introduction?, note: note? })
}
