//! What changed in a memo's schedule, for its page, and for its text if it attaches the changes.
//!
//! In: a memo with its plan as it knows it; what was issued of the memo that it updates. Out: what changed, in words,
//! since the memo that it updates; or, if it attaches the changes and updates no memo of the same plan, since the delay
//! before the last that it knows. Not here: what counts as a change.

use super::{job::Job, kept::as_issued_bytes};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, no_changes},
    issued::{IssuedSchedule, NoRecord, Telling},
    model::{Attachment, Id, Memo, Plan, Relation, date},
    schedule::{ChangeWords, Changes, Resolved, Side, compare, resolve, tell},
    template::{Engine, task_texts},
    yaml::{Entry, place_of},
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
    let (Some(after), Some(plan)) = (resolved, memo.plan.as_deref()) else { return Some(None) };
    let last = updated(memo, plan, job);
    if last.is_none()
        && let Some(fault) = of_no_release(memo, attached, job)
    {
        faults.push(fault);
        return (!attached).then_some(None);
    }
    if last.is_none() && !attached {
        return Some(None);
    }
    if last.is_none() && memo.knows == 0 {
        // One that names no memo at all was told so where it was read.
        if memo.relations.iter().any(|(relation, _)| *relation != Relation::Corrects) {
            faults.push(nothing_before(memo, job));
        }
        return None;
    }
    let knew = last.as_ref().map_or(memo.knows.saturating_sub(1), |other| other.knows(plan));
    let name = name_of(last.as_ref(), plan, knew);
    let texts = |resolved: &Resolved<'_>| task_texts(Some(memo), resolved, job.office, engine, job.sources);
    let later = texts(after);
    let told = |mut found: Changes<'_>| {
        // Deadlines that only one of the two lists stand in its text: they are no change of the schedule.
        found.tasks.retain(|change| !change.is_deadline() || change.was.is_some() && change.is.is_some());
        tell(&found, &name, "this memorandum", None)
    };
    let after = Side { resolved: after, texts: &later };
    let told = match last.as_ref().and_then(|other| issued(other, plan, job)) {
        Some(Ok(schedule)) => told(since(&schedule, &schedule.resolved(), after)),
        Some(Err(none)) if attached => {
            faults.push(no_record(memo, &none, job));
            return None;
        }
        Some(Err(_)) => return Some(None),
        None => {
            // What was completed meanwhile is told, too.
            let as_of = last.as_ref().map_or(memo.date, |other| other.date);
            let before = resolve(plan, knew, as_of, faults)?;
            let earlier = texts(&before);
            told(compare(Side { resolved: &before, texts: &earlier }, after, None))
        }
    };
    Some(Some(ChangesSince { told, since: last.map(|_| name), attached }))
}

/// What a schedule is compared with: what another memo told, or the plan as it was known.
fn name_of(last: Option<&Telling<'_>>, plan: &Plan, knew: usize) -> String {
    if let Some(other) = last {
        return format!("CC/ROV #{} ({})", other.number, date::prose(other.date));
    }
    match knew.checked_sub(1).and_then(|last| plan.delays.get(last)) {
        Some(delay) => {
            format!("the plan after the {}delay of {}", plan.which(delay), date::prose(delay.announced))
        }
        None => "the first plan".to_owned(),
    }
}

/// What changed since a schedule was issued. Where its milestones are not known, none is called new.
fn since<'p>(schedule: &'p IssuedSchedule, before: &'p Resolved<'p>, after: Side<'p>) -> Changes<'p> {
    let mut found = compare(Side { resolved: before, texts: schedule.texts() }, after, None);
    if !schedule.knows_milestones() {
        found.milestones.clear();
    }
    found
}

/// What the memos tell that a memo updates or supersedes, each with which it does. Those that were issued are asked by their
/// locks.
fn named<'j>(memo: &'j Memo, job: &Job<'j>) -> impl Iterator<Item = (Relation, Telling<'j>)> {
    let (memos, locks) = (job.memos, job.locks);
    let named = memo.relations.iter().filter(|(relation, _)| *relation != Relation::Corrects);
    let telling = move |id| Telling::of(id, memos.get(id).and_then(Option::as_deref), locks.get(id));
    named.filter_map(move |(relation, id)| Some((*relation, telling(&id.value)?)))
}

