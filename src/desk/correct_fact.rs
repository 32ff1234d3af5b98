//! A fact of the office that changed, such as a telephone number, as a correction of all issued memos that printed it.
//!
//! In: a snapshot; which fact, which memos, what was wrong. Out: the facts that issued memos printed otherwise; one plan that corrects the
//! memos by this fact alone. Not here: how a memo is corrected (`issue`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::{
    BroughtChange, CorrectionRequest, IssueReport, IssueRequest, MemoLeftOut, Refused, TakenChanges,
    brought::brought, issue, known, output_plan, written_status,
};
use crate::{
    folder::{Plan, Snapshot, Unchanged, stem},
    issued::{Lock, source_digest},
    model::Status,
    output::{File, Form, Piece, Verdict},
    yaml::{Entry, outline, value},
};

/// A fact of the office that issued memos printed otherwise than it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedFact {
    /// Where it stands in the office's file: `contacts.help-desk.phone`.
    pub key: String,
    /// As the memos printed it.
    pub from: String,
    /// As it is now.
    pub to: String,
    /// The memos, by their ids.
    pub memos: Vec<String>,
}

/// A fact that is to be corrected in issued memos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactCorrection {
    /// As the memos printed it.
    pub from: String,
    /// As it is now.
    pub to: String,
    /// The memos, by their ids.
    pub memos: Vec<String>,
    /// What was wrong, as it reads after "Corrected September 2, 2021:".
    pub what: String,
    /// When it is corrected.
    pub date: NaiveDate,
}

/// The facts of contacts and letterheads that issued memos printed otherwise than they are now. Withdrawn memos are nobody's to correct.
pub fn printed_facts(snapshot: &Snapshot) -> Vec<PrintedFact> {
    let Some(office) = snapshot.texts.office.map(|office| &snapshot.sources.get(office).text) else {
        return Vec::new();
    };
    // What was issued with this office printed what it says.
    let of_now = source_digest("office.yaml", office.as_bytes());
    let office = outline(office).unwrap_or_default();
    let mut facts: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    for (id, source) in &snapshot.locks {
        let text = &snapshot.sources.get(*source).text;
        if text.contains(&of_now) {
            continue;
        }
        let entries = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
        let is_issued = written_status(&entries) == Some(Status::Issued);
        let Some(lock) = Lock::read(text).ok().filter(|_| is_issued) else {
            continue;
        };
        let changed: Vec<(String, String, &str)> = written_facts(&lock)
            .into_iter()
            .filter_map(|(key, from)| {
                let now = value(&office, &key).map(str::trim)?;
                (!now.is_empty() && now != from).then_some((key, from, now))
            })
            .collect();
        let printed = if changed.is_empty() { String::new() } else { published(snapshot, &lock) };
        for (key, from, to) in changed.into_iter().filter(|(_, from, _)| printed.contains(from)) {
            facts.entry((key, from, to.to_owned())).or_default().push(id.clone());
        }
    }
    let fact = |((key, from, to), memos)| PrintedFact { key, from, to, memos };
    facts.into_iter().map(fact).collect()
}

/// What a lock says of contacts and of its letterhead, by the keys of the office's file.
fn written_facts(lock: &Lock) -> Vec<(String, String)> {
    let seen = lock.resolved.as_ref().map(|seen| seen.get(0).unwrap_or(seen));
    let texts = |place: &str, view: Option<&Value>| {
        let entries = view.and_then(Value::as_object).into_iter().flatten();
        let text =
            |(key, text): (&String, &Value)| Some((format!("{place}.{key}"), text.as_str()?.to_owned()));
        entries.filter_map(text).collect::<Vec<_>>()
    };
    let mut facts = Vec::new();
    for (name, contact) in
        seen.and_then(|seen| seen.get("contacts")).and_then(Value::as_object).into_iter().flatten()
    {
        facts.extend(texts(&format!("contacts.{}", name.replace('_', "-")), Some(contact)));
    }
    if let Some(letterhead) = seen.and_then(|seen| seen.get("letterhead"))
        && let Some(id) = letterhead.get("id").and_then(Value::as_str)
    {
        facts.extend(texts(&format!("letterheads.{id}"), Some(letterhead)));
    }
    facts
}

