//! The numbers of a year: which is free, and which are missing.
//!
//! In: the numbers that memos bear. Out: the next one. Not here: memos' files.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Number;

/// The numbers that are taken, by year: 21 has 144 of "21144".
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<u32, BTreeSet<u32>>);

impl Numbers {
    /// Takes a number in, if it is one.
    pub fn take(&mut self, number: &str) {
        let number = number.parse::<Number>().ok().and_then(|number| number.as_str().parse::<u32>().ok());
        if let Some(number) = number {
            self.0.entry(number / 1000).or_default().insert(number % 1000);
        }
    }

    /// The number after the last one of a year, which is taken then; a number is never used again. `None` if
    /// the year has no more.
    pub fn next(&mut self, year: i32) -> Option<String> {
        let year = u32::try_from(year.rem_euclid(100)).ok()?;
        let taken = self.0.entry(year).or_default();
        let next = taken.last().map_or(1, |last| last + 1);
        (next < 1000).then(|| {
            taken.insert(next);
            format!("{year:02}{next:03}")
        })
    }

    /// The numbers of a year that no memo bears, between the first and the last: "21003, 21007 to 21010".
    pub fn gaps(&self, year: i32) -> Option<String> {
        let year = u32::try_from(year.rem_euclid(100)).ok()?;
        let taken: Vec<u32> = self.0.get(&year)?.iter().copied().collect();
        let gaps = taken.windows(2).filter(|pair| pair[1] - pair[0] > 1).map(|pair| {
            match (pair[0] + 1, pair[1] - 1) {
                (first, last) if first == last => format!("{year:02}{first:03}"),
                (first, last) => format!("{year:02}{first:03} to {year:02}{last:03}"),
            }
        });
        let gaps: Vec<String> = gaps.collect();
        (!gaps.is_empty()).then(|| gaps.join(", "))
    }
}
