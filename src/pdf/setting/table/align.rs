//! Figures and dates of a column, below each other.
//!
//! In: a table's rows, shaped. Out: how far each cell stands in, so that units stand below units and the
//! years of dates below years. Not here: columns that Markdown sets to the middle or the right.

use super::rows::{SetCell, SetRow};
use crate::document::{Align, Table};
use crate::pdf::glyphs::figures::Figure;

/// Lets the cells stand in of those columns that are mostly numbers, or mostly dates.
pub fn align(rows: &mut [SetRow], table: &Table) {
    for column in 0..table.head.len() {
        if !matches!(table.align.get(column), None | Some(Align::Left)) {
            continue;
        }
        for kind in [Figure::Number, Figure::Date] {
            let cells = || rows.iter().filter_map(|row| body_cell(row, column));
            let filled = cells().filter(|cell| cell.lines.iter().any(|line| !line.is_empty())).count();
            let leads = || cells().filter_map(|cell| cell.lead).filter(|(found, _)| *found == kind);
            // A column of words in which a number stands here and there is not aligned.
            if leads().count() * 2 < filled {
                continue;
            }
            let widest = leads().map(|(_, width)| width).fold(0.0, f32::max);
            for cell in rows.iter_mut().filter_map(|row| body_cell_mut(row, column)) {
                cell.indent = cell.lead.filter(|(found, _)| *found == kind).map_or(0.0, |(_, w)| widest - w);
            }
            break;
        }
    }
}

fn body_cell(row: &SetRow, column: usize) -> Option<&SetCell> {
    match row {
        SetRow::Cells(cells) => cells.get(column),
        SetRow::Head(_) | SetRow::Band(_) => None,
    }
}

fn body_cell_mut(row: &mut SetRow, column: usize) -> Option<&mut SetCell> {
    match row {
        SetRow::Cells(cells) => cells.get_mut(column),
        SetRow::Head(_) | SetRow::Band(_) => None,
    }
}