/// What a memo says, as it was issued.
fn published(snapshot: &Snapshot, lock: &Lock) -> String {
    let texts = lock.memo.artifacts.iter().filter(is_own_text);
    let texts = texts.filter_map(|file| snapshot.published(&file.path).ok().flatten());
    texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Whether a file is what a memo says, and not what it said before a correction.
fn is_own_text(file: &&File) -> bool {
    file.kind == Form::Md && file.document != Piece::Earlier
}

/// Plans to correct a fact in issued memos, and nothing else in them. A memo in which it cannot be told apart from other changes, or that
/// was edited since, is left as it is.
///
/// # Errors
/// [`Refused`], as [`issue`](super::issue()) says.
pub fn correct_fact(snapshot: &Snapshot, wish: &FactCorrection) -> Result<Plan<IssueReport>, Refused> {
    let asked = known(snapshot, &wish.memos)?;
    let before = output_plan::manifest(snapshot)?;
    let found = brought(snapshot, &asked, &before, &Unchanged::since_build(snapshot).forgetful());
    let (mut memos, mut keys, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for id in asked {
        let refused =
            |reason: String| MemoLeftOut::Refused { id: id.clone(), reason, instead: String::new() };
        let Some(changes) = found.get(&id) else {
            left.push(refused(format!("{id} has no lock that can be read")));
            continue;
        };
        // The fact alone: what changes besides in the same lines would go along untold.
        let is_it = |change: &BroughtChange| match (&change.from, &change.to) {
            (Some(from), Some(to)) => from != to && from.replace(&wish.from, &wish.to) == *to,
            _ => false,
        };
        let choices = changes.choices(&TakenChanges::Unasked).into_iter();
        let own: Vec<String> = choices.filter(|one| is_it(&one.change)).map(|one| one.key).collect();
        match (changes.is_edited, own.is_empty()) {
            (true, _) => left.push(refused(format!(
                "{id} was edited since it was issued; correct it by itself, so that somebody reads the edit"
            ))),
            (false, true) => left.push(refused(format!(
                "in {id}, the change cannot be told apart from others; correct it by itself"
            ))),
            (false, false) => {
                memos.push(id);
                keys.extend(own);
            }
        }
    }
    let changes = TakenChanges::Only(keys);
    let correction = CorrectionRequest { what: wish.what.clone(), date: wish.date, changes, is_dated: true };
    loop {
        let correction = Some(correction.clone());
        let plan = issue(snapshot, &IssueRequest { memos: memos.clone(), correction, anyway: None })?;
        let typed = still_typed(&plan, wish);
        if typed.is_empty() {
            return Ok(plan.map(|report| IssueReport { left: [left, report.left].concat(), ..report }));
        }
        memos.retain(|memo| !typed.contains(memo));
        left.extend(typed.into_iter().map(|id| MemoLeftOut::Refused {
            reason: format!("“{}” also stands in the text of {id} as it was typed", wish.from),
            instead: "correct it by itself".to_owned(),
            id,
        }));
    }
}

/// The memos that would still print the fact as it was, since somebody typed it.
fn still_typed(plan: &Plan<IssueReport>, wish: &FactCorrection) -> Vec<String> {
    if wish.what.contains(&wish.from) {
        return Vec::new();
    }
    let changes = plan.output.iter().flat_map(|output| &output.changes);
    let texts: BTreeMap<&str, &[u8]> = changes
        .filter_map(|change| match &change.verdict {
            Verdict::Create(bytes) | Verdict::Replace(bytes) => {
                Some((change.path.as_str(), bytes.as_slice()))
            }
            Verdict::Keep | Verdict::Remove => None,
        })
        .collect();
    let says = |lock: &Lock| {
        let texts =
            lock.memo.artifacts.iter().filter(is_own_text).filter_map(|file| texts.get(file.path.as_str()));
        texts.into_iter().any(|text| String::from_utf8_lossy(text).contains(&wish.from))
    };
    let locks = plan.locks.iter().filter_map(|edit| Some((stem(edit.path.as_str()), edit.becomes.as_ref()?)));
    let still = locks.filter(|(_, text)| Lock::read(text).is_ok_and(|lock| says(&lock)));
    still.map(|(id, _)| id).collect()
}

/// What a fact is called: "the Help Desk, telephone".
pub fn fact_words(snapshot: &Snapshot, key: &str) -> String {
    let office = snapshot.texts.office.map(|office| &snapshot.sources.get(office).text);
    let office: Vec<Entry> = office.and_then(|text| outline(text)).unwrap_or_default();
    let (place, last) = key.rsplit_once('.').unwrap_or(("", key));
    let name = ["name", "division"].iter().find_map(|name| value(&office, &format!("{place}.{name}")));
    let last = match last {
        "phone" | "tel" => "telephone",
        other => other,
    };
    format!("{}, {last}", name.unwrap_or(place))
}
