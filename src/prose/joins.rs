//! Lines of a paragraph that were hardly meant to be joined.
//!
//! In: a body as it was written. Out: warnings at their places. Not here: lines that Markdown takes for something else
//! than text.
//!
//! Whoever breaks lines at the edge of a window fills each before the next begins. So where the next line's first word
//! would still have fitted, measured by the longest line of the paragraph, a break was meant. So it was where a sentence
//! ends far from any edge, and another begins.

use std::ops::Range;

use super::{
    Fence,
    habits::{BULLETS, is_item},
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    document::begins_as_item,
    model::Text,
};

/// Nobody breaks the lines of a text narrower than this.
const NARROW: usize = 60;

/// A line of a paragraph.
struct ParagraphLine<'a> {
    /// Where it stands in the text, without the blanks around it.
    range: Range<usize>,
    /// Its words.
    words: &'a str,
    /// How far it goes to the right, in signs.
    width: usize,
}

/// Warns of the first such line of each paragraph.
pub fn check(body: &Text, sources: &Sources, faults: &mut Faults) {
    let mut pieces = sources.pieces(body);
    let mut found = |paragraph: &mut Vec<ParagraphLine<'_>>| {
        if let Some(line) = broken(paragraph) {
            faults.push(
                Diagnostic::new(
                    Code::JoinedLines,
                    pieces.place(line.range.clone()),
                    "this line is printed right behind the one above it",
                )
                .expected("they are one paragraph, and there was room for more on the line above")
                .help(
                    "leave a line empty between paragraphs, and below a heading; to keep the ends of lines write \
                     <!-- lines --> above the first",
                ),
            );
        }
        paragraph.clear();
    };
    let (mut fence, mut is_kept, mut start) = (Fence::default(), false, 0);
    let mut paragraph: Vec<ParagraphLine<'_>> = Vec::new();
    for whole in body.value.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let words = line.trim();
        let at = start + line.len() - line.trim_start().len();
        start += whole.len();
        let is_apart = fence.holds(line) || words.is_empty() || stands_apart(words);
        // What stands right below an item is told by the document.
        let is_swallowed =
            line.starts_with(words) && paragraph.first().is_some_and(|line| is_item(line.words));
        if is_apart || is_swallowed || is_item(words) || words.starts_with('>') && !paragraph.is_empty() {
            found(&mut paragraph);
        }
        if is_apart {
            is_kept = !words.is_empty() && (is_kept || keeps_lines(words));
            continue;
        }
        if is_kept {
            continue;
        }
        let width = line.trim_end().chars().count();
        paragraph.push(ParagraphLine { range: at..at + words.len(), words, width });
        // Such an end is kept.
        if line.ends_with("  ") || line.ends_with('\\') {
            found(&mut paragraph);
        }
    }
    found(&mut paragraph);
}

/// Whether a line is no running text, or begins as an item of a list does.
fn stands_apart(words: &str) -> bool {
    ["|", "#", "<!--", "{%", ":", "[^"].iter().any(|mark| words.starts_with(mark))
        || words.contains(" | ")
        || words.starts_with(BULLETS)
        || !words.contains(char::is_alphanumeric)
        || begins_as_item(words)
}

/// Whether a comment says that line ends are kept below it.
fn keeps_lines(words: &str) -> bool {
    ["lines", "columns", "leaders", "letterhead"].iter().any(|word| words.contains(word))
        && words.starts_with("<!--")
}

/// The first line of a paragraph that was hardly meant to go on the one above it.
fn broken<'l, 'a>(paragraph: &'l [ParagraphLine<'a>]) -> Option<&'l ParagraphLine<'a>> {
    // What tags leave of a line is not known.
    if paragraph.iter().any(|line| line.words.contains("{%")) {
        return None;
    }
    let longest =
        paragraph.iter().filter(|line| first_word(line.words) < line.words.len()).map(|line| line.width);
    let longest = longest.max().unwrap_or_default();
    let is_heading = |line: &ParagraphLine<'_>| is_heading(line.words);
    let has_text = paragraph.iter().any(|line| !is_heading(line));
    let pairs = paragraph.iter().zip(paragraph.iter().skip(1));
    let mut broken = pairs.filter(|(above, line)| {
        let word = line.words[..first_word(line.words)].chars().count();
        let width = above.width + 1 + word;
        let begins = !line.words.starts_with(char::is_lowercase);
        let ends = above.words.ends_with(['.', ':', ';', '?', '!']);
        // A line that was edited may be a little shorter than those around it.
        let is_short = width <= longest && (begins || ends || above.width * 3 < longest * 2);
        let is_sentence = width <= NARROW && begins && ends;
        is_short || is_sentence || has_text && (is_heading(above) || is_heading(line))
    });
    broken.next().map(|(_, line)| line)
}

/// The length of a line's first word; what stands in braces, brackets or backticks is one.
fn first_word(words: &str) -> usize {
    let end = |mark: &str| words.find(mark).map_or(words.len(), |at| at + mark.len());
    let from = match words.as_bytes() {
        [b'{', b'{', ..] => end("}}"),
        [b'[', ..] if words.contains("](") => end(")"),
        [b'`', ..] => words[1..].find('`').map_or(0, |at| at + 2),
        _ => 0,
    };
    words[from..].find(char::is_whitespace).map_or(words.len(), |at| from + at)
}

/// Whether a line is a heading by its looks: all in capitals, or all bold.
fn is_heading(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let is_bold = words.len() > 4 && words.starts_with("**") && words.ends_with("**");
    is_bold && !words[2..words.len() - 2].contains("**")
        || letters >= 6 && words.contains(' ') && !words.contains(char::is_lowercase) && !words.contains("{{")
}
