//! What changed in a memo's schedule, for its page, and for its text if it attaches the changes.
//!
//! In: a memo with its plan as it knows it. Out: what changed, in words, since the memo that it updates; or, if
//! it attaches the changes and updates no memo of the same plan, since the delay before the last that it knows.
//! Not here: what counts as a change.

use super::job::Job;
use crate::{
    diagnostic::Faults,
    model::{Attachment, Memo, Relation, date},
    schedule::{ChangeWords, Resolved, Side, compare, resolve, tell},
    template::{Engine, task_texts},
};

/// Changes, told.
pub(super) struct ChangesSince {
    pub told: ChangeWords,
    /// The memo since which they are: "CC/ROV #24902 (April 22, 2024)".
    pub since: Option<String>,
    /// Whether the memo attaches them.
    pub attached: bool,
}

/// The changes that a memo tells. The outer `None` is a fault.
pub(super) fn changes(
    memo: &Memo,
    resolved: Option<&Resolved<'_>>,
    job: &Job<'_>,
    engine: &Engine,
    faults: &mut Faults,
) -> Option<Option<ChangesSince>> {
    let attached = memo.attachments.iter().any(|attachment| matches!(attachment, Attachment::Changes));
    let Some(after) = resolved else { return Some(None) };
    let plan = after.plan;
    let updated = memo.relations.iter().filter(|(relation, _)| *relation != Relation::Corrects);
    let updated = updated.filter_map(|(_, id)| job.memos.get(&id.value)?.as_deref());
    let updated = updated.filter(|other| other.plan.as_ref().is_some_and(|other| other.id == plan.id));
    let last = updated.max_by_key(|other| (other.knows, other.date, &other.id));
    if last.is_none() && !attached {
        return Some(None);
    }
    let knew = last.map_or(memo.knows.saturating_sub(1), |other| other.knows);
    let name = match last {
        Some(other) => {
            let number = other.number.as_deref().unwrap_or(other.id.as_str());
            format!("CC/ROV #{number} ({})", date::prose(other.date))
        }
        None => match knew.checked_sub(1).and_then(|last| plan.delays.get(last)) {
            Some(delay) => format!("the plan of {}", date::prose(delay.announced)),
            None => "the first plan".to_owned(),
        },
    };
    // What was completed meanwhile is told, too.
    let as_of = last.map_or(memo.date, |other| other.date);
    let before = resolve(plan, knew, as_of, faults)?;
    let texts =
        |resolved: &Resolved<'_>| task_texts(plan, Some(memo), resolved, job.office, engine, job.sources);
    let (earlier, later) = (texts(&before), texts(after));
    let found =
        compare(Side { resolved: &before, texts: &earlier }, Side { resolved: after, texts: &later }, None);
    let told = tell(&found, &name, "this memorandum", None);
    Some(Some(ChangesSince { told, since: last.map(|_| name), attached }))
}
