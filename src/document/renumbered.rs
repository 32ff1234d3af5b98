//! Numbers of lists that count on after an item came or went.
//!
//! In: Markdown before and after. Out: the latter, with its items numbered. Not here: which items.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::parse::OPTIONS;

/// Markdown whose lists count on, if they did before.
pub fn renumbered(before: &str, after: &str) -> String {
    if wrong_numbers(before).next().is_some() {
        return after.to_owned();
    }
    let mut out = after.to_owned();
    // From the end, so that places stay.
    let wrong: Vec<(Range<usize>, u64)> = wrong_numbers(after).collect();
    for (range, number) in wrong.into_iter().rev() {
        out.replace_range(range, &number.to_string());
    }
    out
}

/// The numbers of items that are not one more than the last, with what they would be.
fn wrong_numbers(markdown: &str) -> impl Iterator<Item = (Range<usize>, u64)> {
    let mut open: Vec<Option<u64>> = Vec::new();
    let mut wrong = Vec::new();
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::List(first)) => open.push(first),
            Event::End(TagEnd::List(_)) => drop(open.pop()),
            Event::Start(Tag::Item) => {
                let Some(Some(next)) = open.last_mut() else { continue };
                let figures = markdown[range.start..].bytes().take_while(u8::is_ascii_digit).count();
                let written = range.start..range.start + figures;
                if markdown[written.clone()].parse() != Ok(*next) {
                    wrong.push((written, *next));
                }
                *next += 1;
            }
            _ => {}
        }
    }
    wrong.into_iter()
}
