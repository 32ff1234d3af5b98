//! Footnotes: which were copied, and which label each has.
//!
//! In: what was read, the labels that are taken. Out: the same, in which every reference leads to a note; notes in the order
//! in which the text refers to them. Not here: how programs write notes (`source`).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    block::{CopiedBlock, CopiedList, CopiedListItem, CopiedTable, Paragraph},
    counts::Counts,
    text::{self, Mark, Sign, SignLook, Signs},
};

/// Notes in the order in which they stand.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<CopiedNote>,
    /// The place of each by its key.
    places: BTreeMap<String, usize>,
}

#[derive(Default)]
struct CopiedNote {
    /// What is printed before it: `[1]`.
    mark: String,
    blocks: Vec<CopiedBlock>,
}

impl Notes {
    fn of(&mut self, key: &str) -> &mut CopiedNote {
        let next = self.notes.len();
        let place = *self.places.entry(key.to_owned()).or_insert(next);
        if place == next {
            self.notes.push(CopiedNote::default());
        }
        &mut self.notes[place]
    }

    /// Takes what a note holds.
    pub fn add(&mut self, key: &str, blocks: Vec<CopiedBlock>) {
        self.of(key).blocks.extend(blocks);
    }

    /// Takes what is printed before a note.
    pub fn mark(&mut self, key: &str, mark: &str) {
        let note = self.of(key);
        if note.mark.is_empty() {
            note.mark = mark.split_whitespace().collect();
        }
    }

    fn take(&mut self, key: &str) -> Option<Vec<CopiedBlock>> {
        let note = &mut self.notes[*self.places.get(key)?];
        Some(std::mem::take(&mut note.blocks)).filter(|blocks| !blocks.is_empty())
    }
}

/// Text and notes, of which none is missing.
pub(super) struct Settled {
    pub blocks: Vec<CopiedBlock>,
    /// The label of each note that the text refers to; none for one that was not copied.
    pub labels: Vec<Option<String>>,
    /// Each note with its label.
    pub notes: Vec<(String, Vec<CopiedBlock>)>,
}

/// Settles which notes there are. References to others are taken out; notes that nothing refers to are text like any other.
pub(super) fn settle(
    blocks: Vec<CopiedBlock>,
    refers_to: &[String],
    mut all: Notes,
    taken: &BTreeSet<String>,
    counts: &mut Counts,
) -> Settled {
    let mut notes = Vec::new();
    let mut numbers = (1..).map(|number: usize| number.to_string()).filter(|label| !taken.contains(label));
    let labels: Vec<Option<String>> = refers_to
        .iter()
        .map(|key| {
            let (blocks, label) = (all.take(key)?, numbers.next()?);
            notes.push((label.clone(), blocks));
            Some(label)
        })
        .collect();
    let mut blocks = Lost { labels: &labels, counts }.blocks(blocks);
    blocks.extend(all.notes.into_iter().flat_map(as_text));
    Settled { blocks, labels, notes }
}

/// A note as paragraphs, with what is printed before it.
fn as_text(note: CopiedNote) -> Vec<CopiedBlock> {
    let CopiedNote { mark, mut blocks } = note;
    if blocks.is_empty() || mark.is_empty() {
        return blocks;
    }
    match blocks.first_mut() {
        Some(CopiedBlock::Paragraph(first)) => {
            first.text.splice(0..0, text::plain(&format!("{mark} ")));
        }
        _ => blocks.insert(0, CopiedBlock::paragraph(text::plain(&mark))),
    }
    blocks
}

/// Takes out references that lead to no note, and what held nothing else.
struct Lost<'a> {
    labels: &'a [Option<String>],
    counts: &'a mut Counts,
}

impl Lost<'_> {
    fn blocks(&mut self, blocks: Vec<CopiedBlock>) -> Vec<CopiedBlock> {
        if self.labels.iter().all(Option::is_some) {
            return blocks;
        }
        blocks.into_iter().flat_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: CopiedBlock) -> Vec<CopiedBlock> {
        match block {
            CopiedBlock::Heading(level, text) => {
                let text = self.joined(text, Mark::Char(' '));
                let is_empty = text.is_empty();
                some(CopiedBlock::Heading(level, text), is_empty)
            }
            CopiedBlock::Paragraph(Paragraph { text, indent, goes_on }) => {
                let texts = self.texts(text).into_iter();
                texts.map(|text| CopiedBlock::Paragraph(Paragraph { text, indent, goes_on })).collect()
            }
            CopiedBlock::Item(mut item) => {
                item.blocks = self.blocks(item.blocks);
                let is_empty = item.blocks.is_empty();
                some(CopiedBlock::Item(item), is_empty)
            }
            CopiedBlock::List(CopiedList { numbering, items }) => {
                let items = items.into_iter().map(|CopiedListItem { number, blocks }| {
                    let blocks = self.blocks(blocks);
                    CopiedListItem { number, blocks }
                });
                let items: Vec<CopiedListItem> = items.filter(|item| !item.blocks.is_empty()).collect();
                let is_empty = items.is_empty();
                some(CopiedBlock::List(CopiedList { numbering, items }), is_empty)
            }
            CopiedBlock::Table(CopiedTable { caption, rows }) => {
                let mut cell = |text| self.joined(text, Mark::Break);
                let caption = caption.map(&mut cell).filter(|text| !text.is_empty());
                let rows = rows.into_iter().map(|row| row.into_iter().map(&mut cell).collect::<Vec<Signs>>());
                let rows: Vec<Vec<Signs>> =
                    rows.filter(|row| row.iter().any(|text| !text.is_empty())).collect();
                match rows.is_empty() {
                    true => caption.into_iter().map(CopiedBlock::paragraph).collect(),
                    false => vec![CopiedBlock::Table(CopiedTable { caption, rows })],
                }
            }
            CopiedBlock::Quote(blocks) => {
                let blocks = self.blocks(blocks);
                let is_empty = blocks.is_empty();
                some(CopiedBlock::Quote(blocks), is_empty)
            }
            CopiedBlock::Rule => vec![CopiedBlock::Rule],
        }
    }

    /// A text without references that lead nowhere: the paragraphs that are left.
    fn texts(&mut self, text: Signs) -> Vec<Signs> {
        let is_lost = |sign: &Sign| matches!(sign.mark, Mark::Note(note) if self.labels[note].is_none());
        let lost = text.iter().filter(|sign| is_lost(sign)).count();
        if lost == 0 {
            return vec![text];
        }
        let kept = text.into_iter().filter(|sign| !is_lost(sign)).collect();
        self.counts.lost_notes += lost;
        text::paragraphs(kept)
    }

    fn joined(&mut self, text: Signs, between: Mark) -> Signs {
        self.texts(text).join(&Sign { mark: between, look: SignLook::default() })
    }
}

fn some(block: CopiedBlock, is_empty: bool) -> Vec<CopiedBlock> {
    if is_empty { Vec::new() } else { vec![block] }
}
