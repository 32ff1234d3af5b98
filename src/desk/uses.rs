//! Where a fact of the office is used: so that nobody changes one without seeing what follows.
//!
//! In: a snapshot. Out: for each entry of the office, how many drafts follow it and how many memos keep what they say. Only what memos
//! name is counted; what their texts take by a variable follows as well, and is not counted. Not here: the change itself.

use std::collections::BTreeMap;

use serde::Serialize;

use super::written_status;
use crate::{folder::Snapshot, model::Status, yaml::outline};

/// How many memos use an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Uses {
    /// Memos that are not issued: they follow a change.
    pub drafts: usize,
    /// Issued memos: they keep what they say.
    pub issued: usize,
}

/// The keys of a memo that name entries of the office, with the tables in which these stand.
const NAMING: [(&str, &str); 5] = [
    ("letterhead", "letterheads"),
    ("from", "people"),
    ("analyst", "people"),
    ("contact", "contacts"),
    ("election", "elections"),
];

/// How many memos use each entry of the office, by the entry's key: `people.ana-ruiz`.
pub fn uses(snapshot: &Snapshot) -> BTreeMap<String, Uses> {
    let mut found: BTreeMap<String, Uses> = BTreeMap::new();
    for (_, source) in &snapshot.texts.memos {
        let entries = outline(&snapshot.sources.get(*source).text).unwrap_or_default();
        let status = written_status(&entries);
        let mut named: Vec<String> = Vec::new();
        for (key, table) in NAMING {
            let of_key = entries.iter().filter(|entry| entry.path == key);
            named.extend(of_key.filter_map(|entry| Some(format!("{table}.{}", entry.text.as_ref()?))));
        }
        named.sort();
        named.dedup();
        for name in named {
            let uses = found.entry(name).or_default();
            match status.is_none_or(Status::is_open) {
                true => uses.drafts += 1,
                false => uses.issued += 1,
            }
        }
    }
    found
}
