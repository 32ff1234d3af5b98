//! What was pasted, in one line.
//!
//! In: blocks, counts. Out: [`PasteReport`], data and its words. Not here: the counting of what was left out.

use std::fmt;

use serde::Serialize;

use super::{
    block::{CopiedBlock, Numbering},
    counts::Counts,
};
use crate::words::{counted, grouped};

/// What was pasted, what was left out, what is no longer as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasteReport {
    /// What of the clipboard was read.
    pub read: Flavor,
    /// Why the text was read without its form, if there was one.
    pub why_plain: Option<WhyPlain>,
    /// Paragraphs, without those of lists, cells and notes.
    pub paragraphs: usize,
    /// Headings.
    pub headings: usize,
    /// Lists, without those within lists.
    pub lists: usize,
    /// Tables.
    pub tables: usize,
    /// Footnotes.
    pub notes: usize,
    /// What was left out or changed.
    pub counts: Counts,
}

/// What of a clipboard was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flavor {
    /// Text with its form.
    Formatted,
    /// Cells as plain text.
    Cells,
    /// Plain text.
    Plain,
}

/// Why text was read without its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyPlain {
    /// It takes more than two million bytes.
    TooLarge,
    /// It is nested, or set up, without end.
    TooTangled,
}

impl PasteReport {
    pub(super) fn new(
        read: Flavor,
        why_plain: Option<WhyPlain>,
        blocks: &[CopiedBlock],
        notes: usize,
        counts: Counts,
    ) -> PasteReport {
        let mut report =
            PasteReport { read, why_plain, paragraphs: 0, headings: 0, lists: 0, tables: 0, notes, counts };
        report.count(blocks);
        report
    }

    fn count(&mut self, blocks: &[CopiedBlock]) {
        let mut above = None;
        for block in blocks {
            let numbering = match block {
                CopiedBlock::List(list) => Some(list.numbering),
                _ => None,
            };
            match block {
                CopiedBlock::Heading(..) => self.headings += 1,
                CopiedBlock::Paragraph(_) => self.paragraphs += 1,
                CopiedBlock::List(list) => {
                    // Bullets right below bullets are read as one list.
                    self.lists += usize::from(numbering != Some(Numbering::Bullets) || numbering != above);
                    list.items.iter().for_each(|item| self.count_tables(&item.blocks));
                }
                CopiedBlock::Table(_) => self.tables += 1,
                CopiedBlock::Quote(inner) => self.count(inner),
                CopiedBlock::Item(_) | CopiedBlock::Rule => {}
            }
            above = numbering;
        }
    }

    /// Of what stands in a list, only tables are told.
    fn count_tables(&mut self, blocks: &[CopiedBlock]) {
        for block in blocks {
            match block {
                CopiedBlock::Table(_) => self.tables += 1,
                CopiedBlock::List(list) => list.items.iter().for_each(|item| self.count_tables(&item.blocks)),
                CopiedBlock::Quote(inner) => self.count_tables(inner),
                _ => {}
            }
        }
    }
}

impl PasteReport {
    fn pasted(&self) -> Vec<String> {
        some_of(&[
            (self.headings, "heading"),
            (self.paragraphs, "paragraph"),
            (self.lists, "list"),
            (self.tables, "table"),
            (self.notes, "footnote"),
        ])
    }

    fn left_out(&self) -> Vec<String> {
        let counts = &self.counts;
        some_of(&[
            (counts.pictures, "picture"),
            (counts.comments, "comment"),
            (counts.deletions, "deleted passage"),
            (counts.struck, "struck-through passage"),
            (counts.hidden, "hidden passage"),
            (counts.lost_notes, "footnote reference"),
            (counts.fields, "form field"),
            (counts.signs, "symbol"),
        ])
    }

    /// What was left out and what is no longer as it was, a sentence each without its full stop.
    pub fn losses(&self) -> Vec<String> {
        let left_out = self.left_out();
        let left_out = (!left_out.is_empty()).then(|| format!("Left out {}", left_out.join(", ")));
        left_out.into_iter().chain(self.changes()).collect()
    }

    /// What was pasted in another form than it had.
    fn changes(&self) -> Vec<String> {
        let counts = &self.counts;
        let forms = [
            (counts.insertions, "tracked insertion", "is in the text", "are in the text"),
            (counts.raised, "raised or lowered word", "became plain text", "became plain text"),
            (counts.merged, "merged cell", "was split", "were split"),
            (
                counts.renumbered,
                "list",
                "has its numbers in another form",
                "have their numbers in another form",
            ),
            (counts.unwrapped, "link", "now skips the mail filter", "now skip the mail filter"),
            (
                counts.dead_links,
                "link",
                "led to no web page and became text",
                "led to no web page and became text",
            ),
            (counts.typed, "line", "became a list item", "became list items"),
            (counts.joined, "line end", "was joined", "were joined"),
        ];
        let there = forms.into_iter().filter(|(count, ..)| *count > 0);
        let changes = there.map(|(count, what, one, several)| {
            format!("{} {}", many(count, what), if count == 1 { one } else { several })
        });
        changes.collect()
    }
}

fn some_of(of: &[(usize, &str)]) -> Vec<String> {
    of.iter().filter(|(count, _)| *count > 0).map(|(count, what)| many(*count, what)).collect()
}

/// "1 picture", "1,200 paragraphs".
fn many(count: usize, what: &str) -> String {
    counted(count, what).replacen(&count.to_string(), &grouped(count), 1)
}

/// "Pasted 12 paragraphs, 2 tables; left out 1 picture", and what else is to be known.
impl fmt::Display for PasteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pasted = self.pasted();
        let left_out = self.left_out();
        match &pasted[..] {
            [] if self.why_plain == Some(WhyPlain::TooLarge) => {
                return f.write_str("The text is too large to paste. Paste it in parts");
            }
            [] if self.why_plain == Some(WhyPlain::TooTangled) => {
                return f.write_str("The text's formatting is too tangled to paste. Paste it in parts");
            }
            [] => f.write_str("Pasted nothing")?,
            some => write!(f, "Pasted {}", some.join(", "))?,
        }
        if !left_out.is_empty() {
            write!(f, "; left out {}", left_out.join(", "))?;
        }
        match self.why_plain {
            Some(WhyPlain::TooLarge) => {
                f.write_str(". The text is very large, so it was pasted as plain text")?;
            }
            Some(WhyPlain::TooTangled) => {
                f.write_str(". The text's formatting is too tangled, so it was pasted as plain text")?;
            }
            None => {}
        }
        self.changes().iter().try_for_each(|change| write!(f, ". {change}"))
    }
}
