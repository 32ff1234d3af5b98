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
    text.nfkc().filter_map(one).collect()
}
