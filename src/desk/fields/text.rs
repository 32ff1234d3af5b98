//! Saving a file as a whole: what somebody typed into it by hand, or an earlier version of it.
//!
//! In: a file, what was read of it, what it is to hold. Out: a plan, or what somebody else has written meanwhile. Not here: fields (`form`).

use serde::Serialize;

use super::{
    super::{Refused, written_status},
    SourceFile,
    source_file::{is_locked, texts_of, unread},
};
use crate::{
    diagnostic::SourceId,
    folder::{Edit, Edits, Plan, Snapshot, stem, writable},
    yaml::outline,
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
}

/// The texts of a file with their paths from the working folder: its own first, then those beside it that it names.
///
/// # Errors
/// [`Refused`]: there is no such file.
pub fn texts<'s>(snapshot: &'s Snapshot, file: &SourceFile) -> Result<Vec<(&'s str, &'s str)>, Refused> {
    let own = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    let sources = [own].into_iter().chain(texts_of(snapshot, file));
    let texts = sources.map(|source| snapshot.sources.get(source));
    Ok(texts.map(|source| (source.name.as_str(), source.text.as_str())).collect())
}

/// Plans to save one of a file's texts as a whole, by its path. `read` is what was read of it: if it says something else by now,
/// nothing is planned.
///
/// # Errors
/// [`Refused`]: there is no such file or text, or a memo that has gone out.
pub fn save_text(
    snapshot: &Snapshot,
    file: &SourceFile,
    path: &str,
    read: &str,
    typed: &str,
) -> Result<Plan<TextReport>, Refused> {
    let own = file.source(snapshot).ok_or_else(|| unread(file, snapshot))?;
    if is_locked(snapshot, file) {
        return Err(Refused::Locked { id: file.to_string() });
    }
    let is_meant = |source: &SourceId| snapshot.sources.get(*source).name == path;
    let source = [own].into_iter().chain(texts_of(snapshot, file)).find(is_meant);
    let source = source.ok_or_else(|| unread(file, snapshot))?;
    let before = &snapshot.sources.get(source).text;
    let folded = |text: &str| text.replace("\r\n", "\n");
    let differs = folded(typed) != folded(before);
    let taken = differs && folded(read) != folded(before);
    let now = taken.then(|| before.clone());
    let report = TextReport { file: path.to_owned(), changes: differs && !taken, now };
    if !report.changes {
        return Ok(Plan::nothing(report));
    }
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &with_line_ends_of(before, typed));
    Ok(Plan::of_sources(format!("desk: the file {path}"), report, edits.files()?))
}

/// Plans to bring an earlier version of one of a file's texts back, as [`save_text`] saves what is typed.
///
/// # Errors
/// [`Refused`], as [`save_text`] says; [`Refused::WasIssued`] if a draft would say that it went out, though nothing keeps it.
pub fn bring_back(
    snapshot: &Snapshot,
    file: &SourceFile,
    path: &str,
    read: &str,
    earlier: &str,
) -> Result<Plan<TextReport>, Refused> {
    let status = written_status(&outline(earlier).unwrap_or_default());
    if let SourceFile::Memo(id) = file
        && path.ends_with(&format!("/{id}.yaml"))
        && status.is_some_and(|status| !status.is_open())
    {
        return Err(Refused::WasIssued { id: id.clone() });
    }
    save_text(snapshot, file, path, read, earlier)
}

/// Plans to bring files back that were deleted together: their paths and texts, the one that gives them their name first.
///
/// # Errors
/// [`Refused`]: there is a file of such a name, or it cannot be written.
pub fn restore_texts(snapshot: &Snapshot, files: &[(String, String)]) -> Result<Plan<TextReport>, Refused> {
    let mut edits = Vec::new();
    for (path, text) in files {
        if snapshot.texts.files.contains(path) {
            return Err(Refused::Taken { id: stem(path) });
        }
        edits.push(Edit::new_file(writable(path)?, text));
    }
    let file = files.first().map(|(path, _)| path.clone()).unwrap_or_default();
    let what = format!("desk: bring back {file}");
    // What a memo names is written before the memo.
    edits.reverse();
    Ok(Plan::of_sources(what, TextReport { file, changes: true, now: None }, edits))
}

/// A text with the line ends of another: a form in a browser sends all of them as one kind.
fn with_line_ends_of(like: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if like.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}
