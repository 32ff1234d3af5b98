//! How a document's tables stand in its PDF, for other forms that have pages, too.
//!
//! In: a document, what it is set in. Out: the widths of columns; which blocks stand on pages that lie on their side. Not here: the PDF.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Faces, Theme,
    faces::DocumentCache,
    setting::{sections, setter::Setter},
    theme::Orientation,
};
use crate::document::{Document, PartId};

/// How a document's tables stand in its PDF.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// Which of the document's blocks stand on pages that lie on their side.
    pub turned: Vec<Range<usize>>,
    /// How wide the columns of each table are, in points, by the first cell of its head.
    pub widths: BTreeMap<PartId, Vec<f32>>,
}

impl Arrangement {
    /// That of a document. What its PDF could not show is nothing here.
    ///
    /// ```
    /// use ccrov::{document::Document, pdf::{Arrangement, Faces, Theme}};
    /// let memo = Document::parse("| # | Task |\n|---|---|\n| 1 | Install the current VoteCal release |\n").unwrap();
    /// let arrangement = Arrangement::of(&memo, &Faces::embedded(), &Theme::default());
    /// let widths = arrangement.widths.values().next().unwrap();
    /// assert!(arrangement.turned.is_empty() && widths[0] < widths[1]);
    /// ```
    pub fn of(document: &Document, faces: &Faces, theme: &Theme) -> Arrangement {
        let DocumentCache { words, file } = faces.take_cache();
        let logos = BTreeMap::new();
        let mut setter = Setter::new(theme, &faces.typefaces, words, &logos);
        let top = theme.bottom(Orientation::Upright) - setter.depth;
        let (_, turned) = sections::set(&mut setter, &document.blocks, top);
        let widths = std::mem::take(&mut setter.widths);
        faces.return_cache(DocumentCache { words: setter.words, file });
        Arrangement { turned, widths }
    }
}
