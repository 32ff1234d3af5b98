//! What hangs on schedules: the lists by release and by responsible entity, the calendar.
//!
//! In: rows with their schedules. Out: pages. Not here: which schedules are current, which `events` knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::json;

use super::{
    MemoListing, PageKind, Site,
    events::{self, Event, owners},
    lists::{ListLink, slug},
    pages::WebPage,
};
use crate::{
    model::{Id, date},
    output::StepEntry,
};

/// The steps that a page shows of a schedule.
#[derive(Serialize)]
struct ScheduleSteps<'a> {
    /// What it is of.
    name: String,
    /// The memo that published it.
    memo: &'a MemoListing<'a>,
    remaining: Vec<&'a StepEntry>,
    completed: Vec<&'a StepEntry>,
    /// The deadlines that a memo lists itself, in place of steps.
    deadlines: Vec<&'a StepEntry>,
}

impl<'a> ScheduleSteps<'a> {
    fn of(
        site: &Site<'_>,
        row: &'a MemoListing<'a>,
        wanted: impl Fn(&StepEntry) -> bool,
    ) -> Option<ScheduleSteps<'a>> {
        let steps: Vec<_> = row.entry.schedule.iter().filter(|step| wanted(step)).collect();
        if steps.is_empty() {
            return None;
        }
        let (completed, remaining) = steps.into_iter().partition(|step| step.completed);
        let name = match row.entry.release.as_ref().map(Id::as_str) {
            Some(release) => release_name(site, release),
            None => row.title.to_owned(),
        };
        Some(ScheduleSteps { name, memo: row, remaining, completed, deadlines: Vec::new() })
    }

    fn of_deadlines(row: &'a MemoListing<'a>, deadlines: Vec<&'a StepEntry>) -> Option<ScheduleSteps<'a>> {
        let name = row.title.to_owned();
        let steps =
            ScheduleSteps { name, memo: row, remaining: Vec::new(), completed: Vec::new(), deadlines };
        (!steps.deadlines.is_empty()).then_some(steps)
    }
}

fn release_name(site: &Site<'_>, id: &str) -> String {
    let known = site.releases.iter().find(|(known, _)| known == id);
    known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
}

/// The list of releases; of each its memos, and its schedule as it is now.
pub(super) fn releases(site: &Site<'_>, rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let current = events::current(rows);
    let mut releases: BTreeMap<&str, Vec<&MemoListing<'_>>> = BTreeMap::new();
    for row in rows {
        if let Some(release) = row.entry.release.as_ref().map(Id::as_str) {
            releases.entry(release).or_default().push(row);
        }
    }
    let (mut groups, mut pages) = (Vec::new(), Vec::new());
    for (id, memos) in releases {
        let name = release_name(site, id);
        let path = format!("releases/{id}.html");
        groups.push(ListLink { name: name.clone(), path: path.clone(), count: memos.len() });
        let now = current.iter().find(|row| row.entry.release.as_ref().map(Id::as_str) == Some(id));
        let schedule = now.and_then(|row| ScheduleSteps::of(site, row, |_| true));
        pages.extend(WebPage::list(
            &path,
            &memos,
            |path| WebPage::new(path, "schedules.html", PageKind::Releases, name.as_str()),
            |page, memos| page.with_memos(memos).with("schedules", &schedule.as_slice()),
        ));
    }
    pages.insert(
        0,
        WebPage::new("releases/index.html", "groups.html", PageKind::Releases, "Releases")
            .with("groups", &groups),
    );
    pages
}

