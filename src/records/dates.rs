//! When something is: `start`, `end`, `takes`, and what holds them -> [`Dates`].
//!
//! In: the keys of a task or a milestone, and the names that its rules may use. Out: both ends, each with its rule; faults
//! of ends that cannot be found. Not here: how a rule is read, and which day it leads to.

use chrono::NaiveDate;

use super::{
    fields::Fields,
    held::{Held, held},
    reader::Reader,
    rule::{BASES, Rule, RuleNames, cell, counted, day, span},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Placed},
    model::{Base, Counted, DateCell, DateRule, Dates, OnClosed, Span, Unit, date},
    yaml::{Data, Node},
};

/// The dates of a task, whose rules stand among its other keys.
pub(super) fn of_task(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    node: &Node,
    names: &RuleNames<'_>,
) -> Option<Dates> {
    let edges = edges(f, r, |n, r| cell(n, r, names));
    let held = held(f, r, names);
    let (start, end) = edges?;
    let end = end.or_else(|| start.as_ref().and_then(until_its_end));
    let nothing =
        Placed { value: DateRule::Literal(DateCell::Empty), place: r.source.at(node.range.clone()) };
    whole(start.unwrap_or_else(|| nothing.clone()), end.unwrap_or(nothing), held?, r)
}

/// The dates of a milestone, and whether it is a window.
pub(super) fn of_milestone(node: &Node, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<(Dates, bool)> {
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
    let alone = BASES.into_iter().any(has);
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
    if !window && let Some(held) = &held {
        held.is_one_day(r)?;
    }
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
            let value = DateRule::Counted(Counted {
                offset: Span::NONE,
                not_before: None,
                time: None,
                ..counted.clone()
            });
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
    if span.count < 1 || span.unit != Unit::WorkingDays {
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
    held.fits(&start, &end, r)?;
    let Held { started, ended, is_open, fixed, by } = held;
    let [start, end] = [start, end].map(|rule| if fixed.is_some() { staying(rule) } else { rule });
    Some(Dates { start, end, started, ended, is_open, fixed, by })
}

/// What the law fixes stays on a closed day, if the rule says nothing else.
fn staying(mut rule: Rule) -> Rule {
    if let DateRule::Counted(counted) = &mut rule.value {
        counted.closed.get_or_insert(OnClosed::Stay);
    }
    rule
}
