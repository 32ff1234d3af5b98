//! The words of a whole document.
//!
//! In: [`Document`]. Out: its heading; its text, a line for each paragraph, cell or label. Not here: which words are
//! searched.

use super::{Block, BlockKind, Document, Inline, ListItem, Role, TableRow, plain, text::push_plain};

impl Document {
    /// The words of the document's own heading, that of level 1.
    pub fn heading(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading { level: 1, text } => Some(plain(text)),
            _ => None,
        })
    }

    /// All words of the document in reading order, a line for each paragraph, cell or label; the
    /// notes stand at the end.
    pub fn plain_text(&self) -> String {
        text_of(self.with_notes())
    }

    /// The same without letterheads, which are alike on all memos, in two: what stands above the text of a memo (its
    /// date, its title, to whom, from whom and about what it is), and all else.
    pub fn opening_and_text(&self) -> (String, String) {
        let blocks = self.with_notes().filter(|block| block.role != Some(Role::Letterhead));
        let blocks: Vec<&Block> = blocks.collect();
        let (opening, text) = blocks.split_at(opening(&blocks));
        (text_of(opening.iter().copied()), text_of(text.iter().copied()))
    }

    fn with_notes(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().chain(self.notes.iter().flat_map(|note| &note.blocks))
    }
}

/// How many blocks stand above the text: up to the labels TO, FROM and RE, if they follow the title as printed memos have
/// it. Between the two, a memo says that it was withdrawn.
fn opening(blocks: &[&Block]) -> usize {
    let is_title = |block: &&&Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let may_stand_there = |block: &&&Block| is_title(block) || matches!(block.kind, BlockKind::Paragraph(_));
    let above = blocks.iter().take(5).take_while(may_stand_there).count();
    let labels = blocks.get(above).is_some_and(|block| matches!(block.kind, BlockKind::Definitions(_)));
    if labels && blocks[..above].iter().any(|block| is_title(&block)) { above + 1 } else { 0 }
}

fn text_of<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut out = String::new();
    blocks.for_each(|block| block_text(&block.kind, &mut out));
    out
}

fn line(text: &[Inline], out: &mut String) {
    push_plain(text, out);
    out.push('\n');
}

fn items_text(items: &[ListItem], out: &mut String) {
    for block in items.iter().flat_map(|item| &item.blocks) {
        block_text(&block.kind, out);
    }
}

fn block_text(kind: &BlockKind, out: &mut String) {
    match kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => line(text, out),
        BlockKind::List(list) => items_text(&list.items, out),
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                line(&definition.term, out);
                items_text(&definition.details, out);
            }
        }
        BlockKind::Table(table) => {
            table.caption.iter().for_each(|caption| line(&caption.text, out));
            table.head.iter().for_each(|cell| line(&cell.text, out));
            for row in &table.rows {
                match row {
                    TableRow::Band(cell) => line(&cell.text, out),
                    TableRow::Cells { cells, .. } => cells.iter().for_each(|cell| line(&cell.text, out)),
                }
            }
        }
        BlockKind::Quote(blocks) => blocks.iter().for_each(|block| block_text(&block.kind, out)),
        BlockKind::Code(text) => {
            out.push_str(text);
            out.push('\n');
        }
        BlockKind::Rule => {}
    }
}
