//! A tree of HTML -> blocks.
//!
//! In: [`HtmlTree`]. Out: [`Read`]: blocks as they stand, notes by their keys, what was left out. Not here: which
//! element is of which program (`source`), the paragraph that is being read (`flow`), lists (`lists`), tables
//! (`table`).

use std::collections::BTreeMap;

use super::{
    block::CopiedBlock,
    counts::Counts,
    flow::{ParagraphKind, PastedFlow},
    links,
    notes::Notes,
    raised::Raised,
    source,
    style::{ElementStyle, has_class},
    symbols, table,
    text::{Mark, SignLook},
    tree::{HtmlTree, NodeId, NodeKind},
};

/// What was read.
#[derive(Default)]
pub(super) struct Read {
    pub blocks: Vec<CopiedBlock>,
    /// The addresses of links: a link's number is its place, counted from 1.
    pub links: Vec<String>,
    /// The keys of notes, in the order in which the text refers to them.
    pub refers_to: Vec<String>,
    /// What notes hold.
    pub notes: Notes,
}

/// Reads a tree.
pub(super) fn read(tree: &HtmlTree, counts: &mut Counts) -> Read {
    let mut reader = HtmlReader {
        tree,
        counts,
        read: Read::default(),
        places: BTreeMap::new(),
        flow: PastedFlow::default(),
    };
    reader.children(tree.root(), Around::default());
    reader.flush();
    reader.read.blocks = std::mem::take(&mut reader.flow.blocks);
    reader.read
}

/// What stands around a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'t> {
    look: SignLook,
    /// Line ends of the HTML are kept.
    keeps_lines: bool,
    /// The typeface is one of pictures.
    symbols: Option<&'t str>,
    /// Where it stands, if that is not on the line.
    raised: Option<Raised>,
    /// It is part of the notes.
    in_note: bool,
    /// It stands in quotation marks.
    in_quotes: bool,
    /// How many lists and quotations it stands in.
    depth: usize,
}

impl<'t> Around<'t> {
    /// What stands around what a list or a quotation holds.
    pub fn deeper(self) -> Around<'t> {
        Around { depth: self.depth + 1, ..self }
    }

    /// What stands around what an element holds.
    pub fn within(self, tree: &'t HtmlTree, id: NodeId, style: &ElementStyle<'t>) -> Around<'t> {
        let name = tree.name(id);
        let look = SignLook {
            bold: self.look.bold || matches!(name, "b" | "strong"),
            italic: self.look.italic || matches!(name, "i" | "em"),
            ..self.look
        };
        Around {
            look: style.look(look),
            keeps_lines: style.keeps_lines().unwrap_or(self.keeps_lines || name == "pre"),
            symbols: symbols::typeface(style, tree.attribute(id, "face")).or(self.symbols),
            raised: Raised::of(name, style, self.raised),
            ..self
        }
    }
}

pub(super) struct HtmlReader<'t, 'c> {
    pub tree: &'t HtmlTree,
    pub counts: &'c mut Counts,
    read: Read,
    /// The places of keys in [`Read::refers_to`].
    places: BTreeMap<String, usize>,
    pub flow: PastedFlow,
}

/// Beyond this, lists and quotations are set no deeper.
const DEEPEST: usize = 9;

