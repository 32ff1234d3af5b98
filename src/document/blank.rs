//! Places to fill in: lines to write on, and boxes to check.
//!
//! In: what stands in brackets: `blank: telephone`, `blank of 4 lines: reasons`, `tick: yes`. Out: [`Blank`], and how much room an
//! answer takes. Not here: how it is drawn, which files can be filled in on the screen.

use std::fmt;

/// A place to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// What goes there: "telephone of the deputy". It is not printed; a screen reader reads it.
    pub what: String,
    /// What is done there.
    pub kind: BlankKind,
}

/// What is done at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankKind {
    /// Somebody writes on a line: `[blank: telephone]`.
    Line,
    /// Somebody writes on several lines, at least two: `[blank of 4 lines: reasons]`.
    Lines(u8),
    /// Somebody checks a box: `[tick: yes]`.
    Tick,
}

/// How much room an answer of one line takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankLength {
    /// A few figures: an extension, a number.
    Short,
    /// A date, a telephone number.
    Medium,
    /// A name, an address, a signature; whatever nobody knows the length of.
    Long,
}

/// More lines are a page of their own.
const MOST: u8 = 20;

const SHORT: [&str; 10] =
    ["extension", "ext", "number", "no", "zip", "age", "initials", "count", "total", "quantity"];
const MEDIUM: [&str; 9] = ["date", "day", "time", "telephone", "phone", "mobile", "cell", "fax", "facsimile"];
const LONG: [&str; 6] = ["name", "address", "signature", "title", "e", "email"];

impl Blank {
    /// Reads what stands in brackets. `None` if it is no place to fill in, or does not say what for.
    ///
    /// ```
    /// use ccrov::document::{Blank, BlankKind};
    /// let blank = Blank::read("blank of 4 lines: reasons").unwrap();
    /// assert_eq!((blank.what.as_str(), blank.kind), ("reasons", BlankKind::Lines(4)));
    /// assert_eq!(blank.to_string(), "[blank of 4 lines: reasons]");
    /// assert!(Blank::read("blank of many lines: reasons").is_none() && Blank::read("tick: ").is_none());
    /// ```
    pub fn read(inner: &str) -> Option<Blank> {
        let (form, what) = inner.split_once(':')?;
        let kind = match form {
            "blank" => BlankKind::Line,
            "tick" => BlankKind::Tick,
            form => {
                let count = form.strip_prefix("blank of ")?.strip_suffix(" lines")?;
                BlankKind::Lines(count.parse().ok().filter(|count| (2..=MOST).contains(count))?)
            }
        };
        let what = what.trim();
        (!what.is_empty() && !what.contains('[')).then(|| Blank { what: what.to_owned(), kind })
    }

    /// Whether brackets were to be a place to fill in, as far as their beginning says it.
    pub(super) fn was_meant(text: &str) -> bool {
        ["[blank:", "[blank of ", "[blank ", "[tick:", "[tick]"]
            .iter()
            .any(|form| text.get(..form.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(form)))
    }

    /// How much room its answer takes, by the first word that tells: "telephone of the deputy" is that of a telephone.
    pub fn length(&self) -> BlankLength {
        let words = self.what.split(|c: char| !c.is_alphanumeric());
        let told = words.map(str::to_lowercase).find_map(|word| {
            let is = |list: &[&str]| list.contains(&word.as_str());
            let lengths = [
                (&SHORT[..], BlankLength::Short),
                (&MEDIUM, BlankLength::Medium),
                (&LONG, BlankLength::Long),
            ];
            lengths.into_iter().find(|(list, _)| is(list)).map(|(_, length)| length)
        });
        told.unwrap_or(BlankLength::Long)
    }

    /// Whether somebody signs there.
    pub fn is_signature(&self) -> bool {
        self.what.to_lowercase().contains("signature")
    }
}

impl fmt::Display for Blank {
    /// As it is typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            BlankKind::Line => write!(f, "[blank: {}]", self.what),
            BlankKind::Lines(count) => write!(f, "[blank of {count} lines: {}]", self.what),
            BlankKind::Tick => write!(f, "[tick: {}]", self.what),
        }
    }
}
