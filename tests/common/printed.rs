//! Every PDF of the golden cases, read back, with the document that it was made from, and how to look at both.

use std::{fs, ops::Deref, sync::LazyLock};

use ccrov::document::{Block, BlockKind, Document, Inline, ListItem, TableRow};
use ccrov::output::{Form, Manifest};
use ccrov::prose;
use lopdf::{Dictionary, Object};

use super::{
    Folder,
    pdf::{Pdf, Shown},
    shipped,
    tags::{self, Node},
};

/// A PDF, read back, and what it was made from.
pub struct Printed {
    /// The case and the file.
    pub name: String,
    pub document: Document,
    pub pdf: Pdf,
    pub tree: Node,
}

impl Deref for Printed {
    type Target = Pdf;

    fn deref(&self) -> &Pdf {
        &self.pdf
    }
}

/// Every PDF of every golden case.
pub static PRINTED: LazyLock<Vec<Printed>> = LazyLock::new(|| {
    let mut printed = Vec::new();
    let cases = fs::read_dir(shipped().join("tests/golden")).unwrap().map(|entry| entry.unwrap());
    let mut cases: Vec<_> = cases.collect();
    cases.sort_by_key(fs::DirEntry::file_name);
    for case in cases {
        let folder = Folder::with_sources_of(&case.path());
        let manifest = folder.build().bytes("output/manifest.json");
        for file in Manifest::read(&manifest).unwrap().files().filter(|file| file.kind == Form::Pdf) {
            let path = format!("output/{}", file.path.as_str());
            let markdown = folder.read(&path.replace(".pdf", ".md"));
            let pdf = Pdf::read(&folder.bytes(&path));
            let tree = tags::read(&pdf);
            let name = format!("{}/{}", case.file_name().display(), file.path.as_str());
            let document = Document::parse(&markdown).unwrap().with_links(&named);
            printed.push(Printed { name, document, pdf, tree });
        }
    }
    assert!(printed.len() > 20, "the torture set is there");
    printed
});

impl Printed {
    pub fn title(&self) -> String {
        let about = self.file.trailer.get_deref(b"Info", &self.file).and_then(Object::as_dict).unwrap();
        string(about, b"Title")
    }

    /// The stretches of a node's text that have letters in them.
    pub fn runs(&self, node: &Node) -> Vec<&Shown> {
        let runs = node.shown().into_iter().map(|at| &self.shown[at]);
        runs.filter(|run| !run.words.is_empty()).collect()
    }

    /// The lines of a node's text: of each its page, baseline and stretches.
    pub fn lines(&self, node: &Node) -> Vec<(usize, f32, Vec<&Shown>)> {
        let mut lines: Vec<(usize, f32, Vec<&Shown>)> = Vec::new();
        for run in self.runs(node) {
            match lines.iter_mut().find(|(page, y, _)| (*page, *y) == (run.page, run.y)) {
                Some(line) => line.2.push(run),
                None => lines.push((run.page, run.y, vec![run])),
            }
        }
        lines
    }
}

pub fn string(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary.get(key).and_then(lopdf::decode_text_string).unwrap()
}

/// From a stretch's first letter to its last.
pub fn ink(run: &Shown) -> Option<(f32, f32)> {
    Some((run.words.first()?.0, run.words.last()?.1))
}

/// From the foot of a stretch's letters to the top of their accents.
pub fn span(run: &Shown) -> (f32, f32) {
    (run.y - 0.25 * run.size, run.y + run.size)
}

/// Whether two stretches of a line or a column share more than a rounding.
pub fn share((a, b): (f32, f32), (c, d): (f32, f32)) -> bool {
    a < d - 0.1 && c < b - 0.1
}

/// All blocks of a document in its order, those within others too; the notes stand at the end.
pub fn blocks(document: &Document) -> Vec<&Block> {
    fn below<'a>(block: &'a Block, out: &mut Vec<&'a Block>) {
        let items = |items: &'a [ListItem], out: &mut Vec<_>| {
            items.iter().flat_map(|item| &item.blocks).for_each(|block| below(block, out));
        };
        out.push(block);
        match &block.kind {
            BlockKind::List(list) => items(&list.items, out),
            BlockKind::Definitions(entries) => entries.iter().for_each(|entry| items(&entry.details, out)),
            BlockKind::Quote(inner) => inner.iter().for_each(|block| below(block, out)),
            _ => {}
        }
    }
    let notes = document.notes.iter().flat_map(|note| &note.blocks);
    let mut out = Vec::new();
    document.blocks.iter().chain(notes).for_each(|block| below(block, &mut out));
    out
}

/// All pieces of a document's running text, those within others too.
pub fn inlines(document: &Document) -> Vec<&Inline> {
    fn below<'a>(text: &'a [Inline], out: &mut Vec<&'a Inline>) {
        for inline in text {
            out.push(inline);
            match inline {
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                    below(inner, out);
                }
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    for block in blocks(document) {
        match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => below(text, &mut out),
            BlockKind::Definitions(entries) => entries.iter().for_each(|entry| below(&entry.term, &mut out)),
            BlockKind::Table(table) => {
                table.caption.iter().for_each(|caption| below(&caption.text, &mut out));
                table.head.iter().for_each(|cell| below(&cell.text, &mut out));
                table.rows.iter().for_each(|row| match row {
                    TableRow::Band(cell) => below(&cell.text, &mut out),
                    TableRow::Cells { cells, .. } => {
                        cells.iter().for_each(|cell| below(&cell.text, &mut out));
                    }
                });
            }
            _ => {}
        }
    }
    out
}

/// The links to memos that a text names, beside those that the Markdown has: one memo is named that is known.
fn named(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let known = prose::references(text).into_iter().filter(|found| found.number.as_str() == "24120");
    known.map(|found| (found.range, "https://www.example.gov/24120.pdf".to_owned())).collect()
}
