//! Blanks that look like spaces, or like nothing, and are no spaces to YAML.
//!
//! In: a character. Out: what people call it. Not here: where it matters.

use super::syntax::Words;

/// What a blank is called that is neither a space nor a tab nor a line's end; none for all else.
pub(super) fn odd_blank(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{2007}' => "a figure space",
        '\u{3000}' => "a full-width space",
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "a mark that cannot be seen",
        c if c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r') => "an unusual space",
        _ => return None,
    })
}

/// What is said of a line, or of a key, that begins with one.
pub(super) fn words(blank: char) -> Words {
    let what = odd_blank(blank).unwrap_or("a blank");
    Words::new(
        format!("{what} stands here, which is no indent (U+{:04X})", u32::from(blank)),
        "delete what stands before the first letter, and type two plain spaces for each level of indent",
    )
}
