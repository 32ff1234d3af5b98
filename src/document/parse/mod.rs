//! Markdown -> blocks.
//!
//! In: the Markdown that is published. Out: [`Document`], or every place where the Markdown holds
//! what no writer could show. Not here: Tera, files.
//!
//! `running` reads text, `tables` tables, `notes` footnotes, `roles` the comments before a block.

mod columns;
mod lines;
mod links;
mod marks;
mod meant;
mod nested;
mod notes;
mod roles;
mod running;
mod tables;

pub use lines::begins_as_item;
pub(super) use links::finder;
pub use links::{bare_links, leads_somewhere};

use std::{collections::BTreeSet, ops::Range};

use linkify::LinkFinder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    Block, BlockKind, Caption, Definition, Document, FileLink, Inline, LetterheadBlock, List, ListItem,
    MarkdownFault, MarkdownFaults, Markers, Note, PartId, Remark, Role, Trouble, plain, target,
};
use crate::words::is_control;
use meant::Meant;
use notes::{NoteIndex, label_key};
use roles::{BlockComments, NotAComment, Word};

impl Document {
    /// Reads Markdown (CommonMark with tables, definition lists and footnotes).
    ///
    /// A comment on the line before a block says what it is: `<!-- letterhead -->` (another than the
    /// document's own: `<!-- letterhead: press-office -->`), `<!-- title -->`, `<!-- subtitle -->`;
    /// `<!-- page -->` begins a page; `<!-- lines -->` keeps line ends; `<!-- columns -->`,
    /// `<!-- leaders -->` and `<!-- letters -->` are forms of lists; `<!-- caption -->` is a table's. Other
    /// comments say nothing. `[blank: telephone]` is a line to write on. Web addresses and e-mail addresses
    /// become links; `#dates` leads to the heading "Dates".
    ///
    /// # Errors
    /// [`MarkdownFaults`], all that there are.
    ///
    /// ```
    /// use ccrov::document::{Document, BlockKind}; let memo = Document::parse("<!-- page -->\n# Memorandum
    /// #21144\n\nWrite to help@sos.ca.gov.[^1]\n\n[^1]: Or call.").unwrap(); assert!(memo.blocks[0].new_page &&
    /// matches!(memo.blocks[0].kind, BlockKind::Heading { level: 1, .. })); assert_eq!(memo.plain_text(), "Memorandum
    /// #21144\nWrite to help@sos.ca.gov.\nOr call.\n");
    /// ```
    pub fn parse(markdown: &str) -> Result<Document, MarkdownFaults> {
        let mut reader = MarkdownReader {
            source: markdown,
            events: Parser::new_ext(markdown, OPTIONS).into_offset_iter(),
            ahead: None,
            depth: 0,
            links: finder(),
            parts: 0,
            keeps_lines: false,
            has_leaders: false,
            level: None,
            notes: NoteIndex::default(),
            addresses_used: BTreeSet::new(),
            files: Vec::new(),
            letterheads: Vec::new(),
            inner_links: Vec::new(),
            faults: Vec::new(),
            remarks: Vec::new(),
            meant: Meant::new(markdown),
        };
        let mut blocks = reader.blocks();
        nested::below_titles(&mut blocks);
        let notes = std::mem::take(&mut reader.notes).finish(&mut reader.faults);
        let addresses = reader.check_addresses();
        let MarkdownReader { mut faults, mut remarks, files, letterheads, inner_links, meant, .. } = reader;
        let targets = target::targets(&blocks, inner_links, &mut faults);
        remarks.extend(meant.finish(&addresses));
        faults.sort_by_key(|fault| fault.span().start);
        remarks.sort_by_key(|remark| remark.span.start);
        if faults.is_empty() {
            Ok(Document { blocks, notes, remarks, files, letterheads, targets })
        } else {
            // What is lost is told by what it is lost to.
            remarks.retain(|remark| remark.trouble != Trouble::LostWords);
            Err(MarkdownFaults { faults, remarks })
        }
    }
}

/// What is read besides CommonMark.
pub(super) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_DEFINITION_LIST).union(Options::ENABLE_FOOTNOTES);

/// A text nested deeper than this is a slip, and what reads it must not run out of stack.
const DEEPEST: usize = 100;

