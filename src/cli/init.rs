//! `init`: a working folder to begin with, from the program alone.
//!
//! Not here: what stands in the files, which lie in `init/`, templates/, schema/ and docs/.

use std::{fs, io, path::Path};

use super::{Outcome, Terminal, counted, schema::SCHEMAS, workspace::BUILT_IN};
use crate::site::{self, Change, Verdict};

/// The files that are no template and no schema.
const FILES: [(&str, &str); 3] = [
    ("memos/office.yaml", include_str!("init/office.yaml")),
    ("memos/2026/sample.yaml", include_str!("init/sample.yaml")),
    ("docs/format.md", include_str!("../../docs/format.md")),
];

/// `ccrov init DIR`.
pub(super) fn init(folder: &Path, terminal: &mut Terminal) -> Outcome {
    match holds_something(folder) {
        Ok(false) => {}
        Ok(true) => {
            let folder = folder.display();
            let wrong = format!("{folder} is not empty, and was left as it is; name a new or empty folder");
            return terminal.wrong_usage(&wrong);
        }
        Err(error) => {
            terminal.complain(&format!("{}: {error}", folder.display()));
            return Outcome::Disk;
        }
    }
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), *text));
    let templates = BUILT_IN.iter().map(|(name, text)| (format!("templates/{name}"), *text));
    let schemas = SCHEMAS.iter().map(|schema| (format!("schema/{}.json", schema.name), schema.text));
    let changes: Vec<Change> =
        files.chain(templates).chain(schemas).map(|(path, text)| new_file(&path, text)).collect();
    if let Err(failed) = site::apply(folder, &changes) {
        terminal.complain(&failed.to_string());
        return Outcome::Disk;
    }
    let name = folder.display();
    let enter = if folder == Path::new(".") { String::new() } else { format!("`cd \"{name}\"`, then ") };
    terminal.say(&format!(
        "\
memos/office.yaml       the office: a sample, to be replaced by yours
memos/2026/sample.yaml  a memo: a sample, to try things out
templates/              the form of memos, schedules and pages
schema/                 what each file may hold, for your editor
docs/format.md          the guide to all of it

Made {} in {name}. Next: {enter}`ccrov build`.",
        counted(changes.len(), "file")
    ));
    Outcome::Done
}

/// A file that is not there yet.
pub(super) fn new_file(path: &str, text: &str) -> Change {
    let path = path.parse().expect("it is made of ids and names of this program");
    Change { path, verdict: Verdict::Create(text.as_bytes().to_vec()) }
}

/// Whether a folder is there and has files; hidden ones do not count.
fn holds_something(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        entries => entries?,
    };
    Ok(entries.flatten().any(|entry| !entry.file_name().to_string_lossy().starts_with('.')))
}
