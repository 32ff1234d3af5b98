//! Running text -> Markdown, so that every sign is printed as it was.
//!
//! In: tidied signs. Out: a line of Markdown; a line end that is kept becomes a backslash, or `<br>` in a table. Not
//! here: what stands before and around the line.

use std::ops::Range;

use super::{
    face,
    text::{self, Mark, Sign, SignLook, Signs},
};
use crate::document;

/// What is longer without a blank is no address that stands in a text.
const LONGEST: usize = 2000;

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextPlace {
    Paragraph,
    /// All of it is bold already, and one line.
    Heading,
    Cell,
    /// A cell of a table's first row: all of it is bold already.
    HeadCell,
}

/// What links and notes of a text are written as.
pub(super) struct LinkNames<'a> {
    /// Addresses; a link's number is its place, counted from 1.
    pub links: &'a [String],
    /// The label of each note; none for one without text.
    pub notes: &'a [Option<String>],
}

/// Writes a text.
pub(super) fn markdown(text: &[Sign], within: TextPlace, names: &LinkNames<'_>) -> String {
    let mut text: Signs = text.to_vec();
    face::snap(&mut text);
    for sign in &mut text {
        sign.look.bold &= !matches!(within, TextPlace::Heading | TextPlace::HeadCell);
        if sign.mark == Mark::Break && within == TextPlace::Heading {
            sign.mark = Mark::Char(' ');
        }
    }
    let mut line = Line { text: &text, within, names, out: String::new(), faces: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        let link = text[at].look.link;
        let end = at + text[at..].iter().take_while(|sign| sign.look.link == link).count();
        match names.links.get(link.wrapping_sub(1)) {
            Some(address) if !line.shows(at..end, address) => line.link(at..end, address),
            _ => line.signs(at..end),
        }
        at = end;
    }
    line.close(SignLook::default());
    line.out
}

const BOLD: &str = "**";
const ITALIC: &str = "*";

fn has(look: SignLook, mark: &str) -> bool {
    if mark == BOLD { look.bold } else { look.italic }
}

struct Line<'a> {
    text: &'a [Sign],
    within: TextPlace,
    names: &'a LinkNames<'a>,
    out: String,
    /// The marks of the faces that are open, outermost first.
    faces: Vec<&'static str>,
}

