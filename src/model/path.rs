//! Paths of files that analysts write, and what no file can be called on every system.
//!
//! In: a path as it is typed or listed. Out: [`SourcePath`], or why not. Not here: paths that are published, which web
//! servers must take, too ([`OutputPath`](crate::output::OutputPath)).

use std::{error::Error, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Text that is no path: no [`SourcePath`], or no [`OutputPath`](crate::output::OutputPath).
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
    /// A part of it ends with a dot or a blank, which Windows leaves out.
    End,
    /// A part of it is the name of a device on Windows, whatever its ending: `con`, `aux.pdf`.
    Device,
}

/// What Windows calls its devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What keeps the name of a file or folder from being one on every system.
pub(crate) fn wrong_name(name: &str) -> Option<NotAPath> {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().filter_map(|device| stem.strip_prefix(device));
    let is_port = numbered.into_iter().any(|port| port.len() == 1 && ("1"..="9").contains(&port));
    match name {
        "" => Some(NotAPath::Empty),
        name if name.starts_with('.') => Some(NotAPath::Dots),
        name if name.ends_with(['.', ' ']) => Some(NotAPath::End),
        _ if is_port || DEVICES.contains(&stem.as_str()) => Some(NotAPath::Device),
        _ => None,
    }
}

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAPath::Empty => f.write_str("a folder or file in it has no name"),
            NotAPath::Absolute => f.write_str("it begins with a slash"),
            NotAPath::Dots => f.write_str("a part of it begins with a dot"),
            NotAPath::Character(c) => write!(f, "the character `{}` cannot be in it", c.escape_debug()),
            NotAPath::End => f.write_str("a name in it ends with a dot or a blank, which Windows leaves out"),
            NotAPath::Device => f.write_str("a name in it is that of a device on Windows"),
        }
    }
}

impl Error for NotAPath {}

/// A path in a working folder, with forward slashes; it cannot lead out of it. Blanks and letters of any language are
/// allowed, what Windows refuses in names is not.
///
/// ```
/// use ccrov::model::{NotAPath, SourcePath};
/// assert!("memos/Special Election/候选人 2.yaml".parse::<SourcePath>().is_ok());
/// assert_eq!("memos/2021/aux.yaml".parse::<SourcePath>(), Err(NotAPath::Device));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourcePath(String);

impl SourcePath {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SourcePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for SourcePath {
    type Err = NotAPath;

    /// # Errors
    /// [`NotAPath`]: what keeps the text from being one.
    fn from_str(text: &str) -> Result<Self, NotAPath> {
        if text.starts_with('/') {
            return Err(NotAPath::Absolute);
        }
        let wrong = |c: &char| c.is_control() || r#"<>:"|?*\"#.contains(*c);
        if let Some(c) = text.chars().find(wrong) {
            return Err(NotAPath::Character(c));
        }
        let wrong = |part: &str| match part.trim_start_matches('.') {
            "" if !part.is_empty() => Some(NotAPath::Dots),
            rest => wrong_name(rest),
        };
        match text.split('/').find_map(wrong) {
            Some(wrong) => Err(wrong),
            None => Ok(SourcePath(text.to_owned())),
        }
    }
}

impl TryFrom<String> for SourcePath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        text.parse()
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> String {
        path.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
