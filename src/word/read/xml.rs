//! XML of a part -> a tree.
//!
//! In: the bytes of a part. Out: [`XmlElement`], with the names that the schemas use (`w:p`), whatever prefixes the file has; or a fault
//! for what is deep, large, no XML, or has a document type. Not here: what elements mean.

use std::{collections::BTreeSet, rc::Rc};

use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use super::fault::WordFault;
use crate::word::SENT_NAMESPACE;

/// The deepest nesting that is read: tables within tables reach fifty.
const DEEPEST: usize = 200;
/// The most elements, attributes and texts of a part.
const MOST: usize = 1_000_000;

/// The prefixes by which the schemas name what they are of. Word writes the first of each; "strict" files have the others.
const SPACES: [(&str, &str); 13] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "pr"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
    (SENT_NAMESPACE, "sent"),
];

/// An element with all that it holds.
#[derive(Debug)]
pub(in crate::word) struct XmlElement {
    pub name: Rc<str>,
    attributes: Vec<(Rc<str>, String)>,
    pub children: Vec<XmlNode>,
}

/// What an element holds.
#[derive(Debug)]
pub(in crate::word) enum XmlNode {
    Element(XmlElement),
    Text(String),
}

impl XmlElement {
    /// An attribute, if the element has it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| &**known == name).map(|(_, value)| value.as_str())
    }

    /// The elements right within it.
    pub fn elements(&self) -> impl Iterator<Item = &XmlElement> {
        self.children.iter().filter_map(|child| match child {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// The first element of a name right within it.
    pub fn child(&self, name: &str) -> Option<&XmlElement> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The value of a property right within it: `<w:pStyle w:val="Title"/>`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("w:val")
    }

    /// Whether a property right within it is on; `None` if it says nothing of it.
    pub fn is_on(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("w:val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// The text right within it.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            XmlNode::Text(text) => Some(text.as_str()),
            XmlNode::Element(_) => None,
        });
        texts.collect()
    }
}

/// Reads a part; `part` is its name, for the fault.
///
/// # Errors
/// [`WordFault::Damaged`], [`WordFault::TooDeep`], [`WordFault::TooLarge`], [`WordFault::Entities`].
pub(in crate::word) fn read(part: &str, bytes: &[u8]) -> Result<XmlElement, WordFault> {
    let damaged = || WordFault::Damaged { part: part.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    let mut tree = Tree { open: vec![element("".into())], names: BTreeSet::new(), count: 0 };
    loop {
        // Before the event is taken in, so that its own names are known.
        let (space, event) = reader.read_resolved_event().map_err(|_| damaged())?;
        let prefix = prefix(&space);
        match event {
            Event::Start(start) => {
                let opened = tree.started(prefix, &start, &reader).ok_or_else(damaged)?;
                tree.open.push(opened);
            }
            Event::Empty(start) => {
                let whole = tree.started(prefix, &start, &reader).ok_or_else(damaged)?;
                tree.put(XmlNode::Element(whole));
            }
            Event::End(_) => {
                let ended = tree.open.pop().filter(|_| !tree.open.is_empty()).ok_or_else(damaged)?;
                tree.put(XmlNode::Element(ended));
            }
            Event::Text(text) => tree.words(&text.xml10_content().map_err(|_| damaged())?),
            Event::CData(text) => tree.words(&text.xml10_content().map_err(|_| damaged())?),
            Event::GeneralRef(name) => match sign(&name) {
                Some(sign) => tree.words(sign.encode_utf8(&mut [0; 4])),
                None => return Err(WordFault::Entities { part: part.to_owned() }),
            },
            Event::DocType(_) => return Err(WordFault::Entities { part: part.to_owned() }),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
        match (tree.open.len() > DEEPEST, tree.count > MOST) {
            (true, _) => return Err(WordFault::TooDeep { part: part.to_owned() }),
            (_, true) => return Err(WordFault::TooLarge { part: part.to_owned() }),
            _ => {}
        }
    }
    let root = tree.open.pop().filter(|_| tree.open.is_empty()).ok_or_else(damaged)?;
    let elements = root.children.into_iter().filter_map(|child| match child {
        XmlNode::Element(element) => Some(element),
        XmlNode::Text(_) => None,
    });
    elements.last().ok_or_else(damaged)
}

/// A name that was read as part of a text.
fn text(name: &[u8]) -> Option<&str> {
    std::str::from_utf8(name).ok()
}

fn element(name: Rc<str>) -> XmlElement {
    XmlElement { name, attributes: Vec::new(), children: Vec::new() }
}

/// The elements that are open, outermost first; the first holds the others.
struct Tree {
    open: Vec<XmlElement>,
    names: BTreeSet<Rc<str>>,
    count: usize,
}

impl Tree {
    fn name(&mut self, prefix: &str, local: &str) -> Rc<str> {
        let name = format!("{prefix}:{local}");
        if let Some(known) = self.names.get(name.as_str()) {
            return Rc::clone(known);
        }
        let name: Rc<str> = name.into();
        self.names.insert(Rc::clone(&name));
        name
    }

    fn started(
        &mut self,
        prefix: &str,
        start: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
    ) -> Option<XmlElement> {
        let mut started = element(self.name(prefix, text(start.local_name().as_ref())?));
        self.count += 1;
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let name = match space {
                // Attributes without a prefix belong to their element.
                ResolveResult::Unbound => self.name("", text(local.as_ref())?),
                space => self.name(self::prefix(&space), text(local.as_ref())?),
            };
            self.count += 1;
            started
                .attributes
                .push((name, attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()));
        }
        Some(started)
    }

    fn put(&mut self, node: XmlNode) {
        if let Some(open) = self.open.last_mut() {
            open.children.push(node);
        }
    }

    fn words(&mut self, words: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match open.children.last_mut() {
            Some(XmlNode::Text(text)) => text.push_str(words),
            _ => {
                self.count += 1;
                open.children.push(XmlNode::Text(words.to_owned()));
            }
        }
    }
}

fn prefix(space: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(Namespace(uri)) = space else { return "" };
    SPACES.iter().find(|(known, _)| known.as_bytes() == *uri).map_or("?", |(_, prefix)| prefix)
}

/// The sign that a reference stands for; `None` for a name that only a document type could explain.
fn sign(name: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(sign)) = name.resolve_char_ref() {
        return Some(sign);
    }
    match name.xml10_content().ok()?.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
