//! Saving a file as a whole: what somebody typed into it by hand, or an earlier version of it.
//!
//! In: a file, what was read of it, what it is to hold. Out: a plan, or what somebody else has written meanwhile. Not here: fields (`form`).

use serde::Serialize;

use super::{
    super::Refused,
    SourceFile,
    source_file::{is_locked, unread},
};
use crate::folder::{Edit, Edits, Plan, Snapshot, stem, writable};

/// A file that is saved as a whole.
#[derive(Debug, Serialize)]
pub struct TextReport {
    /// The file, by its path from the working folder.
    pub file: String,
    /// Whether it changes.
    pub changes: bool,
    /// What somebody else has written into it since it was read. Then nothing is written.
    pub now: Option<String>,
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
    if is_locked(snapshot, file) {
        return Err(Refused::Locked { id: file.to_string() });
    }
    let folded = |text: &str| text.replace("\r\n", "\n");
    let taken = folded(read) != folded(before) && folded(typed) != folded(before);
    let changes = !taken && folded(typed) != folded(before);
    let mut edits = Edits::of(snapshot);
    if changes {
        edits.edit(source, &becomes);
    }
    let now = taken.then(|| before.to_owned());
    let report = TextReport { file: name, changes, now };
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

/// Plans to bring a file back that was deleted.
///
/// # Errors
/// [`Refused`]: there is a file of this name, or it cannot be written.
pub fn restore_text(snapshot: &Snapshot, path: &str, text: &str) -> Result<Plan<TextReport>, Refused> {
    if snapshot.texts.files.contains(path) {
        return Err(Refused::Taken { id: stem(path) });
    }
    let edit = Edit::new_file(writable(path)?, text);
    let report = TextReport { file: path.to_owned(), changes: true, now: None };
    Ok(Plan::of_sources(format!("desk: bring back {path}"), report, vec![edit]))
}
