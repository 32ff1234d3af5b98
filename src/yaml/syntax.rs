//! What the YAML reader says -> what is wrong, and what to type.
//!
//! In: the reader's message. Out: words for people who have never heard of scalars. Not here: the usual slips, which are
//! looked for first, and the tree.

use std::borrow::Cow;

use crate::diagnostic::Code;

/// What was found, and what to type.
pub(super) struct Words {
    pub code: Code,
    pub found: Cow<'static, str>,
    pub help: Cow<'static, str>,
}

impl Words {
    pub const fn fixed(found: &'static str, help: &'static str) -> Words {
        Words { code: Code::YamlSyntax, found: Cow::Borrowed(found), help: Cow::Borrowed(help) }
    }

    pub fn new(found: impl Into<Cow<'static, str>>, help: impl Into<Cow<'static, str>>) -> Words {
        Words { code: Code::YamlSyntax, found: found.into(), help: help.into() }
    }
}

pub(super) const TAB: Words = Words::fixed("a tab stands here", "use spaces: two for each level of indent");
pub(super) const NO_SPACE: Words = Words::fixed(
    "no plain space follows the colon",
    "write a space after the colon of a key: `status: issued`",
);

/// Whether a message of the reader is about a tab.
pub(super) fn is_about_a_tab(said: &str) -> bool {
    ["found a tab", "with a tab", "tab cannot", "tabs"].iter().any(|part| said.contains(part))
}

/// The words for a message of the reader.
pub(super) fn in_words(said: &str) -> Words {
    let any = |parts: &[&str]| parts.iter().any(|part| said.contains(part));
    if is_about_a_tab(said) {
        return TAB;
    }
    let (found, help) = if any(&["end of stream", "unexpected eof", "end of plain scalar"]) {
        (
            "the file ends inside a text or list",
            "look for a quote or bracket that is opened above and never closed",
        )
    } else if any(&["mapping values are not allowed", "placement of ':'"]) {
        (
            "a colon stands where none can",
            "put text that holds a colon in quotes: \"VoteCal: Release\"; indent keys that belong together alike",
        )
    } else if any(&["trailing content after double-quoted"]) {
        (
            "text goes on after the closing quote",
            "put the whole text inside the quotes; write a quote in it as \\\"",
        )
    } else if any(&["escape"]) {
        ("a backslash that stands for nothing", "put text with a backslash in single quotes: 'a\\b'")
    } else if any(&["flow mapping", "flow sequence", "misplaced bracket", "flow construct"]) {
        (
            "a list or mapping in brackets that does not end well",
            "look for a missing comma or closing bracket; put text that begins with [ or { in quotes",
        )
    } else if any(&[
        "simple key",
        "expected key",
        "'-' indicator",
        "indentation",
        "wrongly indented",
        "node content",
    ]) {
        (
            "this line does not fit the lines before it",
            "begin it where the lines it belongs to begin, and write a space after the colon or dash",
        )
    } else if any(&["unexpected character", "anchor", "alias", "a tag", "directive"]) {
        ("a text cannot begin with this character", "put the text in quotes")
    } else {
        (
            "this is not YAML",
            "look at the quotes, the indent and the colons of this line and the one before it",
        )
    };
    Words::fixed(found, help)
}
