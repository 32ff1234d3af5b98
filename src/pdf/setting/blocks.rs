//! Blocks -> strips.
//!
//! In: the document's blocks. Out: the galley, with the spaces between blocks. Not here: lists, tables
//! and the letterhead, which have files of their own; pages.

use std::ops::Range;

use super::frame::{Owner, PartPiece};
use super::galley::{Column, Heading, Strip, beside, rule, strips, upright};
use super::place::BlockPlace;
use super::setter::Setter;
use super::{letterhead, list, table};
use crate::document::{Align, Block, BlockKind, Definition, Inline, ListItem, PartId, Role, plain};
use crate::pdf::glyphs::{Glyphs, width};
use crate::pdf::theme::{TextStyle, Theme};

/// Blocks one below the other.
pub fn blocks(setter: &mut Setter, blocks: &[Block], place: BlockPlace) -> Vec<Strip> {
    some(setter, blocks, 0..blocks.len(), place)
}

/// Some of the blocks that stand one below the other, spaced as if all of them were set.
pub fn some(setter: &mut Setter, blocks: &[Block], range: Range<usize>, place: BlockPlace) -> Vec<Strip> {
    let mut galley = Vec::new();
    let mut above = range.start.checked_sub(1).map(|before| &blocks[before]);
    for at in range {
        let block = &blocks[at];
        let mut strips = one(setter, block, place);
        if let Some(first) = strips.first_mut() {
            first.before = gap(setter.theme, above, block, place);
            first.new_page |= block.new_page;
            // A block that draws nothing leaves no gap.
            above = Some(block);
        }
        let below = &blocks[at + 1..];
        if let Some(last) = strips.last_mut().filter(|_| !below.is_empty()) {
            last.keep |= announces(block) || is_signed(below);
        }
        if is_signed(&blocks[at..]) {
            let count = strips.len();
            strips.iter_mut().take(count.saturating_sub(1)).for_each(|strip| strip.keep = true);
        }
        galley.extend(strips);
    }
    galley
}

/// A paragraph that ends in a colon stands on the page of what it announces.
fn announces(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(text) if plain(text).trim_end().ends_with(':'))
}

/// A place to sign stands on the page of what is signed, below its heading if it has one.
fn is_signed(below: &[Block]) -> bool {
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
    let signs = |inline: &Inline| matches!(inline, Inline::Blank(blank) if blank.is_signature());
    match below.iter().find(|block| !is_heading(block)).map(|block| &block.kind) {
        Some(BlockKind::Paragraph(text)) => text.iter().any(signs),
        _ => false,
    }
}

/// The space between two blocks: the vertical rhythm of the page.
fn gap(theme: &Theme, above: Option<&Block>, block: &Block, place: BlockPlace) -> f32 {
    let Some(above) = above else { return 0.0 };
    match (&above.kind, &block.kind) {
        _ if block.role == Some(Role::Subtitle) => theme.item_gap,
        _ if above.role == Some(Role::Letterhead) => theme.letterhead.after,
        (_, BlockKind::Heading { .. }) => theme.heading_gap,
        (BlockKind::Heading { level: 1, .. }, _) => theme.heading_gap,
        _ if matches!(above.role, Some(Role::Title | Role::Subtitle)) => theme.heading_gap,
        (BlockKind::Heading { .. }, _) => theme.heading_after,
        (BlockKind::Definitions(_) | BlockKind::Table(_), _) => theme.heading_gap,
        (BlockKind::Paragraph(_), BlockKind::List(_)) if place.in_item => theme.item_gap,
        _ => theme.paragraph_gap,
    }
}

