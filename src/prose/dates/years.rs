//! Dates without a year: which days they may be.
//!
//! In: what a text says, the memo's date. Out: for each date the days that it may be, the nearest first. Not here: what is
//! said of them.

use chrono::{Datelike as _, NaiveDate};

use super::{
    forms::WrittenDate,
    scan::{DatedText, What, joins},
    tokens::TokenKind,
};

/// The days that the dates of a text may be.
pub(super) struct Years<'r> {
    reading: &'r DatedText<'r>,
    /// The date that the memo bears.
    memo: Option<NaiveDate>,
    /// For each thing that is said, the year that is written for it, there or behind what follows it.
    written: Vec<Option<i32>>,
    /// The years that each paragraph names, by their paragraphs.
    named: Vec<(usize, i32)>,
    /// Where walls stand: they part paragraphs.
    walls: Vec<usize>,
}

impl<'r> Years<'r> {
    pub fn of(reading: &'r DatedText<'r>, memo: Option<NaiveDate>) -> Self {
        let list = &reading.tokens.list;
        let walls: Vec<usize> = (0..list.len()).filter(|at| list[*at].kind == TokenKind::Wall).collect();
        let mut years = Years { reading, memo, written: written(reading), named: Vec::new(), walls };
        years.named = (0..list.len())
            .filter_map(|at| {
                let figures = reading.tokens.figures(at).filter(|figures| figures.len() == 4)?;
                let year = figures.parse().ok().filter(|year| (1900..2200).contains(year))?;
                Some((years.paragraph(at), year))
            })
            .collect();
        years.named.sort_unstable();
        years.named.dedup();
        years
    }

    fn paragraph(&self, token: usize) -> usize {
        self.walls.partition_point(|wall| *wall < token)
    }

    /// The year of a date that is written for it, there or behind what follows it.
    pub fn written(&self, date: usize) -> Option<i32> {
        self.written[date]
    }

    /// The years that a date may be of: the one that is written for it; else those around the memo's date, and those that
    /// its paragraph names. The likeliest stands first.
    pub fn possible(&self, date: usize) -> Vec<i32> {
        if let Some(year) = self.written[date] {
            return vec![year];
        }
        let Some(memo) = self.memo else { return Vec::new() };
        let mut years = vec![memo.year(), memo.year() + 1, memo.year() - 1];
        let paragraph = self.paragraph(self.reading.said[date].tokens.start);
        let from = self.named.partition_point(|(named, _)| *named < paragraph);
        years.extend(
            self.named[from..].iter().take_while(|(named, _)| *named == paragraph).map(|(_, year)| year),
        );
        years
    }

    /// The days that the days of a date may be, the likeliest first: the nearest before the memo's date and the nearest
    /// after it.
    pub fn days(&self, date: usize, written: &WrittenDate, day: u32) -> Vec<NaiveDate> {
        let on = |year: i32| NaiveDate::from_ymd_opt(year, written.month, day);
        let years = self.possible(date);
        let (Some(memo), None) = (self.memo, self.written[date]) else {
            return years.into_iter().filter_map(on).collect();
        };
        let around = years[..3].iter().filter_map(|year| on(*year));
        let after = around.clone().filter(|day| *day >= memo).min();
        let before = around.filter(|day| *day <= memo).max();
        let mut days: Vec<NaiveDate> = after.into_iter().chain(before).collect();
        days.sort_by_key(|day| day.signed_duration_since(memo).abs());
        days.extend(years[3..].iter().filter_map(|year| on(*year)));
        days
    }
}

/// "November 2 to Wednesday, November 4, 2026": the year stands once, behind the last.
fn written(reading: &DatedText<'_>) -> Vec<Option<i32>> {
    let mut years = vec![None; reading.said.len()];
    // The date behind, its month and its year, and whether a weekday stands before it.
    let mut last: Option<(usize, u32, Option<i32>)> = None;
    for (at, said) in reading.said.iter().enumerate().rev() {
        match &said.what {
            What::Date(date) => {
                let linked = last.filter(|(next, ..)| leads_on(reading, at, *next));
                let behind = linked.and_then(|(_, month, year)| Some(year? - i32::from(date.month > month)));
                years[at] = date.year.or(behind);
                last = Some((at, date.month, years[at]));
            }
            What::Weekday { .. } => {}
            _ => last = None,
        }
    }
    years
}

/// Whether one date goes on to another: "to", ", and", with no more than a weekday between.
fn leads_on(reading: &DatedText<'_>, first: usize, next: usize) -> bool {
    let (Some(link), Some(before)) = (reading.between(first), reading.between(next - 1)) else {
        return false;
    };
    let link = link.strip_suffix(" the").unwrap_or(&link);
    // A weekday may stand on either side of what leads on.
    let behind = || matches!(link, "(" | ", a") && joins(before.strip_prefix(") ").unwrap_or(&before));
    joins(link) && next <= first + 2 || next == first + 2 && behind()
}
