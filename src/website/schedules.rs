//! What hangs on schedules: the list by release, the calendar.
//!
//! In: rows with their schedules. Out: pages. Not here: which schedules are current, which `events` knows; who does what, which
//! is `asked`'s.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::json;

use super::{
    MemoListing, PageKind, Site,
    events::{self, Event},
    lists::ListLink,
    pages::WebPage,
};
use crate::{
    layout::{CalendarLink, CalendarPath},
    model::{Id, date},
    output::StepEntry,
};

/// The steps that a page shows of a schedule.
#[derive(Serialize)]
pub(super) struct ScheduleSteps<'a> {
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
    pub(super) fn of(
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
            Some(release) => release_name(site, release).to_owned(),
            None => row.title.to_owned(),
        };
        Some(ScheduleSteps { name, memo: row, remaining, completed, deadlines: Vec::new() })
    }

    pub(super) fn of_deadlines(
        row: &'a MemoListing<'a>,
        deadlines: Vec<&'a StepEntry>,
    ) -> Option<ScheduleSteps<'a>> {
        let name = row.title.to_owned();
        let steps =
            ScheduleSteps { name, memo: row, remaining: Vec::new(), completed: Vec::new(), deadlines };
        (!steps.deadlines.is_empty()).then_some(steps)
    }
}

/// What a release is called; its id, if it has no name.
pub(super) fn release_name<'a>(site: &Site<'a>, id: &'a str) -> &'a str {
    let known = site.releases.iter().find(|(known, _)| known == id);
    known.map_or(id, |(_, name)| name)
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
        groups.push(ListLink { name: name.to_owned(), path: path.clone(), count: memos.len() });
        let now = current.iter().find(|row| row.entry.release.as_ref().map(Id::as_str) == Some(id));
        let schedule = now.and_then(|row| ScheduleSteps::of(site, row, |_| true));
        let calendar = CalendarLink::of(site.office, &CalendarPath::Release(id));
        pages.extend(WebPage::list(
            &path,
            &memos,
            |path| WebPage::new(path, "schedules.html", PageKind::Releases, name),
            |page, memos| {
                page.with_memos(memos).with("schedules", &schedule.as_slice()).with("calendar", &calendar)
            },
        ));
    }
    pages.insert(
        0,
        WebPage::new("releases/index.html", "groups.html", PageKind::Releases, "Releases")
            .with("groups", &groups),
    );
    pages
}

/// The days of all schedules as they hold now, a page a year.
pub(super) fn calendar(site: &Site<'_>, rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let calendar = CalendarLink::of(site.office, &CalendarPath::All);
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
            .with("groups", &groups)
            .with("calendar", &calendar),
    ];
    for (year, events) in &years {
        pages.extend(WebPage::list(
            &format!("calendar/{year}.html"),
            events,
            |path| WebPage::new(path, "calendar.html", PageKind::Calendar, format!("Calendar of {year}")),
            |page, events| page.with("months", &months(events)).with("calendar", &calendar),
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
