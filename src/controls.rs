//! Characters that are none of text: controls, which no page, no feed and no terminal may get.
//!
//! In: a value, and where it was written. Out: a fault at the first of them. Not here: which they are, which `words`
//! says; what cannot be seen and has a use, such as a soft hyphen.

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place},
    words::is_control,
};

/// Reports the first control character of a value. `written` is the stretch of `text` where it stands, perhaps by
/// another name: `\x01`.
pub(crate) fn check(value: &str, text: &str, written: Place, faults: &mut Faults) {
    // Most texts are read a byte at a time: what is printed of ASCII is no control.
    let Some(rest) = value.bytes().position(|byte| !matches!(byte, b' '..=b'~' | b'\n')) else { return };
    let rest = value.floor_char_boundary(rest);
    let Some(control) = value[rest..].chars().find(|c| is_control(*c)) else { return };
    let start = written.range.start;
    let itself = text.get(written.range.clone()).and_then(|text| text.find(control));
    let place = match itself {
        Some(at) => written.source.at(start + at..start + at + control.len_utf8()),
        None => written,
    };
    faults.push(fault(control, place));
}

/// The fault of a control character at a place.
pub(crate) fn fault(control: char, place: Place) -> Diagnostic {
    let message =
        format!("a control character stands here, which cannot be seen (U+{:04X})", u32::from(control));
    Diagnostic::new(Code::ControlCharacter, place, message)
        .expected("text that can be read is expected")
        .help("type it again without that; it often comes with copied text")
}
