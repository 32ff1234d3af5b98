//! A tree of HTML -> blocks.
//!
//! In: [`Tree`]. Out: [`Read`]: blocks as they stand, notes by their keys, what was left out. Not here: which element is
//! of which program (`source`), tables (`table`), lists of word processors (`nest`).

use std::collections::BTreeMap;

use super::{
    block::{Block, Item, List, ListItem, Marker, Numbering, Paragraph},
    counts::Counts,
    links, source,
    style::{Style, has_class},
    symbols, table,
    text::{self, Look, Mark, Sign, Text},
    tree::{Id, Kind, Tree},
};

/// What was read.
pub(super) struct Read {
    pub blocks: Vec<Block>,
    /// The addresses of links: a link's number is its place, counted from 1.
    pub links: Vec<String>,
    /// The keys of notes, in the order in which the text refers to them.
    pub refers_to: Vec<String>,
    /// What notes hold, by their keys.
    pub notes: BTreeMap<String, Vec<Block>>,
}

/// Reads a tree.
pub(super) fn read(tree: &Tree, counts: &mut Counts) -> Read {
    let read = Read { blocks: Vec::new(), links: Vec::new(), refers_to: Vec::new(), notes: BTreeMap::new() };
    let mut reader = Reader { tree, counts, read, places: BTreeMap::new(), flow: Flow::default() };
    reader.children(tree.root(), Around::default());
    reader.flush();
    reader.read.blocks = std::mem::take(&mut reader.flow.blocks);
    reader.read
}

/// What stands around a node.
#[derive(Clone, Copy, Default)]
struct Around<'t> {
    look: Look,
    /// Line ends of the HTML are kept.
    keeps_lines: bool,
    /// The typeface is one of pictures.
    symbols: Option<&'t str>,
    /// It is part of the notes.
    in_note: bool,
    /// How many lists and quotations it stands in.
    depth: usize,
}

/// The blocks that are being read, and the text that is no block yet.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    text: Text,
    /// What the paragraph is beyond that.
    form: Form,
    /// What Word prints before an item.
    marker: Option<String>,
    /// The note that the paragraph begins.
    note: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Paragraph,
    Heading(u8),
    Item(usize),
    GoesOn,
}

pub(super) struct Reader<'t, 'c> {
    pub tree: &'t Tree,
    pub counts: &'c mut Counts,
    read: Read,
    /// The places of keys in [`Read::refers_to`].
    places: BTreeMap<String, usize>,
    flow: Flow,
}

/// Beyond this, lists and quotations are set no deeper.
const DEEPEST: usize = 9;

