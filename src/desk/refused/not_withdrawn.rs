//! Why a memo is not withdrawn.
//!
//! In: what is known of its withdrawal. Out: the words. Not here: whether it was ever issued.

use std::fmt;

use chrono::NaiveDate;

use crate::model::date;

/// Why a memo is not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWithdrawn {
    /// It was withdrawn already; what its readers were told stays.
    Already {
        /// Its id.
        id: String,
        /// Why it was withdrawn.
        why: String,
        /// When, if that is known.
        day: Option<NaiveDate>,
    },
    /// It would be withdrawn before its own day.
    TooEarly {
        /// Its id.
        id: String,
        /// When it would be withdrawn.
        day: NaiveDate,
        /// Its own day.
        of: NaiveDate,
    },
}

impl fmt::Display for NotWithdrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotWithdrawn::Already { id, why, day } => {
                let when = day.map(|day| format!(" on {}", date::prose(day))).unwrap_or_default();
                write!(
                    f,
                    "{id} was withdrawn{when}: \"{why}\"; its readers have read this, so it stays as it is. To tell them more, \
                     write a memo that says it"
                )
            }
            NotWithdrawn::TooEarly { id, day, of } => write!(
                f,
                "{id} is of {}, so it cannot be withdrawn on {}: name that day or a later one with --date",
                date::prose(*of),
                date::prose(*day)
            ),
        }
    }
}
