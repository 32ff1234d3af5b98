//! The zip of parts that a Word file or a workbook is.
//!
//! In: parts by their names; the bytes of a file. Out: bytes, the same for the same parts; parts, each within limits, and which belong to which.
//! Not here: what the parts hold.

mod relations;

pub use relations::PartRelation;

use std::{
    borrow::Cow,
    error::Error,
    fmt,
    io::{Cursor, Read as _, Write as _},
};

use zip::{
    CompressionMethod, DateTime, System, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions,
};

/// How many parts a file may have.
const PARTS: usize = 4_000;

/// How large the parts that are read of a file may be, in bytes, whatever the file says of their sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageLimits {
    /// One part.
    pub part: u64,
    /// All parts together.
    pub all: u64,
}

impl Default for PackageLimits {
    /// Those of a text: a memo has well under one megabyte, and its pictures are not read.
    fn default() -> PackageLimits {
        PackageLimits { part: 64 << 20, all: 64 << 20 }
    }
}

/// Writes parts as a zip, in their order.
///
/// The same parts give the same bytes: no times, no permissions of this machine.
pub fn write_package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("the parts have names of their own");
        zip.write_all(bytes).expect("writing to memory does not fail");
    }
    zip.finish().expect("writing to memory does not fail").into_inner()
}

/// A file whose parts are read one by one.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How much may still be unpacked.
    left: PackageLimits,
}

/// Why a file cannot be read as a package.
#[derive(Debug)]
pub enum PackageFault {
    /// It is no zip, or a damaged one.
    Damaged(Box<dyn Error + Send + Sync>),
    /// It can only be opened with a password.
    Encrypted,
    /// It unpacks to more than a document has.
    TooLarge,
    /// A part that says which parts belong to which cannot be read.
    BadPart {
        /// Its name: `word/_rels/document.xml.rels`.
        part: String,
    },
}

impl fmt::Display for PackageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackageFault::Damaged(_) => f.write_str("the file is damaged, or it is no Word file"),
            PackageFault::Encrypted => f.write_str("the file is locked with a password"),
            PackageFault::TooLarge => f.write_str("the file unpacks to more than a document can hold"),
            PackageFault::BadPart { part } => write!(f, "the file is damaged: {part} cannot be read"),
        }
    }
}

impl Error for PackageFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            PackageFault::Damaged(why) => Some(&**why),
            PackageFault::Encrypted | PackageFault::TooLarge | PackageFault::BadPart { .. } => None,
        }
    }
}

impl From<ZipError> for PackageFault {
    fn from(error: ZipError) -> PackageFault {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                PackageFault::Encrypted
            }
            error => PackageFault::Damaged(Box::new(error)),
        }
    }
}

impl<'b> Package<'b> {
    /// Looks at what parts a file has. None is unpacked yet.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, PackageFault> {
        Package::within(bytes, PackageLimits::default())
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn within(bytes: &'b [u8], limits: PackageLimits) -> Result<Package<'b>, PackageFault> {
        let archive = ZipArchive::new(Cursor::new(bytes))?;
        match archive.len() > PARTS {
            true => Err(PackageFault::TooLarge),
            false => Ok(Package { archive, left: limits }),
        }
    }

    /// The names of the parts, in the order of the file. A name that is no text is left out.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect()
    }

    /// Unpacks a part; `None` if there is none of this name.
    ///
    /// # Errors
    /// [`PackageFault`]. What a part says of its own size is not relied upon.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, PackageFault> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let most = self.left.part.min(self.left.all);
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(PackageFault::TooLarge);
        }
        read.map_err(|error| PackageFault::Damaged(Box::new(error)))?;
        self.left.all -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}
