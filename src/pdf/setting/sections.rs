//! The document's blocks -> the galley, section by section.
//!
//! In: blocks. Out: strips. A section with a table that is too wide for the page is set again on pages
//! that lie on their side. A section is what a heading heads, or what begins a page; what stands above
//! the first is the memo itself, of which only the block with the table is turned. Not here: how a block is set.

use std::ops::Range;

use super::blocks;
use super::galley::{Column, Strip};
use super::place::BlockPlace;
use super::setter::Setter;
use crate::document::{Block, BlockKind, ListItem};
use crate::pdf::theme::Orientation;

/// The galley of a document, and which of its blocks stand on pages that lie on their side. `top` is where the text begins on a
/// page after the first.
pub fn set(setter: &mut Setter, blocks: &[Block], top: f32) -> (Vec<Strip>, Vec<Range<usize>>) {
    let (mut galley, mut turned): (Vec<Strip>, Vec<Range<usize>>) = Default::default();
    for section in sections(blocks) {
        let mut strips = on(setter, Orientation::Upright, blocks, section.clone(), top);
        // Only setting a table shows that it is too wide; it is a fault if it does not fit on its side either.
        if !setter.too_wide.is_empty() {
            setter.too_wide.clear();
            strips = on(setter, Orientation::Turned, blocks, section.clone(), top);
            strips.iter_mut().for_each(|strip| strip.sheet = Orientation::Turned);
            setter.faults.append(&mut setter.too_wide);
            turned.push(section);
        }
        galley.extend(strips);
    }
    (galley, turned)
}

/// Where each section begins and ends.
fn sections(blocks: &[Block]) -> Vec<Range<usize>> {
    let begins =
        |block: &Block| block.new_page || matches!(block.kind, BlockKind::Heading { level: 2.., .. });
    let table = |at: usize| holds_table(&blocks[at]);
    let first = blocks.iter().position(begins).unwrap_or(blocks.len());
    let mut starts: Vec<usize> = (0..blocks.len())
        .filter(|&at| at == 0 || begins(&blocks[at]) || at < first && (table(at) || table(at - 1)))
        .collect();
    starts.push(blocks.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A table, or a list or quotation with one in it.
fn holds_table(block: &Block) -> bool {
    let any = |items: &[ListItem]| items.iter().flat_map(|item| &item.blocks).any(holds_table);
    match &block.kind {
        BlockKind::Table(_) => true,
        BlockKind::Quote(inner) => inner.iter().any(holds_table),
        BlockKind::List(list) => any(&list.items),
        BlockKind::Definitions(entries) => entries.iter().any(|entry| any(&entry.details)),
        BlockKind::Heading { .. } | BlockKind::Paragraph(_) | BlockKind::Code(_) | BlockKind::Rule => false,
    }
}

fn on(
    setter: &mut Setter,
    sheet: Orientation,
    blocks: &[Block],
    range: Range<usize>,
    top: f32,
) -> Vec<Strip> {
    let theme = setter.theme;
    setter.sheet = sheet;
    setter.depth = theme.bottom(sheet) - top;
    let column = Column { x: theme.margin, width: theme.text_width(sheet) };
    blocks::some(setter, blocks, range, BlockPlace::page(column, theme.body))
}
