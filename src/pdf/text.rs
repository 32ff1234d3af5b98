//! Running text -> glyphs.
//!
//! In: inlines and a style. Out: one [`Glyphs`] for each line that the author ended, with what may
//! happen after each glyph. Not here: where lines are broken for width.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::capitals::stretches;
use super::case::Case;
use super::face::Faces;
use super::theme::{Ink, Style, Theme};
use super::{Fault, page::Link};
use crate::document::{Face, Inline, PartId};

/// A line of glyphs.
pub type Glyphs = Vec<Glyph>;

/// A glyph in its place on a line. Lengths are points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its code in the [`Case`].
    pub code: u16,
    pub face: Face,
    pub size: f32,
    pub ink: Ink,
    /// How far the pen moves.
    pub advance: f32,
    /// How far it is drawn from the pen, to the right and up.
    pub offset: (f32, f32),
    pub after: After,
    pub is_space: bool,
    /// Which of the document's links it belongs to.
    pub link: Option<usize>,
    pub mark: Mark,
}

/// What a glyph is beside a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    /// A space that grows as wide as its line allows, with dots in it.
    Leader,
    /// A space to write in, with a rule below it.
    Blank,
    /// The number of a note, counted from 0.
    Note(usize),
}

/// What may happen between a glyph and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum After {
    /// Nothing: what follows is drawn upon it.
    Nothing,
    /// A break, if the word is longer than a line.
    Letter,
    /// A break inside a word: "SOS/Elections".
    Joint,
    /// A break before a figure: "October 8".
    Figure,
    /// A break between words.
    Word,
}

/// Sets text, and gathers what setting it finds out.
pub struct Setter<'a> {
    pub theme: &'a Theme,
    pub faces: &'a Faces,
    /// How high the text of a page after the first is: no strip is made higher.
    pub depth: f32,
    pub case: Case,
    pub links: Vec<Link>,
    pub faults: Vec<Fault>,
}

/// A line that the author ended, before it is shaped.
#[derive(Default)]
struct Draft {
    text: String,
    spans: Vec<Span>,
}

/// A stretch of one form.
struct Span {
    text: Range<usize>,
    form: Form,
}

/// What sets a stretch of text apart from its neighbours.
#[derive(Clone, Copy)]
struct Form {
    face: Face,
    link: Option<usize>,
    mark: Mark,
}

impl Form {
    fn of(style: &Style) -> Form {
        Form { face: style.face, link: None, mark: Mark::None }
    }
}

impl<'a> Setter<'a> {
    pub fn new(theme: &'a Theme, faces: &'a Faces) -> Self {
        let depth = theme.bottom() - theme.margin;
        Setter { theme, faces, depth, case: Case::default(), links: Vec::new(), faults: Vec::new() }
    }

    /// Shapes running text: one line of glyphs for each line that the author ended, at least one.
    /// `part` is who a fault names.
    pub fn set(&mut self, text: &[Inline], style: &Style, part: Option<PartId>) -> Vec<Glyphs> {
        let mut drafts = vec![Draft::default()];
        self.read(text, Form::of(style), &mut drafts);
        drafts.iter().map(|line| trimmed(self.shape(line, style, part))).collect()
    }

    /// Shapes text that has no form of its own and keeps its spaces.
    pub fn set_plain(&mut self, text: &str, style: &Style, part: Option<PartId>) -> Glyphs {
        let mut draft = Draft::default();
        draft.push(text, Form::of(style));
        self.shape(&draft, style, part)
    }

    fn read(&mut self, text: &[Inline], form: Form, drafts: &mut Vec<Draft>) {
        for inline in text {
            let (words, mark) = match inline {
                Inline::Break => {
                    drafts.push(Draft::default());
                    continue;
                }
                Inline::Strong(inner) => {
                    let face = Face { bold: true, ..form.face };
                    self.read(inner, Form { face, ..form }, drafts);
                    continue;
                }
                Inline::Emphasis(inner) => {
                    let face = Face { italic: true, ..form.face };
                    self.read(inner, Form { face, ..form }, drafts);
                    continue;
                }
                Inline::Link { href, text: inner } => {
                    self.links.push(Link { href: href.clone(), text: crate::document::plain(inner) });
                    self.read(inner, Form { link: Some(self.links.len() - 1), ..form }, drafts);
                    continue;
                }
                Inline::Text(words) | Inline::Code(words) => (words.as_str(), form.mark),
                Inline::Leader => (" ", Mark::Leader),
                Inline::Blank(_) => (" ", Mark::Blank),
                Inline::Note(note) => (&*(note + 1).to_string(), Mark::Note(*note)),
            };
            if let Some(line) = drafts.last_mut() {
                line.push(words, Form { mark, ..form });
            }
        }
    }

