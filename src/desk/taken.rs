//! Which of the changes from outside an issued memo go with its correction, and what is printed then.
//!
//! In: a memo as it was issued, as it would be printed today, as it is corrected; the changes that somebody ticked. Out: its Markdown
//! and its data with these changes alone. What cannot be told apart line by line goes as a whole or not at all. Not here: how what
//! is printed today comes about (`brought`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::{BroughtChange, brought::Brought};
use crate::{
    build::Build,
    in_common::in_common,
    issued::{Lock, MadeFrom},
    output::{File, Form, Piece, digest},
    press::SettledTexts,
};

/// Which changes from outside a memo go with its correction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TakenChanges {
    /// Nobody has said: if there are any, nothing is corrected.
    #[default]
    Unasked,
    /// All of them.
    All,
    /// These, by their keys; all else stays as it was issued.
    Only(Vec<String>),
}

/// A change from outside a memo that can be taken by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeChoice {
    /// What it is known by.
    pub key: String,
    /// Whether it goes with the correction.
    pub is_taken: bool,
    /// What differs.
    #[serde(flatten)]
    pub change: BroughtChange,
}

/// A document of an issued memo, as it was issued and as it would be printed today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reprint {
    pub piece: Piece,
    pub issued: String,
    pub today: String,
}

/// Lines that went and lines that came in their place.
struct Hunk<'t> {
    /// Where the lines that came stand, among those of the later text.
    at: std::ops::Range<usize>,
    from: Vec<&'t str>,
    to: Vec<&'t str>,
}

/// The stretches in which two texts differ: line by line, where as many came as went.
fn hunks<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Hunk<'t>> {
    let (mut found, mut at) = (Vec::new(), (0, 0));
    for next in in_common(old, new).into_iter().map(Some).chain([None]) {
        let end = next.unwrap_or((old.len(), new.len()));
        let (from, to) = (&old[at.0..end.0], &new[at.1..end.1]);
        if from.len() == to.len() {
            let pairs = from.iter().zip(to).enumerate().filter(|(_, (from, to))| from != to);
            let pair = |(nth, (from, to)): (usize, (&&'t str, &&'t str))| Hunk {
                at: at.1 + nth..at.1 + nth + 1,
                from: vec![*from],
                to: vec![*to],
            };
            found.extend(pairs.map(pair));
        } else {
            found.push(Hunk { at: at.1..end.1, from: from.to_vec(), to: to.to_vec() });
        }
        at = next.map_or(end, |(a, b)| (a + 1, b + 1));
    }
    found
}

impl Hunk<'_> {
    /// What it is known by: the same change is one, wherever it stands.
    fn key(&self) -> String {
        digest(format!("{}\n\n{}", self.from.join("\n"), self.to.join("\n")).as_bytes())[..8].to_owned()
    }

    fn change(&self, piece: Piece) -> BroughtChange {
        let text = |lines: &[&str]| {
            let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
            (!filled.is_empty()).then(|| filled.join(" "))
        };
        let what = if piece == Piece::Schedule { "the schedule" } else { "the memo" };
        BroughtChange { what: what.to_owned(), from: text(&self.from), to: text(&self.to) }
    }
}

impl Reprint {
    fn hunks(&self) -> Vec<Hunk<'_>> {
        hunks(&lines(&self.issued), &lines(&self.today))
    }

    /// The text of today with those changes alone that are taken.
    fn with(&self, taken: &BTreeSet<&str>) -> String {
        let today = lines(&self.today);
        let (mut kept, mut at): (Vec<&str>, usize) = (Vec::new(), 0);
        for hunk in self.hunks().into_iter().filter(|hunk| !taken.contains(hunk.key().as_str())) {
            kept.extend(&today[at..hunk.at.start]);
            kept.extend(&hunk.from);
            at = hunk.at.end;
        }
        kept.extend(&today[at..]);
        kept.concat()
    }
}

impl Brought {
    /// Whether somebody has said which changes go, and they can go so.
    pub fn goes(&self, taken: &TakenChanges) -> bool {
        match taken {
            TakenChanges::Unasked => false,
            TakenChanges::All => true,
            // What cannot be told apart is taken as a whole. Without an edit, something has to be taken.
            TakenChanges::Only(keys) => !self.reprints.is_empty() && (self.is_edited || !keys.is_empty()),
        }
    }

    /// The changes that can be taken by themselves, with those that are.
    pub fn choices(&self, taken: &TakenChanges) -> Vec<ChangeChoice> {
        let mut found: Vec<ChangeChoice> = Vec::new();
        for reprint in &self.reprints {
            for hunk in reprint.hunks() {
                let key = hunk.key();
                if found.iter().all(|known| known.key != key) {
                    let is_taken = match taken {
                        TakenChanges::Unasked => false,
                        TakenChanges::All => true,
                        TakenChanges::Only(keys) => keys.contains(&key),
                    };
                    found.push(ChangeChoice { key, is_taken, change: hunk.change(reprint.piece) });
                }
            }
        }
        found
    }

    /// Whether some of the changes stay behind.
    pub fn leaves_some(&self, taken: &TakenChanges) -> bool {
        self.choices(taken).iter().any(|one| !one.is_taken)
    }

