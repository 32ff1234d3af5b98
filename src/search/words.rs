//! Which words a stretch of text can be found by.
//!
//! In: what stands between two spaces. Out: words, each by the form that all of its forms have in common. Not
//! here: phrases.
//!
//! This is how pagefind indexes English, so that the same words find the same memos on a page and in a terminal;
//! `tests/browser/search-same.mjs` compares them.

use convert_case::{Case, Casing as _};
use pagefind_stem::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What makes forms of a word one.
pub(super) struct WordForms {
    stemmer: Stemmer,
}

impl WordForms {
    pub fn new() -> WordForms {
        WordForms { stemmer: Stemmer::create(Algorithm::English) }
    }

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
        let parts = piece.replace(|c: char| c.is_ascii_punctuation(), " ").to_case(Case::Lower);
        let parts: Vec<&str> = parts.split_whitespace().collect();
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
