//! Links that somebody else finds in the text.
//!
//! In: a document, and who finds links in running text. Out: the document with them. Not here: what they are
//! found by; the addresses that the text itself has, which are `parse::links`.

use std::ops::Range;

use super::{Block, BlockKind, Document, Inline, ListItem, TableRow, parse::push_text};

/// Finds links in running text: each with its address, in their order.
pub type FindLinks<'a> = dyn Fn(&str) -> Vec<(Range<usize>, String)> + 'a;

impl Document {
    /// The document with the links that `find` finds in its text. What is a link already, or keeps its form
    /// (code), has none.
    ///
    /// ```
    /// use ccrov::document::Document;
    /// let memo = Document::parse("See #7, [not #7](https://www.sos.ca.gov), not `#7`.").unwrap();
    /// let find = |text: &str| text.match_indices("#7").map(|(at, _)| (at..at + 2, "7.html".to_owned())).collect();
    /// let page = ccrov::html::write(&memo.with_links(&find));
    /// assert_eq!(page.matches("7.html").count(), 1);
    /// ```
    #[must_use]
    pub fn with_links(&self, find: &FindLinks<'_>) -> Document {
        let mut linked = self.clone();
        blocks(&mut linked.blocks, find);
        linked.notes.iter_mut().for_each(|note| blocks(&mut note.blocks, find));
        linked
    }
}

fn blocks(of: &mut [Block], find: &FindLinks<'_>) {
    for block in of {
        match &mut block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => inlines(text, find),
            BlockKind::List(list) => items(&mut list.items, find),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&mut definition.term, find);
                    items(&mut definition.details, find);
                }
            }
            BlockKind::Table(table) => {
                table.caption.iter_mut().for_each(|caption| inlines(&mut caption.text, find));
                let rows = table.rows.iter_mut().flat_map(|row| match row {
                    TableRow::Band(cell) => std::slice::from_mut(cell),
                    TableRow::Cells { cells, .. } => cells.as_mut_slice(),
                });
                table.head.iter_mut().chain(rows).for_each(|cell| inlines(&mut cell.text, find));
            }
            BlockKind::Quote(inner) => blocks(inner, find),
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

fn items(of: &mut [ListItem], find: &FindLinks<'_>) {
    of.iter_mut().for_each(|item| blocks(&mut item.blocks, find));
}

fn inlines(of: &mut Vec<Inline>, find: &FindLinks<'_>) {
    for inline in std::mem::take(of) {
        match inline {
            Inline::Text(words) => {
                let mut done = 0;
                for (range, href) in find(&words) {
                    push_text(of, &words[done..range.start]);
                    of.push(Inline::Link { href, text: vec![Inline::Text(words[range.clone()].to_owned())] });
                    done = range.end;
                }
                push_text(of, &words[done..]);
            }
            Inline::Strong(mut text) => {
                inlines(&mut text, find);
                of.push(Inline::Strong(text));
            }
            Inline::Emphasis(mut text) => {
                inlines(&mut text, find);
                of.push(Inline::Emphasis(text));
            }
            other => of.push(other),
        }
    }
}