/// The last of the memos that a memo updates and that tell the same plan.
fn updated<'j>(memo: &'j Memo, plan: &Plan, job: &Job<'j>) -> Option<Telling<'j>> {
    let same = |other: &Telling<'_>| other.has_schedule && other.release == plan.id.as_ref();
    let others = named(memo, job).map(|(_, other)| other);
    others.filter(same).max_by_key(|other| (other.knows(plan), other.date, other.id))
}

/// What the counties have read of a memo's schedule, if it has a lock.
fn issued(memo: &Telling<'_>, plan: &Plan, job: &Job<'_>) -> Option<Result<IssuedSchedule, NoRecord>> {
    let locked = job.locks.get(memo.id)?;
    Some(IssuedSchedule::read(locked, plan, job.office, job.sources, |file| {
        as_issued_bytes(file, (job.published)(&file.path).ok()??)
    }))
}

/// Puts what the counties have read of milestones in place of what the plan says of the time before the last delay, if
/// the memo tells a delay that the issued memo which it updates did not know.
pub(super) fn put_what_was_issued(memo: &Memo, resolved: &mut Resolved<'_>, job: &Job<'_>) {
    let plan = resolved.plan;
    let Some(other) = updated(memo, plan, job).filter(|other| other.knows(plan) < memo.knows) else { return };
    let Some(locked) = job.locks.get(other.id) else { return };
    let mut issued = IssuedSchedule::milestones(locked, job.office);
    for milestone in &mut resolved.milestones {
        if let Some(window) = issued.remove(&milestone.id.variable()) {
            milestone.before = window;
        }
    }
}

/// Where a memo says that it attaches the changes.
fn place_of_changes(memo: &Memo, job: &Job<'_>) -> Place {
    place(memo, job, "attachments", Some("changes"))
}

/// Where a memo has a key, with a text if it is to have one.
fn place(memo: &Memo, job: &Job<'_>, path: &str, text: Option<&str>) -> Place {
    let is_it = |entry: &&Entry| entry.path == path && (text.is_none() || entry.text.as_deref() == text);
    place_of(memo.source, &job.sources.get(memo.source).text, |entries| entries.iter().find(is_it))
}

/// An issued memo that this one updates has the schedule of a release that is not there: it may have another name now, so
/// what it told cannot be held against the plan, and must not be left out in silence. Without attached changes it is a warning:
/// only the memo's page lacks what changed.
fn of_no_release(memo: &Memo, attached: bool, job: &Job<'_>) -> Option<Diagnostic> {
    let is_gone = |release: &&Id| !job.releases.contains_key(*release);
    let (relation, number, release) = named(memo, job)
        .find_map(|(relation, other)| Some((relation, other.number, other.release.filter(is_gone)?)))?;
    let found = format!(
        "memo {number}, which this memo {}, has the schedule of the release {release}, and there is no \
         memos/releases/{release}.yaml any more",
        relation.key()
    );
    let expected = "changes are told against what the counties have read";
    let name = "if the file has another name now, give it that name again";
    Some(match attached {
        true => Diagnostic::new(
            Code::BadValue,
            place_of_changes(memo, job),
            format!("changes are attached; {found}"),
        )
        .expected(expected)
        .help(format!("{name}; or attach the `schedule` alone")),
        false => Diagnostic::new(Code::GoneRelease, place(memo, job, relation.key(), None), found)
            .expected(format!("{expected}; now the memo's page tells none"))
            .help(format!("{name}; or write `accepts:`, and below it `gone-release:` with the reason")),
    })
}

fn nothing_before(memo: &Memo, job: &Job<'_>) -> Diagnostic {
    no_changes(
        place_of_changes(memo, job),
        "; the memo updates none with the same schedule, and knows no delay",
    )
}

fn no_record(memo: &Memo, none: &NoRecord, job: &Job<'_>) -> Diagnostic {
    let message = format!("changes are attached, and {none}");
    Diagnostic::new(Code::BadValue, place_of_changes(memo, job), message)
        .expected("changes are told against what the counties have read")
        .help("take `changes` out of `attachments`, and say in the text what changed")
}
