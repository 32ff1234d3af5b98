//! The running head: what stands at the top of each page after the first.
//!
//! In: its lines. Out: its height, and its frames on a page. Not here: what it says.

use super::page::Page;
use crate::document::Align;
use crate::pdf::glyphs::Glyphs;
use crate::pdf::setting::frame::{Frame, Owner, PageArtifact};
use crate::pdf::setting::galley::{Column, Strip, strips};
use crate::pdf::setting::setter::Setter;
use crate::pdf::theme::{Orientation, Theme};

/// The lines of a running head, set; the number of the page follows them.
pub struct RunningHead {
    strips: Vec<Strip>,
    line_height: f32,
}

impl RunningHead {
    /// Sets the lines. What would go further down than a quarter of the page is left out: no text
    /// is lost by it, since the running head only repeats.
    pub fn new(setter: &mut Setter, lines: &[String]) -> RunningHead {
        let style = setter.theme.running_head;
        let set: Vec<Glyphs> = lines.iter().map(|line| setter.set_plain(line, &style, None)).collect();
        let mut strips = strips_of(setter, &set);
        let most = (setter.theme.page_height / 4.0 - setter.theme.running_head_top) / style.line_height();
        strips.truncate(most as usize);
        RunningHead { strips, line_height: style.line_height() }
    }

    /// Where the text below it may begin, down from the page's top.
    pub fn body_top(&self, theme: &Theme) -> f32 {
        let lines = (self.strips.len() + 1) as f32;
        let below = theme.running_head_top + lines * self.line_height + theme.running_head_gap;
        below.max(theme.margin)
    }

    /// Puts it on a page with a number.
    pub fn put_on(&self, setter: &mut Setter, page: &mut Page, number: usize) {
        let style = setter.theme.running_head;
        let line = setter.set_plain(&format!("Page {number}"), &style, None);
        let numbered = strips_of(setter, &[line]);
        let mut frames = Vec::new();
        let mut y = setter.theme.running_head_top;
        for strip in self.strips.iter().chain(&numbered) {
            frames.extend(strip.frames.iter().map(|frame| Frame { y: frame.y + y, ..frame.clone() }));
            y += strip.height;
        }
        page.frames.splice(0..0, frames);
    }
}

fn strips_of(setter: &Setter, lines: &[Glyphs]) -> Vec<Strip> {
    let theme = setter.theme;
    let column = Column { x: theme.margin, width: theme.text_width(Orientation::Upright) };
    let owner = Owner::Artifact(PageArtifact::RunningHead);
    strips(setter, lines, &theme.running_head, Align::Left, column, owner)
}
