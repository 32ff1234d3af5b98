//! The words of Markdown as it is written, each with its place.
//!
//! In: Markdown as an analyst types it, with the braces of templates. Out: [`PlacedUnit`]s: paragraphs, headings, items, rows of tables, each
//! with its words and where they stand, so that single words can be changed. Not here: what changes.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Face, parse::OPTIONS};

/// What stands in the place of every byte of what a template fills in.
const FILLED: char = '\u{1a}';

/// A paragraph, a heading, an item or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedUnit {
    /// Where the block stands, in bytes.
    pub span: Range<usize>,
    /// The items that it stands in, outermost first.
    pub items: Vec<Range<usize>>,
    /// What it is.
    pub kind: PlacedKind,
    /// Its words; of a row, those of each cell.
    pub cells: Vec<Vec<PlacedWord>>,
    /// Where each cell stands.
    pub cell_spans: Vec<Range<usize>>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacedKind {
    /// Running text.
    Text,
    /// A heading.
    Heading,
    /// A row of a table.
    Row,
    /// The names of a table's columns.
    Head,
    /// Text of a footnote.
    Note,
}

/// A word, a sign, or what a template fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedWord {
    /// As it is compared: quotation marks and dashes in their plain form.
    pub word: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Whether a template fills it in.
    pub is_filled: bool,
    /// How it is set.
    pub face: Face,
}

/// The units of Markdown.
pub fn placed_units(markdown: &str) -> Vec<PlacedUnit> {
    let masked = masked(markdown);
    let mut reader = Reader {
        markdown,
        units: Vec::new(),
        open: None,
        items: Vec::new(),
        kinds: Vec::new(),
        face: Face::default(),
    };
    for (event, range) in Parser::new_ext(&masked, OPTIONS).into_offset_iter() {
        reader.event(&event, &range, &masked);
    }
    reader.close();
    reader.units
}

/// A text that is no Markdown, as one unit.
pub fn placed_text(text: &str) -> PlacedUnit {
    let masked = masked(text);
    let mut unit = unit(0..text.len(), PlacedKind::Text);
    add(text, &masked, 0..text.len(), Face::default(), &mut unit.cells[0]);
    unit.cell_spans[0] = 0..text.len();
    unit
}

/// The words of a text as they are compared, each with its place.
pub fn words_of(text: &str) -> Vec<PlacedWord> {
    let mut words = Vec::new();
    add(text, text, 0..text.len(), Face::default(), &mut words);
    words
}

fn unit(span: Range<usize>, kind: PlacedKind) -> PlacedUnit {
    PlacedUnit { cell_spans: vec![span.clone()], span, items: Vec::new(), kind, cells: vec![Vec::new()] }
}

/// Markdown in which what a template fills in is no markup, of the same length.
fn masked(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let forms = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let form = forms.into_iter().find(|(open, _)| from.starts_with(open) && !before.ends_with('\\'));
        let length = form.and_then(|(_, close)| Some(from[2..].find(close)? + 4)).unwrap_or(0);
        match length {
            0 => out.push('{'),
            length => out.extend(std::iter::repeat_n(FILLED, length)),
        }
        rest = &from[length.max(1)..];
    }
    out.push_str(rest);
    out
}

