//! The rows of a table, shaped.
//!
//! In: a table. Out: its rows with the glyphs of each cell, and the figures at its beginning. Not here: how wide the
//! columns are, where lines are broken.

use crate::document::{Cell, PartId, Table, TableRow, plain};
use crate::pdf::glyphs::Glyphs;
use crate::pdf::glyphs::figures::{self, Figure};
use crate::pdf::setting::setter::Setter;
use crate::pdf::theme::TextStyle;

/// A cell whose text is shaped, not yet broken into lines.
pub struct SetCell {
    pub part: PartId,
    pub lines: Vec<Glyphs>,
    /// The figures at its beginning, and how wide they are.
    pub lead: Option<(Figure, f32)>,
    /// How far its text stands in, so that its figures stand below others.
    pub indent: f32,
}

/// A row whose cells are shaped.
pub enum SetRow {
    Head(Vec<SetCell>),
    Cells(Vec<SetCell>),
    Band(SetCell),
}

/// Shapes a table: its head, if it has one, and its rows.
pub fn shape(setter: &mut Setter, table: &Table) -> Vec<SetRow> {
    let body = setter.theme.cell;
    let bold = body.bold();
    let mut set = |cell: &Cell, style: &TextStyle| {
        let lines = setter.set(&cell.text, style, Some(cell.id));
        let first = lines.first().map_or(&[][..], |line| &line[..]);
        let width = |count: usize| first.iter().take(count).map(|glyph| glyph.advance).sum();
        let lead = figures::lead(plain(&cell.text).trim()).map(|(figure, count)| (figure, width(count)));
        SetCell { part: cell.id, lines, lead, indent: 0.0 }
    };
    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    if !table.head.is_empty() {
        rows.push(SetRow::Head(table.head.iter().map(|cell| set(cell, &bold)).collect()));
    }
    rows.extend(table.rows.iter().map(|row| match row {
        TableRow::Band(cell) => SetRow::Band(set(cell, &bold)),
        TableRow::Cells { cells, .. } => SetRow::Cells(cells.iter().map(|cell| set(cell, &body)).collect()),
    }));
    rows
}
