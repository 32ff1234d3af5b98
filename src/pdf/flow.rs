//! The galley -> pages.
//!
//! In: strips, notes. Out: pages of frames, and where the headings stand. Strips that must stay
//! together stay together as long as a page can hold them; a note begins on the page of the line that
//! refers to it; nothing is ever cut or left out. Not here: what a strip holds.

use super::foot::{Foot, Notes};
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

/// Puts strips on pages, and the notes at their feet; `body` gives the room on a page, counted from
/// 0. At least one page.
pub fn flow(galley: &[Strip], notes: &Notes, body: impl Fn(usize) -> Body) -> Flow {
    let foot = Foot::new(notes);
    let mut press = Press { flow: Flow::default(), y: 0.0, room: body(0), empty: true, foot, body };
    press.begin();
    for together in galley.split_inclusive(|strip| !strip.keep) {
        press.place(together);
    }
    press.end()
}

struct Press<'a, F> {
    flow: Flow,
    body: F,
    room: Body,
    y: f32,
    /// Nothing stands on the page but notes of earlier ones.
    empty: bool,
    foot: Foot<'a>,
}

impl<F: Fn(usize) -> Body> Press<'_, F> {
    fn begin(&mut self) {
        self.room = (self.body)(self.flow.pages.len());
        self.flow.pages.push(Page::default());
        self.y = self.room.top;
        self.empty = true;
    }

    fn turn(&mut self) {
        self.draw_foot();
        self.begin();
        if self.foot.is_waiting() {
            self.foot.carry((self.room.bottom - self.room.top) / 2.0);
        }
    }

    fn end(mut self) -> Flow {
        self.foot.begin_all();
        self.draw_foot();
        while self.foot.is_waiting() {
            self.begin();
            self.foot.carry(self.room.bottom - self.room.top);
            self.draw_foot();
        }
        self.flow
    }

    fn draw_foot(&mut self) {
        if let Some(page) = self.flow.pages.last_mut() {
            self.foot.draw(page, self.room.bottom);
        }
    }

    /// Places strips that should stand on one page.
    fn place(&mut self, together: &[Strip]) {
        let starts_page = together.first().is_some_and(|strip| strip.new_page);
        if starts_page && !self.empty {
            self.turn();
        }
        self.make_room(together);
        for (i, strip) in together.iter().enumerate() {
            // A group that is longer than a page is cut like any other text.
            if i > 0 && strip.new_page && !self.empty {
                self.turn();
            }
            self.make_room(std::slice::from_ref(strip));
            self.put(strip);
        }
    }

    /// Turns to a page that has room for strips, or that is bare.
    fn make_room(&mut self, strips: &[Strip]) {
        let is_bare = |press: &Self| press.empty && press.foot.is_empty();
        while !is_bare(self) && !self.fits(strips) {
            self.turn();
        }
    }

    fn fits(&self, strips: &[Strip]) -> bool {
        let height: f32 = strips.iter().map(|strip| strip.before + strip.height).sum();
        let unspaced = if self.empty { strips.first().map_or(0.0, |strip| strip.before) } else { 0.0 };
        let foot = match self.foot.refers(strips) {
            // A note cannot begin before the one that waits has ended.
            true if self.foot.is_waiting() && !self.empty => return false,
            true if self.foot.is_waiting() => self.foot.height(),
            _ => self.foot.least(strips),
        };
        self.y + height - unspaced + foot <= self.room.bottom + 0.01
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
        self.foot.add(strip, self.room.bottom - self.y);
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
