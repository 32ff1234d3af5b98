//! A zip of parts, as workbooks are.
//!
//! In: bytes. Out: parts by their names, each no longer than [`MOST_PART`], together no longer than [`MOST_ALL`], whatever the zip says of
//! their lengths. Not here: what a part holds.

use std::io::{Cursor, Read as _};

use zip::{ZipArchive, result::ZipError};

use super::NotAWorkbook;
use crate::file_kind::FileKind;

/// How many bytes a part can have: those of 100,000 cells are 10 million.
const MOST_PART: u64 = 48_000_000;
/// How many bytes all parts can have that are read.
const MOST_ALL: u64 = 96_000_000;

/// A zip that is open.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be read.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a zip; `None` for what may be text.
    ///
    /// # Errors
    /// [`NotAWorkbook`]: it is something else.
    pub fn open(bytes: &'b [u8]) -> Result<Option<Package<'b>>, NotAWorkbook> {
        match FileKind::of(bytes) {
            None => return Ok(None),
            Some(FileKind::OldOffice) => return Err(compound(bytes)),
            Some(FileKind::Excel | FileKind::Zip | FileKind::Word) => {}
            Some(other) => return Err(NotAWorkbook::Other(other.words())),
        }
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|_| NotAWorkbook::Damaged("the list of its parts".to_owned()))?;
        Ok(Some(Package { zip, left: MOST_ALL }))
    }

    /// Whether it is one of LibreOffice.
    ///
    /// # Errors
    /// [`NotAWorkbook`]: it is no workbook at all.
    pub fn is_ods(&mut self) -> Result<bool, NotAWorkbook> {
        let kind = self.part("mimetype")?.unwrap_or_default();
        match String::from_utf8_lossy(&kind).trim() {
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template" => return Ok(true),
            "application/vnd.oasis.opendocument.text" => {
                return Err(NotAWorkbook::Other(FileKind::Word.words()));
            }
            _ => {}
        }
        let has = |start: &str| self.zip.file_names_raw().any(|name| name.starts_with(start.as_bytes()));
        match (has("word/"), has("_rels/.rels")) {
            (true, _) => Err(NotAWorkbook::Other(FileKind::Word.words())),
            (_, true) => Ok(false),
            _ => Err(NotAWorkbook::Other(FileKind::Zip.words())),
        }
    }

    /// A part; `None` if there is none of that name.
    ///
    /// # Errors
    /// [`NotAWorkbook`]: it is damaged, encrypted, or too large.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, NotAWorkbook> {
        let damaged = || NotAWorkbook::Damaged(name.to_owned());
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(NotAWorkbook::Encrypted);
            }
            Err(_) => return Err(damaged()),
        };
        let most = MOST_PART.min(self.left);
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(NotAWorkbook::TooLarge("48 megabytes of cells"));
        }
        self.left -= length;
        Ok(Some(bytes))
    }

    /// A part that has to be there.
    ///
    /// # Errors
    /// [`NotAWorkbook`]: see [`Package::part`].
    pub fn needed(&mut self, name: &str) -> Result<Vec<u8>, NotAWorkbook> {
        self.part(name)?.ok_or_else(|| NotAWorkbook::Damaged(format!("{name} is missing")))
    }
}

/// What a file of streams is: Excel keeps encrypted workbooks in one, and kept all of them in one before 2007.
fn compound(bytes: &[u8]) -> NotAWorkbook {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let has = |name: &str| {
        let name = wide(name);
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        NotAWorkbook::Encrypted
    } else if has("WordDocument") {
        NotAWorkbook::Other("an old Word file (.doc)")
    } else {
        NotAWorkbook::Old
    }
}