impl<'t> HtmlReader<'t, '_> {
    pub fn children(&mut self, id: NodeId, around: Around<'t>) {
        let tree = self.tree;
        let lines = source::has_lines(tree, id);
        for child in tree.children(id) {
            if lines && tree.name(child) == "div" {
                self.div_line(child, around);
            } else {
                self.node(child, around);
            }
        }
    }

    /// A `<div>` that is a line, as in mails written in a browser.
    fn div_line(&mut self, id: NodeId, around: Around<'t>) {
        if source::is_blank(self.tree, id) {
            return self.flush();
        }
        let style = ElementStyle::of(self.tree, id);
        if source::is_left_out(self.tree, id, &style, self.counts) {
            return;
        }
        if !self.flow.is_empty() {
            self.push(Mark::Break, around.look);
        }
        self.children(id, around.within(self.tree, id, &style));
    }

    pub fn node(&mut self, id: NodeId, around: Around<'t>) {
        match self.tree.kind(id) {
            NodeKind::Text(text) => self.words(text, &around),
            NodeKind::Element(..) => self.element(id, around),
            NodeKind::Other => {}
        }
    }

    fn words(&mut self, words: &str, around: &Around<'_>) {
        let raised = around.raised.and_then(|raised| raised.signs(words));
        self.counts.raised +=
            usize::from(around.raised.is_some() && raised.is_none() && Raised::is_lost(words));
        for c in raised.as_deref().unwrap_or(words).chars() {
            let found =
                around.symbols.map_or(symbols::shown(c), |typeface| symbols::of_typeface(typeface, c));
            match (c, found) {
                ('\n', _) if around.keeps_lines => self.push(Mark::Break, around.look),
                (_, Some(c)) => self.push(Mark::Char(c), around.look),
                (_, None) => self.counts.signs += 1,
            }
        }
    }

    fn push(&mut self, mark: Mark, look: SignLook) {
        self.flow.push(mark, look);
    }

    fn element(&mut self, id: NodeId, around: Around<'t>) {
        let tree = self.tree;
        let name = tree.name(id);
        let style = ElementStyle::of(tree, id);
        if source::is_left_out(tree, id, &style, self.counts) {
            return;
        }
        if source::is_marker(&style) {
            return self.flow.marker = Some(tree.words(id));
        }
        if let Some(key) = source::refers_to_note(tree, id) {
            return self.refer(key, &around);
        }
        if let Some(key) = source::leads_back(tree, id) {
            self.read.notes.mark(&key, &tree.words(id));
            if !around.in_note {
                self.flow.note.get_or_insert(key);
            }
            return;
        }
        if let Some(key) = source::is_note(tree, id, &style) {
            return self.note(&key, id, around);
        }
        let around = around.within(tree, id, &style);
        match name {
            "br" => self.push(Mark::Break, around.look),
            "hr" => {
                self.flush();
                if !around.in_note && !source::is_separator(tree, id) {
                    self.flow.blocks.push(CopiedBlock::Rule);
                }
            }
            "a" if style.is_block() => {
                self.block(ParagraphKind::Paragraph, around.look, |reader| reader.link(id, around));
            }
            "a" => self.link(id, around),
            "ul" | "ol" | "menu" | "dir" if around.depth < DEEPEST => self.list(id, around),
            "table" => self.table(id, around),
            "blockquote" if around.depth < DEEPEST => {
                let inner = self.apart(|reader| reader.children(id, around.deeper()));
                if !inner.is_empty() {
                    self.flow.blocks.push(CopiedBlock::Quote(inner));
                }
            }
            "input" => self.words(source::check_box(tree, id), &around),
            "q" => {
                let (open, close) = if around.in_quotes { ('‘', '’') } else { ('“', '”') };
                self.push(Mark::Char(open), around.look);
                self.children(id, Around { in_quotes: !around.in_quotes, ..around });
                self.push(Mark::Char(close), around.look);
            }
            "button" => {
                self.flow.parts = true;
                self.children(id, around);
                self.flow.parts = true;
            }
            _ => self.heading_or_block(id, &style, around),
        }
    }

    fn heading_or_block(&mut self, id: NodeId, style: &ElementStyle<'_>, mut around: Around<'t>) {
        let (tree, name) = (self.tree, self.tree.name(id));
        match source::heading(tree, id, style) {
            Some(level) => {
                // A heading's own weight is no emphasis.
                around.look.bold = false;
                self.block(ParagraphKind::Heading(level), around.look, |reader| reader.children(id, around));
            }
            None if source::is_block(name) || style.is_block() => {
                let form = match style.word_level() {
                    Some(level) => ParagraphKind::Item(level),
                    None if has_class(tree, id, "MsoListContinue") => ParagraphKind::GoesOn,
                    None if has_class(tree, id, "MsoListParagraph") => ParagraphKind::GoesOn,
                    None => ParagraphKind::Paragraph,
                };
                self.block(form, around.look, |reader| reader.children(id, around));
            }
            None => self.children(id, around),
        }
    }

    fn block(&mut self, form: ParagraphKind, look: SignLook, read: impl FnOnce(&mut Self)) {
        if matches!(self.flow.form, ParagraphKind::Heading(_)) {
            // Everything in a heading belongs to it, whatever that is.
            self.push(Mark::Break, look);
            read(self);
            return self.push(Mark::Break, look);
        }
        // A paragraph in an item is the item.
        let is_same = form == ParagraphKind::Paragraph && self.flow.form != form;
        if !is_same || !self.flow.is_blank() {
            self.flush();
        }
        let outer = self.flow.form;
        if !is_same {
            self.flow.form = form;
        }
        read(self);
        self.flush();
        if !is_same {
            self.flow.form = outer;
        }
    }

    fn link(&mut self, id: NodeId, mut around: Around<'t>) {
        let href = self.tree.attribute(id, "href").unwrap_or_default();
        match links::address(href) {
            Some(address) => {
                self.counts.unwrapped += usize::from(address.unwrapped);
                self.read.links.push(address.href);
                around.look.link = self.read.links.len();
            }
            None if href.is_empty() || href.contains('#') => {}
            None => self.counts.dead_links += 1,
        }
        self.children(id, around);
    }

    fn refer(&mut self, key: String, around: &Around<'_>) {
        // Notes refer to no notes.
        if around.in_note || self.flow.note.is_some() {
            self.counts.lost_notes += 1;
            return;
        }
        let next = self.read.refers_to.len();
        let place = *self.places.entry(key.clone()).or_insert(next);
        if place == next {
            self.read.refers_to.push(key);
        }
        self.push(Mark::Note(place), SignLook::default());
    }

    fn note(&mut self, key: &str, id: NodeId, around: Around<'t>) {
        let blocks = self.apart(|reader| reader.children(id, Around { in_note: true, ..around }));
        self.read.notes.add(key, blocks);
    }

    /// Reads something into blocks of its own.
    pub fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<CopiedBlock> {
        self.flush();
        let outer = std::mem::take(&mut self.flow);
        read(self);
        self.flush();
        std::mem::replace(&mut self.flow, outer).blocks
    }

    fn table(&mut self, id: NodeId, around: Around<'t>) {
        self.flush();
        let rows = source::rows(self.tree, id, self.counts);
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let mut read = Vec::new();
            for cell in row.cells {
                let style = ElementStyle::of(self.tree, cell);
                let is_left_out =
                    row.is_left_out || source::is_left_out(self.tree, cell, &style, self.counts);
                if source::takes_no_room(self.tree, cell, &style) {
                    continue;
                }
                let blocks = match is_left_out {
                    // What is beside it stays where it is.
                    true => Vec::new(),
                    false => {
                        // What stands around a table sets nothing in it.
                        let around = Around { look: SignLook::default(), ..around };
                        let around = around.within(self.tree, row.id, &ElementStyle::of(self.tree, row.id));
                        let around = around.within(self.tree, cell, &style);
                        self.apart(|reader| reader.children(cell, around))
                    }
                };
                read.push(table::CopiedCell::new(self.tree, cell, blocks));
            }
            cells.push(read);
        }
        let caption = self.tree.children(id).find(|child| self.tree.name(*child) == "caption");
        let caption = caption.map(|caption| self.apart(|reader| reader.children(caption, Around::default())));
        let is_layout = self.tree.attribute(id, "role") == Some("presentation");
        let blocks = table::blocks(cells, caption.unwrap_or_default(), is_layout, self.counts);
        self.flow.blocks.extend(blocks);
    }

    /// Ends the paragraph.
    pub fn flush(&mut self) {
        match self.flow.end() {
            (blocks, Some(key)) => self.read.notes.add(&key, blocks),
            (blocks, None) => self.flow.blocks.extend(blocks),
        }
    }
}
