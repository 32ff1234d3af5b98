//! Blocks -> Markdown, as the guide teaches it.
//!
//! In: blocks in order, notes. Out: Markdown, and where each block stands in it. Not here: running text (`line`).

use std::{collections::BTreeMap, ops::Range};

use super::{
    block::{CopiedBlock, CopiedList, CopiedListItem, CopiedTable, Numbering},
    line::{self, LinkNames, TextPlace},
    table,
    text::{SignLook, Signs},
};

/// Markdown, and the place of each block in it, in bytes.
pub(super) struct Written {
    pub markdown: String,
    pub places: Vec<Range<usize>>,
    /// Where the notes begin; without any, the end.
    pub notes: usize,
}

/// A list that begins with such a number is taken for a year.
const YEAR: u64 = 100;
/// Rows are filled up with empty cells, unless there would be more than this.
const MOST_CELLS: usize = 100_000;
const SEPARATOR: &str = "<!-- a new list -->";

/// Writes blocks, and below them the notes that they refer to.
pub(super) fn write(
    blocks: &[CopiedBlock],
    names: &LinkNames<'_>,
    notes: &[(String, Vec<CopiedBlock>)],
) -> Written {
    let mut writer = Writer { names, levels: levels(blocks), level: 1 };
    let mut out = Written { markdown: String::new(), places: Vec::with_capacity(blocks.len()), notes: 0 };
    let mut above = None;
    for block in blocks {
        let text = writer.block(block, true);
        if !text.is_empty() && !out.markdown.is_empty() {
            out.markdown.push_str("\n\n");
            if is_one_list(above, block) {
                out.markdown.push_str(SEPARATOR);
                out.markdown.push_str("\n\n");
            }
        }
        let start = out.markdown.len();
        out.markdown.push_str(&text);
        out.places.push(start..out.markdown.len());
        above = Some(block);
    }
    for (at, (label, blocks)) in notes.iter().enumerate() {
        if !out.markdown.is_empty() {
            out.markdown.push_str("\n\n");
        }
        if at == 0 {
            out.notes = out.markdown.len();
        }
        out.markdown.push_str(&writer.note(label, blocks));
    }
    // Words of a single paragraph can stand in a sentence.
    if !out.markdown.is_empty() && !matches!((blocks, notes), ([CopiedBlock::Paragraph(_)], [])) {
        out.markdown.push('\n');
    }
    if notes.is_empty() {
        out.notes = out.markdown.len();
    }
    out
}

/// Whether Markdown would go on a list with the next one.
fn is_one_list(above: Option<&CopiedBlock>, block: &CopiedBlock) -> bool {
    let counts = |block: &CopiedBlock| match block {
        CopiedBlock::List(list) if list.numbering != Numbering::Bullets => Some(list.numbering),
        _ => None,
    };
    // The comment above letters parts them from what stands above.
    above.and_then(counts).is_some() && counts(block) == Some(Numbering::Numbers)
}

/// The level in a memo of each level that is used: none is left out.
fn levels(blocks: &[CopiedBlock]) -> BTreeMap<u8, u8> {
    let used: std::collections::BTreeSet<u8> = blocks
        .iter()
        .filter_map(|block| match block {
            CopiedBlock::Heading(level, _) => Some(*level),
            _ => None,
        })
        .collect();
    used.into_iter().zip((2..=6).chain(std::iter::repeat(6))).collect()
}

struct Writer<'a> {
    names: &'a LinkNames<'a>,
    levels: BTreeMap<u8, u8>,
    /// The level of the heading above.
    level: u8,
}

