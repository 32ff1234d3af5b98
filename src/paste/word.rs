//! The text of a Word file -> blocks, as those of a clipboard.
//!
//! In: blocks of [`crate::word::read`]. Out: [`Read`], so that one writer of Markdown serves both. What was deleted is left out, what was
//! inserted is taken. Not here: Word's XML.

use std::collections::BTreeMap;

use super::{
    block::{CopiedBlock, CopiedItem, Marker, Paragraph},
    counts::Counts,
    links, raised,
    read::Read,
    symbols,
    table::{self, CopiedCell},
    text::{self, Mark, Sign, SignLook, Signs},
};
use crate::word::read::{
    ParagraphRole, VerticalShift, WordBlock, WordParagraph, WordPiece, WordRun, WordTable, WordText,
};

/// Tables within tables are read no deeper.
const DEEPEST: usize = 20;

/// Reads blocks of a file with the notes that they refer to.
pub(super) fn read(blocks: &[WordBlock], file: &WordText, counts: &mut Counts) -> Read {
    let mut reader = WordReader { counts, read: Read::default(), places: BTreeMap::new(), in_note: false };
    reader.read.blocks = reader.blocks(blocks, 0);
    reader.in_note = true;
    for key in reader.read.refers_to.clone() {
        let note = file.notes.get(&key).map_or(&[][..], Vec::as_slice);
        let blocks = reader.blocks(note, 0);
        reader.read.notes.add(&key, blocks);
    }
    reader.read
}

/// The signs of runs that are one text, and where its links lead. Notes are left out.
pub(super) fn signs(runs: &[WordRun], counts: &mut Counts) -> (Signs, Vec<String>) {
    let mut reader = WordReader { counts, read: Read::default(), places: BTreeMap::new(), in_note: true };
    let signs = reader.signs(runs);
    (signs, reader.read.links)
}

struct WordReader<'c> {
    counts: &'c mut Counts,
    read: Read,
    /// The places of keys in [`Read::refers_to`].
    places: BTreeMap<String, usize>,
    in_note: bool,
}

