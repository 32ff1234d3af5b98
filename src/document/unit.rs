//! A document as a row of paragraphs, items and rows of tables, each in words.
//!
//! In: a [`Document`]. Out: [`TextUnit`]s in reading order, with all that a reader sees of them. Not here: what differs between two documents.

use super::{Block, BlockKind, Document, Face, Inline, List, Table, TableRow};

/// What a piece of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    Heading(u8),
    Text,
    /// A paragraph with a label: an item of a list, TO, a note.
    Labeled,
    /// Text that keeps its lines.
    Code,
    /// A line across the page, or a new page.
    Break,
    /// The heads of a table's columns, or what stands above it.
    Head,
    Row,
}

/// A piece of a document that is compared as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextUnit {
    pub shape: UnitKind,
    /// How far it stands in: of items in items.
    pub depth: usize,
    pub label: Vec<WordToken>,
    /// Its text; of a row of a table, that of each cell.
    pub cells: Vec<Vec<WordToken>>,
}

/// A word, or a sign that ends or opens something.
#[derive(Debug, Clone)]
pub(super) struct WordToken {
    pub text: String,
    pub face: Face,
    /// Where it leads.
    pub href: Option<String>,
    /// Whether a space follows.
    pub gap: bool,
}

/// A space more or less is no change.
impl PartialEq for WordToken {
    fn eq(&self, other: &WordToken) -> bool {
        (&self.text, self.face, &self.href) == (&other.text, other.face, &other.href)
    }
}

impl Eq for WordToken {}

/// What a document consists of.
pub(super) fn units(document: &Document) -> Vec<TextUnit> {
    let mut found = Units::default();
    found.blocks(&document.blocks, &[], 0);
    for (nth, note) in document.notes.iter().enumerate() {
        found.blocks(&note.blocks, &plain_tokens(&format!("Note {}", nth + 1)), 0);
    }
    found.0
}

/// A text that is no document, line by line.
pub(super) fn lines(text: &str) -> Vec<TextUnit> {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let line = |line| TextUnit {
        shape: UnitKind::Code,
        depth: 0,
        label: Vec::new(),
        cells: vec![plain_tokens(line)],
    };
    filled.map(line).collect()
}

#[derive(Default)]
struct Units(Vec<TextUnit>);

impl Units {
    fn push(&mut self, shape: UnitKind, depth: usize, label: &[WordToken], cells: Vec<Vec<WordToken>>) {
        self.0.push(TextUnit { shape, depth, label: label.to_vec(), cells });
    }

    /// Blocks, the first of which has a label.
    fn blocks(&mut self, blocks: &[Block], label: &[WordToken], depth: usize) {
        for (nth, block) in blocks.iter().enumerate() {
            if block.new_page {
                self.push(UnitKind::Break, depth, &[], vec![plain_tokens("New page")]);
            }
            self.block(block, if nth == 0 { label } else { &[] }, depth);
        }
    }

    fn block(&mut self, block: &Block, label: &[WordToken], depth: usize) {
        let text_shape = if label.is_empty() { UnitKind::Text } else { UnitKind::Labeled };
        match &block.kind {
            BlockKind::Heading { level, text } => {
                self.push(UnitKind::Heading(*level), depth, label, vec![tokens(text)]);
            }
            BlockKind::Paragraph(text) => self.push(text_shape, depth, label, vec![tokens(text)]),
            BlockKind::Code(text) => self.push(UnitKind::Code, depth, label, vec![plain_tokens(text)]),
            BlockKind::Rule => self.push(UnitKind::Break, depth, label, vec![plain_tokens("A line across")]),
            BlockKind::Quote(blocks) => self.blocks(blocks, label, depth + 1),
            BlockKind::List(list) => self.list(list, depth),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    for detail in &definition.details {
                        self.blocks(&detail.blocks, &tokens(&definition.term), depth);
                    }
                }
            }
            BlockKind::Table(table) => self.table(table, depth),
        }
    }

    fn list(&mut self, list: &List, depth: usize) {
        for item in &list.items {
            let label = item.number.and_then(|number| list.markers.label(number));
            let text = label.unwrap_or_else(|| "•".to_owned());
            let label = WordToken { text, face: Face::default(), href: None, gap: false };
            self.blocks(&item.blocks, &[label], depth + 1);
        }
    }

    fn table(&mut self, table: &Table, depth: usize) {
        if let Some(caption) = &table.caption {
            self.push(UnitKind::Text, depth, &[], vec![tokens(&caption.text)]);
        }
        let cells = |cells: &[super::Cell]| cells.iter().map(|cell| tokens(&cell.text)).collect();
        self.push(UnitKind::Head, depth, &[], cells(&table.head));
        for row in &table.rows {
            let row = match row {
                TableRow::Band(cell) => vec![tokens(&cell.text)],
                TableRow::Cells { cells: row, .. } => cells(row),
            };
            self.push(UnitKind::Row, depth, &[], row);
        }
    }
}

impl TextUnit {
    /// Its words in the order of the alphabet.
    pub fn bag(&self) -> Vec<&str> {
        let all = self.label.iter().chain(self.cells.iter().flatten());
        let mut words: Vec<&str> = all.map(|token| token.text.as_str()).collect();
        words.sort_unstable();
        words
    }
}

fn plain_tokens(text: &str) -> Vec<WordToken> {
    tokens(&[Inline::Text(text.to_owned())])
}

fn tokens(text: &[Inline]) -> Vec<WordToken> {
    let mut found = Vec::new();
    add(text, Face::default(), None, &mut found);
    found
}

fn add(text: &[Inline], face: Face, href: Option<&str>, found: &mut Vec<WordToken>) {
    let sign = |text: String| WordToken { text, face, href: href.map(str::to_owned), gap: false };
    for inline in text {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words(text, &sign, found),
            Inline::Strong(text) => add(text, Face { bold: true, ..face }, href, found),
            Inline::Emphasis(text) => add(text, Face { italic: true, ..face }, href, found),
            Inline::Link { href, text } => add(text, face, Some(href), found),
            Inline::Break => found.push(sign("\n".to_owned())),
            Inline::Leader => found.push(sign(" … ".to_owned())),
            Inline::Blank(blank) => found.push(sign(blank.to_string())),
            Inline::Note(nth) => found.push(sign(format!("[{}]", nth + 1))),
        }
    }
}

/// The words of a text, with the signs around each apart: so a full stop that comes is no other word.
fn words(text: &str, sign: &impl Fn(String) -> WordToken, found: &mut Vec<WordToken>) {
    for chunk in text.split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        let opened = word.trim_start_matches(['(', '“', '"', '‘', '[']);
        let stem = opened.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '"', ']']);
        let (before, after) = (&word[..word.len() - opened.len()], &opened[stem.len()..]);
        let pieces = [before, stem, after].into_iter().filter(|piece| !piece.is_empty());
        found.extend(pieces.map(|piece| sign(piece.to_owned())));
        if word.len() < chunk.len() {
            found.iter_mut().last().into_iter().for_each(|last| last.gap = true);
        }
    }
}
