//! Small sites, without a working folder: a few files and what each says.

use std::collections::BTreeMap;

use ccrov::{
    output::{SiteFile, digest},
    publish::{Destination, PublishError},
};

/// Files by their paths.
pub type Site = &'static [(&'static str, &'static str)];

pub const FIRST: Site = &[("index.html", "one"), ("a/1.html", "a"), ("a/b/2.pdf", "b")];
/// One changed, one gone, one new.
pub const SECOND: Site = &[("index.html", "two"), ("a/1.html", "a"), ("c/3.html", "c")];
pub const THIRD: Site = &[("index.html", "three"), ("a/b/2.pdf", "b")];

/// What is done to a target.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    Publish(Site),
    Undo,
}

/// Plans it and does it.
pub fn go(mut place: impl Destination, way: Way) -> Result<(), PublishError> {
    match way {
        Way::Publish(site) => {
            let texts: BTreeMap<&str, &str> = site.iter().copied().collect();
            let plan = place.plan(&wanted(site))?;
            place.publish(&plan, &|file| Ok(texts[file.path.as_str()].into()))
        }
        Way::Undo => {
            let plan = place.plan_undo()?;
            place.undo(&plan)
        }
    }
}

pub fn wanted(site: Site) -> Vec<SiteFile> {
    let file = |(path, text): &(&str, &str)| SiteFile {
        path: path.parse().unwrap(),
        size: text.len() as u64,
        sha256: digest(text.as_bytes()),
    };
    site.iter().map(file).collect()
}

/// What a visitor finds, besides a file that is not ours.
pub fn found(site: Site) -> BTreeMap<String, String> {
    let files = site.iter().chain([&("robots.txt", "theirs")]);
    files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}
