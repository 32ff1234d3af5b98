//! Saving a file as a whole: what somebody typed into it by hand, or an earlier version of it.
//!
//! In: a file, what was read of it, what it is to hold. Out: a plan, or what somebody else has written meanwhile. Not here: fields (`form`).

use serde::Serialize;

use super::{
    super::Refused,
    SourceFile,
    source_file::{faults, unread},
};
use crate::{
    diagnostic::Findings,
    folder::{Edits, Plan, Snapshot},
};

/// A file that is saved as a whole.
#[derive(Debug, Serialize)]
pub struct TextReport {
    /// The file, by its path from the working folder.
    pub file: String,
    /// Whether it changes.
    pub changes: bool,
    /// What somebody else has written into it since it was read. Then nothing is written.
    pub now: Option<String>,
    /// What is wrong with the file then.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// What a file holds.
///
/// # Errors
/// [`Refused`]: there is no such file, or it cannot be read at all.
pub fn text<'s>(snapshot: &'s Snapshot, file: &SourceFile) -> Result<&'s str, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    Ok(&snapshot.sources.get(source).text)
}

/// Plans to save a file as a whole. `read` is what was read of it: if it says something else by now, nothing is planned.
///
/// # Errors
/// [`Refused`]: there is no such file, or it cannot be read at all.
pub fn save_text(
    snapshot: &Snapshot,
    file: &SourceFile,
    read: &str,
    typed: &str,
) -> Result<Plan<TextReport>, Refused> {
    let source = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let (name, before) = (snapshot.sources.get(source).name.clone(), text(snapshot, file)?);
    let becomes = with_line_ends_of(before, typed);
    let taken = with_line_ends_of(before, read) != before && becomes != before;
    let mut edits = Edits::of(snapshot);
    if !taken && becomes != before {
        edits.edit(source, &becomes);
    }
    let findings =
        Findings { faults: faults(&edits.snapshot, file, source), sources: edits.snapshot.sources.clone() };
    let now = taken.then(|| before.to_owned());
    let report = TextReport { file: name, changes: !taken && becomes != before, now, findings };
    if !report.changes {
        return Ok(Plan::nothing(report));
    }
    Ok(Plan::of_sources(format!("desk: the file {}", report.file), report, edits.files()?))
}

/// A text with the line ends of another: a form in a browser sends all of them as one kind.
fn with_line_ends_of(like: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if like.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}
