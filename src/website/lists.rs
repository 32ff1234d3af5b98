//! The home page, and the lists of memos: by year and month, by topic.
//!
//! In: rows. Out: pages. Not here: what hangs on schedules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use serde_json::json;

use super::{MemoListing, PageKind, Site, asked, entities::EntityListing, pages::WebPage};
use crate::{
    layout::{CalendarLink, CalendarPath},
    model::date,
    output::harmless,
};

/// How many of the newest memos the home page shows.
const NEWEST: usize = 10;

/// A list that another one leads to.
#[derive(Serialize)]
pub(super) struct ListLink {
    pub name: String,
    pub path: String,
    pub count: usize,
}

/// The home page.
pub(super) fn home(
    site: &Site<'_>,
    rows: &[MemoListing<'_>],
    entities: &[EntityListing<'_, '_>],
    as_of: Option<NaiveDate>,
) -> Vec<WebPage> {
    let page = WebPage::new("index.html", "home.html", PageKind::Home, &site.office.website.title)
        .with_memos(&rows.iter().take(NEWEST).collect::<Vec<_>>())
        .with("calendar", &CalendarLink::of(site.office, &CalendarPath::All));
    vec![asked::on_home(page, site, rows, entities, as_of)]
}

/// For each year its list, the lists of its months, and these without a page around them.
pub(super) fn years(rows: &[MemoListing<'_>]) -> Vec<(i32, Vec<WebPage>)> {
    let mut years: BTreeMap<i32, Vec<&MemoListing<'_>>> = BTreeMap::new();
    rows.iter().for_each(|row| years.entry(row.year()).or_default().push(row));
    let year = |(year, rows): (i32, Vec<&MemoListing<'_>>)| {
        let months = months(&rows);
        let links: Vec<ListLink> =
            months.iter().map(|(_, name, rows)| month_group(year, name, rows)).collect();
        let mut pages = WebPage::list(
            &format!("memos/{year}/index.html"),
            &rows,
            |path| {
                let title = format!("Memoranda of {year}");
                WebPage::new(path, "list.html", PageKind::Memos, title).with("groups", &links)
            },
            |page, rows| page.with_memos(rows),
        );
        for (_, name, rows) in &months {
            let path = month_path(year, name);
            let title = format!("Memoranda of {name} {year}");
            pages.extend(WebPage::list(
                &path,
                rows,
                |path| WebPage::new(path, "list.html", PageKind::Memos, title.as_str()),
                |page, rows| page.with_memos(rows),
            ));
            let path = path.replace("index.html", "fragment.html");
            pages.push(
                WebPage::new(&path, "fragment.html", PageKind::Elsewhere, title.as_str()).with_memos(rows),
            );
        }
        (year, pages)
    };
    years.into_iter().map(year).collect()
}

/// The list of years, with their months.
pub(super) fn all(rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let mut years: BTreeMap<i32, Vec<&MemoListing<'_>>> = BTreeMap::new();
    rows.iter().for_each(|row| years.entry(row.year()).or_default().push(row));
    let year = |(year, rows): (&i32, &Vec<&MemoListing<'_>>)| {
        let months = months(rows);
        let months: Vec<_> = months.iter().map(|(_, name, rows)| month_group(*year, name, rows)).collect();
        json!({
            "name": year.to_string(),
            "path": format!("memos/{year}/index.html"),
            "count": rows.len(),
            "months": months,
        })
    };
    let years: Vec<_> = years.iter().rev().map(year).collect();
    vec![
        WebPage::new("memos/index.html", "years.html", PageKind::Memos, "All memoranda")
            .with("years", &years),
    ]
}

/// The list of topics, and the list of each topic's memos.
pub(super) fn topics(rows: &[MemoListing<'_>]) -> Vec<WebPage> {
    let mut topics: BTreeMap<String, (&str, Vec<&MemoListing<'_>>)> = BTreeMap::new();
    for row in rows {
        let topic = row.topic.unwrap_or("Other subjects");
        topics.entry(topic.to_lowercase()).or_insert((topic, Vec::new())).1.push(row);
    }
    let mut taken = BTreeSet::new();
    let (mut groups, mut pages) = (Vec::new(), Vec::new());
    for (topic, rows) in topics.values() {
        let path = format!("topics/{}.html", slug(topic, &mut taken));
        groups.push(ListLink { name: (*topic).to_owned(), path: path.clone(), count: rows.len() });
        pages.extend(WebPage::list(
            &path,
            rows,
            |path| WebPage::new(path, "list.html", PageKind::Topics, *topic),
            |page, rows| page.with_memos(rows),
        ));
    }
    pages.insert(
        0,
        WebPage::new("topics/index.html", "groups.html", PageKind::Topics, "Topics").with("groups", &groups),
    );
    pages
}

/// A name as a part of an address: "CAL-ACCESS Online" is `cal-access-online`; names that would be the same are
/// counted.
pub(super) fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let harmless = harmless(name).replace('.', "-");
    let words: Vec<&str> = harmless.split('-').filter(|word| !word.is_empty()).collect();
    // A file system takes 255 bytes; what is harmless is ASCII.
    let words: String = words.join("-").chars().take(80).collect();
    let slug = if words.is_empty() || words == "index" { "other".to_owned() } else { words };
    let free = |slug: &String| !taken.contains(slug);
    let counted = (2..).map(|nth| format!("{slug}-{nth}"));
    let found = std::iter::once(slug.clone()).chain(counted).find(free).unwrap_or(slug);
    taken.insert(found.clone());
    found
}

type MonthOfMemos<'r, 'a> = (u32, &'static str, Vec<&'r MemoListing<'a>>);

/// The months of a year, latest first.
fn months<'r, 'a>(rows: &[&'r MemoListing<'a>]) -> Vec<MonthOfMemos<'r, 'a>> {
    let mut months: Vec<MonthOfMemos<'r, 'a>> = Vec::new();
    for row in rows {
        match months.last_mut().filter(|(month, ..)| *month == row.day.month()) {
            Some((.., rows)) => rows.push(row),
            None => months.push((row.day.month(), date::month(row.day), vec![row])),
        }
    }
    months
}

fn month_path(year: i32, name: &str) -> String {
    format!("memos/{year}/{}/index.html", name.to_lowercase())
}

fn month_group(year: i32, name: &str, rows: &[&MemoListing<'_>]) -> ListLink {
    ListLink { name: format!("{name} {year}"), path: month_path(year, name), count: rows.len() }
}
