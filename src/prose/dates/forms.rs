//! The forms in which people write days: in words, in figures, the day before the month.
//!
//! In: tokens, and where one begins. Out: what is written there, be it a day that exists or not, and where it ends. Not
//! here: what stands around it.

use super::tokens::{TokenKind, Tokens};
use crate::model::date::{MONTHS, WEEKDAYS};

/// A date as it is written; perhaps no calendar has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
    /// Further days of the month: the 3 and 4 of "November 2, 3 and 4".
    pub more: Vec<u32>,
    /// Whether it is a date only beside something that says so: 9/31 may be a fraction.
    pub unsure: bool,
}

/// The name of a month.
#[derive(Debug, Clone, Copy)]
struct MonthName {
    number: u32,
    short: bool,
    /// "may", "march": other words, too.
    doubtful: bool,
}

/// Words that lead on from one day to another.
pub(super) const THROUGH: [&str; 5] = ["to", "through", "thru", "until", "till"];
pub(super) const AND: [&str; 2] = ["and", "or"];

impl Tokens<'_> {
    /// "November 3", "Nov. 3rd, 2026", "November 2–4, 2026", "November 2, 3 and 4".
    pub(super) fn month_first(&self, at: usize) -> Option<(WrittenDate, usize)> {
        let (month, at) = self.month(at)?;
        let at = at + usize::from(self.is_word(at, &["the"]) && self.ordinal(at + 1).is_some());
        let (day, at) = self.day(at)?;
        let (more, year, at) = self.more_days(at);
        let written = WrittenDate { year, month: month.number, day, more, unsure: false };
        (!month.doubtful || year.is_some()).then_some((written, at))
    }

    /// "3 November 2026", "3rd of November", "3rd day of November, 2026", "3-Nov-26".
    pub(super) fn day_first(&self, at: usize) -> Option<(WrittenDate, usize)> {
        if !self.stands_free(at, "-") {
            return None;
        }
        if let Some((month, end)) = self.month(at + 2).filter(|_| self.glued_sign(at + 1) == Some('-')) {
            let year =
                self.figures(end + 1).filter(|_| self.glued_sign(end) == Some('-') && self.glued(end + 1))?;
            let day = self.figures(at).filter(|day| day.len() <= 2)?.parse().ok()?;
            let year = if year.len() == 2 { century(year)? } else { a_year(year)? };
            let written =
                WrittenDate { year: Some(year), month: month.number, day, more: Vec::new(), unsure: false };
            return Some((written, end + 2));
        }
        let ordinal = self.ordinal(at);
        let (day, mut at) = ordinal.or_else(|| self.day(at))?;
        if self.is_word(at, &["day"]) && self.is_word(at + 1, &["of"]) {
            at += 1;
        }
        let of = self.is_word(at, &["of"]);
        let (month, at) = self.month(at + usize::from(of))?;
        let (year, end) = self.year(at).map_or((None, at), |(year, end)| (Some(year), end));
        let said = of || ordinal.is_some();
        // "All 3 November 5 ballots": the month belongs to what follows.
        if !said && year.is_none() && (month.doubtful || self.day(at).is_some()) {
            return None;
        }
        let unsure = !said && year.is_none();
        Some((WrittenDate { year, month: month.number, day, more: Vec::new(), unsure }, end))
    }

    /// "11/3/2026", "11/3/26", "11-3-2026", "2026-11-03", "11/3".
    pub(super) fn in_figures(&self, at: usize) -> Option<(WrittenDate, usize)> {
        let first = self.figures(at)?;
        let sign = self.glued_sign(at + 1).filter(|sign| "/-.".contains(*sign))?;
        if !self.stands_free(at, if sign == '/' { "-" } else { "" }) {
            return None;
        }
        let part = |at: usize| self.figures(at).filter(|_| self.glued(at));
        let second = part(at + 2)?;
        let third = part(at + 4).filter(|_| self.glued_sign(at + 3) == Some(sign));
        let end = if third.is_some() { at + 5 } else { at + 3 };
        if self.goes_on(end, sign) {
            return None;
        }
        let lengths = (first.len(), second.len(), third.map_or(0, str::len));
        let (year, month, day, unsure) = match (sign, lengths) {
            ('/' | '-', (4, 1..=2, 1..=2)) => (Some(first), second, third?, false),
            ('/' | '-', (1..=2, 1..=2, 4)) | ('/', (1..=2, 1..=2, 2)) => (third, first, second, false),
            ('.', (1..=2, 1..=2, 4)) | ('-', (1..=2, 1..=2, 2)) => (third, first, second, true),
            ('/', (1..=2, 1..=2, 0)) if !self.is_word(end, &["day", "hour", "of", "price"]) => {
                (None, first, second, true)
            }
            _ => return None,
        };
        let year = year.map(|year| if year.len() == 2 { century(year) } else { a_year(year) });
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        let year = match year {
            Some(year) => Some(year?),
            None => None,
        };
        let may_be = (1..=12).contains(&month) && day <= 31 || year.is_some() && !unsure;
        may_be.then_some((WrittenDate { year, month, day, more: Vec::new(), unsure }, end))
    }

    /// A month that stands without a day: "August", "Aug.", "August 2021".
    pub(super) fn month_alone(&self, at: usize) -> Option<usize> {
        let (month, end) = self.month(at)?;
        let dotted = self.is_sign(end - 1, '.');
        let year = self.year(end).map(|(_, end)| end);
        (year.is_some() || dotted || !month.short && !month.doubtful).then_some(year.unwrap_or(end))
    }

    /// A word before a day and a year that is nearly the name of a month; that name.
    pub(super) fn misspelled_month(&self, at: usize) -> Option<(&'static str, usize)> {
        let word = self.word(at).filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase))?;
        if self.month(at).is_some() {
            return None;
        }
        let (_, after_day) = self.day(at + 1)?;
        let (_, end) = self.year(after_day)?;
        Some((nearly(word, &MONTHS)?, end))
    }

    /// The same with the day before it: "3 Novmber 2026".
    pub(super) fn misspelled_after_day(&self, at: usize) -> Option<(&'static str, usize)> {
        let (_, at) = self.ordinal(at).or_else(|| self.day(at))?;
        let at = at + usize::from(self.is_word(at, &["of"]));
        let word = self.word(at).filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase))?;
        if self.month(at).is_some() {
            return None;
        }
        let (_, end) = self.year(at + 1)?;
        Some((nearly(word, &MONTHS)?, end))
    }

    /// The word before a date that is nearly the name of a weekday: that name, and which word.
    pub(super) fn misspelled_weekday(&self, date: usize) -> Option<(&'static str, usize)> {
        let before = date.checked_sub(1)?;
        let at = if self.is_sign(before, ',') { before.checked_sub(1)? } else { before };
        let word = self.word(at).filter(|word| word.len() > 5 && word.starts_with(char::is_uppercase))?;
        if self.weekday(at).is_some() || word.to_ascii_lowercase().ends_with("days") {
            return None;
        }
        Some((nearly(word, &WEEKDAYS)?, at))
    }

    /// "Monday", "MON.", "Tues": its index from Monday, whether it is cut short, and where it ends with its dot.
    pub(super) fn weekday(&self, at: usize) -> Option<(usize, bool, usize)> {
        let word = self.word(at).filter(|word| begins_like(word, b"mtwfs"))?;
        if let Some(day) = WEEKDAYS.iter().position(|day| day.eq_ignore_ascii_case(word)) {
            return Some((day, false, at + 1));
        }
        let capital = word.starts_with(char::is_uppercase);
        let day = WEEKDAYS.iter().position(|day| {
            let cuts: &[usize] = match *day {
                "Tuesday" => &[3, 4],
                "Wednesday" => &[3],
                "Thursday" => &[3, 4, 5],
                _ => &[3],
            };
            cuts.contains(&word.len())
                && day.is_char_boundary(word.len())
                && day[..word.len()].eq_ignore_ascii_case(word)
        })?;
        let dotted = self.glued_sign(at + 1) == Some('.');
        // "The Desert Sun" is a paper.
        let name = day == 6
            && !dotted
            && at > 0
            && self.word(at - 1).is_some_and(|word| word.starts_with(char::is_uppercase));
        (capital && !name).then_some((day, true, at + 1 + usize::from(dotted)))
    }

    /// "3rd", "30th": the number, and where it ends.
    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let figures = self.figures(at).filter(|figures| figures.len() <= 3)?;
        let there = self.glued(at + 1) && self.is_word(at + 1, &["st", "nd", "rd", "th"]);
        there.then(|| Some((figures.parse().ok()?, at + 2)))?
    }

    fn month(&self, at: usize) -> Option<(MonthName, usize)> {
        let word = self.word(at).filter(|word| begins_like(word, b"jfmasond"))?;
        let capital = word.starts_with(char::is_uppercase);
        if let Some(number) = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word)) {
            let doubtful = !capital && ["may", "march", "august"].contains(&word);
            // "May." may end a sentence.
            return Some((MonthName { number: number as u32 + 1, short: false, doubtful }, at + 1));
        }
        let number = MONTHS.iter().position(|month| {
            word.is_ascii()
                && (word.len() == 3 && month[..3].eq_ignore_ascii_case(word)
                    || *month == "September" && word.eq_ignore_ascii_case("sept"))
        })?;
        let dot = usize::from(self.glued_sign(at + 1) == Some('.'));
        let month = MonthName { number: number as u32 + 1, short: true, doubtful: false };
        capital.then_some((month, at + 1 + dot))
    }

    /// One or two figures that are a whole number, with their "rd".
    fn day(&self, at: usize) -> Option<(u32, usize)> {
        let figures = self.figures(at).filter(|figures| figures.len() <= 2)?;
        let number = figures.parse().ok()?;
        if let Some(ordinal) = self.ordinal(at) {
            return Some(ordinal);
        }
        let part_of_more = match self.list.get(at + 1) {
            Some(next) if self.glued(at + 1) => match next.kind {
                TokenKind::Word | TokenKind::Figures | TokenKind::Sign('%') => true,
                TokenKind::Sign(':' | '.' | '/') => self.glued(at + 2) && self.figures(at + 2).is_some(),
                TokenKind::Sign(',') => {
                    self.glued(at + 2) && self.figures(at + 2).is_some_and(|figures| figures.len() != 4)
                }
                _ => false,
            },
            _ => false,
        };
        (!part_of_more).then_some((number, at + 1))
    }

    /// The days that follow a day, and the year behind them.
    fn more_days(&self, at: usize) -> (Vec<u32>, Option<i32>, usize) {
        let (mut more, mut at, mut sure) = (Vec::new(), at, (0, at));
        while more.len() < 31 {
            let comma = usize::from(self.is_sign(at, ','));
            let word = self.is_word(at + comma, &THROUGH) || self.is_word(at + comma, &AND);
            let through = comma == 0 && (self.is_sign(at, '-') || self.is_sign(at, '&'));
            if comma == 0 && !word && !through {
                break;
            }
            let next = at + comma + usize::from(word || through);
            let Some((day, end)) =
                self.day(next).filter(|(_, end)| !self.is_hour(*end) && self.month(*end).is_none())
            else {
                break;
            };
            more.push(day);
            at = end;
            if word || through {
                sure = (more.len(), at);
            }
        }
        if let Some((year, end)) = self.year(at) {
            return (more, Some(year), end);
        }
        // Without a year, "November 2, 12 counties" has one day.
        more.truncate(sure.0);
        match self.year(sure.1) {
            Some((year, end)) => (more, Some(year), end),
            None => (more, None, sure.1),
        }
    }

    /// "a.m.", "pm", "noon".
    fn is_hour(&self, at: usize) -> bool {
        self.is_word(at, &["am", "pm", "noon", "midnight", "o"])
            || self.is_word(at, &["a", "p"]) && self.glued_sign(at + 1) == Some('.')
    }

    /// ", 2026", " 2026", ", '26".
    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let comma = usize::from(self.is_sign(at, ','));
        let at = at + comma;
        if comma == 0 && self.glued(at) {
            return None;
        }
        let short = usize::from(self.is_sign(at, '\'') || self.is_sign(at, '’'));
        let figures = self.figures(at + short)?;
        let year = match short {
            1 if figures.len() == 2 && self.glued(at + 1) => century(figures)?,
            0 => a_year(figures)?,
            _ => return None,
        };
        let end = at + short + 1;
        (!self.goes_on(end, '/')).then_some((year, end))
    }

    /// Whether a number at a place is not the end of a longer one or of a word; `but` are signs that it may follow.
    fn stands_free(&self, at: usize, but: &str) -> bool {
        if !self.glued(at) {
            return true;
        }
        match self.list[at - 1].kind {
            TokenKind::Word | TokenKind::Figures => false,
            TokenKind::Sign('.') => self.word(at.wrapping_sub(2)).is_some(),
            TokenKind::Sign(sign) => but.contains(sign) || !"/-:+#$§%=".contains(sign),
            TokenKind::Wall => true,
        }
    }

    /// Whether what ended at a place was a part of something longer.
    fn goes_on(&self, at: usize, sign: char) -> bool {
        match self.list.get(at) {
            Some(next) if self.glued(at) => match next.kind {
                TokenKind::Word | TokenKind::Figures | TokenKind::Sign('%') => true,
                TokenKind::Sign(next) if next == sign || next == '.' => {
                    self.glued(at + 1) && self.figures(at + 1).is_some()
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether a word is long enough to be the name of a day or month, and begins with one of some letters.
fn begins_like(word: &str, letters: &[u8]) -> bool {
    word.len() > 2 && letters.contains(&word.as_bytes()[0].to_ascii_lowercase())
}

fn a_year(figures: &str) -> Option<i32> {
    let year = figures.parse().ok()?;
    (figures.len() == 4 && (1900..2200).contains(&year)).then_some(year)
}

fn century(figures: &str) -> Option<i32> {
    Some(2000 + figures.parse::<i32>().ok()?)
}

/// The one of some names that a word is a slip of the pen for.
pub(super) fn nearly(word: &str, names: &[&'static str]) -> Option<&'static str> {
    let word = word.to_lowercase();
    names.iter().copied().find(|name| {
        let most = match name.len() {
            ..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        name.len().abs_diff(word.len()) <= most
            && strsim::damerau_levenshtein(&word, &name.to_lowercase()) <= most
    })
}
