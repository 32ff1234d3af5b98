//! What a memo's file says of who reads it and who has approved it.
//!
//! In: the entries of the file. Out: [`Reviewed`], and the words for it. Not here: whether the approval still holds.

use serde::Serialize;

use super::written_status;
use crate::{
    folder::Snapshot,
    model::{Status, date},
    yaml::{Entry, outline, value},
};

/// Who reads a memo, or has approved it. People are named as in the office's file; days are in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Reviewed {
    /// Somebody reads it.
    With {
        /// Who.
        person: String,
        /// Since when.
        since: String,
    },
    /// Somebody has approved it.
    Approved {
        /// Who.
        by: String,
        /// On which day.
        day: String,
        /// How.
        how: String,
        /// Who wrote it down, if it was somebody else.
        recorded_by: Option<String>,
    },
}

impl Reviewed {
    /// What a memo's file says, if the memo is in review or approved.
    pub fn of_memo(snapshot: &Snapshot, id: &str) -> Option<Reviewed> {
        Reviewed::of(&outline(snapshot.memo(id)?.1)?)
    }

    /// What the entries of a memo's file say.
    pub(super) fn of(written: &[Entry]) -> Option<Reviewed> {
        let text = |key: &str| value(written, key).map(str::to_owned);
        let day = |key: &str| text(key).map(|day| date::read(&day).map_or(day, date::prose));
        match written_status(written)? {
            Status::Review => {
                Some(Reviewed::With { person: text("review.with")?, since: day("review.since")? })
            }
            Status::Approved => Some(Reviewed::Approved {
                by: text("approval.by")?,
                day: day("approval.date")?,
                how: text("approval.how")?,
                recorded_by: text("approval.recorded_by"),
            }),
            _ => None,
        }
    }

    /// "with Debra Long since September 2, 2021", with the names that people have.
    pub fn words(&self, name: impl Fn(&str) -> String) -> String {
        match self {
            Reviewed::With { person, since } => format!("with {} since {since}", name(person)),
            Reviewed::Approved { by, day, how, recorded_by } => {
                let recorded = recorded_by
                    .as_deref()
                    .map(|who| format!(", recorded by {}", name(who)))
                    .unwrap_or_default();
                format!("approved by {} on {day}, {how}{recorded}", name(by))
            }
        }
    }
}
