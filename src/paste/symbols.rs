//! Signs of typefaces that are pictures.
//!
//! In: a letter, and the typeface that it is set in. Out: the sign that readers saw. Not here: bullets, which Word sets
//! apart.

use super::style::ElementStyle;

/// The name of a typeface of pictures that an element is set in.
pub(super) fn typeface<'t>(style: &ElementStyle<'t>, face: Option<&'t str>) -> Option<&'t str> {
    let family = style.get("font-family").or(face)?;
    Some(family.split(',').next().unwrap_or_default().trim_matches(['"', '\'', ' ']))
}

/// The sign that a letter is in a typeface; `None` if nobody can tell.
pub(super) fn of_typeface(typeface: &str, c: char) -> Option<char> {
    // Office writes signs of such typefaces at F000, too.
    let code = if ('\u{f020}'..='\u{f0ff}').contains(&c) { (c as u32 - 0xf000) as u8 as char } else { c };
    if c.is_whitespace() {
        return Some(c);
    }
    match typeface.to_ascii_lowercase().as_str() {
        "wingdings" => match code {
            'o' | 'q' | '\u{a8}' | 'p' => Some('☐'),
            '\u{fe}' | 'x' => Some('☒'),
            '\u{fc}' => Some('✓'),
            '\u{e0}' | '\u{e8}' | '\u{f0}' => Some('→'),
            'l' | '\u{a7}' | '\u{9f}' | 'n' => Some('•'),
            _ => None,
        },
        "wingdings 2" => match code {
            '\u{a3}' => Some('☐'),
            'Q' | 'R' => Some('☒'),
            'P' => Some('✓'),
            '\u{95}'..='\u{98}' => Some('•'),
            _ => None,
        },
        "webdings" => match code {
            'c' => Some('☐'),
            'a' => Some('✓'),
            'g' | 'n' => Some('•'),
            _ => None,
        },
        "wingdings 3" => (code == '}').then_some('•'),
        "symbol" => match code {
            '\u{b7}' => Some('•'),
            '\u{b3}' => Some('≥'),
            '\u{a3}' => Some('≤'),
            '\u{b1}' => Some('±'),
            '\u{b9}' => Some('≠'),
            '\u{ae}' => Some('→'),
            'a'..='z' | 'A'..='Z' => None,
            c => shown(c),
        },
        _ => shown(c),
    }
}

/// A sign that is printed as it is; `None` for one that only a private typeface has.
pub(super) fn shown(c: char) -> Option<char> {
    match c {
        '\u{f0b7}' | '\u{f0a7}' => Some('•'),
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' => Some('☐'),
        '\u{f0fc}' => Some('✓'),
        '\u{f0e0}' => Some('→'),
        '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' => None,
        c => Some(c),
    }
}
