//! The office's lines at the top of the first page, below its logo and over a rule.
//!
//! In: the letterhead's paragraph: who holds the office, the division, the address. Out: strips.
//! Not here: what those lines say, what the logo shows.

use std::sync::Arc;

use super::frame::{Drawing, Frame, Owner, PartPiece};
use super::galley::{Column, Strip, rule, strips as set_strips};
use super::setter::Setter;
use crate::document::{Align, Inline, PartId};
use crate::pdf::logo::LogoPicture;
use crate::pdf::theme::Theme;

/// The letterhead as strips that stay together.
pub fn strips(setter: &mut Setter, part: PartId, text: &[Inline], column: Column) -> Vec<Strip> {
    let theme = setter.theme;
    let form = &theme.letterhead;
    let lines: Vec<&[Inline]> = text.split_inclusive(|inline| *inline == Inline::Break).collect();
    let logo = setter.logos.get(&part);
    let mut galley: Vec<Strip> = logo.map(|logo| figure(logo, theme, part, column)).into_iter().collect();
    for (i, line) in lines.iter().enumerate() {
        let style = match i {
            0 => &form.name,
            i if i > 1 && i + 1 == lines.len() => &form.address,
            _ => &form.division,
        };
        let set = setter.set(line, style, Some(part));
        let owner = Owner::Part(part, PartPiece::Body);
        let mut strips = set_strips(setter, &set[..1], style, Align::Center, column, owner);
        // What stands first has nothing above it.
        if let Some(first) = strips.first_mut().filter(|_| !galley.is_empty()) {
            first.before = if i == 0 { form.logo_gap } else { form.line_gap };
        }
        galley.extend(strips);
    }
    galley.iter_mut().for_each(|strip| strip.keep = true);
    galley.push(Strip {
        before: form.rule_gap,
        height: theme.rule_weight,
        frames: vec![rule(theme, column, 0.0)],
        ..Strip::default()
    });
    galley
}

/// A logo in the middle of a column, which it is never wider than.
fn figure(logo: &Arc<LogoPicture>, theme: &Theme, part: PartId, column: Column) -> Strip {
    let (width, height) = logo.size(theme, column.width);
    let frame = Frame {
        x: column.x + (column.width - width) / 2.0,
        y: 0.0,
        owner: Owner::Part(part, PartPiece::Figure),
        drawn: Drawing::Picture { logo: Arc::clone(logo), width, height },
    };
    Strip { height, frames: vec![frame], ..Strip::default() }
}
