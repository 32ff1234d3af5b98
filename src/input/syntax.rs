//! What the YAML reader says -> what is wrong, and what to type.
//!
//! In: the reader's message. Out: words for people who have never heard of scalars. Not here: where.

/// What was found, and what to type.
pub(super) struct Words {
    pub found: &'static str,
    pub help: &'static str,
}

/// The words for a message of the reader.
pub(super) fn in_words(said: &str) -> Words {
    let any = |parts: &[&str]| parts.iter().any(|part| said.contains(part));
    let (found, help) = if any(&["tab"]) {
        ("a tab stands here", "indent with spaces, two for each level")
    } else if any(&["end of stream", "unexpected eof", "end of plain scalar"]) {
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
    Words { found, help }
}
