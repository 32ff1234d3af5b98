//! What an analyst has copied, as clean Markdown.
//!
//! In: a clipboard, its HTML and its plain text. Out: [`Pasted`], Markdown of our kind, what was left out, what may be
//! removed. It never fails: what cannot be read with its form is read as plain text, and the report says so. Not here:
//! the clipboard itself, the page that it is pasted into.
//!
//! ```text
//! HTML --bounds, tree--> elements --read, table--> blocks --typed, nest--> lists --write, line--> Markdown
//! plain text --cells, plain------------------------^                        |
//! a Word file's text --word------------------------^                        |
//!                                                                         mail
//! ```

mod block;
mod bounds;
mod cells;
mod counts;
mod face;
mod facts;
mod flow;
mod line;
mod links;
mod lists;
mod mail;
mod nest;
mod notes;
mod plain;
mod raised;
mod read;
mod report;
mod sheet;
mod source;
mod style;
mod symbols;
mod table;
mod text;
mod tree;
mod typed;
mod word;
mod write;

pub use counts::Counts;
pub use facts::{PastedFact, facts};
pub use mail::{Removal, RemovalKind};
pub use report::{Flavor, PasteReport, WhyPlain};

use std::collections::BTreeSet;

use serde::Serialize;

use block::CopiedBlock;
use line::{LinkNames, TextPlace};
use notes::Settled;
use read::Read;
use tree::HtmlTree;

use crate::word::read::{WordBlock, WordRun, WordText};

/// What was copied, and where it goes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clipboard<'a> {
    /// The HTML, if there is any (`text/html`).
    pub html: Option<&'a str>,
    /// The plain text (`text/plain`).
    pub plain: &'a str,
    /// The text that it is pasted into: footnotes get labels that are free there.
    pub into: &'a str,
}

/// What was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pasted {
    /// The Markdown. Words of a single paragraph end without a line end, so that they can stand in a sentence.
    pub markdown: String,
    /// What it holds and what was left out.
    pub report: PasteReport,
    /// The Markdown of the plain text, if that is another one: for "Paste as plain text instead".
    pub as_plain: Option<String>,
    /// What the analyst may want to remove, in order.
    pub removals: Vec<Removal>,
}

/// Turns a clipboard into Markdown.
///
/// ```
/// use ccrov::paste::{Clipboard, paste};
/// let html = "<h1>Dates</h1><p class=MsoNormal>Call <b>today</b>; see <i>Form 5*</i>.<o:p></o:p></p><img src=a.png>";
/// let pasted = paste(&Clipboard { html: Some(html), plain: "", into: "" });
/// assert_eq!(pasted.markdown, "## Dates\n\nCall **today**; see *Form 5\\**.\n");
/// assert_eq!(pasted.report.to_string(), "Pasted 1 heading, 1 paragraph; left out 1 picture");
/// ```
pub fn paste(clipboard: &Clipboard<'_>) -> Pasted {
    let taken = labels(clipboard.into);
    let html = clipboard.html.map(without_header).filter(|html| !html.is_empty());
    let tree = html.map(|html| {
        let html = bounds::within(html)?;
        HtmlTree::read(&html).ok_or(WhyPlain::TooTangled)
    });
    let as_plain = || from_plain(clipboard.plain, None);
    match tree {
        Some(Ok(tree)) => {
            let formatted = from_html(&tree, &taken);
            if formatted.markdown.is_empty() && !clipboard.plain.trim().is_empty() {
                return as_plain();
            }
            let plain = Some(as_plain().markdown);
            Pasted {
                as_plain: plain.filter(|plain| !plain.is_empty() && *plain != formatted.markdown),
                ..formatted
            }
        }
        Some(Err(why)) => from_plain(clipboard.plain, Some(why)),
        None => as_plain(),
    }
}

