//! Who does what: a page for each responsible entity that is asked something, and for each county.
//!
//! In: rows with their schedules, the office's entities and counties. Out: pages. A page shows what is asked of its entity, alone
//! or with others, and of all that it is a part of. Not here: which schedules hold, which `events` knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    MemoListing, PageKind, Site,
    entities::{EntityListing, owners},
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
pub(super) struct CountyLink {
    name: String,
    path: String,
    /// Its id, by which a browser keeps it.
    id: String,
    /// The printed names of all that it is a part of, between bars, so that a browser finds what is asked of it.
    asked: String,
}

/// A name that leads to the page of an entity, if there is one.
#[derive(Serialize)]
struct EntityLink<'a> {
    name: &'a str,
    path: Option<&'a str>,
}

/// The calendar of an entity.
#[derive(Serialize)]
struct EntityCalendar<'a> {
    name: &'a str,
    link: CalendarLink,
}

/// The counties that the office names.
pub(super) fn counties(site: &Site<'_>) -> Vec<CountyLink> {
    let all = site.office.counties.iter().filter_map(|(id, county)| Some((id, county.as_deref()?)));
    let link = |(id, county): (&Id, &Entity)| CountyLink {
        name: county.name.clone(),
        path: format!("counties/{id}.html"),
        id: id.to_string(),
        asked: barred(site.office.asked(county)),
    };
    let mut links: Vec<_> = all.map(link).collect();
    links.sort_by(|a, b| a.name.cmp(&b.name));
    links
}

/// Names between bars: "|NEW Counties|SOS|". No printed name has one, for it would part cells of a table.
fn barred<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().fold("|".to_owned(), |all, name| all + name + "|")
}

/// The ids of entities by their printed names.
pub(super) fn known<'a>(site: &'a Site<'_>) -> BTreeMap<&'a str, &'a str> {
    let entities = &site.office.entities;
    entities.iter().filter_map(|(id, entity)| Some((entity.as_deref()?.name.as_str(), id.as_str()))).collect()
}

/// The days that come up after a day, with who is asked; as many as a page shows.
pub(super) fn upcoming(site: &Site<'_>, rows: &[MemoListing<'_>], as_of: Option<NaiveDate>) -> Vec<Event> {
    let known = known(site);
    let mut upcoming = events::events(rows);
    upcoming.retain(|event| as_of.is_none_or(|day| event.day > day));
    for event in &mut upcoming {
        event.asked = barred(owners(&event.owner, &known));
    }
    upcoming
}

/// What the pages of entities and counties are made of.
struct AskedPages<'s, 'a> {
    site: &'s Site<'s>,
    rows: &'a [MemoListing<'a>],
    known: BTreeMap<&'s str, &'s str>,
    upcoming: Vec<Event>,
    as_of: Option<NaiveDate>,
    /// The pages of entities by their names.
    paths: BTreeMap<&'s str, String>,
}

