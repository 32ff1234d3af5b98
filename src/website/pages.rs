//! A page that is made from a template, and lists that are too long for one.
//!
//! In: what a template needs, as data. Out: a file. Not here: what is listed.

use serde::Serialize;
use serde_json::Value;

use super::{
    rows::{MemoListing, json},
    site::Site,
};
use crate::{
    diagnostic::Faults,
    layout::{self, PageKind},
    output::OutputPath,
};

/// So many rows of a list weigh less than 100 KB with long titles.
const ROWS: usize = 120;

/// A page, and what it is made from.
pub(super) struct WebPage {
    path: OutputPath,
    template: &'static str,
    kind: PageKind,
    title: String,
    /// Names with JSON: the same text twice is the same page twice.
    data: Vec<(&'static str, String)>,
}

impl WebPage {
    /// A page at a path of letters, digits, hyphens and slashes.
    pub fn new(path: &str, template: &'static str, kind: PageKind, title: impl Into<String>) -> WebPage {
        let path = path.parse().expect("paths of lists are made of harmless characters");
        WebPage { path, template, kind, title: title.into(), data: Vec::new() }
    }

    /// Adds what a template knows under a name.
    pub fn with(mut self, name: &'static str, value: &impl Serialize) -> WebPage {
        self.data.push((name, json(value)));
        self
    }

    /// Adds memos under the name `memos`.
    pub fn with_memos(mut self, rows: &[&MemoListing<'_>]) -> WebPage {
        let rows: Vec<&str> = rows.iter().map(|row| row.json.as_str()).collect();
        self.data.push(("memos", format!("[{}]", rows.join(","))));
        self
    }

    /// What it is made from, as text without line ends.
    pub fn made_from(&self) -> String {
        let about = json(&(&self.path, self.template, self.kind, &self.title));
        let data = self.data.iter().flat_map(|(name, json)| [" ", name, " ", json]);
        std::iter::once(about.as_str()).chain(data).collect()
    }

    /// A list as a page, or as several if it is long: `index.html`, `index-2.html`. `with` adds the rows that
    /// stand on a page.
    pub fn list<T>(
        path: &str,
        rows: &[T],
        page: impl Fn(&str) -> WebPage,
        with: impl Fn(WebPage, &[T]) -> WebPage,
    ) -> Vec<WebPage> {
        let of = rows.len().div_ceil(ROWS).max(1);
        let place = |number: usize| match (number, path.strip_suffix(".html")) {
            (2.., Some(stem)) => format!("{stem}-{number}.html"),
            _ => path.to_owned(),
        };
        let name = |number: usize| {
            let place = place(number);
            place.rsplit('/').next().unwrap_or(&place).to_owned()
        };
        let pages = (1..=of).map(|number| {
            let rows = rows.chunks(ROWS).nth(number - 1).unwrap_or_default();
            let previous = (number > 1).then(|| name(number - 1));
            let next = (number < of).then(|| name(number + 1));
            let pager = serde_json::json!({ "page": number, "of": of, "previous": previous, "next": next });
            with(page(&place(number)), rows).with("pager", &pager)
        });
        pages.collect()
    }

    /// Fills the template in. `None` if it has a fault.
    pub fn fill(&self, site: &Site<'_>, faults: &mut Faults) -> Option<(OutputPath, Vec<u8>)> {
        let mut values = layout::values(site.office, &self.path, self.kind, &self.title);
        for (name, json) in &self.data {
            let value: Value = serde_json::from_str(json).expect("what was written as JSON is read as JSON");
            values.insert(name, &value);
        }
        let text = site.engine.fill(self.template, &values, site.sources, faults)?;
        Some((self.path.clone(), text.into_bytes()))
    }
}
