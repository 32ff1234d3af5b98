//! What stands around the text of every web page: where it is, what kind it is, what the site is called.
//!
//! In: an office, a page's path. Out: the values that `layout.html` needs. Not here: what a page says.

use serde::Serialize;

use crate::{model::Office, output::OutputPath, template::Values, words::is_mail_address};

/// Which kind of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// The home page.
    Home,
    /// A list of memos by year and month.
    Memos,
    /// A list by topic.
    Topics,
    /// A list by release.
    Releases,
    /// A list by responsible entity.
    Entities,
    /// A list of dates.
    Calendar,
    /// The search.
    Search,
    /// A memo or its schedule.
    Memo,
    /// What leads from a number to its memo.
    Number,
    /// What is shown where there is no page.
    Missing,
    /// What is read elsewhere: a feed, a list that is pasted into another page.
    Elsewhere,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    address: Option<&'a str>,
    state: &'a str,
    letterhead: Option<LetterheadView<'a>>,
    contact: Option<ContactView<'a>>,
    accessibility: Option<&'a str>,
}

#[derive(Serialize)]
struct LetterheadView<'a> {
    division: &'a str,
    address: &'a str,
    tel: Option<&'a str>,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: &'a str,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    /// Whether a link can be made of it: an office may have typed anything.
    is_address: bool,
}

/// The values of a page at a path.
pub fn values(office: &Office, path: &OutputPath, kind: PageKind, title: &str) -> Values {
    let website = &office.website;
    let address = website.address.as_deref();
    let mut values = Values::new();
    let letterhead = website.letterhead.as_deref().map(|office| LetterheadView {
        division: &office.division,
        address: &office.address,
        tel: office.tel.as_deref(),
    });
    let contact = website.contact.as_deref().map(|contact| ContactView {
        name: &contact.name,
        phone: contact.phone.as_deref(),
        email: contact.email.as_deref(),
        is_address: contact.email.as_deref().is_some_and(is_mail_address),
    });
    let site = SiteView {
        title: &website.title,
        address,
        state: &office.state,
        letterhead,
        contact,
        accessibility: website.accessibility.as_deref(),
    };
    values.insert("site", &site);
    let root = match kind {
        // It is shown in the place of any page, at any depth.
        PageKind::Missing => website.folder(),
        PageKind::Elsewhere => address.map_or_else(|| website.folder(), |address| format!("{address}/")),
        _ => "../".repeat(path.as_str().matches('/').count()),
    };
    values.insert("root", &root);
    let canonical = full(office, path.as_str());
    values
        .insert("canonical", &canonical.filter(|_| !matches!(kind, PageKind::Missing | PageKind::Elsewhere)));
    let state = &office.state;
    values.insert("about", &format!("{title}. CC/ROV memoranda of the Secretary of State, {state}."));
    values.insert("kind", &kind);
    values.insert("title", title);
    values
}

/// Which dates a calendar has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarPath<'a> {
    /// All.
    All,
    /// Those of a release, by its id.
    Release(&'a str),
    /// Those of a responsible entity, by its name in addresses.
    Entity(&'a str),
    /// Those that a memo tells, by its id.
    Memo(&'a str),
}

impl CalendarPath<'_> {
    /// Where its file is. The address stays, for people have subscribed to it.
    pub fn path(&self) -> OutputPath {
        let path = match self {
            CalendarPath::All => "calendar/all.ics".to_owned(),
            CalendarPath::Release(id) => format!("calendar/releases/{id}.ics"),
            CalendarPath::Entity(id) => format!("calendar/entities/{id}.ics"),
            CalendarPath::Memo(id) => format!("calendar/memos/{id}.ics"),
        };
        path.parse().expect("ids are made of harmless characters")
    }
}

/// How a page leads to a file that calendars read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarLink {
    /// Where it is on the site.
    path: OutputPath,
    /// The address to subscribe to: one that a calendar opens, and no browser. A site without an address has none.
    webcal: Option<String>,
}

impl CalendarLink {
    /// To the file of these dates.
    pub fn of(office: &Office, dates: &CalendarPath<'_>) -> CalendarLink {
        let path = dates.path();
        let webcal = full(office, path.as_str());
        let webcal = webcal.and_then(|address| Some(format!("webcal://{}", address.split_once("://")?.1)));
        CalendarLink { path, webcal }
    }
}

/// Where a path of the site is, in full, if the site has an address.
pub fn full(office: &Office, path: &str) -> Option<String> {
    office.website.address.as_ref().map(|address| format!("{address}/{path}"))
}
