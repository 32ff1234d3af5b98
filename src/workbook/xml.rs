//! XML as a row of tags and texts.
//!
//! In: a part's bytes. Out: [`XmlEvent`]s, names without their prefixes. A document type is refused: entities of its own are how a small
//! file becomes a large one. Not here: what a tag means.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::NotAWorkbook;

/// What comes next in a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum XmlEvent {
    Open(XmlTag),
    Close(String),
    Text(String),
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct XmlTag {
    /// Its name without its prefix.
    pub name: String,
    /// Its attributes, by their names without prefixes.
    attributes: Vec<(String, String)>,
}

impl XmlTag {
    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A number that an attribute says.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says so; `missing` if it is not there.
    pub fn is(&self, name: &str, missing: bool) -> bool {
        self.get(name).map_or(missing, |value| !matches!(value, "0" | "false" | "off" | "none"))
    }
}

/// A part that is being read.
pub(super) struct Xml<'b> {
    reader: Reader<&'b [u8]>,
    part: &'b str,
}

impl<'b> Xml<'b> {
    /// Begins with a part, whose name faults tell.
    pub fn of(bytes: &'b [u8], part: &'b str) -> Xml<'b> {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, part }
    }

    /// That the part is damaged where it is read.
    pub fn damaged(&self) -> NotAWorkbook {
        NotAWorkbook::Damaged(format!("{}, byte {}", self.part, self.reader.buffer_position()))
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// [`NotAWorkbook::Damaged`].
    pub fn next(&mut self) -> Result<Option<XmlEvent>, NotAWorkbook> {
        loop {
            let Ok(event) = self.reader.read_event() else { return Err(self.damaged()) };
            let event = match event {
                Event::Start(tag) => tag_of(&tag).map(XmlEvent::Open),
                Event::End(tag) => text(tag.local_name().as_ref()).map(XmlEvent::Close),
                Event::Text(words) => {
                    words.xml10_content().ok().map(|words| XmlEvent::Text(words.into_owned()))
                }
                Event::CData(words) => words.decode().ok().map(|words| XmlEvent::Text(words.into_owned())),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(sign)) => Some(XmlEvent::Text(sign.to_string())),
                    Ok(None) => name
                        .decode()
                        .ok()
                        .and_then(|name| Some(XmlEvent::Text(resolve_predefined_entity(&name)?.to_owned()))),
                    Err(_) => None,
                },
                Event::DocType(_) => None,
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => continue,
            };
            return event.map(Some).ok_or_else(|| self.damaged());
        }
    }

    /// Goes past the rest of a tag that was opened.
    ///
    /// # Errors
    /// [`NotAWorkbook::Damaged`].
    pub fn skip(&mut self) -> Result<(), NotAWorkbook> {
        let mut depth: usize = 1;
        while depth > 0 {
            match self.next()?.ok_or_else(|| self.damaged())? {
                XmlEvent::Open(_) => depth += 1,
                XmlEvent::Close(_) => depth -= 1,
                XmlEvent::Text(_) => {}
            }
        }
        Ok(())
    }

    /// All text up to the end of a tag that was opened.
    ///
    /// # Errors
    /// [`NotAWorkbook::Damaged`].
    pub fn text(&mut self) -> Result<String, NotAWorkbook> {
        let (mut depth, mut words): (usize, String) = (1, String::new());
        while depth > 0 {
            match self.next()?.ok_or_else(|| self.damaged())? {
                XmlEvent::Open(_) => depth += 1,
                XmlEvent::Close(_) => depth -= 1,
                XmlEvent::Text(text) => words.push_str(&text),
            }
        }
        Ok(words)
    }
}

fn text(bytes: &[u8]) -> Option<String> {
    str::from_utf8(bytes).ok().map(str::to_owned)
}

fn tag_of(tag: &BytesStart<'_>) -> Option<XmlTag> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = text(attribute.key.local_name().as_ref())?;
        let value = str::from_utf8(&attribute.value).ok()?;
        attributes.push((name, quick_xml::escape::unescape(value).ok()?.into_owned()));
    }
    Some(XmlTag { name: text(tag.local_name().as_ref())?, attributes })
}