    /// What is told of a correction: the changes that go with it, and those that could.
    pub fn told(&self, taken: &TakenChanges) -> (Vec<BroughtChange>, Vec<ChangeChoice>) {
        let mut choices = self.choices(taken);
        choices.iter_mut().for_each(|one| one.change.shorten());
        let gone = match choices.iter().all(|one| one.is_taken) {
            true => self.differences.clone(),
            false => choices.iter().filter(|one| one.is_taken).map(|one| one.change.clone()).collect(),
        };
        (gone, choices)
    }

    /// A corrected memo's documents without the changes that stay behind; `None` if its edit stands in the same lines as one.
    pub fn settled(&self, id: &str, taken: &TakenChanges, built: &Build) -> Option<SettledTexts> {
        let choices = self.choices(taken);
        let taken: BTreeSet<&str> =
            choices.iter().filter(|one| one.is_taken).map(|one| one.key.as_str()).collect();
        let text = |reprint: &Reprint| {
            let edited = printed_text(built, id, reprint.piece)?;
            Some(((id.to_owned(), reprint.piece), corrected(reprint, &edited, &taken)?))
        };
        self.reprints.iter().map(text).collect()
    }

    /// What changes that stay behind would have printed is no data of the memo either.
    pub fn settle_data(&self, taken: &TakenChanges, lock: &mut Lock) {
        if let (Some(then), Some(now)) = (&self.resolved, &lock.resolved) {
            lock.resolved = Some(data(then, now, &self.values, &self.choices(taken)));
        }
        // As long as something of office and templates stays behind, the memo is not what they make of it.
        if let Some(then) = &self.made_from {
            lock.made_from = MadeFrom { program: lock.made_from.program.clone(), ..then.clone() };
        }
    }
}

/// A document of a memo, as it was printed.
fn printed_text(built: &Build, id: &str, piece: Piece) -> Option<String> {
    let made = built.built.iter().find(|made| made.entry.id == id)?;
    let is_it = |file: &&File| (file.document, file.kind) == (piece, Form::Md);
    let path = &made.lock.as_ref()?.memo.artifacts.iter().find(is_it)?.path;
    let (_, bytes) = built.files.iter().find(|(there, _)| there == path)?;
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// A memo's document as it is corrected, with those changes alone that are taken; `None` if the edit and a change that is not taken
/// stand in the same lines.
fn corrected(reprint: &Reprint, edited: &str, taken: &BTreeSet<&str>) -> Option<String> {
    let wanted = reprint.with(taken);
    let (base, edited, wanted) = (lines(&reprint.today), lines(edited), lines(&wanted));
    let (ours, theirs) = (stretches(&base, &edited), stretches(&base, &wanted));
    let mut all: Vec<_> = ours.iter().chain(&theirs).collect();
    all.sort_by_key(|(range, _)| (range.start, range.end));
    // Two at one place would stand in an order that nobody chose.
    if all.windows(2).any(|two| two[0].0.end > two[1].0.start || two[0].0.start == two[1].0.start) {
        return None;
    }
    let (mut text, mut at) = (String::new(), 0);
    for (range, becomes) in all {
        text.extend(base[at..range.start].iter().copied());
        text.extend(becomes.iter().copied());
        at = range.end;
    }
    text.extend(base[at..].iter().copied());
    Some(text)
}

/// The stretches of a text that become others.
fn stretches<'t>(base: &[&'t str], new: &[&'t str]) -> Vec<(std::ops::Range<usize>, Vec<&'t str>)> {
    // Seen from the other side, what came stands where it went.
    hunks(new, base).into_iter().map(|hunk| (hunk.at, hunk.from)).collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The data that a memo was printed from, with those values alone that are taken: a value is, if every change that prints it is.
fn data(then: &Value, now: &Value, values: &[BroughtChange], choices: &[ChangeChoice]) -> Value {
    let prints = |choice: &ChangeChoice, value: &BroughtChange| {
        let has = |line: &Option<String>, text: &Option<String>| {
            text.as_deref().is_some_and(|text| line.as_deref().is_some_and(|line| line.contains(text)))
        };
        has(&choice.change.from, &value.from) && has(&choice.change.to, &value.to)
    };
    let is_taken = |value: &&BroughtChange| {
        let mut printing = choices.iter().filter(|choice| prints(choice, value)).peekable();
        printing.peek().is_some() && printing.all(|choice| choice.is_taken)
    };
    let taken: BTreeSet<&str> = values.iter().filter(is_taken).map(|value| value.what.as_str()).collect();
    match (then, now) {
        (Value::Array(then), Value::Array(now)) => {
            let first = then.first().zip(now.first()).map(|(then, now)| settled("", then, now, &taken));
            first.into_iter().chain(now.iter().skip(1).cloned()).collect()
        }
        (then, now) => settled("", then, now, &taken),
    }
}

fn settled(name: &str, then: &Value, now: &Value, taken: &BTreeSet<&str>) -> Value {
    match (then, now) {
        (Value::Object(was), Value::Object(is)) => {
            let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
            let value = |key: &String| {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                settled(&name, &of(was), &of(is), taken)
            };
            let all: BTreeMap<&String, Value> = keys.into_iter().map(|key| (key, value(key))).collect();
            let there = all.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(there.map(|(key, value)| (key.clone(), value)).collect())
        }
        (_, now) if taken.contains(name) => now.clone(),
        (then, _) => then.clone(),
    }
}
