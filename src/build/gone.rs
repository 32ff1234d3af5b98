//! Memos that were built once and have no file any more.
//!
//! In: a snapshot, what was built before. Out: the ids of those that stay as they are all the same, and a fault for each
//! year whose folder is gone. Not here: removing files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;

use super::Scope;
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    folder::Snapshot,
    model::Number,
    output::MemoEntry,
    words::counted,
};

/// The ids of memos without a file of which nothing is removed: the folder was not read whole, or the folder of a whole
/// year is gone and nobody said that it goes.
pub(super) fn kept(
    snapshot: &Snapshot,
    scope: &Scope<'_>,
    known: &BTreeSet<String>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Vec<String> {
    let gone = scope.before.memos.iter().filter(|entry| !known.contains(&entry.id));
    if !snapshot.is_whole() {
        return gone.map(|entry| entry.id.clone()).collect();
    }
    let mut years: BTreeMap<String, Vec<&MemoEntry>> = BTreeMap::new();
    for entry in gone {
        years.entry(year(entry)).or_default().push(entry);
    }
    // One memo of several may go as it pleases; that all go at once is how a folder looks that is not there.
    let of_year = |wanted: &str| scope.before.memos.iter().filter(|entry| year(entry) == wanted).count();
    years.retain(|year, memos| {
        let all = memos.len() == of_year(year) && (memos.len() > 1 || !snapshot.years.contains(year));
        all && !scope.removing.contains(year)
    });
    for (year, memos) in &years {
        let place = sources.add(format!("memos/{year}"), "").start();
        let count = counted(memos.len(), "memo");
        let message = match snapshot.years.contains(year) {
            true => format!("no memo that was built of {year} is in memos/ any more"),
            false => format!("there is no folder memos/{year}"),
        };
        let fault = Diagnostic::new(Code::MissingFolder, place, message)
            .expected(format!("the output folder has {count} of that year, which would be removed"))
            .help(format!("put the folder back; or, if its memos are to go: `ccrov build --remove {year}`"));
        faults.push(fault);
    }
    years.into_values().flatten().map(|entry| entry.id.clone()).collect()
}

/// The year in whose folder a memo's file lies, as `ccrov new` puts it there.
fn year(entry: &MemoEntry) -> String {
    let number = entry.number.as_deref().and_then(|number| number.parse::<Number>().ok());
    number.map_or_else(|| entry.date.year(), |number| number.year()).to_string()
}
