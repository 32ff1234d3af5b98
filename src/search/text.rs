//! What a memo says, as far as it is published: its own text with what is attached, and the text of PDFs.
//!
//! In: a memo's entry, its published files. Out: text. Not here: which words of it are searched.

use crate::{
    attached,
    document::Document,
    output::{File, Form, MemoEntry, OutputPath, Piece},
};

/// The words of a memo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoText {
    /// What is printed above its text: the date, the title, TO, FROM and RE. It is searched like the text, but says
    /// little of what was found. Empty for a memo that is kept as a PDF.
    pub opening: String,
    /// Its text, and the texts that are attached.
    pub text: String,
}

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
pub fn text_of<E>(
    entry: &MemoEntry,
    read: impl Fn(&OutputPath) -> Result<Vec<u8>, E>,
) -> Result<MemoText, E> {
    let mut of = MemoText::default();
    for file in text_files(entry) {
        let bytes = read(&file.path)?;
        let (opening, text) = match file.kind {
            Form::Md => {
                let markdown = String::from_utf8_lossy(&bytes);
                // Markdown that was edited into something else than a memo is searched as it is.
                Document::parse(&markdown)
                    .map(|document| document.opening_and_text())
                    .unwrap_or_else(|_| (String::new(), markdown.into_owned()))
            }
            _ => (String::new(), attached::text(&bytes)),
        };
        add(&mut of.opening, &opening);
        add(&mut of.text, &text);
    }
    Ok(of)
}

fn add(to: &mut String, more: &str) {
    if !to.is_empty() && !more.is_empty() {
        to.push_str("\n\n");
    }
    to.push_str(more);
}
