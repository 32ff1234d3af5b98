//! Dates that nobody knows yet.
//!
//! In: "TBD" as analysts write it. Out: [`Tbd`], which has no day, and [`Day`], which may have one. Not here: what hangs on
//! them.

use std::{fmt, sync::Arc};

use chrono::NaiveDate;

use super::{DateCell, date};

/// That nobody knows a date yet: the office's word for it, and what is known all the same.
///
/// It has no day, so nothing can be counted from it by mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tbd {
    word: Arc<str>,
    note: Option<Arc<str>>,
}

/// A milestone's day, or that nobody knows it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Day {
    /// The day.
    Known(NaiveDate),
    /// Nobody knows it yet.
    Tbd(Tbd),
}

impl Tbd {
    /// What an office prints that has no word of its own.
    pub const WORD: &str = "TBD";

    /// "TBD", "TBA", "To be determined", "To be announced", each with a note in parentheses or without.
    ///
    /// ```
    /// use ccrov::model::Tbd;
    /// let printed = |text: &str| Tbd::read(text).map(|tbd| tbd.to_string());
    /// assert_eq!(printed("tbd").as_deref(), Some("TBD"));
    /// assert_eq!(printed("To be announced (after the audit)").as_deref(), Some("TBD (after the audit)"));
    /// assert_eq!((printed("Fall 2026"), printed("TBD ()"), printed("TBD soon")), (None, None, None));
    /// ```
    pub fn read(text: &str) -> Option<Tbd> {
        let (word, note) = match text.trim().split_once('(') {
            Some((word, note)) => (word, Some(note.trim_end().strip_suffix(')')?.trim())),
            None => (text, None),
        };
        let words: Vec<_> = word.split_whitespace().map(str::to_ascii_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_tbd = matches!(words.as_slice(), ["tbd" | "tba"] | ["to", "be", "determined" | "announced"]);
        if !is_tbd || note.is_some_and(|note| note.is_empty() || note.contains(['(', ')', '\n'])) {
            return None;
        }
        Some(Tbd { word: Tbd::WORD.into(), note: note.map(Arc::from) })
    }

    /// A date of which nothing is known but the words in which it was printed.
    pub fn as_printed(words: &str) -> Tbd {
        Tbd { word: Tbd::WORD.into(), note: Some(words.into()) }
    }

    /// The same in the office's word.
    #[must_use]
    pub fn in_words(self, word: &Arc<str>) -> Tbd {
        Tbd { word: Arc::clone(word), ..self }
    }

    /// What is printed of a date that hangs on it: the word alone, for the note is another's.
    #[must_use]
    pub fn without_note(&self) -> Tbd {
        Tbd { word: Arc::clone(&self.word), note: None }
    }

    /// What is known all the same: "Fall 2026".
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// As it reads in a sentence: "to be determined". A word that is no abbreviation keeps its capital at the beginning alone.
    ///
    /// ```
    /// use ccrov::model::Tbd;
    /// let prose = |word: &str| Tbd::read("TBD (Fall)").unwrap().in_words(&word.into()).prose();
    /// assert_eq!((prose("To be determined").as_str(), prose("TBD").as_str()), ("to be determined (Fall)", "TBD (Fall)"));
    /// ```
    pub fn prose(&self) -> String {
        Tbd { word: in_sentence(&self.word).into(), note: self.note.clone() }.to_string()
    }

    /// As it is written into a file, whatever the office prints: "TBD (Fall 2026)".
    pub fn written(&self) -> String {
        Tbd { word: Tbd::WORD.into(), note: self.note.clone() }.to_string()
    }
}

/// What follows an office's word for a date that nobody knows, as a table has it or a sentence; `None` if a text does not begin
/// with it.
pub(crate) fn after_tbd<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.strip_prefix(word).or_else(|| text.strip_prefix(in_sentence(word).as_str()))
}

/// Words as they read within a sentence: without the capital that only begins one.
fn in_sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

impl fmt::Display for Tbd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)?;
        self.note.as_ref().map_or(Ok(()), |note| write!(f, " ({note})"))
    }
}

impl Day {
    /// The day, if it is known.
    pub fn known(&self) -> Option<NaiveDate> {
        match self {
            Day::Known(day) => Some(*day),
            Day::Tbd(_) => None,
        }
    }

    /// As a cell of a table.
    pub fn cell(&self) -> DateCell {
        match self {
            Day::Known(day) => DateCell::Day(*day),
            Day::Tbd(tbd) => DateCell::Tbd(tbd.clone()),
        }
    }

    /// As it reads in a sentence: "August 31, 2021", "TBD", "to be determined".
    pub fn prose(&self) -> String {
        match self {
            Day::Known(day) => date::prose(*day),
            Day::Tbd(tbd) => tbd.prose(),
        }
    }

    /// As it is written into a file: 2021-08-31, TBD.
    pub fn written(&self) -> String {
        match self {
            Day::Known(day) => date::iso_text(*day),
            Day::Tbd(tbd) => tbd.written(),
        }
    }

    /// The same, "TBD" in the office's word.
    #[must_use]
    pub fn in_words(self, word: &Arc<str>) -> Day {
        match self {
            Day::Tbd(tbd) => Day::Tbd(tbd.in_words(word)),
            known => known,
        }
    }

    /// Whether it is the same to a reader who does not know the office's word: the day, or the note.
    pub fn is_as_written(&self, other: &Day) -> bool {
        self.written() == other.written()
    }
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Day {
        Day::Known(day)
    }
}
