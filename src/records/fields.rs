//! The keys of a mapping: which were asked for, which are missing, which were meant.
//!
//! In: the entries of a mapping. Out: nodes by key; faults of keys that nobody asked for, and of those that are needed and not
//! there. Not here: values.

use std::collections::BTreeSet;

use super::{reader::Reader, words};
use crate::{
    diagnostic::{Code, Diagnostic, offer},
    model::{ById, Id},
    yaml::{Data, Key, Node},
};

/// The keys of a mapping, with a memory of which ones were asked for.
pub(super) struct Fields<'n> {
    what: &'static str,
    node: &'n Node,
    entries: &'n [(Key, Node)],
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Which names the values of some keys are taken from.
    names: Vec<(&'static str, &'n dyn Names)>,
    /// Tables under a misspelt key, by the key that is meant: naming what stands in one is no second fault.
    misspelt: Vec<(&'static str, &'n Node)>,
}

/// Names that a value may be.
pub(super) trait Names {
    fn names(&self) -> Vec<&str>;
}

impl<T> Names for ById<T> {
    fn names(&self) -> Vec<&str> {
        self.keys().map(Id::as_str).collect()
    }
}

impl<'n> Fields<'n> {
    pub fn new(what: &'static str, node: &'n Node, entries: &'n [(Key, Node)]) -> Fields<'n> {
        Fields {
            what,
            node,
            entries,
            asked: Vec::new(),
            missing: Vec::new(),
            names: Vec::new(),
            misspelt: Vec::new(),
        }
    }

    /// Remembers a key that is needed and not there.
    pub fn lack(&mut self, key: &'static str) {
        self.missing.push(key);
    }

    /// Says which names a key's value is taken from, for whoever leaves it out.
    pub fn named(&mut self, key: &'static str, names: &'n dyn Names) {
        self.names.push((key, names));
    }

    /// The value of a key, if the key is there and something stands after it.
    pub fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        let node = self.peek(key)?;
        (!matches!(node.data, Data::Nothing)).then_some(node)
    }

    /// The table under a misspelt key that means this one.
    pub fn meant(&self, key: &str) -> Option<&'n Node> {
        self.misspelt.iter().find(|(meant, _)| *meant == key).map(|(_, node)| *node)
    }

    /// Looks for these tables under misspelt keys, too. `known` are all keys.
    pub fn forgive(&mut self, tables: &[&'static str], known: &[&'static str]) {
        let missing: Vec<_> = tables.iter().copied().filter(|key| self.key_range(key).is_none()).collect();
        let unknown = self.entries.iter().filter(|(key, _)| !known.contains(&key.text.as_str()));
        self.misspelt =
            unknown.filter_map(|(key, node)| Some((words::meant(&key.text, &missing)?, node))).collect();
    }

    /// The value of a key, without asking for it.
    pub fn peek(&self, key: &str) -> Option<&'n Node> {
        let written = self.entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| node);
        written.or_else(|| self.meant(key))
    }

    /// Where a key's value stands.
    pub fn value_range(&self, key: &str) -> Option<std::ops::Range<usize>> {
        self.entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| node.range.clone())
    }

    /// Where a key stands.
    pub fn key_range(&self, key: &str) -> Option<std::ops::Range<usize>> {
        self.entries.iter().find(|(k, _)| k.text == key).map(|(k, _)| k.range.clone())
    }
}

impl Reader<'_> {
    /// Reports every key that nobody asked for, and every one that was needed and is not there. A
    /// misspelt key is one fault, not two.
    pub fn end(&mut self, fields: &Fields<'_>) {
        let what = fields.what;
        let mut asked = fields.asked.clone();
        asked.sort_unstable();
        asked.dedup();
        let free = fields.asked.iter().copied().filter(|key| fields.key_range(key).is_none());
        let free: Vec<_> = free.collect();
        let mut meant = Vec::new();
        for (key, _) in fields.entries {
            if asked.binary_search(&key.text.as_str()).is_ok() || key.text.is_empty() {
                continue;
            }
            // `subject :"Dates"` is read up to a later colon.
            let (word, glued) =
                key.text.split_once(':').map_or((key.text.as_str(), false), |(word, _)| (word, true));
            let near = words::meant(word, &free);
            meant.extend(near);
            let help = match near {
                Some(near) if glued => format!("write a space after the colon: `{near}: ...`"),
                Some(near) => format!("write `{near}:`"),
                None if key.text.contains(' ') => {
                    "a key is one word; indent this line by two spaces if it belongs to the text above it"
                        .to_owned()
                }
                None => {
                    let mut known = fields.asked.clone();
                    let mut seen = BTreeSet::new();
                    known.retain(|key| seen.insert(*key));
                    offer(&key.text, known)
                }
            };
            let place = self.source.at(key.range.clone());
            self.faults.push(
                Diagnostic::new(Code::UnknownKey, place, format!("unknown key `{}`", key.text))
                    .expected(format!("not a key of {what}"))
                    .help(help),
            );
        }
        for key in fields.missing.iter().filter(|key| !meant.contains(*key)) {
            let names = fields.names.iter().find(|(named, _)| named == key).map(|(_, names)| names.names());
            let line = words::line(key, &names.unwrap_or_default());
            let (range, message, help) = match fields.key_range(key) {
                Some(range) => (
                    range,
                    format!("nothing stands after `{key}:`"),
                    format!("write a value after the colon: {line}"),
                ),
                None => {
                    let first = fields.entries.first().map_or(&fields.node.range, |(first, _)| &first.range);
                    (first.clone(), format!("{what} without `{key}`"), format!("add a line {line}"))
                }
            };
            self.faults.push(
                Diagnostic::new(Code::MissingKey, self.source.at(range), message)
                    .expected(format!("{what} needs it"))
                    .help(help),
            );
        }
    }
}
