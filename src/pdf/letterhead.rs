//! The office's lines at the top of the first page, over a rule.
//!
//! In: the letterhead's paragraph: who holds the office, the division, the address. Out: strips.
//! Not here: what those lines say.

use super::galley::{Column, Strip, rule, strips as set_strips};
use super::page::{Owner, Piece};
use super::text::Setter;
use crate::document::{Align, Inline, PartId};

/// The letterhead as strips that stay together.
pub fn strips(setter: &mut Setter, part: PartId, text: &[Inline], column: Column) -> Vec<Strip> {
    let theme = setter.theme;
    let form = &theme.letterhead;
    let lines: Vec<&[Inline]> = text.split_inclusive(|inline| *inline == Inline::Break).collect();
    let mut galley: Vec<Strip> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let style = match i {
            0 => &form.name,
            i if i > 1 && i + 1 == lines.len() => &form.address,
            _ => &form.division,
        };
        let set = setter.set(line, style, Some(part));
        let owner = Owner::Part(part, Piece::Body);
        let mut strips = set_strips(setter, &set[..1], style, Align::Center, column, owner);
        if let Some(first) = strips.first_mut().filter(|_| i > 0) {
            first.before = form.line_gap;
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
