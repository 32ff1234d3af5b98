//! What a Word file says.
//!
//! In: the bytes of a `.docx` file, whoever saved it. Out: [`WordText`]: paragraphs, tables, lists, notes, comments, what was changed with
//! "Track Changes" on; or a [`WordFault`]. It takes a bounded amount of memory and never panics. Not here: memos.
//!
//! ```text
//! bytes --package--> parts --xml--> trees --styles, body, runs--> WordText
//! ```

mod body;
mod comments;
mod fault;
mod parts;
mod runs;
mod styles;
mod text;
pub(super) mod xml;

pub use fault::WordFault;
pub use text::{
    Author, ParagraphRole, RunLook, TextRevision, Unread, VerticalShift, WordBlock, WordCell, WordComment,
    WordItem, WordParagraph, WordPiece, WordRow, WordRun, WordTable, WordText, paragraphs,
};

use crate::{
    file_kind::FileKind,
    package::{Package, write_package},
};
use body::BodyReader;
use parts::WordParts;

/// Reads a Word file.
///
/// # Errors
/// [`WordFault`]: what the file is instead, or what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<WordText, WordFault> {
    match FileKind::of(bytes) {
        Some(FileKind::Word | FileKind::Zip) => {}
        Some(FileKind::OldOffice) => return Err(WordFault::OldOrEncrypted),
        Some(other) => return Err(WordFault::Other(other.words())),
        None => return Err(WordFault::Other("plain text, or nothing that is known here")),
    }
    let parts = WordParts::read(&mut opened(bytes)?)?;
    Ok(BodyReader::read(parts))
}

/// A Word file without its pictures: what is read of it is the same.
///
/// # Errors
/// [`WordFault`].
pub fn without_pictures(bytes: &[u8]) -> Result<Vec<u8>, WordFault> {
    let mut package = opened(bytes)?;
    let is_text = |name: &String| name.ends_with(".xml") || name.ends_with(".rels");
    let mut parts = Vec::new();
    for name in package.names().into_iter().filter(is_text) {
        parts.extend(package.part(&name)?.map(|part| (name, part)));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    Ok(write_package(&parts))
}

fn opened(bytes: &[u8]) -> Result<Package<'_>, WordFault> {
    Ok(Package::open(bytes)?)
}