fn one(setter: &mut Setter, block: &Block, place: BlockPlace) -> Vec<Strip> {
    let theme = setter.theme;
    let column = place.column;
    match &block.kind {
        BlockKind::Heading { level, text } => heading(setter, block, *level, text, column),
        BlockKind::Paragraph(text) => match block.role {
            Some(Role::Letterhead) => letterhead::strips(setter, block.id, text, column),
            Some(Role::Subtitle) => paragraph(setter, text, &theme.subtitle, Align::Center, column, block.id),
            _ => paragraph(setter, text, &place.text, Align::Left, column, block.id),
        },
        BlockKind::List(list) => {
            let layout = list::layout(setter, list, block.role, place);
            let items = list.items.iter().enumerate();
            let bodies = items.map(|(at, item)| match list.tick_of(item).filter(|_| layout.has_labels()) {
                Some(_) => blocks(setter, &item.without_first(), layout.place(at)),
                None => blocks(setter, &item.blocks, layout.place(at)),
            });
            let bodies = bodies.collect::<Vec<_>>();
            list::strips(setter, list, &layout, place, bodies)
        }
        BlockKind::Definitions(entries) => definitions(setter, entries, place),
        BlockKind::Table(table) => table::strips(setter, table, column),
        BlockKind::Quote(inner) => {
            let mut strips = blocks(setter, inner, place.indented(theme.indent, theme));
            let x = column.x + theme.indent / 2.0;
            for at in 0..strips.len() {
                // The line at the left goes on through the gaps between what is quoted.
                let gap = strips.get(at + 1).map_or(0.0, |next| next.before);
                let strip = &mut strips[at];
                strip.frames.push(upright(theme, x, strip.height + gap));
            }
            strips
        }
        BlockKind::Code(text) => {
            let owner = Owner::Part(block.id, PartPiece::Body);
            let text = text.replace('\t', "    ");
            // As in other text, a space at its end keeps a line's words from the next line's.
            let lines = text.trim_end_matches('\n').split_inclusive('\n');
            let lines: Vec<Glyphs> =
                lines.map(|line| setter.set_plain(line, &theme.code, Some(block.id))).collect();
            let column = column.indented(theme.indent, theme);
            strips(setter, &lines, &theme.code, Align::Left, column, owner)
        }
        BlockKind::Rule => {
            vec![Strip {
                height: theme.rule_weight,
                frames: vec![rule(theme, column, 0.0)],
                ..Strip::default()
            }]
        }
    }
}

fn paragraph(
    setter: &mut Setter,
    text: &[Inline],
    style: &TextStyle,
    align: Align,
    column: Column,
    part: PartId,
) -> Vec<Strip> {
    let lines = setter.set(text, style, Some(part));
    strips(setter, &lines, style, align, column, Owner::Part(part, PartPiece::Body))
}

/// A heading stands on the page of what it heads.
fn heading(setter: &mut Setter, block: &Block, level: u8, text: &[Inline], column: Column) -> Vec<Strip> {
    let theme = setter.theme;
    let (style, align) = match (block.role, level) {
        (Some(Role::Title), _) => (&theme.title, Align::Center),
        (_, 0 | 1) => (&theme.number_line, Align::Center),
        (_, 2) => (&theme.headings[0], Align::Left),
        _ => (&theme.headings[1], Align::Left),
    };
    let mut strips = paragraph(setter, text, style, align, column, block.id);
    strips.iter_mut().for_each(|strip| strip.keep = true);
    if let Some(first) = strips.first_mut() {
        first.heading = Some(Heading { level: level.clamp(1, 6), text: plain(text), part: block.id });
    }
    strips
}

/// TO, FROM, RE: labels in a hanging column.
fn definitions(setter: &mut Setter, entries: &[Definition], place: BlockPlace) -> Vec<Strip> {
    let theme = setter.theme;
    let style = place.text.bold();
    let terms: Vec<Vec<Glyphs>> =
        entries.iter().map(|entry| setter.set(&entry.term, &style, Some(entry.id))).collect();
    let most = place.column.width / 3.0;
    // A label of several lines, or one that is too long, stands above what it labels.
    let label = |lines: &[Glyphs]| match lines {
        [line] if width(line) + theme.label_gap <= most => Some(line.clone()),
        _ => None,
    };
    let widths = terms.iter().filter_map(|lines| label(lines)).map(|line| width(&line) + theme.label_gap);
    let hang = widths.fold(theme.label_width, f32::max);
    let mut galley = Vec::new();
    for (entry, term) in entries.iter().zip(&terms) {
        let body = details(setter, &entry.details, place.indented(hang, theme));
        let mut strips = match label(term) {
            Some(line) => beside(setter, &line, &style, place.column, entry.id, body),
            None => {
                let owner = Owner::Part(entry.id, PartPiece::Label);
                let mut above = strips(setter, term, &style, Align::Left, place.column, owner);
                above.iter_mut().for_each(|strip| strip.keep = !body.is_empty());
                above.extend(body);
                above
            }
        };
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = theme.definition_gap;
        }
        galley.extend(strips);
    }
    galley
}

fn details(setter: &mut Setter, details: &[ListItem], place: BlockPlace) -> Vec<Strip> {
    let mut galley = Vec::new();
    for detail in details {
        let mut strips = blocks(setter, &detail.blocks, place);
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = setter.theme.item_gap;
        }
        galley.extend(strips);
    }
    galley
}
