//! Markdown -> blocks.
//!
//! In: the Markdown that is published. Out: [`Document`], or every place where the Markdown holds
//! what no writer could show. Not here: Tera, files.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};

use super::{
    Align, Block, Cell, Definition, Document, Inline, Item, Kind, List, PartId, Role, Row, Table, plain,
};

/// Something in the Markdown that would be lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A piece of HTML other than a comment or `<br>`.
    Html {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
        /// What was found.
        found: String,
    },
    /// A picture.
    Picture {
        /// Where it stands in the Markdown, in bytes.
        span: Range<usize>,
    },
}

impl Fault {
    /// Where in the Markdown, in bytes.
    pub fn span(&self) -> Range<usize> {
        match self {
            Fault::Html { span, .. } | Fault::Picture { span } => span.clone(),
        }
    }
}

impl Document {
    /// Reads Markdown (CommonMark with tables and definition lists).
    ///
    /// A comment on the line before a block gives it a [`Role`]: `<!-- letterhead -->`,
    /// `<!-- title -->`, `<!-- subtitle -->`; `<!-- page -->` begins a page. Other comments say
    /// nothing. Web addresses and e-mail addresses become links.
    ///
    /// # Errors
    /// All [`Fault`]s of the text, in order.
    ///
    /// ```
    /// use ccrov::document::{Document, Kind};
    /// let memo = Document::parse("<!-- page -->\n# Memorandum #21144\n\nWrite to help@sos.ca.gov.").unwrap();
    /// assert!(memo.blocks[0].new_page && matches!(memo.blocks[0].kind, Kind::Heading { level: 1, .. }));
    /// assert_eq!(memo.plain_text(), "Memorandum #21144\nWrite to help@sos.ca.gov.\n");
    /// ```
    pub fn parse(markdown: &str) -> Result<Document, Vec<Fault>> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_DEFINITION_LIST;
        let mut reader = Reader {
            events: Parser::new_ext(markdown, options).into_offset_iter(),
            ahead: None,
            links: link_finder(),
            parts: 0,
            faults: Vec::new(),
        };
        let blocks = reader.blocks();
        if reader.faults.is_empty() { Ok(Document { blocks }) } else { Err(reader.faults) }
    }
}

fn link_finder() -> LinkFinder {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    finder
}

struct Reader<'a> {
    events: pulldown_cmark::OffsetIter<'a>,
    ahead: Option<(Event<'a>, Range<usize>)>,
    links: LinkFinder,
    parts: u32,
    faults: Vec<Fault>,
}

