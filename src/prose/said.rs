//! What a text says against what is known: hidden text, dates, memos, telephone numbers.
//!
//! In: a text, what is known. Out: faults. Not here: what each date and number looks like, which have files of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Days, dates, telephone};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    model::{Number, Text},
};

/// What texts are held against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The numbers of all memos.
    pub memos: &'a BTreeSet<Number>,
    /// The telephone numbers of the office as it writes them, by their figures.
    pub telephones: &'a BTreeMap<String, String>,
    /// The texts of the run.
    pub sources: &'a Sources,
}

/// Reports what a text says against what is known: hidden text, dates, memos, telephone numbers.
pub fn check(text: &Text, days: Days, known: &Known<'_>, faults: &mut Faults) {
    hidden(text, known, faults);
    dates::check(text, days, known.sources, faults);
    references(text, known, faults);
    telephones(text, known, faults);
}

/// A remark of the template language in a text: what it hides is lost without a word.
fn hidden(text: &Text, known: &Known<'_>, faults: &mut Faults) {
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

/// "CC/ROV #16120": the memo should be known, so that a reader of either can be shown the other.
fn references(text: &Text, known: &Known<'_>, faults: &mut Faults) {
    let mut pieces = known.sources.pieces(text);
    for (at, _) in text.value.match_indices('#') {
        let before = text.value[..at].trim_end();
        if !(before.ends_with("CC/ROV") || before.ends_with("CCROV") || before.ends_with("Memorandum")) {
            continue;
        }
        let figures = text.value[at + 1..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let Ok(number) = figures.parse::<Number>() else { continue };
        if known.memos.contains(&number) {
            continue;
        }
        let place = pieces.place(at..at + 1 + figures.len());
        faults.push(
            Diagnostic::new(Code::UnknownReference, place, format!("memo #{figures} is not in memos/"))
                .expected("readers cannot be led there")
                .help("correct the number, or add the memo: an old one with `archive: true`"),
        );
    }
}

/// A telephone number is written as office.yaml writes it.
fn telephones(text: &Text, known: &Known<'_>, faults: &mut Faults) {
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
