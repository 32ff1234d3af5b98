//! Running text -> glyphs.
//!
//! In: inlines and a style. Out: one [`Glyphs`] for each line that the author ended, with what may
//! happen after each glyph. Not here: where lines are broken for width.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Blank, BlankKind, BlankLength, Face, Inline, PartId};
use crate::pdf::glyphs::breaks::{After, opportunities};
use crate::pdf::glyphs::capitals::stretches;
use crate::pdf::glyphs::case::Case;
use crate::pdf::glyphs::face::FontFaces;
use crate::pdf::glyphs::words::WordCache;
use crate::pdf::glyphs::{BlankSpace, Glyph, GlyphSpan, Glyphs};
use crate::pdf::logo::LogoPicture;
use crate::pdf::theme::{Orientation, TextStyle, Theme};
use crate::pdf::unprintable::Unprintable;

/// What a hyphen that is drawn at a line's end is copied out as: readers put the word together again (ISO 32000-1, 14.8.2.2.3).
const SOFT: &str = "\u{AD}";

/// A box to check on paper.
const BOX: &str = "\u{2610}";

/// How wide a box to check on the screen is, in sizes.
pub const TICK: f32 = 0.9;

/// How far back a fault is looked for before it is told again.
const RECENT: usize = 64;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    /// What is shown for it.
    pub text: String,
}

/// Sets text, and gathers what setting it finds out.
pub struct Setter<'a> {
    pub theme: &'a Theme,
    pub faces: &'a FontFaces,
    pub words: WordCache,
    pub logos: &'a BTreeMap<PartId, Arc<LogoPicture>>,
    /// How the paper lies.
    pub sheet: Orientation,
    /// How high the text of a page after the first is: no strip is made higher.
    pub depth: f32,
    pub case: Case,
    pub links: Vec<Link>,
    /// The places to fill in.
    pub blanks: Vec<Blank>,
    /// They are filled in on the screen.
    pub fields: bool,
    pub faults: Vec<Unprintable>,
    /// The tables of the section that is being set that are wider than it.
    pub too_wide: Vec<Unprintable>,
    /// How wide the columns of each table are, by the first cell of its head.
    pub widths: BTreeMap<PartId, Vec<f32>>,
}

/// A line that the author ended, before it is shaped.
#[derive(Default)]
struct LineDraft {
    text: String,
    stretches: Vec<Stretch>,
}

/// A line that is being shaped.
struct ShapedLine {
    glyphs: Vec<Glyph>,
    /// The characters that no glyph stands for.
    missing: Vec<char>,
}

impl ShapedLine {
    /// The number of a note stands on the line of what it belongs to.
    fn keep_together(&mut self, next: GlyphSpan) {
        let note = |span| matches!(span, GlyphSpan::Note(_));
        if let Some(before) = self.glyphs.last_mut().filter(|before| note(next) && !note(before.span)) {
            before.after = After::Nothing;
        }
    }
}

/// A stretch of one form.
struct Stretch {
    text: Range<usize>,
    form: TextForm,
}

/// What sets a stretch of text apart from its neighbours.
#[derive(Clone, Copy)]
struct TextForm {
    face: Face,
    span: GlyphSpan,
    /// Blanks are as wide as what goes there asks for.
    sizes_blanks: bool,
}

impl TextForm {
    fn of(style: &TextStyle) -> TextForm {
        TextForm { face: style.face, span: GlyphSpan::None, sizes_blanks: style.blank.is_none() }
    }
}

impl<'a> Setter<'a> {
    pub fn new(
        theme: &'a Theme,
        faces: &'a FontFaces,
        words: WordCache,
        logos: &'a BTreeMap<PartId, Arc<LogoPicture>>,
    ) -> Self {
        Setter {
            theme,
            faces,
            words,
            logos,
            sheet: Orientation::Upright,
            depth: theme.bottom(Orientation::Upright) - theme.margin,
            case: Case::default(),
            links: Vec::new(),
            blanks: Vec::new(),
            fields: false,
            faults: Vec::new(),
            too_wide: Vec::new(),
            widths: BTreeMap::new(),
        }
    }

    /// Shapes running text: one line of glyphs for each line that the author ended, at least one. A
    /// space stands at the end of each but the last, so that its words stay apart from the next line's
    /// when they are copied out. `part` is who a fault names.
    pub fn set(&mut self, text: &[Inline], style: &TextStyle, part: Option<PartId>) -> Vec<Glyphs> {
        let mut drafts = vec![LineDraft::default()];
        self.read(text, TextForm::of(style), &mut drafts);
        let last = drafts.len() - 1;
        let mut lines = Vec::with_capacity(drafts.len());
        for (at, draft) in drafts.iter_mut().enumerate() {
            draft.trim();
            if at < last && !draft.text.is_empty() {
                draft.push(" ", TextForm::of(style));
            }
            lines.push(self.shape(draft, style, part));
        }
        lines
    }

