//! Which parts a Word file consists of.
//!
//! In: a package. Out: [`WordParts`], each as a tree, found by the relations that the file names, whatever its parts are called. Not here: what
//! the parts say.

use std::collections::BTreeMap;

use super::{
    fault::WordFault,
    xml::{self, XmlElement},
};
use crate::package::{Package, PartRelation};

/// The parts of a file that are read.
pub(super) struct WordParts {
    pub document: XmlElement,
    pub styles: Option<XmlElement>,
    pub numbering: Option<XmlElement>,
    pub footnotes: Option<XmlElement>,
    pub endnotes: Option<XmlElement>,
    pub comments: Option<XmlElement>,
    /// Which comment answers which.
    pub answers: Option<XmlElement>,
    /// By the names by which the document refers to them.
    pub headers: BTreeMap<String, XmlElement>,
    /// Where the links of the document and of its notes lead, by the names that they have in them.
    pub links: BTreeMap<String, String>,
    pub note_links: BTreeMap<String, String>,
    /// The records of other programs.
    pub records: Vec<Vec<u8>>,
}

/// How many records of other programs are looked at.
const MOST_RECORDS: usize = 20;
/// How many headers are read: a file has three for each section.
const MOST_HEADERS: usize = 30;

impl WordParts {
    pub fn read(package: &mut Package<'_>) -> Result<WordParts, WordFault> {
        let document_name = package
            .relations("")?
            .into_iter()
            .find(|part| part.kind == "officeDocument")
            .map(|part| part.target)
            .ok_or(WordFault::NoText)?;
        let document = tree(package, &document_name)?.ok_or(WordFault::NoText)?;
        if &*document.name != "w:document" {
            return Err(WordFault::NoText);
        }
        let related = package.relations(&document_name)?;
        let mut one = |kind: &str| match related.iter().find(|part| part.kind == kind && !part.is_outside) {
            Some(part) => tree(package, &part.target),
            None => Ok(None),
        };
        let [styles, numbering, footnotes] = [one("styles")?, one("numbering")?, one("footnotes")?];
        let [endnotes, comments] = [one("endnotes")?, one("comments")?];
        let answers = one("commentsExtended")?;
        let mut headers = BTreeMap::new();
        for part in related.iter().filter(|part| part.kind == "header").take(MOST_HEADERS) {
            if let Some(header) = tree(package, &part.target)? {
                headers.insert(part.id.clone(), header);
            }
        }
        let mut note_links = BTreeMap::new();
        for part in related.iter().filter(|part| ["footnotes", "endnotes"].contains(&part.kind.as_str())) {
            note_links.extend(links(package.relations(&part.target)?));
        }
        let mut records = Vec::new();
        for part in related.iter().filter(|part| part.kind == "customXml").take(MOST_RECORDS) {
            records.extend(package.part(&part.target)?);
        }
        let links = links(related);
        Ok(WordParts {
            document,
            styles,
            numbering,
            footnotes,
            endnotes,
            comments,
            answers,
            headers,
            links,
            note_links,
            records,
        })
    }
}

fn tree(package: &mut Package<'_>, name: &str) -> Result<Option<XmlElement>, WordFault> {
    package.part(name)?.map(|bytes| xml::read(name, &bytes)).transpose()
}

fn links(related: Vec<PartRelation>) -> BTreeMap<String, String> {
    let outside = related.into_iter().filter(|part| part.kind == "hyperlink");
    outside.map(|part| (part.id, part.target)).collect()
}
