//! The document -> the tree of tags (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, clause 7).
//!
//! In: the document, and which marked sequence on which page shows which part of it. Out: the tree's
//! objects. Not here: how objects are numbered and written (`tree`), what is drawn.

mod tree;

use std::collections::BTreeMap;

use lopdf::ObjectId;

use crate::document::{
    Block, BlockKind, Caption, Cell, Definition, Document, List, ListItem, Markers, Note, PartId, Role,
    Table, TableRow,
};
use crate::pdf::info::Info;
use crate::pdf::pages::mark;
use crate::pdf::setting::frame::PartPiece;
use tree::{Kid, Kids, Tag};

pub use tree::{PageSequence, TagTree};

/// The levels of the headings above a place. A heading stands one level below the nearest one before it
/// of a lower level, so that no level is left out, whatever the Markdown says (14289-1, 7.4.2).
#[derive(Default)]
struct Levels(Vec<u8>);

impl Levels {
    fn depth(&self, level: u8) -> usize {
        self.0.iter().filter(|&&above| above < level).count() + 1
    }

    fn enter(&mut self, level: u8) -> usize {
        self.0.retain(|&above| above < level);
        self.0.push(level);
        self.0.len()
    }
}

/// What walks through the document.
struct Walk<'a, 'b> {
    tree: &'a mut TagTree<'b>,
    info: &'a Info,
    /// Where its figures stand.
    boxes: &'a BTreeMap<PartId, [f32; 4]>,
    levels: Levels,
    /// The notes that have no tag yet, each with the part that refers to it first.
    notes: std::iter::Peekable<std::vec::IntoIter<(PartId, &'a Note)>>,
}

/// Where blocks stand.
#[derive(Clone, Copy)]
struct TagPlace {
    parent: ObjectId,
    /// How many lists of bullets they stand in.
    bullets: usize,
}

/// Tags a document whose figures stand in these boxes: the root of the tree.
pub fn tag(
    document: &Document,
    info: &Info,
    boxes: &BTreeMap<PartId, [f32; 4]>,
    tree: &mut TagTree,
) -> ObjectId {
    let references = tree.references();
    // A note that nothing shows a number of stands at the end.
    let first = |note: u32| references.get(&note).copied().unwrap_or(PartId(u32::MAX));
    let mut notes: Vec<_> = (0..).map(first).zip(&document.notes).collect();
    notes.sort_by_key(|(part, _)| *part);
    let root = tree.open();
    let mut walk = Walk { tree, info, boxes, levels: Levels::default(), notes: notes.into_iter().peekable() };
    let whole = walk.tree.open();
    let mut blocks = document.blocks.as_slice();
    let word = info.mark.as_deref().map(mark::said);
    let mut kids: Kids = word.iter().map(|word| walk.figure(whole, mark::PART, word)).collect();
    kids.extend(walk.section(&mut blocks, 1, whole));
    kids.extend(walk.notes_before(None, whole));
    let kid = walk.tree.close(whole, root, &Tag::plain("Document"), &kids);
    walk.tree.finish(root, kid);
    root
}

impl<'a> Walk<'a, '_> {
    /// Blocks up to the next that begins a section of this depth or above. What begins a page, or is a
    /// heading, begins a section; a heading that follows on what began a page is that section's own.
    fn section(&mut self, blocks: &mut &'a [Block], mut depth: usize, parent: ObjectId) -> Kids {
        let mut kids = Kids::new();
        let mut first = true;
        let mut awaits_heading = false;
        while let [block, rest @ ..] = *blocks {
            // A heading of the first depth is the document's own: it begins no section.
            let heading = match &block.kind {
                BlockKind::Heading { level, .. } => {
                    Some(self.levels.depth(*level)).filter(|&depth| depth > 1)
                }
                _ => None,
            };
            let begins = if block.new_page { Some(heading.map_or(2, |depth| depth.min(2))) } else { heading };
            match begins {
                // What a section begins with says how deep it is.
                Some(at) if first && depth > 1 => {
                    awaits_heading = heading.is_none();
                    depth = at;
                }
                // The first heading after what began a page is that section's own.
                Some(at) if awaits_heading && heading.is_some() && !block.new_page => {
                    awaits_heading = false;
                    depth = at.min(depth);
                }
                // The section above goes on with it.
                Some(at) if at <= depth && depth > 1 => break,
                Some(at) => {
                    let section = self.tree.open();
                    let inner = self.section(blocks, at, section);
                    kids.push(self.tree.close(section, parent, &Tag::plain("Sect"), &inner));
                    continue;
                }
                None => {}
            }
            first = false;
            *blocks = rest;
            kids.extend(self.block(block, TagPlace { parent, bullets: 0 }));
            kids.extend(self.notes_before(rest.first().map(|next| next.id), parent));
        }
        kids
    }

