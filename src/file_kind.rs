//! A file that is no plain text, though its name says so -> what it is, and what to do with it.
//!
//! In: a file's bytes. Out: words, if it is of a kind that people save by mistake. Not here: encodings of text that cannot
//! be told by their first bytes.

/// What a file is that is no plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A Word file, of any age.
    Word,
    /// An Excel file.
    Excel,
    /// A Word, Excel or PowerPoint file of before 2007.
    OldOffice,
    /// Any other zip.
    Zip,
    /// Rich text.
    Rtf,
    /// A PDF.
    Pdf,
    /// Text in two bytes a character.
    Utf16,
    /// A picture.
    Picture,
    /// A page of the web.
    Web,
}

/// How far the names in a zip are looked for.
const LOOKED_AT: usize = 1 << 16;

impl FileKind {
    /// The kind of a file, if it is no plain text.
    pub fn of(bytes: &[u8]) -> Option<FileKind> {
        let begins = |mark: &[u8]| bytes.starts_with(mark);
        let start = &bytes[..bytes.len().min(LOOKED_AT)];
        let holds = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
        if begins(b"PK\x03\x04") {
            return Some(if holds(b"xl/") || holds(b"spreadsheet") {
                FileKind::Excel
            } else if holds(b"word/") || holds(b"opendocument.text") || holds(b"[Content_Types].xml") {
                FileKind::Word
            } else {
                FileKind::Zip
            });
        }
        let marks: [(&[u8], FileKind); 9] = [
            (b"\xd0\xcf\x11\xe0", FileKind::OldOffice),
            (b"{\\rtf", FileKind::Rtf),
            (b"%PDF-", FileKind::Pdf),
            (b"\xff\xfe", FileKind::Utf16),
            (b"\xfe\xff", FileKind::Utf16),
            (b"\x89PNG", FileKind::Picture),
            (b"\xff\xd8\xff", FileKind::Picture),
            (b"<!DOCTYPE html", FileKind::Web),
            (b"<html", FileKind::Web),
        ];
        let marked = marks.iter().find(|(mark, _)| begins(mark)).map(|(_, kind)| *kind);
        // Every second byte of plain English in UTF-16 is nothing.
        let first = &bytes[..bytes.len().min(200)];
        let nothing = first.iter().filter(|byte| **byte == 0).count();
        marked.or_else(|| (nothing * 3 > first.len() && first.len() > 3).then_some(FileKind::Utf16))
    }

    /// What it is: "a Word file".
    pub fn words(self) -> &'static str {
        match self {
            FileKind::Word => "a Word file",
            FileKind::Excel => "an Excel file",
            FileKind::OldOffice => "a Word or Excel file",
            FileKind::Zip => "a zip file",
            FileKind::Rtf => "a file of rich text (RTF)",
            FileKind::Pdf => "a PDF",
            FileKind::Utf16 => "text that was saved as UTF-16, which Notepad calls Unicode",
            FileKind::Picture => "a picture",
            FileKind::Web => "a web page",
        }
    }
}
