//! What can be said of a file that is published as it is: its kind, pages, who can read it, its words.
//!
//! In: a file's bytes. Out: [`Attached`]. Not here: changing it; an attached file is never touched.

use std::panic::catch_unwind;

use lopdf::{Dictionary, Document, Object};
use unicode_normalization::UnicodeNormalization as _;

use crate::words::is_control;

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// "PDF", "DOCX", ...: the ending in capitals.
    pub kind: String,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
    /// Bytes.
    pub size: usize,
    /// What a PDF lacks for those who cannot see it (28 CFR 35.200; ISO 14289-1, clause 7): "tags",
    /// "a title", "a language", "text".
    pub lacks: Vec<&'static str>,
}

impl Attached {
    /// Looks at a file. A PDF that cannot be read lacks everything.
    pub fn look(name: &str, bytes: &[u8]) -> Attached {
        let kind = name.rsplit_once('.').map_or("file", |(_, ending)| ending).to_ascii_uppercase();
        let mut attached = Attached { pages: None, size: bytes.len(), lacks: Vec::new(), kind };
        if attached.kind == "PDF" {
            match Document::load_mem(bytes) {
                Ok(pdf) => {
                    attached.pages = Some(pdf.get_pages().len());
                    attached.lacks = lacks(&pdf);
                }
                Err(_) => attached.lacks = vec!["everything: it cannot be read as a PDF"],
            }
        }
        attached
    }

    /// "PDF, 12 pages, 340 KB".
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.kind, size_in_words(self.pages, self.size as u64))
    }
}

/// The words of a PDF, one space between each; nothing if it cannot be read, or has pictures of words only.
pub fn text(pdf: &[u8]) -> String {
    // A PDF of others at which the reader itself fails still has its place among the memo's files.
    let read = catch_unwind(|| {
        let pdf = Document::load_mem(pdf).ok()?;
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        // A piece of a page that cannot be read leaves the others.
        Some(pdf.extract_text_chunks(&pages).into_iter().flatten().collect::<String>())
    });
    let text = read.ok().flatten().unwrap_or_default();
    // A printed `ﬁ` is the letters f and i, and nobody searches for what cannot be typed.
    let letters = text.nfkc().filter(|c| c.is_whitespace() || !is_control(*c));
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "12 pages, 340 KB" of a file of so many bytes.
pub fn size_in_words(pages: Option<usize>, bytes: u64) -> String {
    let size = match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        size => format!("{:.1} MB", size as f64 / 1e6),
    };
    match pages {
        Some(1) => format!("1 page, {size}"),
        Some(pages) => format!("{pages} pages, {size}"),
        None => size,
    }
}

fn lacks(pdf: &Document) -> Vec<&'static str> {
    let Ok(catalog) = pdf.catalog() else { return vec!["everything: it cannot be read as a PDF"] };
    let part = |key: &[u8]| catalog.get_deref(key, pdf);
    let marked = part(b"MarkInfo").and_then(Object::as_dict).and_then(|info| info.get(b"Marked"));
    let tagged = matches!(marked, Ok(Object::Boolean(true))) && part(b"StructTreeRoot").is_ok();
    let filled = |dictionary: &Dictionary, key: &[u8]| {
        dictionary.get_deref(key, pdf).and_then(Object::as_str).is_ok_and(|text| !text.is_empty())
    };
    let about = pdf.trailer.get_deref(b"Info", pdf).and_then(Object::as_dict);
    let titled = about.is_ok_and(|about| filled(about, b"Title"));
    let text = pdf.page_iter().any(|page| pdf.get_page_fonts(page).is_ok_and(|fonts| !fonts.is_empty()));
    let has =
        [(tagged, "tags"), (titled, "a title"), (filled(catalog, b"Lang"), "a language"), (text, "text")];
    has.into_iter().filter(|(has, _)| !has).map(|(_, what)| what).collect()
}
