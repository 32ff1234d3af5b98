//! A document -> its flow.
//!
//! In: a document's blocks, how its tables stand in the PDF. Out: [`Piece`]s in reading order. Not here: what changed, XML.

use super::{
    flow::{Flow, Item, ListRun, Paragraph, Piece, Row, RowKind, Style, TablePiece},
    look::Look,
    token::{Token, label, lines, tokens},
};
use crate::{
    document::{
        Align, Block, BlockKind, Definition, Document, Inline, List, Markers, Role, Table, TableRow, plain,
    },
    pdf::Arrangement,
};

/// What blocks stand in.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    indent: f32,
    level: usize,
    bullets: usize,
    in_item: bool,
    in_quote: bool,
    in_note: bool,
    turned: bool,
}

impl Flow {
    /// The flow of a document. `notes` says of each of its notes which one of the file it is.
    pub fn of(document: &Document, arrangement: &Arrangement, look: &Look<'_>, notes: &[usize]) -> Flow {
        let (flow, heading) = (Flow::default(), String::new());
        let mut flow = FlowWriter { arrangement, look, notes, flow, rule: false, heading };
        let mut blocks = document.blocks.as_slice();
        if let [first, rest @ ..] = blocks
            && let (BlockKind::Paragraph(text), Some(Role::Letterhead)) = (&first.kind, first.role)
        {
            flow.flow.letterhead = flow.letterhead(first, text);
            blocks = rest;
        }
        let skipped = document.blocks.len() - blocks.len();
        let mut above = None;
        for (at, block) in blocks.iter().enumerate() {
            let turned = arrangement.turned.iter().any(|range| range.contains(&(at + skipped)));
            flow.block(above, block, Around { turned, ..Around::default() }, &mut Vec::new());
            above = Some(block);
        }
        flow.last_rule();
        let pieces = std::mem::take(&mut flow.flow.pieces);
        for note in &document.notes {
            flow.blocks(&note.blocks, Around { in_note: true, ..Around::default() }, &mut Vec::new());
            flow.last_rule();
            let note = std::mem::take(&mut flow.flow.pieces);
            flow.flow.notes.push(note);
        }
        Flow { pieces, ..flow.flow }
    }
}

struct FlowWriter<'f> {
    arrangement: &'f Arrangement,
    look: &'f Look<'f>,
    notes: &'f [usize],
    flow: Flow,
    /// A line across the page waits for the paragraph below it.
    rule: bool,
    /// The heading that was written last.
    heading: String,
}

