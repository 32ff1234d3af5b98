//! Small capitals: which letters are smaller.
//!
//! In: text in capitals. Out: its stretches of one size. Not here: how small.

use std::ops::Range;

use crate::pdf::theme::TextStyle;

/// Words that begin with a small letter in a title.
const SMALL_WORDS: [&str; 5] = ["OF", "THE", "AND", "FOR", "IN"];

/// A span's stretches of one size: with small capitals, those inside a word are smaller, and those
/// of small words throughout.
pub fn stretches(text: &str, span: &Range<usize>, style: &TextStyle, small: f32) -> Vec<(Range<usize>, f32)> {
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
            // The first word of a line is never small.
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
