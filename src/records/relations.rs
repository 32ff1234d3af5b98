//! What memos say of each other, held against the days on which they came.
//!
//! In: the keys of a memo; all memos. Out: what a memo says of others; faults of memos that lead back to each other,
//! warnings of an earlier memo that changes a later one; which memos replace which. Not here: which memo is in force, which
//! `model` decides.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{fields::Fields, memo::MemoReferences, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, Placed, offered},
    model::{Archived, ById, Circles, Id, InForce, Memo, Relation, Statement, Status, date},
};

/// The earlier memos that a memo names.
pub(super) fn read(
    id: &Id,
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    around: &MemoReferences<'_>,
) -> Vec<(Relation, Placed<Id>)> {
    let mut relations = Vec::new();
    for relation in Relation::ALL {
        let named = r.may(f, relation.key(), |n, r| {
            Some(r.list(n, |n, r| {
                let other = r.id(n)?;
                if other != *id && around.memos.contains(other.as_str()) {
                    return Some(Placed { value: other, place: r.source.at(n.range.clone()) });
                }
                let others = around.memos.iter().map(String::as_str).filter(|known| *known != id.as_str());
                let help = offered(other.as_str(), others);
                let message = if other == *id {
                    "a memo stands in no relation to itself".to_owned()
                } else {
                    format!("there is no memo `{other}`")
                };
                r.fault(Code::UnknownMemo, n, message, "the name of another memo's file is expected", help);
                None
            }))
        });
        relations.extend(named.flatten().unwrap_or_default().into_iter().map(|other| (relation, other)));
    }
    relations
}

/// What the relations of all memos come to.
pub(super) struct Checked {
    /// The memos with an error.
    pub circling: Vec<Id>,
    /// By each memo, those that update or supersede it, and are not withdrawn themselves; none of those with an error.
    pub replacing: BTreeMap<Id, Vec<Id>>,
}

/// Reports memos whose relations cannot be, of those that `wanted` accepts.
pub(super) fn check(
    memos: &ById<Memo>,
    archive: &ById<Archived>,
    faults: &mut Faults,
    wanted: impl Fn(&str) -> bool,
) -> Checked {
    let all = || memos.values().flatten().map(|memo| &**memo);
    let statements: Vec<Statement<'_>> = all().map(Statement::of).collect();
    let circles = Circles::of(&statements);
    let mut days: BTreeMap<&str, NaiveDate> = all().map(|memo| (memo.id.as_str(), memo.date)).collect();
    days.extend(archive.values().flatten().map(|memo| (memo.id.as_str(), memo.date)));
    let mut circling = Vec::new();
    let mut told = BTreeSet::new();
    let mut by_day: Vec<&Memo> = all().filter(|memo| memo.status != Status::Withdrawn).collect();
    by_day.sort_by_key(|memo| (memo.date, &memo.id));
    for memo in by_day.into_iter().filter(|memo| wanted(memo.id.as_str())) {
        let mut is_circling = false;
        for (relation, other) in &memo.relations {
            let (id, other_id) = (memo.id.as_str(), other.value.as_str());
            if let Some(circle) = circles.joining(id, other_id) {
                // A circle is one fault, at its earliest memo.
                if told.insert(circle) {
                    faults.push(circular(memo, *relation, other, &circles, memos));
                    is_circling = true;
                }
            } else if let Some(day) = days.get(other_id).filter(|day| **day > memo.date) {
                faults.push(backward(memo, *relation, other, *day));
            }
        }
        circling.extend(is_circling.then(|| memo.id.clone()));
    }
    let in_force = match circling.is_empty() {
        true => InForce::within(&statements, &circles),
        false => {
            let right =
                statements.into_iter().filter(|memo| !circling.iter().any(|id| id.as_str() == memo.id));
            InForce::of(&right.collect::<Vec<_>>())
        }
    };
    let replacing = replacing(memos, &in_force);
    Checked { circling, replacing }
}

fn circular(
    memo: &Memo,
    relation: Relation,
    other: &Placed<Id>,
    circles: &Circles<'_>,
    memos: &ById<Memo>,
) -> Diagnostic {
    let back = back(&other.value, memo, circles, memos);
    let verb = relation.key();
    let message = format!("memo {} {verb} memo {}, which leads back to it", memo.id, other.value);
    let help =
        format!("keep the line in the memo that came later, and take the other one out of {}", memo.id);
    Diagnostic::new(Code::RelationCycle, other.place.clone(), message)
        .expected("of two memos one changes the other")
        .because(back)
        .help(help)
}

/// The way from a memo back to another one, each step with its place.
fn back(from: &Id, to: &Memo, circles: &Circles<'_>, memos: &ById<Memo>) -> Vec<(Place, String)> {
    let mut came: BTreeMap<&Id, (&Id, Relation, &Place)> = BTreeMap::new();
    let mut rest = vec![from];
    let mut at = 0;
    while let Some(id) = rest.get(at).copied() {
        at += 1;
        let said = memos.get(id).and_then(Option::as_ref).map(|memo: &Arc<Memo>| memo.relations.as_slice());
        for (relation, next) in said.unwrap_or_default() {
            let is_new = next.value != *from && !came.contains_key(&next.value);
            if is_new && circles.joining(id.as_str(), next.value.as_str()).is_some() {
                came.insert(&next.value, (id, *relation, &next.place));
                rest.push(&next.value);
            }
        }
    }
    let mut steps = Vec::new();
    let mut id = &to.id;
    while let Some((before, relation, place)) = came.remove(id) {
        steps.push((place.clone(), format!("memo {before} {} memo {id}", relation.key())));
        id = before;
    }
    steps.reverse();
    // The ends say enough of a long way.
    if steps.len() > 6 {
        steps.drain(3..steps.len() - 3);
    }
    steps
}

fn backward(memo: &Memo, relation: Relation, other: &Placed<Id>, day: NaiveDate) -> Diagnostic {
    let (verb, id) = (relation.key(), &memo.id);
    let message = format!("memo {id} of {} {verb} a later memo", date::prose(memo.date));
    Diagnostic::new(Code::BackwardRelation, other.place.clone(), message)
        .expected(format!("memo {} is of {}", other.value, date::prose(day)))
        .help(format!(
            "correct the date or the number; or, if memo {} is the newer one, take this out and let it name memo {id}",
            other.value
        ))
}

/// By each memo, those that update or supersede it, and are not withdrawn themselves.
fn replacing(memos: &ById<Memo>, in_force: &InForce<'_>) -> BTreeMap<Id, Vec<Id>> {
    let mut replacing = BTreeMap::new();
    for id in memos.keys() {
        let later = in_force.later(id.as_str()).iter();
        let later = later.filter(|later| later.replaces());
        let later: Vec<Id> = later.filter_map(|later| later.id.parse().ok()).collect();
        if !later.is_empty() {
            replacing.insert(id.clone(), later);
        }
    }
    replacing
}
