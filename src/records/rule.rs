//! A date cell: a date, E-60, a rule -> [`DateRule`].
//!
//! In: a value, and the names that it may use. Out: rules; faults of what names nothing. Not here: which of them start and
//! end something, and which day a rule leads to.

use std::collections::BTreeSet;

use super::{fields::Fields, reader::Reader};
use crate::{
    diagnostic::{Code, Placed, offer},
    model::{Base, Counted, DateCell, DateRule, Id, NotACell, OnClosed, Span, Target, Unit, date, e_days},
    yaml::{Data, Node},
};

/// What the rules of a plan may name.
#[derive(Default)]
pub(super) struct Names {
    pub milestones: Vec<Id>,
    /// None for the rules of milestones, which hang on no task.
    pub tasks: BTreeSet<Id>,
    /// The plan has an election.
    pub election: bool,
}

pub(super) type Rule = Placed<DateRule>;

/// A date cell: text in one of its forms, E-60, a rule, or nothing.
pub(super) fn cell(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Rule> {
    let value = match node.data {
        Data::Map(_) => return rule(node, r, names),
        _ => {
            let text = r.text(node)?;
            match e_days(&text) {
                Some(days) => election(days, node, r, names)?,
                None => DateRule::Literal(literal(&text, node, r)?),
            }
        }
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

/// A date, E-60, or a rule.
pub(super) fn day(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Rule> {
    if matches!(node.data, Data::Map(_)) {
        return rule(node, r, names);
    }
    let value = match e_days(&r.text(node)?) {
        Some(days) => election(days, node, r, names)?,
        None => DateRule::Literal(DateCell::Day(r.date(node)?)),
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

fn election(days: i32, node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<DateRule> {
    has_election(node, r, names)?;
    let offset = Span { count: days, unit: Unit::Days };
    Some(DateRule::Counted(Counted { base: Base::Election, offset, closed: None, time: None }))
}

pub(super) fn has_election(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<()> {
    if !names.election {
        let help = "add a line `election: ...` with the name of an election in memos/office.yaml".to_owned();
        let message = "no election is known to count from".to_owned();
        r.fault(Code::UnknownElection, node, message, "E-numbers count from an election", help);
        return None;
    }
    Some(())
}

fn rule(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Rule> {
    let mut f = r.fields(node, "a rule for a date")?;
    let counted = counted(&mut f, r, node, names);
    r.end(&f);
    Some(Placed { value: DateRule::Counted(counted?), place: r.source.at(node.range.clone()) })
}

/// The keys of a rule.
pub(super) fn counted(f: &mut Fields<'_>, r: &mut Reader<'_>, node: &Node, names: &Names) -> Option<Counted> {
    let mut e_number = None;
    let at = r.may(f, "at", |n, r| {
        e_number = e_days(&r.text(n)?);
        match e_number {
            Some(_) => has_election(n, r, names).map(|()| Base::Election),
            None => milestone(n, r, names).map(Base::At),
        }
    });
    let during = r.may(f, "during", |n, r| milestone(n, r, names).map(Base::During));
    let after = r.may(f, "after", |n, r| target(n, r, names).map(Base::After));
    let with = r.may(f, "with", |n, r| target(n, r, names).map(Base::With));
    let offset = match (&after, &during, e_number) {
        (Some(None), Some(None), None) => r.may(f, "offset", span),
        (Some(None), _, _) => Some(None),
        _ => r.may(f, "lag", span),
    };
    let closed = r.may(f, "closed", on_closed);
    let time = r.may(f, "time", time);
    let mut bases = [at?, during?, after?, with?].into_iter().flatten();
    let (base, second) = (bases.next(), bases.next());
    let expected = "a rule counts from one thing: `at`, `during`, `after` or `with`";
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
    let usual = match (&base, e_number) {
        (Base::After(_), _) => Span { count: 1, unit: Unit::WorkingDays },
        (_, Some(days)) => Span { count: days, unit: Unit::Days },
        _ => Span::NONE,
    };
    Some(Counted { base, offset: offset?.unwrap_or(usual), closed: closed?, time: time? })
}

fn milestone(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Placed<Id>> {
    let id = r.id(node)?;
    if !names.milestones.contains(&id) {
        no_milestone(id.as_str(), node, r, &names.milestones);
        return None;
    }
    Some(Placed { value: id, place: r.source.at(node.range.clone()) })
}

/// Reports the name of a milestone that there is not.
pub(super) fn no_milestone(text: &str, node: &Node, r: &mut Reader<'_>, milestones: &[Id]) {
    let help = offer(text, milestones.iter().map(Id::as_str));
    let message = format!("there is no milestone `{text}`");
    r.fault(Code::UnknownMilestone, node, message, "the name of a milestone is expected", help);
}

/// A task, or else a milestone.
pub(super) fn target(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Placed<Target>> {
    let id = r.id(node)?;
    let value = if names.tasks.contains(&id) {
        Target::Task(id)
    } else if names.milestones.contains(&id) {
        Target::Milestone(id)
    } else if names.tasks.is_empty() {
        no_milestone(id.as_str(), node, r, &names.milestones);
        return None;
    } else {
        let help = offer(id.as_str(), names.tasks.iter().chain(&names.milestones).map(Id::as_str));
        let message = format!("there is no task `{id}`");
        r.fault(Code::UnknownTask, node, message, "the id of a task is expected, or a milestone", help);
        return None;
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

pub(super) fn span(node: &Node, r: &mut Reader<'_>) -> Option<Span> {
    let text = r.text(node)?;
    let span = text.parse().ok();
    if span.is_none() {
        let help =
            "write -4wd for four working days before, 10d for ten days of the calendar after".to_owned();
        let message = format!("`{text}` is no length of time");
        r.fault(Code::BadValue, node, message, "a number and `wd` or `d` are expected", help);
    }
    span
}

fn on_closed(node: &Node, r: &mut Reader<'_>) -> Option<OnClosed> {
    let text = r.text(node)?;
    let known = OnClosed::ALL.into_iter().find(|known| known.word() == text);
    if known.is_none() {
        let help = offer(&text, OnClosed::ALL.iter().map(|known| known.word()));
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
                        `On-going`, `Between 1/9/2017 and 4/3/2017`, E-60, a rule such as {at: milestone}, or nothing";
            let message = format!("`{text}` is no date");
            r.fault(Code::BadDate, node, message, "a date is expected", help.to_owned());
            None
        }
    }
}
