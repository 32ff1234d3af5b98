//! The galley -> pages.
//!
//! In: strips, notes. Out: pages of frames, and where the headings stand. Strips that must stay
//! together stay together as long as a page can hold them; a note begins on the page of the line that
//! refers to it; nothing is ever cut or left out. Not here: what a strip holds.

use super::foot::Foot;
use super::page::Page;
use crate::pdf::setting::frame::Frame;
use crate::pdf::setting::galley::{Heading, Strip};
use crate::pdf::setting::notes::NoteStrips;
use crate::pdf::theme::Orientation;

/// Pages, and the headings on them.
#[derive(Debug, Default)]
pub struct PageFlow {
    pub pages: Vec<Page>,
    pub headings: Vec<PlacedHeading>,
}

/// A heading in its place.
#[derive(Debug)]
pub struct PlacedHeading {
    pub heading: Heading,
    /// Counted from 0.
    pub page: usize,
    /// Where its line begins, down from the page's top.
    pub y: f32,
}

/// Where the text of a page may stand, down from the page's top.
#[derive(Debug, Clone, Copy)]
pub struct TextArea {
    pub top: f32,
    pub bottom: f32,
}

/// Puts strips on pages, and the notes at their feet; `body` gives the room on a page, counted from
/// 0, of a sheet. At least one page.
pub fn flow(
    mut galley: Vec<Strip>,
    notes: &NoteStrips,
    body: impl Fn(usize, Orientation) -> TextArea,
) -> PageFlow {
    let sheet = galley.first().map(|strip| strip.sheet).unwrap_or_default();
    let foot = Foot::new(notes);
    let mut press =
        Paginator { flow: PageFlow::default(), y: 0.0, room: body(0, sheet), empty: true, foot, body };
    press.begin(sheet);
    for together in galley.split_inclusive_mut(|strip| !strip.keep) {
        press.place(together);
    }
    press.end()
}

struct Paginator<'a, F> {
    flow: PageFlow,
    body: F,
    room: TextArea,
    y: f32,
    /// Nothing stands on the page but notes of earlier ones.
    empty: bool,
    foot: Foot<'a>,
}

impl<F: Fn(usize, Orientation) -> TextArea> Paginator<'_, F> {
    fn begin(&mut self, sheet: Orientation) {
        self.room = (self.body)(self.flow.pages.len(), sheet);
        self.flow.pages.push(Page { sheet, frames: Vec::new() });
        self.y = self.room.top;
        self.empty = true;
    }

    fn sheet(&self) -> Orientation {
        self.flow.pages.last().map(|page| page.sheet).unwrap_or_default()
    }

    /// Begins the next page.
    fn turn(&mut self, sheet: Orientation) {
        self.draw_foot();
        self.begin(sheet);
        if self.foot.is_waiting() {
            // Half a page at most, so that the text goes on above a long note.
            self.foot.carry((self.room.bottom - self.room.top) / 2.0);
        }
    }

    fn end(mut self) -> PageFlow {
        self.foot.begin_all();
        self.draw_foot();
        // What is left of the notes has pages of its own.
        while self.foot.is_waiting() {
            self.begin(self.sheet());
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
    fn place(&mut self, together: &mut [Strip]) {
        if let Some(first) = together.first() {
            self.open(first);
        }
        self.make_room(together);
        for strip in together {
            // A group that is longer than a page is cut like any other text.
            self.open(strip);
            self.make_room(std::slice::from_ref(strip));
            self.put(strip);
        }
    }

    /// Turns to a page of the sheet that a strip asks for, and to a new one if it begins a page.
    fn open(&mut self, strip: &Strip) {
        if !self.empty && (strip.new_page || strip.sheet != self.sheet()) {
            self.turn(strip.sheet);
        }
    }

    /// Turns to a page that has room for strips, or that is bare.
    fn make_room(&mut self, strips: &[Strip]) {
        let is_bare = |press: &Self| press.empty && press.foot.is_empty();
        // Ends, for a bare page takes what is too high for any page.
        while !is_bare(self) && !self.fits(strips) {
            self.turn(self.sheet());
        }
    }

    fn fits(&self, strips: &[Strip]) -> bool {
        let height: f32 = strips.iter().map(|strip| strip.before + strip.height).sum();
        // What begins a page has its table's head above it, and no space.
        let head = |strip: &Strip| strip.head.as_ref().map_or(0.0, |head| head.height) - strip.before;
        let at_top = strips.first().filter(|_| self.empty).map_or(0.0, head);
        let foot = match self.foot.refers(strips) {
            // A note cannot begin before the one that waits has ended.
            true if self.foot.is_waiting() && !self.empty => return false,
            true if self.foot.is_waiting() => self.foot.height(),
            _ => self.foot.least(strips),
        };
        // Sums of heights are wrong by less than this.
        self.y + height + at_top + foot <= self.room.bottom + 0.01
    }

    fn put(&mut self, strip: &mut Strip) {
        if self.empty {
            if let Some(head) = &strip.head {
                self.draw(head.frames.iter().cloned(), head.height);
            }
        } else {
            self.y += strip.before;
        }
        if let Some(heading) = strip.heading.take() {
            let page = self.flow.pages.len() - 1;
            self.flow.headings.push(PlacedHeading { heading, page, y: self.y });
        }
        // The foot may grow as high as the line that refers to it.
        self.foot.add(strip, self.room.bottom - self.y - strip.height);
        self.draw(std::mem::take(&mut strip.frames).into_iter(), strip.height);
    }

    fn draw(&mut self, frames: impl Iterator<Item = Frame>, height: f32) {
        let y = self.y;
        if let Some(page) = self.flow.pages.last_mut() {
            page.frames.extend(frames.map(|frame| Frame { y: frame.y + y, ..frame }));
        }
        self.y += height;
        self.empty = false;
    }
}