    /// Shapes text that has no form of its own and keeps its spaces.
    pub fn set_plain(&mut self, text: &str, style: &TextStyle, part: Option<PartId>) -> Glyphs {
        let mut draft = LineDraft::default();
        draft.push(text, TextForm::of(style));
        self.shape(&draft, style, part)
    }

    fn read(&mut self, text: &[Inline], form: TextForm, drafts: &mut Vec<LineDraft>) {
        for (at, inline) in text.iter().enumerate() {
            let note;
            let (words, span) = match inline {
                Inline::Break => {
                    drafts.push(LineDraft::default());
                    continue;
                }
                Inline::Strong(inner) => {
                    let face = Face { bold: true, ..form.face };
                    self.read(inner, TextForm { face, ..form }, drafts);
                    continue;
                }
                Inline::Emphasis(inner) => {
                    let face = Face { italic: true, ..form.face };
                    self.read(inner, TextForm { face, ..form }, drafts);
                    continue;
                }
                Inline::Link { href, text: inner } => {
                    self.links.push(Link { href: href.clone(), text: crate::document::plain(inner) });
                    let span = GlyphSpan::Link(self.links.len() as u32 - 1);
                    self.read(inner, TextForm { span, ..form }, drafts);
                    continue;
                }
                Inline::Text(words) | Inline::Code(words) => (words.as_str(), form.span),
                // A space, so that what stands on its two sides stays apart when it is copied out.
                Inline::Leader => (" ", GlyphSpan::Leader),
                // A box to check on paper is a letter, so that it is copied out.
                Inline::Blank(Blank { kind: BlankKind::Tick, .. }) if !self.fields => (BOX, form.span),
                Inline::Blank(blank) => {
                    let is_answer = matches!(blank.kind, BlankKind::Lines(_));
                    if is_answer && drafts.last().is_some_and(|line| !line.stretches.is_empty()) {
                        drafts.push(LineDraft::default());
                    }
                    self.blanks.push(blank.clone());
                    let number = self.blanks.len() as u32 - 1;
                    let length = form.sizes_blanks.then(|| blank.length());
                    (" ", GlyphSpan::Blank(BlankSpace { blank: number, kind: blank.kind, length }))
                }
                Inline::Note(number) => {
                    // "1, 2" and not "12".
                    let is_followed = matches!(text.get(at + 1), Some(Inline::Note(_)));
                    note = format!("{}{}", number + 1, if is_followed { "," } else { "" });
                    (note.as_str(), GlyphSpan::Note(*number as u32))
                }
            };
            // An answer of several lines has the line to itself.
            if drafts.last().is_some_and(LineDraft::is_answer) {
                drafts.push(LineDraft::default());
            }
            if let Some(line) = drafts.last_mut() {
                line.push(words, TextForm { span, ..form });
            }
        }
    }

    fn shape(&mut self, draft: &LineDraft, style: &TextStyle, part: Option<PartId>) -> Glyphs {
        // For the whole line at once: whether a word may break depends on letters of other faces, too.
        let breaks = opportunities(&draft.text);
        let mut line = ShapedLine { glyphs: Vec::with_capacity(draft.text.len()), missing: Vec::new() };
        for stretch in &draft.stretches {
            for (text, scale) in stretches(&draft.text, &stretch.text, style, self.theme.small_capital) {
                let words = &draft.text[text.clone()];
                self.shape_stretch(words, &breaks[text], stretch.form, style, scale, &mut line);
            }
        }
        line.missing.into_iter().for_each(|character| self.missing(character, part, &draft.text));
        line.glyphs.into()
    }