    /// The notes that the parts before a part refer to. They follow the block that does.
    fn notes_before(&mut self, part: Option<PartId>, parent: ObjectId) -> Kids {
        let mut kids = Kids::new();
        while let Some((_, note)) = self.notes.next_if(|(first, _)| part.is_none_or(|part| *first < part)) {
            let id = self.tree.open();
            let label = self.leaf("Lbl", id, note.id, PartPiece::Label);
            let mut inner: Kids = label.into_iter().collect();
            inner.extend(self.blocks(&note.blocks, TagPlace { parent: id, bullets: 0 }));
            let tag = Tag { id: Some(self.tree.name("note", id)), ..Tag::plain("Note") };
            kids.push(self.tree.close(id, parent, &tag, &inner));
        }
        kids
    }

    fn blocks(&mut self, blocks: &[Block], place: TagPlace) -> Kids {
        blocks.iter().flat_map(|block| self.block(block, place)).collect()
    }

    fn block(&mut self, block: &Block, place: TagPlace) -> Kids {
        let TagPlace { parent, .. } = place;
        let one = |kid: Option<Kid>| kid.into_iter().collect();
        match &block.kind {
            BlockKind::Heading { level, .. } => {
                const NAMES: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
                // A PDF has no level below H6.
                let name = NAMES[(self.levels.enter(*level) - 1).min(5)];
                one(self.whole(name, parent, block.id))
            }
            BlockKind::Paragraph(_) => {
                let alternative = self.info.logos.get(&block.id).map(|logo| logo.alternative.as_str());
                let figure = alternative.map(|alternative| self.figure(parent, block.id, alternative));
                figure.into_iter().chain(self.paragraphs(parent, block.id)).collect()
            }
            BlockKind::List(list) => vec![self.list(list, block.role, place)],
            BlockKind::Definitions(entries) => vec![self.definitions(entries, place)],
            BlockKind::Table(table) => vec![self.table(table, parent)],
            BlockKind::Quote(inner) => {
                let id = self.tree.open();
                let kids = self.blocks(inner, TagPlace { parent: id, ..place });
                vec![self.tree.close(id, parent, &Tag::plain("BlockQuote"), &kids)]
            }
            // Code is a piece of a line, so a paragraph stands around it (32000-1, 14.8.4.4).
            BlockKind::Code(_) => {
                let id = self.tree.open();
                let kids = one(self.whole("Code", id, block.id));
                vec![self.tree.close(id, parent, &Tag::plain("P"), &kids)]
            }
            // Drawn as an artifact: it says nothing.
            BlockKind::Rule => Kids::new(),
        }
    }

    /// A paragraph for each line that the author ended: an address, a warning below what is to be done.
    fn paragraphs(&mut self, parent: ObjectId, part: PartId) -> Kids {
        let lines = self.tree.lines(part);
        lines.into_iter().filter_map(|line| self.leaf("P", parent, part, line)).collect()
    }

    /// An element that holds all lines of a part; none if no text is shown.
    fn whole(&mut self, name: &'static str, parent: ObjectId, part: PartId) -> Option<Kid> {
        let lines = self.tree.lines(part);
        if lines.is_empty() {
            return None;
        }
        let id = self.tree.open();
        let kids: Kids = lines.into_iter().flat_map(|line| self.tree.text(part, line, id)).collect();
        Some(self.tree.close(id, parent, &Tag::plain(name), &kids))
    }

    /// An element that holds the text of a part; none if no text is shown.
    fn leaf(&mut self, name: &'static str, parent: ObjectId, part: PartId, piece: PartPiece) -> Option<Kid> {
        if !self.tree.shows(part, piece) {
            return None;
        }
        let id = self.tree.open();
        let kids = self.tree.text(part, piece, id);
        Some(self.tree.close(id, parent, &Tag::plain(name), &kids))
    }

    /// What is drawn, with what is said in its place: the logo above a letterhead's lines, the word across the pages.
    fn figure(&mut self, parent: ObjectId, part: PartId, alternative: &str) -> Kid {
        let id = self.tree.open();
        let kids = self.tree.text(part, PartPiece::Figure, id);
        let alternative = Some(lopdf::text_string(alternative));
        // ISO 32000-1, table 344.
        let attributes = self.boxes.get(&part).map(|[left, bottom, right, top]| {
            format!("/O/Layout/Placement/Block/BBox[{left} {bottom} {right} {top}]")
        });
        let attributes = attributes.unwrap_or_default();
        self.tree.close(id, parent, &Tag { alternative, attributes, ..Tag::plain("Figure") }, &kids)
    }

