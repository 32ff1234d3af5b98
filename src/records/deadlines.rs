//! The deadlines that a memo lists itself.
//!
//! In: `deadlines`, the plan that they may count from. Out: the same plan with the deadlines behind its tasks; faults of what
//! is no deadline. Not here: which day a rule leads to, and where the deadlines are printed.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    dates,
    fields::Fields,
    reader::Reader,
    rule::{Rule, RuleNames, cell},
    tasks::tasks_named,
};
use crate::{
    diagnostic::{Code, Diagnostic, Placed},
    model::{Base, DateCell, DateRule, Dates, Election, Id, Office, Plan, ScheduleText, Span, Task, Unit},
    yaml::{Data, Node},
};

/// What deadlines may name.
pub(super) struct DeadlineContext<'a> {
    /// The memo's id, by which a deadline without an id is called.
    pub memo: &'a Id,
    pub office: &'a Office,
    /// The memo's plan.
    pub plan: Option<&'a Plan>,
    /// The election that the memo itself names.
    pub election: Option<&'a Arc<Election>>,
}

/// The deadlines, in the order written. The outer `None` is a fault.
pub(super) fn read(f: &mut Fields<'_>, r: &mut Reader<'_>, known: &DeadlineContext<'_>) -> Option<Vec<Task>> {
    let before = r.faults.errors();
    let names = known.names(f);
    let (mut seen, mut count) = (BTreeSet::new(), 0);
    let read = r.may(f, "deadlines", |n, r| {
        let list = r.list(n, |n, r| {
            count += 1;
            let own = || format!("{}-deadline-{count}", known.memo).parse().ok();
            let task = deadline(n, r, known, &names, own)?;
            let is_task = known.plan.is_some_and(|plan| plan.tasks.iter().any(|other| other.id == task.id));
            if is_task || !seen.insert(task.id.clone()) {
                let other = if is_task { "a task has" } else { "another deadline has" };
                let message = format!("{other} the id `{}` already", task.id);
                let help = "give the deadline a name of its own; it is not printed".to_owned();
                r.fault(Code::DuplicateId, n, message, "rules and texts name it by its id", help);
                return None;
            }
            Some(task)
        });
        Some(list)
    });
    let list = read?.unwrap_or_default();
    (r.faults.errors() == before).then_some(list)
}

/// The plan with the deadlines behind its tasks, for a memo that `knows` so many delays; none without deadlines.
pub(super) fn with_plan(
    deadlines: Vec<Task>,
    plan: Option<&Arc<Plan>>,
    knows: usize,
    election: Option<&Arc<Election>>,
    r: &mut Reader<'_>,
) -> Option<Arc<Plan>> {
    if deadlines.is_empty() {
        return None;
    }
    let nothing = || Plan {
        id: None,
        name: None,
        system: None,
        environment: None,
        calendar: None,
        election: None,
        milestones: Vec::new(),
        delays: Vec::new(),
        proposal: None,
        tasks: Vec::new(),
        schedule: ScheduleText::default(),
    };
    let mut whole = plan.map_or_else(nothing, |plan| Plan::clone(plan));
    for deadline in &deadlines {
        for (id, place) in tasks_named(&deadline.dates) {
            let gone = whole.tasks.iter().find(|task| task.id == *id && !task.exists(knows));
            let Some(gone) = gone else { continue };
            let message = format!(
                "{} counts from {}, which is not in the schedule that the memo knows",
                deadline.words(),
                gone.words()
            );
            r.faults.push(
                Diagnostic::new(Code::UnknownTask, place.clone(), message)
                    .expected("a task of the memo's own schedule is expected")
                    .help("name a task that this schedule has, or write the day itself"),
            );
        }
    }
    whole.election = whole.election.or_else(|| election.cloned());
    // An earlier plan may lack what a deadline counts from.
    whole.tasks.extend(deadlines.into_iter().map(|deadline| Task { since: knows, ..deadline }));
    Some(Arc::new(whole))
}

