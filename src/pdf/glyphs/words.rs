//! Shaped words, kept from document to document.
//!
//! In: a word and a face. Out: its glyphs, in font units, each with the letters that it stands for. A
//! word is shaped once a run and a thread: memos say the same words over and over. Not here: sizes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::face::FontFace;
use crate::document::Face;

/// Beyond this many words, those that are kept are dropped: a run over years of memos must not fill
/// the memory.
const MOST: usize = 50_000;

/// A glyph of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordGlyph {
    pub id: u16,
    /// Where the letters that it stands for end in the word, in bytes.
    pub end: usize,
    /// The letters as they are copied out; empty if other glyphs stand for all of them.
    pub letters: Box<str>,
    /// It is the last that stands for its letters.
    pub is_last: bool,
    /// What follows is drawn upon it.
    pub accent_follows: bool,
    pub advance: i32,
    pub dx: i32,
    pub dy: i32,
}

/// The words of each face.
#[derive(Default)]
pub struct WordCache {
    kept: BTreeMap<Face, BTreeMap<Box<str>, Arc<[WordGlyph]>>>,
    count: usize,
}

impl WordCache {
    /// The glyphs of a word.
    pub fn shape(&mut self, face: Face, typeface: &FontFace, word: &str) -> Arc<[WordGlyph]> {
        if let Some(known) = self.kept.get(&face).and_then(|words| words.get(word)) {
            return Arc::clone(known);
        }
        if self.count >= MOST {
            self.kept.clear();
            self.count = 0;
        }
        let shaped = shape(typeface, word);
        self.kept.entry(face).or_default().insert(word.into(), Arc::clone(&shaped));
        self.count += 1;
        shaped
    }
}

fn shape(typeface: &FontFace, word: &str) -> Arc<[WordGlyph]> {
    let shaped = typeface.shape(word);
    let mut glyphs: Vec<WordGlyph> = Vec::with_capacity(shaped.len());
    let mut clusters = shaped.chunk_by(|a, b| a.start == b.start).peekable();
    while let Some(cluster) = clusters.next() {
        let start = cluster[0].start;
        let end = clusters.peek().map_or(word.len(), |next| next[0].start);
        let letters: Vec<char> = word[start..end].chars().filter_map(copied_out).collect();
        // What only says how its neighbours join or break is not drawn.
        if letters.is_empty() {
            if let Some(before) = glyphs.last_mut() {
                before.end = end;
            }
            continue;
        }
        let accent_follows = clusters.peek().is_some_and(|next| next[0].advance == 0);
        for (i, glyph) in cluster.iter().enumerate() {
            let is_last = i + 1 == cluster.len();
            // Several glyphs that stand for the same letters share them out, in order.
            let own = i.min(letters.len())..if is_last { letters.len() } else { (i + 1).min(letters.len()) };
            glyphs.push(WordGlyph {
                id: glyph.id,
                end,
                letters: letters[own].iter().collect::<String>().into(),
                is_last,
                accent_follows: is_last && accent_follows,
                advance: glyph.advance,
                dx: glyph.dx,
                dy: glyph.dy,
            });
        }
    }
    glyphs.into()
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
