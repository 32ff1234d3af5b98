//! Files that say they are the same memo: a copy that was made beside it, or by a synced folder.
//!
//! In: the texts of memos with their files' names. Out: the fault of each file that bears another one's number without
//! the name of a second memo (26050-2). Not here: two files of one name.

use std::{collections::BTreeMap, ops::Range};

use super::Texts;
use crate::{
    diagnostic::{Code, Diagnostic, SourceId, Sources},
    model::{Id, Number},
    prose,
};

/// A memo's file, and where it says its number.
struct NumberedFile<'a> {
    stem: &'a str,
    source: SourceId,
    range: Range<usize>,
}

/// The files at fault.
pub(super) fn find(texts: &Texts, sources: &Sources) -> BTreeMap<SourceId, Diagnostic> {
    let mut numbers: BTreeMap<Number, Vec<NumberedFile<'_>>> = BTreeMap::new();
    for (stem, source) in &texts.memos {
        if let Some((number, range)) = number(stem, &sources.get(*source).text) {
            numbers.entry(number).or_default().push(NumberedFile { stem, source: *source, range });
        }
    }
    let mut faults = BTreeMap::new();
    for (number, bearers) in numbers.iter().filter(|(_, bearers)| bearers.len() > 1) {
        // Names in their order put the number's own file and 26050-2 before others.
        let is_own = |bearer: &&NumberedFile<'_>| is_name_of(bearer.stem, number);
        let Some(first) = bearers.iter().find(is_own).or(bearers.first()) else { continue };
        let mut free = (2_usize..).map(|nth| format!("{number}-{nth}"));
        let free = free.find(|name| !bearers.iter().any(|bearer| bearer.stem == name));
        for bearer in bearers.iter().filter(|bearer| !is_own(bearer) && bearer.stem != first.stem) {
            let (this, other) = (&sources.get(bearer.source).name, &sources.get(first.source).name);
            let message = format!("{this} bears the number {number}, as {other} does");
            let help = format!(
                "if it is a copy that nobody needs, remove it; if it is a memo of its own, give it another number and \
                 name; if it is a second memo of this number, rename it to {}.yaml",
                free.as_deref().unwrap_or_default()
            );
            let fault = Diagnostic::new(Code::DuplicateId, bearer.source.at(bearer.range.clone()), message);
            faults.insert(bearer.source, fault.expected("one file for each memo is expected").help(help));
        }
    }
    faults
}

/// The number that a memo's file says it has, or else its name, and where.
fn number(stem: &str, text: &str) -> Option<(Number, Range<usize>)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(value) = line.strip_prefix("number:") {
            let start = at + line.len() - value.trim_start().len();
            let value = value.split(" #").next()?.trim().trim_matches(['"', '\'']);
            return Some((value.parse().ok()?, start..start + value.len()));
        }
        at += line.len();
    }
    // A name that is none is that of a copy.
    let figures = match stem.parse::<Id>() {
        Ok(_) => return Some((Number::of_id(stem).filter(|number| is_name_of(stem, number))?, 0..0)),
        Err(_) => prose::five_figures(stem).next()?,
    };
    Some((stem[figures].parse().ok()?, 0..0))
}

/// Whether a file's name is that of a memo with this number: 26050, 26050-2.
fn is_name_of(stem: &str, number: &Number) -> bool {
    match stem.split_once('-') {
        Some((begins, nth)) => begins == number.as_str() && nth.parse::<u16>().is_ok_and(|nth| nth > 1),
        None => stem == number.as_str(),
    }
}
