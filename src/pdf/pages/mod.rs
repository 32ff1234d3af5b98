//! Strips -> pages.
//!
//! In: the galley, notes. Out: pages of frames, each with its notes, its running head and its mark. Not here: how a
//! block is set, how a page is drawn.
//!
//! `flow` puts strips on pages, with notes at their `foot`; `running` puts a head on each after the first, `mark` a
//! word behind the text.

pub mod flow;
mod foot;
pub mod mark;
pub mod page;
pub mod running;
