//! What holds dates where they are: `actual` or `done: false`, `fixed` with `authority`, `by`.
//!
//! In: the keys of a task or a milestone. Out: [`Held`]; faults of what is held by nothing. Not here: whether a date keeps
//! to it.

use super::{
    fields::Fields,
    reader::Reader,
    rule::{Rule, RuleNames, limit, literal},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Placed},
    model::{DateCell, DateRule, Limit},
    yaml::{Data, Node},
};

/// What holds dates where they are.
#[derive(Default)]
pub(super) struct Held {
    pub started: Option<Placed<DateCell>>,
    pub ended: Option<Placed<DateCell>>,
    pub is_open: Option<Place>,
    pub fixed: Option<Placed<String>>,
    pub by: Option<Placed<Limit>>,
}

/// `actual` or `done: false`, `fixed` with `authority`, `by`.
pub(super) fn held(f: &mut Fields<'_>, r: &mut Reader<'_>, names: &RuleNames<'_>) -> Option<Held> {
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
        let message = "`done: false` of what has an `actual` end";
        r.faults.push(
            Diagnostic::new(Code::ConflictingKeys, place.clone(), message)
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

impl Held {
    /// Reports two days of what has one.
    pub fn is_one_day(&self, r: &mut Reader<'_>) -> Option<()> {
        let places = [&self.started, &self.ended].map(|day| day.as_ref().map(|day| day.place.clone()));
        let [started, ended] = &places;
        if started == ended {
            return Some(());
        }
        let place = ended.clone().or_else(|| started.clone())?;
        r.faults.push(
            Diagnostic::new(Code::BadValue, place, "`actual` has a start or an end of what is one day")
                .expected("the day on which it was is expected")
                .help("write `actual: 6/10/2024`"),
        );
        None
    }

    /// Reports that something did start that has no start, or did end that has no end. One day for both goes to the one
    /// that there is.
    pub fn fits(&self, start: &Rule, end: &Rule, r: &mut Reader<'_>) -> Option<()> {
        let is_none =
            |rule: &Rule| matches!(&rule.value, DateRule::Literal(DateCell::Empty | DateCell::NotApplicable));
        let place = |happened: &ActualDay| happened.as_ref().map(|happened| happened.place.clone());
        let (started, ended) = (place(&self.started), place(&self.ended));
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
}

type ActualDay = Option<Placed<DateCell>>;

/// When something did happen: one date for both ends, or `start` and `end`.
fn actual(node: &Node, r: &mut Reader<'_>) -> Option<(ActualDay, ActualDay)> {
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
