//! The memos of a release that have gone out.
//!
//! In: a snapshot, a release. Out: their ids. Not here: what they tell.

use crate::{
    diagnostic::Faults,
    folder::{Snapshot, stem},
    issued::{standing, tellings},
    model::Status,
    records,
};

/// The memos that have the schedule of a release and have gone out, be they withdrawn since; by their locks, whatever became of their files.
pub fn issued_memos(snapshot: &Snapshot, release: &str) -> Vec<String> {
    let id = stem(release);
    let mut faults = Faults::default();
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| false);
    let Some(working) = working else { return Vec::new() };
    let locks = standing(snapshot, |_| false, &[], &mut faults).locks;
    let all = tellings(&working.memos, &locks, |_| false).into_values();
    let of_release = all.filter(|memo| memo.release.is_some_and(|release| release.as_str() == id));
    let gone_out = of_release.filter(|memo| matches!(memo.status, Status::Issued | Status::Withdrawn));
    gone_out.map(|memo| memo.id.to_string()).collect()
}
