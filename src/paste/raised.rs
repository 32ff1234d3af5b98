//! Raised and lowered signs: powers, formulas, marks of notes.
//!
//! In: words that stand above or below the line. Out: the same on the line, in signs that still say so. Not here: which
//! elements raise them.

use super::style::ElementStyle;

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raised {
    Up,
    Down,
}

const SIGNS: &str = "0123456789+-=()";
const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾";
const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
/// What reads the same on the line: 1st, Windows™.
const PLAIN: [&str; 7] = ["st", "nd", "rd", "th", "tm", "sm", "r"];

impl Raised {
    /// Where the words of an element stand, within others that stand so.
    pub fn of(name: &str, style: &ElementStyle<'_>, around: Option<Raised>) -> Option<Raised> {
        match style.get("vertical-align").map(str::to_ascii_lowercase).as_deref() {
            Some("super") => Some(Raised::Up),
            Some("sub") => Some(Raised::Down),
            Some("baseline") => None,
            _ => match name {
                "sup" => Some(Raised::Up),
                "sub" => Some(Raised::Down),
                _ => around,
            },
        }
    }

    /// Figures and signs of arithmetic in their raised or lowered form; `None` for words that hold others.
    pub fn signs(self, words: &str) -> Option<String> {
        let signs = if self == Raised::Up { UP } else { DOWN };
        let sign = |c: char| match c {
            ' ' | '\n' | ',' | '\u{a0}' => Some(c),
            '−' | '–' => sign_of(signs, '-'),
            c => sign_of(signs, c),
        };
        words.chars().map(sign).collect()
    }

    /// Whether words read as something else on the line.
    pub fn is_lost(words: &str) -> bool {
        let words = words.trim().to_lowercase();
        words.contains(char::is_alphanumeric) && !PLAIN.contains(&words.as_str())
    }
}

fn sign_of(signs: &str, c: char) -> Option<char> {
    signs.chars().nth(SIGNS.chars().position(|sign| sign == c)?)
}