impl<'t> Reader<'t, '_> {
    fn children(&mut self, id: Id, around: Around<'t>) {
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
    fn div_line(&mut self, id: Id, around: Around<'t>) {
        if source::is_blank(self.tree, id) {
            return self.flush();
        }
        if !self.flow.text.is_empty() {
            self.push(Mark::Break, around.look);
        }
        self.children(id, around);
    }

    fn node(&mut self, id: Id, around: Around<'t>) {
        match self.tree.kind(id) {
            Kind::Text(text) => self.words(text, &around),
            Kind::Element(..) => self.element(id, around),
            Kind::Other => {}
        }
    }

    fn words(&mut self, words: &str, around: &Around<'_>) {
        for c in words.chars() {
            let found =
                around.symbols.map_or(symbols::shown(c), |typeface| symbols::of_typeface(typeface, c));
            match (c, found) {
                ('\n', _) if around.keeps_lines => self.push(Mark::Break, around.look),
                (_, Some(c)) => self.push(Mark::Char(c), around.look),
                (_, None) => self.counts.signs += 1,
            }
        }
    }

    fn push(&mut self, mark: Mark, look: Look) {
        self.flow.text.push(Sign { mark, look });
    }

    fn element(&mut self, id: Id, mut around: Around<'t>) {
        let tree = self.tree;
        let name = tree.name(id);
        let style = Style::of(tree, id);
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
            if !around.in_note {
                self.flow.note.get_or_insert(key);
            }
            return;
        }
        if let Some(key) = source::is_note(tree, id, &style) {
            return self.note(key, id, around);
        }
        around.look.bold |= matches!(name, "b" | "strong");
        around.look.italic |= matches!(name, "i" | "em");
        around.look = style.look(around.look);
        around.symbols = symbols::typeface(&style, tree.attribute(id, "face")).or(around.symbols);
        match name {
            "br" => self.push(Mark::Break, around.look),
            "hr" => {
                self.flush();
                if !around.in_note && !source::is_separator(tree, id) {
                    self.flow.blocks.push(Block::Rule);
                }
            }
            "a" => self.link(id, around),
            "ul" | "ol" if around.depth < DEEPEST => self.list(id, around),
            "table" => self.table(id, around),
            "blockquote" if around.depth < DEEPEST => {
                let inner = self.apart(|reader| {
                    reader.children(id, Around { depth: around.depth + 1, ..around });
                });
                if !inner.is_empty() {
                    self.flow.blocks.push(Block::Quote(inner));
                }
            }
            "pre" => self.block(id, Form::Paragraph, Around { keeps_lines: true, ..around }),
            "input" => self.words(source::check_box(tree, id), &around),
            _ => match source::heading(tree, id, &style) {
                Some(level) => {
                    // A heading's own weight is no emphasis.
                    around.look.bold = false;
                    self.block(id, Form::Heading(level), around);
                }
                None if source::is_block(name) => {
                    let form = match style.word_level() {
                        Some(level) => Form::Item(level),
                        None if has_class(tree, id, "MsoListContinue") => Form::GoesOn,
                        None if has_class(tree, id, "MsoListParagraph") => Form::GoesOn,
                        None => Form::Paragraph,
                    };
                    self.block(id, form, around);
                }
                None => self.children(id, around),
            },
        }
    }

    fn block(&mut self, id: Id, form: Form, around: Around<'t>) {
        self.flush();
        // Everything in a heading belongs to it, whatever that is.
        self.flow.form = form;
        self.children(id, around);
        self.flush();
        self.flow.form = Form::Paragraph;
    }

    fn link(&mut self, id: Id, mut around: Around<'t>) {
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
        if around.in_note {
            return;
        }
        let next = self.read.refers_to.len();
        let place = *self.places.entry(key.clone()).or_insert(next);
        if place == next {
            self.read.refers_to.push(key);
        }
        self.push(Mark::Note(place), Look::default());
    }

    fn note(&mut self, key: String, id: Id, around: Around<'t>) {
        let blocks = self.apart(|reader| reader.children(id, Around { in_note: true, ..around }));
        self.read.notes.entry(key).or_default().extend(blocks);
    }

    /// Reads something into blocks of its own.
    fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        self.flush();
        let outer = std::mem::take(&mut self.flow);
        read(self);
        self.flush();
        std::mem::replace(&mut self.flow, outer).blocks
    }

    fn list(&mut self, id: Id, around: Around<'t>) {
        self.flush();
        let tree = self.tree;
        let is_ordered = tree.name(id) == "ol";
        let printed = tree.attribute(id, "type").unwrap_or_default();
        // Some set the form of numbers at each item.
        let item = tree.children(id).find(|child| tree.name(*child) == "li");
        let of_item = item.and_then(|item| Style::of(tree, item).get("list-style-type"));
        let style = Style::of(tree, id).get("list-style-type").or(of_item).unwrap_or(printed);
        let numbering = match (is_ordered, source::letters(style)) {
            (false, _) => Numbering::Bullets,
            (true, Some(other)) => {
                self.counts.renumbered += usize::from(other);
                Numbering::Letters
            }
            (true, None) => {
                self.counts.renumbered +=
                    usize::from(style.to_ascii_lowercase().ends_with("roman") || matches!(style, "i" | "I"));
                Numbering::Numbers
            }
        };
        let mut next = tree.attribute(id, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let mut items: Vec<ListItem> = Vec::new();
        let inner = Around { depth: around.depth + 1, ..around };
        for child in tree.children(id) {
            let style = Style::of(tree, child);
            let is_item = tree.name(child) == "li";
            if is_item && source::is_left_out(tree, child, &style, self.counts) {
                continue;
            }
            if is_item && let Some(value) = tree.attribute(child, "value").and_then(|v| v.trim().parse().ok())
            {
                next = value;
            }
            let blocks = self.apart(|reader| match is_item {
                true => reader.children(child, inner),
                false => reader.node(child, inner),
            });
            if blocks.is_empty() {
                continue;
            }
            // Browsers in which mails are written put every item into a list of its own.
            if let Some(level) = source::item_level(tree, child) {
                let marker = match numbering {
                    Numbering::Bullets => Marker::Bullet,
                    Numbering::Numbers => Marker::Printed(format!("{next}.")),
                    Numbering::Letters => Marker::Printed(source::letter(next)),
                };
                self.flow.blocks.push(Block::Item(Item { level, marker, blocks }));
                next += 1;
                continue;
            }
            match items.last_mut() {
                // A list right within a list belongs to the item above it.
                Some(last) if !is_item => last.blocks.extend(blocks),
                _ => {
                    let number = if is_ordered { next } else { 0 };
                    items.push(ListItem { number, blocks });
                    next = next.saturating_add(1);
                }
            }
        }
        if !items.is_empty() {
            self.flow.blocks.push(Block::List(List { numbering, items }));
        }
    }

    fn table(&mut self, id: Id, around: Around<'t>) {
        self.flush();
        let rows = source::rows(self.tree, id, self.counts);
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let mut read = Vec::new();
            for cell in row.cells {
                let style = Style::of(self.tree, cell);
                let is_left_out =
                    row.is_left_out || source::is_left_out(self.tree, cell, &style, self.counts);
                if source::takes_no_room(self.tree, cell, &style) {
                    continue;
                }
                let blocks = match is_left_out {
                    // What is beside it stays where it is.
                    true => Vec::new(),
                    false => {
                        let look = style.look(Style::of(self.tree, row.id).look(Look::default()));
                        self.apart(|reader| reader.children(cell, Around { look, ..around }))
                    }
                };
                read.push(table::Cell::new(self.tree, cell, blocks));
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
    fn flush(&mut self) {
        let flow = &mut self.flow;
        let marker = flow.marker.take().map(|marker| marker.trim().replace('\u{a0}', ""));
        let note = flow.note.take();
        let mut texts = text::paragraphs(std::mem::take(&mut flow.text)).into_iter();
        if let Form::Item(level) = flow.form
            && let Some(text) = texts.next()
        {
            let marker = match marker {
                Some(marker)
                    if marker.contains(|c: char| c.is_ascii_digit()) || marker.ends_with(['.', ')']) =>
                {
                    Marker::Printed(marker)
                }
                _ => Marker::Bullet,
            };
            flow.blocks.push(Block::Item(Item { level, marker, blocks: vec![Block::paragraph(text)] }));
            // What follows in the same item goes on it.
            flow.form = Form::GoesOn;
            return flow.blocks.extend(texts.map(|text| goes_on(text, true)));
        }
        if let Form::Heading(level) = flow.form {
            let mut heading = marker.map(|marker| text::plain(&format!("{marker} "))).unwrap_or_default();
            let between = Sign { mark: Mark::Char(' '), look: Look::default() };
            heading.extend(texts.collect::<Vec<Text>>().join(&between));
            let is_empty = heading.iter().all(Sign::is_blank);
            return flow.blocks.extend((!is_empty).then_some(Block::Heading(level, heading)));
        }
        let blocks = texts.map(|text| goes_on(text, flow.form == Form::GoesOn));
        match note {
            Some(key) => self.read.notes.entry(key).or_default().extend(blocks),
            None => flow.blocks.extend(blocks),
        }
    }
}

fn goes_on(text: Text, goes_on: bool) -> Block {
    Block::Paragraph(Paragraph { text, indent: 0, goes_on })
}
