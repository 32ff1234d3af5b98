//! What somebody typed into a form and did not save, kept in the working folder: one file for each document, person and machine.
//!
//! In: the fields of a form. Out: a file in `.ccrov/typed`, which is neither published nor taken into git. Nothing here changes what
//! analysts have written. Not here: when it is kept, and who takes it.

use std::{fs, path::Path};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    CommitError, System,
    turn::OWN,
    write::{put, removed},
};

/// What somebody typed and did not save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedText {
    /// The memo, by its id.
    pub memo: String,
    /// The id of the person, as far as it is known.
    pub by: Option<String>,
    /// The name of the machine.
    pub machine: String,
    /// When the last of it was typed.
    pub at: NaiveDateTime,
    /// The names of the form's fields, and what they say.
    pub fields: Vec<(String, String)>,
}

impl TypedText {
    /// Whether the same person typed it on the same machine.
    pub fn is_of(&self, by: Option<&str>, machine: &str) -> bool {
        self.by.as_deref() == by && self.machine == machine
    }

    fn path(&self) -> String {
        let by = self.by.as_deref().unwrap_or("somebody");
        let names = [self.memo.as_str(), by, self.machine.as_str()].map(plain);
        format!("{OWN}/typed/{}.json", names.join("--"))
    }

    /// Keeps it in a working folder, in place of what was kept of it before. It stands on the disk when this returns.
    ///
    /// # Errors
    /// [`CommitError::Disk`].
    pub fn keep(&self, root: &Path) -> Result<(), CommitError> {
        let ignored = format!("{OWN}/typed/.gitignore");
        if !root.join(&ignored).exists() {
            put(&System, root, &ignored, b"*\n", false)?;
        }
        let json = serde_json::to_vec(self).expect("it holds texts and a time, which are JSON");
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
    let entries = fs::read_dir(root.join(OWN).join("typed")).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".json"));
    let mut texts: Vec<TypedText> =
        files.filter_map(|entry| serde_json::from_slice(&fs::read(entry.path()).ok()?).ok()).collect();
    texts.sort_by(|a, b| (b.at, &b.memo, &b.machine).cmp(&(a.at, &a.memo, &a.machine)));
    texts
}

/// A name as it can stand in the name of a file on every system.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
