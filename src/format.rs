//! The numbers of the formats in which the program keeps records: manifest, locks, journal.
//!
//! A record without a number has the first format. A program that knows only lower numbers than a record has does not
//! read it: what it does not know would be lost when it writes the record again. Not here: what the records hold.

use std::{error::Error, fmt};

use serde::{Deserialize, Serialize};

/// The number of a record's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Format(u32);

/// A record that a newer program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newer {
    found: Format,
    known: Format,
}

/// The number alone, whatever else a record holds.
#[derive(Deserialize)]
struct Numbered {
    #[serde(default)]
    format: Format,
}

impl Default for Format {
    fn default() -> Format {
        Format::FIRST
    }
}

impl Format {
    /// The first format, which records do not name.
    pub const FIRST: Format = Format(1);
    /// The second format. Of locks: it has the resolved data that a memo was printed from. Of manifests: schedules have Excel files.
    pub const SECOND: Format = Format(2);
    /// The third format. Of locks: it has the texts that a memo was written in.
    pub const THIRD: Format = Format(3);
    /// The fourth format. Of locks: its schedule has an Excel file.
    pub const FOURTH: Format = Format(4);
    /// The fifth format. Of locks: a correction has the steps that it dropped.
    pub const FIFTH: Format = Format(5);

    /// Whether a record need not name it.
    pub fn is_first(&self) -> bool {
        *self == Format::FIRST
    }

    /// Looks at the number of a record that is YAML or JSON, before the record itself is read: `known` is the newest
    /// format that this program knows of such a record. What is neither is for the record's own reader to tell.
    ///
    /// # Errors
    /// [`Newer`].
    ///
    /// ```
    /// use ccrov::format::Format;
    /// assert!(Format::check(b"{\"memos\": []}", Format::FIRST).is_ok());
    /// let newer = Format::check(b"format: 2\n", Format::FIRST).unwrap_err();
    /// assert_eq!(newer.to_string(), "a newer ccrov wrote it (format 2; this one knows format 1): use that one");
    /// ```
    pub fn check(record: &[u8], known: Format) -> Result<(), Newer> {
        // Most records have no number, and need not be read twice.
        if !std::str::from_utf8(record).is_ok_and(|text| text.contains("format")) {
            return Ok(());
        }
        let read = match record.first() {
            Some(b'{') => serde_json::from_slice(record).ok(),
            _ => serde_yaml::from_slice(record).ok(),
        };
        match read {
            Some(Numbered { format }) if format > known => Err(Newer { found: format, known }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Newer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, known) = (self.found.0, self.known.0);
        write!(f, "a newer ccrov wrote it (format {found}; this one knows format {known}): use that one")
    }
}

impl Error for Newer {}
