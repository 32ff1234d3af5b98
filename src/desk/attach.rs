//! A file that somebody brings along becomes an attachment of a memo.
//!
//! In: a snapshot, a memo, the names and bytes of files. Out: a plan that puts each beside the memo, and names it there. What a file
//! is, its bytes say. No file takes the place of another one. Not here: what is wrong with an attached PDF (`press`).

use std::{collections::BTreeSet, str::FromStr};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    NewMemo, NewMemoReport, NotAttached, Refused, SourceFile,
    fields::{attachments_with, editable},
    new_memo,
};
use crate::{
    file_kind::FileKind,
    folder::{Edits, NewFile, Plan, Snapshot, SourcePath},
    words::{is_control, series},
    yaml::outline,
};

/// How large a file can be that is attached, in megabytes. Readers load it over the telephone network, too.
pub const LARGEST_ATTACHED: usize = 20;

/// How long the name of a file can be, without its ending, in characters.
const NAME: usize = 80;

/// How much of a file's start and end is looked at for what a zip holds.
const LOOKED_AT: usize = 1 << 16;

/// A file that somebody brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtFile {
    /// What it was called where it came from; a path before the name does not matter.
    pub name: String,
    /// The title under which readers find it; blank: what its name says.
    pub title: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Files that were attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachReport {
    /// The memo's file, by its path from the working folder.
    pub file: String,
    /// The files.
    pub attached: Vec<AttachedName>,
}

/// A file that was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachedName {
    /// What it is called beside the memo.
    pub name: String,
    /// The name that it would have had, if another file beside the memo has it.
    pub taken_name: Option<String>,
    /// Whether the memo has this very file attached already: then nothing is added.
    pub was_attached: bool,
}

/// Plans to attach files to a memo, after those that it has.
///
/// # Errors
/// [`Refused`]: there is no such memo, it has gone out, or a file is none that readers can be given.
pub fn attach(snapshot: &Snapshot, memo: &str, files: &[BroughtFile]) -> Result<Plan<AttachReport>, Refused> {
    let file = SourceFile::Memo(memo.to_owned());
    let source = editable(snapshot, &file)?;
    let path = snapshot.sources.get(source).name.clone();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut taken: BTreeSet<String> = snapshot.texts.files.iter().map(|path| folded(path)).collect();
    let own = outline(&snapshot.sources.get(source).text).unwrap_or_default();
    let own = own.into_iter().filter(|entry| entry.path == "attachments.file");
    let mut own: BTreeSet<String> = own.filter_map(|entry| entry.text).collect();
    let (mut new, mut attached, mut items) = (Vec::<NewFile>::new(), Vec::new(), Vec::new());
    for brought in files {
        let refused = |why| Refused::NotAttached { name: brought.name.clone(), why };
        let (stem, ending) = fit(brought).map_err(refused)?;
        // The same bytes under the same name are the same file.
        let is_there = |path: &SourcePath| match new.iter().find(|file| file.path == *path) {
            Some(file) => file.bytes == brought.bytes,
            None => snapshot.load(path.as_str()).is_some_and(|there| there == brought.bytes.as_slice()),
        };
        let (place, is_there) = place(folder, (&stem, &ending), is_there, &taken)
            .ok_or_else(|| refused(NotAttached::Nameless))?;
        let name = place.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let title = match brought.title.trim() {
            "" => stem.replace(['_', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" "),
            title => title.to_owned(),
        };
        let was_attached = !own.insert(name.clone());
        if !was_attached {
            let [title, file] = [&title, &name].map(|text| serde_json::Value::from(text.as_str()));
            items.push(format!("{{title: {title}, file: {file}}}"));
        }
        taken.insert(folded(place.as_str()));
        let taken_name = Some(format!("{stem}.{ending}")).filter(|wanted| *wanted != name);
        attached.push(AttachedName { name, taken_name, was_attached });
        if !is_there {
            new.push(NewFile { path: place, bytes: brought.bytes.clone() });
        }
    }
    let report = AttachReport { file: path, attached };
    if items.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &attachments_with(snapshot, &file, source, &items)?);
    let names: Vec<&str> = report.attached.iter().map(|file| file.name.as_str()).collect();
    let what = format!("desk: attach {} to {memo}", series(&names));
    Ok(Plan { files: new, ..Plan::of_sources(what, report, edits.files()?) })
}

