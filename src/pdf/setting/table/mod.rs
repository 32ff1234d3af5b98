//! A table -> strips: one a row.
//!
//! In: rows of cells. Out: strips with grid and shade, each body row with the head that stands
//! above it if it begins a page. A row that is higher than a page is cut between lines. Not here:
//! how wide the columns are, see `columns`.

mod align;
mod columns;
mod rows;

use std::rc::Rc;

use super::fills;
use super::frame::{Drawing, Frame, GlyphLine, Owner, PageArtifact, PartPiece};
use super::galley::{Column, Strip, broken, line_frames, rule, strips as strips_of, upright};
use super::setter::Setter;
use crate::document::{Align, Table, plain};
use crate::pdf::theme::Theme;
use crate::pdf::unprintable::Unprintable;
use columns::{widths, without_room};
use rows::{SetCell, SetRow};

/// A table's columns, each with how it is set.
type SetColumns = Vec<(Column, Align)>;

/// The table's rows as strips.
pub fn strips(setter: &mut Setter, table: &Table, column: Column) -> Vec<Strip> {
    let mut rows = rows::shape(setter, table);
    align::align(&mut rows, table);
    if let Some(at) = without_room(setter.theme, &rows, column.width, setter.sheet) {
        let cell = table.head.get(at);
        let name = cell.map(|cell| plain(&cell.text).trim().to_owned()).filter(|name| !name.is_empty());
        setter.too_wide.extend(cell.map(|cell| Unprintable::TooWide {
            column: name.unwrap_or_else(|| (at + 1).to_string()),
            part: cell.id,
        }));
    }
    let grid = grid(setter.theme, table, &rows, column);
    if let Some(first) = table.head.first() {
        setter.widths.insert(first.id, grid.iter().map(|(column, _)| column.width).collect());
    }
    let mut galley = caption(setter, table, column);
    let above = galley.len();
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
    if let Some(first) = galley.get_mut(above).filter(|_| above > 0) {
        first.before = setter.theme.caption_gap;
    }
    if let Some(last) = galley.last_mut() {
        // A band without rows must not hold on to what follows the table.
        last.keep = false;
    }
    galley
}

/// The caption stands on the page of the table's first rows.
fn caption(setter: &mut Setter, table: &Table, column: Column) -> Vec<Strip> {
    let Some(caption) = &table.caption else { return Vec::new() };
    let style = setter.theme.caption;
    let lines = setter.set(&caption.text, &style, Some(caption.id));
    let owner = Owner::Part(caption.id, PartPiece::Body);
    let mut galley = strips_of(setter, &lines, &style, Align::Left, column, owner);
    galley.iter_mut().for_each(|strip| strip.keep = true);
    galley
}

fn grid(theme: &Theme, table: &Table, rows: &[SetRow], column: Column) -> SetColumns {
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

/// A cell in its place, broken into lines.
struct BrokenCell {
    owner: Owner,
    /// Where its text stands.
    column: Column,
    align: Align,
    lines: Vec<GlyphLine>,
    /// Which line of the author's each is.
    authors: Vec<usize>,
}

impl BrokenCell {
    fn new(theme: &Theme, cell: &SetCell, (column, align): (Column, Align)) -> Self {
        // However narrow a column is, half of it is left to its text.
        let padding = theme.cell_padding.0.min(column.width / 4.0);
        let width = column.width - 2.0 * padding;
        let indent = cell.indent.min(width / 2.0);
        let column = Column { x: column.x + padding + indent, width: width - indent };
        let lines = cell.lines.iter().enumerate();
        let (authors, lines) =
            lines.flat_map(|(at, line)| broken(line, column.width).map(move |line| (at, line))).unzip();
        BrokenCell { owner: Owner::Part(cell.part, PartPiece::Body), column, align, lines, authors }
    }
}

/// How many lines of a row that no page can hold stay together.
const PIECE: usize = 3;

/// A row as one strip, or as several if it is higher than a page can hold.
fn set_row(setter: &Setter, row: &SetRow, grid: &SetColumns, table: Column, depth: f32) -> Vec<Strip> {
    let theme = setter.theme;
    let band: &SetColumns = &vec![(table, Align::Left)];
    let (cells, grid, style, shaded) = match row {
        SetRow::Head(cells) => (cells.as_slice(), grid, theme.cell.bold(), true),
        SetRow::Cells(cells) => (cells.as_slice(), grid, theme.cell, false),
        SetRow::Band(cell) => (std::slice::from_ref(cell), band, theme.cell.bold(), true),
    };
    let edges = || grid.iter().map(|(column, _)| column.x).chain([table.x + table.width]);
    let cells: Vec<BrokenCell> =
        cells.iter().zip(grid).map(|(cell, &place)| BrokenCell::new(theme, cell, place)).collect();
    let lines = cells.iter().flat_map(|cell| &cell.lines);
    let room = lines.map(|line| fills::room(line, theme)).fold(0.0, f32::max);
    let (line_height, padding) = (style.line_height() + room, theme.cell_padding.1);
    let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
    // A row that no page can hold is cut into pieces that fill what is left of a page.
    let whole = count as f32 * line_height + 2.0 * padding <= depth;
    let most = if whole { count.max(1) } else { PIECE };
    let strip = |from: usize| {
        let lines = most.min(count - from);
        let (first, last) = (from == 0, from + lines == count);
        let above = if first { padding } else { 0.0 };
        let height = above + lines as f32 * line_height + if last { padding } else { 0.0 };
        let mut frames = Vec::new();
        if shaded {
            // Before the text, which is drawn upon it.
            frames.push(shade(theme, table, height));
        }
        frames.extend(first.then(|| rule(theme, table, 0.0)));
        frames.extend(last.then(|| rule(theme, table, height)));
        frames.extend(edges().map(|x| upright(theme, x, height)));
        for cell in &cells {
            let shown = cell.lines.iter().zip(&cell.authors).skip(from).take(lines);
            for (i, (line, author)) in shown.enumerate() {
                let y = above + room + i as f32 * line_height;
                let (align, column) = (cell.align, cell.column);
                frames.extend(line_frames(
                    setter,
                    line.clone(),
                    &style,
                    align,
                    column,
                    y,
                    cell.owner.line(*author),
                ));
            }
        }
        Strip { height, frames, ..Strip::default() }
    };
    (0..count.max(1)).step_by(most).map(strip).collect()
}

fn shade(theme: &Theme, table: Column, height: f32) -> Frame {
    let drawn = Drawing::Shade { width: table.width, height, ink: theme.shade };
    Frame { x: table.x, y: 0.0, owner: Owner::Artifact(PageArtifact::Shade), drawn }
}

/// A head for the pages after its first, where it is no part of the text.
fn repeated(head: &Strip) -> Strip {
    let mut head = head.clone();
    for frame in &mut head.frames {
        if let Owner::Part(..) = frame.owner {
            frame.owner = Owner::Artifact(PageArtifact::RepeatedHead);
        }
    }
    head
}
