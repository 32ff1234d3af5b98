//! What the window shows, as the last build left it.
//!
//! Not here: how it comes about, how it looks.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::output::OutputPath;

/// All that the window shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Screen {
    /// The memos, in the order of the list.
    pub memos: Vec<MemoRow>,
    /// How many there are of each kind, as a sentence.
    pub summary: String,
    /// Every fault, in the order in which a terminal shows them.
    pub faults: Vec<FaultText>,
    /// The files that can be looked at, with their digests.
    pub files: BTreeMap<OutputPath, String>,
    /// What keeps memos from being built at all.
    pub trouble: Option<String>,
}

/// A memo of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MemoRow {
    /// Its id.
    pub id: String,
    /// Its printed number.
    pub number: Option<String>,
    /// Its date, or what stands in its place.
    pub date: String,
    /// How far it has come, in a word.
    pub status: String,
    /// What is still to be done.
    pub left: String,
    /// Its subject.
    pub subject: String,
    /// The release that it speaks of.
    pub release: Option<String>,
    /// Whether it was built from what is written now.
    pub current: bool,
    /// Its page.
    pub page: Option<PreviewFile>,
    /// Its PDF.
    pub pdf: Option<PreviewFile>,
    /// Where it is, if it is kept elsewhere.
    pub address: Option<String>,
}

/// A file that is shown of a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PreviewFile {
    /// Where it is.
    pub path: String,
    /// Its digest: if it is the same, the file is.
    pub sha256: String,
}

/// A fault in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FaultText {
    /// The memos in whose own files it is.
    pub memos: Vec<String>,
    /// It only asks somebody to look.
    pub warning: bool,
    /// As a terminal shows it.
    pub text: String,
    /// Its code.
    pub code: &'static str,
}

/// What is shown, and the how-manieth it is; 0 is before the first build.
#[derive(Debug, Clone, Default)]
pub(crate) struct PreviewState {
    pub version: u64,
    pub shown: Arc<Screen>,
}

impl PreviewState {
    /// Takes what a build left. Says whether it is another than before.
    pub fn take(&mut self, shown: Screen) -> bool {
        if self.version > 0 && *self.shown == shown {
            return false;
        }
        self.version += 1;
        self.shown = Arc::new(shown);
        true
    }

    /// What a window compares to see whether it is up to date, also with a program that was started again.
    pub fn name(&self) -> String {
        format!("{}-{}", std::process::id(), self.version)
    }
}

impl Screen {
    /// A memo by its id; without one, or if there is none, the first of the list.
    pub fn memo(&self, id: Option<&str>) -> Option<&MemoRow> {
        let named = id.and_then(|id| self.memos.iter().find(|memo| memo.id == id));
        named.or_else(|| self.memos.first())
    }
}
