//! YAML as such: its tree with places, its syntax faults, its values one by one, and edits that keep every other byte.
//!
//! In: a file's text. Out: trees, entries, edited texts; faults of syntax. Not here: which keys a file has, and what they
//! mean.

pub mod edit;

mod blanks;
mod line;
mod outline;
mod scalar;
mod slip;
mod syntax;
mod tree;

pub use outline::{Entry, entry, outline, place_of, value};

pub(crate) use tree::{Data, Key, Node, read};
