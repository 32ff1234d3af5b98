//! A second copy of a file, which OneDrive or Dropbox made when two people saved it at a time: one of both is kept.
//!
//! In: a snapshot, a copy, which of the two is right. Out: both line by line; a plan that keeps one, and leaves the other in the
//! history. Not here: which files are copies (`folder`).

use serde::Serialize;

use super::{Refused, SourceFile, is_locked, review_file::ReviewFile};
use crate::{
    folder::{Edit, Edits, Plan, SecondCopy, Snapshot, stem, writable},
    in_common::in_common,
    output::digest,
};

/// Which of two files is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeptCopy {
    /// The one that had the name first.
    Original,
    /// The copy: it takes the name.
    Copy,
    /// What both say of a memo's review: no comment of either is lost.
    Both,
}

/// A copy that was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyReport {
    /// The file that stays, by its path from the working folder.
    pub file: String,
    /// The file that goes.
    pub gone: String,
    /// Whose text stays.
    pub kept: KeptCopy,
}

/// Plans to keep one of two files. `seen` is the digest of both texts as they were shown ([`SecondCopy::seen`]).
///
/// # Errors
/// [`Refused::NoSuchCopy`] if they are others by now; [`Refused::Locked`] if a memo has gone out, whose own text stays.
pub fn settle_copy(
    snapshot: &Snapshot,
    path: &str,
    kept: KeptCopy,
    seen: &str,
) -> Result<Plan<CopyReport>, Refused> {
    let copy = snapshot.copies.iter().find(|copy| copy.path == path && copy.seen(snapshot) == seen);
    let copy = copy.ok_or_else(|| Refused::NoSuchCopy { file: path.to_owned() })?;
    let text = snapshot.sources.get(copy.source).text.clone();
    let mut edits = Edits::of(snapshot);
    // What is said in a review is kept, whichever is chosen.
    let kept = if copy.is_of_review() { KeptCopy::Both } else { kept };
    if kept != KeptCopy::Original {
        let original =
            copy.original(snapshot).ok_or_else(|| Refused::NoSuchCopy { file: copy.of.clone() })?;
        if copy.is_of_locked(snapshot) {
            return Err(Refused::Locked { id: stem(&copy.of) });
        }
        let becomes = match kept {
            KeptCopy::Both => {
                ReviewFile::of_both(snapshot.sources.get(original), snapshot.sources.get(copy.source))?
            }
            _ => text.clone(),
        };
        edits.edit(original, &becomes);
    }
    let mut edits = edits.files()?;
    edits.push(Edit { path: writable(path)?, was: Some(text), becomes: None, like: None });
    let what = match kept {
        KeptCopy::Original => format!("desk: keep {}, without its second copy", copy.of),
        KeptCopy::Both => format!("desk: {} takes in what its second copy says", copy.of),
        KeptCopy::Copy => format!("desk: the second copy takes the place of {}", copy.of),
    };
    let report = CopyReport { file: copy.of.clone(), gone: path.to_owned(), kept };
    Ok(Plan::of_sources(what, report, edits))
}

impl SecondCopy {
    /// The text of the file that it is a copy of.
    pub fn original(&self, snapshot: &Snapshot) -> Option<crate::diagnostic::SourceId> {
        let texts = &snapshot.texts;
        let files = texts
            .memos
            .iter()
            .chain(&texts.releases)
            .chain(&snapshot.locks)
            .chain(&snapshot.reviews)
            .map(|(_, source)| *source);
        let mut files = files.chain(texts.office).chain(texts.bodies.values().copied());
        files.find(|source| snapshot.sources.get(*source).name == self.of)
    }

    /// The digest of both texts: whoever has seen them shows it.
    pub fn seen(&self, snapshot: &Snapshot) -> String {
        let text = |source| snapshot.sources.get(source).text.as_str();
        let original = self.original(snapshot).map(text).unwrap_or_default();
        digest(format!("{}{}", digest(original.as_bytes()), digest(text(self.source).as_bytes())).as_bytes())
    }

    /// Whether it is a copy of a memo that has gone out, or of what vouches for it: those stay as they are.
    pub fn is_of_locked(&self, snapshot: &Snapshot) -> bool {
        let is_locked = || is_locked(snapshot, &SourceFile::Memo(stem(&self.of)));
        !self.is_of_review() && (self.of.ends_with(".lock") || is_locked())
    }

    /// Whether it is a copy of what was said of a memo in review: then both are kept.
    pub fn is_of_review(&self) -> bool {
        self.of.ends_with(".review")
    }
}

/// A line of two texts side by side: with its number in each that has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinePair {
    /// The line of the first text.
    pub left: Option<(usize, String)>,
    /// The line of the second.
    pub right: Option<(usize, String)>,
    /// Whether both are the same.
    pub is_same: bool,
}

/// Two texts side by side: as many lines as can be are the same, and stand beside each other.
pub fn side_by_side(left: &str, right: &str) -> Vec<LinePair> {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let mut pairs = Pairs { left: &left, right: &right, at: (0, 0), found: Vec::new() };
    let mut apart = (0, 0);
    for (a, b) in in_common(&left, &right) {
        pairs.take(a - apart.0, b - apart.1);
        pairs.take_same();
        apart = (a + 1, b + 1);
    }
    pairs.take(left.len() - apart.0, right.len() - apart.1);
    pairs.found
}

struct Pairs<'t> {
    left: &'t [&'t str],
    right: &'t [&'t str],
    at: (usize, usize),
    found: Vec<LinePair>,
}

impl Pairs<'_> {
    fn take_same(&mut self) {
        self.take(1, 1);
        self.found.iter_mut().last().into_iter().for_each(|pair| pair.is_same = true);
    }

    /// Takes lines of each text, which are beside each other as far as there are as many.
    fn take(&mut self, left: usize, right: usize) {
        for nth in 0..left.max(right) {
            let line = |lines: &[&str], at: usize, count| {
                (nth < count)
                    .then(|| (at + nth + 1, lines.get(at + nth).copied().unwrap_or_default().to_owned()))
            };
            self.found.push(LinePair {
                left: line(self.left, self.at.0, left),
                right: line(self.right, self.at.1, right),
                is_same: false,
            });
        }
        self.at = (self.at.0 + left, self.at.1 + right);
    }
}
