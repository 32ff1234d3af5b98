//! What the search of the website is made of.
//!
//! In: rows, the published texts. Out: the search page; a part a year. Not here: the index itself.

use super::{Kind, Parts, Row, pages::Page};

/// Adds the parts of the search.
pub(super) fn parts(parts: &mut Parts<'_, '_>, rows: &[Row<'_>]) {
    let _ = (Kind::Search, rows.len());
    parts.pages("search", Vec::<Page>::new());
}
