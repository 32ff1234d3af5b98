//! A file to be published.

use std::{fmt, str::FromStr};

use crate::model::{NotAPath, SourcePath, wrong_name};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A path in the output folder, with forward slashes; it cannot lead out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(String);

impl OutputPath {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of one of a memo's files, this being the path of the memo without an ending.
    ///
    /// ```
    /// use ccrov::output::{Form, OutputPath, Piece};
    /// let memo: OutputPath = "ccrov/2021/august/21144dl".parse().unwrap();
    /// assert_eq!(memo.of(Piece::Schedule, Form::Csv).as_str(), "ccrov/2021/august/21144dl-schedule.csv");
    /// ```
    pub fn of(&self, piece: Piece, form: Form) -> OutputPath {
        OutputPath(format!("{}{}.{}", self.0, piece.suffix(), form.ending()))
    }

    /// The path of a file that is published beside a memo, this being the path of the memo without
    /// an ending: the file's own name follows the memo's.
    ///
    /// ```
    /// use ccrov::output::OutputPath;
    /// let memo: OutputPath = "ccrov/2021/august/21144dl".parse().unwrap();
    /// assert_eq!(memo.beside("Court Judgment.PDF").as_str(), "ccrov/2021/august/21144dl-court-judgment.pdf");
    /// ```
    pub fn beside(&self, name: &str) -> OutputPath {
        OutputPath(format!("{}-{}", self.0, harmless(name)))
    }

    /// The path under which this file is kept when another one takes its place on a day, for the `nth` time.
    ///
    /// ```
    /// use ccrov::output::OutputPath;
    /// let memo: OutputPath = "ccrov/2021/august/21144dl.pdf".parse().unwrap();
    /// let day = chrono::NaiveDate::from_ymd_opt(2021, 9, 2).unwrap();
    /// assert_eq!(memo.until(day, 1).as_str(), "ccrov/2021/august/21144dl-until-2021-09-02.pdf");
    /// assert_eq!(memo.until(day, 2).as_str(), "ccrov/2021/august/21144dl-until-2021-09-02-2.pdf");
    /// ```
    pub fn until(&self, day: NaiveDate, nth: usize) -> OutputPath {
        let (path, ending) = self.0.rsplit_once('.').unwrap_or((&self.0, "file"));
        let again = if nth > 1 { format!("-{nth}") } else { String::new() };
        OutputPath(format!("{path}-until-{day}{again}.{ending}"))
    }

    /// The path of a memo that is published as it is, with the ending of its file.
    pub fn ending_as(&self, name: &str) -> OutputPath {
        let ending = name.rsplit_once('.').map_or("file", |(_, ending)| ending);
        OutputPath(format!("{}.{}", self.0, harmless(ending)))
    }

    /// What tells it from other paths on a file system that takes capitals for small letters.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// How a file at `from` refers to this one.
    ///
    /// ```
    /// use ccrov::output::OutputPath;
    /// let path = |text: &str| text.parse::<OutputPath>().unwrap();
    /// let (june, august) = (path("ccrov/2021/june/a.html"), path("ccrov/2021/august/b.html"));
    /// assert_eq!(june.relative_to(&august), "../june/a.html");
    /// assert_eq!(june.relative_to(&june), "a.html");
    /// ```
    pub fn relative_to(&self, from: &OutputPath) -> String {
        let mut here: Vec<&str> = from.0.split('/').collect();
        here.pop();
        let there: Vec<&str> = self.0.split('/').collect();
        let folders = there.len() - 1;
        let same = here.iter().zip(&there[..folders]).take_while(|(a, b)| a == b).count();
        let mut parts = vec![".."; here.len() - same];
        parts.extend(&there[same..]);
        parts.join("/")
    }

    /// The file's name without its folder: how a file beside it refers to it.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl AsRef<str> for OutputPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for OutputPath {
    type Err = NotAPath;

