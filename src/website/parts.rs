//! The parts of the website, each made only if what it is made of has changed.
//!
//! In: pages and files, and what they are made from. Out: [`PartFiles`]: a part's entry in the manifest, and its
//! files if they are new. Not here: which parts there are.

use serde::Serialize;

use super::{pages::WebPage, rows::json, site::Site};
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    output::{Files, SiteFile, SitePart, digest},
    search::NotIndexed,
};

/// A part of the website.
pub struct PartFiles {
    /// Its entry in the manifest.
    pub part: SitePart,
    /// Its files; nothing if they stay as they are.
    pub files: Files,
}

/// Makes parts of the website.
pub(super) type Maker<'a> = Box<dyn Fn(&mut Parts<'_, '_>) + Sync + 'a>;

/// The parts so far.
pub(super) struct Parts<'a, 's> {
    site: &'a Site<'s>,
    pub faults: Faults,
    pub made: Vec<PartFiles>,
}

impl<'a, 's> Parts<'a, 's> {
    pub fn of(site: &'a Site<'s>) -> Parts<'a, 's> {
        Parts { site, faults: Faults::default(), made: Vec::new() }
    }

    /// A part of pages from templates.
    pub fn pages(&mut self, name: &str, pages: &[WebPage]) {
        let site = self.site;
        let key: Vec<String> = pages.iter().map(WebPage::made_from).collect();
        let fill =
            |faults: &mut Faults| pages.iter().map(|page| page.fill(site, faults)).collect::<Option<Files>>();
        self.part(name, &key.join("\n"), |faults| Some((fill(faults)?, true)));
    }

    /// A part of other files, made from what `key` says. `make` tells whether everything was there that they are made
    /// from; if not, they are made anew the next time.
    pub fn files(
        &mut self,
        name: &str,
        key: &impl Serialize,
        make: impl FnOnce() -> Result<(Files, bool), NotIndexed>,
    ) {
        let place = self.site.office.published_as.place.source.start();
        let wrong = |wrong: NotIndexed| {
            Diagnostic::new(Code::ProgramFailed, place, wrong.to_string())
                .expected("all else of the website is made")
                .help("tell those who look after ccrov")
        };
        self.part(name, &json(key), |faults| make().map_err(|said| faults.push(wrong(said))).ok());
    }

    fn part(&mut self, name: &str, key: &str, make: impl FnOnce(&mut Faults) -> Option<(Files, bool)>) {
        let made_from = digest(format!("{}\n{name}\n{key}", self.site.stamp).as_bytes());
        let before = self.site.before.iter().find(|part| part.name == name);
        let same =
            before.filter(|part| part.made_from == made_from && part.files.iter().all(self.site.is_there));
        if let Some(part) = same {
            return self.made.push(PartFiles { part: part.clone(), files: Vec::new() });
        }
        let Some((files, whole)) = make(&mut self.faults) else {
            // A fault in a template takes no page away that visitors use.
            self.made.extend(before.map(|part| PartFiles { part: part.clone(), files: Vec::new() }));
            return;
        };
        let listed = files.iter().map(|(path, bytes)| SiteFile {
            path: path.clone(),
            size: bytes.len() as u64,
            sha256: digest(bytes),
        });
        // No digest is empty, so the part is made again the next time.
        let made_from = if whole { made_from } else { String::new() };
        let part = SitePart { name: name.to_owned(), made_from, files: listed.collect() };
        self.made.push(PartFiles { part, files });
    }
}
