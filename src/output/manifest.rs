//! `manifest.json`: every memo with its files, for other programs.

use std::{collections::BTreeMap, error::Error, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::{Artifact, Form, OutputPath, Piece, StepEntry};
use crate::{
    format::{Format, Newer},
    model::{Id, InForce, Number, Relation, Statement, Status, date},
};

/// Where the manifest stands in the output folder.
pub fn manifest_path() -> OutputPath {
    "manifest.json".parse().expect("a plain file name is a path")
}

/// Why text is no manifest that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAManifest {
    /// It is none: the line and column of its JSON.
    Json(String),
    /// Git could not merge it, and left both versions in it.
    Unmerged,
    /// A newer program wrote it.
    Newer(Newer),
}

impl fmt::Display for NotAManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAManifest::Json(place) => f.write_str(place),
            NotAManifest::Unmerged => f.write_str("Git could not merge two versions of it"),
            NotAManifest::Newer(newer) => newer.fmt(f),
        }
    }
}

impl Error for NotAManifest {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NotAManifest::Json(_) | NotAManifest::Unmerged => None,
            NotAManifest::Newer(newer) => Some(newer),
        }
    }
}

/// What the output folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Whether the lists show drafts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drafts: bool,
    /// The day after which dates come up on the home page, if one was given: as 2021-08-31.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The memos, in the order of their ids.
    pub memos: Vec<MemoEntry>,
    /// The parts of the website that are made of several memos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site: Vec<SitePart>,
}

/// A manifest as it is written, with the lowest format that a program must know to read it.
#[derive(Serialize)]
struct NumberedManifest<'m> {
    #[serde(skip_serializing_if = "Format::is_first")]
    format: Format,
    #[serde(flatten)]
    manifest: &'m Manifest,
}

/// A part of the website that is made of several memos: a list, the feed, a year's part of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePart {
    /// Which: "lists", "search/2021".
    pub name: String,
    /// The digest of what it was made from; empty if something of that could not be read.
    pub made_from: String,
    /// Its files.
    pub files: Vec<SiteFile>,
}

/// A file of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFile {
    /// Its path in the output folder.
    pub path: OutputPath,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// A memo and its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoEntry {
    /// Its id.
    pub id: String,
    /// Its printed number; a draft may have none.
    #[serde(deserialize_with = "number")]
    pub number: Option<String>,
    /// Its date, as 2021-08-31.
    pub date: NaiveDate,
    /// Its subject.
    pub title: String,
    /// How far it has come.
    #[serde(deserialize_with = "status")]
    pub status: String,
    /// When it was withdrawn, as 2021-09-02, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<NaiveDate>,
    /// Whether a lock keeps it, or did when it was built last: a lock that is lost is missed by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Whether it tells a delay that is only proposed: it is never published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposed: bool,
    /// What was put right in it after it was issued, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionEntry>,
    /// The release it speaks of, if it speaks of one.
    pub release: Option<Id>,
    /// The earlier memos that it names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub relations: BTreeMap<Relation, Vec<Id>>,
    /// What changed in the schedule since the memo that it updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangesEntry>,
    /// The steps of the schedule that it publishes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<StepEntry>,
    /// The deadlines that it lists itself, as steps without a number and a start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<StepEntry>,
    /// Where it is, if it is kept elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The digest of all that its files were made from. Without one, they are made anew each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_from: Option<String>,
    /// Its files, in the order of documents and forms.
    pub artifacts: Vec<File>,
}

/// What changed in a schedule, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesEntry {
    /// Since when: "CC/ROV #24902 (April 22, 2024)".
    pub since: String,
    /// A sentence for each change.
    pub sentences: Vec<String>,
}

/// Puts what was said before of the files that are held in the place of what is said now.
fn replace<'b, F: Clone + 'b>(
    files: &mut Vec<F>,
    before: impl Iterator<Item = &'b F>,
    path: fn(&F) -> &OutputPath,
    held: &impl Fn(&OutputPath) -> bool,
) {
    let gone: Vec<OutputPath> = files.iter().map(path).filter(|path| held(path)).cloned().collect();
    files.retain(|file| !held(path(file)));
    files.extend(before.filter(|file| gone.contains(path(file))).cloned());
}

/// A memo's number, if it has one: what is none would be printed and linked to as one.
fn number<'de, D: Deserializer<'de>>(written: D) -> Result<Option<String>, D::Error> {
    let number: Option<String> = Option::deserialize(written)?;
    match number.as_deref().map(str::parse::<Number>) {
        Some(Err(none)) => Err(D::Error::custom(none)),
        _ => Ok(number),
    }
}

/// A word that says how far a memo has come: by it, drafts are kept back.
fn status<'de, D: Deserializer<'de>>(written: D) -> Result<String, D::Error> {
    let status = String::deserialize(written)?;
    match status == "archived" || status.parse::<Status>().is_ok() {
        true => Ok(status),
        false => Err(D::Error::custom(format!("`{status}` says nothing of how far the memo has come"))),
    }
}

impl MemoEntry {
    /// The steps of its schedule, then its own deadlines.
    pub fn dated(&self) -> impl Iterator<Item = &StepEntry> {
        self.schedule.iter().chain(&self.deadlines)
    }

    /// The memo itself in a form: not its schedule, nor what is attached.
    pub fn own(&self, form: Form) -> Option<&File> {
        self.artifacts.iter().find(|file| (file.document, file.kind) == (Piece::Memo, form))
    }

    /// Its file of a path, if it has the digest.
    pub(crate) fn file(&self, path: &OutputPath, sha256: &str) -> Option<&File> {
        self.artifacts.iter().find(|file| file.path == *path && file.sha256 == sha256)
    }

