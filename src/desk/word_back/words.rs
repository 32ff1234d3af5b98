//! Single words that a reviewer changed, in the memo's own text.
//!
//! In: the words of a cell as they were sent, as they came back, and as the memo's text has them now. Out: [`Footing`]. Not here: whole paragraphs.

use std::ops::Range;

use super::{
    splice::{Footing, Splice},
    units::CellText,
};
use crate::{
    document::{Face, PlacedWord},
    in_common::in_common,
    paste,
    word::read::WordRun,
};

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkedWords {
    Plain,
    Line,
    Cell,
}

/// Words of a cell that became others, and the words that the memo's text has there.
pub(super) struct CellEdit<'e> {
    pub old: &'e CellText,
    pub new: &'e CellText,
    pub runs: &'e [WordRun],
    pub words: &'e [PlacedWord],
    pub text: &'e str,
    pub was: Range<usize>,
    pub is: Range<usize>,
}

impl CellEdit<'_> {
    /// How the change stands to the memo's text, the one of a number.
    pub fn footing(&self, text: usize, within: MarkedWords) -> Footing {
        let names = |words: &[PlacedWord]| words.iter().map(|word| word.word.clone()).collect::<Vec<_>>();
        let (old, here, new) = (names(&self.old.words), names(self.words), names(&self.new.words));
        let mut map: Vec<Option<usize>> = vec![None; old.len()];
        for (a, b) in in_common(&old, &here) {
            map[a] = Some(b);
        }
        let before = (0..self.was.start).rev().find_map(|at| Some((at, map[at]?)));
        let behind = (self.was.end..old.len()).find_map(|at| Some((at, map[at]?)));
        let gap = before.map_or(0, |(_, at)| at + 1)..behind.map_or(here.len(), |(_, at)| at);
        let wanted = &new[self.is.clone()];
        let is_there = |range: Range<usize>| here.get(range).is_some_and(|words| words == wanted);
        let is_beside = |found: Option<(usize, usize)>, at: Option<usize>| found.map(|(old, _)| old) == at;
        let touches = (
            is_beside(before, self.was.start.checked_sub(1)),
            is_beside(behind, Some(self.was.end).filter(|end| *end < old.len())),
        );
        if touches == (true, true) && is_there(gap.clone()) {
            return Footing::There;
        }
        let mapped: Vec<Option<usize>> = map[self.was.clone()].to_vec();
        let first = mapped.first().copied().flatten();
        let is_whole =
            first.is_some_and(|first| (first..).zip(&mapped).all(|(at, found)| *found == Some(at)));
        if is_whole && let Some(first) = first {
            return self.splice(text, first..first + mapped.len(), within);
        }
        if self.was.is_empty() {
            let (start, count) = (gap.start, wanted.len());
            if is_there(start..start + count) || gap.end >= count && is_there(gap.end - count..gap.end) {
                return Footing::There;
            }
            match (touches.0 && before.is_some(), touches.1 && behind.is_some()) {
                (true, _) => return self.splice(text, gap.start..gap.start, within),
                (_, true) => return self.splice(text, gap.end..gap.end, within),
                _ => {}
            }
        }
        self.filled(text, within, before.map(|(old, _)| old), behind.map(|(old, _)| old), &gap)
    }

    /// What stands between the words of the memo's text that are as they were sent: something that a template fills in, or what somebody
    /// has written since.
    fn filled(
        &self,
        text: usize,
        within: MarkedWords,
        before: Option<usize>,
        behind: Option<usize>,
        gap: &Range<usize>,
    ) -> Footing {
        let here = self.words.get(gap.clone()).unwrap_or_default();
        let filled: Vec<String> =
            here.iter().filter(|word| word.is_filled).map(|word| word.word.clone()).collect();
        if filled.is_empty() {
            let range = self.stretch(gap);
            return Footing::Changed(self.text.get(range).unwrap_or_default().to_owned());
        }
        // The words that were sent around the changed ones, up to those that the memo's text has.
        let (start, end) = (before.map_or(0, |old| old + 1), behind.unwrap_or(self.old.words.len()));
        let more = (self.was.start - start, end - self.was.end);
        let is = self.is.start.checked_sub(more.0).map(|start| start..self.is.end + more.1);
        let same = |old: Range<usize>, new: Range<usize>| {
            let words = |of: &CellText, range| {
                of.words
                    .get::<Range<usize>>(range)
                    .map(|words| words.iter().map(|word| word.word.clone()).collect::<Vec<_>>())
            };
            words(self.old, old) == words(self.new, new)
        };
        // Where something else was changed there, too, nobody can tell what is meant.
        let is = is.filter(|is| {
            same(start..self.was.start, is.start..self.is.start)
                && same(self.was.end..end, self.is.end..is.end)
        });
        let written_out = is.filter(|_| !gap.is_empty()).map(|is| {
            let with = self.said(is, within, self.face(gap.start));
            Splice { text, range: self.stretch(gap), with }
        });
        Footing::Filled { with: filled, written_out }
    }

    /// Where words stand.
    fn stretch(&self, words: &Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => {
                // A backslash belongs to the sign behind it.
                let start = first.range.start;
                let is_escaped = self.text[..start].ends_with('\\');
                start - usize::from(is_escaped)..last.range.end
            }
            (Some(next), _) => next.range.start..next.range.start,
            (None, Some(last)) => last.range.end..last.range.end,
            _ => 0..0,
        }
    }

    /// Puts the new words in the place of words of the memo's text.
    fn splice(&self, text: usize, words: Range<usize>, within: MarkedWords) -> Footing {
        if self.words.is_empty() {
            return Footing::ByHand("it stood empty");
        }
        if within == MarkedWords::Plain && self.new.said(self.is.clone()).contains(['{', '}', '\n']) {
            return Footing::ByHand("it cannot stand in the memo's head as it is");
        }
        let splice = if self.is.is_empty() {
            let range = self.cut(&words);
            Splice { text, range, with: String::new() }
        } else if !self.was.is_empty() {
            Splice {
                text,
                range: self.stretch(&words),
                with: self.said(self.is.clone(), within, self.face(words.start)),
            }
        } else {
            self.inserted(text, words.start, within)
        };
        Footing::Open(vec![splice])
    }

    /// Words that came between two others.
    fn inserted(&self, text: usize, at: usize, within: MarkedWords) -> Splice {
        let gap = |left: Option<usize>, right: usize| {
            let left = left.and_then(|left| self.new.words.get(left)).map(|word| word.range.end);
            let right = self.new.words.get(right).map(|word| word.range.start);
            left.zip(right)
                .is_some_and(|(left, right)| self.new.text[left..right].contains(char::is_whitespace))
        };
        let (before, behind) =
            (gap(self.is.start.checked_sub(1), self.is.start), gap(self.is.end.checked_sub(1), self.is.end));
        let (left, right) =
            (at.checked_sub(1).map(|left| self.face(left)).unwrap_or_default(), self.face(at));
        let face = Face { bold: left.bold && right.bold, italic: left.italic && right.italic };
        let said = self.said(self.is.clone(), within, face);
        let above = at.checked_sub(1).and_then(|above| self.words.get(above));
        match above {
            Some(above) if self.is.start > 0 => {
                let end = self.behind_marks(above.range.end);
                let blank = if before { " " } else { "" };
                // What follows may touch: a word before a full stop does not.
                let next = self.text[end..].chars().next().is_none_or(char::is_whitespace);
                let after = if behind && !next { " " } else { "" };
                Splice { text, range: end..end, with: format!("{blank}{said}{after}") }
            }
            _ => {
                let start = self.words.get(at).map_or(0, |word| self.before_marks(word.range.start));
                let blank = if behind { " " } else { "" };
                Splice { text, range: start..start, with: format!("{said}{blank}") }
            }
        }
    }

    /// How a word of the memo's text is set.
    fn face(&self, at: usize) -> Face {
        self.words.get(at).map(|word| word.face).unwrap_or_default()
    }

    /// Behind the marks that end what a word is part of, such as bold.
    fn behind_marks(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let marks = rest.len() - rest.trim_start_matches(['*', '_']).len();
        match rest[marks..].strip_prefix("](").and_then(|link| link.find(')')) {
            Some(end) => at + marks + 2 + end + 1,
            None => at + marks,
        }
    }

    fn before_marks(&self, at: usize) -> usize {
        self.text[..at].trim_end_matches(['*', '_', '[', '\\']).len()
    }

    /// The stretch of words that go, with a blank beside them and marks that would be left around nothing.
    fn cut(&self, words: &Range<usize>) -> Range<usize> {
        let mut range = self.stretch(words);
        loop {
            let (left, right) =
                (self.text[..range.start].chars().next_back(), self.text[range.end..].chars().next());
            match (left, right) {
                (Some(left @ ('*' | '_')), Some(right)) if left == right => {
                    range = range.start - 1..range.end + 1;
                }
                _ => break,
            }
        }
        let blank = |c: Option<char>| c.is_some_and(|c| c == ' ');
        let (left, right) =
            (self.text[..range.start].chars().next_back(), self.text[range.end..].chars().next());
        let ends =
            right.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')'));
        match (blank(left), blank(right)) {
            (true, _) if ends => range.start -= 1,
            (_, true) if left.is_none_or(char::is_whitespace) => range.end += 1,
            _ => {}
        }
        range
    }

    /// Words as they came back, as they are written in the memo.
    fn said(&self, is: Range<usize>, within: MarkedWords, face: Face) -> String {
        let (Some(first), Some(last)) =
            (self.new.words.get(is.start), is.end.checked_sub(1).and_then(|last| self.new.words.get(last)))
        else {
            return String::new();
        };
        let range = first.range.start..last.range.end;
        let text = &self.new.text[range.clone()];
        if within == MarkedWords::Plain {
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        // What stands in bold already needs no marks of its own.
        let mut runs = slice(self.runs, range);
        for run in &mut runs {
            run.look.bold &= !face.bold;
            run.look.italic &= !face.italic;
        }
        paste::inline(&runs, within == MarkedWords::Cell)
    }
}

/// The runs of a stretch of their text.
fn slice(runs: &[WordRun], range: Range<usize>) -> Vec<WordRun> {
    let mut at = 0;
    let mut out = Vec::new();
    for run in runs {
        let words = run.words();
        let (start, end) = (range.start.max(at), range.end.min(at + words.len()));
        if start < end {
            out.push(run.with_words(words[start - at..end - at].to_owned()));
        }
        at += words.len();
    }
    out
}
