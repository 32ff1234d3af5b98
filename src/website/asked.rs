//! Who does what: a page for each responsible entity that is asked something, and for each county.
//!
//! In: rows with their schedules, the office's entities and counties. Out: pages. A page shows what is asked of its entity, alone
//! or with others, and of all that it is a part of. Not here: which schedules hold, which `events` knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    MemoListing, PageKind, Site,
    entities::{EntityListing, KnownNames, known, owners},
    events::{self, Event},
    lists::ListLink,
    pages::WebPage,
    schedules::ScheduleSteps,
};
use crate::{
    diagnostic::Placed,
    layout::{CalendarLink, CalendarPath},
    model::{Entity, Id, date},
    output::StepEntry,
};

/// How many dates the page of a county and the home page show at most; the calendar has the others.
const DATES: usize = 60;
/// How many of the newest memos the page of a county shows.
const NEWEST: usize = 10;

/// A county, as lists of counties show it.
#[derive(Serialize)]
struct CountyLink<'s> {
    name: &'s str,
    path: String,
    /// Its id, by which a browser keeps it.
    id: String,
    /// The printed names of all that it is a part of, between bars, so that a browser finds what is asked of it.
    asked: String,
    #[serde(skip)]
    entity: &'s Entity,
}

/// A name that leads to the page of an entity, if there is one.
#[derive(Serialize)]
struct EntityLink<'a> {
    name: &'a str,
    path: Option<String>,
}

/// The calendar of an entity.
#[derive(Serialize)]
struct EntityCalendar<'a> {
    name: &'a str,
    link: CalendarLink,
}

/// The counties that the office names.
fn counties<'s>(site: &Site<'s>) -> Vec<CountyLink<'s>> {
    let office = site.office;
    let all = office.counties.iter().filter_map(|(id, county)| Some((id, county.as_deref()?)));
    let link = |(id, county): (&'s Id, &'s Entity)| CountyLink {
        name: &county.name,
        path: format!("counties/{id}.html"),
        id: id.to_string(),
        asked: barred(office.asked(county)),
        entity: county,
    };
    let mut links: Vec<_> = all.map(link).collect();
    links.sort_by_key(|county| county.name);
    links
}

/// Names between bars: "|NEW Counties|SOS|". No printed name has one, for it would part cells of a table.
fn barred<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().fold("|".to_owned(), |all, name| all + name + "|")
}

/// The days that come up after a day, with who is asked.
fn upcoming(site: &Site<'_>, rows: &[MemoListing<'_>], as_of: Option<NaiveDate>) -> Vec<Event> {
    let known = known(site);
    let mut upcoming = events::events(rows);
    upcoming.retain(|event| as_of.is_none_or(|day| event.day > day));
    for event in &mut upcoming {
        event.asked = barred(owners(&event.owner, &known));
    }
    upcoming
}

/// What the pages of entities and counties are made of.
struct AskedPages<'s, 'r, 'a> {
    site: &'r Site<'s>,
    rows: &'r [MemoListing<'a>],
    /// Those who are asked something, by their names.
    listings: BTreeMap<&'r str, &'r EntityListing<'r, 'a>>,
    known: KnownNames<'s>,
    upcoming: Vec<Event>,
    as_of: Option<NaiveDate>,
    /// The schedules and the deadlines that hold.
    current: Vec<&'r MemoListing<'a>>,
    deadlines: Vec<(&'r MemoListing<'a>, Vec<&'a StepEntry>)>,
}

/// The list of responsible entities with a page for each that is asked something; a page for each county.
pub(super) fn pages<'r, 'a>(
    site: &'r Site<'_>,
    rows: &'r [MemoListing<'a>],
    listings: &'r [EntityListing<'r, 'a>],
    as_of: Option<NaiveDate>,
) -> Vec<WebPage> {
    let asked = AskedPages {
        site,
        rows,
        listings: listings.iter().map(|entity| (entity.name, entity)).collect(),
        known: known(site),
        upcoming: upcoming(site, rows, as_of),
        as_of,
        current: events::current(rows),
        deadlines: events::deadlines(rows),
    };
    let link = |entity: &EntityListing<'_, '_>| ListLink {
        name: entity.name.to_owned(),
        path: entity.path(),
        count: entity.memos.len(),
    };
    let groups: Vec<ListLink> = listings.iter().map(link).collect();
    let counties = counties(site);
    let mut pages = vec![
        WebPage::new("entities/index.html", "groups.html", PageKind::Entities, "Who does what")
            .with("groups", &groups)
            .with("counties", &counties),
    ];
    pages.extend(listings.iter().flat_map(|entity| asked.entity(entity)));
    if !counties.is_empty() {
        pages.push(
            WebPage::new("counties/index.html", "groups.html", PageKind::Entities, "Counties")
                .with("counties", &counties),
        );
    }
    pages.extend(counties.iter().map(|county| asked.county(county)));
    pages
}

