//! Blocks -> a PDF.
//!
//! In: the document tree. Out: the bytes of a PDF 1.7, the same for the same input. Not here: what a
//! memo is, files, the clock.
//!
//! ```text
//! blocks --text, lines--> strips (galley) --flow--> pages of frames --emit--> content --file--> bytes
//! ```
//!
//! - `theme` is the look of all; `program` says whether a font can be used, `face` shapes text; `case` gives
//!   each glyph and its text a code;
//! - `words` keeps what was shaped; `text` makes glyphs of running text, `capitals` some of them smaller;
//!   `breaks` says where a line may end and `lines` where it does;
//! - `sections` says which way the paper lies; `blocks`, `list`, `table` with `columns`, and `letterhead` make strips, which are never cut;
//!   `fills` draws leaders and blanks, `figures` lets numbers stand below numbers;
//! - `flow` puts strips on pages, with notes at their `foot`; `running` puts a head on each after the
//!   first;
//! - `emit` writes the content of pages in marked sequences, `tags` the tree that says what they are;
//!   `font` and `picture` embed what was used; `annotations` are what can be clicked or filled in;
//! - `metadata` and `outline` are what the file says of itself; `objects` writes it.
//!
//! Every frame knows whose it is, so that tags need only the document and what was drawn of it.
#![doc = include_str!("clauses.md")]

mod annotations;
mod blocks;
mod breaks;
mod capitals;
mod case;
mod columns;
mod emit;
mod face;
mod figures;
mod file;
mod fills;
mod flow;
mod font;
mod foot;
mod galley;
mod letterhead;
mod lines;
mod list;
mod metadata;
mod objects;
mod outline;
mod page;
mod picture;
mod program;
mod running;
mod sections;
mod table;
mod tags;
mod text;
mod theme;
mod words;

pub use face::Faces;
pub use picture::Logo;
pub use program::{Program, Unusable};
pub use theme::Theme;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::document::{Document, PartId};
use flow::Body;
use font::Subsets;
use foot::Notes;
use galley::Column;
use objects::Deflater;
use page::{Artifact, Drawn, Frame, Line, Owner, Page, Sheet};
use running::RunningHead;
use text::Setter;
use words::Words;

/// What a PDF says of itself beside its pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// Shown in the title bar of a reader.
    pub title: String,
    /// The office.
    pub author: String,
    /// What the document is about.
    pub subject: String,
    /// The document's own date, which stands for the dates of creation and of change.
    pub date: NaiveDate,
    /// The lines at the top of each page after the first; "Page 2" follows them.
    pub running_head: Vec<String>,
    /// A word that stands behind the text of each page: "DRAFT".
    pub mark: Option<String>,
    /// Blanks can be filled in on the screen.
    pub fields: bool,
    /// The logos of its letterheads, by their paragraphs.
    pub logos: BTreeMap<PartId, Arc<Logo>>,
}

/// What documents of one run share: what an earlier one has shaped or cut, a later one need not.
#[derive(Default)]
struct Kept {
    words: Words,
    subsets: Subsets,
    deflater: Option<Deflater>,
}

/// Something that cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A character that no face has.
    NoGlyph {
        /// The character.
        character: char,
        /// The part that holds it; none for the running head.
        part: Option<PartId>,
        /// The line that holds it.
        text: String,
    },
    /// A table whose columns do not fit side by side, not even on a page that lies on its side.
    TooWide {
        /// The head of the first column that has no room.
        column: String,
        /// The cell that holds it.
        part: PartId,
    },
    /// A face whose program cannot be read.
    BadFace {
        /// Its PostScript name.
        name: String,
    },
}

/// Sets a document as a PDF: its bytes, and how many pages it has.
///
/// Pure: the same document, info, faces and theme give the same bytes.
///
/// # Errors
/// All [`Fault`]s of the document: nothing is drawn as an empty box.
///
/// ```
/// use ccrov::{document::Document, pdf};
/// let memo = Document::parse("# Memorandum #21144\n\nThe schedule is attached.").unwrap();
/// let info = pdf::Info {
///     title: "CC/ROV Memorandum #21144".to_owned(),
///     author: "California Secretary of State".to_owned(),
///     subject: "VoteCal".to_owned(),
///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
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
) -> Result<(Vec<u8>, usize), Vec<Fault>> {
    let mut kept = faces.kept();
    let mut setter = Setter::new(theme, faces, std::mem::take(&mut kept.words), &info.logos);
    let written = set(document, info, &mut setter, &mut kept);
    faces.keep(Kept { words: setter.words, ..kept });
    written
}

fn set(
    document: &Document,
    info: &Info,
    setter: &mut Setter,
    kept: &mut Kept,
) -> Result<(Vec<u8>, usize), Vec<Fault>> {
    let theme = setter.theme;
    let running = RunningHead::new(setter, &info.running_head);
    let top = running.body_top(theme);
    let galley = sections::set(setter, &document.blocks, top);

    setter.depth = theme.bottom(Sheet::Turned) - top;
    let column = Column { x: theme.margin, width: theme.text_width(Sheet::Upright) };
    setter.sheet = Sheet::Upright;
    let notes = Notes::new(setter, &document.notes, column);
    setter.faults.append(&mut setter.too_wide);
    let top = |page| if page == 0 { theme.margin } else { top };
    let mut flow =
        flow::flow(galley, &notes, |page, sheet| Body { top: top(page), bottom: theme.bottom(sheet) });
    for (page, number) in flow.pages.iter_mut().zip(1..).skip(1) {
        running.put_on(setter, page, number);
    }
    if let Some(word) = &info.mark {
        flow.pages.iter_mut().for_each(|page| mark(setter, page, word));
    }
    if !setter.faults.is_empty() {
        return Err(std::mem::take(&mut setter.faults));
    }
    let pages = flow.pages.len();
    let written = file::write(document, flow, setter, info, kept).map_err(|fault| vec![fault])?;
    Ok((written, pages))
}

/// Puts a word behind the text of a page, from corner to corner.
fn mark(setter: &mut Setter, page: &mut Page, word: &str) {
    let (theme, (width, height)) = (setter.theme, setter.theme.paper(page.sheet));
    let angle = height.atan2(width);
    let style = theme.mark;
    let line = setter.set_plain(word, &style, None);
    // Well inside the corners.
    let wanted = width.hypot(height) * 0.6;
    let scale = wanted / lines::width(&line).max(1.0);
    let line = setter.set_plain(word, &style.scaled(scale), None);
    let (long, high) =
        (lines::width(&line), style.size * scale * setter.faces.get(style.face).measures.cap_height / 1000.0);
    let x = width / 2.0 - (long * angle.cos() - high * angle.sin()) / 2.0;
    let y = height / 2.0 + (long * angle.sin() + high * angle.cos()) / 2.0;
    let drawn = Drawn::Rising { line: Line::whole(line), angle: angle.to_degrees() };
    page.frames.insert(0, Frame { x, y, owner: Owner::Artifact(Artifact::Mark), drawn });
}
