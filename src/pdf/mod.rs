//! Blocks -> a PDF.
//!
//! In: the document tree. Out: the bytes of a PDF 1.7, the same for the same input. Not here: what a
//! memo is, files, the clock.
//!
//! ```text
//! blocks --text, lines--> strips (galley) --flow--> pages of frames --emit--> content --file--> bytes
//! ```
//!
//! - `face` shapes text; `case` gives each glyph and its text a code;
//! - `text` makes glyphs of running text, `capitals` some of them smaller; `lines` breaks them;
//! - `blocks`, `list`, `table` with `columns`, and `letterhead` make strips, which are never cut;
//!   `fills` draws leaders and blanks;
//! - `flow` puts strips on pages, with notes at their `foot`; `running` puts a head on each after the
//!   first;
//! - `emit` writes the content of pages; `font` embeds what was used; `file` does the rest.
//!
//! Every frame knows whose it is, so that a writer of tags needs only the pages.

mod blocks;
mod capitals;
mod case;
mod columns;
mod emit;
mod face;
mod file;
mod fills;
mod flow;
mod font;
mod foot;
mod galley;
mod letterhead;
mod lines;
mod list;
mod outline;
mod page;
mod running;
mod table;
mod text;
mod theme;

pub use face::Faces;

use chrono::NaiveDate;

use crate::document::{Document, PartId};
use blocks::Place;
use flow::Body;
use foot::Notes;
use galley::Column;
use running::RunningHead;
use text::Setter;
use theme::Theme;

/// What a PDF says of itself beside its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// A face whose program cannot be read.
    BadFace {
        /// Its PostScript name.
        name: String,
    },
}

/// Sets a document as a PDF.
///
/// Pure: the same document, info and faces give the same bytes.
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
/// };
/// let bytes = pdf::write(&memo, &info, &pdf::Faces::embedded()).unwrap();
/// assert!(bytes.starts_with(b"%PDF-1.7"));
/// ```
pub fn write(document: &Document, info: &Info, faces: &Faces) -> Result<Vec<u8>, Vec<Fault>> {
    let theme = Theme::default();
    let mut setter = Setter::new(&theme, faces);
    let running = RunningHead::new(&mut setter, &info.running_head);
    let body_top = running.body_top(&theme);
    setter.depth = theme.bottom() - body_top;

    let column = Column { x: theme.margin, width: theme.text_width() };
    let galley = blocks::blocks(&mut setter, &document.blocks, Place::page(column, theme.body));
    let notes = Notes::new(&mut setter, &document.notes, column);
    let top = |page| if page == 0 { theme.margin } else { body_top };
    let mut flow = flow::flow(&galley, &notes, |page| Body { top: top(page), bottom: theme.bottom() });
    for (page, number) in flow.pages.iter_mut().zip(1..).skip(1) {
        running.put_on(&mut setter, page, number);
    }

    if !setter.faults.is_empty() {
        return Err(setter.faults);
    }
    file::write(&flow, &setter, info).map_err(|fault| vec![fault])
}
