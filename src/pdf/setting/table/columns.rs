//! How wide the columns of a table are.
//!
//! In: shaped cells and the width of all. Out: a width for each column. Not here: where the columns
//! stand.

use super::rows::{SetCell, SetRow};
use crate::pdf::glyphs::breaks::After;
use crate::pdf::glyphs::{Glyph, GlyphSpan, width};
use crate::pdf::setting::lines::longest;
use crate::pdf::theme::{Orientation, Theme};

/// Of a column's cells, how many should stand on one line: so many of ten.
const MOST: usize = 8;

/// How wide a column must be at least that cannot have more, in sizes: about seven letters.
const FEW_LETTERS: f32 = 3.75;

/// More than sums of widths are wrong by.
const TOLERANCE: f32 = 0.01;

/// What the cells of a column need.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Need {
    /// So that no word is broken anywhere.
    least: f32,
    /// So that words are broken only where they may be.
    words: f32,
    /// So that most cells stand on one line.
    most: f32,
    /// So that all do.
    all: f32,
    /// There are blanks among them, which are better the wider they are.
    blanks: bool,
}

/// The widths of the columns: together as wide as the table. No column is narrower than its longest
/// word if all can have that; those whose cells are mostly short have them on one line, and the
/// others share what is left by how much they hold.
pub fn widths(theme: &Theme, rows: &[SetRow], table: f32) -> Vec<f32> {
    let needs = needs(rows, 2.0 * theme.cell_padding.0);
    let words: Vec<f32> = needs.iter().map(|need| need.words).collect();
    if sum(&words) > table {
        // Too many columns, or too long words.
        let least: Vec<f32> = needs.iter().map(|need| need.least).collect();
        // Where not even pieces of words fit side by side, letters break, in all columns alike.
        return if sum(&least) > table { shared(&words, table) } else { grown(&least, &words, table) };
    }
    let typical = typical(&needs, table);
    let all: Vec<f32> = needs.iter().map(|need| need.all).collect();
    let widths = grown(&typical, &all, table);
    let spare = (table - sum(&widths)).max(0.0);
    // All that is left goes to the blanks, if there are any.
    let weights: Vec<f32> = match needs.iter().any(|need| need.blanks) {
        true => needs.iter().map(|need| if need.blanks { 1.0 } else { 0.0 }).collect(),
        false => widths.clone(),
    };
    // A table without columns has no weights to divide by.
    let all = sum(&weights).max(1.0);
    widths.iter().zip(weights).map(|(width, weight)| width + spare * weight / all).collect()
}

/// The first column that has no room beside those before it, if the table is too wide. On an upright sheet
/// a column is to hold its words, or a third of the table if a word is longer than that; on a sheet that
/// lies on its side, which is the last resort, a few letters are enough.
pub fn without_room(theme: &Theme, rows: &[SetRow], table: f32, sheet: Orientation) -> Option<usize> {
    let most = match sheet {
        Orientation::Upright => table / 3.0,
        Orientation::Turned => FEW_LETTERS * theme.cell.size + 2.0 * theme.cell_padding.0,
    };
    let mut left = table;
    needs(rows, 2.0 * theme.cell_padding.0).iter().position(|need| {
        left -= need.words.min(most);
        left < -TOLERANCE
    })
}

fn needs(rows: &[SetRow], padding: f32) -> Vec<Need> {
    let cells = rows.iter().filter_map(|row| match row {
        SetRow::Head(cells) | SetRow::Cells(cells) => Some(cells),
        SetRow::Band(_) => None,
    });
    let mut columns: Vec<Vec<&SetCell>> = Vec::new();
    for row in cells {
        columns.resize_with(columns.len().max(row.len()), Vec::new);
        columns.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
    }
    columns
        .iter()
        .map(|cells| {
            let widest = |cell: &SetCell, of: &dyn Fn(&[_]) -> f32| {
                cell.indent + cell.lines.iter().map(|line| of(line)).fold(0.0, f32::max)
            };
            let most =
                |of: &dyn Fn(&[_]) -> f32| cells.iter().map(|cell| widest(cell, of)).fold(0.0, f32::max);
            let mut natural: Vec<f32> = cells.iter().map(|cell| widest(cell, &width)).collect();
            natural.sort_by(f32::total_cmp);
            let all = natural.last().copied().unwrap_or(0.0);
            let words = most(&|line| longest(line, After::Figure));
            // One long cell among many short ones must not make its column wide.
            let typical = natural.get(natural.len() * MOST / 10).copied().unwrap_or(all);
            Need {
                least: most(&|line| longest(line, After::Joint)) + padding,
                words: words + padding,
                most: typical.max(words) + padding,
                all: all + padding,
                blanks: cells.iter().flat_map(|cell| &cell.lines).any(|line| has_blank(line)),
            }
        })
        .collect()
}

fn has_blank(line: &[Glyph]) -> bool {
    line.iter().any(|glyph| matches!(glyph.span, GlyphSpan::Blank(_)))
}

/// Each column has what most of its cells need, or, where that is more than its share, its share of
/// what the others leave. No more than the table together.
fn typical(needs: &[Need], table: f32) -> Vec<f32> {
    // Those that need little come first: what they leave goes to the others.
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by(|&a, &b| needs[a].most.total_cmp(&needs[b].most));
    let mut widths: Vec<f32> = needs.iter().map(|need| need.words).collect();
    let mut left = table - sum(&widths);
    let share = table / needs.len() as f32;
    for (done, &column) in order.iter().enumerate() {
        let wish = needs[column].most - needs[column].words;
        // A column that asks for no more than its share gets it before any that asks for more.
        let fair = if needs[column].most <= share { left } else { left / (needs.len() - done) as f32 };
        let grown = wish.min(fair);
        widths[column] += grown;
        left -= grown;
    }
    widths
}

/// Each has what it wishes, or, where that is more, an equal share of what the others leave.
fn shared(wishes: &[f32], table: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].total_cmp(&wishes[b]));
    let mut widths = vec![0.0; wishes.len()];
    let mut left = table;
    for (done, column) in order.into_iter().enumerate() {
        widths[column] = wishes[column].min(left / (wishes.len() - done) as f32);
        left -= widths[column];
    }
    widths
}

/// Widths that grow from some towards others, each by the same part of its way, to what the table
/// has room for.
fn grown(from: &[f32], towards: &[f32], table: f32) -> Vec<f32> {
    let way: f32 = sum(towards) - sum(from);
    let part = if way > 0.0 { ((table - sum(from)) / way).min(1.0) } else { 0.0 };
    from.iter().zip(towards).map(|(from, towards)| from + (towards - from) * part).collect()
}

fn sum(widths: &[f32]) -> f32 {
    widths.iter().sum()
}
