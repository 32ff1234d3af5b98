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
        self.text_of(|_| true)
    }

    /// The same without letterheads, which are alike on all memos.
    pub fn running_text(&self) -> String {
        self.text_of(|block| block.role != Some(Role::Letterhead))
    }

    fn text_of(&self, wanted: impl Fn(&Block) -> bool) -> String {
        let mut out = String::new();
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        for block in self.blocks.iter().chain(notes).filter(|block| wanted(block)) {
            block_text(&block.kind, &mut out);
        }
        out
    }
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
