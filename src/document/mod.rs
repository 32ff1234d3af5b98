//! The one tree that every writer reads.
//!
//! In: the published Markdown, as text. Out: [`Document`], blocks in reading order, each with an
//! identity and its place in the Markdown. Not here: what a memo is, how anything looks.
//!
//! What Markdown lacks is said by a [`Role`] in a comment on the line before a block; see
//! [`Document::parse`].

mod blank;
mod compare;
mod fault;
mod found;
mod list;
mod parse;
mod placed;
mod renumbered;
mod table;
mod target;
mod text;
mod typography;
mod unit;
mod words;

pub use blank::{Blank, BlankKind, BlankLength};
pub use compare::{ChangedBlock, ChangedKind, ChangedRow, ComparedWords, TextFate, compare};
pub use fault::{LineHolder, MarkdownFault, MarkdownFaults, PrintedMark, Remark, Trouble};
pub use found::FindLinks;
pub use list::{List, ListItem, Markers};
pub use parse::{bare_links, begins_as_item, leads_somewhere};
pub use placed::{PlacedKind, PlacedUnit, PlacedWord, placed_text, placed_units, words_of};
pub use renumbered::renumbered;
pub use table::{Align, Caption, Cell, Table, TableRow};
pub use text::{Face, plain};
pub use typography::{as_typed, set_plain_typographically, set_typographically};

use std::{collections::BTreeMap, ops::Range};

/// A parsed document: what stands in the Markdown, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The top-level blocks.
    pub blocks: Vec<Block>,
    /// The footnotes, in the order in which the text first refers to them.
    pub notes: Vec<Note>,
    /// What troubles a reader, in order.
    pub remarks: Vec<Remark>,
    /// The links to files beside the document.
    pub files: Vec<FileLink>,
    /// The letterheads, in order.
    pub letterheads: Vec<LetterheadBlock>,
    /// The headings that links of the document lead to, by the names that the links have after their `#`.
    pub targets: BTreeMap<String, PartId>,
}

/// A footnote: its number is its place among the notes, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number among the document's parts.
    pub id: PartId,
    /// Where it stands in the Markdown, in bytes.
    pub span: Range<usize>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A link to a file beside the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Where it stands in the Markdown, in bytes.
    pub span: Range<usize>,
    /// The file's name.
    pub name: String,
}

/// A paragraph that is a letterhead, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterheadBlock {
    /// The paragraph's number among the document's parts.
    pub id: PartId,
    /// The name of another letterhead than the document's own (`<!-- letterhead: press-office -->`), and
    /// where the comment stands in the Markdown, in bytes.
    pub other: Option<(String, Range<usize>)>,
}

/// Which part of a document something belongs to: blocks, list items, definitions, table cells,
/// captions and notes are numbered in the order of the Markdown, so that what is drawn can name what
/// it draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartId(pub u32);

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its number in reading order.
    pub id: PartId,
    /// Where it stands in the Markdown, in bytes.
    pub span: Range<usize>,
    /// It begins a page of its own (`<!-- page -->`).
    pub new_page: bool,
    /// What it is beyond its Markdown form.
    pub role: Option<Role>,
    /// What it holds.
    pub kind: BlockKind,
}

impl Block {
    /// A paragraph that stands in no Markdown: what is known of a document and not said in it.
    pub(crate) fn paragraph(text: Vec<Inline>) -> Block {
        Block { id: PartId(0), span: 0..0, new_page: false, role: None, kind: BlockKind::Paragraph(text) }
    }
}

/// What a block is, said by a comment on the line before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `<!-- letterhead -->`: the office's lines at the top of the first page.
    Letterhead,
    /// `<!-- title -->`: the title of an attachment, centred.
    Title,
    /// `<!-- subtitle -->`: the line below a title.
    Subtitle,
    /// `<!-- columns -->`: the items of a list, side by side in two columns.
    Columns,
    /// `<!-- leaders -->`: lines whose ends stand at the right edge, behind dots.
    Leaders,
}

/// What a block holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 (the document's own) to 6.
        level: u8,
        /// Its text.
        text: Vec<Inline>,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// Bullets, numbers or letters.
    List(List),
    /// Labels with what they stand for: TO, FROM, RE.
    Definitions(Vec<Definition>),
    /// Rows and columns.
    Table(Table),
    /// Quoted blocks.
    Quote(Vec<Block>),
    /// Text that keeps its spaces and lines.
    Code(String),
    /// A line across the page.
    Rule,
}

/// A label with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The label's number in reading order.
    pub id: PartId,
    /// The label: "TO:".
    pub term: Vec<Inline>,
    /// What it stands for, one entry a line that begins with a colon.
    pub details: Vec<ListItem>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text without line ends.
    Text(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// Italic.
    Emphasis(Vec<Inline>),
    /// Text that leads somewhere.
    Link {
        /// The address: `mailto:`, `https:`, ...; `#dates` of a heading in [`Document::targets`].
        href: String,
        /// What is shown.
        text: Vec<Inline>,
    },
    /// Text that keeps its form.
    Code(String),
    /// A line end that is kept.
    Break,
    /// A reference to a footnote: its place in [`Document::notes`], counted from 0.
    Note(usize),
    /// Dots up to what follows, which stands at the right edge. Never inside another piece.
    Leader,
    /// A place to fill in: `[blank: telephone]`.
    Blank(Blank),
}