/// The list of responsible entities with a page for each that is asked something; a page for each county.
pub(super) fn pages(site: &Site<'_>, rows: &[MemoListing<'_>], as_of: Option<NaiveDate>) -> Vec<WebPage> {
    let known = known(site);
    let listings = EntityListing::all(site, rows);
    let paths = listings.iter().map(|entity| (entity.name, format!("entities/{}.html", entity.id))).collect();
    let upcoming = upcoming(site, rows, as_of);
    let asked = AskedPages { site, rows, known: known.clone(), upcoming, as_of, paths };
    let link = |entity: &EntityListing<'_, '_>| ListLink {
        name: entity.name.to_owned(),
        path: asked.paths[entity.name].clone(),
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
    let of_office = site.office.counties.values().flatten();
    let of_office = of_office.map(|county| (county.name.as_str(), site.office.asked(county)));
    let by_name: BTreeMap<&str, BTreeSet<&str>> = of_office.collect();
    pages.extend(counties.iter().map(|county| asked.county(county, &by_name[county.name.as_str()])));
    pages
}

impl AskedPages<'_, '_> {
    /// Whether those who are asked are among some.
    fn is_of(&self, step: &StepEntry, wholes: &BTreeSet<&str>) -> bool {
        owners(&step.owner, &self.known).iter().any(|owner| wholes.contains(owner))
    }

    /// The dates that come up for some.
    fn coming(&self, wholes: &BTreeSet<&str>) -> Vec<&Event> {
        let is_of =
            |event: &&Event| owners(&event.owner, &self.known).iter().any(|owner| wholes.contains(owner));
        self.upcoming.iter().filter(is_of).collect()
    }

    /// What an entity or a county is a part of, without itself; and all others that are asked something.
    fn links<'n>(
        &'n self,
        name: &str,
        wholes: &'n BTreeSet<&'n str>,
    ) -> (Vec<EntityLink<'n>>, Vec<EntityLink<'n>>) {
        let link = |(name, path)| EntityLink { name, path };
        let all = self.paths.iter().map(|(name, path)| (*name, Some(path.as_str())));
        let (within, others): (Vec<_>, Vec<_>) =
            all.filter(|(other, _)| *other != name).partition(|(other, _)| wholes.contains(other));
        // Nothing is asked of it now, or ever was.
        let idle = wholes.iter().filter(|whole| **whole != name && !self.paths.contains_key(**whole));
        let idle = idle.filter_map(|whole| Some((*self.known.get_key_value(whole)?.0, None)));
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
        let (name, wholes) = (entity.name, &entity.wholes());
        let asked = |step: &StepEntry| self.is_of(step, wholes);
        let calendar = CalendarLink::of(self.site.office, &CalendarPath::Entity(&entity.id));
        let deadlines = events::deadlines(self.rows);
        let of_deadlines = deadlines.iter().filter_map(|(row, own)| {
            let own = own.iter().copied().filter(|deadline| asked(deadline)).collect();
            ScheduleSteps::of_deadlines(row, own)
        });
        let current = events::current(self.rows);
        let of_plans = current.iter().filter_map(|row| ScheduleSteps::of(self.site, row, asked));
        let schedules: Vec<_> = of_plans.chain(of_deadlines).collect();
        WebPage::list(
            &self.paths[name],
            &entity.memos,
            |path| {
                let page =
                    WebPage::new(path, "entity.html", PageKind::Entities, format!("{name}: what to do"));
                self.with_dates(page, name, wholes)
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
    fn county(&self, county: &CountyLink, wholes: &BTreeSet<&str>) -> WebPage {
        let asks = |row: &&MemoListing<'_>| row.entry.dated().any(|step| self.is_of(step, wholes));
        let newest: Vec<_> = self.rows.iter().filter(asks).take(NEWEST).collect();
        let title = format!("{} County: what is next", county.name);
        let page = WebPage::new(&county.path, "county.html", PageKind::Entities, title);
        self.with_dates(page, &county.name, wholes)
            .with("county", county)
            .with("calendars", &self.calendars(county))
            .with_memos(&newest)
    }

    /// The calendars of those that a county is a part of; each has the dates of all that these are a part of.
    fn calendars(&self, county: &CountyLink) -> Vec<EntityCalendar<'_>> {
        let office = self.site.office;
        let found = office.counties.iter().find(|(id, _)| id.as_str() == county.id);
        let parts = found.and_then(|(_, found)| found.as_ref()).map_or(&[][..], |found| &found.part_of);
        let calendar = |id: &Placed<Id>| {
            let name = office.entities.get(&id.value)?.as_ref()?.name.as_str();
            let link = || CalendarLink::of(office, &CalendarPath::Entity(id.value.as_str()));
            self.paths.contains_key(name).then(|| EntityCalendar { name, link: link() })
        };
        parts.iter().filter_map(calendar).collect()
    }
}

/// What the home page shows of who does what.
pub(super) fn on_home(
    page: WebPage,
    site: &Site<'_>,
    rows: &[MemoListing<'_>],
    as_of: Option<NaiveDate>,
) -> WebPage {
    let known = known(site);
    let mut upcoming = upcoming(site, rows, as_of);
    let more = upcoming.len().saturating_sub(DATES);
    upcoming.truncate(DATES);
    // Whose pages there are: names that the office knows are their own addresses.
    let asked: BTreeSet<&str> = {
        let steps = rows.iter().flat_map(|row| row.entry.dated());
        steps.flat_map(|step| owners(&step.owner, &known)).collect()
    };
    let entities: Vec<_> = asked
        .iter()
        .filter_map(|name| {
            Some(serde_json::json!({ "name": name, "path": format!("entities/{}.html", known.get(name)?) }))
        })
        .collect();
    page.with("as_of", &as_of.map(date::prose))
        .with("events", &upcoming)
        .with("more", &more)
        .with("entities", &entities)
        .with("counties", &counties(site))
}
