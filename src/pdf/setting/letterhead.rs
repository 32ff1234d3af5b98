//! The office's lines at the top of the first page, below its logo and over a rule.
//!
//! In: the letterhead's paragraph: who holds the office, the division, the address. Out: strips.
//! Not here: what those lines say, what the logo shows.

use std::sync::Arc;

use super::frame::{Drawing, Frame, Owner, PartPiece};
use super::galley::{Column, Strip, rule, strips as set_strips};
use super::setter::Setter;
use crate::document::{Align, Inline, PartId};
use crate::pdf::glyphs::{Glyphs, width};
use crate::pdf::logo::LogoPicture;
use crate::pdf::theme::{TextStyle, Theme};

/// The letterhead as strips that stay together.
pub fn strips(setter: &mut Setter, part: PartId, text: &[Inline], column: Column) -> Vec<Strip> {
    let theme = setter.theme;
    let form = &theme.letterhead;
    let lines: Vec<&[Inline]> = text.split_inclusive(|inline| *inline == Inline::Break).collect();
    let last = lines.len() - 1;
    let logo = setter.logos.get(&part);
    let mut galley: Vec<Strip> = logo.map(|logo| figure(logo, theme, part, column)).into_iter().collect();
    for (i, line) in lines.iter().enumerate() {
        let style = match i {
            0 => &form.name,
            i if i > 1 && i == last => &form.address,
            _ => &form.division,
        };
        let set = at_bars(setter, line, style, part, column);
        // A line that is broken at its bars is still one.
        let owner = Owner::Part(part, PartPiece::Line(u16::try_from(i + 1).unwrap_or(u16::MAX)));
        let mut strips = set_strips(setter, &set, style, Align::Center, column, owner);
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

/// What parts the facts of a line: the name, the title, and the state.
const BAR: &str = " | ";

/// A line of the letterhead, as lines that end at its bars where it is longer than the column. The bars at their ends are left out.
fn at_bars(
    setter: &mut Setter,
    line: &[Inline],
    style: &TextStyle,
    part: PartId,
    column: Column,
) -> Vec<Glyphs> {
    let whole = setter.set(line, style, Some(part)).swap_remove(0);
    if width(&whole) <= column.width {
        return vec![whole];
    }
    let mut lines: Vec<(Vec<Inline>, Glyphs)> = Vec::new();
    for fact in facts(line) {
        let longer =
            lines.last().map(|(before, _)| [&before[..], &[Inline::Text(BAR.to_owned())], &fact].concat());
        if let Some(longer) = longer {
            let set = setter.set(&longer, style, Some(part)).swap_remove(0);
            if width(&set) <= column.width {
                lines.pop();
                lines.push((longer, set));
                continue;
            }
        }
        // A blank at its end keeps its words apart from the next line's when they are copied out.
        let set = setter.set(&[&fact[..], &[Inline::Break]].concat(), style, Some(part)).swap_remove(0);
        lines.push((fact, set));
    }
    lines.into_iter().map(|(_, set)| set).collect()
}

/// What stands between the bars of a line.
fn facts(line: &[Inline]) -> Vec<Vec<Inline>> {
    let mut facts = vec![Vec::new()];
    for inline in line.iter().filter(|inline| **inline != Inline::Break) {
        let Inline::Text(words) = inline else {
            facts.last_mut().into_iter().for_each(|fact| fact.push(inline.clone()));
            continue;
        };
        for (nth, words) in words.split(BAR).enumerate() {
            if nth > 0 {
                facts.push(Vec::new());
            }
            facts.last_mut().into_iter().for_each(|fact| fact.push(Inline::Text(words.to_owned())));
        }
    }
    facts
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
