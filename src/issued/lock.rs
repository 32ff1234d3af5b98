//! What is written down when a memo is issued: its lock.
//!
//! In: the text of a lock, or what was published. Out: [`Lock`], and its text, which stands beside the memo's
//! YAML as `21150.lock`. Not here: files, and what is done about a difference.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Place, SourceId, Sources},
    folder::line_ends,
    format::Format,
    model::Id,
    output::{File, Form, MemoEntry, OutputPath, Piece, StepEntry, digest},
};

/// An issued memo, as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The number of its format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    pub format: Format,
    /// Its entry in the manifest, without the steps of its schedule. Its files, web pages apart, are kept as they
    /// are, byte for byte.
    pub memo: MemoEntry,
    /// Its published path, without an ending.
    pub path: OutputPath,
    /// Why it was withdrawn, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The title of its schedule, if that is published alone as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// What it was written in: its YAML and the files beside it, by their names, each with its
    /// [`source_digest`].
    pub sources: BTreeMap<String, String>,
    /// The texts among them, so that an edit can be told and taken back. Locks before the third format do not have them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub written: BTreeMap<String, String>,
    /// What else its files were made from.
    pub made_from: MadeFrom,
    /// What its templates could see of the office and of its release: milestones, steps, every date as it was printed.
    /// Locks of the first format do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<serde_json::Value>,
}

/// What the files of a memo were made from besides its own, in digests: so that it can be said what has
/// changed when they do not come out as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeFrom {
    /// What its templates could see of the office and of its release, every date resolved.
    pub data: String,
    /// office.yaml.
    pub office: String,
    /// The templates of Markdown.
    pub templates: String,
    /// The program's version.
    pub program: String,
}

/// Text that is no [`Lock`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotALock {
    /// What is wrong.
    pub said: String,
    /// Where, in bytes.
    pub at: usize,
}

impl fmt::Display for NotALock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

impl std::error::Error for NotALock {}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    /// [`NotALock`], with the first thing that is wrong and its place.
    pub fn read(text: &str) -> Result<Lock, NotALock> {
        Format::check(text.as_bytes(), Format::FIFTH)
            .map_err(|newer| NotALock { said: newer.to_string(), at: 0 })?;
        let lock: Lock = serde_yaml::from_str(text).map_err(|error| NotALock {
            said: error.to_string(),
            at: text.floor_char_boundary(error.location().map_or(0, |place| place.index())),
        })?;
        let at = |key: &str| text.find(key).unwrap_or(0);
        if lock.memo.artifacts.is_empty() {
            return Err(NotALock { said: "it names no published file".to_owned(), at: at("artifacts:") });
        }
        if !["issued", "withdrawn"].contains(&lock.memo.status.as_str()) {
            let said = format!("`{}` is no status of a memo that was issued", lock.memo.status);
            return Err(NotALock { said, at: at("status:") });
        }
        Ok(lock)
    }

    /// Gives the steps of its published spreadsheet their ids. Locks of the first format do not have them.
    pub(crate) fn name_steps(&self, steps: &mut [StepEntry]) {
        let view = self.resolved.as_ref().and_then(|seen| seen.get(2));
        let rows =
            ["remaining", "completed"].into_iter().filter_map(|part| view?.get(part)?.as_array()).flatten();
        // In the order of the spreadsheet.
        for (step, row) in steps.iter_mut().zip(rows) {
            let text = |key: &str| row.get(key).and_then(serde_json::Value::as_str);
            if text("step") == Some(&step.step) {
                step.id = text("id").and_then(|id| id.parse().ok());
            }
        }
    }

    /// As it stands beside the memo.
    pub fn to_yaml(&self) -> String {
        let id = &self.memo.id;
        let yaml = serde_yaml::to_string(self).expect("text, numbers and lists always serialise");
        format!(
            "# The lock of memo {id}: how it was published. ccrov writes it and holds the published files\n# \
             against it. Keep it beside {id}.yaml and do not edit it.\n{yaml}"
        )
    }
}

/// A lock, and the text that it was read from.
#[derive(Debug, Clone)]
pub struct LockFile {
    /// The lock.
    pub lock: Lock,
    /// Its text.
    pub source: SourceId,
}

/// The locks of issued memos, by the memos' ids.
pub type Locks = BTreeMap<Id, LockFile>;

impl LockFile {
    /// Where the lock names a file.
    pub(crate) fn place(&self, file: &File, sources: &Sources) -> Place {
        let path = file.path.as_str();
        let at = sources.get(self.source).text.find(path);
        at.map_or_else(|| self.source.start(), |at| self.source.at(at..at + path.len()))
    }

    /// The spreadsheet of its schedule, if it was published.
    pub(crate) fn spreadsheet(&self) -> Option<&File> {
        let is_it = |file: &&File| (file.document, file.kind) == (Piece::Schedule, Form::Csv);
        self.lock.memo.artifacts.iter().find(is_it)
    }

    /// The memo's id.
    pub fn id(&self) -> &str {
        &self.lock.memo.id
    }
}

/// The digest of a file that a memo is written in. The line ends of text, and a byte order mark, do not
/// count: programs that share folders change them.
///
/// ```
/// use ccrov::issued::source_digest;
/// assert_eq!(source_digest("21150.yaml", b"a: 1\r\n"), source_digest("21150.yaml", b"a: 1\n"));
/// assert_ne!(source_digest("form.pdf", b"a: 1\r\n"), source_digest("form.pdf", b"a: 1\n"));
/// ```
pub fn source_digest(name: &str, bytes: &[u8]) -> String {
    source_text(name, bytes).map_or_else(|| digest(bytes), |text| digest(text.as_bytes()))
}

/// The text of a file that a memo is written in, as it counts; none of what is no text, such as an attached PDF.
pub(crate) fn source_text<'t>(name: &str, bytes: &'t [u8]) -> Option<Cow<'t, str>> {
    let is_text = [".yaml", ".yml", ".md"].iter().any(|ending| name.ends_with(ending));
    let written = std::str::from_utf8(bytes).ok().filter(|_| is_text)?;
    Some(line_ends::folded(written.strip_prefix('\u{feff}').unwrap_or(written)))
}