    fn list(&mut self, list: &List, role: Option<Role>, place: TagPlace) -> Kid {
        // As drawn: these have no markers.
        let unmarked = matches!(role, Some(Role::Columns | Role::Leaders));
        let numbering = match list.markers {
            Markers::Bullets if unmarked => "None",
            Markers::Bullets if list.items.iter().all(|item| list.tick_of(item).is_some()) => "None",
            Markers::Bullets => ["Disc", "Circle", "Square"][place.bullets % 3],
            Markers::Numbers => "Decimal",
            Markers::Letters => "LowerAlpha",
        };
        let bullets = place.bullets + usize::from(list.markers == Markers::Bullets);
        let id = self.tree.open();
        let mut kids = Kids::with_capacity(list.items.len());
        for item in &list.items {
            let outer = self.tree.open();
            let label = self.leaf("Lbl", outer, item.id, PartPiece::Label);
            let mut inner: Kids = label.into_iter().collect();
            inner.push(self.body(std::slice::from_ref(item), TagPlace { parent: outer, bullets }));
            kids.push(self.tree.close(outer, id, &Tag::plain("LI"), &inner));
        }
        let attributes = format!("/O/List/ListNumbering/{numbering}");
        self.tree.close(id, place.parent, &Tag { attributes, ..Tag::plain("L") }, &kids)
    }

    fn body(&mut self, items: &[ListItem], place: TagPlace) -> Kid {
        let id = self.tree.open();
        let within = TagPlace { parent: id, ..place };
        let kids: Kids = items.iter().flat_map(|item| self.blocks(&item.blocks, within)).collect();
        self.tree.close(id, place.parent, &Tag::plain("LBody"), &kids)
    }

    /// Labels and what they stand for: a list whose labels are words (32000-1, 14.8.4.3.3).
    fn definitions(&mut self, entries: &[Definition], place: TagPlace) -> Kid {
        let id = self.tree.open();
        let mut kids = Kids::with_capacity(entries.len());
        for entry in entries {
            let outer = self.tree.open();
            let label = self.leaf("Lbl", outer, entry.id, PartPiece::Label);
            let mut inner: Kids = label.into_iter().collect();
            inner.push(self.body(&entry.details, TagPlace { parent: outer, ..place }));
            kids.push(self.tree.close(outer, id, &Tag::plain("LI"), &inner));
        }
        self.tree.close(id, place.parent, &Tag::plain("L"), &kids)
    }

    fn table(&mut self, table: &Table, parent: ObjectId) -> Kid {
        let id = self.tree.open();
        let mut kids = Kids::new();
        if let Some(Caption { id: part, .. }) = &table.caption {
            kids.extend(self.whole("Caption", id, *part));
        }
        let heads = |walk: &mut Self, within| {
            walk.row(within, |walk, row| {
                table.head.iter().map(|cell| walk.cell(cell, row, "/O/Table/Scope/Column")).collect()
            })
        };
        // A head needs a body: the head of an empty table is a row like others (32000-1, table 337).
        if table.rows.is_empty() {
            kids.push(heads(self, id));
        } else {
            let head = self.tree.open();
            let row = heads(self, head);
            kids.push(self.tree.close(head, id, &Tag::plain("THead"), &[row]));
        }
        // A band and the rows below it are a group of their own.
        let mut rows = table.rows.as_slice();
        while let Some((first, others)) = rows.split_first() {
            let next = others.iter().position(|row| matches!(row, TableRow::Band(_))).unwrap_or(others.len());
            let group = self.tree.open();
            let mut inner = vec![self.body_row(first, table.head.len(), group)];
            inner.extend(others[..next].iter().map(|row| self.body_row(row, table.head.len(), group)));
            kids.push(self.tree.close(group, id, &Tag::plain("TBody"), &inner));
            rows = &others[next..];
        }
        self.tree.close(id, parent, &Tag::plain("Table"), &kids)
    }

    fn body_row(&mut self, row: &TableRow, columns: usize, parent: ObjectId) -> Kid {
        self.row(parent, |walk, id| match row {
            TableRow::Band(cell) => {
                vec![walk.cell(cell, id, &format!("/O/Table/Scope/Column/ColSpan {columns}"))]
            }
            TableRow::Cells { cells, head } => {
                let attributes = |at| if at == *head { "/O/Table/Scope/Row" } else { "" };
                cells.iter().enumerate().map(|(at, cell)| walk.cell(cell, id, attributes(at))).collect()
            }
        })
    }

    fn row(&mut self, parent: ObjectId, cells: impl FnOnce(&mut Self, ObjectId) -> Kids) -> Kid {
        let id = self.tree.open();
        let kids = cells(self, id);
        self.tree.close(id, parent, &Tag::plain("TR"), &kids)
    }

    /// A cell; one with attributes heads others.
    fn cell(&mut self, cell: &Cell, row: ObjectId, attributes: &str) -> Kid {
        let id = self.tree.open();
        let kids = match self.tree.lines(cell.id).as_slice() {
            [] => Kids::new(),
            [line] => self.tree.text(cell.id, *line, id),
            _ => self.paragraphs(id, cell.id),
        };
        let name = if attributes.is_empty() { "TD" } else { "TH" };
        self.tree.close(id, row, &Tag { attributes: attributes.to_owned(), ..Tag::plain(name) }, &kids)
    }
}
