//! Where words stand in what analysts have written: a telephone, an address, a step's text.
//!
//! In: a snapshot, words. Out: the lines that say them, the office and the releases first, then the last memos. Remarks are left out. Not
//! here: the search of what is published, which knows forms of words (`find`).

use super::SourceFile;
use crate::{diagnostic::SourceId, folder::Snapshot};

/// How many lines of a file are told.
const OF_A_FILE: usize = 3;

/// A line that says the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The file whose screen shows it: of a text beside a memo, the memo.
    pub file: SourceFile,
    /// The line, without blanks around it.
    pub line: String,
}

/// The lines that say some words, in any case of letters.
pub fn mentions(snapshot: &Snapshot, words: &str) -> Vec<Mention> {
    let wanted = words.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let lines = |source: SourceId| -> Vec<String> {
        let text = &snapshot.sources.get(source).text;
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("# "));
        let said = lines.filter(|line| line.to_lowercase().contains(&wanted));
        said.take(OF_A_FILE).map(str::to_owned).collect()
    };
    let mut found = Vec::new();
    let mut add = |file: &SourceFile, source: SourceId| {
        found.extend(lines(source).into_iter().map(|line| Mention { file: file.clone(), line }));
    };
    snapshot.texts.office.iter().for_each(|source| add(&SourceFile::Office, *source));
    for (id, source) in &snapshot.texts.releases {
        add(&SourceFile::Release(id.clone()), *source);
    }
    for (id, source) in snapshot.texts.memos.iter().rev() {
        add(&SourceFile::Memo(id.clone()), *source);
    }
    for (path, source) in &snapshot.texts.bodies {
        let said = lines(*source);
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let is_named = |memo: &SourceId| snapshot.sources.get(*memo).text.contains(name);
        let memo = (!said.is_empty()).then(|| snapshot.texts.memos.iter().find(|(_, memo)| is_named(memo)));
        if let Some((id, _)) = memo.flatten() {
            let file = SourceFile::Memo(id.clone());
            found.extend(said.into_iter().map(|line| Mention { file: file.clone(), line }));
        }
    }
    found
}
