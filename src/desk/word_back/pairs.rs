//! Which paragraph that came back is which that was sent.
//!
//! In: units. Out: for each that came back, the one that it was. By what the file calls it; where a program has dropped that, by its words.
//! Not here: what differs in it.

use std::collections::BTreeMap;

use super::units::{CellText, ReturnedUnit, SentUnit};
use crate::{document::PlacedWord, in_common::aligned};

/// From how much in common two texts are the same one, of 100.
const ALIKE: u32 = 40;

/// The sent unit of each returned one.
pub(super) fn pairs(sent: &[SentUnit], returned: &[ReturnedUnit]) -> Vec<Option<usize>> {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, unit) in sent.iter().enumerate() {
        of.extend(unit.names.iter().map(|name| (name.as_str(), at)));
    }
    let mut taken = vec![false; sent.len()];
    let mut found: Vec<Option<usize>> = vec![None; returned.len()];
    for (at, unit) in returned.iter().enumerate() {
        let known = unit.names.iter().filter_map(|name| of.get(name.as_str()).copied());
        let mut known = known.filter(|sent_at| !taken[*sent_at] && fits(&sent[*sent_at], unit));
        // A copied paragraph has the name of the first.
        if let Some(sent_at) = known.next() {
            taken[sent_at] = true;
            found[at] = Some(sent_at);
        }
    }
    by_words(sent, returned, &mut found, &taken);
    found
}

fn fits(sent: &SentUnit, returned: &ReturnedUnit) -> bool {
    sent.is_row == returned.is_row
}

/// Pairs what is left, in its order.
fn by_words(sent: &[SentUnit], returned: &[ReturnedUnit], found: &mut [Option<usize>], taken: &[bool]) {
    // Between two that are known, only what stands between them.
    let free_sent: Vec<usize> = (0..sent.len()).filter(|at| !taken[*at]).collect();
    let free: Vec<usize> = (0..returned.len()).filter(|at| found[*at].is_none()).collect();
    let alike = aligned(free_sent.len(), free.len(), |a, b| {
        let (was, is) = (&sent[free_sent[a]], &returned[free[b]]);
        if !fits(was, is) || was.is_row && was.cells.len() != is.cells.len() {
            return 0;
        }
        likeness(&words(&was.cells), &words(&is.cells))
    });
    for (a, b) in alike {
        found[free[b]] = Some(free_sent[a]);
    }
}

fn words(cells: &[CellText]) -> Vec<&PlacedWord> {
    cells.iter().flat_map(|cell| &cell.words).collect()
}

/// How much two texts have in common: 100 is all, 0 too little. What a template fills in may be anything.
pub(super) fn likeness(was: &[&PlacedWord], is: &[&PlacedWord]) -> u32 {
    let bag = |words: &[&PlacedWord]| {
        let mut bag: BTreeMap<String, usize> = BTreeMap::new();
        words
            .iter()
            .filter(|word| !word.is_filled)
            .for_each(|word| *bag.entry(word.word.clone()).or_default() += 1);
        bag
    };
    let (a, b) = (bag(was), bag(is));
    let common: usize = a.iter().map(|(word, count)| b.get(word).map_or(0, |other| *count.min(other))).sum();
    let letters = a.keys().any(|word| word.contains(char::is_alphanumeric) && b.contains_key(word));
    let (one, other): (usize, usize) = (a.values().sum(), b.values().sum());
    let is_filled = |words: &[&PlacedWord]| words.iter().any(|word| word.is_filled);
    let share = match is_filled(was) || is_filled(is) {
        true => (100 * common).checked_div(one.min(other)).unwrap_or(0),
        false => (200 * common).checked_div(one + other).unwrap_or(0),
    };
    let share = u32::try_from(share).unwrap_or(0);
    if letters && share >= ALIKE { share } else { 0 }
}
