//! Where a text is not what it was, and how that is taken back.
//!
//! In: a text as it was issued, and as it is. Out: the first stretch of lines that differs, in words. Not here: whether it
//! matters.

use std::ops::Range;

use crate::words::{common_ends, cut};

/// How much of a line is shown.
const SHOWN: usize = 160;

/// The first difference of a text from what it was.
pub(super) struct FirstDifference {
    /// The first line that differs, as it is.
    pub range: Range<usize>,
    /// What stood there.
    pub was: String,
    /// What to type.
    pub back: String,
}

impl FirstDifference {
    /// Compares a text with what it was, line by line; line ends do not count.
    pub fn of(then: &str, now: &str) -> FirstDifference {
        let (was, is): (Vec<_>, Vec<_>) = (then.lines().collect(), now.lines().collect());
        let (same, after) = common_ends(&was, &is);
        let (was, is_left) = (&was[same..was.len() - after], &is[same..]);
        let is = &is_left[..is_left.len() - after];
        let start: usize = now.split_inclusive('\n').take(same).map(str::len).sum();
        let range = start..start + is_left.first().map_or(0, |line| line.len());
        let line = same + 1;
        let first = was.first().map(|line| cut(line, SHOWN)).unwrap_or_default();
        let (was, back) = match (was, is) {
            ([], []) => (
                "the text is the same but for the end of its last line".to_owned(),
                "look at the end of the last line: press Enter there, or take the empty line out".to_owned(),
            ),
            ([], added) => {
                ("this was not there".to_owned(), format!("take {} out", lines(line, added.len())))
            }
            (gone, []) => (
                format!("before this stood `{first}`"),
                format!("type this before line {line}{}: `{first}`", first_of(gone.len())),
            ),
            (gone, _) => (
                format!("it was `{first}`"),
                format!("type in line {line}{}: `{first}`", first_of(gone.len())),
            ),
        };
        FirstDifference { range, was, back }
    }
}

fn lines(first: usize, count: usize) -> String {
    match count {
        1 => format!("line {first}"),
        count => format!("lines {first} to {}", first + count - 1),
    }
}

fn first_of(count: usize) -> String {
    match count {
        1 => String::new(),
        count => format!(", the first of {count} lines that differ"),
    }
}
