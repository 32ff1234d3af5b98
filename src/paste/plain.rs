//! Plain text -> blocks.
//!
//! In: text of a plain editor, a PDF or a mail. Out: paragraphs; lines of a PDF joined where that is sure. Not here: cells
//! (`cells`), items (`typed`).
//!
//! Whoever copies from a PDF gets the ends of its lines. They are joined where the next line goes on in the middle of a
//! sentence, or where lines are full: at least two of a block are about as long as its longest, and the next word would
//! not have fitted on the line.

use super::{
    block::{CopiedBlock, Paragraph},
    counts::Counts,
    links, symbols,
    text::{self, Mark, Sign, SignLook, Signs},
};

/// Lines of a page are no narrower and no wider than this, in signs.
const PAGE: std::ops::RangeInclusive<usize> = 45..=130;
/// How far a full line may stay behind the longest.
const RAGGED: usize = 14;

/// A line without the blanks around it.
struct PlainLine<'a> {
    words: &'a str,
    indent: usize,
    width: usize,
}

/// Reads plain text.
pub(super) fn blocks(plain: &str, counts: &mut Counts) -> Vec<CopiedBlock> {
    let plain = plain.replace("\r\n", "\n").replace('\r', "\n").replace(['\u{b}', '\u{2028}'], "\n");
    let mut out = Vec::new();
    let mut open: Vec<PlainLine<'_>> = Vec::new();
    for line in plain.split(['\n', '\u{c}', '\u{2029}']) {
        let words = line.trim();
        if words.is_empty() {
            block(&std::mem::take(&mut open), counts, &mut out);
            continue;
        }
        let blanks = &line[..line.len() - line.trim_start().len()];
        let indent = blanks.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        open.push(PlainLine { words, indent, width: words.chars().count() });
    }
    block(&open, counts, &mut out);
    out
}

/// Lines without an empty line between them.
fn block(lines: &[PlainLine<'_>], counts: &mut Counts, out: &mut Vec<CopiedBlock>) {
    let Some(first) = lines.first() else { return };
    let longest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let full = lines.iter().filter(|line| line.width + RAGGED >= longest).count();
    let is_page = PAGE.contains(&longest) && full > 1;
    let is_short = longest < *PAGE.start();
    let mut text = signs(first.words, counts);
    let mut indent = first.indent;
    let mut end = |text: &mut Signs, indent: usize| {
        let texts = text::paragraphs(std::mem::take(text));
        out.extend(
            texts.into_iter().map(|text| CopiedBlock::Paragraph(Paragraph { text, indent, goes_on: false })),
        );
    };
    for (above, line) in lines.iter().zip(&lines[1..]) {
        let is_item = begins_item(line.words);
        if !is_item && goes_on(above, line, longest, is_page) {
            counts.joined += 1;
            // A word that a hyphen parts goes on at once: vote-by-mail.
            if !(above.words.ends_with('-') && line.words.starts_with(char::is_lowercase)) {
                text.extend(text::plain(" "));
            }
        } else if !is_item && is_short && !begins_item(above.words) {
            text.push(Sign { mark: Mark::Break, look: SignLook::default() });
        } else {
            end(&mut text, indent);
            indent = line.indent;
        }
        text.extend(signs(line.words, counts));
    }
    end(&mut text, indent);
}

/// Whether a line surely goes on the one above it.
fn goes_on(above: &PlainLine<'_>, line: &PlainLine<'_>, longest: usize, is_page: bool) -> bool {
    let ends = above.words.ends_with(['.', ':', ';', '?', '!']);
    if above.width < *PAGE.start() || !PAGE.contains(&longest) {
        return false;
    }
    if !ends && line.words.starts_with(char::is_lowercase) {
        return true;
    }
    let word = line.words.split_whitespace().next().unwrap_or_default().chars().count();
    is_page && above.width + RAGGED >= longest && above.width + 1 + word > longest
}

fn begins_item(words: &str) -> bool {
    let mark = words.split_whitespace().next().unwrap_or_default();
    let is_number = mark.strip_suffix(['.', ')']).is_some_and(|number| {
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
            || number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let is_bullet = mark.chars().count() == 1
        && !mark.contains(|c: char| c.is_alphanumeric() || "&(\"'“‘§$#".contains(c));
    mark.len() < words.len() && (is_number || is_bullet || mark == "o")
}

/// The signs of a line; addresses that lead through a mail filter lead straight on.
pub(super) fn signs(words: &str, counts: &mut Counts) -> Signs {
    let mut out = Signs::new();
    let mut push = |words: &str, counts: &mut Counts| {
        for c in words.chars() {
            match symbols::shown(c) {
                Some(c) => out.push(Sign { mark: Mark::Char(c), look: SignLook::default() }),
                None => counts.signs += 1,
            }
        }
    };
    for piece in words.split_inclusive(char::is_whitespace) {
        let (start, address) = piece.split_at(piece.find("https://").unwrap_or(piece.len()));
        let inner = address.trim_end_matches(|c: char| c.is_whitespace() || ">),.;".contains(c));
        match links::address(inner).filter(|address| address.unwrapped) {
            Some(found) => {
                counts.unwrapped += 1;
                push(start, counts);
                push(&found.href, counts);
                push(&address[inner.len()..], counts);
            }
            None => push(piece, counts),
        }
    }
    out
}
