//! `import`: a list of old memos -> archive files in memos/.
//!
//! Not here: what a row must hold, which `crate::import` knows.

use std::path::Path;

use super::{Outcome, Terminal, counted, init::new_file, workspace};
use crate::{
    diagnostic::Faults,
    import::{self, Imported},
    site,
};

/// `ccrov import LIST`.
pub(super) fn import(root: &Path, list: &Path, terminal: &mut Terminal) -> Outcome {
    let name = list.display();
    let text = match std::fs::read(list) {
        Ok(text) => text,
        Err(error) => {
            terminal.complain(&format!("{name}: {error}"));
            return Outcome::Disk;
        }
    };
    // Faults in memos that are there already are no matter of the list.
    let known = workspace::read(root, &mut Faults::default()).memos;
    let Imported { files, refused } = match import::read(&text, |id| known.iter().any(|known| known == id)) {
        Ok(imported) => imported,
        Err(wrong) => return terminal.wrong_usage(&format!("{name}: {wrong}")),
    };
    let changes: Vec<_> = files.iter().map(|(path, text)| new_file(path, text)).collect();
    if let Err(failed) = site::apply(root, &changes) {
        terminal.complain(&failed.to_string());
        return Outcome::Disk;
    }
    for row in &refused {
        terminal.note(&format!("{name}:{}: {}", row.line, row.why));
    }
    let made = counted(files.len(), "file");
    if refused.is_empty() {
        terminal.say(&format!("Made {made} in memos/."));
        return Outcome::Done;
    }
    terminal.say(&format!("Made {made} in memos/; {} could not be taken.", counted(refused.len(), "row")));
    Outcome::Faults
}
