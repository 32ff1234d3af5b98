//! The last delay of a release is taken back, as long as nobody can have read of it.
//!
//! In: a release. Out: its last delay, with the memos that tell it; the plan of the release's text without it. Not here: a delay that
//! takes the place of the last one (`slip`).

use chrono::NaiveDate;

use super::{FolderRecords, keep_new, places, release_named};
use crate::{
    desk::Refused,
    diagnostic::{Diagnostic, Faults, Findings, SourceId},
    folder::{Edits, Plan, Snapshot},
    issued::{standing, tellings},
    model::Status,
    output::digest,
    template::Engine,
    yaml::outline,
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
    /// What tells it from any other delay: a digest of all delays as they are written.
    pub mark: String,
}

/// Finds the last delay of a release; none if it has no delay, or has faults.
///
/// # Errors
/// [`Refused`]: there is no such release.
pub fn last_delay(snapshot: &Snapshot, release: &str) -> Result<Option<LastDelay>, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    let side = FolderRecords::read(snapshot);
    let found = side.as_ref().and_then(|side| {
        let plan = side.plan(&id)?;
        Some((side, plan, plan.delays.last()?))
    });
    let Some((side, plan, last)) = found else { return Ok(None) };
    let mut faults = Faults::default();
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut faults);
    let delays = plan.delays.len();
    let resolved = side.resolved(&id, delays, last.announced, &mut faults);
    let cause = resolved.and_then(|resolved| side.cause(&resolved, &engine, &mut faults));
    let cause = cause.unwrap_or_else(|| last.cause.value.clone());
    let (announced, mark) = (last.announced, mark(&snapshot.sources.get(source).text));
    let mut delay = LastDelay { announced, cause, issued: Vec::new(), drafts: Vec::new(), mark };
    let locks = standing(snapshot, |_| false, &[], &mut Faults::default()).locks;
    let all = tellings(&side.working.memos, &locks, |_| false).into_values();
    let of_release = all.filter(|memo| memo.release == plan.id.as_ref());
    for memo in of_release.filter(|memo| memo.knows(plan) >= delays) {
        match memo.status {
            Status::Issued | Status::Withdrawn => delay.issued.push(memo.id.to_string()),
            _ => delay.drafts.push(memo.id.to_string()),
        }
    }
    Ok(Some(delay))
}

/// What tells the delays of a release's text from others.
pub(super) fn mark(text: &str) -> String {
    let entries = outline(text).unwrap_or_default();
    let delays = entries.iter().filter(|entry| entry.path.split('.').next() == Some("delays"));
    let said = delays.map(|entry| format!("{}: {}\n", entry.path, entry.text.as_deref().unwrap_or_default()));
    digest(said.collect::<String>().as_bytes())
}

/// Plans to take the last delay of a release back. `mark` is that of the delay that somebody looked at: if there is another one by
/// now, or none, nothing is planned, and the report is `None`.
///
/// # Errors
/// [`Refused`]: there is no such release, a memo that has gone out tells the delay, or the release would have faults without it.
pub fn take_back_delay(
    snapshot: &Snapshot,
    release: &str,
    mark: &str,
) -> Result<Plan<Option<LastDelay>>, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    let delay = last_delay(snapshot, &id)?.filter(|delay| delay.mark == mark);
    let Some(delay) = delay else { return Ok(Plan::nothing(None)) };
    if !delay.issued.is_empty() {
        return Err(Refused::DelayTold { release: id, memos: delay.issued });
    }
    let (file, before) = (snapshot.sources.get(source), errors(snapshot, &id, source));
    let last = delays(snapshot, &id).checked_sub(1);
    let text = last.and_then(|last| places::without_delay(&file.text, last));
    let text = text.ok_or_else(|| places::not_edited(&file.name, "take the last delay out yourself"))?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    let mut faults = errors(&edits.snapshot, &id, source);
    keep_new(&mut faults, &before);
    if !faults.is_empty() {
        return Err(Refused::Faults(Findings { faults, sources: edits.snapshot.sources }));
    }
    Ok(Plan::of_sources(format!("take back the delay of {id}"), Some(delay), edits.files()?))
}

/// How many delays a release has.
fn delays(snapshot: &Snapshot, id: &str) -> usize {
    FolderRecords::read(snapshot).and_then(|side| Some(side.plan(id)?.delays.len())).unwrap_or_default()
}

/// What is wrong with a release as it stands.
fn errors(snapshot: &Snapshot, id: &str, source: SourceId) -> Vec<Diagnostic> {
    let Some(side) = FolderRecords::read(snapshot) else { return Vec::new() };
    let mut wrong = Faults::default();
    if let Some(plan) = side.plan(id) {
        side.resolved(id, plan.delays.len(), plan.seen_on(), &mut wrong);
    }
    side.errors(source, wrong)
}
