//! The flow of paragraphs and tables, which is all that a Word file knows.
//!
//! In: nothing. Out: [`Flow`], and what it is made of. Lists, labels and quotations are paragraphs that say so. Not here: how a document
//! becomes one (`blocks`), what changed, XML.

use super::token::Token;
use crate::document::{Align, Markers};

/// A paragraph or a table.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    Table(TablePiece),
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Where it stands: the end of its bookmark's name.
    pub place: String,
    pub style: Style,
    /// The item of a list that begins with it.
    pub item: Option<Item>,
    /// How far it stands in, in points.
    pub indent: f32,
    /// How far its first line stands out, for a label.
    pub hanging: f32,
    pub align: Align,
    /// Space above it, and below it if a table follows, in points.
    pub before: f32,
    pub after: f32,
    /// It stands on the page of what follows.
    pub keep_next: bool,
    pub new_page: bool,
    /// It stands on a page that lies on its side.
    pub turned: bool,
    /// Lines across the page, above it and below it.
    pub rules: (bool, bool),
    pub tokens: Vec<Token>,
}

/// The styles of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    /// Of level 1: the document's own.
    Title,
    /// Of level 2 and more: headings 1 to 5 of Word.
    Heading(u8),
    /// The title of an attachment, which is centered.
    AttachmentTitle,
    Subtitle,
    Labeled,
    Bullet,
    Number,
    /// A further paragraph of an item.
    ListContinue,
    Quote,
    Code,
    Caption,
    Cell,
    CellHead,
    Footnote,
    /// The lines of a letterhead: the first, those between, the last.
    Letterhead(usize),
    Header,
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Which list of the flow.
    pub list: usize,
    /// How deep it is nested, from 0.
    pub level: usize,
}

/// A list, or a stretch of one whose numbers follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListRun {
    pub markers: Markers,
    /// The number of its first item.
    pub start: u64,
    pub level: usize,
    /// In how many lists of bullets it stands.
    pub bullets: usize,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct TablePiece {
    pub indent: f32,
    /// How wide its columns are, in points; none, if it is not known.
    pub widths: Vec<f32>,
    pub turned: bool,
    /// What it is called for those who cannot see it.
    pub title: String,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub kind: RowKind,
    pub cells: Vec<Paragraph>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Head,
    /// One cell across all columns.
    Band,
    Cells,
}

/// A document's flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    /// The lines of the letterhead that the document begins with.
    pub letterhead: Vec<Paragraph>,
    pub pieces: Vec<Piece>,
    /// The paragraphs of each note.
    pub notes: Vec<Vec<Piece>>,
    pub lists: Vec<ListRun>,
}

impl Paragraph {
    /// A paragraph at the margin.
    pub fn new(place: String, style: Style, tokens: Vec<Token>) -> Paragraph {
        Paragraph {
            place,
            style,
            item: None,
            indent: 0.0,
            hanging: 0.0,
            align: Align::Left,
            before: 0.0,
            after: 0.0,
            keep_next: false,
            new_page: false,
            turned: false,
            rules: (false, false),
            tokens,
        }
    }

    /// What a reader of the file's text finds in it.
    pub fn text(&self) -> String {
        self.tokens.iter().map(Token::text).collect()
    }
}
