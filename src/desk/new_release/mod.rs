//! A release to be written: empty with remarks that teach, or last time's plan on new days.
//!
//! In: a snapshot, a name, the new milestones. Out: the plan of its file; each step with its old and its new date; what is to be
//! confirmed. Not here: memos, and delays of a release that is there.

mod anew;
mod confirm;
mod copy;
mod dates;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    CarriedText, MilestoneMove, NotADelay, Refused,
    new_memo::{names, schema_line},
    release_named,
    slip::{last_planned, milestone_of, near_days},
};
use crate::{
    diagnostic::{Faults, Findings},
    folder::{Edit, Plan, Snapshot, SourcePath, stem},
    model::{Day, Id, Move, NotAnId},
    records,
    schedule::{Resolved, last_day_of_window, resolve},
};
pub use dates::CopiedDate;

/// A release that is to be begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRelease {
    /// The name of its file: `votecal-2026-1`.
    pub name: String,
    /// The release whose plan it begins with.
    pub from: Option<String>,
    /// Where its milestones are; those that are not named stay where they were. Only with `from`.
    pub moves: Vec<MilestoneMove>,
    /// What memos call it, and its own milestones. Only without `from`.
    pub anew: NewPlan,
}

/// What a release begins with that begins with no other one's plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPlan {
    /// "VoteCal Release"; blank if it is still to be written.
    pub title: String,
    /// The milestones, in their order.
    pub milestones: Vec<NewMilestone>,
}

/// A milestone that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMilestone {
    /// What it is called: "Mock election".
    pub name: String,
    /// Its day, or its first day.
    pub start: Day,
    /// Its last day, if it has another one than the first.
    pub end: Option<Day>,
}

/// A release that was begun.
#[derive(Debug, Clone, Serialize)]
pub struct NewReleaseReport {
    /// Its id.
    pub id: String,
    /// Its file, by its path from the working folder.
    pub files: Vec<String>,
    /// Its milestones, then its steps, each with last time's date and the new one; nothing of a blank release.
    pub dates: Vec<CopiedDate>,
    /// What it says of days, elections, years, months and versions, and may have to be another.
    pub carried: Vec<CarriedText>,
    /// The keys that are still to be filled in.
    pub empty: Vec<&'static str>,
    /// What is wrong with it on its new days.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// Plans the file of a release.
///
/// # Errors
/// [`Refused`]: such a release is there, its name is none, or the release that it is copied from is not there or has
/// faults.
pub fn new_release(snapshot: &Snapshot, wish: &NewRelease) -> Result<Plan<NewReleaseReport>, Refused> {
    if snapshot.folder.file("memos/office.yaml").is_none() && snapshot.texts.office.is_none() {
        return Err(Refused::NoOffice);
    }
    let name = stem(&wish.name);
    let id: Id = name.parse().map_err(|wrong: NotAnId| Refused::BadName {
        name: name.clone(),
        near: wrong.nearest.map(|id| id.to_string()),
    })?;
    let releases = &snapshot.texts.releases;
    if releases.iter().any(|(there, _)| *there == name) {
        return Err(Refused::ReleaseTaken { id: name });
    }
    let path = format!("memos/releases/{id}.yaml");
    let path: SourcePath = path.parse().map_err(|why| Refused::BadPath { path, why })?;
    let id_text = id.to_string();
    let blank = NewReleaseReport {
        id: id_text.clone(),
        files: vec![path.to_string()],
        dates: Vec::new(),
        carried: Vec::new(),
        empty: Vec::new(),
        findings: Findings::default(),
    };
    let (text, report) = match wish.from.as_deref().map(stem) {
        None => (anew::with(begun(&id, snapshot), &wish.anew, &blank.files[0])?, blank),
        Some(other) => last_time(snapshot, &other, &wish.moves, (&id, &path), blank)?,
    };
    Ok(Plan::of_sources(format!("new --release {id_text}"), report, vec![Edit::new_file(path, text)]))
}

/// The text of a release that begins with another one's plan, and what there is to be said of it.
fn last_time(
    snapshot: &Snapshot,
    other: &str,
    wish: &[MilestoneMove],
    (id, path): (&Id, &SourcePath),
    blank: NewReleaseReport,
) -> Result<(String, NewReleaseReport), Refused> {
    let (_, source) = release_named(snapshot, other)?;
    let unread =
        || Refused::Faulty { what: format!("the release {other}"), look: "`ccrov check`".to_owned() };
    let before = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| false);
    let before = before.ok_or_else(unread)?;
    let plan = before.release(other).ok_or_else(unread)?;
    let now = resolve(plan, plan.delays.len(), NaiveDate::MAX, &mut Faults::default()).ok_or_else(unread)?;
    let moves = moves(wish, &now)?;
    let text = copy::copied(&snapshot.sources.get(source).text, &now, &moves);
    let text = text.ok_or_else(|| Refused::NotEdited {
        what: format!("the release {other}"),
        instead: "begin a blank one, and copy what you need".to_owned(),
    })?;
    let after = snapshot.with(&[Edit::new_file(path.clone(), text.clone())]);
    let (dates, findings) = dates::dates(&now, &before.office, &after, id);
    let elections = before.office.elections.values().flatten().map(|election| election.name.as_str());
    let typed: Vec<&str> = wish.iter().map(|one| one.milestone.as_str()).collect();
    let carried = confirm::places(path, &text, elections, &typed);
    Ok((text, NewReleaseReport { dates, carried, findings, ..blank }))
}

/// Where the milestones of the copy are to be, by their place in the plan.
fn moves(wish: &[MilestoneMove], now: &Resolved<'_>) -> Result<BTreeMap<usize, Move>, Refused> {
    let mut moves = BTreeMap::new();
    for one in wish {
        let at = milestone_of(one, now.plan)?;
        near_days(one, last_planned(now.plan))?;
        let milestone = &now.plan.milestones[at];
        let end = match (&one.end, &one.start) {
            (Some(end), _) => Some(end.clone()),
            (None, _) if !milestone.is_window => None,
            (None, Day::Tbd(_)) => Some(one.start.clone()),
            (None, Day::Known(start)) => {
                let last = last_day_of_window(now.plan, at, &now.milestones[at].now, *start);
                Some(last.map(Day::Known).ok_or_else(|| {
                    Refused::NotADelay(NotADelay::NoEnd { milestone: one.milestone.clone() })
                })?)
            }
        };
        let place = milestone.dates.start.place.clone();
        if moves.insert(at, Move { start: one.start.clone(), end, place }).is_some() {
            return Err(Refused::NotADelay(NotADelay::MovedTwice { milestone: one.milestone.clone() }));
        }
    }
    Ok(moves)
}

/// A file with nothing but remarks.
fn begun(id: &Id, snapshot: &Snapshot) -> String {
    let working = records::read(&snapshot.texts, &snapshot.sources, &mut Faults::default(), |_| false);
    let entities = working.as_ref().map(|working| names(&working.office.entities)).unwrap_or_default();
    let entities = if entities.is_empty() { ".".to_owned() } else { format!(": {}.", entities.join(", ")) };
    let text = include_str!("../new/release.yaml").replace("<entities>", &entities);
    let text = text.replace("<name>", "").replace("<id>", id.as_str());
    let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    schema_line(snapshot, "release") + &text
}