/// What the comments before a block have said of it.
#[derive(Default)]
struct Said {
    new_page: bool,
    role: Option<Role>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        self.ahead.take().or_else(|| self.events.next())
    }

    fn part(&mut self) -> PartId {
        self.parts += 1;
        PartId(self.parts)
    }

    /// Blocks up to the end of what holds them, which is consumed.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut said = Said::default();
        while let Some((event, span)) = self.next() {
            let id = match event {
                Event::End(_) => break,
                Event::Html(html) => {
                    self.comment(&html, span, &mut said);
                    continue;
                }
                Event::Start(Tag::HtmlBlock) => {
                    while let Some((event, span)) = self.next() {
                        match event {
                            Event::End(TagEnd::HtmlBlock) => break,
                            Event::Html(html) | Event::Text(html) => self.comment(&html, span, &mut said),
                            _ => {}
                        }
                    }
                    continue;
                }
                _ => self.part(),
            };
            let kind = self.block(event, span.clone());
            let Said { new_page, role } = std::mem::take(&mut said);
            blocks.push(Block { id, span, new_page, role, kind });
        }
        blocks
    }

    fn comment(&mut self, html: &str, span: Range<usize>, said: &mut Said) {
        let Some(words) = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) else {
            if !html.trim().is_empty() {
                self.faults.push(Fault::Html { span, found: html.trim().to_owned() });
            }
            return;
        };
        match words.trim() {
            "page" => said.new_page = true,
            "letterhead" => said.role = Some(Role::Letterhead),
            "title" => said.role = Some(Role::Title),
            "subtitle" => said.role = Some(Role::Subtitle),
            _ => {}
        }
    }

    fn block(&mut self, event: Event<'a>, span: Range<usize>) -> Kind {
        match event {
            Event::Rule => Kind::Rule,
            Event::Start(Tag::Heading { level, .. }) => {
                Kind::Heading { level: level as u8, text: self.inlines() }
            }
            Event::Start(Tag::BlockQuote(_)) => Kind::Quote(self.blocks()),
            Event::Start(Tag::List(first)) => Kind::List(List { first, items: self.items() }),
            Event::Start(Tag::DefinitionList) => Kind::Definitions(self.definitions()),
            Event::Start(Tag::CodeBlock(_)) => Kind::Code(plain(&self.inlines())),
            Event::Start(Tag::Table(align)) => Kind::Table(self.table(&align)),
            Event::Start(Tag::Paragraph) => Kind::Paragraph(self.inlines()),
            // A tight list's text stands in its item without a paragraph around it.
            inline => {
                self.ahead = Some((inline, span));
                Kind::Paragraph(self.inlines())
            }
        }
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::End(_) => break,
                _ => items.push(Item { id: self.part(), blocks: self.blocks() }),
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
                    let item = Item { id: self.part(), blocks: self.blocks() };
                    if let Some(definition) = definitions.last_mut() {
                        definition.details.push(item);
                    }
                }
            }
        }
        definitions
    }

    fn table(&mut self, align: &[Alignment]) -> Table {
        let align = align
            .iter()
            .map(|a| match a {
                Alignment::None | Alignment::Left => Align::Left,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::Right,
            })
            .collect();
        let mut table = Table { head: Vec::new(), align, rows: Vec::new() };
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells(),
                Event::Start(Tag::TableRow) => table.rows.push(Row::from_cells(self.cells())),
                _ => break,
            }
        }
        table
    }

    fn cells(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.next() {
            cells.push(Cell { id: self.part(), text: self.inlines() });
        }
        cells
    }

    /// Running text up to the end of what holds it. The end is consumed if it belongs to the text
    /// (a paragraph's); a block that follows in the same item is left for the next call.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut text = Vec::new();
        while let Some((event, span)) = self.next() {
            match event {
                Event::Text(t) => push_text(&mut text, &t),
                Event::SoftBreak => push_text(&mut text, " "),
                Event::HardBreak => text.push(Inline::Break),
                Event::Code(t) => text.push(Inline::Code(t.into_string())),
                Event::InlineHtml(html) => match html.trim() {
                    "<br>" | "<br/>" | "<br />" => text.push(Inline::Break),
                    comment if comment.starts_with("<!--") => {}
                    other => self.faults.push(Fault::Html { span, found: other.to_owned() }),
                },
                Event::Start(Tag::Strong) => text.push(Inline::Strong(self.inlines())),
                Event::Start(Tag::Emphasis) => text.push(Inline::Emphasis(self.inlines())),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let shown = unlinked(self.inlines());
                    text.push(Inline::Link { href: dest_url.into_string(), text: shown });
                }
                Event::Start(Tag::Image { .. }) => {
                    self.faults.push(Fault::Picture { span });
                    self.inlines();
                }
                // A tight item's text ends where the item ends or where a block begins in it.
                Event::End(TagEnd::Item | TagEnd::DefinitionListDefinition) | Event::Start(_) => {
                    self.ahead = Some((event, span));
                    break;
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        self.with_links(text)
    }

    /// Bare addresses become links, as every reader expects.
    fn with_links(&self, text: Vec<Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(text.len());
        for inline in text {
            let Inline::Text(words) = inline else {
                out.push(inline);
                continue;
            };
            let mut done = 0;
            for link in self.links.links(&words) {
                let shown = link.as_str();
                let href = match link.kind() {
                    LinkKind::Email => format!("mailto:{shown}"),
                    _ if shown.contains("://") => shown.to_owned(),
                    _ if shown.starts_with("www.") => format!("https://{shown}"),
                    _ => continue,
                };
                push_text(&mut out, &words[done..link.start()]);
                out.push(Inline::Link { href, text: vec![Inline::Text(shown.to_owned())] });
                done = link.end();
            }
            push_text(&mut out, &words[done..]);
        }
        out
    }
}

/// A link's own text holds no links.
fn unlinked(text: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(text.len());
    for inline in text {
        match inline {
            Inline::Link { text, .. } => out.extend(text),
            other => out.push(other),
        }
    }
    out
}

fn push_text(text: &mut Vec<Inline>, words: &str) {
    match text.last_mut() {
        _ if words.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(words),
        _ => text.push(Inline::Text(words.to_owned())),
    }
}
