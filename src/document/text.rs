//! Running text as plain words, and as runs of one face.
//!
//! In: [`Inline`] trees. Out: text. Not here: the words of a whole document, fonts, widths.

use super::{Blank, BlankKind, Inline};

/// How a run of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Face {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// The words of running text, without their form. A kept line end, a leader and a blank are a space, a box to check is ☐;
/// a reference to a note is nothing, as the marker of a list's item is.
pub fn plain(text: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(text, &mut out);
    out
}

pub(super) fn push_plain(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(t) | Inline::Code(t) => out.push_str(t),
            Inline::Strong(t) | Inline::Emphasis(t) | Inline::Link { text: t, .. } => push_plain(t, out),
            Inline::Blank(Blank { kind: BlankKind::Tick, .. }) => out.push('\u{2610}'),
            Inline::Break | Inline::Leader | Inline::Blank(_) => out.push(' '),
            Inline::Note(_) => {}
        }
    }
}
