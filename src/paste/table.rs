//! Tables as Markdown can have them.
//!
//! In: cells with what they hold, how many columns and rows each takes. Out: a table of rows without merged cells; or
//! plain blocks, if it only set out a page. Not here: bars and dashes.

use std::ops::Range;

use super::{
    block::{CopiedBlock, CopiedList, CopiedTable, Marker},
    counts::Counts,
    nest, source,
    text::{self, Mark, Sign, SignLook, Signs},
    tree::{HtmlTree, NodeId},
};

/// A cell as it was copied.
pub(super) struct CopiedCell {
    blocks: Vec<CopiedBlock>,
    columns: usize,
    rows: usize,
}

/// No cell takes more columns or rows than this, and no row has more cells.
const MOST: usize = 1000;
/// No table has more empty cells than this between those that it says: beyond it, merged cells are read as single ones.
const MOST_ADDED: usize = 100_000;

impl CopiedCell {
    pub fn new(tree: &HtmlTree, id: NodeId, blocks: Vec<CopiedBlock>) -> CopiedCell {
        let span = |name| tree.attribute(id, name).and_then(|span| span.trim().parse().ok()).unwrap_or(1);
        CopiedCell::of(blocks, span("colspan"), span("rowspan"))
    }

    pub fn of(blocks: Vec<CopiedBlock>, columns: usize, rows: usize) -> CopiedCell {
        CopiedCell { blocks, columns: columns.clamp(1, MOST), rows: rows.clamp(1, MOST) }
    }
}

/// A table's blocks.
pub(super) fn blocks(
    rows: Vec<Vec<CopiedCell>>,
    caption: Vec<CopiedBlock>,
    is_layout: bool,
    counts: &mut Counts,
) -> Vec<CopiedBlock> {
    let is_nested =
        |cell: &CopiedCell| cell.blocks.iter().any(|block| matches!(block, CopiedBlock::Table(_)));
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_one = rows.len() <= 1 && widest <= 1;
    if is_layout || is_one || widest > MOST || rows.iter().flatten().any(is_nested) {
        return caption.into_iter().chain(rows.into_iter().flatten().flat_map(|cell| cell.blocks)).collect();
    }
    let mut table =
        CopiedTable { caption: Some(joined(caption)).filter(|text| !text.is_empty()), rows: Vec::new() };
    let places = places(&rows);
    let last = rows.len();
    for (at, (row, places)) in rows.into_iter().zip(places).enumerate() {
        let is_band = matches!(&places[..], [only] if only.start == 0 && only.len() > 1);
        let merged = row
            .iter()
            .zip(&places)
            .filter(|(cell, place)| place.len() > 1 && !is_band || cell.rows > 1 && at + 1 < last);
        counts.merged += merged.count();
        let mut texts: Vec<Signs> = Vec::with_capacity(row.len());
        for (cell, place) in row.into_iter().zip(places) {
            texts.resize(place.start, Signs::new());
            texts.push(joined(cell.blocks));
        }
        if is_band && at == 0 && table.caption.is_none() {
            table.caption = texts.into_iter().next().filter(|text| !text.is_empty());
            continue;
        }
        if is_band && let Some(title) = texts.first_mut() {
            title.iter_mut().for_each(|sign| sign.look.bold = true);
        }
        if texts.iter().any(|text| !text.is_empty()) {
            table.rows.push(texts);
        }
    }
    drop_empty_columns(&mut table.rows);
    match &mut table.rows[..] {
        [] => table.caption.into_iter().map(CopiedBlock::paragraph).collect(),
        // Nothing is beside it.
        [row] if row.len() == 1 => {
            let text = std::mem::take(&mut row[0]);
            table.caption.into_iter().chain([text]).map(CopiedBlock::paragraph).collect()
        }
        _ => vec![CopiedBlock::Table(table)],
    }
}

/// The columns that each cell takes, row by row. Columns in which no cell begins are none.
fn places(rows: &[Vec<CopiedCell>]) -> Vec<Vec<Range<usize>>> {
    // The row at which each column is free again.
    let mut free: Vec<usize> = Vec::new();
    let mut added = 0;
    let mut begins = vec![false; 2 * MOST + 1];
    let mut places: Vec<Vec<Range<usize>>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut placed: Vec<Range<usize>> = Vec::with_capacity(row.len());
        let mut column = 0;
        for cell in row {
            let is_free =
                |column: &usize| added > MOST_ADDED || free.get(*column).is_none_or(|row| *row <= at);
            while !is_free(&column) {
                column += 1;
            }
            let most = if added > MOST_ADDED { 1 } else { cell.columns };
            let beside = (column + 1..(column + most).min(MOST)).take_while(|column| is_free(column)).count();
            let end = column + 1 + beside;
            if cell.rows > 1 && column < MOST {
                free.resize(free.len().max(end), 0);
                free[column..end].fill(at + cell.rows);
            }
            begins[column] = true;
            placed.push(column..end);
            column = end;
        }
        added += placed.last().map_or(0, |last| last.start + 1 - placed.len());
        places.push(placed);
    }
    // How many columns stand before each.
    let before: Vec<usize> = std::iter::once(0)
        .chain(begins.iter().scan(0, |count, begins| {
            *count += usize::from(*begins);
            Some(*count)
        }))
        .collect();
    for place in places.iter_mut().flatten() {
        *place = before[place.start]..before[place.end];
    }
    places
}

/// Takes columns away at the right that are empty in all rows.
pub(super) fn drop_empty_columns(rows: &mut [Vec<Signs>]) {
    let used = |row: &Vec<Signs>| row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(used).max().unwrap_or_default();
    rows.iter_mut().for_each(|row| row.truncate(width));
}

/// What a cell holds, as one text with line ends.
pub(super) fn joined(blocks: Vec<CopiedBlock>) -> Signs {
    let mut out = Signs::new();
    lines(nest::gather(blocks), &mut out);
    out
}

fn lines(blocks: Vec<CopiedBlock>, out: &mut Signs) {
    for block in blocks {
        match block {
            CopiedBlock::Heading(_, mut text) => {
                text.iter_mut().for_each(|sign| sign.look.bold = true);
                line(text, out);
            }
            CopiedBlock::Paragraph(paragraph) => line(paragraph.text, out),
            CopiedBlock::Item(item) => {
                let marker = match item.marker {
                    Marker::Bullet => "•".to_owned(),
                    Marker::Printed(marker) => marker,
                };
                marked(&marker, item.blocks, out);
            }
            CopiedBlock::List(CopiedList { numbering, items }) => {
                for item in items {
                    let marker = match numbering {
                        super::block::Numbering::Bullets => "•".to_owned(),
                        super::block::Numbering::Numbers => format!("{}.", item.number),
                        super::block::Numbering::Letters => source::letter(item.number),
                    };
                    marked(&marker, item.blocks, out);
                }
            }
            CopiedBlock::Table(table) => table
                .caption
                .into_iter()
                .chain(table.rows.into_iter().flatten())
                .for_each(|text| line(text, out)),
            CopiedBlock::Quote(blocks) => lines(blocks, out),
            CopiedBlock::Rule => {}
        }
    }
}

fn marked(marker: &str, blocks: Vec<CopiedBlock>, out: &mut Signs) {
    let mut inner = Signs::new();
    lines(blocks, &mut inner);
    let mut text = text::plain(&format!("{marker} "));
    text.extend(inner);
    line(text, out);
}

fn line(text: Signs, out: &mut Signs) {
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push(Sign { mark: Mark::Break, look: SignLook::default() });
    }
    out.extend(text);
}
