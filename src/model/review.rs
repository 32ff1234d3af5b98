//! Who reads a memo before it is issued, and who has approved it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Person;

/// Somebody reads a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub with: Arc<Person>,
    /// Since when.
    pub since: NaiveDate,
}

/// Somebody has approved a memo, as it would have been printed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: Arc<Person>,
    /// On which day.
    pub date: NaiveDate,
    /// How: "by e-mail", "on paper".
    pub how: String,
    /// Who wrote it down, if it was somebody else.
    pub recorded_by: Option<Arc<Person>>,
    /// The date that the memo bore.
    pub memo_date: NaiveDate,
    /// The digest of what was approved; see [`desk::review`](crate::desk::review()).
    pub text: String,
}
