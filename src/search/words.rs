//! Which words a stretch of text can be found by.
//!
//! In: what stands between two spaces. Out: words, each by the form that all of its forms have in common. Not
//! here: phrases.
//!
//! The index is made of these words, and `ccrov find` looks for them, so the same words find the same memos on a page and
//! in a terminal. A word of a query is read in the browser, too: `stem.js` finds its form as this does.

use pagefind_stem::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What makes forms of a word one.
pub(super) struct WordForms {
    stemmer: Stemmer,
}

impl Default for WordForms {
    fn default() -> WordForms {
        WordForms { stemmer: Stemmer::create(Algorithm::English) }
    }
}

impl WordForms {
    /// A word of a query, of which the [`letters`] are given.
    pub fn asked(&self, letters: &str) -> String {
        self.stem(letters)
    }

    /// All words that a piece of text between two spaces is found by: "21144-2" by itself, by 21144 and by 2.
    pub fn of(&self, piece: &str) -> Vec<String> {
        let whole = letters(piece);
        if whole.is_empty() {
            return Vec::new();
        }
        let mut words = vec![self.stem(&whole)];
        if !is_compound(piece) {
            return words;
        }
        let parts = parts(piece);
        if parts.len() > 1 || !parts.first().is_some_and(|part| whole.starts_with(part)) {
            words.extend(parts.iter().filter(|part| part.len() > 1).map(|part| self.stem(part)));
        }
        // An address is found by its domain, too.
        let ends = piece.match_indices('.').map(|(at, _)| &piece[at + 1..]).filter(|end| is_compound(end));
        let ends = ends.map(letters).filter(|end| end.chars().count() > 1);
        words.extend(ends.map(|end| self.stem(&end)));
        words
    }

    fn stem(&self, word: &str) -> String {
        let plain: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
        self.stemmer.stem(&plain).into_owned()
    }
}

/// Small letters and figures, and what joins them.
pub(super) fn letters(piece: &str) -> String {
    piece.chars().filter(|c| c.is_alphanumeric() || *c == '_').flat_map(char::to_lowercase).collect()
}

fn is_compound(piece: &str) -> bool {
    piece.chars().any(|c| !c.is_alphanumeric()) || piece.chars().skip(1).any(char::is_uppercase)
}

/// The parts of a compound in small letters: what punctuation, a capital after a small letter ("VoteCal"), or a figure
/// beside a letter parts; of capitals, the last begins a word ("EMSRelease").
fn parts(piece: &str) -> Vec<String> {
    let chars: Vec<char> = piece.chars().collect();
    let mut spaced = String::with_capacity(piece.len() + 4);
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let begins = before.is_some_and(|before| match (before, c) {
            (a, b) if a.is_ascii_digit() => b.is_lowercase() || b.is_uppercase(),
            (a, b) if b.is_ascii_digit() => a.is_lowercase() || a.is_uppercase(),
            (a, b) if a.is_lowercase() => b.is_uppercase(),
            (a, b) => {
                a.is_uppercase() && b.is_uppercase() && chars.get(at + 1).is_some_and(|c| c.is_lowercase())
            }
        });
        if begins {
            spaced.push(' ');
        }
        match c.is_ascii_punctuation() {
            true => spaced.push(' '),
            false => spaced.extend(c.to_lowercase()),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}
