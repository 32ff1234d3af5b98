//! The last delay of a release is taken back, as long as nobody can have read of it.
//!
//! In: a release. Out: its last delay, with the memos that tell it; the plan of the release's text without it. Not here: a delay that
//! takes the place of the last one (`slip`).

use chrono::NaiveDate;
use serde::Serialize;

use super::{FolderRecords, places, release_named};
use crate::{
    desk::{NotADelay, Refused, iso},
    diagnostic::{self, Diagnostic, Faults, Findings, SourceId},
    folder::{Edits, Plan, Snapshot},
    issued::{standing, tellings},
    model::Status,
    output::digest,
    template::Engine,
    yaml::outline,
};

/// The last delay of a release, and the memos that tell it, by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastDelay {
    /// When counties were told.
    #[serde(serialize_with = "iso")]
    pub announced: NaiveDate,
    /// Its cause, as it is printed after "due to".
    pub cause: String,
    /// The memos that have gone out, and may be withdrawn since.
    pub issued: Vec<String>,
    /// The memos in work.
    pub drafts: Vec<String>,
    /// What tells it from any other delay: a digest of all delays as they are written.
    #[serde(skip)]
    pub mark: String,
}

/// Finds the last delay of a release; none if it has no delay, or has faults.
///
/// # Errors
/// [`Refused`]: there is no such release.
pub fn last_delay(snapshot: &Snapshot, release: &str) -> Result<Option<LastDelay>, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    Ok(FolderRecords::read(snapshot).ok().and_then(|side| last_of(&side, snapshot, (&id, source))))
}

/// The same from what was read of the folder.
pub(super) fn last_of(
    side: &FolderRecords,
    snapshot: &Snapshot,
    (id, source): (&str, SourceId),
) -> Option<LastDelay> {
    let plan = side.plan(id)?;
    let last = plan.delays.last()?;
    let mut faults = Faults::default();
    let engine = Engine::markdown(&snapshot.templates, &snapshot.sources, &mut faults);
    let delays = plan.delays.len();
    let resolved = side.resolved(id, delays, last.announced, &mut faults);
    let cause = resolved.and_then(|resolved| side.cause(&resolved, &engine, &mut faults));
    let cause = cause.unwrap_or_else(|| last.cause.value.clone());
    let (announced, mark) = (last.announced, mark(&snapshot.sources.get(source).text, "delays"));
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
    Some(delay)
}

/// What tells the last delay and the proposal of a release from what others make of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DelayMarks {
    /// That of the delays ([`LastDelay::mark`]); blank if there are none.
    pub last: String,
    /// That of what is proposed; blank if nothing is.
    pub proposed: String,
}

/// Finds the marks of a release, of its text alone: they are blank if there is no such release.
pub fn delay_marks(snapshot: &Snapshot, release: &str) -> DelayMarks {
    let source = release_named(snapshot, release).map(|(_, source)| source);
    let of = |key| {
        source.as_ref().map(|source| mark(&snapshot.sources.get(*source).text, key)).unwrap_or_default()
    };
    DelayMarks { last: of("delays"), proposed: of(places::PROPOSED) }
}

/// What tells what stands under a key of a release's text from anything else that could; blank if nothing stands there.
pub(super) fn mark(text: &str, key: &str) -> String {
    let entries = outline(text).unwrap_or_default();
    let begins = format!("{key}.");
    let under = entries.iter().filter(|entry| entry.path.starts_with(&begins));
    let said = under.map(|entry| format!("{}: {}\n", entry.path, entry.text.as_deref().unwrap_or_default()));
    let said: String = said.collect();
    if said.is_empty() { said } else { digest(said.as_bytes()) }
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
    let side = FolderRecords::read(snapshot).ok();
    let delay = side.and_then(|side| Some((last_of(&side, snapshot, (&id, source))?, side)));
    let Some((delay, side)) = delay.filter(|(delay, _)| delay.mark == mark) else {
        return Ok(Plan::nothing(None));
    };
    if !delay.issued.is_empty() {
        return Err(Refused::NotADelay(NotADelay::DelayTold { release: id, memos: delay.issued }));
    }
    let (file, before) = (snapshot.sources.get(source), errors(&side, &id, source));
    let last = side.plan(&id).and_then(|plan| plan.delays.len().checked_sub(1));
    let text = last.and_then(|last| places::without_delay(&file.text, last));
    let text = text.ok_or_else(|| places::not_edited(&file.name, "take the last delay out yourself"))?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    let mut faults =
        FolderRecords::read(&edits.snapshot).map(|side| errors(&side, &id, source)).unwrap_or_default();
    diagnostic::leave_out(&mut faults, &before);
    if !faults.is_empty() {
        return Err(Refused::Faults(Findings { faults, sources: edits.snapshot.sources }));
    }
    Ok(Plan::of_sources(format!("take back the delay of {id}"), Some(delay), edits.files()?))
}

/// What is wrong with a release as it stands.
fn errors(side: &FolderRecords, id: &str, source: SourceId) -> Vec<Diagnostic> {
    let mut wrong = Faults::default();
    if let Some(plan) = side.plan(id) {
        side.resolved(id, plan.delays.len(), plan.seen_on(), &mut wrong);
    }
    side.errors(source, wrong)
}