impl Block {
    /// Makes the paragraph above a table its caption.
    fn take_caption(&mut self, above: Block) {
        if let (BlockKind::Table(table), BlockKind::Paragraph(text)) = (&mut self.kind, above.kind) {
            table.caption = Some(Caption { id: above.id, text });
            self.new_page |= above.new_page;
            self.span.start = above.span.start;
        }
    }
}

struct MarkdownReader<'a> {
    source: &'a str,
    events: pulldown_cmark::OffsetIter<'a>,
    ahead: Option<(Event<'a>, Range<usize>)>,
    /// How many blocks and faces are open.
    depth: usize,
    links: LinkFinder,
    parts: u32,
    /// Line ends are kept in the block that is being read.
    keeps_lines: bool,
    /// Runs of dots in the block that is being read are leaders.
    has_leaders: bool,
    /// The level of the last heading.
    level: Option<u8>,
    notes: NoteIndex,
    /// The names of the addresses (`[name]: address`) that links use.
    addresses_used: BTreeSet<String>,
    files: Vec<FileLink>,
    letterheads: Vec<LetterheadBlock>,
    /// The names of headings that links lead to, each with the link's place.
    inner_links: Vec<(String, Range<usize>)>,
    faults: Vec<MarkdownFault>,
    remarks: Vec<Remark>,
    /// Looks at what passes.
    meant: Meant<'a>,
}

impl<'a> MarkdownReader<'a> {
    fn note(&mut self, label: &str, span: Range<usize>) {
        let id = self.part();
        let outer = self.notes.set_inside(true);
        let blocks = self.blocks();
        self.notes.set_inside(outer);
        let note = Note { id, span: self.inked(span), blocks };
        self.notes.add(label, note, &mut self.faults);
    }

