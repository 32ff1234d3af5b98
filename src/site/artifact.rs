//! A file to be published.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A path in the output folder, with forward slashes; it cannot lead out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(String);

/// Text that is no [`OutputPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPath {
    /// It is empty, or a folder in it has no name.
    Empty,
    /// It begins at the machine's root or a drive.
    Absolute,
    /// It has a part `.` or `..`, or one that begins with a dot.
    Dots,
    /// It has a character that not every file system and web server takes.
    Character(char),
}

impl OutputPath {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of one of a memo's files, this being the path of the memo without an ending.
    ///
    /// ```
    /// use ccrov::site::{Form, OutputPath, Piece};
    /// let memo: OutputPath = "ccrov/2021/august/21144dl".parse().unwrap();
    /// assert_eq!(memo.of(Piece::Schedule, Form::Csv).as_str(), "ccrov/2021/august/21144dl-schedule.csv");
    /// ```
    pub fn of(&self, piece: Piece, form: Form) -> OutputPath {
        OutputPath(format!("{}{}.{}", self.0, piece.suffix(), form.ending()))
    }

    /// The file's name without its folder: how a file beside it refers to it.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl FromStr for OutputPath {
    type Err = NotAPath;

    /// # Errors
    /// [`NotAPath`]: what keeps the text from being one.
    ///
    /// ```
    /// use ccrov::site::{NotAPath, OutputPath};
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
        for part in text.split('/') {
            match part {
                "" => return Err(NotAPath::Empty),
                part if part.starts_with('.') => return Err(NotAPath::Dots),
                _ => {}
            }
        }
        Ok(OutputPath(text.to_owned()))
    }
}

impl TryFrom<String> for OutputPath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        text.parse()
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

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAPath::Empty => f.write_str("a folder or file in it has no name"),
            NotAPath::Absolute => f.write_str("it begins with a slash"),
            NotAPath::Dots => f.write_str("a part of it begins with a dot"),
            NotAPath::Character(c) => write!(f, "the character `{c}` cannot stand in a published path"),
        }
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
    /// A spreadsheet's rows.
    Csv,
}

impl Form {
    /// Every form there is.
    pub const ALL: [Form; 4] = [Form::Md, Form::Html, Form::Pdf, Form::Csv];

    /// The file's ending without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Md => "md",
            Form::Html => "html",
            Form::Pdf => "pdf",
            Form::Csv => "csv",
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
}

impl Piece {
    fn suffix(self) -> &'static str {
        match self {
            Piece::Memo => "",
            Piece::Schedule => "-schedule",
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
}

impl Artifact {
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub fn digest(&self) -> String {
        use fmt::Write as _;
        Sha256::digest(&self.bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
