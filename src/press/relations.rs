//! Which memos stand in relation to which, or name each other in their texts, and how readers are led from one to another.
//!
//! In: what each memo says of others. Out: for each page its lines, the reverse included: what a later memo says is
//! shown on the earlier one without being written into it; for each document the links of its text. Not here: YAML,
//! how texts name memos, which memo is in force.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    document::Document,
    issued::{Lock, LockFile},
    model::{Id, InForce, Relation, Status, date},
    output::{Form, OutputPath, Piece},
    prose,
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
    /// That it was withdrawn, if it was.
    pub withdrawn: Option<Withdrawal>,
}

/// That a memo was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// When, in prose; memos of older years do not say it.
    date: Option<String>,
}

impl Withdrawal {
    /// Of a memo of this status.
    pub fn of(status: &str, day: Option<NaiveDate>) -> Option<Withdrawal> {
        (status == Status::Withdrawn.word()).then(|| Withdrawal { date: day.map(date::prose) })
    }
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
            withdrawn: Withdrawal::of(&memo.status, memo.withdrawn),
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
    /// By the memo that shows them.
    lines: BTreeMap<String, Vec<RelationWords>>,
    /// By the memo whose texts can name them: the others.
    mentions: BTreeMap<String, BTreeSet<Id>>,
    named: BTreeMap<Id, MemoReference>,
}

/// What a page says of another memo.
#[derive(Debug)]
struct RelationWords {
    words: &'static str,
    other: Id,
    /// Whether it says that the other memo was withdrawn: of one that is not to be read any more that changes nothing.
    tells_withdrawal: bool,
    /// Whether the other memo says so of this one, and how.
    later: Option<Relation>,
}

/// A line of a page: "Updates CC/ROV #21130 of June 1, 2021: ...".
#[derive(Serialize)]
pub(super) struct RelationLine<'a> {
    words: &'static str,
    number: Option<&'a str>,
    title: &'a str,
    date: &'a str,
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<&'a Withdrawal>,
    /// Whether it is what a later memo says of this one.
    later: bool,
    /// Whether the other memo is to be read in place of this one, or after it.
    pub(super) replaces: bool,
    /// Whether it is to be read in place of this one.
    pub(super) supersedes: bool,
}

impl Relations {
    /// Takes in that a memo says of itself how it stands to an earlier one.
    pub fn add(&mut self, later: &Id, relation: Relation, earlier: &Id) {
        self.say(later.as_str(), relation.words(), earlier.as_str(), relation == Relation::Updates, None);
    }

    /// Takes in what the page of a memo says of later ones.
    pub fn tell(&mut self, memo: &Id, in_force: &InForce<'_>) {
        for later in in_force.later(memo.as_str()) {
            self.say(memo.as_str(), later.relation.reverse_words(), later.id, true, Some(later.relation));
        }
    }

    fn say(
        &mut self,
        on: &str,
        words: &'static str,
        other: &str,
        tells_withdrawal: bool,
        later: Option<Relation>,
    ) {
        let line = other.parse().ok().map(|other| RelationWords { words, other, tells_withdrawal, later });
        self.lines.entry(on.to_owned()).or_default().extend(line);
    }

    /// Takes in that a memo's texts can name others by the number that all of these bear. If the memo's page leads to
    /// one already, in a line of its own, the text does not do so again.
    pub fn mention(&mut self, memo: &Id, others: &[&Id]) {
        let mut lines = self.lines.get(memo.as_str()).into_iter().flatten();
        if !others.is_empty() && !lines.any(|told| others.contains(&&told.other)) {
            let mentions = self.mentions.entry(memo.to_string()).or_default();
            mentions.extend(others.iter().map(|other| (*other).clone()));
        }
    }

    /// The memos that some page or text names.
    pub fn needed(&self) -> BTreeSet<Id> {
        let lines = self.lines.values().flatten().map(|line| &line.other);
        lines.chain(self.mentions.values().flatten()).cloned().collect()
    }

    /// Takes in what a memo is called.
    pub fn name(&mut self, id: Id, related: MemoReference) {
        self.named.insert(id, related);
    }

    /// The lines of a memo's page, which stands at `here`.
    pub(super) fn of(&self, id: &str, here: &OutputPath) -> Vec<RelationLine<'_>> {
        let lines = self.lines.get(id).into_iter().flatten();
        let line = |line: &RelationWords| {
            let other = self.named.get(&line.other)?;
            let href = other.page.from(here, None);
            let number = other.number.as_deref();
            let withdrawn = other.withdrawn.as_ref().filter(|_| line.tells_withdrawal);
            let holds = other.withdrawn.is_none();
            Some(RelationLine {
                later: line.later.is_some(),
                replaces: holds && line.later.is_some_and(|later| later != Relation::Corrects),
                supersedes: holds && line.later == Some(Relation::Supersedes),
                words: line.words,
                number,
                title: &other.title,
                date: &other.date,
                href,
                withdrawn,
            })
        };
        lines.filter_map(line).collect()
    }

    /// Where the numbers in a memo's texts lead from a file at `here`: to whole addresses, if the website has the
    /// address `base`.
    pub(super) fn numbers(&self, id: &str, here: &OutputPath, base: Option<&str>) -> MemoLinks {
        let mut links = BTreeMap::new();
        for other in self.mentions.get(id).into_iter().flatten().filter_map(|other| self.named.get(other)) {
            let Some(number) = &other.number else { continue };
            let several = links.contains_key(number);
            let href = match format!("{number}/index.html").parse() {
                // The page of the number lists them all.
                Ok(list) if several => Location::Path(list).from(here, base),
                _ => other.page.from(here, base),
            };
            links.insert(number.clone(), href);
        }
        MemoLinks(links)
    }
}

impl Location {
    /// How a file at `here` refers to it: by the whole address, if the website has the address `base`.
    fn from(&self, here: &OutputPath, base: Option<&str>) -> String {
        match (self, base) {
            (Location::Path(path), None) => path.relative_to(here),
            (Location::Path(path), Some(base)) => format!("{base}/{path}"),
            (Location::Address(address), _) => address.clone(),
        }
    }
}

/// Where the numbers of memos in a text lead.
#[derive(Debug, Serialize)]
pub(super) struct MemoLinks(BTreeMap<String, String>);

impl MemoLinks {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A document whose text leads to the memos that it names.
    pub fn put_into<'d>(&self, document: &'d Document) -> Cow<'d, Document> {
        if self.is_empty() {
            Cow::Borrowed(document)
        } else {
            Cow::Owned(document.with_links(&|text| self.of(text)))
        }
    }

    fn of(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let link = |found: prose::Reference| Some((found.range, self.0.get(found.number.as_str())?.clone()));
        prose::references(text).into_iter().filter_map(link).collect()
    }
}
