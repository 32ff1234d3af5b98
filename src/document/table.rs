//! Tables with a meaning: which cell heads its row, which row is a band across.
//!
//! In: rows of cells as Markdown gives them. Out: [`Table`]. Not here: widths, lines, colours.

use super::{Inline, PartId, plain};

/// A table: one head row, then rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands above it (`<!-- caption -->`).
    pub caption: Option<Caption>,
    /// The column heads.
    pub head: Vec<Cell>,
    /// How each column is set.
    pub align: Vec<Align>,
    /// The rows below the head.
    pub rows: Vec<TableRow>,
}

/// A table's caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Its number in reading order.
    pub id: PartId,
    /// Its text.
    pub text: Vec<Inline>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left, also where Markdown says nothing.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableRow {
    /// A title across all columns: "Completed Tasks".
    Band(Cell),
    /// A row of cells, as many as the head has.
    Cells {
        /// The cells.
        cells: Vec<Cell>,
        /// Which of them heads the row: the first that is not empty.
        head: usize,
    },
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its number in reading order.
    pub id: PartId,
    /// Its text.
    pub text: Vec<Inline>,
}

impl TableRow {
    /// A row's meaning from its cells: one whose first cell is bold and whose others are empty is
    /// a band; in any other the first filled cell is the row's head.
    pub(super) fn from_cells(mut cells: Vec<Cell>) -> TableRow {
        let empty = |cell: &Cell| plain(&cell.text).trim().is_empty();
        let bold_first = matches!(cells.first().map(|c| c.text.as_slice()), Some([Inline::Strong(_)]));
        if bold_first && cells.iter().skip(1).all(empty) {
            return TableRow::Band(cells.swap_remove(0));
        }
        let head = cells.iter().position(|cell| !empty(cell)).unwrap_or(0);
        TableRow::Cells { cells, head }
    }
}
