//! What somebody typed into a form and did not save, kept in the working folder: one file for each form, person and machine.
//!
//! In: the fields of a form. Out: a file in `.ccrov/typed`, which is neither published nor taken into git. Nothing here changes what
//! analysts have written. Not here: when it is kept, and who takes it.

use std::path::Path;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    CommitError, System,
    beside::{ignore, own_file, plain, records},
    turn::OWN,
    write::{put, removed},
};

/// What somebody typed and did not save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedText {
    /// The address of the form, such as `/memo/26002`; in files of earlier programs, the memo's id alone.
    #[serde(alias = "memo")]
    pub page: String,
    /// The id of the person, as far as it is known.
    pub by: Option<String>,
    /// The name of the machine.
    pub machine: String,
    /// When the last of it was typed.
    pub at: NaiveDateTime,
    /// The names of the form's fields, and what they say.
    pub fields: Vec<(String, String)>,
}

/// What the address of a memo's form begins with.
const MEMO: &str = "/memo/";

impl TypedText {
    /// Whether the same person typed it on the same machine.
    pub fn is_of(&self, by: Option<&str>, machine: &str) -> bool {
        self.by.as_deref() == by && self.machine == machine
    }

    fn path(&self) -> String {
        let page = self.page.strip_prefix(MEMO).unwrap_or(&self.page);
        format!("{OWN}/typed/{}--{}", plain(page), own_file(self.by.as_deref(), &self.machine))
    }

    /// Keeps it in a working folder, in place of what was kept of it before. It stands on the disk when this returns.
    ///
    /// # Errors
    /// [`CommitError::Disk`].
    pub fn keep(&self, root: &Path) -> Result<(), CommitError> {
        let json = serde_json::to_vec(self).expect("it holds texts and a time, which are JSON");
        ignore(root, "typed")?;
        put(&System, root, self.path(), &json, true)
    }

    /// Removes it: it was saved, or nobody wants it.
    ///
    /// # Errors
    /// [`CommitError::Disk`].
    pub fn forget(&self, root: &Path) -> Result<(), CommitError> {
        removed(&System, root, self.path())
    }
}

/// What is kept in a working folder, the last first.
pub fn typed_texts(root: &Path) -> Vec<TypedText> {
    let mut texts: Vec<TypedText> = records(root, "typed");
    texts.sort_by(|a, b| (b.at, &b.page, &b.machine).cmp(&(a.at, &a.page, &a.machine)));
    texts
}
