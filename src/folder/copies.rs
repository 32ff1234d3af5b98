//! The second copies that OneDrive, Dropbox and Explorer make of a file that two people saved at a time.
//!
//! In: the names and texts of files. Out: which file is a second copy of which: `21150-SOS-PC-114.yaml`, `office (1).yaml`, `24121 - Copy.yaml`.
//! None of them is read as what its name ends in. Not here: what becomes of it (`desk`).

use crate::{
    diagnostic::{Code, Diagnostic, Place, SourceId},
    yaml::{outline, value},
};

/// A second copy of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondCopy {
    /// Its path from the working folder.
    pub path: String,
    /// The path of the file that it is a copy of.
    pub of: String,
    /// Its text.
    pub source: SourceId,
}

impl SecondCopy {
    pub(super) fn fault(&self, place: Place) -> Diagnostic {
        let SecondCopy { path, of, .. } = self;
        let file = of.rsplit('/').next().unwrap_or(of);
        let what = format!("{path} is a second copy of {file}, and is not read");
        Diagnostic::new(Code::SecondCopy, place, what)
            .expected("OneDrive and Dropbox make one when two people save a file at the same time")
            .help(format!(
                "bring what is right of both into {file}, and remove the copy; the desk, under Home, shows both side by side"
            ))
    }
}

/// The path of the file that a path names a second copy of, if there is such a file.
pub fn copied(path: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = file.rsplit_once('.')?;
    let there = |original: &str| {
        let path = format!("{folder}/{original}.{ending}");
        (!original.is_empty() && is_there(&path)).then_some(path)
    };
    without_mark(stem).and_then(there).or_else(|| {
        // OneDrive puts the name of a machine after a hyphen: with capitals, it is part of no memo's name.
        let hyphens = stem.match_indices('-').map(|(at, _)| at);
        hyphens.filter(|at| is_machine(&stem[at + 1..])).find_map(|at| there(&stem[..at]))
    })
}

/// The name of a machine, as Windows and macOS write it.
fn is_machine(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_'.".contains(c))
}

/// A name without what a program puts after that of a copy: ` (1)`, ` - Copy`, ` - Copy (2)`, ` copy 2`,
/// ` (Ana's conflicted copy 2026-03-02)`.
fn without_mark(stem: &str) -> Option<&str> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let without_brackets = |stem: &'_ str| -> Option<(usize, bool)> {
        let at = stem.rfind(" (")?;
        let within = stem[at + 2..].strip_suffix(')')?;
        Some((at, is_number(within)))
            .filter(|(_, number)| *number || within.to_lowercase().contains("conflict"))
    };
    let bare = without_brackets(stem).map_or(stem, |(at, _)| &stem[..at]);
    let lower = bare.to_ascii_lowercase();
    let copy = lower.rfind(" copy").filter(|at| {
        let rest = lower[at + " copy".len()..].trim_start();
        rest.is_empty() || is_number(rest)
    });
    let bare = match copy {
        Some(at) => bare[..at].strip_suffix(" -").unwrap_or(&bare[..at]),
        None => bare,
    };
    (bare.len() < stem.len()).then_some(bare)
}

/// Whether two texts are those of different memos, whatever their files are called: each has a number, and they differ. What else
/// they say may be edited in either at any time, and a copy stays one.
pub(super) fn are_different_memos(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| outline(text).unwrap_or_default());
    matches!((value(&one, "number"), value(&other, "number")), (Some(one), Some(other)) if one != other)
}
