//! What a reader of the Markdown would miss, and what would trouble one.
//!
//! In: nothing: the parser fills these in. Out: [`MarkdownFault`]s, for which there is no document, and [`Remark`]s,
//! which a document carries; each with its place. Not here: where that was written, how it is told.

use std::ops::Range;

/// Why there is no document, and what else a reader would be troubled by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownFaults {
    /// The faults, in order: at least one.
    pub faults: Vec<MarkdownFault>,
    /// The remarks, in order.
    pub remarks: Vec<Remark>,
}

/// Something in the Markdown that would be lost, or that no writer could show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkdownFault {
    /// A piece of HTML other than a comment or `<br>`.
    Html {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// What was found.
        found: String,
    },
    /// A control character, by its number: `&#27;`.
    Control {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The character.
        found: char,
    },
    /// Blocks or emphasis nested so deep that it must be a slip.
    TooDeep {
        /// Where it goes too deep in the Markdown, in bytes.
        span: Range<usize>,
    },
    /// A picture.
    Picture {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
    },
    /// Cells beyond the table's last column, which Markdown drops.
    WideRow {
        /// Where they stand in the Markdown, in bytes.
        span: Range<usize>,
        /// What would be dropped.
        found: String,
        /// How many columns the table has.
        columns: usize,
    },
    /// A line without a `|` right below a table, which Markdown takes for a row.
    StuckText {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
    },
    /// A link that shows nothing.
    EmptyLink {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
    },
    /// A link without an address, or with one that runs a program.
    BadAddress {
        /// Where the link stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The address.
        href: String,
    },
    /// A link to a heading that is not there.
    UnknownHeading {
        /// Where the link stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The name that it leads to, without the `#`.
        name: String,
        /// What leads to the headings that there are: "#dates".
        known: Vec<String>,
    },
    /// `[name]: address`, which shows nothing and which no link uses.
    UnusedAddress {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
    },
    /// `[^1]`, but no note `[^1]:`.
    UnknownNote {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The note's label: `1`.
        label: String,
    },
    /// A note `[^1]:`, but no `[^1]` in the text.
    UnusedNote {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The note's label: `1`.
        label: String,
    },
    /// A second note of the same label.
    NoteTwice {
        /// Where the second stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The note's label: `1`.
        label: String,
    },
    /// A note that refers to a note.
    NoteInNote {
        /// Where the reference stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The label of the note that is referred to.
        label: String,
    },
}

impl MarkdownFault {
    /// Where in the Markdown, in bytes.
    pub fn span(&self) -> Range<usize> {
        match self {
            MarkdownFault::Html { span, .. }
            | MarkdownFault::Control { span, .. }
            | MarkdownFault::TooDeep { span }
            | MarkdownFault::Picture { span }
            | MarkdownFault::WideRow { span, .. }
            | MarkdownFault::StuckText { span }
            | MarkdownFault::EmptyLink { span }
            | MarkdownFault::BadAddress { span, .. }
            | MarkdownFault::UnknownHeading { span, .. }
            | MarkdownFault::UnusedAddress { span }
            | MarkdownFault::UnknownNote { span, .. }
            | MarkdownFault::UnusedNote { span, .. }
            | MarkdownFault::NoteTwice { span, .. }
            | MarkdownFault::NoteInNote { span, .. } => span.clone(),
        }
    }
}

/// Something in the Markdown that can be shown, but that troubles a reader or is not what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands in the Markdown, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub trouble: Trouble,
}

/// What troubles a reader, or was hardly meant so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A heading more than one level below the one before it.
    SkippedLevel {
        /// The level of the heading before it.
        from: u8,
        /// Its own level.
        to: u8,
    },
    /// A link whose text does not say where it leads: "here".
    VagueLink {
        /// What it shows.
        text: String,
    },
    /// A comment that says what a block is, before a block that cannot be that.
    Misplaced {
        /// What it says: `columns`.
        role: &'static str,
    },
    /// Marks that Markdown did not take, and that are printed as they are: `**now`.
    Printed(PrintedMark),
    /// Marks that Markdown took though they stand at figures or around no word, and that vanish: `5*3*2`.
    LostMarks,
    /// Marks in the middle of a word, which set a part of it in another face: `un*related*`.
    MarksInWord,
    /// Underscores for something to be filled in, some of which vanish: `__/__/____`.
    Underscores,
    /// A path whose backslashes vanish in part: `\\server\_forms`.
    LostBackslash,
    /// A sign that begins a quotation or a list, before a figure or another sign: `> 50%`, `+ 1 county`.
    SignTaken {
        /// The sign.
        sign: char,
    },
    /// Lines that begin as a list does, in a way that Markdown does not know: they are joined.
    NoList {
        /// What one begins with: `a.`.
        mark: String,
    },
    /// Items with a parenthesis, `1)`, which are printed with a dot.
    Parenthesis,
    /// A list or paragraph that is indented below an item, and not far enough to belong to it.
    NotNested {
        /// How far the text of the item above is indented.
        column: usize,
    },
    /// A numbered item whose number is not greater than that of the item before it.
    NotRising {
        /// Its number.
        number: u64,
        /// The number before it.
        above: u64,
    },
    /// A list that begins with a number of three figures or more, as a year does.
    YearTaken,
    /// A line that begins further left than the item, note or quotation above it, whose last line it becomes.
    Swallowed {
        /// What it is joined to.
        by: LineHolder,
    },
    /// Lines with `|` that are no table.
    NoTable {
        /// A table ends above it.
        below_table: bool,
    },
    /// Words that are neither printed nor markup.
    LostWords,
}

/// Marks that are printed as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedMark {
    /// `**` or `*`.
    Stars,
    /// `~~`.
    Tildes,
    /// `##` without a blank behind it.
    NumberSigns,
    /// A link that is none: `[the form](a b.pdf)`, `[the form] (a.pdf)`.
    Link,
    /// `[ ]` or `[x]`.
    Box,
    /// Brackets that were to be a place to fill in: `[blank:]`.
    Blank,
    /// A single backtick.
    Backtick,
}

/// What holds lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineHolder {
    /// An item of a list.
    Item,
    /// What stands for a label.
    Definition,
    /// A note.
    Note,
    /// A quotation.
    Quote,
}
