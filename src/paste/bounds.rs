//! How much HTML is read.
//!
//! In: HTML of a clipboard. Out: the same without the pictures that are written into it, or why it is not read. Not here:
//! how deep it goes, which shows as it is read (`tree`).
//!
//! The parser looks through all that is open at each end of an element, and through all attributes at each attribute. So
//! what is nested or set up without end would take it for ever.

use std::borrow::Cow;

use super::WhyPlain;

/// The most HTML that is read, in bytes, without the pictures in it.
const LARGEST: usize = 2 << 20;
/// The deepest nesting that is read: mails with tables within tables reach a hundred.
pub(super) const DEEPEST: usize = 256;
/// The most nodes that it may unfold into.
pub(super) const MOST_NODES: usize = 400_000;
/// After how many bytes the parser is looked after.
pub(super) const STRETCH: usize = 4096;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 1000;

/// HTML that can be read in good time.
pub(super) fn within(html: &str) -> Result<Cow<'_, str>, WhyPlain> {
    let html = without_pictures(html);
    if html.len() > LARGEST {
        return Err(WhyPlain::TooLarge);
    }
    if most_attributes(&html) > MOST_ATTRIBUTES {
        return Err(WhyPlain::TooTangled);
    }
    Ok(html)
}

/// Takes the bytes of pictures out of their addresses: `src="data:image/png;base64,..."`.
fn without_pictures(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("data:image/") {
        let picture = &rest[at..];
        let end = picture.find(['"', '\'', '>', ')', ' ']).unwrap_or(picture.len());
        out.push_str(&rest[..at]);
        rest = &picture[end..];
    }
    if out.is_empty() {
        return Cow::Borrowed(html);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// About how many attributes the element has that has most.
fn most_attributes(html: &str) -> usize {
    let (mut most, mut count) = (0, 0);
    let mut bytes = html.bytes().peekable();
    let (mut in_tag, mut quote) = (false, None);
    while let Some(byte) = bytes.next() {
        match (in_tag, quote) {
            (false, _) => {
                in_tag = byte == b'<' && bytes.peek().is_some_and(u8::is_ascii_alphabetic);
                count = 0;
            }
            (true, Some(mark)) if byte == mark => quote = None,
            (true, Some(_)) => {}
            (true, None) => match byte {
                b'>' => in_tag = false,
                b'"' | b'\'' => {
                    quote = Some(byte);
                    count += 1;
                }
                b'/' => count += 1,
                _ if byte.is_ascii_whitespace() => count += 1,
                _ => {}
            },
        }
        most = most.max(count);
    }
    most
}