struct Reader<'m> {
    markdown: &'m str,
    units: Vec<PlacedUnit>,
    open: Option<PlacedUnit>,
    items: Vec<Range<usize>>,
    /// Whether a note is open.
    kinds: Vec<PlacedKind>,
    face: Face,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, masked: &str) {
        match event {
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) => self.begin(range, PlacedKind::Text),
            Event::Start(Tag::Heading { .. }) => self.begin(range, PlacedKind::Heading),
            Event::Start(Tag::TableHead) => self.row(range, PlacedKind::Head),
            Event::Start(Tag::TableRow) => self.row(range, PlacedKind::Row),
            Event::Start(Tag::TableCell) => {
                if let Some(open) = &mut self.open {
                    open.cells.push(Vec::new());
                    open.cell_spans.push(range.clone());
                }
            }
            Event::Start(Tag::Item) => {
                self.close();
                self.items.push(range.clone());
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => self.close(),
            Event::Start(Tag::FootnoteDefinition(_)) => {
                self.close();
                self.kinds.push(PlacedKind::Note);
            }
            Event::End(TagEnd::Item) => {
                self.close();
                self.items.pop();
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.close();
                self.kinds.pop();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::CodeBlock
                | TagEnd::Heading(_)
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::List(_),
            ) => self.close(),
            Event::Start(Tag::Strong) => self.face.bold = true,
            Event::End(TagEnd::Strong) => self.face.bold = false,
            Event::Start(Tag::Emphasis) => self.face.italic = true,
            Event::End(TagEnd::Emphasis) => self.face.italic = false,
            Event::Text(_) | Event::Code(_) => self.words(range, masked),
            _ => {}
        }
    }

    fn begin(&mut self, range: &Range<usize>, kind: PlacedKind) {
        self.close();
        let kind = self.kinds.last().copied().filter(|_| kind == PlacedKind::Text).unwrap_or(kind);
        self.open = Some(PlacedUnit { items: self.items.clone(), ..unit(range.clone(), kind) });
    }

    fn row(&mut self, range: &Range<usize>, kind: PlacedKind) {
        self.begin(range, kind);
        if let Some(open) = &mut self.open {
            (open.cells, open.cell_spans) = (Vec::new(), Vec::new());
        }
    }

    /// Words that stand in no paragraph are those of an item.
    fn words(&mut self, range: &Range<usize>, masked: &str) {
        if self.open.is_none() {
            self.begin(range, PlacedKind::Text);
        }
        let Some(open) = &mut self.open else { return };
        if !matches!(open.kind, PlacedKind::Row | PlacedKind::Head) {
            open.span.end = open.span.end.max(range.end);
        }
        if let Some(cell) = open.cells.last_mut() {
            add(self.markdown, masked, range.clone(), self.face, cell);
        }
    }

    fn close(&mut self) {
        self.units.extend(self.open.take());
    }
}

/// Adds the words of a stretch. What joins the word before it without a blank goes on it.
fn add(text: &str, masked: &str, range: Range<usize>, face: Face, words: &mut Vec<PlacedWord>) {
    let stretch = &masked[range.clone()];
    let mut signs = stretch.char_indices().peekable();
    while let Some((offset, sign)) = signs.next() {
        let start = range.start + offset;
        if sign.is_whitespace() {
            continue;
        }
        let same = |next: char| match sign {
            FILLED => next == FILLED,
            sign if sign.is_alphanumeric() => next.is_alphanumeric(),
            sign if is_dash(sign) => is_dash(next),
            _ => false,
        };
        let mut end = start + sign.len_utf8();
        while let Some((_, next)) = signs.next_if(|(_, next)| same(*next)) {
            end += next.len_utf8();
        }
        let word = match sign {
            FILLED => text[start..end].to_owned(),
            sign if is_dash(sign) => "-".to_owned(),
            _ => plain(&text[start..end]),
        };
        // Half a word may be bold.
        let joins = words.last_mut().filter(|last| {
            let is_word = |word: &str| word.chars().all(char::is_alphanumeric);
            start == range.start
                && !last.is_filled
                && is_word(&last.word)
                && is_word(&word)
                && !text[last.range.end..start].contains(char::is_whitespace)
        });
        match joins {
            Some(last) => {
                last.word.push_str(&word);
                last.range.end = end;
            }
            None => words.push(PlacedWord { word, range: start..end, is_filled: sign == FILLED, face }),
        }
    }
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '−' | '‑')
}

fn plain(word: &str) -> String {
    let sign = |c: char| match c {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        c => c,
    };
    word.chars().map(sign).collect()
}