impl Writer<'_> {
    fn line(&self, text: &Signs, within: TextPlace) -> String {
        line::markdown(text, within, self.names)
    }

    fn block(&mut self, block: &CopiedBlock, is_top: bool) -> String {
        match block {
            CopiedBlock::Heading(level, text) if is_top => {
                let level = self.levels.get(level).copied().unwrap_or(2).min(self.level + 1);
                self.level = level;
                let mut words = self.line(text, TextPlace::Heading);
                if words.ends_with('#') && !words.ends_with("\\#") {
                    words.insert(words.len() - 1, '\\');
                }
                format!("{} {words}", "#".repeat(usize::from(level)))
            }
            CopiedBlock::Heading(_, text) => {
                let mut text = text.clone();
                text.iter_mut().for_each(|sign| sign.look = SignLook { bold: true, ..sign.look });
                self.line(&text, TextPlace::Paragraph)
            }
            CopiedBlock::Paragraph(paragraph) => self.line(&paragraph.text, TextPlace::Paragraph),
            CopiedBlock::Item(item) => self.blocks(&item.blocks),
            CopiedBlock::List(list) => self.list(list),
            CopiedBlock::Table(table) => self.table(table),
            CopiedBlock::Quote(blocks) => prefixed(&self.blocks(blocks), "> ", "> "),
            CopiedBlock::Rule => {
                if is_top {
                    "---".to_owned()
                } else {
                    String::new()
                }
            }
        }
    }

    /// Blocks within another one.
    fn blocks(&mut self, blocks: &[CopiedBlock]) -> String {
        let mut out = String::new();
        let mut above = None;
        for block in blocks {
            let text = self.block(block, false);
            if text.is_empty() {
                continue;
            }
            if !out.is_empty() {
                let is_tight =
                    matches!(block, CopiedBlock::List(list) if list.numbering == Numbering::Bullets);
                out.push_str(if is_tight { "\n" } else { "\n\n" });
                if is_one_list(above, block) {
                    out.push_str(SEPARATOR);
                    out.push_str("\n\n");
                }
            }
            out.push_str(&text);
            above = Some(block);
        }
        out
    }

    fn list(&mut self, list: &CopiedList) -> String {
        let counts = list.numbering != Numbering::Bullets;
        let is_year = list.items.first().is_some_and(|item| item.number >= YEAR);
        let items: Vec<String> = list.items.iter().map(|item| self.item(item, counts, is_year)).collect();
        let is_loose = is_year || items.iter().any(|text| text.contains("\n\n"));
        let mut out = String::new();
        let mut last: Option<u64> = None;
        for (item, text) in list.items.iter().zip(items) {
            // A number that does not rise begins a list.
            let begins = counts && !is_year && last.is_none_or(|last| item.number <= last);
            if !out.is_empty() {
                out.push_str(if is_loose || begins { "\n\n" } else { "\n" });
            }
            if begins && list.numbering == Numbering::Letters {
                out.push_str("<!-- letters -->\n");
            } else if begins && last.is_some() {
                out.push_str(SEPARATOR);
                out.push_str("\n\n");
            }
            last = Some(item.number);
            out.push_str(&text);
        }
        out
    }

    fn item(&mut self, item: &CopiedListItem, counts: bool, is_year: bool) -> String {
        // What begins an item has to be text.
        let begins_with_text =
            matches!(item.blocks.first(), Some(CopiedBlock::Paragraph(_) | CopiedBlock::Heading(..)));
        let text = match begins_with_text {
            true => self.blocks(&item.blocks),
            false => {
                let text = table::joined(item.blocks.clone());
                self.line(&text, TextPlace::Paragraph)
            }
        };
        if is_year {
            return format!("{}\\. {text}", item.number);
        }
        let marker = if counts { format!("{}. ", item.number) } else { "- ".to_owned() };
        prefixed(&text, &marker, &" ".repeat(marker.len()))
    }

    fn table(&mut self, table: &CopiedTable) -> String {
        let mut out = String::new();
        if let Some(caption) = &table.caption {
            out.push_str("<!-- caption -->\n");
            out.push_str(&self.line(caption, TextPlace::Paragraph));
            out.push_str("\n\n");
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
        let filled = columns * table.rows.len() <= MOST_CELLS;
        for (at, row) in table.rows.iter().enumerate() {
            let within = if at == 0 { TextPlace::HeadCell } else { TextPlace::Cell };
            let width = if at == 0 || filled { columns } else { row.len() };
            out.push('|');
            for column in 0..width {
                let cell = row.get(column).map(|cell| self.line(cell, within)).unwrap_or_default();
                out.push(' ');
                if !cell.is_empty() {
                    out.push_str(&cell);
                    out.push(' ');
                }
                out.push('|');
            }
            out.push('\n');
            if at == 0 {
                out.push('|');
                out.push_str(&" --- |".repeat(columns));
                out.push('\n');
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn note(&mut self, label: &str, blocks: &[CopiedBlock]) -> String {
        let text = match blocks.first() {
            Some(CopiedBlock::Paragraph(_)) => self.blocks(blocks),
            _ => {
                let text = table::joined(blocks.to_vec());
                self.line(&text, TextPlace::Paragraph)
            }
        };
        prefixed(&text, &format!("[^{label}]: "), "    ")
    }
}

/// Lines with something before each; before the first, something else.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (at, line) in text.split('\n').enumerate() {
        let prefix = if at == 0 { first } else { others };
        if at > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}
