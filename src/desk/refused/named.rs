//! What somebody names, or leaves blank.
//!
//! In: nothing. Out: the kinds of both, for a refusal. Not here: the words.

/// What a name was to be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A memo, by the name of its file.
    Memo,
    /// A release, by the name of its file.
    Release,
    /// A memo or a release.
    MemoOrRelease,
    /// A milestone of a release.
    Milestone,
    /// A step or a milestone of a plan.
    Step,
    /// A responsible entity.
    Entity,
    /// A person of the office.
    Person,
    /// A key of a file.
    Key,
    /// A comment on a memo.
    Comment,
}

/// What was to be said, and is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// Who reads a memo, or has approved it.
    Person,
    /// The cause of a delay.
    Reason,
    /// Why a memo is withdrawn.
    Why,
    /// What was wrong in a memo.
    Correction,
    /// Why a memo is issued that nobody has approved.
    Anyway,
    /// How a memo was approved.
    How,
    /// Why a memo goes back to its analyst.
    Back,
    /// What is said of a memo.
    Comment,
    /// What to look for.
    Search,
    /// The name of a new memo.
    Name,
    /// The Word file that a memo begins with.
    Word,
}
