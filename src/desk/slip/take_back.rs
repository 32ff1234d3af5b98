//! The last delay of a release is taken back, as long as nobody can have read of it.
//!
//! In: the release's text as the delay was written into it, and as it was before. Out: the plan of the earlier text; which drafts
//! told the delay. Not here: where the earlier text is kept.

use chrono::NaiveDate;

use super::Side;
use crate::{
    desk::{Refused, SourceFile, no_release, save_text},
    diagnostic::Faults,
    folder::{Plan, Snapshot, stem},
    issued::{standing, tellings},
    model::Status,
    template::Engine,
};

/// The last delay of a release, and the memos that tell it, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastDelay {
    /// When counties were told.
    pub announced: NaiveDate,
    /// Its cause, as it is printed after "due to".
    pub cause: String,
    /// The memos that have gone out, and may be withdrawn since.
    pub issued: Vec<String>,
    /// The memos in work.
    pub drafts: Vec<String>,
}

/// Finds the last delay of a release; none if it has no delay, or has faults.
///
/// # Errors
/// [`Refused`]: there is no such release.
pub fn last_delay(snapshot: &Snapshot, release: &str) -> Result<Option<LastDelay>, Refused> {
    let id = stem(release);
    let known = || snapshot.texts.releases.iter().map(|(known, _)| known.as_str());
    if !known().any(|known| known == id) {
        return Err(no_release(&id, known().collect::<Vec<_>>()));
    }
    let side = Side::read(snapshot);
    let found = side.as_ref().and_then(|side| {
        let plan = side.plan(&id)?;
        Some((side, plan, plan.delays.last()?))
    });
    let Some((side, plan, last)) = found else { return Ok(None) };
    let mut faults = Faults::default();
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut faults);
    let resolved = side.resolved(&id, last.announced, &mut faults);
    let cause = resolved.and_then(|resolved| side.cause(&resolved, &engine, &mut faults));
    let cause = cause.unwrap_or_else(|| last.cause.value.clone());
    let mut delay = LastDelay { announced: last.announced, cause, issued: Vec::new(), drafts: Vec::new() };
    let locks = standing(snapshot, |_| false, &[], &mut Faults::default()).locks;
    let all = tellings(&side.working.memos, &locks, |_| false).into_values();
    let of_release = all.filter(|memo| memo.release == plan.id.as_ref());
    for memo in of_release.filter(|memo| memo.knows(plan) == plan.delays.len()) {
        match memo.status {
            Status::Issued | Status::Withdrawn => delay.issued.push(memo.id.to_string()),
            _ => delay.drafts.push(memo.id.to_string()),
        }
    }
    Ok(Some(delay))
}

/// Plans to take the last delay of a release back. `written` is the release's text with the delay, `before` the text without it. If
/// the text says something else by now, or there is no delay, nothing is planned, and the report is `None`.
///
/// # Errors
/// [`Refused`]: there is no such release, or a memo that has gone out tells the delay.
pub fn take_back_delay(
    snapshot: &Snapshot,
    release: &str,
    written: &str,
    before: &str,
) -> Result<Plan<Option<LastDelay>>, Refused> {
    let id = stem(release);
    let Some(delay) = last_delay(snapshot, &id)? else { return Ok(Plan::nothing(None)) };
    if !delay.issued.is_empty() {
        return Err(Refused::DelayTold { release: id, memos: delay.issued });
    }
    let path = format!("memos/releases/{id}.yaml");
    let saved = save_text(snapshot, &SourceFile::Release(id.clone()), &path, written, before)?;
    let changes = saved.report.changes;
    let plan = saved.map(|_| changes.then_some(delay));
    Ok(Plan { what: format!("take back the delay of {id}"), ..plan })
}
