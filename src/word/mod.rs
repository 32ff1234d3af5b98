//! Word files: a memo written as one, and what is read in one.
//!
//! In: a document's blocks; the bytes of a Word file. Out: bytes; what they say. Not here: which memos are sent, where files stand, and what
//! becomes of a reviewer's changes.
//!
//! - `package`: a zip of parts, written the same each time, and read within limits;
//! - `markup`: XML, written;
//! - `write`: a memo as a Word file;
//! - `read`: what a file says, whoever saved it;
//! - `sent`: what a copy says of the memo that it was made from: which paragraph is which, and what it said.

mod markup;
mod package;
pub mod read;
mod sent;
mod write;

pub use package::{Package, PackageFault, write_package};
pub use sent::{NotSent, ParagraphId, SentCopy, SentParagraph};
pub use write::{WordCopy, WordMemo, WordPicture, write};
