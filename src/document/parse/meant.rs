//! Whether what Markdown makes of a text was meant.
//!
//! In: the events of a text as they are read, each with its place. Out: [`Remark`]s: words that are neither printed nor
//! markup, and markup that nobody means, such as a list that takes in the line below it. Not here: marks of running
//! text, which are in `marks`, and how lines begin, which is in `lines`.

use std::{mem, ops::Range};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    super::{LineHolder, PrintedMark, Remark, Trouble},
    columns::{self, ItemMarker},
    lines, marks,
};

/// No list was meant that begins with a number like this: it is a year.
const YEAR: u64 = 100;

/// What is open at a place of the text, and what stands above the next block in it.
struct OpenBlock {
    what: OpenKind,
    above: BlockAbove,
}

enum OpenKind {
    Quote,
    /// A list: the number and column of its last item.
    List(Option<u64>, usize),
    /// What holds lines that are indented to a column.
    Held(LineHolder, usize),
    /// Bold or italic: where it begins.
    Face(usize),
    Code,
    Paragraph,
    Other,
}

#[derive(Clone, Copy, PartialEq)]
enum BlockAbove {
    Table,
    /// Rows that are no table.
    Rows,
    /// A list, and how far the text of its last item is indented.
    List(usize),
    Other,
}

/// A stretch of text without markup.
#[derive(Default)]
struct PlainRun {
    range: Range<usize>,
    /// A backslash takes the meaning of its first sign away.
    escaped: bool,
}

/// Looks at the events of a text as they pass.
pub(super) struct Meant<'a> {
    source: &'a str,
    /// Up to where the text is accounted for.
    seen: usize,
    open: Vec<OpenBlock>,
    run: PlainRun,
    /// Where the lines of the running text begin that is being read.
    lines: Vec<usize>,
    /// The next piece of text begins a line.
    at_line: bool,
    /// It begins the first line of its block.
    at_block: bool,
    /// A sign that began a quotation or an item, and where: the next piece of text follows it.
    sign: Option<(char, usize)>,
    /// How many stars of the running text could begin something and do not.
    stars: usize,
    /// Line ends are kept in the block that is being read.
    pub keeps_lines: bool,
    /// What no event has accounted for, if it has words.
    gaps: Vec<Range<usize>>,
    remarks: Vec<Remark>,
}

