//! One way of writing what is written in several.
//!
//! In: text as it was typed, or pasted from a PDF. Out: the same without ligatures, soft hyphens, curly quotes and
//! blanks that are kept together, as it is searched. Not here: words. `search.js` does the same to what is typed there.

use unicode_normalization::UnicodeNormalization as _;

/// A text as it is searched.
pub(super) fn normal(text: &str) -> String {
    let one = |c: char| match c {
        // Soft hyphens, and what shows nothing.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        '‐' | '−' => Some('-'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => Some('"'),
        c => Some(c),
    };
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        match word.is_ascii() {
            true => out.push_str(word),
            false => out.extend(word.nfkc().filter_map(one)),
        }
    }
    out
}