impl FlowWriter<'_> {
    /// Blocks one below the other. `label` is what stands before the first paragraph, and is taken by it.
    fn blocks(&mut self, blocks: &[Block], around: Around, label: &mut Vec<Token>) {
        let mut above = None;
        for block in blocks {
            self.block(above, block, around, label);
            above = Some(block);
        }
    }

    fn block(&mut self, above: Option<&Block>, block: &Block, around: Around, label: &mut Vec<Token>) {
        let from = self.flow.pieces.len();
        match (&block.kind, block.role) {
            (BlockKind::Paragraph(text), Some(Role::Letterhead)) => {
                let lines = self.letterhead(block, text);
                self.flow.pieces.extend(lines.into_iter().map(Piece::Paragraph));
            }
            (BlockKind::Paragraph(text), role) => {
                let style = match role {
                    Some(Role::Subtitle) => Style::Subtitle,
                    _ if around.in_note => Style::Footnote,
                    _ if around.in_item => Style::ListContinue,
                    _ if around.in_quote => Style::Quote,
                    _ => Style::Normal,
                };
                let is_announcing = plain(text).trim_end().ends_with(':');
                let tokens = tokens(text, self.notes);
                self.paragraph(block, style, around, label, tokens);
                self.last(|paragraph| paragraph.keep_next = is_announcing);
            }
            (BlockKind::Heading { level, text }, role) => {
                let style = match (role, level) {
                    (_, 0 | 1) => Style::Title,
                    (Some(Role::Title), _) => Style::AttachmentTitle,
                    (_, level) => Style::Heading(level - 1),
                };
                self.heading = plain(text);
                let tokens = tokens(text, self.notes);
                self.paragraph(block, style, around, label, tokens);
            }
            (BlockKind::Code(text), _) => {
                let around = Around { indent: around.indent + self.look.theme.indent, ..around };
                self.paragraph(block, Style::Code, around, label, lines(text));
            }
            (BlockKind::List(list), role) => self.list(list, role, around),
            (BlockKind::Definitions(definitions), _) => self.definitions(definitions, around),
            (BlockKind::Quote(blocks), _) => {
                let indent = around.indent + self.look.theme.indent;
                self.blocks(blocks, Around { indent, in_quote: true, ..around }, label);
            }
            (BlockKind::Table(table), _) => self.table(block, table, around),
            (BlockKind::Rule, _) => self.rule = true,
        }
        let gap = self.look.gap(above, block, around.in_item);
        self.space(from, gap, block.new_page);
    }

    /// Puts space above the first paragraph of a block, or below the one before a table.
    fn space(&mut self, from: usize, gap: f32, new_page: bool) {
        let is_table = matches!(self.flow.pieces.get(from), Some(Piece::Table(_)));
        if is_table
            && from > 0
            && let Some(Piece::Paragraph(above)) = self.flow.pieces.get_mut(from - 1)
        {
            above.after = gap;
        }
        match self.flow.pieces.get_mut(from) {
            Some(Piece::Paragraph(first)) => {
                first.before = if new_page { 0.0 } else { gap };
                first.new_page |= new_page;
            }
            Some(Piece::Table(table)) => {
                if let Some(cell) = table.rows.first_mut().and_then(|row| row.cells.first_mut()) {
                    cell.new_page |= new_page;
                }
            }
            None => {}
        }
    }

    fn last(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(Piece::Paragraph(last)) = self.flow.pieces.last_mut() {
            change(last);
        }
    }

    /// A line with nothing below it stands below what is above it.
    fn last_rule(&mut self) {
        if std::mem::take(&mut self.rule) {
            self.last(|paragraph| paragraph.rules.1 = true);
        }
    }

    fn paragraph(
        &mut self,
        block: &Block,
        style: Style,
        around: Around,
        label: &mut Vec<Token>,
        tokens: Vec<Token>,
    ) {
        let hanging = if label.is_empty() { 0.0 } else { self.look.theme.label_width };
        let labeled = [std::mem::take(label), tokens].concat();
        let style = if hanging > 0.0 { Style::Labeled } else { style };
        let paragraph = Paragraph {
            indent: around.indent,
            hanging,
            turned: around.turned,
            rules: (std::mem::take(&mut self.rule), false),
            ..Paragraph::new(block.id.0.to_string(), style, labeled)
        };
        self.flow.pieces.push(Piece::Paragraph(paragraph));
    }

    fn letterhead(&self, block: &Block, text: &[Inline]) -> Vec<Paragraph> {
        let rows: Vec<&[Inline]> = text.split(|inline| *inline == Inline::Break).collect();
        let style = |at: usize| match at {
            0 => Style::Letterhead(0),
            at if at > 1 && at + 1 == rows.len() => Style::Letterhead(2),
            _ => Style::Letterhead(1),
        };
        let line = |(at, row): (usize, &&[Inline])| {
            let place = format!("{}_l{}", block.id.0, at + 1);
            let mut tokens = tokens(row, self.notes);
            // An address in a letterhead looks like the rest of it.
            tokens.iter_mut().for_each(|token| token.href = None);
            Paragraph::new(place, style(at), tokens)
        };
        let mut found: Vec<Paragraph> = rows.iter().enumerate().map(line).collect();
        if self.look.logos.contains_key(&block.id) {
            let place = format!("{}_logo", block.id.0);
            found.insert(0, Paragraph::new(place, Style::Letterhead(1), vec![Token::logo(block.id)]));
        }
        if let Some(last) = found.last_mut() {
            last.rules.1 = true;
        }
        found
    }

    fn list(&mut self, list: &List, role: Option<Role>, around: Around) {
        let is_marked = match role {
            Some(Role::Columns) => false,
            Some(Role::Leaders) => list.markers != Markers::Bullets,
            // A box to check stands in the place of a bullet.
            _ => !list.items.iter().all(|item| list.tick_of(item).is_some()),
        };
        let indent = around.indent + if is_marked { self.look.theme.indent } else { 0.0 };
        let bullets = around.bullets + usize::from(list.markers == Markers::Bullets);
        let inner =
            Around { indent, bullets, in_item: true, level: around.level + usize::from(is_marked), ..around };
        let (mut expected, mut run) = (None, 0);
        for item in &list.items {
            let number = item.number.or(expected).unwrap_or(1);
            let follows = expected == Some(number) || expected.is_some() && list.markers == Markers::Bullets;
            if is_marked && !follows {
                run = self.flow.lists.len();
                let (level, bullets) = (around.level, around.bullets);
                self.flow.lists.push(ListRun { markers: list.markers, start: number, level, bullets });
            }
            expected = Some(number.saturating_add(1));
            let from = self.flow.pieces.len();
            self.blocks(&item.blocks, inner, &mut Vec::new());
            let is_headed = matches!(self.flow.pieces.get(from), Some(Piece::Paragraph(_)));
            if is_marked && !is_headed {
                // A number stands, though nothing is behind it, or a table.
                let place = format!("{}_item", item.id.0);
                let first = Paragraph::new(place, Style::ListContinue, Vec::new());
                self.flow.pieces.insert(from, Piece::Paragraph(Paragraph { indent, ..first }));
            }
            let gap = self.look.theme.item_gap;
            if let Some(Piece::Paragraph(first)) = self.flow.pieces.get_mut(from) {
                first.before = gap;
                if is_marked && first.item.is_none() {
                    first.item = Some(Item { list: run, level: around.level });
                    if matches!(first.style, Style::ListContinue | Style::Footnote) {
                        let is_bullet = list.markers == Markers::Bullets;
                        first.style = if is_bullet { Style::Bullet } else { Style::Number };
                    }
                }
            }
        }
    }

    /// TO, FROM, RE: the label stands in the first line of what it labels.
    fn definitions(&mut self, definitions: &[Definition], around: Around) {
        let indent = around.indent + self.look.theme.label_width;
        for definition in definitions {
            let mut before = label(&definition.term, self.notes);
            before.push(Token::tab());
            for (at, detail) in definition.details.iter().enumerate() {
                let from = self.flow.pieces.len();
                self.blocks(&detail.blocks, Around { indent, ..around }, &mut before);
                if at == 0 && !before.is_empty() {
                    // What it labels begins with no paragraph.
                    let place = format!("{}_label", definition.id.0);
                    let alone = Paragraph::new(place, Style::Labeled, std::mem::take(&mut before));
                    self.flow.pieces.insert(from, Piece::Paragraph(alone));
                }
                let theme = &self.look.theme;
                let gap = if at == 0 { theme.definition_gap } else { theme.item_gap };
                if let Some(Piece::Paragraph(first)) = self.flow.pieces.get_mut(from) {
                    first.before = gap;
                }
            }
        }
    }

    fn table(&mut self, block: &Block, table: &Table, around: Around) {
        self.last_rule();
        if let Some(caption) = &table.caption {
            let place = format!("{}_caption", block.id.0);
            let tokens = tokens(&caption.text, self.notes);
            let caption = Paragraph::new(place, Style::Caption, tokens);
            let after = self.look.theme.caption_gap;
            let caption = Paragraph { indent: around.indent, after, turned: around.turned, ..caption };
            self.flow.pieces.push(Piece::Paragraph(caption));
        }
        if matches!(self.flow.pieces.last(), Some(Piece::Table(_))) {
            // Two tables with nothing between would become one.
            let between = Paragraph::new(format!("{}_above", block.id.0), Style::Cell, Vec::new());
            self.flow.pieces.push(Piece::Paragraph(Paragraph { turned: around.turned, ..between }));
        }
        let cell = |row: usize, column: usize, text: &[Inline], style: Style| {
            let place = format!("{}_r{row}_c{column}", block.id.0);
            let align = table.align.get(column - 1).copied().unwrap_or(Align::Left);
            Paragraph { align, ..Paragraph::new(place, style, tokens(text, self.notes)) }
        };
        let cells = |row: usize, cells: &[crate::document::Cell], style: Style| -> Vec<Paragraph> {
            cells.iter().zip(1..).map(|(text, column)| cell(row, column, &text.text, style)).collect()
        };
        let mut rows = vec![Row { kind: RowKind::Head, cells: cells(1, &table.head, Style::CellHead) }];
        rows.extend(table.rows.iter().zip(2..).map(|(row, nth)| match row {
            TableRow::Band(text) => {
                let band = Paragraph { align: Align::Left, ..cell(nth, 1, &text.text, Style::CellHead) };
                Row { kind: RowKind::Band, cells: vec![band] }
            }
            TableRow::Cells { cells: row, .. } => {
                Row { kind: RowKind::Cells, cells: cells(nth, row, Style::Cell) }
            }
        }));
        let widths = table.head.first().and_then(|first| self.arrangement.widths.get(&first.id));
        let title = match &table.caption {
            Some(caption) => plain(&caption.text),
            None => self.heading.clone(),
        };
        self.flow.pieces.push(Piece::Table(TablePiece {
            indent: around.indent,
            widths: widths.cloned().unwrap_or_default(),
            turned: around.turned,
            title,
            rows,
        }));
    }
}