impl<'a> Meant<'a> {
    pub fn new(source: &'a str) -> Meant<'a> {
        Meant {
            source,
            seen: 0,
            open: vec![OpenBlock { what: OpenKind::Other, above: BlockAbove::Other }],
            run: PlainRun::default(),
            lines: Vec::new(),
            at_line: false,
            at_block: false,
            sign: None,
            stars: 0,
            keeps_lines: false,
            gaps: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// All that was found, once the text is read. `addresses` are the lines that name addresses for links, in their order.
    pub fn finish(mut self, addresses: &[Range<usize>]) -> Vec<Remark> {
        self.flush();
        self.account(self.source.len());
        for gap in mem::take(&mut self.gaps) {
            let next = addresses.partition_point(|line| line.end <= gap.start);
            if addresses.get(next).is_none_or(|line| line.start >= gap.end) {
                self.remark(columns::inked(self.source, gap), Trouble::LostWords);
            }
        }
        self.remarks.sort_by_key(|remark| remark.span.start);
        let mut told: Vec<Remark> = Vec::with_capacity(self.remarks.len());
        // Stars that are left stand in pairs: up to the end of the line the first speaks for all.
        let mut stars = 0;
        for remark in self.remarks {
            let is_star = remark.trouble == Trouble::Printed(PrintedMark::Stars);
            let is_same = |last: &Remark| last.trouble == remark.trouble && remark.span.start < last.span.end;
            if is_star && remark.span.start < stars || told.last().is_some_and(is_same) {
                continue;
            }
            if is_star {
                stars = columns::rest_of_line(self.source, remark.span.start).end;
            }
            told.push(remark);
        }
        told
    }

    /// Takes the next event in.
    pub fn see(&mut self, event: &Event<'_>, span: &Range<usize>) {
        if let Event::Text(text) = event {
            return self.text(text, span);
        }
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::SoftBreak => self.at_line = true,
            Event::HardBreak => {
                // A line end that is kept joins nothing.
                self.end_text();
                self.at_line = true;
            }
            Event::Html(_) | Event::Rule => {
                self.set_above(BlockAbove::Other);
                self.leaf(span);
            }
            _ => {
                self.begin_line(span.start);
                self.sign = None;
                self.leaf(span);
            }
        }
    }

    fn remark(&mut self, span: Range<usize>, trouble: Trouble) {
        self.remarks.push(Remark { span, trouble });
    }

    fn set_above(&mut self, above: BlockAbove) {
        if let Some(open) = self.open.last_mut() {
            open.above = above;
        }
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        if matches!(self.open.last(), Some(OpenBlock { what: OpenKind::Code, .. })) {
            return self.leaf(span);
        }
        self.begin_line(span.start);
        if let Some((sign, at)) = self.sign.take() {
            let behind = text.trim_start();
            if behind.starts_with(|c: char| c.is_ascii_digit() || "=$<.%".contains(c)) {
                self.remark(at..span.end, Trouble::SignTaken { sign });
            }
        }
        let escaped = self.source.get(self.seen..span.start).is_some_and(|gap| gap.ends_with('\\'));
        if escaped || self.run.range.end != span.start {
            self.flush();
            self.run = PlainRun { range: span.clone(), escaped };
            if let Some(path) = escaped.then(|| marks::path(self.source, span.start)).flatten() {
                self.remark(path, Trouble::LostBackslash);
            }
        } else {
            self.run.range.end = span.end;
        }
        self.leaf(span);
    }

    /// Looks at the stretch of text that has ended.
    fn flush(&mut self) {
        let PlainRun { range, escaped } = mem::take(&mut self.run);
        if !range.is_empty() {
            marks::check(self.source, range, escaped, &mut self.stars, &mut self.remarks);
        }
    }

    fn leaf(&mut self, span: &Range<usize>) {
        self.account(span.start);
        self.seen = self.seen.max(span.end);
    }

    /// Notes the words up to a place that no event has accounted for.
    fn account(&mut self, to: usize) {
        if let Some(gap) = self.source.get(self.seen..to)
            && gap.contains(char::is_alphanumeric)
        {
            self.gaps.push(self.seen..to);
        }
        self.seen = self.seen.max(to);
    }

    /// Notes where a line of running text begins. One that begins too far left was hardly meant to go on what stands
    /// above it.
    fn begin_line(&mut self, at: usize) {
        if !mem::take(&mut self.at_line) {
            return;
        }
        let is_first = mem::take(&mut self.at_block);
        if !is_first && let Some(by) = self.swallowed(at) {
            self.remark(columns::rest_of_line(self.source, at), Trouble::Swallowed { by });
        }
        self.lines.push(at);
    }

    fn swallowed(&self, at: usize) -> Option<LineHolder> {
        let before = &self.source[columns::line_start(self.source, at)..at];
        let quotes = self.open.iter().filter(|open| matches!(open.what, OpenKind::Quote)).count();
        if before.matches('>').count() < quotes {
            return Some(LineHolder::Quote);
        }
        let held = self.open.iter().rev().find_map(|open| match open.what {
            OpenKind::Held(holder, column) => Some((holder, column)),
            _ => None,
        });
        held.filter(|(_, column)| before.len() < *column).map(|(holder, _)| holder)
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        let at = span.start;
        let what = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {
                self.begin_line(at);
                if matches!(tag, Tag::Link { title, .. } if !title.is_empty()) {
                    self.remark(span.clone(), Trouble::LostWords);
                }
                let face = matches!(tag, Tag::Emphasis | Tag::Strong);
                let what = if face { OpenKind::Face(at) } else { OpenKind::Other };
                return self.open.push(OpenBlock { what, above: BlockAbove::Other });
            }
            Tag::BlockQuote(_) => {
                self.sign = Some(('>', at));
                OpenKind::Quote
            }
            Tag::List(_) => OpenKind::List(None, 0),
            Tag::Item => {
                let column = self.item(at);
                OpenKind::Held(LineHolder::Item, column)
            }
            Tag::DefinitionListDefinition => {
                OpenKind::Held(LineHolder::Definition, columns::column_behind(self.source, at))
            }
            Tag::FootnoteDefinition(label) => {
                self.account(at);
                self.seen = at + "[^]:".len() + label.len();
                OpenKind::Held(LineHolder::Note, 1)
            }
            Tag::CodeBlock(_) => {
                self.account(at);
                // What is said of the text between marks is not printed.
                self.seen = columns::rest_of_line(self.source, at).end;
                OpenKind::Code
            }
            Tag::Paragraph => OpenKind::Paragraph,
            _ => OpenKind::Other,
        };
        if matches!(what, OpenKind::List(..) | OpenKind::Paragraph) {
            self.check_nesting(at);
        }
        self.end_text();
        (self.at_line, self.at_block) = (true, true);
        self.open.push(OpenBlock { what, above: BlockAbove::Other });
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        let is_block = !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link);
        if is_block {
            self.end_text();
        }
        let Some(open) = self.open.pop() else { return };
        match open.what {
            OpenKind::Face(start) => {
                let found = marks::face(self.source, start..span.end);
                self.remarks.extend(found.map(|(span, trouble)| Remark { span, trouble }));
            }
            // An address, and the marks below text that is kept as it is.
            OpenKind::Code => self.seen = self.seen.max(span.end),
            OpenKind::Other if tag == TagEnd::Link => self.seen = self.seen.max(span.end),
            _ => {}
        }
        if is_block {
            self.set_above(match open.what {
                OpenKind::List(_, column) => BlockAbove::List(column),
                OpenKind::Paragraph => open.above,
                _ if tag == TagEnd::Table => BlockAbove::Table,
                _ => BlockAbove::Other,
            });
        }
    }

