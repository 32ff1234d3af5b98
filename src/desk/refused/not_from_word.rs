//! Why a Word file is not read, or a reviewer's change in it not taken.
//!
//! In: the file, the memo. Out: the words. Not here: what a file says (`word::read`).

use std::{error::Error, fmt};

use crate::word::read::WordFault;

/// Why a Word file is not read, or a reviewer's change in it not taken.
#[derive(Debug)]
pub enum NotFromWord {
    /// A Word file cannot be read.
    UnreadWord {
        /// The file.
        file: String,
        /// Why, and what to do.
        why: WordFault,
    },
    /// A reviewer's file is of another memo.
    OfOtherMemo {
        /// The file.
        file: String,
        /// The memo that it is of.
        of: String,
        /// The memo that was meant.
        memo: String,
    },
    /// A reviewer's file is no copy of the memo that was sent.
    NotACopy {
        /// The file.
        file: String,
        /// The memo.
        memo: String,
    },
    /// A reviewer's file has no change of such a number.
    NoSuchChange {
        /// The number.
        number: usize,
        /// The last one.
        last: usize,
    },
    /// A reviewer's change cannot be taken.
    NotTaken {
        /// Its number.
        number: usize,
        /// Why.
        why: String,
    },
    /// Two of a reviewer's changes are in the same words.
    SameWords,
    /// With a reviewer's changes, something else would be printed than what the reviewer wrote.
    PrintsOtherwise {
        /// The memo.
        memo: String,
    },
}

impl fmt::Display for NotFromWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotFromWord::UnreadWord { file, why } => write!(f, "{file} cannot be read: {why}"),
            NotFromWord::OfOtherMemo { file, of, memo } => {
                write!(f, "{file} is a copy of memo {of}, not of {memo}: `ccrov review {of} {file}`")
            }
            NotFromWord::NotACopy { file, memo } => write!(
                f,
                "{file} does not say which memo it is a copy of, and it is not like what was sent of {memo}. \
                 Ask for the file that was made by `ccrov review {memo}`, or write the changes into the memo"
            ),
            NotFromWord::NoSuchChange { number, last } => {
                write!(f, "there is no change {number}; the last is {last}")
            }
            NotFromWord::NotTaken { number, why } => write!(f, "change {number} cannot be taken: {why}"),
            NotFromWord::SameWords => f.write_str(
                "two of these changes are in the same words; take one, then look at the other again",
            ),
            NotFromWord::PrintsOtherwise { memo } => write!(
                f,
                "with these changes, {memo} would not say just what the reviewer wrote, so nothing was written. \
                 Take them one by one, and write the one that fails into the memo"
            ),
        }
    }
}

impl Error for NotFromWord {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NotFromWord::UnreadWord { why, .. } => Some(why),
            _ => None,
        }
    }
}