impl AskedPages<'_, '_, '_> {
    /// The dates that come up for some.
    fn coming(&self, wholes: &BTreeSet<&str>) -> Vec<&Event> {
        let is_of = |event: &&Event| event.asked.split('|').any(|owner| wholes.contains(owner));
        self.upcoming.iter().filter(is_of).collect()
    }

    /// What an entity or a county is a part of, without itself; and all others that are asked something.
    fn links<'n>(
        &'n self,
        name: &str,
        wholes: &'n BTreeSet<&'n str>,
    ) -> (Vec<EntityLink<'n>>, Vec<EntityLink<'n>>) {
        let link = |(name, path)| EntityLink { name, path };
        let all = self.listings.values().map(|entity| (entity.name, Some(entity.path())));
        let (within, others): (Vec<_>, Vec<_>) =
            all.filter(|(other, _)| *other != name).partition(|(other, _)| wholes.contains(other));
        // Nothing is asked of it now, or ever was.
        let idle = wholes.iter().filter(|whole| **whole != name && !self.listings.contains_key(**whole));
        let idle = idle.filter(|whole| self.known.contains_key(**whole)).map(|whole| (*whole, None));
        (within.into_iter().chain(idle).map(link).collect(), others.into_iter().map(link).collect())
    }

    fn with_dates(&self, page: WebPage, name: &str, wholes: &BTreeSet<&str>) -> WebPage {
        let coming = self.coming(wholes);
        let (within, others) = self.links(name, wholes);
        page.with("events", &coming.iter().take(DATES).collect::<Vec<_>>())
            .with("more", &coming.len().saturating_sub(DATES))
            .with("as_of", &self.as_of.map(date::prose))
            .with("within", &within)
            .with("elsewhere", &others)
    }

    fn entity(&self, entity: &EntityListing<'_, '_>) -> Vec<WebPage> {
        let name = entity.name;
        let asked = |step: &StepEntry| entity.is_asked(&owners(&step.owner, &self.known));
        let calendar = CalendarLink::of(self.site.office, &CalendarPath::Entity(&entity.id));
        let of_deadlines = self.deadlines.iter().filter_map(|(row, own)| {
            let own = own.iter().copied().filter(|deadline| asked(deadline)).collect();
            ScheduleSteps::of_deadlines(row, own)
        });
        let of_plans = self.current.iter().filter_map(|row| ScheduleSteps::of(self.site, row, asked));
        let schedules: Vec<_> = of_plans.chain(of_deadlines).collect();
        WebPage::list(
            &entity.path(),
            &entity.memos,
            |path| {
                let page =
                    WebPage::new(path, "entity.html", PageKind::Entities, format!("{name}: what to do"));
                self.with_dates(page, name, &entity.wholes)
            },
            |page, memos| {
                page.with_memos(memos)
                    .with("name", &name)
                    .with("schedules", &schedules)
                    .with("calendar", &calendar)
            },
        )
    }

    /// The page of a county. It leads to the schedules of those that the county is a part of, which are the same for many.
    fn county(&self, county: &CountyLink<'_>) -> WebPage {
        let wholes: BTreeSet<&str> = self.site.office.asked(county.entity);
        let parts = wholes.iter().filter_map(|whole| self.listings.get(whole));
        let newest: BTreeSet<&str> =
            parts.flat_map(|entity| entity.memos.iter().take(NEWEST).map(|row| row.id)).collect();
        let newest: Vec<_> = self.rows.iter().filter(|row| newest.contains(row.id)).take(NEWEST).collect();
        let title = format!("{} County: what is next", county.name);
        let page = WebPage::new(&county.path, "county.html", PageKind::Entities, title);
        self.with_dates(page, county.name, &wholes)
            .with("county", county)
            .with("calendars", &self.calendars(county.entity))
            .with_memos(&newest)
    }

    /// The calendars of those that a county is a part of; each has the dates of all that these are a part of.
    fn calendars<'c>(&'c self, county: &'c Entity) -> Vec<EntityCalendar<'c>> {
        let office = self.site.office;
        let calendar = |id: &'c Placed<Id>| {
            let name = office.entities.get(&id.value)?.as_ref()?.name.as_str();
            let entity = self.listings.get(name)?;
            let link = CalendarLink::of(office, &CalendarPath::Entity(&entity.id));
            Some(EntityCalendar { name: entity.name, link })
        };
        county.part_of.iter().filter_map(calendar).collect()
    }
}

/// What the home page shows of who does what.
pub(super) fn on_home(
    page: WebPage,
    site: &Site<'_>,
    rows: &[MemoListing<'_>],
    listings: &[EntityListing<'_, '_>],
    as_of: Option<NaiveDate>,
) -> WebPage {
    let mut upcoming = upcoming(site, rows, as_of);
    let more = upcoming.len().saturating_sub(DATES);
    upcoming.truncate(DATES);
    let link =
        |entity: &EntityListing<'_, '_>| serde_json::json!({ "name": entity.name, "path": entity.path() });
    page.with("as_of", &as_of.map(date::prose))
        .with("events", &upcoming)
        .with("more", &more)
        .with("entities", &listings.iter().map(link).collect::<Vec<_>>())
        .with("counties", &counties(site))
}
