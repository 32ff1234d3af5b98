//! Memos that have to do with each other: they speak of the same release, or one names the other.
//!
//! In: rows. Out: those that tell dates, and those that have to do with them, a group each. What becomes of a date is decided within
//! its group, so the time it takes grows with the groups and not with the square of all memos. Not here: what is decided.

use std::collections::BTreeMap;

use super::MemoListing;

/// The groups with a memo that tells dates; within a group, rows stay in their order.
pub(super) fn groups<'r, 'a>(rows: &'r [MemoListing<'a>]) -> Vec<Vec<&'r MemoListing<'a>>> {
    let by_id: BTreeMap<&str, usize> = rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let mut head: Vec<usize> = (0..rows.len()).collect();
    let mut of_release: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let release =
            row.entry.release.as_ref().map(|release| *of_release.entry(release.as_str()).or_insert(at));
        let named = row.entry.relations.values().flatten();
        let named = named.filter_map(|other| by_id.get(other.as_str()).copied());
        for other in release.into_iter().chain(named) {
            let (one, other) = (first(&mut head, at), first(&mut head, other));
            head[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&MemoListing<'a>>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        groups.entry(first(&mut head, at)).or_default().push(row);
    }
    groups.into_values().filter(|group| group.iter().any(|row| row.entry.dated().next().is_some())).collect()
}

/// The first row of the group that a row is in.
fn first(head: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while head[at] != at {
        head[at] = head[head[at]];
        at = head[at];
    }
    at
}
