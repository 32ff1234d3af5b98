//! Which memos are in force, and what memos say of each other that holds.
//!
//! In: of each memo its day, whether it was withdrawn, and what it says of others. Out: [`InForce`], which every list,
//! page and command asks, so that none contradicts another. Not here: its words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Memo, Relation, Status};

/// What a memo says of others, and whether it may.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The memo.
    pub id: &'a str,
    /// The date that it bears.
    pub day: NaiveDate,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// The memos that it names, each with how it stands to it.
    pub relations: Vec<(Relation, &'a str)>,
}

impl<'a> Statement<'a> {
    /// Of a memo.
    pub fn of(memo: &'a Memo) -> Statement<'a> {
        Statement {
            id: memo.id.as_str(),
            day: memo.date,
            withdrawn: memo.status == Status::Withdrawn,
            relations: memo.relations.iter().map(|(kind, other)| (*kind, other.value.as_str())).collect(),
        }
    }
}

/// What another memo says of a memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Later<'a> {
    /// How it stands to the memo.
    pub relation: Relation,
    /// The other memo.
    pub id: &'a str,
    /// Whether the other one was withdrawn. Then it holds no more, and is only told.
    pub withdrawn: bool,
}

impl Later<'_> {
    /// Whether the other memo is to be read instead of the memo.
    pub fn supersedes(&self) -> bool {
        !self.withdrawn && self.relation == Relation::Supersedes
    }

    /// Whether the other memo is to be read instead of the memo, or after it.
    pub fn replaces(&self) -> bool {
        !self.withdrawn && self.relation != Relation::Corrects
    }
}

/// Which memos are in force.
///
/// - A memo that was withdrawn is not in force, and nothing that it said of others holds.
/// - A memo that another one supersedes is not in force, also if that one was superseded in its turn.
/// - If memos lead back to each other, the later one is right: what an earlier one says of a later one does not hold.
#[derive(Debug, Default)]
pub struct InForce<'a> {
    withdrawn: BTreeSet<&'a str>,
    later: BTreeMap<&'a str, Vec<Later<'a>>>,
}

impl<'a> InForce<'a> {
    /// Of all memos.
    pub fn of(memos: &[Statement<'a>]) -> InForce<'a> {
        InForce::within(memos, &Circles::of(memos))
    }

    /// The same, if their circles are known.
    pub fn within(memos: &[Statement<'a>], circles: &Circles<'a>) -> InForce<'a> {
        let days: BTreeMap<&str, NaiveDate> = memos.iter().map(|memo| (memo.id, memo.day)).collect();
        let mut found = InForce::default();
        for memo in memos {
            if memo.withdrawn {
                found.withdrawn.insert(memo.id);
            }
            for (relation, earlier) in &memo.relations {
                let is_later = days.get(earlier).is_none_or(|day| (*day, *earlier) < (memo.day, memo.id));
                if is_later || circles.joining(memo.id, earlier).is_none() {
                    let told = Later { relation: *relation, id: memo.id, withdrawn: memo.withdrawn };
                    found.later.entry(earlier).or_default().push(told);
                }
            }
        }
        found
    }

    /// What others say of a memo, in the order in which they were given: also those that were withdrawn since.
    pub fn later(&self, id: &str) -> &[Later<'a>] {
        self.later.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether readers are to follow a memo: it was not withdrawn, and nothing supersedes it.
    pub fn is_in_force(&self, id: &str) -> bool {
        !self.withdrawn.contains(id) && !self.later(id).iter().any(Later::supersedes)
    }
}

/// The groups of memos that lead to each other and back.
pub struct Circles<'a>(BTreeMap<&'a str, usize>);

impl<'a> Circles<'a> {
    /// Of all memos but those that were withdrawn. The time it takes grows with the relations.
    pub fn of(memos: &[Statement<'a>]) -> Circles<'a> {
        let mut forth: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        let mut back: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        for memo in memos.iter().filter(|memo| !memo.withdrawn) {
            for (_, other) in &memo.relations {
                forth.entry(memo.id).or_default().push(other);
                back.entry(other).or_default().push(memo.id);
            }
        }
        // Kosaraju: the last that is left going forth comes first going back, and whom it reaches then is in its group.
        let mut left = Vec::new();
        let mut seen = BTreeSet::new();
        for memo in memos {
            walk(memo.id, &forth, &mut seen, &mut left);
        }
        let mut groups = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (group, id) in left.iter().rev().enumerate() {
            let mut members = Vec::new();
            walk(id, &back, &mut seen, &mut members);
            groups.extend(members.into_iter().map(|member| (member, group)));
        }
        Circles(groups)
    }

    /// Which group has both of two memos; if one leads to the other, that one leads back to it.
    pub fn joining(&self, one: &str, other: &str) -> Option<usize> {
        let group = self.0.get(one)?;
        (self.0.get(other) == Some(group)).then_some(*group)
    }
}

/// Goes to all that can be reached, and notes each when nothing new is reached from it. A long chain takes no stack.
fn walk<'a>(
    from: &'a str,
    to: &BTreeMap<&str, Vec<&'a str>>,
    seen: &mut BTreeSet<&'a str>,
    left: &mut Vec<&'a str>,
) {
    if !seen.insert(from) {
        return;
    }
    let next = |id: &str| to.get(id).map(Vec::as_slice).unwrap_or_default().iter();
    let mut path = vec![(from, next(from))];
    while let Some((id, rest)) = path.last_mut() {
        match rest.find(|other| seen.insert(other)) {
            Some(other) => path.push((other, next(other))),
            None => {
                left.push(id);
                path.pop();
            }
        }
    }
}
