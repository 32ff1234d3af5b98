//! A path of a file that analysts write, relative to the working folder.
//!
//! In: a path as it is typed or listed. Out: [`SourcePath`], or why no file can have it on every system. Not here: paths
//! that are published, which web servers must take, too ([`OutputPath`](crate::output::OutputPath)).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::output::{NotAPath, wrong_name};

/// A path in a working folder, with forward slashes; it cannot lead out of it. Blanks and letters of any language are
/// allowed, what Windows refuses in names is not.
///
/// ```
/// use ccrov::{folder::SourcePath, output::NotAPath};
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
