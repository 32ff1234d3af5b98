//! Figures and dates of a column, below each other.
//!
//! In: a table's rows, shaped. Out: how far each cell stands in, so that units stand below units and the
//! years of dates below years. Not here: columns that Markdown sets to the middle or the right.

use super::table::{SetCell, SetRow};
use crate::document::{Align, Table};

/// What the figures at a cell's beginning are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// "1,234", "12.5", "6a": it ends before the decimal point.
    Number,
    /// "10/8/2021".
    Date,
}

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

/// The figures at a text's beginning, and how many characters they are. What follows a number is at most a
/// letter or a sign: "12 Main Street" is no number.
pub fn lead(text: &str) -> Option<(Figure, usize)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'));
    let figures = text[..text.len() - rest.len()].trim_end_matches([',', '.', '/']);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = &text[figures.len()..];
    match figures.split('/').count() {
        1 if behind.chars().count() <= 1 => {
            Some((Figure::Number, figures.find('.').unwrap_or(figures.len())))
        }
        3 => Some((Figure::Date, figures.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_end_where_they_line_up() {
        for (text, found) in [
            ("6a", Some((Figure::Number, 1))),
            ("14", Some((Figure::Number, 2))),
            ("1,234", Some((Figure::Number, 5))),
            ("12.5%", Some((Figure::Number, 2))),
            ("7.", Some((Figure::Number, 1))),
            ("6/25/2021 11:00 p.m.", Some((Figure::Date, 9))),
            ("12 Main Street", None),
            ("11:00 p.m.", None),
            ("N/A", None),
            ("", None),
        ] {
            assert_eq!(lead(text), found, "{text}");
        }
    }
}