/// The list of responsible entities; of each what is asked of it now, and the memos that asked something.
pub(super) fn entities(site: &Site<'_>, rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let known: BTreeMap<&str, &str> = site
        .office
        .entities
        .iter()
        .filter_map(|(id, entity)| Some((entity.as_deref()?.name.as_str(), id.as_str())))
        .collect();
    // What is asked of all is asked of each.
    let parts: Vec<(&str, BTreeSet<&str>)> = {
        let all = site.office.entities.values().flatten().filter(|entity| !entity.part_of.is_empty());
        all.map(|entity| (entity.name.as_str(), site.office.asked(entity))).collect()
    };
    let (current, deadlines) = (events::current(rows), events::deadlines(rows));
    let mut entities: BTreeMap<&str, Vec<&MemoListing<'_>>> = BTreeMap::new();
    for row in rows {
        let mut asked: BTreeSet<&str> =
            row.entry.dated().flat_map(|step| owners(&step.owner, &known)).collect();
        let of_all = parts.iter().filter(|(_, wholes)| !wholes.is_disjoint(&asked)).map(|(name, _)| *name);
        asked.extend(of_all.collect::<Vec<_>>());
        asked.into_iter().for_each(|name| entities.entry(name).or_default().push(row));
    }
    let mut taken: BTreeSet<String> = known.values().map(|id| (*id).to_owned()).collect();
    let (mut groups, mut pages) = (Vec::new(), Vec::new());
    for (name, memos) in &entities {
        let id = known.get(name).map_or_else(|| slug(name, &mut taken), |id| (*id).to_owned());
        let path = format!("entities/{id}.html");
        groups.push(ListLink { name: (*name).to_owned(), path: path.clone(), count: memos.len() });
        let wholes = parts.iter().find(|(part, _)| part == name).map(|(_, wholes)| wholes);
        let asked = |step: &StepEntry| {
            let owners = owners(&step.owner, &known);
            owners.contains(name)
                || wholes.is_some_and(|wholes| owners.iter().any(|owner| wholes.contains(owner)))
        };
        let of_deadlines = deadlines.iter().filter_map(|(row, own)| {
            let own = own.iter().copied().filter(|deadline| asked(deadline)).collect();
            ScheduleSteps::of_deadlines(row, own)
        });
        let of_plans = current.iter().filter_map(|row| ScheduleSteps::of(site, row, asked));
        let schedules: Vec<_> = of_plans.chain(of_deadlines).collect();
        pages.extend(WebPage::list(
            &path,
            memos,
            |path| WebPage::new(path, "schedules.html", PageKind::Entities, *name),
            |page, memos| page.with_memos(memos).with("schedules", &schedules),
        ));
    }
    pages.insert(
        0,
        WebPage::new("entities/index.html", "groups.html", PageKind::Entities, "Who does what")
            .with("groups", &groups),
    );
    pages
}

/// The days of all schedules as they hold now, a page a year.
pub(super) fn calendar(rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let events = events::events(rows);
    let mut years: BTreeMap<i32, Vec<&Event>> = BTreeMap::new();
    events.iter().for_each(|event| years.entry(event.day.year()).or_default().push(event));
    let group = |(year, events): (&i32, &Vec<&Event>)| ListLink {
        name: year.to_string(),
        path: format!("calendar/{year}.html"),
        count: events.len(),
    };
    let groups: Vec<ListLink> = years.iter().rev().map(group).collect();
    let mut pages = vec![
        WebPage::new("calendar/index.html", "groups.html", PageKind::Calendar, "Calendar")
            .with("groups", &groups),
    ];
    for (year, events) in &years {
        pages.extend(WebPage::list(
            &format!("calendar/{year}.html"),
            events,
            |path| WebPage::new(path, "calendar.html", PageKind::Calendar, format!("Calendar of {year}")),
            |page, events| page.with("months", &months(events)),
        ));
    }
    pages
}

/// Days by their months.
fn months(events: &[&Event]) -> Vec<serde_json::Value> {
    let by_month = events.chunk_by(|a, b| (a.day.year(), a.day.month()) == (b.day.year(), b.day.month()));
    let month = |events: &[&Event]| {
        let name = events.first().map(|event| format!("{} {}", date::month(event.day), event.day.year()));
        json!({ "name": name, "events": events })
    };
    by_month.map(month).collect()
}
