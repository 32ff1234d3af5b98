//! What a Word file says, between its XML and whoever uses it.
//!
//! In: nothing. Out: the types that the reader fills: paragraphs, tables, notes, comments, who changed what. Not here: memos.

use std::collections::BTreeMap;

use serde::Serialize;

/// What a Word file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordText {
    /// The text, in reading order.
    pub blocks: Vec<WordBlock>,
    /// What stands above the text of its pages: the letterhead.
    pub headers: Vec<WordBlock>,
    /// Footnotes and endnotes, by the names by which the text refers to them.
    pub notes: BTreeMap<String, Vec<WordBlock>>,
    /// Comments, in the order in which they were made.
    pub comments: Vec<WordComment>,
    /// Who changed something with "Track Changes" on; [`TextRevision`] names them by their places.
    pub authors: Vec<Author>,
    /// What was not read.
    pub unread: Unread,
    /// The records of other programs that the file carries.
    pub records: Vec<Vec<u8>>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordBlock {
    /// Running text.
    Paragraph(WordParagraph),
    /// Rows of cells.
    Table(WordTable),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordParagraph {
    /// What the file calls it (`w14:paraId`), if the program that saved it last does so.
    pub id: Option<String>,
    /// The bookmarks that begin in it.
    pub places: Vec<String>,
    /// What it is.
    pub role: ParagraphRole,
    /// What stands before it, if it is an item of a list.
    pub item: Option<WordItem>,
    /// The page on which it begins, if the file says so.
    pub page: Option<usize>,
    /// What it says.
    pub runs: Vec<WordRun>,
    /// Whether the paragraph came or went as a whole.
    pub fate: TextRevision,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParagraphRole {
    /// Running text.
    #[default]
    Text,
    /// A heading of a level from 1 on; the title is one of level 0.
    Heading(u8),
    /// A quotation.
    Quote,
    /// What stands above or below a table.
    Caption,
    /// It goes on an item of a list.
    GoesOn,
}

/// What stands before an item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordItem {
    /// How deep it stands, from 1 on.
    pub level: usize,
    /// What is printed: `2.`, `iv)`; nothing for a bullet.
    pub marker: Option<String>,
}

/// Signs that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordRun {
    /// What stands there.
    pub piece: WordPiece,
    /// How it is set.
    pub look: RunLook,
    /// Where it leads.
    pub link: Option<String>,
    /// Whether it came or went.
    pub fate: TextRevision,
    /// The comments on it, by their names in the file.
    pub comments: Vec<String>,
}

/// What stands at a place of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordPiece {
    /// Words.
    Text(String),
    /// A sign of a typeface that is pictures, with the typeface.
    Symbol(String, char),
    /// A line end.
    Break,
    /// A reference to a note, by its name.
    Note(String),
}

/// How words are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunLook {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub struck: bool,
    /// Above or below the line.
    pub raised: Option<VerticalShift>,
}

/// Where words stand that are not on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerticalShift {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

/// What became of something with "Track Changes" on, by the place of its author in [`WordText::authors`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextRevision {
    /// It was there, or nobody tracked that it came.
    #[default]
    Kept,
    /// It came.
    Came(usize),
    /// It went.
    Went(usize),
}

/// Who changed something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// The name that the person has in Word.
    pub name: String,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordTable {
    /// Its rows; those that went are not there.
    pub rows: Vec<WordRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordRow {
    /// Whether it heads the columns.
    pub is_head: bool,
    /// Whether it came.
    pub fate: TextRevision,
    /// Its cells.
    pub cells: Vec<WordCell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCell {
    /// What it holds.
    pub blocks: Vec<WordBlock>,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes; 0 if it goes on the one above it.
    pub rows: usize,
}

/// A comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordComment {
    /// Its name in the file.
    pub id: String,
    /// Who made it, by the name in Word.
    pub author: String,
    /// When, as the file has it: `2021-09-02T10:15:00Z`.
    pub at: String,
    /// What it says.
    pub text: String,
    /// The comment that it answers, by its name in the file.
    pub answers: Option<String>,
    /// Whether it is marked as done.
    pub is_done: bool,
}

/// What a file has that was not read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Pictures, drawings and charts.
    pub pictures: usize,
    /// Text boxes; their words stand below the paragraph that they hang on.
    pub boxes: usize,
    /// Formulas; their signs stand in the text.
    pub formulas: usize,
    /// Hidden passages.
    pub hidden: usize,
    /// Fields of forms that nobody has filled in.
    pub fields: usize,
    /// Files of other programs that are in the text.
    pub objects: usize,
    /// Tracked changes of how words and paragraphs are set.
    pub formats: usize,
}

impl WordRun {
    /// Plain words.
    pub fn plain(words: &str) -> WordRun {
        let piece = WordPiece::Text(words.to_owned());
        WordRun {
            piece,
            look: RunLook::default(),
            link: None,
            fate: TextRevision::Kept,
            comments: Vec::new(),
        }
    }

    /// The same with some of its words.
    #[must_use]
    pub fn with_words(&self, words: String) -> WordRun {
        let piece = match &self.piece {
            WordPiece::Text(_) => WordPiece::Text(words),
            other => other.clone(),
        };
        WordRun { piece, ..self.clone() }
    }

    /// Whether it stands in the text as it is now.
    pub fn is_there(&self) -> bool {
        !matches!(self.fate, TextRevision::Went(_))
    }

    /// Its words; a line end for each that is in it.
    pub fn words(&self) -> String {
        match &self.piece {
            WordPiece::Text(text) => text.clone(),
            WordPiece::Symbol(_, sign) => sign.to_string(),
            WordPiece::Break => "\n".to_owned(),
            WordPiece::Note(_) => String::new(),
        }
    }
}

impl WordParagraph {
    /// Its words as they are now.
    pub fn words(&self) -> String {
        self.runs.iter().filter(|run| run.is_there()).map(WordRun::words).collect()
    }

    /// Whether it is there, as the text is now.
    pub fn is_there(&self) -> bool {
        !matches!(self.fate, TextRevision::Went(_))
    }
}

impl WordText {
    /// All paragraphs of the text, those in cells too, in reading order.
    pub fn paragraphs(&self) -> Vec<&WordParagraph> {
        let mut found = Vec::new();
        paragraphs(&self.blocks, &mut found);
        found
    }
}

/// All paragraphs of blocks, those in cells too.
pub fn paragraphs<'w>(blocks: &'w [WordBlock], found: &mut Vec<&'w WordParagraph>) {
    for block in blocks {
        match block {
            WordBlock::Paragraph(paragraph) => found.push(paragraph),
            WordBlock::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| paragraphs(&cell.blocks, found));
            }
        }
    }
}
