//! A list -> strips.
//!
//! In: items, their markers. Out: strips: items one below the other, each beside its marker, or side by
//! side in two columns. Not here: what an item holds.

use super::blocks::{Place, beside, blocks};
use super::galley::{Column, Strip};
use super::lines::width;
use super::page::Frame;
use super::text::{Glyphs, Setter};
use crate::document::{List, Markers, Role};

/// A list as strips.
pub fn strips(setter: &mut Setter, list: &List, role: Option<Role>, place: Place) -> Vec<Strip> {
    match role {
        Some(Role::Columns) => columns(setter, list, place),
        Some(Role::Leaders) if list.markers == Markers::Bullets => {
            one_below_the_other(setter, list, &[], place)
        }
        _ => {
            let labels = labels(setter, list, place);
            one_below_the_other(setter, list, &labels, place)
        }
    }
}

fn labels(setter: &mut Setter, list: &List, place: Place) -> Vec<Glyphs> {
    let bullet = ["•", "◦", "▪"][place.bullets % 3];
    let items = (0u64..).zip(&list.items);
    items
        .map(|(i, item)| {
            let label = list.markers.label(i).unwrap_or_else(|| bullet.to_owned());
            setter.set_plain(&label, &place.text, Some(item.id))
        })
        .collect()
}

fn one_below_the_other(setter: &mut Setter, list: &List, labels: &[Glyphs], place: Place) -> Vec<Strip> {
    let theme = setter.theme;
    let widest = labels.iter().map(|label| width(label)).reduce(f32::max);
    let hang = widest.map_or(0.0, |widest| theme.indent.max(widest + theme.label_gap / 2.0));
    let bullets = place.bullets + usize::from(list.markers == Markers::Bullets);
    let inner = Place { in_item: true, bullets, ..place.indented(hang, theme) };
    let mut galley = Vec::new();
    for (at, item) in list.items.iter().enumerate() {
        let mut strips = blocks(setter, &item.blocks, inner);
        if let Some(label) = labels.get(at) {
            strips = beside(setter, label, &place.text, place.column, item.id, strips);
        }
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = theme.item_gap;
        }
        galley.extend(strips);
    }
    galley
}

/// Items in two columns, in rows of two; a row that no page can hold stands in one column.
fn columns(setter: &mut Setter, list: &List, place: Place) -> Vec<Strip> {
    let theme = setter.theme;
    let width = (place.column.width - theme.column_gap) / 2.0;
    if width < theme.narrowest {
        return one_below_the_other(setter, list, &[], place);
    }
    let sides = [0.0, width + theme.column_gap];
    let mut galley: Vec<Strip> = Vec::new();
    for items in list.items.chunks(2) {
        let mut row: Vec<Vec<Strip>> = Vec::new();
        for (item, side) in items.iter().zip(sides) {
            let column = Column { x: place.column.x + side, width };
            row.push(blocks(setter, &item.blocks, Place { column, in_item: true, ..place }));
        }
        let mut strips = match side_by_side(&row) {
            joined if joined.height <= setter.depth => vec![joined],
            _ => row.into_iter().flatten().collect(),
        };
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = theme.paragraph_gap;
        }
        galley.extend(strips);
    }
    galley
}

/// Columns of strips as one strip, read column by column.
fn side_by_side(columns: &[Vec<Strip>]) -> Strip {
    let mut joined = Strip::default();
    for column in columns {
        let mut y = 0.0;
        for (at, strip) in column.iter().enumerate() {
            y += if at == 0 { 0.0 } else { strip.before };
            joined.frames.extend(strip.frames.iter().map(|frame| Frame { y: frame.y + y, ..frame.clone() }));
            y += strip.height;
        }
        joined.height = joined.height.max(y);
    }
    joined
}
