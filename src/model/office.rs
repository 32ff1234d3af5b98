//! The office: who it is, who works there, whom it tells what to do.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{Id, Look, Text, Typeface};
use crate::{diagnostic::Placed, words::series};

/// Things by their id. An id without a thing is one whose entry has a fault: it is known, so that
/// naming it is no second fault, and whatever needs it is not built.
pub type ById<T> = BTreeMap<Id, Option<Arc<T>>>;

/// What `memos/office.yaml` says.
#[derive(Debug, Clone)]
pub struct Office {
    /// "State of California".
    pub state: String,
    /// Who held the office from when on, earliest first.
    pub holders: Vec<Holder>,
    /// The letterheads of the office's divisions.
    pub letterheads: ById<Letterhead>,
    /// Those who write memos.
    pub people: ById<Person>,
    /// Whom a reader can ask.
    pub contacts: ById<Contact>,
    /// Who is responsible for tasks.
    pub entities: ById<Entity>,
    /// The counties, each with the entities that it is a part of: a reader looks for the county, whatever memos call it.
    pub counties: ById<Entity>,
    /// Days on which somebody is closed.
    pub calendars: ById<Calendar>,
    /// Elections that memos speak of.
    pub elections: ById<Election>,
    /// Who is told of memos by mail, each by an address; no one of them sees the others.
    pub mail_to: Vec<String>,
    /// The lines at the top of each page after the first, as templates.
    pub running_head: Vec<Text>,
    /// How quotation marks and dashes are set.
    pub typography: Typography,
    /// How PDFs look.
    pub look: Look,
    /// What PDFs are set in, if not in the program's own typeface.
    pub typeface: Option<Typeface>,
    /// The published path of a memo without its extension, as a template.
    pub published_as: Text,
    /// The website that memos are published on.
    pub website: Website,
    /// What is printed of a date that nobody knows yet: "To be determined".
    pub tbd: Arc<str>,
    /// What the note below a schedule says of dates that a closed day has moved, if not the usual words.
    pub rolled: Option<String>,
}

/// How quotation marks, apostrophes and dashes are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typography {
    /// As they are typed.
    #[default]
    AsTyped,
    /// Straight quotes and hyphens that stand for dashes as a typesetter sets them: “ ” ‘ ’ – —.
    Smart,
}

impl Typography {
    /// Both, by the words that name them.
    pub const ALL: [(&str, Typography); 2] =
        [("as-typed", Typography::AsTyped), ("smart", Typography::Smart)];
}

/// A website.
#[derive(Debug, Clone, PartialEq)]
pub struct Website {
    /// What its pages are headed: "County Memoranda".
    pub title: String,
    /// Where it will be, without a slash at its end: `https://elections.example.gov/memos`. Without an address
    /// there is no feed and no list for search engines, which name pages in full.
    pub address: Option<String>,
    /// Whose address stands in the foot of its pages.
    pub letterhead: Option<Arc<Letterhead>>,
    /// Whom a reader can ask about it.
    pub contact: Option<Arc<Contact>>,
    /// What is said there of how everybody can read it, and what to do if somebody cannot.
    pub accessibility: Option<String>,
}

impl Default for Website {
    fn default() -> Website {
        Website {
            title: "CC/ROV Memoranda".to_owned(),
            address: None,
            letterhead: None,
            contact: None,
            accessibility: None,
        }
    }
}

impl Website {
    /// The path of the site on its host, with a slash at both ends: "/memos/".
    ///
    /// ```
    /// let address = Some("https://elections.example.gov/memos".to_owned());
    /// let site = ccrov::model::Website { address, ..Default::default() };
    /// assert_eq!(site.folder(), "/memos/");
    /// ```
    pub fn folder(&self) -> String {
        let address = self.address.as_deref().and_then(|address| address.split_once("://"));
        let path = address.and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
        path.map_or_else(|| "/".to_owned(), |path| format!("/{path}/"))
    }
}

/// A holder of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The first day.
    pub starting: NaiveDate,
    /// "Shirley N. Weber".
    pub name: String,
    /// What follows the name and keeps its letters: "Ph.D.".
    pub degree: Option<String>,
    /// "Secretary of State", "Acting Secretary of State".
    pub title: String,
}

/// The lines at the top of a memo.
#[derive(Debug, Clone, PartialEq)]
pub struct Letterhead {
    /// Its name in office.yaml.
    pub id: Id,
    /// "Elections Division".
    pub division: String,
    /// Street, city and ZIP code in one line.
    pub address: String,
    /// Telephone.
    pub tel: Option<String>,
    /// Fax.
    pub fax: Option<String>,
    /// Web address as it is shown.
    pub web: Option<String>,
    /// The picture beside the lines.
    pub logo: Option<Logo>,
}

/// A picture beside the lines of a letterhead.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The path of its file from the working folder.
    pub file: Placed<String>,
    /// What is read aloud in its place.
    pub alternative: String,
    /// How high it is, in points.
    pub height: Option<f32>,
}

/// Somebody who writes memos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// "Debra Ledsinger".
    pub name: String,
    /// The initials that form a file's name: "dl".
    pub initials: String,
    /// Titles, earliest first.
    pub titles: Vec<Dated<String>>,
    /// Where the person reads mail; never printed.
    pub email: Option<String>,
    /// The last day in the office, if it is known.
    pub last_day: Option<NaiveDate>,
}

