//! `memos/releases/<id>.yaml`, and the tasks that a memo holds itself -> [`Plan`].

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    dates,
    fields::Fields,
    reader::Reader,
    rule::{self, Names},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Placed, offer},
    model::{
        DateRule, Dates, Delay, Election, Environment, Id, Limit, Milestone, Move, Office, Plan,
        ScheduleText, Target, Task, date,
    },
    yaml::{Data, Node},
};

/// All keys of a release.
const KEYS: [&str; 10] = [
    "name",
    "system",
    "environment",
    "calendar",
    "election",
    "milestones",
    "delays",
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
    let milestones = milestones(&mut f, r, &names);
    let mut count = 0;
    let mut last = NaiveDate::MIN;
    let delays = r.may(&mut f, "delays", |n, r| {
        Some(r.list(n, |n, r| {
            count += 1;
            let delay = delay(n, r, &names, &milestones)?;
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
    let (tasks, schedule) = table(&mut f, r, office, &names, &milestones, Some(count));
    for (at, delay) in delays.iter().flatten().flatten().enumerate() {
        delay.reopens.iter().for_each(|open| can_reopen(open, at, delay.announced, &milestones, &tasks, r));
    }
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
        delays: delays?.unwrap_or_default(),
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
    let milestones = milestones(f, r, &names);
    let (tasks, schedule) = table(f, r, office, &names, &milestones, None);
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
fn names<'o>(f: &Fields<'_>, election: bool, office: &'o Office) -> Names<'o> {
    let tasks = match f.peek("tasks").map(|node| &node.data) {
        Some(Data::List(items)) => items.as_slice(),
        _ => f.peek("tasks").map(std::slice::from_ref).unwrap_or_default(),
    };
    let id = |task: &Node| match &task.data {
        Data::Map(entries) => {
            entries.iter().find(|(key, _)| key.text == "id").and_then(|(_, id)| match &id.data {
                Data::Text(text) => text.trim().parse().ok(),
                _ => None,
            })
        }
        _ => None,
    };
    let milestones = match f.peek("milestones").map(|node| &node.data) {
        Some(Data::Map(entries)) => entries.iter().filter_map(|(key, _)| key.text.parse().ok()).collect(),
        _ => Vec::new(),
    };
    let tasks = tasks.iter().filter_map(id).collect();
    Names { milestones, tasks, milestones_first: false, election, office }
}

/// The milestones. One with a fault keeps its name, so that naming it is no second fault; the plan is
/// not used then.
fn milestones(f: &mut Fields<'_>, r: &mut Reader<'_>, names: &Names<'_>) -> Vec<Milestone> {
    let own = Names { milestones_first: true, ..names.clone() };
    let read = r.may(f, "milestones", |n, r| Some(r.entries(n, |n, r| dates::of_milestone(n, r, &own))));
    let read = read.flatten().unwrap_or_default().into_iter();
    let unread = || (dates::unread(r.source.start()), true);
    let milestones = read.map(|(id, dates)| {
        let (dates, is_window) = dates.unwrap_or_else(unread);
        Milestone { id, dates, is_window }
    });
    milestones.collect()
}

/// A date, or a start and an end; each may be one that nobody knows yet.
fn moved_to(node: &Node, r: &mut Reader<'_>, office: &Office) -> Option<Move> {
    let place = r.source.at(node.range.clone());
    let day = |n: &Node, r: &mut Reader<'_>| rule::day_or_tbd(n, r, office);
    if !matches!(node.data, Data::Map(_)) {
        return Some(Move { start: day(node, r)?, end: None, place });
    }
    let mut f = r.fields(node, "a move")?;
    let start = r.need(&mut f, "start", day);
    let end = r.need(&mut f, "end", day);
    r.end(&f);
    let (start, end) = (start?, end?);
    let known = start.known().zip(end.known());
    known.is_none_or(|(start, end)| dates::in_order(start, end, node, r)).then_some(Move {
        start,
        end: Some(end),
        place,
    })
}

fn delay(node: &Node, r: &mut Reader<'_>, names: &Names<'_>, milestones: &[Milestone]) -> Option<Delay> {
    let mut f = r.fields(node, "a delay")?;
    let announced = r.need(&mut f, "announced", |n, r| r.date(n));
    let cause = r.need(&mut f, "cause", |n, r| r.prose(n));
    let moves = r.need(&mut f, "moves", |n, r| Some(moves(n, r, names, milestones, announced)));
    let reopens = r.may(&mut f, "reopens", |n, r| Some(r.list(n, |n, r| rule::target(n, r, names))));
    r.end(&f);
    let reopens = reopens?.unwrap_or_default();
    Some(Delay { announced: announced?, cause: cause?, moves: moves?, reopens })
}

fn moves(
    node: &Node,
    r: &mut Reader<'_>,
    names: &Names<'_>,
    milestones: &[Milestone],
    announced: Option<NaiveDate>,
) -> BTreeMap<Id, Move> {
    let entries = if let Data::Map(entries) = &node.data { entries.as_slice() } else { &[] };
    for (key, _) in entries {
        let at_key = Node { range: key.range.clone(), data: Data::Nothing };
        let Some(id) = names.milestones.iter().find(|id| id.as_str() == key.text) else {
            rule::no_milestone(&key.text, &at_key, r, &names.milestones);
            continue;
        };
        let fixed = milestones.iter().find(|m| m.id == *id).and_then(|m| m.dates.fixed.as_ref());
        if let Some(fixed) = fixed {
            let message = format!("the milestone `{id}` is fixed and cannot be moved");
            let expected = format!("it is fixed: {}", fixed.value);
            let help =
                "take this line out; or, if the authority allows it, `fixed` of the milestone".to_owned();
            r.fault(Code::FixedMoves, &at_key, message, &expected, help);
        }
    }
    let moves: BTreeMap<Id, Move> = r
        .entries(node, |n, r| moved_to(n, r, names.office))
        .into_iter()
        .filter_map(|(id, to)| Some((id, to?)))
        .collect();
    for (id, to) in &moves {
        if let Some(milestone) = milestones.iter().find(|milestone| milestone.id == *id) {
            can_move(milestone, to, announced, r);
        }
    }
    moves
}

/// Reports the move of a day to a window, and of what had happened when the delay was announced.
fn can_move(milestone: &Milestone, to: &Move, announced: Option<NaiveDate>, r: &mut Reader<'_>) {
    let Milestone { id, dates, is_window } = milestone;
    if to.end.is_some() && !is_window {
        let message = format!("the milestone `{id}` is one day, and is moved to a start and an end");
        r.faults.push(
            Diagnostic::new(Code::BadValue, to.place.clone(), message)
                .expected("its new date is expected")
                .help(format!("write `{id}: {}`", to.start.written())),
        );
    }
    let ends = [("started", &dates.started, Some(&to.start)), ("ended", &dates.ended, to.end.as_ref())];
    let happened = ends.into_iter().find_map(|(verb, actual, to)| {
        let (actual, to, announced) = (actual.as_ref()?, to?, announced?);
        let day = actual.value.day().filter(|day| *day <= announced && Some(*day) != to.known())?;
        Some((if *is_window { verb } else { "was" }, day, actual))
    });
    if let Some((verb, day, actual)) = happened {
        let words = format!("the {} {verb} on {}", milestone.words(), date::prose(day));
        r.faults.push(
            Diagnostic::new(Code::FixedMoves, to.place.clone(), format!("{words}, and cannot be moved"))
                .expected("it had happened when the delay was announced")
                .because(vec![(actual.place.clone(), words)])
                .help("take this line out, or correct `actual` of the milestone"),
        );
    }
}

/// Reports that a delay reopens what was not there, or what had been done when it was announced.
fn can_reopen(
    open: &Placed<Target>,
    delay: usize,
    announced: NaiveDate,
    milestones: &[Milestone],
    tasks: &[Task],
    r: &mut Reader<'_>,
) {
    let task = |id: &Id| tasks.iter().find(|task| task.id == *id);
    let (ended, words) = match &open.value {
        Target::Milestone(id) => {
            let milestone = milestones.iter().find(|milestone| milestone.id == *id);
            (milestone.and_then(|m| m.dates.ended.as_ref()), format!("the {}", id.as_str().replace('-', " ")))
        }
        Target::Task(id) => match task(id) {
            Some(task) if !task.exists(delay) => {
                let message = format!("`{id}` is not in the plan that this delay changes");
                r.faults.push(
                    Diagnostic::new(Code::UnknownTask, open.place.clone(), message)
                        .expected("a step of that plan is expected")
                        .help("take it out; or look at its `since` and `until`"),
                );
                return;
            }
            task => (task.and_then(|t| t.dates.ended.as_ref()), format!("`{id}`")),
        },
    };
    let Some((actual, day)) = ended.and_then(|actual| Some((actual, actual.value.day()?))) else { return };
    if day > announced {
        return;
    }
    let message = format!("{words} had been done when this delay was announced");
    r.faults.push(
        Diagnostic::new(Code::ConflictingKeys, open.place.clone(), message)
            .expected("`reopens` names what had not been done")
            .because(vec![(actual.place.clone(), format!("it ended on {}", date::prose(day)))])
            .help("take it out here, or correct its `actual`"),
    );
}

/// The tasks and what stands around their table.
fn table(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    office: &Office,
    names: &Names<'_>,
    milestones: &[Milestone],
    delays: Option<usize>,
) -> (Vec<Task>, Option<ScheduleText>) {
    let each = |n: &Node, r: &mut Reader<'_>| task(n, r, office, names, delays);
    let tasks = r.may(f, "tasks", |n, r| Some(tasks(n, r, each))).flatten().unwrap_or_default();
    let by_id: BTreeMap<&Id, &Task> = tasks.iter().map(|task| (&task.id, task)).collect();
    for task in &tasks {
        outlives(task, &by_id, r);
    }
    for milestone in milestones {
        for (id, place) in tasks_named(&milestone.dates) {
            let Some(other) = by_id.get(id) else { continue };
            missing(&format!("the {}", milestone.words()), (0, None), other, place, r);
        }
    }
    let schedule = r.may(f, "schedule", schedule).map(Option::unwrap_or_default);
    (tasks, schedule)
}

/// Reports a task that hangs on one that some plan has not.
fn outlives(task: &Task, tasks: &BTreeMap<&Id, &Task>, r: &mut Reader<'_>) {
    let what = format!("step {}", task.step.value);
    for (id, place) in tasks_named(&task.dates) {
        let Some(other) = tasks.get(id) else { continue };
        missing(&what, (task.since, task.until), other, place, r);
    }
}

/// The tasks that dates hang on, and where they are named.
fn tasks_named(dates: &Dates) -> impl Iterator<Item = (&Id, &Place)> {
    let counted = dates.both().into_iter().filter_map(|rule| match &rule.value {
        DateRule::Counted(counted) => Some(counted),
        _ => None,
    });
    let named = counted.flat_map(|counted| {
        let floor = counted.not_before.as_ref().and_then(|floor| match &floor.value {
            Limit::Start(target) => Some((target, &floor.place)),
            _ => None,
        });
        counted.targets().iter().map(|target| (&target.value, &target.place)).chain(floor)
    });
    named.filter_map(|(target, place)| match target {
        Target::Task(id) => Some((id, place)),
        Target::Milestone(_) => None,
    })
}

/// Reports a task that is named by what exists from one delay to another, and is not there all the time.
fn missing(
    what: &str,
    (since, until): (usize, Option<usize>),
    other: &Task,
    place: &Place,
    r: &mut Reader<'_>,
) {
    let ends_first = other.until.is_some_and(|other| until.is_none_or(|own| other < own));
    if other.since <= since && !ends_first {
        return;
    }
    let plan = if other.since > since { since } else { other.until.unwrap_or_default() };
    let plan = if plan == 0 { "the first plan".to_owned() } else { format!("the plan of delay {plan}") };
    let message = format!("{what} hangs on `{}`, which is not in {plan}", other.id);
    r.faults.push(
        Diagnostic::new(Code::UnknownTask, place.clone(), message)
            .expected("a task of the same plans is expected")
            .help("give both the same `since` and `until`, or two tasks, one for each plan"),
    );
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
    names: &Names<'_>,
    delays: Option<usize>,
) -> Option<Task> {
    let delay = |n: &Node, r: &mut Reader<'_>| r.delay(n, Some(delays.unwrap_or(0)), delays.is_some());
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
    let dates = dates::of_task(&mut f, r, node, names);
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
        dates: dates?,
    })
}

fn schedule(node: &Node, r: &mut Reader<'_>) -> Option<ScheduleText> {
    let mut f = r.fields(node, "a schedule")?;
    let title = r.may(&mut f, "title", |n, r| r.prose(n));
    let edition = r.may(&mut f, "edition", |n, r| r.prose(n));
    let introduction = r.may(&mut f, "introduction", |n, r| r.prose(n));
    let note = r.may(&mut f, "note", |n, r| r.prose(n));
    let shows = r.may(&mut f, "shows", |n, r| Some(r.list(n, shown)));
    r.end(&f);
    let shows = shows?.unwrap_or_default();
    let place = |what: &str| shows.iter().find(|(shown, _)| *shown == what).map(|(_, place)| place.clone());
    Some(ScheduleText {
        title: title?,
        edition: edition?,
        introduction: introduction?,
        note: note?,
        shows_e_numbers: place(E_NUMBERS).is_some(),
        shows_rolled: place(ROLLED),
    })
}

/// What a schedule can show with its dates.
const E_NUMBERS: &str = "e-numbers";
const ROLLED: &str = "rolled";

fn shown(node: &Node, r: &mut Reader<'_>) -> Option<(&'static str, Place)> {
    let text = r.text(node)?;
    let known = [E_NUMBERS, ROLLED].into_iter().find(|known| *known == text);
    if known.is_none() {
        let help = offer(&text, [E_NUMBERS, ROLLED]);
        let message = format!("`shows` is `{text}`");
        r.fault(Code::BadValue, node, message, "what the schedule shows with its dates is expected", help);
    }
    known.map(|known| (known, r.source.at(node.range.clone())))
}
