//! Running text -> glyphs.
//!
//! In: inlines and a style. Out: one [`Glyphs`] for each line that the author ended, with what may
//! happen after each glyph. Not here: where lines are broken for width.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::case::Case;
use super::face::Faces;
use super::theme::{Ink, Style, Theme};
use super::{Fault, page::Link};
use crate::document::{Face, Inline, PartId};

/// Words that begin with a small letter in a title.
const SMALL_WORDS: [&str; 5] = ["OF", "THE", "AND", "FOR", "IN"];

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

/// A stretch of one face.
struct Span {
    text: Range<usize>,
    face: Face,
    link: Option<usize>,
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
        self.read(text, style.face, None, &mut drafts);
        drafts.iter().map(|line| trimmed(self.shape(line, style, part))).collect()
    }

    /// Shapes text that has no form of its own and keeps its spaces.
    pub fn set_plain(&mut self, text: &str, style: &Style, part: Option<PartId>) -> Glyphs {
        let mut draft = Draft::default();
        draft.push(text, style.face, None);
        self.shape(&draft, style, part)
    }

    fn read(&mut self, text: &[Inline], face: Face, link: Option<usize>, drafts: &mut Vec<Draft>) {
        for inline in text {
            match inline {
                Inline::Break => drafts.push(Draft::default()),
                Inline::Text(words) | Inline::Code(words) => {
                    if let Some(line) = drafts.last_mut() {
                        line.push(words, face, link);
                    }
                }
                Inline::Strong(inner) => self.read(inner, Face { bold: true, ..face }, link, drafts),
                Inline::Emphasis(inner) => self.read(inner, Face { italic: true, ..face }, link, drafts),
                Inline::Link { href, text: inner } => {
                    self.links.push(Link { href: href.clone(), text: crate::document::plain(inner) });
                    self.read(inner, face, Some(self.links.len() - 1), drafts);
                }
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
                let missing = self.shape_stretch(words, breaks, span, style, scale, &mut glyphs);
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
        span: &Span,
        style: &Style,
        scale: f32,
        glyphs: &mut Glyphs,
    ) -> Vec<char> {
        let typeface = self.faces.get(span.face);
        let size = style.size * scale;
        let em = typeface.units_per_em();
        let points = |units: i32| units as f32 * size / em;
        let ink = if span.link.is_some() && style.show_links { self.theme.link_ink } else { Ink::BLACK };
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
            let width = |id| typeface.width(id) * 1000.0 / em;
            glyphs.push(Glyph {
                code: self.case.code(span.face, glyph.id, if first { &letters } else { "" }, width),
                face: span.face,
                size,
                ink,
                advance: points(glyph.advance) + style.tracking * style.size,
                offset: (points(glyph.dx), points(glyph.dy)),
                after,
                is_space: letters == " ",
                link: span.link,
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
    fn push(&mut self, words: &str, face: Face, link: Option<usize>) {
        let start = self.text.len();
        self.text.extend(words.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        if start < self.text.len() {
            self.spans.push(Span { text: start..self.text.len(), face, link });
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

/// A span's stretches of one size: with small capitals, those inside a word are smaller, and those
/// of small words throughout.
fn stretches(text: &str, span: &Range<usize>, style: &Style, small: f32) -> Vec<(Range<usize>, f32)> {
    if !style.small_capitals {
        return vec![(span.clone(), 1.0)];
    }
    let mut stretches: Vec<(Range<usize>, f32)> = Vec::new();
    let mut before = text[..span.start].chars().next_back();
    let mut small_word = false;
    for (i, c) in text[span.clone()].char_indices() {
        let place = span.start + i..span.start + i + c.len_utf8();
        let inside = before.is_some_and(char::is_alphabetic);
        if !inside {
            let word = text[place.start..].split(|c: char| !c.is_alphabetic()).next();
            small_word = before.is_some() && word.is_some_and(|word| SMALL_WORDS.contains(&word));
        }
        let scale = if (inside || small_word) && c.is_uppercase() { small } else { 1.0 };
        before = Some(c);
        match stretches.last_mut() {
            Some((stretch, last)) if *last == scale => stretch.end = place.end,
            _ => stretches.push((place, scale)),
        }
    }
    stretches
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
