//! Blocks -> strips.
//!
//! In: the document's blocks and notes. Out: the galley: strips of frames that are never cut, one below the other. Not
//! here: pages, what a PDF is made of.
//!
//! - `setter` makes glyphs of running text, `lines` says where lines end, `fills` draws leaders and blanks;
//! - `frame` is something that is drawn, `galley` holds strips of frames, `place` says where blocks stand;
//! - `sections` says which way the paper lies; `blocks`, with `list`, `table` and `letterhead`, makes strips; `notes`
//!   sets footnotes.

mod blocks;
mod fills;
pub mod frame;
pub mod galley;
mod letterhead;
mod lines;
mod list;
pub mod notes;
mod place;
pub mod sections;
pub mod setter;
mod table;
