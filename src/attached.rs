//! What can be said of a file that is published as it is: its kind, pages, who can read it, its words.
//!
//! In: a file's bytes. Out: [`Attached`]. Of what a PDF unpacks to, no more is read than the limits here, whatever it says of
//! itself. Not here: changing it; an attached file is never touched.

use std::panic::catch_unwind;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};
use unicode_normalization::UnicodeNormalization as _;

use crate::words::is_control;

/// The most that a table or a group of objects in a PDF may unpack to, in bytes.
const OBJECTS: usize = 4 << 20;

/// The most that a page of a PDF may unpack to, and all its pages together. A reader takes as much as that, too.
const PAGE: usize = 64 << 20;
const PAGES: usize = 256 << 20;

/// How much of a page is looked through for words, and how much of all pages. A page that has more is a drawing.
const WORDED: usize = 4 << 20;
const WORDS: usize = 64 << 20;

/// How many pages are counted.
const COUNTED: usize = 100_000;

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
    /// Whether a PDF unpacks to more than a reader can take.
    pub is_too_large: bool,
}

impl Attached {
    /// Looks at a file. A PDF that cannot be read lacks everything.
    pub fn look(name: &str, bytes: &[u8]) -> Attached {
        let kind = name.rsplit_once('.').map_or("file", |(_, ending)| ending).to_ascii_uppercase();
        let mut attached =
            Attached { pages: None, size: bytes.len(), lacks: Vec::new(), is_too_large: false, kind };
        if attached.kind == "PDF" {
            let looked = catch_unwind(|| {
                let pdf = load(bytes)?;
                let (pages, mut room) = (pages(&pdf), PAGES);
                let fits = pages.iter().all(|page| draws(&pdf, *page, PAGE, &mut room));
                Some((pages.len(), lacks(&pdf, &pages), !fits))
            });
            match looked.ok().flatten() {
                Some((pages, lacks, is_too_large)) => {
                    attached.pages = Some(pages);
                    attached.lacks = lacks;
                    attached.is_too_large = is_too_large;
                }
                None => attached.lacks = vec!["everything: it cannot be read as a PDF"],
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
        let pdf = load(pdf)?;
        let mut room = WORDS;
        let mut text = String::new();
        for (page, number) in pages(&pdf).into_iter().zip(1..) {
            if draws(&pdf, page, WORDED, &mut room) && reads(&pdf, page, WORDED, &mut room) {
                // A piece of a page that cannot be read leaves the others.
                text.extend(pdf.extract_text_chunks_with_limit(&[number], WORDED).into_iter().flatten());
            }
        }
        Some(text)
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

fn load(pdf: &[u8]) -> Option<Document> {
    if has_endless_table(pdf) {
        return None;
    }
    Document::load_mem_with_options(pdf, LoadOptions::with_max_decompressed_size(OBJECTS)).ok()
}

/// Whether a table of objects has fields without width, of which any number fit, or wider than any number. The reader
/// of PDFs would take either at its word.
fn has_endless_table(pdf: &[u8]) -> bool {
    /// How far from each other two entries of such a table's dictionary stand.
    const NEAR: usize = 512;
    let windows = pdf.windows(2).enumerate().filter(|(_, key)| *key == b"/W");
    windows.map(|(at, _)| at).any(|at| {
        let widths = pdf[at + 2..].trim_ascii_start().strip_prefix(b"[").unwrap_or_default();
        let end = widths.iter().take(NEAR).position(|c| *c == b']').unwrap_or(0);
        let widths = String::from_utf8_lossy(&widths[..end]);
        let widths: Option<Vec<u64>> =
            widths.split_ascii_whitespace().map(|width| width.parse().ok()).collect();
        let Some(widths) = widths.filter(|widths| widths.len() >= 3) else { return false };
        let around = &pdf[at.saturating_sub(NEAR)..pdf.len().min(at + NEAR)];
        let is_table = around.windows(5).any(|key| key == b"/Size");
        is_table && (widths[1] == 0 || widths.iter().any(|width| *width > 8))
    })
}

fn pages(pdf: &Document) -> Vec<ObjectId> {
    pdf.page_iter().take(COUNTED).collect()
}

/// Whether what a page draws unpacks to no more than `most`, and than the room that is left, which it then takes.
fn draws(pdf: &Document, page: ObjectId, most: usize, room: &mut usize) -> bool {
    let content = pdf.get_page_content_with_limit(page, most.min(*room));
    *room -= content.as_ref().map_or(0, Vec::len).min(*room);
    content.is_ok()
}

/// The same of the tables by which a page's typefaces are read.
fn reads(pdf: &Document, page: ObjectId, most: usize, room: &mut usize) -> bool {
    pdf.get_page_fonts(page).unwrap_or_default().values().all(|font| {
        let table = font.get_deref(b"ToUnicode", pdf).and_then(Object::as_stream);
        let table = table.and_then(|table| table.decompressed_content_with_limit(most.min(*room)));
        *room -= table.as_ref().map_or(0, Vec::len).min(*room);
        !matches!(table, Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })))
    })
}

fn lacks(pdf: &Document, pages: &[ObjectId]) -> Vec<&'static str> {
    let Ok(catalog) = pdf.catalog() else { return vec!["everything: it cannot be read as a PDF"] };
    let part = |key: &[u8]| catalog.get_deref(key, pdf);
    let marked = part(b"MarkInfo").and_then(Object::as_dict).and_then(|info| info.get(b"Marked"));
    let tagged = matches!(marked, Ok(Object::Boolean(true))) && part(b"StructTreeRoot").is_ok();
    let filled = |dictionary: &Dictionary, key: &[u8]| {
        dictionary.get_deref(key, pdf).and_then(Object::as_str).is_ok_and(|text| !text.is_empty())
    };
    let about = pdf.trailer.get_deref(b"Info", pdf).and_then(Object::as_dict);
    let titled = about.is_ok_and(|about| filled(about, b"Title"));
    let text = pages.iter().any(|page| pdf.get_page_fonts(*page).is_ok_and(|fonts| !fonts.is_empty()));
    let has =
        [(tagged, "tags"), (titled, "a title"), (filled(catalog, b"Lang"), "a language"), (text, "text")];
    has.into_iter().filter(|(has, _)| !has).map(|(_, what)| what).collect()
}
