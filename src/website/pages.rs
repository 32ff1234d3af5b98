//! A page that is made from a template, and lists that are too long for one.
//!
//! In: what a template needs, as data. Out: a file. Not here: what is listed.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Kind, Site, frame};
use crate::{diagnostic::Faults, site::OutputPath};

/// So many rows of a list weigh less than 100 KB with long titles.
const ROWS: usize = 120;

/// A page, and what it is made from.
#[derive(Serialize)]
pub(super) struct Page {
    path: OutputPath,
    template: &'static str,
    kind: Kind,
    title: String,
    data: Map<String, Value>,
}

impl Page {
    /// A page at a path of letters, digits, hyphens and slashes.
    pub fn new(path: &str, template: &'static str, kind: Kind, title: impl Into<String>) -> Page {
        let path = path.parse().expect("paths of lists are made of harmless characters");
        Page { path, template, kind, title: title.into(), data: Map::new() }
    }

    /// Adds what a template knows under a name.
    pub fn with(mut self, name: &str, value: &impl Serialize) -> Page {
        let value = serde_json::to_value(value).expect("text, numbers and lists always serialise");
        self.data.insert(name.to_owned(), value);
        self
    }

    /// A list as a page, or as several if it is long: `index.html`, `index-2.html`. `with` adds the rows that
    /// stand on a page.
    pub fn list<T>(
        path: &str,
        rows: &[T],
        page: impl Fn(&str) -> Page,
        with: impl Fn(Page, &[T]) -> Page,
    ) -> Vec<Page> {
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
            let pager = json!({ "page": number, "of": of, "previous": previous, "next": next });
            with(page(&place(number)), rows).with("pager", &pager)
        });
        pages.collect()
    }

    /// Fills the template in. `None` if it has a fault.
    pub fn fill(&self, site: &Site<'_>, faults: &mut Faults) -> Option<(OutputPath, Vec<u8>)> {
        let mut context = frame(site.office, &self.path, self.kind, &self.title);
        for (name, value) in &self.data {
            context.insert(name.clone(), value);
        }
        let text = site.engine.fill(self.template, &context, site.sources, faults)?;
        Some((self.path.clone(), text.into_bytes()))
    }
}
