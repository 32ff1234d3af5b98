//! Word files: a memo written as one, and what is read in one.
//!
//! In: a document's blocks; the bytes of a Word file. Out: bytes; what they say. Not here: which memos are sent, where files stand, and what
//! becomes of a reviewer's changes.
//!
//! - `markup`: XML, written;
//! - `write`: a memo as a Word file;
//! - `read`: what a file says, whoever saved it;
//! - `sent`: what a copy says of the memo that it was made from: which paragraph is which, and what it said.

mod markup;
pub mod read;
mod sent;
mod write;

pub use sent::{NotSent, ParagraphId, SentCopy, SentParagraph};
pub use write::{WordCopy, WordMemo, WordPicture, write};

/// What the part of a sent copy is known by among those of other programs.
const SENT_NAMESPACE: &str = "urn:ccrov:sent-copy:1";
