//! A date cell: a date, E-60, a rule -> [`DateRule`].
//!
//! In: a value, and the names that it may use. Out: rules; faults of what names nothing. Not here: which of them start and
//! end something, and which day a rule leads to.

use std::collections::BTreeSet;

use super::{fields::Fields, idle, reader::Reader};
use crate::{
    diagnostic::{Code, Placed, offered},
    model::{
        Base, Counted, DateCell, DateRule, Day, Id, Limit, NotACell, Office, OnClosed, PlanItemId, Span, Tbd,
        Unit, date, e_days,
    },
    yaml::{Data, Node},
};

/// What the rules of a plan may name.
#[derive(Clone)]
pub(super) struct RuleNames<'o> {
    pub milestones: Vec<Id>,
    pub tasks: BTreeSet<Id>,
    /// Of a task and a milestone with one name, the milestone is meant: in the rules of milestones.
    pub milestones_first: bool,
    /// The plan has an election.
    pub election: bool,
    /// Whose calendars they may name.
    pub office: &'o Office,
}

pub(super) type Rule = Placed<DateRule>;

/// A date cell: text in one of its forms, E-60, a rule, or nothing.
pub(super) fn cell(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Rule> {
    let value = match node.data {
        Data::Map(_) => return rule(node, r, names),
        _ => {
            let text = r.text(node)?;
            match e_days(&text) {
                Some(days) => election(days, node, r, names)?,
                None => DateRule::Literal(literal(&text, node, r)?.in_words(&names.office.tbd)),
            }
        }
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

/// A date, E-60, or a rule.
pub(super) fn day(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Rule> {
    if matches!(node.data, Data::Map(_)) {
        return rule(node, r, names);
    }
    let value = match e_days(&r.text(node)?) {
        Some(days) => election(days, node, r, names)?,
        None => DateRule::Literal(day_or_tbd(node, r, names.office)?.cell()),
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

/// A milestone's date, or that nobody knows it yet.
pub(super) fn day_or_tbd(node: &Node, r: &mut Reader<'_>, office: &Office) -> Option<Day> {
    match Tbd::read(&r.text(node)?) {
        Some(tbd) => Some(Day::Tbd(tbd.in_words(&office.tbd))),
        None => r.date(node).map(Day::Known),
    }
}

fn election(days: i32, node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<DateRule> {
    has_election(node, r, names)?;
    let base = Base::Election(days);
    Some(DateRule::Counted(Counted {
        base,
        offset: Span::NONE,
        not_before: None,
        closed: None,
        roll: None,
        time: None,
    }))
}

pub(super) fn has_election(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<()> {
    if !names.election {
        let help = "add a line `election: ...` with the name of an election in memos/office.yaml".to_owned();
        let message = "no election is known to count from".to_owned();
        r.fault(Code::UnknownElection, node, message, "E-numbers count from an election", help);
        return None;
    }
    Some(())
}

fn rule(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Rule> {
    let mut f = r.fields(node, "a rule for a date")?;
    let counted = counted(&mut f, r, node, names);
    r.end(&f);
    Some(Placed { value: DateRule::Counted(counted?), place: r.source.at(node.range.clone()) })
}

/// What a rule may count from, by its keys.
pub(super) const BASES: [&str; 5] = ["at", "during", "after", "before", "with"];

/// The keys of a rule.
pub(super) fn counted(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    node: &Node,
    names: &RuleNames<'_>,
) -> Option<Counted> {
    let at = r.may(f, "at", |n, r| match e_days(&r.text(n)?) {
        Some(days) => has_election(n, r, names).map(|()| Base::Election(days)),
        None => milestone(n, r, names).map(Base::At),
    });
    let during = r.may(f, "during", |n, r| milestone(n, r, names).map(Base::During));
    let after = r.may(f, "after", |n, r| targets(n, r, names).map(Base::After));
    let before = r.may(f, "before", |n, r| targets(n, r, names).map(Base::Before));
    let with = r.may(f, "with", |n, r| target(n, r, names).map(Base::With));
    let from_an_end = [&after, &before].into_iter().any(|base| !matches!(base, Some(None)));
    let offset = r.may(f, if from_an_end { "lag" } else { "offset" }, span);
    let not_before = r.may(f, "not_before", |n, r| limit(n, r, names));
    let closed = r.may(f, "closed", on_closed);
    let roll =
        r.may(f, "roll", |n, r| r.refer(n, &names.office.calendars, Code::UnknownCalendar, "calendar"));
    let time = r.may(f, "time", time);
    let mut bases = [at?, during?, after?, before?, with?].into_iter().flatten();
    let (base, second) = (bases.next(), bases.next());
    let expected = "a rule counts from one thing: `at`, `during`, `after`, `before` or `with`";
    let Some(base) = base else {
        let help = "write it like {at: release, offset: -4wd} or {after: install, lag: 1wd}".to_owned();
        let message = "this rule does not say what it counts from".to_owned();
        r.fault(Code::MissingKey, node, message, expected, help);
        return None;
    };
    if second.is_some() {
        let help = "keep one of the two".to_owned();
        let message = "this rule counts from two things".to_owned();
        r.fault(Code::ConflictingKeys, node, message, expected, help);
        return None;
    }
    let next = Span { count: 1, unit: Unit::WorkingDays };
    let offset = match (&base, offset?) {
        (Base::After(_), lag) => lag.unwrap_or(next),
        (Base::Before(_), lag) => lag.unwrap_or(next).back(),
        (_, offset) => offset.unwrap_or(Span::NONE),
    };
    let (roll, closed, not_before) = (roll?, closed?, not_before?);
    let counts = offset.unit == Unit::WorkingDays && offset.count != 0;
    if closed.is_some() && roll.is_none() && not_before.is_none() && counts {
        idle::tell(f, r, "closed", "counting in working days leads to no closed day", "take `closed` out");
    }
    if roll.is_some() && closed == Some(OnClosed::Stay) {
        idle::tell(f, r, "roll", "with `closed: stay` the date stays on any closed day", "take `roll` out");
    }
    let closed = closed.or(roll.as_ref().map(|_| OnClosed::Next));
    Some(Counted { base, offset, not_before, closed, roll, time: time? })
}

fn milestone(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Placed<Id>> {
    let id = r.id(node)?;
    if !names.milestones.contains(&id) {
        no_milestone(id.as_str(), node, r, &names.milestones);
        return None;
    }
    Some(Placed { value: id, place: r.source.at(node.range.clone()) })
}

/// Reports the name of a milestone that there is not.
pub(super) fn no_milestone(text: &str, node: &Node, r: &mut Reader<'_>, milestones: &[Id]) {
    let help = offered(text, milestones.iter().map(Id::as_str));
    let message = format!("there is no milestone `{text}`");
    r.fault(Code::UnknownMilestone, node, message, "the name of a milestone is expected", help);
}

/// A task, or else a milestone.
pub(super) fn target(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Placed<PlanItemId>> {
    let id = r.id(node)?;
    let (is_task, is_milestone) = (names.tasks.contains(&id), names.milestones.contains(&id));
    let value = if is_milestone && (names.milestones_first || !is_task) {
        PlanItemId::Milestone(id)
    } else if is_task {
        PlanItemId::Task(id)
    } else if names.milestones_first || names.tasks.is_empty() {
        let known = names.milestones.iter().chain(&names.tasks).map(Id::as_str);
        let (message, help) = (format!("there is no milestone `{id}`"), offered(id.as_str(), known));
        let expected = "the name of a milestone is expected, or the id of a task";
        r.fault(Code::UnknownMilestone, node, message, expected, help);
        return None;
    } else {
        let help = offered(id.as_str(), names.tasks.iter().chain(&names.milestones).map(Id::as_str));
        let message = format!("there is no task `{id}`");
        r.fault(Code::UnknownTask, node, message, "the id of a task is expected, or a milestone", help);
        return None;
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

/// One task or milestone, or a list.
fn targets(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Vec<Placed<PlanItemId>>> {
    let before = r.faults.errors();
    let all = r.list(node, |n, r| target(n, r, names));
    if all.is_empty() && r.faults.errors() == before {
        let help = "write the id of a task, or several: [install, test]".to_owned();
        let message = "this list is empty".to_owned();
        r.fault(Code::MissingKey, node, message, "the id of a task is expected, or a milestone", help);
    }
    (r.faults.errors() == before).then_some(all)
}

/// A day that something is held against: a date, E-60, or the start of a task or milestone.
pub(super) fn limit(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Placed<Limit>> {
    let text = r.text(node)?;
    let value = if let Some(days) = e_days(&text) {
        has_election(node, r, names).map(|()| Limit::Election(days))?
    } else if date::read(&text) == Err(date::NotADate::Form) {
        Limit::Start(target(node, r, names)?.value)
    } else {
        Limit::Day(r.date(node)?)
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

pub(super) fn span(node: &Node, r: &mut Reader<'_>) -> Option<Span> {
    let text = r.text(node)?;
    let span = text.parse().ok();
    if span.is_none() {
        let help =
            "write -4wd for four working days before, 10d for ten days of the calendar after, 2w for two weeks"
                .to_owned();
        let message = format!("`{text}` is no length of time");
        r.fault(Code::BadValue, node, message, "a number and `wd`, `d` or `w` are expected", help);
    }
    span
}

/// What happens on a closed day.
pub(super) fn on_closed(node: &Node, r: &mut Reader<'_>) -> Option<OnClosed> {
    let text = r.text(node)?;
    let known = OnClosed::ALL.into_iter().find(|known| known.word() == text);
    if known.is_none() {
        let help = offered(&text, OnClosed::ALL.iter().map(|known| known.word()));
        let message = format!("`closed` is `{text}`");
        r.fault(Code::BadValue, node, message, "what happens on a closed day is expected", help);
    }
    known
}

fn time(node: &Node, r: &mut Reader<'_>) -> Option<chrono::NaiveTime> {
    let text = r.text(node)?;
    let time = date::read_time(&text);
    if time.is_none() {
        let help = "write it like 11:00 p.m. or 12:00 noon".to_owned();
        r.fault(
            Code::BadValue,
            node,
            format!("`{text}` is no clock time"),
            "a time of the day is expected",
            help,
        );
    }
    time
}

pub(super) fn literal(text: &str, node: &Node, r: &mut Reader<'_>) -> Option<DateCell> {
    match text.parse() {
        Ok(cell) => Some(cell),
        Err(NotACell::Impossible) => {
            r.date_fault(node, text, true);
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
                        `On-going`, `Between 1/9/2017 and 4/3/2017`, `TBD`, `TBD (Fall 2026)`, E-60, a rule such as {at: milestone}, or nothing";
            let message = format!("`{text}` is no date");
            r.fault(Code::BadDate, node, message, "a date is expected", help.to_owned());
            None
        }
    }
}
