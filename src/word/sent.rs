//! What a Word file says of the memo that it was made from, in a part that no reader of the file sees.
//!
//! In: a [`SentCopy`]; the part of a file that came back. Out: the part; what it says. The same text is kept beside the memo, for some programs
//! drop such parts. Not here: how the paragraphs look, and what a reviewer did.

use std::{error::Error, fmt, str::FromStr};

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::{
    SENT_NAMESPACE,
    markup::Markup,
    read::{
        WordFault,
        xml::{self, XmlElement},
    },
};
use crate::model::date;

/// What the part is called in our files.
const PART: &str = "customXml/item1.xml";

/// How many paragraphs a part may name.
const PARAGRAPHS: usize = 100_000;

/// What was sent: a memo's text, and each of its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentCopy {
    /// The memo, by the name of its file.
    pub memo: String,
    /// The digest of its Markdown: 16 hexadecimal digits of SHA-256.
    pub digest: String,
    /// The day that the copy bears.
    pub day: NaiveDate,
    /// What was printed, in Markdown.
    pub markdown: String,
    /// Its paragraphs in reading order: blocks, items, cells, notes.
    pub paragraphs: Vec<SentParagraph>,
}

/// A paragraph as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentParagraph {
    /// What the file calls it.
    pub id: ParagraphId,
    /// Where it stands, as its bookmark says: `ccrov_b12` is block 12 ([`PartId`](crate::document::PartId)), `ccrov_b12_r3_c2` the second cell
    /// of its third row (the head is the first), `ccrov_b12_l2` the second line of a letterhead, `ccrov_b12_caption` what stands above a table.
    pub place: String,
    /// What it says, as plain text, with its label ("TO:", a tab). A kept line end is `\n`, dots up to what follows are a tab, a blank is
    /// `[blank: telephone]`; a reference to a note, and the number of an item, are nothing.
    pub text: String,
}

/// What a paragraph of a Word file is known by (`w14:paraId`): eight hexadecimal digits, below 80000000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphId(u32);

impl ParagraphId {
    /// The identifier of a number; of its highest bit nothing is kept. There is none of zero.
    pub fn new(number: u32) -> ParagraphId {
        ParagraphId((number & 0x7fff_ffff).max(1))
    }

    /// That of a paragraph, by where it stands and what it says.
    pub fn of(place: &str, text: &str) -> ParagraphId {
        let digest = Sha256::new().chain_update(place).chain_update([0]).chain_update(text).finalize();
        ParagraphId::new(u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]))
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> ParagraphId {
        ParagraphId::new(self.0.wrapping_add(1))
    }
}

impl fmt::Display for ParagraphId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08X}", self.0)
    }
}

impl FromStr for ParagraphId {
    type Err = NotSent;

    /// # Errors
    /// [`NotSent::Broken`].
    fn from_str(text: &str) -> Result<Self, NotSent> {
        let is_one = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number =
            u32::from_str_radix(text, 16).ok().filter(|number| is_one && (1..1 << 31).contains(number));
        number.map(ParagraphId).ok_or(NotSent::Broken)
    }
}

/// Why a part does not say what was sent.
#[derive(Debug)]
pub enum NotSent {
    /// It is of another program.
    Other,
    /// It lacks something, or holds what no copy has.
    Broken,
    /// It is no XML.
    NotXml(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotSent::Other => "another program wrote it",
            NotSent::Broken => "it does not say what was sent",
            NotSent::NotXml(_) => "it is damaged",
        })
    }
}

impl Error for NotSent {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NotSent::NotXml(why) => Some(&**why),
            NotSent::Other | NotSent::Broken => None,
        }
    }
}

impl SentCopy {
    /// The part: `customXml/item1.xml`.
    pub fn to_xml(&self) -> String {
        let about = [
            ("xmlns", SENT_NAMESPACE),
            ("memo", &self.memo),
            ("digest", &self.digest),
            ("day", &date::iso_text(self.day)),
        ];
        Markup::part("sent", &about, |part| {
            part.holding("markdown", &[], &self.markdown);
            for SentParagraph { id, place, text } in &self.paragraphs {
                part.holding("p", &[("id", &id.to_string()), ("place", place)], text);
            }
        })
    }

    /// Reads the part, or what was kept of it.
    ///
    /// # Errors
    /// [`NotSent`]. Entities that a file declares itself are no text.
    pub fn read(part: &[u8]) -> Result<SentCopy, NotSent> {
        let is_ours = part.windows(SENT_NAMESPACE.len()).any(|bytes| bytes == SENT_NAMESPACE.as_bytes());
        let root = match xml::read(PART, part) {
            _ if !is_ours => return Err(NotSent::Other),
            Err(WordFault::Entities { .. }) => return Err(NotSent::Other),
            Err(why) => return Err(NotSent::NotXml(Box::new(why))),
            Ok(root) if &*root.name != "sent:sent" => return Err(NotSent::Other),
            Ok(root) => root,
        };
        let mut copy = SentCopy {
            memo: attribute(&root, ":memo")?,
            digest: attribute(&root, ":digest")?,
            day: date::read(&attribute(&root, ":day")?).map_err(|_| NotSent::Broken)?,
            markdown: String::new(),
            paragraphs: Vec::new(),
        };
        for element in root.elements() {
            match &*element.name {
                _ if element.elements().next().is_some() || copy.paragraphs.len() == PARAGRAPHS => {
                    return Err(NotSent::Broken);
                }
                "sent:markdown" => copy.markdown += &element.text(),
                "sent:p" => copy.paragraphs.push(SentParagraph {
                    id: attribute(element, ":id")?.parse()?,
                    place: attribute(element, ":place")?,
                    text: element.text(),
                }),
                _ => return Err(NotSent::Broken),
            }
        }
        Ok(copy)
    }
}

fn attribute(element: &XmlElement, name: &str) -> Result<String, NotSent> {
    element.attribute(name).map(str::to_owned).ok_or(NotSent::Broken)
}