impl Line<'_> {
    /// Whether a link's words are its address, which becomes a link by itself where it stands.
    fn shows(&self, range: Range<usize>, address: &str) -> bool {
        let face = |sign: &Sign| (sign.look.bold, sign.look.italic);
        let first = self.text[range.start];
        let joins =
            |sign: &&Sign| sign.char().is_some_and(|c| !c.is_whitespace()) && face(sign) == face(&first);
        let before = self.text[..range.start].iter().rev().take(LONGEST).take_while(joins).count();
        let behind = self.text[range.start..].iter().take(LONGEST).take_while(joins).count();
        let around = range.start - before..range.start + behind;
        if before == LONGEST || behind == LONGEST || around.end < range.end {
            return false;
        }
        let words = |range: Range<usize>| text::words(&self.text[range]);
        let start = words(around.start..range.start).len();
        let stretch = start..start + words(range).len();
        let found = document::bare_links(&words(around));
        found.into_iter().any(|(range, found)| {
            range == stretch
                && (found.trim_end_matches('/') == address.trim_end_matches('/')
                    || found.starts_with("mailto:") && found.eq_ignore_ascii_case(address))
        })
    }

    fn link(&mut self, range: Range<usize>, address: &str) {
        let has_words = self.text[range.clone()].iter().any(|sign| !sign.is_blank());
        if !has_words {
            return self.signs(range);
        }
        self.close(SignLook::default());
        self.out.push('[');
        self.signs(range);
        self.close(SignLook::default());
        self.out.push_str("](");
        push_address(address, &mut self.out);
        self.out.push(')');
    }

    fn signs(&mut self, range: Range<usize>) {
        let mut escaped_mark = None;
        for at in range {
            let sign = self.text[at];
            self.close(sign.look);
            if !sign.is_blank() {
                self.open(sign.look);
            }
            match sign.mark {
                Mark::Break => self.out.push_str(match self.within {
                    TextPlace::Cell | TextPlace::HeadCell => "<br>",
                    _ => "\\\n",
                }),
                Mark::Note(note) => {
                    if let Some(Some(label)) = self.names.notes.get(note) {
                        self.out.push_str("[^");
                        self.out.push_str(label);
                        self.out.push(']');
                    }
                }
                Mark::Char(c) => {
                    let starts_line = at == 0 || self.text[at - 1].mark == Mark::Break;
                    if starts_line && self.within == TextPlace::Paragraph && sign.look == SignLook::default()
                    {
                        escaped_mark = self.line_mark(at);
                    }
                    if c == '\\' && self.is_like_share(at) {
                        self.out.push_str("&#92;");
                        continue;
                    }
                    if escaped_mark == Some(at) || self.is_markup(at, c) {
                        self.out.push('\\');
                    }
                    self.out.push(c);
                }
            }
        }
    }

    /// Ends the faces that a sign does not have; with them, those that began inside them.
    fn close(&mut self, look: SignLook) {
        while self.faces.iter().any(|mark| !has(look, mark)) {
            self.out.push_str(self.faces.pop().unwrap_or_default());
        }
    }

    /// Begins the faces that a sign has: never before a blank, where stars mean nothing.
    fn open(&mut self, look: SignLook) {
        for mark in [BOLD, ITALIC] {
            if has(look, mark) && !self.faces.contains(&mark) {
                self.out.push_str(mark);
                self.faces.push(mark);
            }
        }
    }

    fn char(&self, at: Option<usize>) -> char {
        at.and_then(|at| self.text.get(at)).and_then(Sign::char).unwrap_or(' ')
    }

    /// Whether Markdown, or the braces of a template, would read a sign as their own.
    fn is_markup(&self, at: usize, c: char) -> bool {
        let before = self.char(at.checked_sub(1));
        let after = self.char(Some(at + 1));
        let next = self.text.get(at + 1);
        match c {
            '\\' | '`' | '*' | '[' | ']' => true,
            '|' => matches!(self.within, TextPlace::Cell | TextPlace::HeadCell),
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric() && self.is_of_one_face(at)),
            '~' => before == '~' || after == '~',
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '&' => self.is_entity(at),
            // Before a link it would make a picture of it, and a parenthesis behind a note a link.
            '!' => next.is_some_and(|next| {
                matches!(next.mark, Mark::Note(_)) || next.look.link != self.text[at].look.link
            }),
            '(' | ':' => at > 0 && matches!(self.text[at - 1].mark, Mark::Note(_)),
            '{' | '%' | '#' => before == '{',
            // Braces around a name are told as an expression that lacks some.
            '}' => before != '}',
            _ => false,
        }
    }

    /// Whether a single backslash begins a word: two would look like the start of `\\server`, typed without escapes.
    fn is_like_share(&self, at: usize) -> bool {
        let before = self.char(at.checked_sub(1));
        let begins = before.is_whitespace() || "(\"'“‘*|".contains(before);
        begins && self.char(Some(at + 1)).is_alphanumeric()
    }

    /// Whether no star stands beside a sign.
    fn is_of_one_face(&self, at: usize) -> bool {
        let look = self.text[at].look;
        let is_same = |sign: Option<&Sign>| sign.is_some_and(|sign| sign.look == look);
        is_same(at.checked_sub(1).and_then(|at| self.text.get(at))) && is_same(self.text.get(at + 1))
    }

    fn is_entity(&self, at: usize) -> bool {
        let rest = self.text[at + 1..].iter().take(32).map(|sign| sign.char().unwrap_or(' '));
        let name: String = rest.take_while(|c| c.is_ascii_alphanumeric() || *c == '#').collect();
        !name.is_empty() && self.char(Some(at + 1 + name.len())) == ';'
    }

    /// The sign at a line's start that would make something else of the line: a heading, an item, a quotation, a label.
    fn line_mark(&self, at: usize) -> Option<usize> {
        let line: Vec<char> = self.text[at..].iter().take(40).map_while(Sign::char).collect();
        let first = *line.first()?;
        let run = line.iter().take_while(|c| **c == first).count();
        let behind = line.get(run).copied().unwrap_or(' ');
        let all = |signs: &[char]| line.len() < 40 && line.iter().all(|c| signs.contains(c) || *c == ' ');
        let escaped = match first {
            '#' => run > 1 || !behind.is_ascii_digit(),
            '>' | '|' | ':' => true,
            '-' | '+' => run == 1 && behind.is_whitespace() || all(&['-', '+']),
            '=' => all(&['=']),
            '~' => run > 2,
            c if c.is_ascii_digit() => {
                let digits = line.iter().take_while(|c| c.is_ascii_digit()).count();
                let mark = line.get(digits).is_some_and(|c| matches!(c, '.' | ')'));
                let ends = line.get(digits + 1).is_none_or(|c| c.is_whitespace());
                return (mark && ends).then_some(at + digits);
            }
            _ => false,
        };
        escaped.then_some(at)
    }
}

/// An address between the parentheses of a link.
fn push_address(address: &str, out: &mut String) {
    for (at, c) in address.char_indices() {
        match c {
            '(' | ')' | '<' | '>' | ' ' | '\\' | '{' | '}' | '|' | '"' | '`' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            '&' if address[at + 1..]
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .is_some_and(|name| !name.is_empty() && address[at + 1 + name.len()..].starts_with(';')) =>
            {
                out.push_str("\\&");
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}
