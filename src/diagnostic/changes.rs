//! Attached changes of which nothing can be told.
//!
//! In: where they are attached, what was found there. Out: the fault. Not here: when that is so, which `records` and `press` see,
//! each of what it knows.

use super::{Code, Diagnostic, Place};

/// The fault of a memo that attaches changes, and has nothing since which they could be told.
pub(crate) fn no_changes(place: Place, found: &str) -> Diagnostic {
    Diagnostic::new(Code::BadValue, place, format!("changes are attached{found}"))
        .expected("the changes of a delay, or since a memo that this one `updates`, are told")
        .help("attach the `schedule` alone; or tell the delay first: `ccrov slip`")
}