    /// Looks at the running text that has ended.
    fn end_text(&mut self) {
        let starts = mem::take(&mut self.lines);
        self.stars = 0;
        let holds_text = |open: &OpenBlock| matches!(open.what, OpenKind::Paragraph | OpenKind::Held(..));
        if self.keeps_lines || starts.is_empty() || !self.open.last().is_some_and(holds_text) {
            return;
        }
        let holder = self.open.len().saturating_sub(if self.is_in_paragraph() { 2 } else { 1 });
        let above = self.open.get(holder).map_or(BlockAbove::Other, |open| open.above);
        let Some((span, trouble)) = lines::check(self.source, &starts, above == BlockAbove::Table) else {
            return;
        };
        if matches!(trouble, Trouble::NoTable { .. }) {
            self.set_above(BlockAbove::Rows);
            // One row says it for those below it.
            if above == BlockAbove::Rows {
                return;
            }
        }
        self.remark(span, trouble);
    }

    fn is_in_paragraph(&self) -> bool {
        matches!(self.open.last(), Some(OpenBlock { what: OpenKind::Paragraph, .. }))
    }

    /// A block right below a list that is indented and yet does not belong to its last item.
    fn check_nesting(&mut self, at: usize) {
        let Some(OpenBlock { above: BlockAbove::List(column), .. }) = self.open.last() else { return };
        let column = *column;
        let (indent, first) = columns::indent(self.source, at);
        let own = self.open.iter().rev().find_map(|open| match open.what {
            OpenKind::Held(_, column) => Some(column),
            OpenKind::Quote => Some(usize::MAX),
            _ => None,
        });
        if indent > own.unwrap_or_default() {
            self.remark(columns::rest_of_line(self.source, first), Trouble::NotNested { column });
        }
    }

    /// Looks at what marks an item; gives how far its text is indented.
    fn item(&mut self, at: usize) -> usize {
        let ItemMarker { start, number, sign } = columns::marker(self.source, at);
        let column = columns::column_behind(self.source, sign);
        let mark = self.source[sign..].chars().next();
        self.sign = (mark == Some('+')).then_some(('+', start));
        self.account(start);
        self.seen = sign;
        let Some(OpenBlock { what: OpenKind::List(last, last_column), .. }) = self.open.last_mut() else {
            return column;
        };
        let above = mem::replace(last, number);
        *last_column = column;
        let trouble = match (number, above) {
            (Some(number), Some(above)) if number <= above => Trouble::NotRising { number, above },
            (Some(number), None) if number >= YEAR => Trouble::YearTaken,
            (Some(_), None) if mark == Some(')') => Trouble::Parenthesis,
            _ => return column,
        };
        self.remark(columns::rest_of_line(self.source, start), trouble);
        column
    }
}
