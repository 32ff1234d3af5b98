//! Blocks -> a PDF.
//!
//! In: the document tree. Out: the bytes of a PDF 1.7, the same for the same input. Not here: what a
//! memo is, files, the clock.
//!
//! ```text
//! blocks --setting--> strips (galley) --pages--> pages of frames --file--> bytes
//! ```
//!
//! - `theme` is the look of all, `info` what the file says of itself, `logo` a picture made ready, `unprintable` what
//!   cannot be shown; every room knows these;
//! - `arrangement` tells other writers how wide columns are and which pages lie on their side;
//! - `glyphs`: faces, words, where a line may end: what text is set in;
//! - `setting`: lines, lists, tables and notes as strips, which are never cut;
//! - `pages`: strips cut into pages, with notes, running heads and marks;
//! - `file`: pages as content, with the tree of tags, fonts and bookmarks, in the objects of a file.
//!
//! Imports run from `file` to `pages` to `setting` to `glyphs`, never back. `faces` keeps the faces of a run together
//! with what one document leaves for the next.
//!
//! Every frame knows whose it is, so that tags need only the document and what was drawn of it.
#![doc = include_str!("clauses.md")]

mod arrangement;
mod digest;
mod faces;
mod file;
mod glyphs;
mod info;
mod logo;
mod pages;
mod setting;
mod theme;
mod unprintable;

pub use arrangement::Arrangement;
pub use faces::Faces;
pub(crate) use glyphs::capitals;
pub use glyphs::program::{Program, Unusable};
pub use info::Info;
pub use logo::LogoPicture;
pub use theme::{TextStyle, Theme};
pub use unprintable::Unprintable;

use crate::document::Document;
use faces::DocumentCache;
use pages::{
    flow::{TextArea, flow},
    mark,
    running::RunningHead,
};
use setting::{galley::Column, notes::NoteStrips, sections, setter::Setter};
use theme::Orientation;

/// Sets a document as a PDF: its bytes, and how many pages it has.
///
/// Pure: the same document, info, faces and theme give the same bytes.
///
/// # Errors
/// All [`Unprintable`]s of the document: nothing is drawn as an empty box.
///
/// ```
/// use ccrov::{document::Document, pdf};
/// let memo = Document::parse("# Memorandum #21144\n\nThe schedule is attached.").unwrap();
/// let info = pdf::Info {
///     title: "CC/ROV Memorandum #21144".to_owned(),
///     author: "California Secretary of State".to_owned(),
///     subject: "VoteCal".to_owned(),
///     identifier: Some("CC/ROV #21144".to_owned()),
///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
///     changed: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
///     running_head: vec!["CCROV 21144".to_owned()],
///     mark: None,
///     fields: false,
///     logos: Default::default(),
/// };
/// let (bytes, pages) = pdf::write(&memo, &info, &pdf::Faces::embedded(), &pdf::Theme::default()).unwrap();
/// assert!(bytes.starts_with(b"%PDF-1.7") && pages == 1);
/// ```
pub fn write(
    document: &Document,
    info: &Info,
    faces: &Faces,
    theme: &Theme,
) -> Result<(Vec<u8>, usize), Vec<Unprintable>> {
    let DocumentCache { words, mut file } = faces.take_cache();
    let mut setter = Setter::new(theme, &faces.typefaces, words, &info.logos);
    let written = set(document, info, &mut setter, &mut file);
    faces.return_cache(DocumentCache { words: setter.words, file });
    written
}

fn set(
    document: &Document,
    info: &Info,
    setter: &mut Setter,
    cache: &mut file::FileCache,
) -> Result<(Vec<u8>, usize), Vec<Unprintable>> {
    setter.fields = info.fields;
    let theme = setter.theme;
    let running = RunningHead::new(setter, &info.running_head);
    let top = running.body_top(theme);
    let (galley, _) = sections::set(setter, &document.blocks, top);

    setter.depth = theme.bottom(Orientation::Turned) - top;
    let column = Column { x: theme.margin, width: theme.text_width(Orientation::Upright) };
    setter.sheet = Orientation::Upright;
    let notes = NoteStrips::new(setter, &document.notes, column);
    setter.faults.append(&mut setter.too_wide);
    let top = |page| if page == 0 { theme.margin } else { top };
    let mut flow =
        flow(galley, &notes, |page, sheet| TextArea { top: top(page), bottom: theme.bottom(sheet) });
    for (page, number) in flow.pages.iter_mut().zip(1..).skip(1) {
        running.put_on(setter, page, number);
    }
    if let Some(word) = &info.mark {
        mark::put_on(&mut flow.pages, word, setter.faces, theme);
    }
    if !setter.faults.is_empty() {
        return Err(std::mem::take(&mut setter.faults));
    }
    let pages = flow.pages.len();
    let written = file::write(document, flow, setter, info, cache).map_err(|fault| vec![fault])?;
    Ok((written, pages))
}