impl<'a> DeadlineContext<'a> {
    fn names(&self, f: &Fields<'_>) -> RuleNames<'a> {
        let own = match f.peek("deadlines").map(|node| &node.data) {
            Some(Data::List(items)) => items.as_slice(),
            _ => f.peek("deadlines").map(std::slice::from_ref).unwrap_or_default(),
        };
        let mut tasks: BTreeSet<Id> = own.iter().filter_map(super::plan::id_of).collect();
        tasks.extend(self.plan.iter().flat_map(|plan| plan.tasks.iter().map(|task| task.id.clone())));
        let milestones = self.plan.iter().flat_map(|plan| plan.milestones.iter().map(|m| m.id.clone()));
        let election = self.election.is_some() || self.plan.is_some_and(|plan| plan.election.is_some());
        RuleNames {
            milestones: milestones.collect(),
            tasks,
            milestones_first: false,
            election,
            office: self.office,
        }
    }

    /// The two elections that an E-number could count from: the memo's, and another one of its plan.
    fn two_elections(&self) -> Option<(&Election, &Election)> {
        let (own, other) = (self.election?, self.plan?.election.as_ref()?);
        (own.date != other.date).then_some((own.as_ref(), other.as_ref()))
    }
}

fn deadline(
    node: &Node,
    r: &mut Reader<'_>,
    known: &DeadlineContext<'_>,
    names: &RuleNames<'_>,
    own_id: impl FnOnce() -> Option<Id>,
) -> Option<Task> {
    let mut f = r.fields(node, "a deadline")?;
    let id = r.may(&mut f, "id", |n, r| {
        let id = r.id(n)?;
        if id.as_str().starts_with(|c: char| c.is_ascii_digit()) {
            let message = format!("the name `{id}` begins with a figure");
            let help = "put a word first: `report-1`".to_owned();
            r.fault(Code::BadId, n, message, "templates cannot name it", help);
            return None;
        }
        Some(id)
    });
    let text = r.need(&mut f, "what", |n, r| r.prose(n));
    let owners = r.need(&mut f, "who", |n, r| {
        Some(r.list(n, |n, r| r.refer(n, &known.office.entities, Code::UnknownEntity, "responsible entity")))
    });
    let date = r.need(&mut f, "date", |n, r| day(n, r, known, names));
    r.end(&f);
    let date = date?;
    // What is to be done before a deadline counts from its day.
    let one_day = DateRule::Takes(Span { count: 1, unit: Unit::Days });
    let start = Placed { value: one_day, place: date.place.clone() };
    let place = r.source.at(node.range.clone());
    Some(Task {
        id: id?.or_else(own_id)?,
        step: Placed { value: String::new(), place },
        steps: Vec::new(),
        owners: owners.filter(|owners| !owners.is_empty())?,
        text: text?,
        warning: None,
        since: 0,
        until: None,
        dates: Dates { start, end: date, ..dates::unread(r.source.at(node.range.clone())) },
    })
}

/// A day, with a time or not; TBD; E-45; or a rule.
fn day(node: &Node, r: &mut Reader<'_>, known: &DeadlineContext<'_>, names: &RuleNames<'_>) -> Option<Rule> {
    let rule = cell(node, r, names)?;
    let written = match &rule.value {
        DateRule::Literal(DateCell::Day(_) | DateCell::Moment(..) | DateCell::Tbd(_)) => return Some(rule),
        DateRule::Counted(counted) => {
            if matches!(counted.base, Base::Election(_))
                && let Some((own, other)) = known.two_elections()
            {
                let message = format!("two elections to count from: {} and {}", own.name, other.name);
                let help = "write the day itself".to_owned();
                let expected = "the memo names one `election`, and its release another";
                r.fault(Code::ConflictingKeys, node, message, expected, help);
                return None;
            }
            return Some(rule);
        }
        DateRule::Literal(cell) => cell.to_string(),
        DateRule::Takes(span) => span.to_string(),
    };
    let help = "write a day (10/8/2024), a day with a time (10/8/2024 5:00 p.m.), TBD, E-45, or a rule such as {at: \
                release, offset: -3wd}"
        .to_owned();
    let message = format!("`{written}` is no deadline");
    r.fault(Code::BadDate, node, message, "the last day is expected", help);
    None
}
