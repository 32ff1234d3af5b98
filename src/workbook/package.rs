//! What kind of workbook a file is, and its parts.
//!
//! In: bytes. Out: a package within the limits of a workbook, and whose it is; or what the file is instead. Not here: what a part holds.

use super::NotAWorkbook;
use crate::{
    file_kind::FileKind,
    package::{Package, PackageFault, PackageLimits},
};

/// A part has those of 100,000 cells, which are 10 million bytes.
const LIMITS: PackageLimits = PackageLimits { part: 48_000_000, all: 96_000_000 };

/// Opens a workbook; `None` for what may be text.
///
/// # Errors
/// [`NotAWorkbook`]: it is something else.
pub(super) fn opened(bytes: &[u8]) -> Result<Option<Package<'_>>, NotAWorkbook> {
    match FileKind::of(bytes) {
        None => return Ok(None),
        Some(FileKind::OldOffice) => return Err(compound(bytes)),
        Some(FileKind::Excel | FileKind::Zip | FileKind::Word) => {}
        Some(other) => return Err(NotAWorkbook::Other(other.words())),
    }
    Package::within(bytes, LIMITS).map(Some).map_err(|fault| at("the list of its parts", fault))
}

/// Whether it is one of LibreOffice.
///
/// # Errors
/// [`NotAWorkbook`]: it is no workbook at all.
pub(super) fn is_ods(package: &mut Package<'_>) -> Result<bool, NotAWorkbook> {
    let kind = part(package, "mimetype")?.unwrap_or_default();
    match String::from_utf8_lossy(&kind).trim() {
        "application/vnd.oasis.opendocument.spreadsheet"
        | "application/vnd.oasis.opendocument.spreadsheet-template" => return Ok(true),
        "application/vnd.oasis.opendocument.text" => {
            return Err(NotAWorkbook::Other(FileKind::Word.words()));
        }
        _ => {}
    }
    let names = package.names();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
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
pub(super) fn part(package: &mut Package<'_>, name: &str) -> Result<Option<Vec<u8>>, NotAWorkbook> {
    package.part(name).map_err(|fault| at(name, fault))
}

/// A part that has to be there.
///
/// # Errors
/// [`NotAWorkbook`]: see [`part`].
pub(super) fn needed(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, NotAWorkbook> {
    part(package, name)?.ok_or_else(|| NotAWorkbook::Damaged(format!("{name} is missing")))
}

/// Why a part cannot be read.
pub(super) fn at(name: &str, fault: PackageFault) -> NotAWorkbook {
    match fault {
        PackageFault::Damaged(_) => NotAWorkbook::Damaged(name.to_owned()),
        PackageFault::BadPart { part } => NotAWorkbook::Damaged(part),
        PackageFault::Encrypted => NotAWorkbook::Encrypted,
        PackageFault::TooLarge => NotAWorkbook::TooLarge("48 megabytes of cells"),
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
