//! What a reviewer did, against what was sent.
//!
//! In: units and their pairs. Out: [`WordDifference`]s in reading order: words, paragraphs and rows that came, went or moved. Not here: where they
//! stand in the memo.

use std::ops::Range;

use super::units::{CellText, Region, ReturnedUnit, SentUnit};
use crate::in_common::in_common;

/// Words with fewer equal ones between them are one change.
const APART: usize = 3;

/// Something that a reviewer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WordDifference {
    /// Words of a cell became others.
    Words { sent: usize, returned: usize, cell: usize, was: Range<usize>, is: Range<usize> },
    /// A paragraph or a row came, after that of a place.
    Came { returned: usize, after: Option<usize> },
    /// A paragraph or a row went.
    Went { sent: usize },
    /// A paragraph or a row stands after another one now.
    Moved { sent: usize, returned: usize, after: Option<usize> },
    /// A row has other cells than it had.
    Reshaped { sent: usize, returned: usize },
}

/// Finds what was done.
pub(super) fn differences(
    sent: &[SentUnit],
    returned: &[ReturnedUnit],
    pairs: &[Option<usize>],
) -> Vec<WordDifference> {
    let mut went: Vec<usize> = (0..sent.len())
        .filter(|at| !pairs.contains(&Some(*at)) && !sent[*at].cells.iter().all(CellText::is_empty))
        .collect();
    let stays = in_order(returned, pairs);
    let mut found: Vec<(Option<usize>, WordDifference)> = Vec::new();
    let mut after = None;
    for (at, unit) in returned.iter().enumerate() {
        match pairs[at] {
            Some(was) => {
                if unit.region == Region::Text && !stays[at] {
                    found.push((after, WordDifference::Moved { sent: was, returned: at, after }));
                } else if unit.region == Region::Text {
                    after = Some(was);
                }
                words(sent, was, unit, at, &mut found);
            }
            // Running heads are made by the program that sent the file.
            None if unit.region == Region::Header || unit.cells.iter().all(CellText::is_empty) => {}
            None => {
                // What went from elsewhere and came here has moved.
                let same = went.iter().position(|gone| said(&sent[*gone].cells) == said(&unit.cells));
                let difference = match same {
                    Some(place) => WordDifference::Moved { sent: went.remove(place), returned: at, after },
                    None => WordDifference::Came { returned: at, after },
                };
                found.push((after, difference));
            }
        }
    }
    found.extend(went.into_iter().map(|gone| (Some(gone), WordDifference::Went { sent: gone })));
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, difference)| difference).collect()
}

fn said(cells: &[CellText]) -> Vec<&str> {
    cells.iter().flat_map(|cell| &cell.words).map(|word| word.word.as_str()).collect()
}

/// Whether each unit of the text stands in the order in which it was sent: of those that do not, the fewest have moved.
fn in_order(returned: &[ReturnedUnit], pairs: &[Option<usize>]) -> Vec<bool> {
    let placed: Vec<(usize, usize)> = pairs
        .iter()
        .enumerate()
        .filter(|(at, _)| returned[*at].region == Region::Text)
        .filter_map(|(at, pair)| Some((at, (*pair)?)))
        .collect();
    // The longest row of rising places.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; placed.len()];
    for (nth, (_, was)) in placed.iter().enumerate() {
        let length = ends.partition_point(|end| placed[*end].1 < *was);
        before[nth] = length.checked_sub(1).map(|above| ends[above]);
        match ends.get_mut(length) {
            Some(end) => *end = nth,
            None => ends.push(nth),
        }
    }
    let mut stays = vec![false; returned.len()];
    let mut at = ends.last().copied();
    while let Some(nth) = at {
        stays[placed[nth].0] = true;
        at = before[nth];
    }
    stays
}

/// The words of a unit that became others.
fn words(
    sent: &[SentUnit],
    was_at: usize,
    is: &ReturnedUnit,
    at: usize,
    found: &mut Vec<(Option<usize>, WordDifference)>,
) {
    let was = &sent[was_at];
    if was.cells.len() != is.cells.len() {
        return found.push((Some(was_at), WordDifference::Reshaped { sent: was_at, returned: at }));
    }
    for (cell, (old, new)) in was.cells.iter().zip(&is.cells).enumerate() {
        for (was, is) in changed(old, new) {
            let difference = WordDifference::Words { sent: was_at, returned: at, cell, was, is };
            found.push((Some(was_at), difference));
        }
    }
}

/// The stretches of words that became others.
fn changed(old: &CellText, new: &CellText) -> Vec<(Range<usize>, Range<usize>)> {
    let names = |cell: &CellText| cell.words.iter().map(|word| word.word.clone()).collect::<Vec<_>>();
    let (old, new) = (names(old), names(new));
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut at = (0, 0);
    for next in in_common(&old, &new).into_iter().map(Some).chain([None]) {
        let end = next.unwrap_or((old.len(), new.len()));
        if at != end {
            match found.last_mut().filter(|(was, _)| at.0 - was.end < APART) {
                Some((was, is)) => (was.end, is.end) = end,
                None => found.push((at.0..end.0, at.1..end.1)),
            }
        }
        at = next.map_or(end, |(a, b)| (a + 1, b + 1));
    }
    found
}
