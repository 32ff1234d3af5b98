//! What holds dates where they are: `actual`, `fixed` with `authority`, `by`.
//!
//! In: the keys of a task or a milestone. Out: [`Held`]; faults of what is held by nothing. Not here: whether a date keeps
//! to it.

use super::{
    fields::Fields,
    reader::Reader,
    rule::{Names, limit, literal},
};
use crate::{
    diagnostic::{Code, Placed},
    model::{DateCell, Limit},
    yaml::{Data, Node},
};

/// What holds dates where they are.
#[derive(Default)]
pub(super) struct Held {
    pub started: Option<Placed<DateCell>>,
    pub ended: Option<Placed<DateCell>>,
    pub fixed: Option<Placed<String>>,
    pub by: Option<Placed<Limit>>,
}

/// `actual`, `fixed` with `authority`, `by`.
pub(super) fn held(f: &mut Fields<'_>, r: &mut Reader<'_>, names: &Names<'_>) -> Option<Held> {
    let actual = r.may(f, "actual", actual);
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
    let fixed = authority?.zip(fixed?).map(|(value, place)| Placed { value, place });
    Some(Held { started, ended, fixed, by: by? })
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
