//! Where a site is to be published, as it is named on the command line.
//!
//! Not here: whether it is there.

use std::path::PathBuf;

use super::PublishError;
use crate::output::OutputPath;

/// Where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of S3-compatible storage, or a part of one.
    Storage {
        /// The bucket's name.
        bucket: String,
        /// What the names of all files begin with, without a slash at its end.
        prefix: Option<OutputPath>,
    },
}

impl Target {
    /// Reads a folder or an address like `s3://bucket/prefix`.
    ///
    /// # Errors
    /// [`PublishError::Unfit`]: what keeps it from being one.
    ///
    /// ```
    /// use ccrov::publish::Target;
    /// assert!(matches!(Target::read("/srv/www"), Ok(Target::Folder(_))));
    /// assert!(matches!(Target::read("s3://memos/ccrov/"), Ok(Target::Storage { bucket, .. }) if bucket == "memos"));
    /// assert!(Target::read("ftp://memos").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Target, PublishError> {
        let unfit = |why: String| PublishError::Unfit { target: text.to_owned(), why };
        if text.is_empty() {
            return Err(unfit("it has no name".to_owned()));
        }
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(Target::Folder(text.into())) };
        if scheme != "s3" {
            return Err(unfit(format!(
                "`{scheme}://` is not known; a folder is expected, or s3://bucket/prefix"
            )));
        }
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(letter) {
            return Err(unfit(format!(
                "`{bucket}` is no bucket's name: 3 to 63 small letters, digits, dots and hyphens"
            )));
        }
        let prefix = prefix.trim_end_matches('/');
        let prefix = match prefix {
            "" => None,
            prefix => Some(prefix.parse().map_err(|wrong| unfit(format!("{wrong}")))?),
        };
        Ok(Target::Storage { bucket: bucket.to_owned(), prefix })
    }
}
