//! Tables, and what Markdown would drop of them.
//!
//! In: the events of a table. Out: [`Table`], and a fault for each piece of a row that no cell holds.
//! Not here: what a row means.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag};

use super::super::{Align, Cell, MarkdownFault, Table, TableRow};
use super::MarkdownReader;

impl MarkdownReader<'_> {
    pub(super) fn table(&mut self, align: &[Alignment]) -> Table {
        let columns = align.len();
        let align = align
            .iter()
            .map(|a| match a {
                Alignment::None | Alignment::Left => Align::Left,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::Right,
            })
            .collect();
        let mut table = Table { caption: None, head: Vec::new(), align, rows: Vec::new() };
        while let Some((event, span)) = self.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells().0,
                Event::Start(Tag::TableRow) => {
                    let (cells, end) = self.cells();
                    self.check_row(span, end, columns);
                    table.rows.push(TableRow::from_cells(cells));
                }
                _ => break,
            }
        }
        table
    }

    /// The cells of a row, and where the last of them ends.
    fn cells(&mut self) -> (Vec<Cell>, usize) {
        let mut cells = Vec::new();
        let mut end = 0;
        while let Some((Event::Start(Tag::TableCell), span)) = self.next() {
            end = span.end;
            cells.push(Cell { id: self.part(), text: self.inlines() });
        }
        (cells, end)
    }

    fn check_row(&mut self, row: Range<usize>, end: usize, columns: usize) {
        let source = self.source.get(row.clone()).unwrap_or_default();
        if !source.contains('|') {
            let span = self.inked(row);
            self.faults.push(MarkdownFault::StuckText { span });
            return;
        }
        let edge = |c: char| c == '|' || c.is_whitespace();
        let beyond = self.source.get(end..row.end).unwrap_or_default();
        let found = beyond.trim_matches(edge);
        if !found.is_empty() {
            let start = end + beyond.find(found).unwrap_or_default();
            let span = start..start + found.len();
            self.faults.push(MarkdownFault::WideRow { span, found: found.to_owned(), columns });
        }
    }
}
