//! Which screens somebody has open, told to the desks of other machines: they share nothing but the working folder.
//!
//! In: the screens of one desk. Out: a small file in `.ccrov/open`, one for each person and machine. It keeps nobody out: it is told and
//! no more. Not here: when it is written, and how long it counts.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    CommitError, System,
    beside::{ignore, own_file, records},
    turn::OWN,
    write::{put, removed},
};

/// What somebody has open at one machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The id of the person, as far as it is known.
    pub by: Option<String>,
    /// The name of the machine.
    pub machine: String,
    /// When this was written, by the clock of that machine.
    pub at: NaiveDateTime,
    /// The addresses of the screens, and since when each is open.
    pub pages: BTreeMap<String, NaiveDateTime>,
}

impl Presence {
    /// Whether it is of the same person on the same machine.
    pub fn is_of(&self, by: Option<&str>, machine: &str) -> bool {
        self.by.as_deref() == by && self.machine == machine
    }

    fn path(&self) -> String {
        format!("{OWN}/open/{}", own_file(self.by.as_deref(), &self.machine))
    }

    /// Tells it, in place of what was told before.
    ///
    /// # Errors
    /// [`CommitError::Disk`].
    pub fn tell(&self, root: &Path) -> Result<(), CommitError> {
        let json = serde_json::to_vec(self).expect("it holds texts and times, which are JSON");
        ignore(root, "open")?;
        put(&System, root, self.path(), &json, false)
    }

    /// Takes it back: nothing is open any more.
    ///
    /// # Errors
    /// [`CommitError::Disk`].
    pub fn take_back(&self, root: &Path) -> Result<(), CommitError> {
        removed(&System, root, self.path())
    }
}

/// What is told in a working folder.
pub fn presences(root: &Path) -> Vec<Presence> {
    records(root, "open")
}
