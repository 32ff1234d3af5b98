//! What a text says against what is known: hidden text, dates, memos, telephone numbers.
//!
//! In: a text, what is known. Out: faults. Not here: what each date and number looks like, which have files of their own.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Days, dates, references::find, telephone};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    model::{Number, Text},
};

/// What texts are held against.
#[derive(Clone, Copy)]
pub struct KnownFacts<'a> {
    /// The numbers of all memos.
    pub memos: &'a BTreeSet<Number>,
    /// The telephone numbers of the office as it writes them, by their figures.
    pub telephones: &'a BTreeMap<String, String>,
    /// The texts of the run.
    pub sources: &'a Sources,
}

/// Reports what a text says against what is known: hidden text, dates, memos, telephone numbers.
pub fn check(text: &Text, days: Days, known: &KnownFacts<'_>, faults: &mut Faults) {
    hidden(text, known, faults);
    dates::check(text, days, known.sources, faults);
    references(text, known, faults);
    telephones(text, known, faults);
}

/// A remark of the template language in a text: what it hides is lost without a word.
fn hidden(text: &Text, known: &KnownFacts<'_>, faults: &mut Faults) {
    let mut pieces = known.sources.pieces(text);
    for (at, _) in text.value.match_indices("{#") {
        let place = pieces.place(at..at + 2);
        faults.push(
            Diagnostic::new(Code::HiddenText, place, "`{#` hides what follows it")
                .expected("the text up to `#}` would not be printed")
                .help("for a brace and a number sign write { #; for a remark write <!-- remark -->"),
        );
    }
}

/// "CC/ROV #16120": the memo should be known, so that a reader can be led to it. What is typed as a link leads there by
/// itself.
fn references(text: &Text, known: &KnownFacts<'_>, faults: &mut Faults) {
    let mut pieces = known.sources.pieces(text);
    let found = find(&text.value).into_iter().filter(|found| found.is_certain);
    for found in found.filter(|found| !known.memos.contains(&found.number)) {
        if is_linked(&text.value, &found.range) {
            continue;
        }
        let place = pieces.place(found.number_range);
        let number = found.number;
        faults.push(
            Diagnostic::new(Code::UnknownReference, place, format!("memo #{number} is not in memos/"))
                .expected("readers cannot be led there")
                .help("correct the number, or add the memo: an old one with `archive: true`"),
        );
    }
}

/// How far the text of a link goes, in bytes: each of many numbers looks no further.
const LINK: usize = 1000;

/// Whether a stretch of Markdown is the text of a link, or within it.
fn is_linked(markdown: &str, range: &Range<usize>) -> bool {
    let before = &markdown[markdown.ceil_char_boundary(range.start.saturating_sub(LINK))..range.start];
    let after = &markdown[range.end..];
    let after = &after[..after.floor_char_boundary(LINK)];
    let closes = after.find(['[', ']']).is_some_and(|at| after[at..].starts_with("]("));
    closes && before.rfind(['[', ']']).is_some_and(|at| before[at..].starts_with('['))
}

/// A telephone number is written as office.yaml writes it.
fn telephones(text: &Text, known: &KnownFacts<'_>, faults: &mut Faults) {
    let mut pieces = known.sources.pieces(text);
    for (figures, range) in telephone::find(&text.value) {
        let said = &text.value[range.clone()];
        let Some(written) = known.telephones.get(&figures).filter(|written| *written != said) else {
            continue;
        };
        let place = pieces.place(range);
        faults.push(
            Diagnostic::new(
                Code::TelephoneTwoWays,
                place,
                format!("{said} is written {written} in office.yaml"),
            )
            .expected("one number, two ways")
            .help("name the contact: {{ contact.phone }}; or write both alike"),
        );
    }
}
