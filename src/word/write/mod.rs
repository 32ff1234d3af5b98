//! A memo as a Word file.
//!
//! In: a document, what the file says of itself, an earlier document that it is compared with. Out: the bytes of a `.docx`, the same for the same
//! input, and what was sent. Not here: which memo, which earlier text, where the file stands.
//!
//! - `token`: running text, word by word; `flow`, `blocks`: blocks as paragraphs and tables; `change`: two flows as one, with what came and went;
//!   `text`: two documents as one;
//! - `part`: runs of text, and what the parts of a file share; `body`, `table`, `section`, `head`, `picture`: XML of what stands on pages;
//! - `look`, `style`, `numbering`: how it looks; `package_parts`: the parts that hold all this together.
//!
//! A heading of level 1 is a title in Word, and one of level 2 is "Heading 1": so headings begin with the first level, as those who have a text
//! read aloud expect.

mod blocks;
mod body;
mod change;
mod flow;
mod head;
mod look;
mod numbering;
mod package_parts;
mod part;
mod picture;
mod section;
mod style;
mod table;
mod text;
mod token;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::SentCopy;
use crate::{
    document::{Document, PartId},
    model::date,
    pdf::{Arrangement, Faces, Theme},
};
use look::Look;
use part::Shared;
use text::Text;

/// A memo, and what its Word file says of itself.
#[derive(Debug, Clone)]
pub struct WordMemo<'a> {
    /// The memo, by the name of its file.
    pub id: &'a str,
    /// What is printed, in Markdown.
    pub markdown: &'a str,
    /// The digest of that: 16 hexadecimal digits of SHA-256.
    pub digest: String,
    /// What the file is called in its properties.
    pub title: String,
    /// The office.
    pub author: &'a str,
    /// What the memo is about.
    pub subject: &'a str,
    /// The memo's date, which stands for every other one.
    pub date: NaiveDate,
    /// The lines at the top of each page after the first; the number of the page follows them.
    pub running_head: &'a [String],
    /// "DRAFT", as long as the memo is one.
    pub mark: Option<&'a str>,
    /// Who is shown to have made the changes.
    pub editor: &'a str,
    /// The typeface, by its name.
    pub typeface: &'a str,
    /// The logos of the document's letterheads, by their paragraphs.
    pub logos: BTreeMap<PartId, WordPicture>,
}

/// A picture as a Word file holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordPicture {
    /// The bytes of a PNG.
    pub png: Vec<u8>,
    /// How wide it is, in points.
    pub width: f32,
    /// How high it is, in points.
    pub height: f32,
    /// What is read aloud in its place.
    pub alternative: String,
}

/// A Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordCopy {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What it says of the memo.
    pub sent: SentCopy,
    /// How many paragraphs and rows of tables are shown to have changed.
    pub changes: usize,
}

/// Writes a memo as a Word file. What differs from `before` is shown as changes that a reviewer can accept or reject.
///
/// Pure: the same memo, faces and theme give the same bytes.
///
/// ```
/// use ccrov::{document::Document, pdf::{Faces, Theme}, word::{WordMemo, write}};
/// let text = "# Memorandum #21144\n\nPolls close at 8:00 p.m.\n";
/// let memo = WordMemo {
///     id: "21144",
///     markdown: text,
///     digest: "0123456789abcdef".to_owned(),
///     title: "CC/ROV Memorandum #21144".to_owned(),
///     author: "Secretary of State",
///     subject: "VoteCal",
///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
///     running_head: &[],
///     mark: None,
///     editor: "Debra Ledsinger",
///     typeface: "Noto Sans",
///     logos: Default::default(),
/// };
/// let document = Document::parse(text).unwrap();
/// let earlier = Document::parse("# Memorandum #21144\n\nPolls close at 7:00 p.m.\n").unwrap();
/// let copy = write(&document, Some(&earlier), &memo, &Faces::embedded(), &Theme::default());
/// assert_eq!((copy.changes, copy.sent.paragraphs.len()), (1, 2));
/// assert_eq!(copy.sent.paragraphs[1].text, "Polls close at 8:00 p.m.");
/// ```
pub fn write(
    document: &Document,
    before: Option<&Document>,
    memo: &WordMemo<'_>,
    faces: &Faces,
    theme: &Theme,
) -> WordCopy {
    let look = Look { theme, typeface: memo.typeface, logos: &memo.logos };
    let arranged = |document| (document, Arrangement::of(document, faces, theme));
    let text = match before {
        Some(before) => Text::of_both(&arranged(before), &arranged(document), &look),
        None => Text::of(&arranged(document), &look),
    };
    let anchors = document.targets.iter();
    let anchors = anchors.map(|(name, heading)| (name.clone(), format!("ccrov_b{}", heading.0))).collect();
    let mut shared = Shared::new(memo.editor, date::iso_text(memo.date), anchors, &memo.logos);
    let parts = text.written(memo, &look, &mut shared);
    let (paragraphs, changes) = (std::mem::take(&mut shared.sent), shared.changes);
    let sent = SentCopy {
        memo: memo.id.to_owned(),
        digest: memo.digest.clone(),
        day: memo.date,
        markdown: memo.markdown.to_owned(),
        paragraphs,
    };
    let bytes = package_parts::package(memo, &look, &parts, &sent);
    WordCopy { bytes, sent, changes }
}
