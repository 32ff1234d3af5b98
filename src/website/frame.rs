//! What stands around the text of every page: where it is, what kind it is, what the site is called.
//!
//! In: an office, a page's path. Out: the context that `layout.html` needs. Not here: what a page says.

use serde::Serialize;
use tera::Context;

use crate::{model::Office, site::OutputPath};

/// Which kind of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
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

/// The context of a page at a path.
pub fn frame(office: &Office, path: &OutputPath, kind: Kind, title: &str) -> Context {
    let website = &office.website;
    let address = website.address.as_deref();
    let mut context = Context::new();
    context.insert("site", &SiteView { title: &website.title, address, state: &office.state });
    let root = match kind {
        // It is shown in the place of any page, at any depth.
        Kind::Missing => website.folder(),
        Kind::Elsewhere => address.map_or_else(|| website.folder(), |address| format!("{address}/")),
        _ => "../".repeat(path.as_str().matches('/').count()),
    };
    context.insert("root", &root);
    let canonical = address.map(|address| format!("{address}/{path}"));
    context.insert("canonical", &canonical.filter(|_| !matches!(kind, Kind::Missing | Kind::Elsewhere)));
    context.insert("kind", &kind);
    context.insert("title", title);
    context
}