    /// Adds the glyphs of a stretch of one face and size, and the characters that have none.
    fn shape_stretch(
        &mut self,
        text: &str,
        breaks: &[After],
        form: TextForm,
        style: &TextStyle,
        scale: f32,
        line: &mut ShapedLine,
    ) {
        let typeface = self.faces.get(form.face);
        // A note's number is set smaller and higher, whatever is around it.
        let (scale, rise) = match form.span {
            GlyphSpan::Note(_) => self.theme.note_mark,
            _ => (scale, 0.0),
        };
        let size = style.size * scale;
        let em = typeface.units_per_em();
        let points = |units: i32| units as f32 * size / em;
        let ink = match form.span {
            GlyphSpan::Link(_) if style.show_links => self.theme.link_ink,
            _ => style.ink,
        };
        line.keep_together(form.span);
        let mut start = 0;
        for word in words(text) {
            for glyph in self.words.shape(form.face, typeface, word).iter() {
                if glyph.id == 0 {
                    // Glyph 0 stands for what the face lacks.
                    line.missing.extend(glyph.letters.chars().next());
                }
                let after = match breaks[start + glyph.end - 1] {
                    _ if !glyph.is_last => After::Nothing,
                    // A letter and its accent are never torn apart.
                    After::Letter if glyph.accent_follows => After::Nothing,
                    after => after,
                };
                let (advance, after) = match form.span {
                    // What follows a leader stands on its line.
                    GlyphSpan::Leader => (self.theme.leader, After::Nothing),
                    GlyphSpan::Blank(blank) => (self.blank_width(blank, style), after),
                    _ => (points(glyph.advance) + style.tracking * style.size, after),
                };
                let width = |id| typeface.width(id) * 1000.0 / em;
                let set = Glyph {
                    code: self.case.code(form.face, glyph.id, &glyph.letters, width),
                    face: form.face,
                    after,
                    is_space: word == " " && !matches!(form.span, GlyphSpan::Leader | GlyphSpan::Blank(_)),
                    ink,
                    size,
                    advance,
                    offset: (points(glyph.dx), points(glyph.dy) + rise * style.size),
                    span: form.span,
                };
                let hyphen = self.hyphen(form.face, after).map(|(id, advance)| Glyph {
                    code: self.case.code(form.face, id, SOFT, width),
                    advance: points(advance) + style.tracking * style.size,
                    offset: (0.0, rise * style.size),
                    ..set
                });
                let after = if hyphen.is_some() { After::Nothing } else { after };
                line.glyphs.push(Glyph { after, ..set });
                line.glyphs.extend(hyphen);
            }
            start += word.len();
        }
    }

    /// How wide a place to fill in is at least.
    fn blank_width(&self, space: BlankSpace, style: &TextStyle) -> f32 {
        let [short, medium, long] = self.theme.blank_lengths;
        match (space.kind, space.length, style.blank) {
            (BlankKind::Tick, ..) => style.size * TICK,
            (_, Some(BlankLength::Short), None) => short,
            (_, Some(BlankLength::Medium), None) => medium,
            (_, _, width) => width.unwrap_or(long),
        }
    }

    /// The hyphen behind a letter where its word may break, and how far the pen moves by it.
    fn hyphen(&mut self, face: Face, after: After) -> Option<(u16, i32)> {
        let shaped = (after == After::Hyphen).then(|| self.words.shape(face, self.faces.get(face), "-"))?;
        shaped.first().filter(|glyph| glyph.id != 0).map(|glyph| (glyph.id, glyph.advance))
    }

    fn missing(&mut self, character: char, part: Option<PartId>, text: &str) {
        let fault = Unprintable::NoGlyph { character, part, text: text.to_owned() };
        // Told once, however often the line has the character.
        if !self.faults.iter().rev().take(RECENT).any(|told| *told == fault) {
            self.faults.push(fault);
        }
    }
}

/// Word by word, for words are kept; spaces by themselves, for they may hang over the line's end.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split_inclusive(' ').flat_map(|piece| match piece.strip_suffix(' ') {
        Some(word) => [word, " "],
        None => [piece, ""],
    });
    parts.filter(|word| !word.is_empty())
}

impl LineDraft {
    /// Whether it is a place for an answer of several lines.
    fn is_answer(&self) -> bool {
        let kind = |stretch: &Stretch| match stretch.form.span {
            GlyphSpan::Blank(BlankSpace { kind, .. }) => Some(kind),
            _ => None,
        };
        self.stretches.iter().filter_map(kind).any(|kind| matches!(kind, BlankKind::Lines(_)))
    }

    fn push(&mut self, words: &str, form: TextForm) {
        let start = self.text.len();
        self.text.extend(words.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        if start < self.text.len() {
            self.stretches.push(Stretch { text: start..self.text.len(), form });
        }
    }

    /// Spaces at the ends of a line that the author ended are an accident of the Markdown.
    fn trim(&mut self) {
        let filled = |stretch: &Stretch| matches!(stretch.form.span, GlyphSpan::Leader | GlyphSpan::Blank(_));
        let bare = |text: &str, stretch: &Stretch| {
            !filled(stretch) && text[stretch.text.clone()].trim_matches(' ').is_empty()
        };
        while self.stretches.last().is_some_and(|last| bare(&self.text, last)) {
            self.stretches.pop();
        }
        let lead = self.stretches.iter().take_while(|first| bare(&self.text, first)).count();
        self.stretches.drain(..lead);
        if let Some(last) = self.stretches.last_mut().filter(|last| !filled(last)) {
            last.text.end = last.text.start + self.text[last.text.clone()].trim_end_matches(' ').len();
        }
        if let Some(first) = self.stretches.first_mut().filter(|first| !filled(first)) {
            first.text.start = first.text.end - self.text[first.text.clone()].trim_start_matches(' ').len();
        }
        let end = self.stretches.last().map_or(0, |last| last.text.end);
        self.text.truncate(end);
    }
}
