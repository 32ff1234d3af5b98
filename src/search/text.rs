//! What a memo says, as far as it is published: its own text with what is attached, and the text of PDFs.
//!
//! In: a memo's entry, its published files. Out: text. Not here: which words of it are searched.

use crate::{
    attached,
    document::Document,
    output::{File, Form, MemoEntry, OutputPath, Piece},
};

/// The files that have a memo's text: its Markdown, which has the schedule and the texts that are attached as well;
/// PDFs that are attached, or that are the memo.
pub fn text_files(entry: &MemoEntry) -> impl Iterator<Item = &File> {
    let has_text = |file: &&File| match (file.document, file.kind) {
        (Piece::Memo, Form::Md) => true,
        (Piece::Memo | Piece::Attachment, Form::File) => {
            file.path.as_str().to_ascii_lowercase().ends_with(".pdf")
        }
        _ => false,
    };
    entry.artifacts.iter().filter(has_text)
}

/// The text of a memo. `read` gives a published file.
///
/// # Errors
/// The first that `read` gives.
pub fn text_of<E>(entry: &MemoEntry, read: impl Fn(&OutputPath) -> Result<Vec<u8>, E>) -> Result<String, E> {
    let mut text = String::new();
    for file in text_files(entry) {
        let bytes = read(&file.path)?;
        let piece = match file.kind {
            Form::Md => {
                let markdown = String::from_utf8_lossy(&bytes);
                // Markdown that was edited into something else than a memo is searched as it is.
                Document::parse(&markdown)
                    .map(|document| document.running_text())
                    .unwrap_or(markdown.into_owned())
            }
            _ => attached::text(&bytes),
        };
        if !text.is_empty() && !piece.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&piece);
    }
    Ok(text)
}
