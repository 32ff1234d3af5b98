//! What the YAML reader says -> what is wrong, where it is likely to be, and what to type.
//!
//! In: the reader's message and the place where it gave up. Out: words for people who have never
//! heard of scalars. The reader gives up where no reading is left, which is often a line or more after
//! the slip: so the usual slips are looked for first. Not here: the tree.

use std::ops::Range;

/// What was found, and what to type.
pub(super) struct Words {
    pub found: &'static str,
    pub help: &'static str,
}

const TAB: Words = Words { found: "a tab stands here", help: "use spaces: two for each level of indent" };
const CURLY: Words = Words {
    found: "curly quotes stand here, which are not quotes to YAML",
    help: "type straight quotes around the value: \"...\"",
};
const NO_SPACE: Words = Words {
    found: "no plain space follows the colon",
    help: "write a space after the colon of a key: `status: issued`",
};
const NO_SPACE_AFTER_DASH: Words = Words {
    found: "no space follows the dash",
    help: "write a space after the dash of a list: `- All City Clerks`",
};
const EQUALS: Words = Words {
    found: "an equals sign stands after the key",
    help: "write a colon and a space: `status: issued`",
};
const NO_COLON: Words = Words {
    found: "this line has no colon",
    help: "write a colon and a space after a key: `status: issued`; indent a line that goes on with the text above it",
};
const OPEN_QUOTE: Words = Words {
    found: "a quote is opened and not closed in this line",
    help: "close the quote at the end of the value; a quote inside it is written \\\"",
};
const OPEN_BRACKET: Words = Words {
    found: "a bracket is opened and not closed in this line",
    help: "close it: [sos, cgi] or {at: release}; put text that begins with [ or { in quotes",
};
const CUT: Words = Words {
    found: "a number sign after a space begins a remark, and cuts this line off",
    help: "put a value that begins with it in quotes: \"#0b3d78\"",
};
const NOT_INDENTED: Words = Words {
    found: "this text is not indented",
    help: "a text of several lines follows `body: |`, each line indented by two spaces",
};

/// The usual slip nearest before the place where the reader gave up, with its place.
pub(super) fn slip(text: &str, gave_up: usize) -> Option<(Range<usize>, Words)> {
    let end = text[gave_up..].find('\n').map_or(text.len(), |at| gave_up + at);
    let mut start = 0;
    let mut nearest = None;
    let mut announced = false;
    let mut not_indented = None;
    for line in text[..end].split_inclusive('\n') {
        let content = line.trim_end();
        if let Some((range, words)) = line_slip(content) {
            nearest = Some((start + range.start..start + range.end, words));
        }
        // The first line after `body: |` that is neither indented nor a key.
        if announced && !content.is_empty() {
            let key = content.split_once(':').is_some_and(|(key, _)| !key.contains(' '));
            if !content.starts_with([' ', '#', '-']) && !key {
                not_indented = Some((start..start + content.len(), NOT_INDENTED));
            }
            announced = false;
        }
        announced |= content.starts_with("body:");
        start += line.len();
    }
    not_indented.or(nearest)
}

/// A slip of one line, with its range in the line.
fn line_slip(line: &str) -> Option<(Range<usize>, Words)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if let Some(tab) = line[indent..].starts_with('\t').then_some(indent) {
        return Some((tab..tab + 1, TAB));
    }
    let item = line[indent..].strip_prefix("- ").map_or(indent, |_| indent + 2);
    let rest = &line[item..];
    let key =
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_' || c == '-').len();
    let after = item + key;
    if key > 0 && line[after..].starts_with(" = ") {
        return Some((after + 1..after + 2, EQUALS));
    }
    // Text in lines of its own is indented.
    let written = line.split(" #").next().unwrap_or(line).trim_end();
    if item == 0 && key > 0 && written[key.min(written.len())..].starts_with(' ') && !written.contains(':') {
        return Some((0..written.len(), NO_COLON));
    }
    if rest.starts_with('-') && rest.len() > 1 && !rest[1..].starts_with(['-', ' ']) {
        return Some((item..item + 1, NO_SPACE_AFTER_DASH));
    }
    let value = match line[after..].strip_prefix(':') {
        Some(value) if key > 0 => value,
        _ => return None,
    };
    let at = after + 1;
    let first = value.chars().next()?;
    if first == '\t' {
        return Some((at..at + 1, TAB));
    }
    if first != ' ' {
        return (!value.starts_with("//")).then_some((at..at + first.len_utf8(), NO_SPACE));
    }
    let start = at + (value.len() - value.trim_start().len());
    let value = value.trim();
    let closed = |open: char, close: char| {
        value.starts_with(open)
            && (value.len() < 2 || !value.split(" #").next().unwrap_or(value).trim_end().ends_with(close))
    };
    if value.starts_with(['“', '”', '‘', '’']) {
        Some((start..start + value.len(), CURLY))
    } else if closed('"', '"') || closed('\'', '\'') {
        Some((start..start + 1, OPEN_QUOTE))
    } else if closed('[', ']') || closed('{', '}') {
        let cut = value.find(" #").map(|at| at + 1).filter(|at| !value[at + 1..].starts_with(' '));
        if let Some(cut) = cut {
            return Some((start + cut..start + value.len(), CUT));
        }
        Some((start..start + 1, OPEN_BRACKET))
    } else {
        None
    }
}

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
    Words { found, help }
}
