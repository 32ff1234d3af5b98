//! Which memos stand in relation to which, and how a page says it.
//!
//! In: what each memo says of earlier ones. Out: for each page its lines, the reverse included: what
//! a later memo says is shown on the earlier one without being written into it. Not here: YAML.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    issued::{Lock, LockFile},
    model::{Id, Relation, date},
    output::{Form, OutputPath, Piece},
};

/// What others call a memo.
#[derive(Debug, Clone)]
pub struct MemoReference {
    /// Its number; a draft may have none.
    pub number: Option<String>,
    /// Its subject.
    pub title: String,
    /// Its date in prose.
    pub date: String,
    /// Where it can be read.
    pub page: Location,
}

impl MemoReference {
    /// What others call an issued memo: by what its lock says.
    pub fn of_issued(locked: &LockFile) -> MemoReference {
        let Lock { memo, path, .. } = &locked.lock;
        MemoReference {
            number: memo.number.clone(),
            title: memo.title.clone(),
            date: date::prose(memo.date),
            page: Location::Path(path.of(Piece::Memo, Form::Html)),
        }
    }
}

/// Where a memo can be read.
#[derive(Debug, Clone)]
pub enum Location {
    /// In the output folder.
    Path(OutputPath),
    /// Elsewhere.
    Address(String),
}

/// The relations between all memos.
#[derive(Debug, Default)]
pub struct Relations {
    /// By the memo that shows it: the words before, and the other memo.
    lines: BTreeMap<String, Vec<(&'static str, Id)>>,
    named: BTreeMap<Id, MemoReference>,
}

/// A line of a page: "Updates CC/ROV #21130 of June 1, 2021: ...".
#[derive(Serialize)]
pub(super) struct RelationLine<'a> {
    words: &'static str,
    number: Option<&'a str>,
    title: &'a str,
    date: &'a str,
    href: String,
}

impl Relations {
    /// Takes in that a memo stands in relation to an earlier one. If it is not `told`, only the later one says so.
    pub fn add(&mut self, later: &Id, relation: Relation, earlier: &Id, told: bool) {
        let mut say = |on: &Id, words, other: &Id| {
            self.lines.entry(on.to_string()).or_default().push((words, other.clone()));
        };
        say(later, relation.words(), earlier);
        if told {
            say(earlier, relation.reverse_words(), later);
        }
    }

    /// The memos that some page names.
    pub fn needed(&self) -> BTreeSet<Id> {
        self.lines.values().flatten().map(|(_, id)| id.clone()).collect()
    }

    /// Takes in what a memo is called.
    pub fn name(&mut self, id: Id, related: MemoReference) {
        self.named.insert(id, related);
    }

    /// The lines of a memo's page, which stands at `here`.
    pub(super) fn of(&self, id: &str, here: &OutputPath) -> Vec<RelationLine<'_>> {
        let lines = self.lines.get(id).into_iter().flatten();
        let line = |(words, other): &(&'static str, Id)| {
            let other = self.named.get(other)?;
            let href = match &other.page {
                Location::Path(path) => path.relative_to(here),
                Location::Address(address) => address.clone(),
            };
            let number = other.number.as_deref();
            Some(RelationLine { words, number, title: &other.title, date: &other.date, href })
        };
        lines.filter_map(line).collect()
    }
}