    /// What it says of others.
    pub(crate) fn statement(&self) -> Statement<'_> {
        let relations = self.relations.iter();
        let relations = relations.flat_map(|(kind, ids)| ids.iter().map(|id| (*kind, id.as_str())));
        Statement {
            id: &self.id,
            day: self.date,
            withdrawn: self.status == Status::Withdrawn.word(),
            relations: relations.collect(),
        }
    }

    /// The memo that is to be read in its place, if `find` knows it: "CC/ROV #24904".
    pub(crate) fn superseded<'m>(
        &self,
        in_force: &InForce<'_>,
        find: impl Fn(&str) -> Option<&'m MemoEntry>,
    ) -> Option<String> {
        let by = in_force
            .later(&self.id)
            .iter()
            .filter(|later| later.supersedes())
            .find_map(|later| find(later.id))?;
        let name = format!("CC/ROV #{}", by.number.as_deref().unwrap_or(&by.id));
        // Of two that bear one number the date tells which.
        let is_same = by.number.is_some() && by.number == self.number;
        Some(if is_same { format!("{name} of {}", date::prose(by.date)) } else { name })
    }

    /// Whether lists show it and targets get it: drafts only if they are asked for, and never what is only proposed.
    pub(crate) fn is_shown(&self, drafts: bool) -> bool {
        !self.proposed && (drafts || !self.is_draft())
    }

    /// Whether it exists as a file only.
    pub fn is_archived(&self) -> bool {
        self.status == "archived"
    }

    /// Whether it has not gone out yet.
    pub fn is_draft(&self) -> bool {
        is_open(&self.status)
    }
}

/// Whether a memo that says this of itself has not gone out yet.
pub(crate) fn is_open(status: &str) -> bool {
    !matches!(status, "issued" | "withdrawn" | "archived")
}

/// Something that was put right in an issued memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionEntry {
    /// When, as 2021-09-02.
    pub date: NaiveDate,
    /// What.
    pub what: String,
    /// The files that were published until then and are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierFile>,
    /// The steps and deadlines that the memo named until then, and names no more: calendars have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<StepEntry>,
}

/// A file that was published until a memo was corrected; it is one of the memo's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierFile {
    /// Of which document.
    pub document: Piece,
    /// In which form.
    pub kind: Form,
    /// Where it is now.
    pub path: OutputPath,
}

/// A file of a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Which document.
    pub document: Piece,
    /// In which form.
    pub kind: Form,
    /// Where, relative to the output folder.
    pub path: OutputPath,
    /// Bytes.
    pub size: u64,
    /// How many pages a PDF has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl From<&Artifact> for File {
    fn from(artifact: &Artifact) -> File {
        File {
            document: artifact.piece,
            kind: artifact.form,
            path: artifact.path.clone(),
            size: artifact.bytes.len() as u64,
            pages: artifact.pages,
            sha256: artifact.digest(),
        }
    }
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`NotAManifest`] with the place in the text.
    pub fn read(json: &[u8]) -> Result<Manifest, NotAManifest> {
        Format::check(json, Format::SECOND).map_err(NotAManifest::Newer)?;
        serde_json::from_slice(json).map_err(|error| match json.windows(8).any(|mark| mark == b"<<<<<<< ") {
            true => NotAManifest::Unmerged,
            false => NotAManifest::Json(error.to_string()),
        })
    }

    /// As JSON with a line end.
    pub fn to_json(&self) -> Vec<u8> {
        let has_workbook = self.files().any(|file| file.kind == Form::Xlsx);
        let format = if has_workbook { Format::SECOND } else { Format::FIRST };
        let numbered = NumberedManifest { format, manifest: self };
        let mut json =
            serde_json::to_vec_pretty(&numbered).expect("text, numbers and lists always serialise");
        json.push(b'\n');
        json
    }

    /// Says of files what the manifest before this one said of them; of those that it does not have, nothing. What they
    /// belong to is made again by the next build.
    pub(crate) fn leave_as_they_were(&mut self, before: &Manifest, held: impl Fn(&OutputPath) -> bool) {
        let memos = self.memos.iter_mut().filter(|entry| entry.artifacts.iter().any(|file| held(&file.path)));
        for entry in memos {
            entry.made_from = None;
            replace(&mut entry.artifacts, before.files(), |file| &file.path, &held);
        }
        let parts = self.site.iter_mut().filter(|part| part.files.iter().any(|file| held(&file.path)));
        for part in parts {
            part.made_from = String::new();
            let files = before.site.iter().flat_map(|part| &part.files);
            replace(&mut part.files, files, |file| &file.path, &held);
        }
    }

    /// The entry of a memo.
    pub fn entry(&self, id: &str) -> Option<&MemoEntry> {
        self.memos.iter().find(|entry| entry.id == id)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.digests().map(|(path, _)| path)
    }

    /// The paths of all files, each with the digest that it has.
    pub fn digests(&self) -> impl Iterator<Item = (&OutputPath, &String)> {
        let parts = self.site.iter().flat_map(|part| &part.files);
        let of_parts = parts.map(|file| (&file.path, &file.sha256));
        self.files().map(|file| (&file.path, &file.sha256)).chain(of_parts)
    }

    /// Every file of every memo.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.memos.iter().flat_map(|entry| &entry.artifacts)
    }

    /// Every file that a visitor may see, in the order of paths: those of drafts only if they are asked for.
    pub fn published(&self, drafts: bool) -> Vec<SiteFile> {
        let memos = self.memos.iter().filter(|entry| entry.is_shown(drafts));
        let files = memos.flat_map(|entry| &entry.artifacts).map(|file| SiteFile {
            path: file.path.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
        });
        let parts = self.site.iter().flat_map(|part| part.files.iter().cloned());
        let mut files: Vec<_> = files.chain(parts).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}
