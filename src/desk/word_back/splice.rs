//! What a difference is in the memo's own text.
//!
//! In: a difference, the memo's texts as they are now. Out: [`Footing`]: the splices that take it, or why it is not taken so. Not here: which
//! differences somebody takes; single words (`words`).

use std::ops::Range;

use super::{
    blocks,
    differences::WordDifference,
    source::MemoSource,
    units::{CellText, ReturnedUnit, SentUnit},
    words::{CellEdit, MarkedWords},
};
use crate::document::PlacedKind;

/// A stretch of one of the memo's texts, and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub text: usize,
    pub range: Range<usize>,
    pub with: String,
}

/// How a difference stands to the memo as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Footing {
    /// It can be taken.
    Open(Vec<Splice>),
    /// The memo says so already.
    There,
    /// A template fills in what was changed; it can be written out.
    Filled { with: Vec<String>, written_out: Option<Splice> },
    /// Somebody has changed the same words since.
    Changed(String),
    /// It is printed from somewhere else than the memo's own text.
    Elsewhere,
    /// It has to be written by hand.
    ByHand(&'static str),
}

/// What differences are found in, and looked for in.
pub(super) struct MemoComparison<'c> {
    pub sent: &'c [SentUnit],
    pub returned: &'c [ReturnedUnit],
    pub pairs: &'c [Option<usize>],
    pub source: &'c MemoSource,
    /// The words of each paragraph that would be printed now.
    pub now: &'c [Vec<String>],
}

impl MemoComparison<'_> {
    /// How a difference stands to the memo as it is now.
    pub fn footing(&self, difference: &WordDifference) -> Footing {
        match difference {
            WordDifference::Words { sent, returned, cell, was, is } => {
                self.words(*sent, *returned, *cell, was.clone(), is.clone())
            }
            WordDifference::Went { sent } => self.went(*sent),
            WordDifference::Came { returned, after } => self.came(*returned, *after),
            WordDifference::Moved { sent, returned, after } => self.moved(*sent, *returned, *after),
            WordDifference::Reshaped { .. } => Footing::ByHand("the row has other cells than it had"),
        }
    }

    fn words(
        &self,
        sent: usize,
        returned: usize,
        cell: usize,
        was: Range<usize>,
        is: Range<usize>,
    ) -> Footing {
        let (old, new) = (&self.sent[sent].cells[cell], &self.returned[returned].cells[cell]);
        let Some((text, unit, nth)) = self.source.unit(sent) else {
            return if self.is_printed(&self.returned[returned].cells) {
                Footing::There
            } else {
                Footing::Elsewhere
            };
        };
        let Some(words) = unit.cells.get(cell) else { return Footing::Elsewhere };
        let place = CellEdit {
            old,
            new,
            runs: &self.returned[returned].runs[cell],
            words,
            text: &text.text,
            was,
            is,
        };
        let within = match (text.is_markdown, unit.kind) {
            (false, _) => MarkedWords::Plain,
            (true, PlacedKind::Row | PlacedKind::Head) => MarkedWords::Cell,
            (true, _) => MarkedWords::Line,
        };
        place.footing(nth, within)
    }

    /// Whether a paragraph or row of these words would be printed now.
    pub fn is_printed(&self, cells: &[CellText]) -> bool {
        let words: Vec<String> =
            cells.iter().flat_map(|cell| &cell.words).map(|word| word.word.clone()).collect();
        self.now.contains(&words)
    }

    /// Whether a unit would be printed right behind the one that it came back behind.
    fn follows(&self, returned: usize) -> bool {
        let said = |at: usize| -> Vec<String> {
            let words = self.returned[at].cells.iter().flat_map(|cell| &cell.words);
            words.map(|word| word.word.clone()).collect()
        };
        let Some(above) = returned.checked_sub(1) else { return false };
        self.now.windows(2).any(|two| two == [said(above), said(returned)])
    }

    fn went(&self, sent: usize) -> Footing {
        let Some((text, unit, nth)) = self.source.unit(sent) else {
            return if self.is_printed(&self.sent[sent].cells) { Footing::Elsewhere } else { Footing::There };
        };
        if !text.is_markdown {
            return Footing::ByHand("this part of the memo's head cannot be without text");
        }
        match blocks::without(text, unit) {
            Ok(range) => Footing::Open(vec![Splice { text: nth, range, with: String::new() }]),
            Err(why) => Footing::ByHand(why),
        }
    }

    fn came(&self, returned: usize, after: Option<usize>) -> Footing {
        let unit = &self.returned[returned];
        if self.is_printed(&unit.cells) {
            return Footing::There;
        }
        let said = match unit.is_row {
            true => Ok(blocks::row(unit)),
            false => blocks::markdown(unit),
        };
        match said {
            Ok(said) => self.put(returned, after, &said),
            Err(why) => Footing::ByHand(why),
        }
    }

    fn moved(&self, sent: usize, returned: usize, after: Option<usize>) -> Footing {
        if self.follows(returned) {
            return Footing::There;
        }
        let Some((text, unit, nth)) = self.source.unit(sent) else { return Footing::Elsewhere };
        if !text.is_markdown {
            return Footing::ByHand("it stands in the memo's head");
        }
        let said = blocks::said(text, unit);
        let (range, said) = match (blocks::without(text, unit), said) {
            (Ok(range), Ok(said)) => (range, said),
            (Err(why), _) | (_, Err(why)) => return Footing::ByHand(why),
        };
        match self.put(returned, after, &said) {
            Footing::Open(mut splices) => {
                let stays = splices.iter().any(|splice| {
                    splice.text == nth && splice.range.end >= range.start && splice.range.start <= range.end
                });
                if stays {
                    return Footing::There;
                }
                splices.push(Splice { text: nth, range, with: String::new() });
                Footing::Open(splices)
            }
            other => other,
        }
    }

    /// Puts what came after a unit, or before the next that the memo's text has.
    fn put(&self, returned: usize, after: Option<usize>, said: &str) -> Footing {
        let unit = &self.returned[returned];
        let of = |sent: usize| self.source.unit(sent).filter(|(text, ..)| text.is_markdown);
        let after = after.and_then(of);
        let next = self.pairs[returned + 1..].iter().flatten().find_map(|sent| of(*sent));
        let put = match (after, next) {
            (Some((text, above, nth)), _) => {
                blocks::after(text, above, unit, said).map(|(at, with)| (nth, at, with))
            }
            (None, Some((text, below, nth))) => {
                blocks::before(text, below, unit, said).map(|(at, with)| (nth, at, with))
            }
            (None, None) => Err("nothing beside it stands in the memo's own text"),
        };
        match put {
            Ok((text, at, with)) => Footing::Open(vec![Splice { text, range: at..at, with }]),
            Err(why) => Footing::ByHand(why),
        }
    }
}

/// A text with splices in their places; `None` if two of them want the same words.
pub(super) fn spliced(text: &str, splices: &[&Splice]) -> Option<String> {
    let mut all = splices.to_vec();
    all.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in all {
        out.push_str(text.get(at..splice.range.start)?);
        out.push_str(&splice.with);
        at = splice.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