    fn shape(&mut self, draft: &Draft, style: &Style, part: Option<PartId>) -> Glyphs {
        let breaks = opportunities(&draft.text);
        let mut glyphs = Glyphs::with_capacity(draft.text.len());
        for span in &draft.spans {
            for (text, scale) in stretches(&draft.text, &span.text, style, self.theme.small_capital) {
                let words = &draft.text[text.clone()];
                let breaks = &breaks[text];
                let missing = self.shape_stretch(words, breaks, span.form, style, scale, &mut glyphs);
                missing.into_iter().for_each(|character| self.missing(character, part, &draft.text));
            }
        }
        glyphs
    }

    /// Adds the glyphs of a stretch of one face and size; the characters that have none come back.
    fn shape_stretch(
        &mut self,
        words: &str,
        breaks: &[After],
        form: Form,
        style: &Style,
        scale: f32,
        glyphs: &mut Glyphs,
    ) -> Vec<char> {
        let typeface = self.faces.get(form.face);
        let (scale, rise) = match form.mark {
            Mark::Note(_) => self.theme.note_mark,
            _ => (scale, 0.0),
        };
        let size = style.size * scale;
        let em = typeface.units_per_em();
        let points = |units: i32| units as f32 * size / em;
        let ink = if form.link.is_some() && style.show_links { self.theme.link_ink } else { Ink::BLACK };
        let shaped = typeface.shape(words);
        let mut missing = Vec::new();
        for (i, glyph) in shaped.iter().enumerate() {
            let next = shaped.get(i + 1);
            // Several glyphs may stand for the same letters: the first of them carries the text,
            // and nothing happens between them.
            let first = i == 0 || shaped[i - 1].start != glyph.start;
            let last = next.is_none_or(|next| next.start != glyph.start);
            let end = shaped[i..].iter().map(|other| other.start).find(|&start| start > glyph.start);
            let end = end.unwrap_or(words.len());
            let letters: String = words[glyph.start..end].chars().filter_map(copied_out).collect();
            if glyph.id == 0 {
                missing.extend(letters.chars().next());
            }
            let accent_follows = next.is_some_and(|next| next.advance == 0);
            let after = match breaks[end - 1] {
                _ if !last => After::Nothing,
                After::Letter if accent_follows => After::Nothing,
                after => after,
            };
            let (advance, after) = match form.mark {
                // What follows a leader stands on its line.
                Mark::Leader => (self.theme.leader, After::Nothing),
                Mark::Blank => (style.blank, after),
                _ => (points(glyph.advance) + style.tracking * style.size, after),
            };
            let width = |id| typeface.width(id) * 1000.0 / em;
            glyphs.push(Glyph {
                code: self.case.code(form.face, glyph.id, if first { &letters } else { "" }, width),
                face: form.face,
                size,
                ink,
                advance,
                offset: (points(glyph.dx), points(glyph.dy) + rise * style.size),
                after,
                is_space: letters == " " && !matches!(form.mark, Mark::Leader | Mark::Blank),
                link: form.link,
                mark: form.mark,
            });
        }
        missing
    }

    fn missing(&mut self, character: char, part: Option<PartId>, text: &str) {
        let fault = Fault::NoGlyph { character, part, text: text.to_owned() };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

impl Draft {
    fn push(&mut self, words: &str, form: Form) {
        let start = self.text.len();
        self.text.extend(words.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        if start < self.text.len() {
            self.spans.push(Span { text: start..self.text.len(), form });
        }
    }
}

/// For each byte, what may happen after the character that ends there.
fn opportunities(text: &str) -> Vec<After> {
    let mut after = vec![After::Letter; text.len()];
    for (end, kind) in linebreaks(text) {
        if kind == BreakOpportunity::Allowed && end > 0 {
            after[end - 1] = match text[end..].chars().next() {
                _ if !text[..end].ends_with(' ') => After::Joint,
                Some('0'..='9') => After::Figure,
                _ => After::Word,
            };
        }
    }
    after
}

/// Spaces at the ends of a line that the author ended are an accident of the Markdown.
fn trimmed(mut glyphs: Glyphs) -> Glyphs {
    let inked = glyphs.iter().rposition(|glyph| !glyph.is_space).map_or(0, |last| last + 1);
    glyphs.truncate(inked);
    let lead = glyphs.iter().take_while(|glyph| glyph.is_space).count();
    glyphs.drain(..lead);
    glyphs
}

/// A character as it is drawn and copied out: a space that does not break is a space, and what only
/// says how its neighbours join or break is nothing.
fn copied_out(c: char) -> Option<char> {
    match c {
        '\u{A0}' => Some(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' => None,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => None,
        _ => Some(c),
    }
}