/// Turns blocks of a Word file into Markdown, with the notes that they refer to; `into` is the text that they go into.
pub fn from_word(blocks: &[WordBlock], file: &WordText, into: &str) -> Pasted {
    let mut counts =
        Counts { comments: file.comments.len(), hidden: file.unread.hidden, ..Counts::default() };
    counts.pictures = file.unread.pictures + file.unread.objects;
    counts.fields = file.unread.fields;
    let read = word::read(blocks, file, &mut counts);
    settled(read, &labels(into), counts)
}

/// Turns words of a Word file into Markdown that can stand in a sentence, or in a cell of a table.
pub fn inline(runs: &[WordRun], in_cell: bool) -> String {
    let (signs, links) = word::signs(runs, &mut Counts::default());
    let place = if in_cell { TextPlace::Cell } else { TextPlace::Paragraph };
    let between = text::Sign { mark: text::Mark::Break, look: text::SignLook::default() };
    line::markdown(&text::paragraphs(signs).join(&between), place, &LinkNames { links: &links, notes: &[] })
}

fn from_html(tree: &HtmlTree, taken: &BTreeSet<String>) -> Pasted {
    let mut counts = Counts::default();
    let read = read::read(tree, &mut counts);
    settled(read, taken, counts)
}

fn settled(read: Read, taken: &BTreeSet<String>, mut counts: Counts) -> Pasted {
    let Read { blocks, links, refers_to, notes } = read;
    let Settled { blocks, labels, notes } = notes::settle(blocks, &refers_to, notes, taken, &mut counts);
    let notes: Vec<(String, Vec<CopiedBlock>)> = notes
        .into_iter()
        .map(|(label, blocks)| (label, nest::gather(typed::items(blocks, &mut counts))))
        .collect();
    finish(Flavor::Formatted, None, blocks, &LinkNames { links: &links, notes: &labels }, &notes, counts)
}

fn from_plain(plain: &str, why: Option<WhyPlain>) -> Pasted {
    let mut counts = Counts::default();
    let (flavor, blocks) = match cells::blocks(plain, &mut counts) {
        Some(blocks) => (Flavor::Cells, blocks),
        None => (Flavor::Plain, plain::blocks(plain, &mut counts)),
    };
    finish(flavor, why, blocks, &LinkNames { links: &[], notes: &[] }, &[], counts)
}

fn finish(
    flavor: Flavor,
    why: Option<WhyPlain>,
    blocks: Vec<CopiedBlock>,
    names: &LinkNames<'_>,
    notes: &[(String, Vec<CopiedBlock>)],
    mut counts: Counts,
) -> Pasted {
    let blocks = typed::items(blocks, &mut counts);
    counts.renumbered += nest::other_forms(&blocks);
    let blocks = nest::gather(blocks);
    let written = write::write(&blocks, names, notes);
    let lines = blocks.iter().map(|block| match block {
        CopiedBlock::Paragraph(paragraph) => {
            text::words(&paragraph.text).lines().map(str::to_owned).collect()
        }
        _ => Vec::new(),
    });
    let placed: Vec<_> = lines.zip(written.places).collect();
    let mut removals = mail::removals(&placed, written.notes);
    // A note that nothing refers to any more would be a fault.
    removals.retain(|removal| !written.markdown[removal.range.clone()].contains("[^"));
    let report = PasteReport::new(flavor, why, &blocks, notes.len(), counts);
    Pasted { markdown: written.markdown, report, as_plain: None, removals }
}

/// HTML without what Windows puts above it (`Version:0.9`, `StartHTML:...`), which some programs hand on.
fn without_header(html: &str) -> &str {
    let html = html.trim_start_matches('\u{feff}').trim();
    match html.find('<') {
        Some(start) if html.starts_with("Version:") && html[..start].contains("StartHTML:") => &html[start..],
        _ => html,
    }
}

/// The labels of notes that a text has.
fn labels(text: &str) -> BTreeSet<String> {
    let ends = text.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
    ends.map(|(label, _)| label.to_owned()).collect()
}