/// Plans to begin a memo that has files attached: both come, or neither does.
///
/// # Errors
/// [`Refused`], as [`new_memo()`] and [`attach()`] are.
pub fn new_memo_with(
    snapshot: &Snapshot,
    wish: &NewMemo,
    files: &[BroughtFile],
) -> Result<Plan<(NewMemoReport, AttachReport)>, Refused> {
    let begun = new_memo(snapshot, wish)?;
    let attached = attach(&snapshot.with(&begun.sources), &begun.report.id, files)?;
    let Plan { what, mut sources, report, .. } = begun;
    for edit in attached.sources {
        // Its file is new, so what it says with its attachments is all that is written of it.
        sources
            .iter_mut()
            .filter(|begun| begun.path == edit.path)
            .for_each(|begun| begun.becomes.clone_from(&edit.becomes));
    }
    Ok(Plan { files: attached.files, ..Plan::of_sources(what, (report, attached.report), sources) })
}

/// The name of a file without and with what cannot be in it, if it is a file that readers can be given: what stands before its ending,
/// and the ending.
fn fit(brought: &BroughtFile) -> Result<(String, String), NotAttached> {
    let BroughtFile { name, bytes, .. } = brought;
    if bytes.is_empty() {
        return Err(NotAttached::Empty);
    }
    if bytes.len() > LARGEST_ATTACHED * 1_000_000 {
        return Err(NotAttached::TooLarge(LARGEST_ATTACHED));
    }
    let kind = kind(bytes)?;
    let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().nfc().collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let ending = ending.to_lowercase();
    if !kind.endings.contains(&ending.as_str()) {
        return Err(NotAttached::Named(kind.words, kind.in_words));
    }
    let plain = |c: char| if c.is_alphanumeric() || " ()_,&+'".contains(c) { c } else { '-' };
    let stem: String = stem.chars().filter(|c| !is_control(*c)).map(plain).take(NAME).collect();
    let stem = stem.trim_matches([' ', '-']).to_owned();
    if stem.is_empty() { Err(NotAttached::Nameless) } else { Ok((stem, ending)) }
}

/// Where a file is put, and whether it is there already.
fn place(
    folder: &str,
    (stem, ending): (&str, &str),
    is_there: impl Fn(&SourcePath) -> bool,
    taken: &BTreeSet<String>,
) -> Option<(SourcePath, bool)> {
    let name = |nth: usize| match nth {
        1 => format!("{folder}/{stem}.{ending}"),
        nth => format!("{folder}/{stem}-{nth}.{ending}"),
    };
    // The name of a device is none on Windows: a file is.
    let path = |nth| {
        SourcePath::from_str(&name(nth)).or_else(|_| format!("{folder}/file-{stem}-{nth}.{ending}").parse())
    };
    for nth in 1.. {
        let path = path(nth).ok()?;
        if is_there(&path) {
            return Some((path, true));
        }
        if !taken.contains(&folded(path.as_str())) {
            return Some((path, false));
        }
    }
    None
}

/// A path as systems compare them that take capitals for small letters.
fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

/// A kind of file that readers can be given.
struct ReadableKind {
    words: &'static str,
    endings: &'static [&'static str],
    in_words: &'static str,
}

const fn kind_of(
    words: &'static str,
    endings: &'static [&'static str],
    in_words: &'static str,
) -> ReadableKind {
    ReadableKind { words, endings, in_words }
}

/// What a file is, by its bytes.
fn kind(bytes: &[u8]) -> Result<ReadableKind, NotAttached> {
    let (start, end) =
        (&bytes[..bytes.len().min(LOOKED_AT)], &bytes[bytes.len().saturating_sub(LOOKED_AT)..]);
    let holds =
        |name: &[u8]| [start, end].iter().any(|part| part.windows(name.len()).any(|window| window == name));
    let other = |kind: FileKind| Err(NotAttached::Kind(Some(kind.words())));
    Ok(match FileKind::of(bytes) {
        Some(FileKind::Pdf) => kind_of("a PDF", &["pdf"], ".pdf"),
        Some(FileKind::Word | FileKind::Excel | FileKind::Zip) if holds(b"word/document.xml") => {
            kind_of("a Word file", &["docx"], ".docx")
        }
        Some(FileKind::Word | FileKind::Excel | FileKind::Zip) if holds(b"xl/workbook.xml") => {
            kind_of("an Excel file", &["xlsx"], ".xlsx")
        }
        Some(FileKind::OldOffice) => kind_of("a Word or Excel file", &["doc", "xls"], ".doc or .xls"),
        Some(FileKind::Picture) if bytes.starts_with(b"\x89PNG") => {
            kind_of("a PNG picture", &["png"], ".png")
        }
        Some(FileKind::Picture) => kind_of("a JPEG picture", &["jpg", "jpeg"], ".jpg"),
        Some(FileKind::Word | FileKind::Excel) => return other(FileKind::Zip),
        Some(kind) => return other(kind),
        None => match std::str::from_utf8(bytes) {
            Ok(text) if !text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)) => {
                kind_of("plain text", &["csv", "txt"], ".txt, or .csv for a table")
            }
            _ => return Err(NotAttached::Kind(None)),
        },
    })
}
