//! Tables as Markdown can have them.
//!
//! In: cells with what they hold, how many columns and rows each takes. Out: a table of rows without merged cells; or
//! plain blocks, if it only set out a page. Not here: bars and dashes.

use super::{
    block::{Block, List, Marker, Table},
    counts::Counts,
    nest, source,
    text::{self, Look, Mark, Sign, Text},
    tree::{Id, Tree},
};

/// A cell as it was copied.
pub(super) struct Cell {
    blocks: Vec<Block>,
    columns: usize,
    rows: usize,
}

/// No cell takes more columns or rows than this, and no table has more columns.
const MOST: usize = 1000;
/// No table has more cells than this beside those that it says.
const MOST_ADDED: usize = 100_000;

impl Cell {
    pub fn new(tree: &Tree, id: Id, blocks: Vec<Block>) -> Cell {
        let span = |name| tree.attribute(id, name).and_then(|span| span.trim().parse().ok()).unwrap_or(1);
        Cell { blocks, columns: span("colspan").clamp(1, MOST), rows: span("rowspan").clamp(1, MOST) }
    }
}

/// A table's blocks.
pub(super) fn blocks(
    rows: Vec<Vec<Cell>>,
    caption: Vec<Block>,
    is_layout: bool,
    counts: &mut Counts,
) -> Vec<Block> {
    let is_nested = |cell: &Cell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_one = rows.len() <= 1 && widest <= 1;
    if is_layout || is_one || widest > MOST || rows.iter().flatten().any(is_nested) {
        return caption.into_iter().chain(rows.into_iter().flatten().flat_map(|cell| cell.blocks)).collect();
    }
    let mut table =
        Table { caption: Some(joined(caption)).filter(|text| !text.is_empty()), rows: Vec::new() };
    let mut grid = Grid { taken: vec![0; widest], added: 0 };
    let last = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        let is_band = row.len() == 1 && row[0].columns > 1 && widest > 1;
        let merges = |cell: &Cell| cell.columns > 1 && !is_band || cell.rows > 1 && at + 1 < last;
        counts.merged += row.iter().filter(|cell| merges(cell)).count();
        let mut texts = grid.row(row);
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
        [] => table.caption.into_iter().map(Block::paragraph).collect(),
        // Nothing is beside it.
        [row] if row.len() == 1 => {
            let text = std::mem::take(&mut row[0]);
            table.caption.into_iter().chain([text]).map(Block::paragraph).collect()
        }
        _ => vec![Block::Table(table)],
    }
}

/// Where cells of earlier rows reach into later ones.
struct Grid {
    /// How many rows more a cell takes of each column.
    taken: Vec<usize>,
    /// How many empty cells stand for merged ones.
    added: usize,
}

impl Grid {
    /// The texts of a row: what merged cells take is empty.
    fn row(&mut self, row: Vec<Cell>) -> Vec<Text> {
        let widest = self.taken.len();
        let mut texts: Vec<Text> = Vec::new();
        let mut behind = row.len();
        for cell in row {
            behind -= 1;
            while texts.len() + behind + 1 < widest && self.taken[texts.len()] > 0 {
                self.skip(&mut texts);
            }
            let column = texts.len();
            let room = widest.saturating_sub(column + behind).max(1);
            let columns = if self.added < MOST_ADDED { cell.columns.min(room) } else { 1 };
            let end = (column + columns).min(widest);
            self.taken[column.min(end)..end].fill(cell.rows - 1);
            texts.push(joined(cell.blocks));
            texts.resize(column + columns, Text::new());
            self.added += columns - 1;
        }
        let last = self.taken.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
        while texts.len() < last {
            self.skip(&mut texts);
        }
        texts
    }

    /// Leaves a column empty.
    fn skip(&mut self, texts: &mut Vec<Text>) {
        let taken = &mut self.taken[texts.len()];
        *taken = taken.saturating_sub(1);
        texts.push(Text::new());
        self.added += 1;
        if self.added > MOST_ADDED {
            self.taken.fill(0);
        }
    }
}

/// Takes columns away at the right that are empty in all rows.
pub(super) fn drop_empty_columns(rows: &mut [Vec<Text>]) {
    let used = |row: &Vec<Text>| row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(used).max().unwrap_or_default();
    rows.iter_mut().for_each(|row| row.truncate(width));
}

/// What a cell holds, as one text with line ends.
pub(super) fn joined(blocks: Vec<Block>) -> Text {
    let mut out = Text::new();
    lines(nest::gather(blocks), &mut out);
    out
}

fn lines(blocks: Vec<Block>, out: &mut Text) {
    for block in blocks {
        match block {
            Block::Heading(_, mut text) => {
                text.iter_mut().for_each(|sign| sign.look.bold = true);
                line(text, out);
            }
            Block::Paragraph(paragraph) => line(paragraph.text, out),
            Block::Item(item) => {
                let marker = match item.marker {
                    Marker::Bullet => "•".to_owned(),
                    Marker::Printed(marker) => marker,
                };
                marked(&marker, item.blocks, out);
            }
            Block::List(List { numbering, items }) => {
                for item in items {
                    let marker = match numbering {
                        super::block::Numbering::Bullets => "•".to_owned(),
                        super::block::Numbering::Numbers => format!("{}.", item.number),
                        super::block::Numbering::Letters => source::letter(item.number),
                    };
                    marked(&marker, item.blocks, out);
                }
            }
            Block::Table(table) => table
                .caption
                .into_iter()
                .chain(table.rows.into_iter().flatten())
                .for_each(|text| line(text, out)),
            Block::Quote(blocks) => lines(blocks, out),
            Block::Rule => {}
        }
    }
}

fn marked(marker: &str, blocks: Vec<Block>, out: &mut Text) {
    let mut inner = Text::new();
    lines(blocks, &mut inner);
    let mut text = text::plain(&format!("{marker} "));
    text.extend(inner);
    line(text, out);
}

fn line(text: Text, out: &mut Text) {
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push(Sign { mark: Mark::Break, look: Look::default() });
    }
    out.extend(text);
}
