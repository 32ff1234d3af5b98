//! Facts that stand in a text as plain words.
//!
//! In: Markdown; facts, each as it is printed. Out: where each stands. Not here: which facts there are.

use std::ops::Range;

/// A fact that a memo can take from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedFact {
    /// What is written in its place: `{{ milestones.release.date }}`.
    pub insert: String,
    /// How it is printed today: "November 21, 2021", "(916) 555-0100".
    pub printed: String,
}

/// Where facts stand in a text, each with the place of its fact in the list; in order. Of facts that stand within one
/// another, the longer is found. What stands in double braces, in code and in the addresses of links is no text.
///
/// ```
/// use ccrov::paste::{PastedFact, facts};
/// let release = PastedFact { insert: "{{ milestones.release.date }}".into(), printed: "November 21, 2021".into() };
/// assert_eq!(facts("It is November 21, 2021.", &[release]), [(6..23, 0)]);
/// ```
pub fn facts(markdown: &str, facts: &[PastedFact]) -> Vec<(Range<usize>, usize)> {
    let kept = kept(markdown);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (place, fact) in facts.iter().enumerate().filter(|(_, fact)| !fact.printed.trim().is_empty()) {
        let matches = markdown.match_indices(fact.printed.as_str());
        found.extend(matches.map(|(at, words)| (at..at + words.len(), place)));
    }
    found.sort_by_key(|(range, place)| (range.start, std::cmp::Reverse(range.end), *place));
    let mut end = 0;
    found.retain(|(range, _)| {
        let next = kept.partition_point(|kept| kept.end <= range.start);
        let is_text = kept.get(next).is_none_or(|kept| kept.start >= range.end);
        let is_free = range.start >= end && is_text && is_whole(markdown, range);
        if is_free {
            end = range.end;
        }
        is_free
    });
    found
}

/// Whether no word or number goes on beyond a stretch.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(char::is_alphanumeric)
    };
    let words = &text[range.clone()];
    !joins(words.chars().next(), text[..range.start].chars().next_back())
        && !joins(words.chars().next_back(), text[range.end..].chars().next())
}

/// The stretches of Markdown that are no text, in order: expressions, code, addresses.
fn kept(markdown: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = markdown[at..].find(['{', '`', ']']).map(|found| at + found) {
        let rest = &markdown[start..];
        let close = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("](", ")"), ("`", "`")];
        let Some((open, close)) = close.into_iter().find(|(open, _)| rest.starts_with(open)) else {
            at = start + 1;
            continue;
        };
        let is_escaped = markdown[..start].ends_with('\\');
        // Each goes no further than its line, so that many that do not end take no time.
        let line = &rest[open.len()..];
        let line = &line[..line.find('\n').unwrap_or(line.len()).min(line.floor_char_boundary(2000))];
        at = match line.find(close).filter(|_| !is_escaped) {
            Some(length) => {
                let end = start + open.len() + length + close.len();
                out.push(start..end);
                end
            }
            None => start + open.len(),
        };
    }
    out
}
