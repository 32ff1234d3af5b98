//! The galley -> pages.
//!
//! In: strips. Out: pages of frames, and where the headings stand. Strips that must stay together
//! stay together as long as a page can hold them; nothing is ever cut or left out. Not here: what a
//! strip holds.

use super::galley::{Heading, Strip};
use super::page::{Frame, Page};

/// Pages, and the headings on them.
#[derive(Debug, Default)]
pub struct Flow {
    pub pages: Vec<Page>,
    pub headings: Vec<Placed>,
}

/// A heading in its place.
#[derive(Debug)]
pub struct Placed {
    pub heading: Heading,
    /// Counted from 0.
    pub page: usize,
    /// Where its line begins, down from the page's top.
    pub y: f32,
}

/// Where the text of a page may stand, down from the page's top.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    pub top: f32,
    pub bottom: f32,
}

/// Puts strips on pages; `body` gives the room on a page, counted from 0. At least one page.
pub fn flow(galley: &[Strip], body: impl Fn(usize) -> Body) -> Flow {
    let mut press = Press { flow: Flow::default(), y: 0.0, room: body(0), empty: true, body };
    press.turn();
    for together in galley.split_inclusive(|strip| !strip.keep) {
        press.place(together);
    }
    press.flow
}

struct Press<F> {
    flow: Flow,
    body: F,
    room: Body,
    y: f32,
    empty: bool,
}

impl<F: Fn(usize) -> Body> Press<F> {
    fn turn(&mut self) {
        self.room = (self.body)(self.flow.pages.len());
        self.flow.pages.push(Page::default());
        self.y = self.room.top;
        self.empty = true;
    }

    /// Places strips that should stand on one page.
    fn place(&mut self, together: &[Strip]) {
        let starts_page = together.first().is_some_and(|strip| strip.new_page);
        if !self.empty && (starts_page || !self.fits(together)) {
            self.turn();
        }
        for (i, strip) in together.iter().enumerate() {
            // A group that is longer than a page is cut like any other text.
            if !self.empty && ((i > 0 && strip.new_page) || !self.fits(std::slice::from_ref(strip))) {
                self.turn();
            }
            self.put(strip);
        }
    }

    fn fits(&self, strips: &[Strip]) -> bool {
        let height: f32 = strips.iter().map(|strip| strip.before + strip.height).sum();
        let unspaced = if self.empty { strips.first().map_or(0.0, |strip| strip.before) } else { 0.0 };
        self.y + height - unspaced <= self.room.bottom + 0.01
    }

    fn put(&mut self, strip: &Strip) {
        if self.empty {
            if let Some(head) = &strip.head {
                self.draw(head);
            }
        } else {
            self.y += strip.before;
        }
        self.draw(strip);
    }

    fn draw(&mut self, strip: &Strip) {
        let page = self.flow.pages.len() - 1;
        if let Some(heading) = strip.heading.clone() {
            self.flow.headings.push(Placed { heading, page, y: self.y });
        }
        let y = self.y;
        let frames = strip.frames.iter().map(|frame| Frame { y: frame.y + y, ..frame.clone() });
        self.flow.pages[page].frames.extend(frames);
        self.y += strip.height;
        self.empty = false;
    }
}