    /// The next event; none, too, once the text goes deeper than anybody means to.
    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        if self.ahead.is_some() {
            return self.ahead.take();
        }
        if self.depth > DEEPEST {
            return None;
        }
        let (event, span) = self.events.next()?;
        self.check_controls(&event, &span);
        self.meant.see(&event, &span);
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if self.depth > DEEPEST {
            let end = self.source.ceil_char_boundary(span.start + 1);
            self.faults.push(MarkdownFault::TooDeep { span: span.start..end });
            return None;
        }
        Some((event, span))
    }

    /// Reports a control character that is written by its number: one that stands there itself is reported where it
    /// was typed.
    fn check_controls(&mut self, event: &Event<'a>, span: &Range<usize>) {
        let text = match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::Start(Tag::Link { dest_url, .. }) => dest_url,
            _ => return,
        };
        if let Some(found) = text.chars().find(|c| is_control(*c)) {
            self.faults.push(MarkdownFault::Control { span: span.clone(), found });
        }
    }

    /// A place without the white space around it.
    fn inked(&self, span: Range<usize>) -> Range<usize> {
        columns::inked(self.source, span)
    }

    fn part(&mut self) -> PartId {
        self.parts += 1;
        PartId(self.parts)
    }

    /// Blocks up to the end of what holds them, which is consumed.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut said = BlockComments::default();
        // What was said of the last block, if that is to be the caption of what follows.
        let mut caption: Option<BlockComments> = None;
        while let Some((event, span)) = self.next() {
            match event {
                Event::End(_) => break,
                Event::Html(_) => {
                    self.comments(span, &mut said);
                    continue;
                }
                Event::Start(Tag::HtmlBlock) => {
                    self.comments(span, &mut said);
                    while self.next().is_some_and(|(event, _)| event != Event::End(TagEnd::HtmlBlock)) {}
                    continue;
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    self.note(&label, span);
                    continue;
                }
                _ => {}
            }
            let said = std::mem::take(&mut said);
            let mut block = self.block(event, span, &said);
            if let Some(above) = caption.take() {
                match blocks.pop() {
                    Some(paragraph) if matches!(block.kind, BlockKind::Table(_)) => {
                        block.take_caption(paragraph);
                    }
                    other => {
                        blocks.extend(other);
                        self.remarks.extend(above.lost_caption());
                    }
                }
            }
            caption = Some(said).filter(|said| said.is_caption(&block.kind));
            blocks.push(block);
        }
        self.remarks.extend(said.misplaced(None));
        if let Some(caption) = caption {
            self.remarks.extend(caption.lost_caption());
        }
        blocks
    }

    fn comments(&mut self, span: Range<usize>, said: &mut BlockComments) {
        let span = self.inked(span);
        let html = &self.source[span.clone()];
        if let Err(NotAComment(found)) = said.read(html, &span) {
            self.faults.push(MarkdownFault::Html { span, found });
        }
    }

    fn block(&mut self, event: Event<'a>, span: Range<usize>, said: &BlockComments) -> Block {
        let id = self.part();
        let outer = (self.keeps_lines, self.has_leaders);
        self.has_leaders |= said.has(Word::Leaders);
        // An item is one line, however it is written; a paragraph has several.
        let leader_lines = said.has(Word::Leaders) && event == Event::Start(Tag::Paragraph);
        self.keeps_lines |= said.has(Word::Lines) || said.has(Word::Columns) || leader_lines;
        self.meant.keeps_lines = self.keeps_lines;
        let kind = self.kind(event, span.clone(), said);
        (self.keeps_lines, self.has_leaders) = outer;
        self.meant.keeps_lines = self.keeps_lines;
        self.remarks.extend(said.misplaced(Some(&kind)));
        let role = said.role(&kind);
        if role == Some(Role::Letterhead) {
            self.letterheads.push(LetterheadBlock { id, other: said.letterhead() });
        }
        Block { id, span, new_page: said.has(Word::Page), role, kind }
    }

    fn kind(&mut self, event: Event<'a>, span: Range<usize>, said: &BlockComments) -> BlockKind {
        match event {
            Event::Rule => BlockKind::Rule,
            Event::Start(Tag::Heading { level, .. }) => {
                let level = level as u8;
                let above = self.level.replace(level);
                if let Some(from) = above.filter(|above| level > above + 1) {
                    let span = self.inked(span);
                    self.remarks.push(Remark { span, trouble: Trouble::SkippedLevel { from, to: level } });
                }
                BlockKind::Heading { level, text: self.inlines() }
            }
            Event::Start(Tag::BlockQuote(_)) => BlockKind::Quote(self.blocks()),
            Event::Start(Tag::List(first)) => {
                let markers = match first {
                    None => Markers::Bullets,
                    Some(_) if said.has(Word::Letters) => Markers::Letters,
                    Some(_) => Markers::Numbers,
                };
                BlockKind::List(List { markers, items: self.items() })
            }
            Event::Start(Tag::DefinitionList) => BlockKind::Definitions(self.definitions()),
            Event::Start(Tag::CodeBlock(_)) => BlockKind::Code(plain(&self.inlines())),
            Event::Start(Tag::Table(align)) => BlockKind::Table(self.table(&align)),
            Event::Start(Tag::Paragraph) => BlockKind::Paragraph(self.inlines()),
            // A tight list's text stands in its item without a paragraph around it.
            inline => {
                self.ahead = Some((inline, span));
                BlockKind::Paragraph(self.inlines())
            }
        }
    }

    fn items(&mut self) -> Vec<ListItem> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next() {
            match event {
                Event::End(_) => break,
                _ => {
                    let number = columns::marker(self.source, span.start).number;
                    items.push(ListItem { id: self.part(), number, blocks: self.blocks() });
                }
            }
        }
        items
    }

    fn definitions(&mut self) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::End(_) => break,
                Event::Start(Tag::DefinitionListTitle) => {
                    definitions.push(Definition {
                        id: self.part(),
                        term: self.inlines(),
                        details: Vec::new(),
                    });
                }
                _ => {
                    let item = ListItem { id: self.part(), number: None, blocks: self.blocks() };
                    if let Some(definition) = definitions.last_mut() {
                        definition.details.push(item);
                    }
                }
            }
        }
        definitions
    }

    /// Lines that Markdown takes for addresses and that no link uses show nothing.
    /// Gives where all such lines stand, in their order.
    fn check_addresses(&mut self) -> Vec<Range<usize>> {
        let used = &self.addresses_used;
        let addresses = self.events.reference_definitions();
        let unused = addresses.iter().filter(|(name, _)| !used.contains(&label_key(name)));
        self.faults
            .extend(unused.map(|(_, address)| MarkdownFault::UnusedAddress { span: address.span.clone() }));
        let mut lines: Vec<_> = addresses.iter().map(|(_, address)| address.span.clone()).collect();
        lines.sort_by_key(|line| line.start);
        lines
    }
}

pub(super) fn push_text(text: &mut Vec<Inline>, words: &str) {
    match text.last_mut() {
        _ if words.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(words),
        _ => text.push(Inline::Text(words.to_owned())),
    }
}
