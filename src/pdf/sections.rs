//! The document's blocks -> the galley, section by section.
//!
//! In: blocks. Out: strips. A section with a table that is too wide for the page is set again on pages
//! that lie on their side. A section is what a heading heads, or what begins a page; what stands above
//! the first is the memo itself, of which only the table is turned. Not here: how a block is set.

use std::ops::Range;

use super::blocks::{self, Place};
use super::galley::{Column, Strip};
use super::page::Sheet;
use super::text::Setter;
use crate::document::{Block, Kind};

/// The galley of a document. `top` is where the text begins on a page after the first.
pub fn set(setter: &mut Setter, blocks: &[Block], top: f32) -> Vec<Strip> {
    let mut galley: Vec<Strip> = Vec::new();
    let mut start = 0;
    while start < blocks.len() {
        let end = end_of(blocks, start);
        let mut strips = on(setter, Sheet::Upright, blocks, start..end, top);
        if !setter.too_wide.is_empty() {
            setter.too_wide.clear();
            strips = on(setter, Sheet::Turned, blocks, start..end, top);
            strips.iter_mut().for_each(|strip| strip.sheet = Sheet::Turned);
            setter.faults.append(&mut setter.too_wide);
        }
        galley.extend(strips);
        start = end;
    }
    galley
}

/// Where a section ends that begins at a block.
fn end_of(blocks: &[Block], start: usize) -> usize {
    let begins = |block: &Block| block.new_page || matches!(block.kind, Kind::Heading { level: 2.., .. });
    let is_table = |block: &Block| matches!(block.kind, Kind::Table(_));
    let in_section = blocks[..=start].iter().any(begins);
    let next = blocks[start + 1..].iter().position(|block| {
        // Title and subtitle of an attachment are one heading, whichever of them begins the page.
        begins(block) || !in_section && (is_table(block) || is_table(&blocks[start]))
    });
    next.map_or(blocks.len(), |next| start + 1 + next)
}

fn on(setter: &mut Setter, sheet: Sheet, blocks: &[Block], range: Range<usize>, top: f32) -> Vec<Strip> {
    let theme = setter.theme;
    setter.sheet = sheet;
    setter.depth = theme.bottom(sheet) - top;
    let column = Column { x: theme.margin, width: theme.text_width(sheet) };
    blocks::some(setter, blocks, range, Place::page(column, theme.body))
}
