//! What this user of the machine has chosen: who they are in which office, the folders that they opened last; and the desk that
//! runs.
//!
//! In: a folder of the user's own. Out: [`Settings`], written whole. A file that cannot be read counts as none. Not here:
//! where that folder is, which the front end knows.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How many folders are remembered.
const RECENT: usize = 8;

/// What a user has chosen.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where it is kept; without a place, it lasts as long as the desk.
    folder: Option<PathBuf>,
    chosen: Chosen,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Chosen {
    /// The folders that were opened, the last first.
    recent: Vec<PathBuf>,
    /// Who sits here, by the folder: the id of a person of its office.
    people: BTreeMap<PathBuf, String>,
}

/// A desk that runs on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Its address, with its key.
    pub address: String,
    /// Its port.
    pub port: u16,
}

impl Settings {
    /// What is kept in a folder.
    pub fn at(folder: PathBuf) -> Settings {
        let chosen = read(&folder.join("desk.json")).unwrap_or_default();
        Settings { folder: Some(folder), chosen }
    }

    /// The folders that were opened last, the last first.
    pub fn recent(&self) -> &[PathBuf] {
        &self.chosen.recent
    }

    /// Who sits here, as far as a folder's office knows.
    pub fn person(&self, root: &Path) -> Option<String> {
        self.chosen.people.get(root).cloned()
    }

    /// Remembers who sits here.
    pub fn set_person(&mut self, root: &Path, person: &str) {
        self.chosen.people.insert(root.to_owned(), person.to_owned());
        self.keep();
    }

    /// Remembers a folder that was opened.
    pub fn opened(&mut self, root: &Path) {
        self.chosen.recent.retain(|folder| folder != root);
        self.chosen.recent.insert(0, root.to_owned());
        self.chosen.recent.truncate(RECENT);
        self.keep();
    }

    /// The desk that said last that it runs.
    pub fn running(&self) -> Option<Running> {
        read(&self.folder.as_ref()?.join("running.json"))
    }

    /// Says that a desk runs.
    pub fn set_running(&self, running: &Running) {
        self.put("running.json", running);
    }

    fn keep(&self) {
        self.put("desk.json", &self.chosen);
    }

    /// A choice that cannot be kept is asked for again the next time; nothing hangs on it.
    fn put(&self, name: &str, what: &impl Serialize) {
        if let Some(folder) = &self.folder {
            let _ = write(folder, name, what);
        }
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

fn write(folder: &Path, name: &str, what: &impl Serialize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec_pretty(what)?)?;
    file.persist(folder.join(name))?;
    Ok(())
}
