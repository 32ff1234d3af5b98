//! When something is: `start`, `end`, `takes`, `actual`, `fixed`, `by` -> [`Dates`].
//!
//! In: the keys of a task or a milestone, and the names that its rules may use. Out: rules; faults of what
//! names nothing. Not here: which day a rule leads to.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{fields::Fields, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Placed, offer},
    model::{
        Base, Counted, DateCell, DateRule, Dates, Id, Limit, NotACell, OnClosed, Span, Target, Unit, date,
        e_days,
    },
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

type Rule = Placed<DateRule>;

/// The dates of a task, whose rules stand among its other keys.
pub(super) fn of_task(f: &mut Fields<'_>, r: &mut Reader<'_>, node: &Node, names: &Names) -> Option<Dates> {
    let edges = edges(f, r, |n, r| cell(n, r, names));
    let held = held(f, r, names);
    let (start, end) = edges?;
    let end = end.or_else(|| start.as_ref().and_then(until_its_end));
    let nothing =
        Placed { value: DateRule::Literal(DateCell::Empty), place: r.source.at(node.range.clone()) };
    whole(start.unwrap_or_else(|| nothing.clone()), end.unwrap_or(nothing), held?, r)
}

/// The dates of a milestone, and whether it is a window.
pub(super) fn of_milestone(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<(Dates, bool)> {
    let one_day = |rule: Rule| {
        let whole = DateRule::Takes(Span { count: 1, unit: Unit::Days });
        (rule.clone(), Placed { value: whole, place: rule.place })
    };
    if !matches!(node.data, Data::Map(_)) {
        let (start, end) = one_day(day(node, r, names)?);
        return whole(start, end, Held::default(), r).map(|dates| (dates, false));
    }
    let mut f = r.fields(node, "a milestone")?;
    let has = |key| f.key_range(key).is_some();
    let window = ["start", "end", "takes"].into_iter().any(has);
    let alone = ["at", "during", "after", "with"].into_iter().any(has);
    let pair = if window {
        let read = edges(&mut f, r, |n, r| day(n, r, names));
        let pair = read.and_then(|(start, end)| {
            for (key, edge) in [("start", &start), ("end", &end)] {
                if edge.is_none() {
                    r.need(&mut f, key, |_, _| None::<()>);
                }
            }
            start.zip(end)
        });
        pair.filter(|(start, end)| {
            written(start).zip(written(end)).is_none_or(|(start, end)| in_order(start, end, node, r))
        })
    } else if alone {
        let place = r.source.at(node.range.clone());
        counted(&mut f, r, node, names)
            .map(|counted| one_day(Placed { value: DateRule::Counted(counted), place }))
    } else {
        r.need(&mut f, "date", |n, r| day(n, r, names)).map(one_day)
    };
    let held = held(&mut f, r, names);
    r.end(&f);
    let (start, end) = pair?;
    whole(start, end, held?, r).map(|dates| (dates, window))
}

/// Dates that could not be read.
pub(super) fn unread(place: Place) -> Dates {
    let rule = Placed { value: DateRule::Literal(DateCell::Day(NaiveDate::MIN)), place };
    Dates { start: rule.clone(), end: rule, started: None, ended: None, is_open: None, fixed: None, by: None }
}

/// The end of what starts with a window and of which no more is said: it ends with it, at no time of the day.
fn until_its_end(start: &Rule) -> Option<Rule> {
    match &start.value {
        DateRule::Counted(counted @ Counted { base: Base::During(_), .. }) => {
            let value = DateRule::Counted(Counted { time: None, ..counted.clone() });
            Some(Placed { value, place: start.place.clone() })
        }
        _ => None,
    }
}

/// Start and end, one of them from the other where it is said how long the whole takes.
fn edges(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    read: impl Fn(&Node, &mut Reader<'_>) -> Option<Rule>,
) -> Option<(Option<Rule>, Option<Rule>)> {
    let start = r.may(f, "start", &read);
    let end = r.may(f, "end", &read);
    let takes = r.may(f, "takes", takes);
    let (start, end) = (start?, end?);
    let Some(takes) = takes? else { return Some((start, end)) };
    match (start, end) {
        (Some(start), None) => Some((Some(start), Some(takes))),
        (None, Some(end)) => Some((Some(takes), Some(end))),
        (both, _) => {
            let place = r.source.at(f.key_range("takes").unwrap_or_default());
            let (code, expected) = match both {
                Some(_) => (Code::ConflictingKeys, "start and end say it already"),
                None => (Code::MissingKey, "a `start` or an `end` is needed to count from"),
            };
            let help = "write `start` and `takes`, or `end` and `takes`, or `start` and `end`";
            let message = "`takes` finds one end from the other";
            r.faults.push(Diagnostic::new(code, place, message).expected(expected).help(help));
            None
        }
    }
}

fn takes(node: &Node, r: &mut Reader<'_>) -> Option<Rule> {
    let span = span(node, r)?;
    if span.count < 1 || span.unit == Unit::Days {
        let help = "write `takes: 5wd` for five working days, the first and the last included; \
                    days of the calendar are counted by an `end` with an `offset`";
        let expected = "a number of working days is expected";
        r.fault(Code::BadValue, node, format!("it takes {span}"), expected, help.to_owned());
        return None;
    }
    Some(Placed { value: DateRule::Takes(span), place: r.source.at(node.range.clone()) })
}

/// Whether an end is not before its start; else that is reported.
pub(super) fn in_order(start: NaiveDate, end: NaiveDate, node: &Node, r: &mut Reader<'_>) -> bool {
    if end < start {
        let message = format!("it ends on {}, before it starts", date::prose(end));
        let help = format!("it starts on {}", date::prose(start));
        r.fault(Code::BadValue, node, message, "a start and a later end are expected", help);
    }
    start <= end
}

/// The day of a rule that is written out.
fn written(rule: &Rule) -> Option<NaiveDate> {
    match &rule.value {
        DateRule::Literal(cell) => cell.day(),
        _ => None,
    }
}

/// A date cell: text in one of its forms, E-60, a rule, or nothing.
fn cell(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Rule> {
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
fn day(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Rule> {
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

fn has_election(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<()> {
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
fn counted(f: &mut Fields<'_>, r: &mut Reader<'_>, node: &Node, names: &Names) -> Option<Counted> {
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

fn span(node: &Node, r: &mut Reader<'_>) -> Option<Span> {
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

/// What holds dates where they are.
#[derive(Default)]
struct Held {
    started: Option<Placed<DateCell>>,
    ended: Option<Placed<DateCell>>,
    is_open: Option<Place>,
    fixed: Option<Placed<String>>,
    by: Option<Placed<Limit>>,
}

/// `actual` or `done: false`, `fixed` with `authority`, `by`.
fn held(f: &mut Fields<'_>, r: &mut Reader<'_>, names: &Names) -> Option<Held> {
    let actual = r.may(f, "actual", actual);
    let is_open = r.may(f, "done", not_done);
    let fixed = r.may(f, "fixed", |n, r| r.flag(n).map(|fixed| fixed.then(|| r.source.at(n.range.clone()))));
    let fixed = fixed.map(Option::flatten);
    let authority = match fixed {
        Some(Some(_)) => r.need(f, "authority", |n, r| r.text(n)).map(Some),
        _ => r.may(f, "authority", |n, r| {
            let help = "add a line `fixed: true`, or take `authority` out".to_owned();
            let message = "an authority for what is not fixed".to_owned();
            r.fault(Code::MissingKey, n, message, "`fixed: true` stands beside it", help);
            None
        }),
    };
    let by = r.may(f, "by", |n, r| limit(n, r, names));
    let (started, ended) = actual?.unwrap_or_default();
    let is_open = is_open?.flatten();
    if let (Some(place), Some(ended)) = (&is_open, &ended) {
        r.faults.push(
            Diagnostic::new(
                Code::ConflictingKeys,
                place.clone(),
                "`done: false` of what has an `actual` end",
            )
            .expected("what was done has its day; what was not has none")
            .because(vec![(ended.place.clone(), "it ended on this day".to_owned())])
            .help("take one of the two lines out"),
        );
        return None;
    }
    let fixed = authority?.zip(fixed?).map(|(value, place)| Placed { value, place });
    Some(Held { started, ended, is_open, fixed, by: by? })
}

/// `done: false`. That something was done is said by its day.
fn not_done(node: &Node, r: &mut Reader<'_>) -> Option<Option<Place>> {
    if r.flag(node)? {
        let help = "write the day on which it was done: `actual: 6/10/2024`".to_owned();
        let message = "`done: true` does not say when".to_owned();
        r.fault(Code::BadValue, node, message, "`done` says of what is past that it was not done", help);
        return None;
    }
    Some(Some(r.source.at(node.range.clone())))
}

/// Rules and what holds them; what is fixed hangs on nothing that moves.
fn whole(start: Rule, end: Rule, held: Held, r: &mut Reader<'_>) -> Option<Dates> {
    if let Some(fixed) = &held.fixed
        && let Some(rule) = [&start, &end].into_iter().find(|rule| rule.value.hangs())
    {
        let message = "a fixed date hangs on something that moves";
        r.faults.push(
            Diagnostic::new(Code::FixedMoves, rule.place.clone(), message)
                .expected(format!("it is fixed: {}", fixed.value))
                .help("write the date itself, or E-60; or take `fixed` out"),
        );
        return None;
    }
    nothing_happens(&start, &end, &held, r)?;
    let Held { started, ended, is_open, fixed, by } = held;
    Some(Dates { start, end, started, ended, is_open, fixed, by })
}

/// Reports that something did start that has no start, or did end that has no end. One day for both goes to the one that
/// there is.
fn nothing_happens(start: &Rule, end: &Rule, held: &Held, r: &mut Reader<'_>) -> Option<()> {
    let is_none =
        |rule: &Rule| matches!(&rule.value, DateRule::Literal(DateCell::Empty | DateCell::NotApplicable));
    let place = |happened: &Happened| happened.as_ref().map(|happened| happened.place.clone());
    let (started, ended) = (place(&held.started), place(&held.ended));
    let one_day = started == ended;
    let (start, end) = (is_none(start), is_none(end));
    let wrong = match (started, ended) {
        (Some(place), _) if start && (!one_day || end) => Some((place, "start", "end")),
        (_, Some(place)) if end && !one_day => Some((place, "end", "start")),
        _ => None,
    };
    let Some((place, edge, other)) = wrong else { return Some(()) };
    let help = match (start, end) {
        (true, true) => "give it a `start` or an `end` first".to_owned(),
        _ => format!("write `actual: {{{other}: ...}}`, or give it a planned `{edge}`"),
    };
    let message = format!("`actual` has the {edge} of something that has no {edge}");
    r.faults.push(
        Diagnostic::new(Code::BadValue, place, message)
            .expected(format!("no `{edge}` is planned, so none is printed"))
            .help(help),
    );
    None
}

type Happened = Option<Placed<DateCell>>;

/// When something did happen: one date for both ends, or `start` and `end`.
fn actual(node: &Node, r: &mut Reader<'_>) -> Option<(Happened, Happened)> {
    let read = |node: &Node, r: &mut Reader<'_>| {
        let text = r.text(node)?;
        let cell = literal(&text, node, r)?;
        if !matches!(cell, DateCell::Day(_) | DateCell::Moment(..)) {
            let help = "write a date; what has not happened yet has no `actual`".to_owned();
            r.fault(Code::BadDate, node, format!("`{text}` is no day"), "when it happened is expected", help);
            return None;
        }
        Some(Placed { value: cell, place: r.source.at(node.range.clone()) })
    };
    if !matches!(node.data, Data::Map(_)) {
        let cell = read(node, r)?;
        return Some((Some(cell.clone()), Some(cell)));
    }
    let mut f = r.fields(node, "what happened")?;
    let start = r.may(&mut f, "start", read);
    let end = r.may(&mut f, "end", read);
    r.end(&f);
    Some((start?, end?))
}

fn limit(node: &Node, r: &mut Reader<'_>, names: &Names) -> Option<Placed<Limit>> {
    let value = match e_days(&r.text(node)?) {
        Some(days) => has_election(node, r, names).map(|()| Limit::Election(days))?,
        None => Limit::Start(target(node, r, names)?.value),
    };
    Some(Placed { value, place: r.source.at(node.range.clone()) })
}

fn literal(text: &str, node: &Node, r: &mut Reader<'_>) -> Option<DateCell> {
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
