//! What a reader of the Markdown would miss, and what would trouble one.
//!
//! In: nothing: the parser fills these in. Out: [`MarkdownFault`]s, for which there is no document, and [`Remark`]s,
//! which a document carries; each with its place. Not here: where that was written, how it is told.

use std::ops::Range;

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
pub enum Remark {
    /// A heading more than one level below the one before it.
    SkippedLevel {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// The level of the heading before it.
        from: u8,
        /// Its own level.
        to: u8,
    },
    /// A link whose text does not say where it leads: "here".
    VagueLink {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// What it shows.
        text: String,
    },
    /// A comment that says what a block is, before a block that cannot be that.
    Misplaced {
        /// Where the comment stands in the Markdown, in bytes.
        span: Range<usize>,
        /// What it says: `columns`.
        role: &'static str,
    },
}

impl Remark {
    /// Where in the Markdown, in bytes.
    pub fn span(&self) -> Range<usize> {
        match self {
            Remark::SkippedLevel { span, .. }
            | Remark::VagueLink { span, .. }
            | Remark::Misplaced { span, .. } => span.clone(),
        }
    }
}
