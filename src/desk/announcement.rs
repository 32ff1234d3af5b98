//! The memo that tells a release's last delay: relations, and what the last memo of the release had.
//!
//! In: a working folder, a release. Out: the text of a draft. Not here: its name, number and place.

use chrono::NaiveDate;

use super::{Refused, no_release};
use crate::{
    diagnostic::Faults,
    folder::Snapshot,
    issued::{Telling, standing, tellings},
    model::{Body, Id, InForce, Later, Memo, Statement, Status},
    records,
    yaml::{edit, outline},
};

/// What a draft has of the last memo of its release.
const SAME: [&str; 7] = ["letterhead", "to", "from", "signed", "analyst", "subject", "contact"];

/// A draft that tells a delay.
pub(super) struct Announcement {
    /// When the delay was announced.
    pub date: NaiveDate,
    pub text: String,
}

/// Writes the draft; with the table of changes, if that is asked for; of the last delay, or of what is only proposed.
pub(super) fn announcement(
    release: &str,
    changes: bool,
    proposed: bool,
    snapshot: &Snapshot,
) -> Result<Announcement, Refused> {
    let faulty = |what: String| Refused::Faulty { what, look: "`ccrov check`".to_owned() };
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| true)
        .ok_or_else(|| faulty("memos/office.yaml".to_owned()))?;
    let plan = match release.parse::<Id>().ok().and_then(|id| working.releases.get(&id)) {
        Some(Some(plan)) => plan,
        Some(None) => return Err(faulty(format!("release {release}"))),
        None => return Err(no_release(release, working.releases.keys().map(Id::as_str))),
    };
    let delay = match proposed {
        true => plan.proposal.as_ref().map(|proposal| &proposal.delay),
        false => plan.delays.last(),
    };
    let delay = delay.ok_or_else(|| match proposed {
        true => Refused::NoProposal { release: release.to_owned() },
        false => Refused::NoDelay { release: release.to_owned() },
    })?;
    let all = || working.memos.values().flatten().map(|memo| &**memo);
    let of_release = |memo: &&Memo| memo.plan.as_ref().is_some_and(|other| other.id == plan.id);
    // What was issued has told what it told, whatever can be made of its file today.
    let standing = standing(snapshot, |_| false, &[], &mut Faults::default());
    let tellings = tellings(&working.memos, &standing.locks, |_| false);
    let issued = || tellings.values().filter(|memo| memo.status == Status::Issued);
    let told: Vec<Statement<'_>> = issued().map(Telling::statement).collect();
    let in_force = InForce::of(&told);
    let is_told = |memo: &&Telling<'_>| in_force.later(memo.id.as_str()).iter().any(Later::replaces);
    let updates = issued().filter(|memo| memo.release == plan.id.as_ref() && !is_told(memo));
    let updates: Vec<String> = updates.map(|memo| memo.id.to_string()).collect();
    let kind = |memo: &Memo| matches!(&memo.body, Body::Template(name) if name.value == "release-delay");
    let like = all()
        .filter(of_release)
        .filter(|memo| memo.status != Status::Withdrawn)
        .max_by_key(|memo| (kind(memo), memo.date, &memo.id));

    let unwritten = || Refused::NotEdited {
        what: "the draft".to_owned(),
        instead: "begin it with `ccrov new` and write it yourself".to_owned(),
    };
    let mut text = include_str!("new/announcement.yaml").to_owned();
    let mut put = |key: &str, values: &[String]| {
        text = match values {
            [] => return Ok(()),
            [value] => edit::set(&text, &[(key, Some(value))]),
            values => values.iter().try_fold(text.clone(), |text, value| {
                edit::append(&text, key, edit::Value::Text(value.clone()), &["from"])
            }),
        }
        .ok_or_else(unwritten)?;
        Ok::<(), Refused>(())
    };
    let written = like.map(|memo| snapshot.sources.get(memo.source).text.as_str()).and_then(outline);
    for key in SAME {
        // Another kind of memo has a subject of its own.
        if key == "subject" && !like.is_some_and(kind) {
            put(key, &["{{ release.name }}: Revised Dates".to_owned()])?;
            continue;
        }
        let values = written.iter().flatten().filter(|entry| entry.path == key);
        put(key, &values.filter_map(|entry| entry.text.clone()).collect::<Vec<_>>())?;
    }
    put("release", &[release.to_owned()])?;
    put("updates", &updates)?;
    let schedule = (!plan.tasks.is_empty()).then(|| "schedule".to_owned());
    let table = changes.then(|| "changes".to_owned());
    put("attachments", &schedule.into_iter().chain(table).collect::<Vec<_>>())?;
    if proposed {
        let told = [("release", Some(release)), ("knows", Some(records::PROPOSED))];
        text = edit::set(&text, &told).ok_or_else(unwritten)?;
    }
    Ok(Announcement { date: delay.announced, text })
}
