//! A list -> strips.
//!
//! In: items whose blocks are set, their markers. Out: where the blocks of each item are to be set; strips: items one
//! below the other, each beside its marker, or side by side in two columns. Not here: what an item holds.

use super::frame::Frame;
use super::galley::{Column, Strip, beside};
use super::place::BlockPlace;
use super::setter::Setter;
use crate::document::{List, Markers, Role};
use crate::pdf::glyphs::{Glyphs, width};

/// How the items of a list stand.
pub enum Layout {
    /// One below the other, each beside its marker, if it has one.
    Column { labels: Vec<Glyphs>, inner: BlockPlace },
    /// In rows of two.
    Pairs([BlockPlace; 2]),
}

impl Layout {
    /// Whether its items have markers.
    pub fn has_labels(&self) -> bool {
        matches!(self, Layout::Column { labels, .. } if !labels.is_empty())
    }

    /// Where the blocks of an item stand, counted from 0.
    pub fn place(&self, item: usize) -> BlockPlace {
        match self {
            Layout::Column { inner, .. } => *inner,
            Layout::Pairs(sides) => sides[item % 2],
        }
    }
}

/// How a list is to stand in a place.
pub fn layout(setter: &mut Setter, list: &List, role: Option<Role>, place: BlockPlace) -> Layout {
    match role {
        Some(Role::Columns) => {
            pairs(setter, place).unwrap_or_else(|| column(setter, list, Vec::new(), place))
        }
        Some(Role::Leaders) if list.markers == Markers::Bullets => column(setter, list, Vec::new(), place),
        _ => {
            let labels = labels(setter, list, place);
            column(setter, list, labels, place)
        }
    }
}

fn labels(setter: &mut Setter, list: &List, place: BlockPlace) -> Vec<Glyphs> {
    let bullet = ["•", "◦", "▪"][place.bullets % 3];
    let items = list.items.iter();
    items
        .map(|item| {
            if let Some(tick) = list.tick_of(item) {
                return setter.set(std::slice::from_ref(tick), &place.text, Some(item.id)).swap_remove(0);
            }
            let label = item.number.and_then(|number| list.markers.label(number));
            let label = label.unwrap_or_else(|| bullet.to_owned());
            setter.set_plain(&label, &place.text, Some(item.id))
        })
        .collect()
}

fn column(setter: &Setter, list: &List, labels: Vec<Glyphs>, place: BlockPlace) -> Layout {
    let theme = setter.theme;
    // The widest marker says how far all items stand in, so that their texts begin below each other.
    let widest = labels.iter().map(|label| width(label)).reduce(f32::max);
    let hang = widest.map_or(0.0, |widest| theme.indent.max(widest + theme.label_gap / 2.0));
    let bullets = place.bullets + usize::from(list.markers == Markers::Bullets);
    Layout::Column { labels, inner: BlockPlace { in_item: true, bullets, ..place.indented(hang, theme) } }
}

/// None if two columns would be too narrow.
fn pairs(setter: &Setter, place: BlockPlace) -> Option<Layout> {
    let theme = setter.theme;
    let width = (place.column.width - theme.column_gap) / 2.0;
    let side = |from: f32| {
        let column = Column { x: place.column.x + from, width };
        BlockPlace { column, in_item: true, ..place }
    };
    (width >= theme.narrowest).then(|| Layout::Pairs([0.0, width + theme.column_gap].map(side)))
}

/// A list as strips. `bodies` are the blocks of each item, set where the layout says.
pub fn strips(
    setter: &Setter,
    list: &List,
    layout: &Layout,
    place: BlockPlace,
    bodies: Vec<Vec<Strip>>,
) -> Vec<Strip> {
    let theme = setter.theme;
    let (items, gap): (Vec<Vec<Strip>>, f32) = match layout {
        Layout::Column { labels, .. } => {
            let labelled = bodies.into_iter().zip(&list.items).enumerate().map(|(at, (body, item))| {
                match labels.get(at) {
                    Some(label) => beside(setter, label, &place.text, place.column, item.id, body),
                    None => body,
                }
            });
            (labelled.collect(), theme.item_gap)
        }
        Layout::Pairs(_) => {
            let mut bodies = bodies.into_iter();
            let rows = std::iter::from_fn(|| {
                let row: Vec<_> = bodies.by_ref().take(2).collect();
                (!row.is_empty()).then(|| pair(row, setter.depth))
            });
            (rows.collect(), theme.paragraph_gap)
        }
    };
    let mut galley: Vec<Strip> = Vec::new();
    for mut strips in items {
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = gap;
        }
        galley.extend(strips);
    }
    galley
}

/// Two items side by side; one below the other if no page can hold that, for a strip is never cut.
fn pair(row: Vec<Vec<Strip>>, depth: f32) -> Vec<Strip> {
    match side_by_side(&row) {
        joined if joined.height <= depth => vec![joined],
        _ => row.into_iter().flatten().collect(),
    }
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
