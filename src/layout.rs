//! What stands around the text of every web page: where it is, what kind it is, what the site is called.
//!
//! In: an office, a page's path. Out: the values that `layout.html` needs. Not here: what a page says.

use serde::Serialize;

use crate::{model::Office, output::OutputPath, template::Values};

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
}

/// The values of a page at a path.
pub fn values(office: &Office, path: &OutputPath, kind: PageKind, title: &str) -> Values {
    let website = &office.website;
    let address = website.address.as_deref();
    let mut values = Values::new();
    values.insert("site", &SiteView { title: &website.title, address, state: &office.state });
    let root = match kind {
        // It is shown in the place of any page, at any depth.
        PageKind::Missing => website.folder(),
        PageKind::Elsewhere => address.map_or_else(|| website.folder(), |address| format!("{address}/")),
        _ => "../".repeat(path.as_str().matches('/').count()),
    };
    values.insert("root", &root);
    let canonical = address.map(|address| format!("{address}/{path}"));
    values
        .insert("canonical", &canonical.filter(|_| !matches!(kind, PageKind::Missing | PageKind::Elsewhere)));
    values.insert("kind", &kind);
    values.insert("title", title);
    values
}
