//! A working folder to begin with, from the program alone.
//!
//! Not here: what stands in the files, which lie in `init/`, templates/, schema/ and docs/.

use serde::Serialize;

use super::{Refused, output_plan};
use crate::{
    folder::{Disk, Edit, Plan, ReadError, SourcePath},
    schema::SCHEMAS,
    template::BUILT_IN,
};

/// What tells Git which files it must not change.
const ATTRIBUTES: &str = ".gitattributes";

/// The files that are no template and no schema.
const FILES: [(&str, &str); 8] = [
    (ATTRIBUTES, include_str!("init/gitattributes")),
    ("memos/office.yaml", include_str!("init/office.yaml")),
    ("memos/releases/roster-2026.yaml", include_str!("init/roster-2026.yaml")),
    ("memos/2026/26001.yaml", include_str!("init/26001.yaml")),
    ("memos/2026/26002.yaml", include_str!("init/26002.yaml")),
    ("docs/format.md", include_str!("../../docs/format.md")),
    ("docs/keys.md", include_str!("../../docs/keys.md")),
    ("docs/templates.md", include_str!("../../docs/templates.md")),
];

/// What a working folder begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InitReport {
    /// The files, by their paths from the folder.
    pub files: Vec<SourcePath>,
}

/// Plans the files of a new working folder. Hidden files in the folder do not matter.
///
/// # Errors
/// [`Refused::NotEmpty`] if the folder has files; [`Refused::Unreadable`] if it cannot be listed.
pub fn init(folder: &dyn Disk) -> Result<Plan<InitReport>, Refused> {
    let shown = || output_plan::trimmed(&folder.shown(""));
    match folder.list("") {
        Ok(entries) if entries.iter().any(|entry| !entry.name.starts_with('.')) => {
            return Err(Refused::NotEmpty { folder: shown() });
        }
        Ok(_) | Err(ReadError::Missing) => {}
        Err(why) => return Err(Refused::Unreadable { file: shown(), why }),
    }
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), *text));
    let templates = BUILT_IN.iter().map(|(name, text)| (format!("templates/{name}"), *text));
    let schemas = SCHEMAS.iter().map(|schema| (format!("schema/{}.json", schema.name), schema.text));
    let file = |(path, text): (String, &str)| {
        Edit::new_file(path.parse().expect("the names of this program's own files are paths"), text)
    };
    let is_there = |path: &str| folder.file(path).is_some();
    let files = files.filter(|(path, _)| path != ATTRIBUTES || !is_there(ATTRIBUTES));
    let edits: Vec<Edit> = files.chain(templates).chain(schemas).map(file).collect();
    let files = edits.iter().map(|edit| edit.path.clone()).collect();
    Ok(Plan::of_sources("init", InitReport { files }, edits))
}