impl WordReader<'_> {
    fn blocks(&mut self, blocks: &[WordBlock], depth: usize) -> Vec<CopiedBlock> {
        let mut out: Vec<CopiedBlock> = Vec::new();
        let mut caption: Vec<CopiedBlock> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            match block {
                WordBlock::Paragraph(paragraph) => {
                    let is_caption = paragraph.role == ParagraphRole::Caption
                        && matches!(blocks.get(at + 1), Some(WordBlock::Table(_)));
                    let read = self.paragraph(paragraph);
                    match (is_caption, out.last_mut(), &read[..]) {
                        (true, ..) => caption = read,
                        // Quotations below one another are one.
                        (_, Some(CopiedBlock::Quote(above)), [CopiedBlock::Quote(below)]) => {
                            above.extend(below.clone());
                        }
                        _ => out.extend(read),
                    }
                }
                WordBlock::Table(table) => {
                    out.extend(self.table(table, std::mem::take(&mut caption), depth));
                }
            }
        }
        out
    }

    fn paragraph(&mut self, paragraph: &WordParagraph) -> Vec<CopiedBlock> {
        let mut texts = text::paragraphs(self.signs(&paragraph.runs)).into_iter();
        if let ParagraphRole::Heading(level) = paragraph.role {
            let mut heading = match &paragraph.item {
                Some(item) => text::plain(&format!("{} ", item.marker.as_deref().unwrap_or_default())),
                None => Signs::new(),
            };
            heading.extend(texts.collect::<Vec<Signs>>().join(&plain(Mark::Char(' '))));
            let is_empty = heading.iter().all(Sign::is_blank);
            return if is_empty { Vec::new() } else { vec![CopiedBlock::Heading(level, heading)] };
        }
        let mut blocks = Vec::new();
        let mut goes_on = paragraph.role == ParagraphRole::GoesOn;
        if let Some(item) = &paragraph.item
            && let Some(first) = texts.next()
        {
            let marker = item.marker.clone().map_or(Marker::Bullet, Marker::Printed);
            let inner = vec![CopiedBlock::paragraph(first)];
            blocks.push(CopiedBlock::Item(CopiedItem { level: item.level, marker, blocks: inner }));
            goes_on = true;
        }
        blocks.extend(texts.map(|text| CopiedBlock::Paragraph(Paragraph { text, indent: 0, goes_on })));
        match paragraph.role {
            ParagraphRole::Quote if !blocks.is_empty() => vec![CopiedBlock::Quote(blocks)],
            _ => blocks,
        }
    }

    fn signs(&mut self, runs: &[WordRun]) -> Signs {
        let mut out = Signs::new();
        // Where the last link led, so that the runs of one are one.
        let mut last: Option<(&str, usize)> = None;
        for run in runs {
            if self.is_left_out(run) {
                continue;
            }
            let link = match (&run.link, last) {
                (Some(link), Some((known, number))) if link == known => number,
                (Some(link), _) => self.link(link),
                (None, _) => 0,
            };
            last = run.link.as_deref().map(|known| (known, link));
            let look = SignLook { bold: run.look.bold, italic: run.look.italic, link };
            match &run.piece {
                WordPiece::Text(words) => self.words(words, run.look.raised, look, &mut out),
                WordPiece::Symbol(typeface, sign) => match symbols::of_typeface(typeface, *sign) {
                    Some(sign) => out.push(Sign { mark: Mark::Char(sign), look }),
                    None => self.counts.signs += 1,
                },
                WordPiece::Break => out.push(Sign { mark: Mark::Break, look }),
                WordPiece::Note(key) => self.refer(key, &mut out),
            }
        }
        out
    }

    fn is_left_out(&mut self, run: &WordRun) -> bool {
        let has_words = !run.words().trim().is_empty();
        match (run.is_there(), run.look.struck) {
            (false, _) => self.counts.deletions += usize::from(has_words),
            (true, true) => self.counts.struck += usize::from(has_words),
            (true, false) => {
                let came = matches!(run.fate, crate::word::read::TextRevision::Came(_));
                self.counts.insertions += usize::from(came && has_words);
            }
        }
        !run.is_there() || run.look.struck
    }

    fn link(&mut self, href: &str) -> usize {
        match links::address(href) {
            Some(address) => {
                self.counts.unwrapped += usize::from(address.unwrapped);
                self.read.links.push(address.href);
                self.read.links.len()
            }
            None => {
                self.counts.dead_links += usize::from(!href.is_empty());
                0
            }
        }
    }

    fn words(&mut self, words: &str, raised: Option<VerticalShift>, look: SignLook, out: &mut Signs) {
        let raised = raised.map(|raised| match raised {
            VerticalShift::Up => raised::Raised::Up,
            VerticalShift::Down => raised::Raised::Down,
        });
        let signs = raised.and_then(|raised| raised.signs(words));
        self.counts.raised +=
            usize::from(raised.is_some() && signs.is_none() && raised::Raised::is_lost(words));
        for c in signs.as_deref().unwrap_or(words).chars() {
            match symbols::shown(c) {
                Some(c) => out.push(Sign { mark: Mark::Char(c), look }),
                None => self.counts.signs += 1,
            }
        }
    }

    fn refer(&mut self, key: &str, out: &mut Signs) {
        if self.in_note {
            self.counts.lost_notes += 1;
            return;
        }
        let next = self.read.refers_to.len();
        let place = *self.places.entry(key.to_owned()).or_insert(next);
        if place == next {
            self.read.refers_to.push(key.to_owned());
        }
        out.push(plain(Mark::Note(place)));
    }

    fn table(&mut self, table: &WordTable, caption: Vec<CopiedBlock>, depth: usize) -> Vec<CopiedBlock> {
        if depth > DEEPEST {
            return caption;
        }
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let cells = row.cells.iter().filter(|cell| cell.rows > 0);
            let cells = cells.map(|cell| {
                let blocks = self.blocks(&cell.blocks, depth + 1);
                CopiedCell::of(blocks, cell.columns, cell.rows)
            });
            rows.push(cells.collect());
        }
        table::blocks(rows, caption, false, self.counts)
    }
}

fn plain(mark: Mark) -> Sign {
    Sign { mark, look: SignLook::default() }
}