/// A value that holds from a day on; without a day, from ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The first day.
    pub starting: Option<NaiveDate>,
    /// The value.
    pub value: T,
}

/// Whom a reader can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// As it reads in a sentence: "the VoteCal Help Desk".
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// Who is responsible for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// As it is printed: "All CTE Counties".
    pub name: String,
    /// The calendar that says when it is closed.
    pub calendar: Option<Arc<Calendar>>,
    /// What it is a part of, by the names of entities: what is asked of these is asked of it.
    pub part_of: Vec<Placed<Id>>,
}

impl Entity {
    /// Those who are responsible, as printed.
    pub fn joined(owners: &[Arc<Entity>]) -> String {
        let names: Vec<&str> = owners.iter().map(|owner| owner.name.as_str()).collect();
        Entity::joined_names(&names)
    }

    /// Names of entities, as printed: "SOS/CGI"; where one has a slash of its own, "SOS/Elections and SOS/ITD".
    ///
    /// ```
    /// use ccrov::model::Entity;
    /// assert_eq!(Entity::joined_names(&["SOS", "CGI"]), "SOS/CGI");
    /// assert_eq!(Entity::joined_names(&["SOS/Elections", "SOS/ITD", "CGI"]), "SOS/Elections, SOS/ITD and CGI");
    /// ```
    pub fn joined_names(names: &[&str]) -> String {
        let has_slash = names.len() > 1 && names.iter().any(|name| name.contains('/'));
        if has_slash { series(names) } else { names.join("/") }
    }

    /// The names of a printed cell, one by one. Of several names that are known where one begins, the longest counts; what nobody knows any
    /// more stands as it was printed, with all that follows.
    ///
    /// ```
    /// use ccrov::model::Entity;
    /// let is_known = |name: &str| ["SOS", "SOS/ITD", "SOS/Elections", "CGI"].contains(&name);
    /// assert_eq!(Entity::parted_names("SOS/CGI", is_known), ["SOS", "CGI"]);
    /// assert_eq!(Entity::parted_names("SOS/Elections, SOS/ITD and CGI", is_known), ["SOS/Elections", "SOS/ITD", "CGI"]);
    /// ```
    pub fn parted_names(printed: &str, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
        const BETWEEN: [&str; 3] = ["/", ", ", " and "];
        let mut names = Vec::new();
        let mut rest = printed;
        while !rest.is_empty() {
            let ends = BETWEEN.iter().flat_map(|between| rest.match_indices(between).map(|(at, _)| at));
            let longest = ends.chain([rest.len()]).filter(|end| is_known(&rest[..*end])).max();
            let (name, more) = rest.split_at(longest.unwrap_or(rest.len()));
            names.push(name);
            rest = BETWEEN.iter().find_map(|between| more.strip_prefix(between)).unwrap_or_default();
        }
        names
    }
}

impl Office {
    /// The printed names of an entity and of all that it is a part of: what is asked of one of them is asked of it.
    pub fn asked<'o>(&'o self, entity: &'o Entity) -> BTreeSet<&'o str> {
        let mut asked = BTreeSet::new();
        let mut wholes = vec![entity];
        while let Some(whole) = wholes.pop() {
            if asked.insert(whole.name.as_str()) {
                let more = whole.part_of.iter().filter_map(|id| self.entities.get(&id.value)?.as_deref());
                wholes.extend(more);
            }
        }
        asked
    }
}

/// Days on which somebody is closed, besides Saturdays and Sundays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// "State offices".
    pub name: String,
    /// The holidays that are kept every year.
    pub holidays: Option<Holidays>,
    /// Closed days of its own, as written.
    pub closed: Vec<ClosedDay>,
}

/// The holidays of one of the two lists of California's law. On which days they are kept,
/// [`calendar`](crate::calendar) knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holidays {
    /// Those on which state offices are closed: Government Code, section 19853.
    StateOffices,
    /// Those by which deadlines roll: Government Code, section 6700. State offices are open on some of them.
    Legal,
}

impl Holidays {
    /// Both, by the words that name them.
    pub const ALL: [(&str, Holidays); 2] =
        [("state-offices", Holidays::StateOffices), ("legal", Holidays::Legal)];
}

/// A day on which somebody is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    /// The day.
    pub date: NaiveDate,
    /// "Columbus Day".
    pub reason: String,
}

/// An election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// "Gubernatorial Recall Election".
    pub name: String,
    /// Election day.
    pub date: NaiveDate,
}

impl Office {
    /// Who holds the office on a day.
    pub fn holder(&self, day: NaiveDate) -> Option<&Holder> {
        self.holders.iter().rfind(|holder| holder.starting <= day)
    }
}

impl Person {
    /// The title on a day; none before the first, and none after the last day.
    pub fn title(&self, day: NaiveDate) -> Option<&str> {
        if self.last_day.is_some_and(|last| last < day) {
            return None;
        }
        self.titles
            .iter()
            .rfind(|title| title.starting.is_none_or(|first| first <= day))
            .map(|title| title.value.as_str())
    }
}
