//! Where a text refers to memos by their numbers.
//!
//! In: a text, as it was typed or as it is read. Out: each number with its place, and whether it can be meant otherwise.
//! Not here: which memos there are.

use std::ops::Range;

use crate::model::Number;

/// A memo that a text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The number and what names it as one: "CC/ROV #26001"; in a list of several, the number with its sign.
    pub range: Range<usize>,
    /// The number alone, with its sign: "#26001".
    pub number_range: Range<usize>,
    /// The number.
    pub number: Number,
    /// It can be nothing but a memo's number: "CC/ROV" stands before it, or before the list that it is in. Others are
    /// taken for one only if there is such a memo.
    pub is_certain: bool,
}

/// All references of a text to memos, in their order: "CC/ROV #26001", "CC/ROV Memorandum #26001", "CCROV 26004", "CC/ROV
/// No. 26004", "CC/ROVs #26011, #26012, and #26013", "#26012".
///
/// ```
/// let found = ccrov::prose::references("See CCROV 26004 and #26012; call 916-555-0123.");
/// let numbers: Vec<_> = found.iter().map(|found| found.number.as_str()).collect();
/// assert_eq!(numbers, ["26004", "26012"]);
/// ```
pub fn find(text: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    // Whether the words before the list say that it has several.
    let mut are_several = false;
    for figures in five_figures(text) {
        let Ok(number) = text[figures.clone()].parse() else { continue };
        let before = trimmed(&text[..figures.start]);
        let (start, sign) = match sign(before) {
            Some((start, sign)) => (start, Some(sign)),
            None => (figures.start, None),
        };
        let named = trimmed(&text[..start]);
        let head = head(named);
        let last = found.last().filter(|last| text.get(last.range.end..start).is_some_and(is_between));
        let (from, is_certain) = match (&head, last, sign) {
            (Some(Head::One(head)), ..) => (*head, true),
            (Some(Head::Several), ..) => (start, true),
            (None, Some(last), _) => (start, last.is_certain && (sign.is_some() || are_several)),
            (None, None, Some(NumberSign::Hash)) if without_word(named, "memorandum").is_some() => {
                (start, true)
            }
            (None, None, Some(NumberSign::Hash)) if !text[..start].ends_with(joins) => (start, false),
            (None, None, _) => continue,
        };
        are_several = matches!(head, Some(Head::Several)) || head.is_none() && last.is_some() && are_several;
        found.push(Reference {
            range: from..figures.end,
            number_range: start..figures.end,
            number,
            is_certain,
        });
    }
    found
}

/// The runs of just as many figures as a memo's number has, which belong to no longer word or amount.
pub fn five_figures(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
            at = bytes[start..]
                .iter()
                .position(|byte| !byte.is_ascii_digit())
                .map_or(bytes.len(), |end| start + end);
            if at - start == Number::DIGITS
                && !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '$')
                && !text[at..].starts_with(char::is_alphanumeric)
                && !matches!(bytes[at..], [b'.' | b',', b'0'..=b'9', ..])
            {
                return Some(start..at);
            }
        }
    })
}

/// What can stand before a number to say that it is one.
#[derive(Clone, Copy)]
enum NumberSign {
    /// "#".
    Hash,
    /// "No.", "Number".
    Word,
}

/// The sign of a number at the end of a text, and where it begins.
fn sign(before: &str) -> Option<(usize, NumberSign)> {
    if before.ends_with('#') {
        return Some((before.len() - 1, NumberSign::Hash));
    }
    let words = ["no.", "nos.", "no", "nos", "number", "numbers"];
    let rest = words.iter().find_map(|word| without_word(before, word))?;
    Some((rest.len(), NumberSign::Word))
}

/// What names memos before their numbers.
enum Head {
    /// "CC/ROV Memorandum", and where it begins.
    One(usize),
    /// "CC/ROVs", "CC/ROV Memoranda".
    Several,
}

/// What names memos at the end of a text.
fn head(text: &str) -> Option<Head> {
    let without = |words: [&str; 3]| words.iter().find_map(|word| without_word(text, word));
    let several = without(["memoranda", "memorandums", "memos"]);
    let rest = trimmed(several.or_else(|| without(["memorandum", "memo", "memo."])).unwrap_or(text));
    let in_brackets = rest.ends_with(')');
    let rest = rest.strip_suffix([')', '-', '–']).map_or(rest, trimmed);
    let of = |words: [&str; 2]| words.iter().find_map(|word| without_word(rest, word));
    match of(["cc/rov", "ccrov"]) {
        Some(before) if several.is_none() && !in_brackets => Some(Head::One(before.len())),
        Some(before) if several.is_none() && before.ends_with('(') => Some(Head::One(before.len() - 1)),
        Some(_) => Some(Head::Several),
        None => of(["cc/rovs", "ccrovs"]).map(|_| Head::Several),
    }
}

/// A text without a word at its end, in capitals or small letters.
fn without_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(word.len()).filter(|at| text.is_char_boundary(*at))?;
    let (rest, end) = text.split_at(at);
    let is_word = end.eq_ignore_ascii_case(word) && !rest.ends_with(char::is_alphanumeric);
    is_word.then_some(rest)
}

/// Whether a text stands between the numbers of a list: ", and ".
fn is_between(text: &str) -> bool {
    let text = text.trim_matches(is_gap);
    let text = text.strip_prefix([',', ';']).unwrap_or(text).trim_matches(is_gap);
    ["", "and", "or", "&", "/", "-", "–", "to", "through", "and/or"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// What belongs to the same word as a sign that follows it, be it of an address.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '&' | '=' | '?')
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches(is_gap)
}

/// Blanks of every kind, and marks of Markdown.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '\\')
}
