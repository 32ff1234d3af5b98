//! A table -> strips: one a row.
//!
//! In: rows of cells. Out: strips with grid and shade, each body row with the head that stands
//! above it if it begins a page. A row that is higher than a page is cut between lines. Not here:
//! how wide the columns are, see [`columns`](super::columns).

use std::rc::Rc;

use super::columns::widths;
use super::galley::{Column, Strip, line_frames, rule};
use super::lines::break_lines;
use super::page::{Artifact, Drawn, Frame, Owner, Piece};
use super::text::{Glyphs, Setter};
use super::theme::{Style, Theme};
use crate::document::{Align, Cell, PartId, Row, Table};

/// A cell whose text is shaped, not yet broken into lines.
pub struct SetCell {
    part: PartId,
    pub lines: Vec<Glyphs>,
}

/// A row whose cells are shaped.
pub enum SetRow {
    Head(Vec<SetCell>),
    Cells(Vec<SetCell>),
    Band(SetCell),
}

/// A table's columns, each with how it is set.
type Grid = Vec<(Column, Align)>;

/// The table's rows as strips.
pub fn strips(setter: &mut Setter, table: &Table, column: Column) -> Vec<Strip> {
    let rows = shape(setter, table);
    let grid = grid(setter.theme, table, &rows, column);
    if grid.is_empty() {
        return Vec::new();
    }
    let mut galley: Vec<Strip> = Vec::new();
    let mut head: Option<Rc<Strip>> = None;
    for row in &rows {
        let depth = setter.depth - head.as_ref().map_or(0.0, |head| head.height);
        let mut strips = set_row(setter, row, &grid, column, depth);
        match row {
            // A head so high that little is left below it is not repeated.
            SetRow::Head(_) => {
                head = match strips.as_slice() {
                    [only] if only.height <= setter.depth / 3.0 => Some(Rc::new(repeated(only))),
                    _ => None,
                };
                strips.iter_mut().for_each(|strip| strip.keep = true);
            }
            SetRow::Band(_) => strips.iter_mut().for_each(|strip| strip.keep = true),
            SetRow::Cells(_) => {}
        }
        if !matches!(row, SetRow::Head(_)) {
            strips.iter_mut().for_each(|strip| strip.head.clone_from(&head));
        }
        galley.extend(strips);
    }
    if let Some(last) = galley.last_mut() {
        last.keep = false;
    }
    galley
}

fn shape(setter: &mut Setter, table: &Table) -> Vec<SetRow> {
    let plain = setter.theme.cell;
    let bold = plain.bold();
    let mut set = |cell: &Cell, style: &Style| SetCell {
        part: cell.id,
        lines: setter.set(&cell.text, style, Some(cell.id)),
    };
    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    if !table.head.is_empty() {
        rows.push(SetRow::Head(table.head.iter().map(|cell| set(cell, &bold)).collect()));
    }
    rows.extend(table.rows.iter().map(|row| match row {
        Row::Band(cell) => SetRow::Band(set(cell, &bold)),
        Row::Cells { cells, .. } => SetRow::Cells(cells.iter().map(|cell| set(cell, &plain)).collect()),
    }));
    rows
}

fn grid(theme: &Theme, table: &Table, rows: &[SetRow], column: Column) -> Grid {
    let mut x = column.x;
    let widths = widths(theme, rows, column.width);
    let aligns = table.align.iter().copied().chain(std::iter::repeat(Align::Left));
    let columns = widths.into_iter().zip(aligns).map(|(width, align)| {
        let place = Column { x, width };
        x += width;
        (place, align)
    });
    columns.collect()
}

/// A row as one strip, or as several if it is higher than a page can hold.
fn set_row(setter: &Setter, row: &SetRow, grid: &Grid, table: Column, depth: f32) -> Vec<Strip> {
    let theme = setter.theme;
    let (cells, style, shaded): (Vec<(&SetCell, Column, Align)>, Style, bool) = match row {
        SetRow::Band(cell) => (vec![(cell, table, Align::Left)], theme.cell.bold(), true),
        SetRow::Head(cells) => (in_columns(cells, grid), theme.cell.bold(), true),
        SetRow::Cells(cells) => (in_columns(cells, grid), theme.cell, false),
    };
    let padding = theme.cell_padding;
    let inner = |column: Column| {
        let side = padding.0.min(column.width / 4.0);
        Column { x: column.x + side, width: column.width - 2.0 * side }
    };
    let broken: Vec<Vec<&[_]>> = cells
        .iter()
        .map(|(cell, column, _)| {
            let lines = cell.lines.iter();
            lines
                .flat_map(|line| {
                    break_lines(line, inner(*column).width).into_iter().map(move |stretch| &line[stretch])
                })
                .collect()
        })
        .collect();
    let line_height = style.line_height();
    let most = (((depth - 2.0 * padding.1) / line_height) as usize).max(1);
    let count = broken.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..count)
        .step_by(most)
        .map(|from| {
            let lines = most.min(count - from);
            let height = lines as f32 * line_height + 2.0 * padding.1;
            let mut frames = Vec::new();
            if shaded {
                frames.push(shade(theme, table, height));
            }
            frames.extend(lines_around(theme, &cells, table, height));
            for ((cell, column, align), broken) in cells.iter().zip(&broken) {
                let owner = Owner::Part(cell.part, Piece::Body);
                for (i, line) in broken.iter().skip(from).take(lines).enumerate() {
                    let y = padding.1 + i as f32 * line_height;
                    frames.extend(line_frames(setter, line, &style, *align, inner(*column), y, owner));
                }
            }
            Strip { height, frames, ..Strip::default() }
        })
        .collect()
}

fn in_columns<'a>(cells: &'a [SetCell], grid: &Grid) -> Vec<(&'a SetCell, Column, Align)> {
    cells.iter().zip(grid).map(|(cell, (column, align))| (cell, *column, *align)).collect()
}

fn shade(theme: &Theme, table: Column, height: f32) -> Frame {
    let drawn = Drawn::Shade { width: table.width, height, ink: theme.shade };
    Frame { x: table.x, y: 0.0, owner: Owner::Artifact(Artifact::Shade), drawn }
}

/// The rules above, below and beside the cells of a row.
fn lines_around(
    theme: &Theme,
    cells: &[(&SetCell, Column, Align)],
    table: Column,
    height: f32,
) -> Vec<Frame> {
    let lefts = cells.iter().map(|(_, column, _)| column.x);
    let sides = lefts.chain([table.x + table.width]).map(|x| Frame {
        x,
        y: 0.0,
        owner: Owner::Artifact(Artifact::Rule),
        drawn: Drawn::Rule { across: 0.0, down: height, weight: theme.rule_weight, ink: theme.rule_ink },
    });
    [rule(theme, table, 0.0), rule(theme, table, height)].into_iter().chain(sides).collect()
}

/// A head for the pages after its first, where it is no part of the text.
fn repeated(head: &Strip) -> Strip {
    let mut head = head.clone();
    for frame in &mut head.frames {
        if let Owner::Part(..) = frame.owner {
            frame.owner = Owner::Artifact(Artifact::RepeatedHead);
        }
    }
    head
}
