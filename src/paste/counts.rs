//! What is counted while a paste is read.
//!
//! In: nothing. Out: [`Counts`]. Not here: how it is told (`report`).

use serde::Serialize;

/// What was left out of a paste, and what is no longer as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Pictures that were left out.
    pub pictures: usize,
    /// Colleagues' comments that were left out.
    pub comments: usize,
    /// Tracked deletions that were left out.
    pub deletions: usize,
    /// Tracked insertions that were taken.
    pub insertions: usize,
    /// Passages that were struck through, and left out.
    pub struck: usize,
    /// Passages that nobody saw, and that were left out.
    pub hidden: usize,
    /// References to footnotes that were not copied with them, and those within footnotes.
    pub lost_notes: usize,
    /// Fields of forms, which hold what somebody fills in.
    pub fields: usize,
    /// Links to files and programs: their words were kept.
    pub dead_links: usize,
    /// Signs that only a typeface of pictures has, and that were left out.
    pub signs: usize,
    /// Raised and lowered words that stand on the line now, and that no sign tells of.
    pub raised: usize,
    /// Merged cells that were taken apart.
    pub merged: usize,
    /// Lists whose numbers are printed in another form: `iv)` as `4.`.
    pub renumbered: usize,
    /// Links that led through a mail filter, and lead straight to their pages now.
    pub unwrapped: usize,
    /// Paragraphs that began with a bullet or a number, and are items of lists now.
    pub typed: usize,
    /// Line ends within paragraphs that were joined.
    pub joined: usize,
}