    /// # Errors
    /// [`NotAPath`]: what keeps the text from being one.
    ///
    /// ```
    /// use ccrov::output::{NotAPath, OutputPath};
    /// assert!("ccrov/2021/august/21144dl.pdf".parse::<OutputPath>().is_ok());
    /// assert_eq!("../secret".parse::<OutputPath>(), Err(NotAPath::Dots));
    /// assert_eq!("/etc/motd".parse::<OutputPath>(), Err(NotAPath::Absolute));
    /// assert_eq!("a b.md".parse::<OutputPath>(), Err(NotAPath::Character(' ')));
    /// ```
    fn from_str(text: &str) -> Result<Self, NotAPath> {
        if text.starts_with('/') {
            return Err(NotAPath::Absolute);
        }
        let wrong = |c: &char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
        if let Some(c) = text.chars().find(wrong) {
            return Err(NotAPath::Character(c));
        }
        match text.split('/').find_map(wrong_name) {
            Some(wrong) => Err(wrong),
            None => Ok(OutputPath(text.to_owned())),
        }
    }
}

/// A file's name in letters that every file system and web server takes. Letters with accents lose them; letters of
/// other scripts are written as their numbers, so that names stay apart.
///
/// ```
/// use ccrov::output::harmless;
/// assert_eq!(harmless("Résumé 2.PDF"), "resume-2.pdf");
/// assert_ne!(harmless("候选人.csv"), harmless("投票人.csv"));
/// ```
pub fn harmless(name: &str) -> String {
    use fmt::Write as _;
    let mut harmless = String::with_capacity(name.len());
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            c if c.is_ascii_alphanumeric() || c == '.' => harmless.push(c.to_ascii_lowercase()),
            c if !c.is_ascii() && c.is_alphanumeric() => {
                let _ = write!(harmless, "u{:x}", u32::from(c));
            }
            _ => harmless.push('-'),
        }
    }
    harmless
}

impl TryFrom<String> for OutputPath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        text.parse()
    }
}

impl From<OutputPath> for SourcePath {
    /// What is published can be a file everywhere.
    fn from(path: OutputPath) -> SourcePath {
        path.0.parse().expect("what web servers take, file systems take")
    }
}

impl From<OutputPath> for String {
    fn from(path: OutputPath) -> String {
        path.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// In which form a document is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Markdown.
    Md,
    /// A web page.
    Html,
    /// A PDF.
    Pdf,
    /// A workbook, for Excel.
    Xlsx,
    /// A spreadsheet's rows.
    Csv,
    /// A file that is published as it is.
    File,
}

impl Form {
    /// Every form there is.
    pub const ALL: [Form; 6] = [Form::Md, Form::Html, Form::Pdf, Form::Xlsx, Form::Csv, Form::File];

    /// Its name, which is the file's ending without the dot where the form has one.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Md => "md",
            Form::Html => "html",
            Form::Pdf => "pdf",
            Form::Xlsx => "xlsx",
            Form::Csv => "csv",
            Form::File => "file",
        }
    }
}

/// Which of a memo's documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// The memo with all that is attached.
    Memo,
    /// The schedule alone.
    Schedule,
    /// A file that is attached, or an archived memo.
    Attachment,
    /// What stood in the place of one of these before the memo was corrected.
    Earlier,
}

impl Piece {
    fn suffix(self) -> &'static str {
        match self {
            Piece::Memo => "",
            Piece::Schedule => "-schedule",
            Piece::Attachment => "-attachment",
            Piece::Earlier => "-earlier",
        }
    }
}

/// A file to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Which document.
    pub piece: Piece,
    /// In which form.
    pub form: Form,
    /// Where in the output folder.
    pub path: OutputPath,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
}

impl Artifact {
    /// Its [`digest()`].
    pub fn digest(&self) -> String {
        digest(&self.bytes)
    }
}

/// SHA-256 of bytes, in lower-case hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    use fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
