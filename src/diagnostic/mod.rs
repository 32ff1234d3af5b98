//! What is wrong, where, and what to type instead.
//!
//! In: faults from every room. Out: [`Diagnostic`]s in the order of files and lines, their text for
//! people ([`render()`]) and for programs ([`Findings`]), and what each kind means ([`explanations()`]). Not here: what counts as a
//! fault.

mod changes;
mod code;
mod data;
mod explanation;
mod findings;
mod help;
mod render;
mod source;

pub(crate) use changes::no_changes;
pub use code::{Code, Severity};
pub use explanation::{Explanation, explanations};
pub use findings::Findings;
pub use help::{Help, Swap, offer, offered};
pub use render::{Style, render};
pub use source::{Pieces, Place, Placed, Source, SourceId, Sources};

use std::collections::BTreeSet;

/// One fault, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What was found, as a sentence without a full stop: "there is no person `debra`".
    pub message: String,
    /// Where.
    pub place: Place,
    /// What was expected there; stands under the mark.
    pub expected: String,
    /// Other places that led to it, each with what stands there.
    pub because: Vec<(Place, String)>,
    /// What to type.
    pub help: String,
    /// The name that the help offers in place of what was found.
    pub swap: Option<Swap>,
    /// Where the fault stands that it follows from, if it has such a cause.
    pub cause: Option<Place>,
}

/// Leaves out what was wrong before, wherever it stands by now.
pub(crate) fn leave_out(faults: &mut Vec<Diagnostic>, before: &[Diagnostic]) {
    faults.retain(|fault| !before.iter().any(|old| (old.code, &old.message) == (fault.code, &fault.message)));
}

impl Diagnostic {
    /// A fault of a kind at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            place,
            expected: String::new(),
            because: Vec::new(),
            help: String::new(),
            swap: None,
            cause: None,
        }
    }

    /// A key, or an item of a list, that changes nothing where it stands.
    pub fn idle(place: Place, key: &str) -> Self {
        Diagnostic::new(Code::IdleKey, place, format!("`{key}` changes nothing here"))
    }

    /// Says what was expected at the place.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// Names the places that led to it, the nearest first.
    #[must_use]
    pub fn because(mut self, chain: Vec<(Place, String)>) -> Self {
        self.because = chain;
        self
    }

    /// Names the fault that it follows from, by its place; it is told after that.
    #[must_use]
    pub fn follows(mut self, cause: Option<Place>) -> Self {
        self.cause = cause;
        self
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<Help>) -> Self {
        let Help { words, swap } = help.into();
        (self.help, self.swap) = (words, swap);
        self
    }
}

impl Diagnostic {
    /// A cause, then what follows from it; else the place.
    fn order(&self) -> impl Ord + '_ {
        let at = |place: &Place| (place.source, place.range.start);
        (
            at(self.cause.as_ref().unwrap_or(&self.place)),
            self.cause.is_some(),
            at(&self.place),
            self.code,
            &self.message,
        )
    }
}

/// The sink that every room drops its faults into.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    found: Vec<Diagnostic>,
    /// How many of them are errors: rooms ask after each value that they read.
    errors: usize,
    accepted: BTreeSet<(SourceId, Code)>,
}

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, fault: Diagnostic) {
        self.errors += usize::from(fault.code.severity() == Severity::Error);
        self.found.push(fault);
    }

    /// Takes it that somebody has looked at the warnings of a kind in a text, and found them right.
    pub fn accept(&mut self, source: SourceId, code: Code) {
        self.accepted.insert((source, code));
    }

    /// Whether somebody has answered the warnings of a kind in a text.
    pub fn accepts(&self, source: SourceId, code: Code) -> bool {
        self.accepted.contains(&(source, code))
    }

    /// How many errors there are: faults by which something is not written.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Whether there are none of any kind.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether nothing would be told of another sink: it is empty, or all in it was found right here.
    pub fn accepts_all(&self, other: &Faults) -> bool {
        let right = |fault: &Diagnostic| {
            fault.code.severity() == Severity::Warning
                && self.accepted.contains(&(fault.place.source, fault.code))
        };
        other.found.iter().all(right)
    }

    /// Takes over all of another sink, after its own.
    pub fn take_over(&mut self, other: Faults) {
        self.errors += other.errors;
        self.found.extend(other.found);
        self.accepted.extend(other.accepted);
    }

    /// Takes over all of another sink, which keeps it.
    pub fn take_all_of(&mut self, other: &Faults) {
        self.errors += other.errors;
        self.found.extend(other.found.iter().cloned());
        self.accept_all_of(other);
    }

    /// Takes over what was accepted, and none of the faults.
    pub fn accept_all_of(&mut self, other: &Faults) {
        self.accepted.extend(&other.accepted);
    }

    /// Names the causes of faults that are in already.
    pub(crate) fn trace(&mut self, cause: impl Fn(&Diagnostic) -> Option<Place>) {
        for fault in self.found.iter_mut().filter(|fault| fault.cause.is_none()) {
            fault.cause = cause(fault);
        }
    }

    /// The faults in the order of files and places, each once, and what follows from one after it: a release's fault that every memo
    /// of the release meets is one fault.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| a.order().cmp(&b.order()));
        self.found.dedup();
        self.found.retain(|fault| {
            fault.code.severity() == Severity::Error
                || !self.accepted.contains(&(fault.place.source, fault.code))
        });
        self.found
    }
}

/// How many names are compared with one that is not known: a folder of many has many such, too.
const COMPARED: usize = 500;

/// The name among the first 500 of `known` that is written most like `found`, if one is near enough to be meant.
///
/// ```
/// use ccrov::diagnostic::nearest;
/// assert_eq!(nearest("subjct", ["subject", "status"]), Some("subject"));
/// assert_eq!(nearest("banana", ["subject", "status"]), None);
/// ```
pub fn nearest<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let found = found.to_lowercase();
    let length = found.chars().count();
    // Two names so unlike in length are not near enough.
    let alike = |name: &&str| {
        let other = name.chars().count();
        5 * length.abs_diff(other) < 2 * length.max(other)
    };
    known
        .into_iter()
        .take(COMPARED)
        .filter(alike)
        .map(|name| (strsim::normalized_damerau_levenshtein(&found, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}
