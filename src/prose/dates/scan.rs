//! A text -> what it says of days: weekdays, dates, E-numbers, counted days.
//!
//! In: a text. Out: each with its range, in their order, and what stands between them. Not here: whether they are right.

use std::ops::Range;

use super::{
    forms::{AND, THROUGH, WrittenDate},
    tokens::{Passes, Sight, Tokens},
};

/// Something that a text says of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// What it says.
    pub what: What,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Which tokens it is.
    pub tokens: Range<usize>,
}

/// What is said of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A weekday, from 0 for Monday. One that is cut short is one beside a date only: "Sun" may be a star.
    Weekday {
        /// Which.
        day: usize,
        /// Whether it is cut short.
        short: bool,
    },
    /// A date, with or without a year.
    Date(WrittenDate),
    /// A word beside a day and a year that is nearly this month's name.
    Misspelled(&'static str),
    /// A month without a day.
    Month,
    /// Days from an election: -60 of "E-60", and of "60 days before the election".
    ENumber {
        /// How many; before it, if less than none.
        days: i64,
        /// Whether it is said in words.
        in_words: bool,
    },
    /// "60-Day", "28th day", "the 30th".
    Counted,
}

/// A text with what it says of days.
#[derive(Debug)]
pub(super) struct DatedText<'t> {
    pub tokens: Tokens<'t>,
    pub said: Vec<Said>,
}

/// Words before a number that is no date and no E-number: "Exhibit E-2", "Section 9/31".
const NO_DAYS: [&str; 26] = [
    "section",
    "sections",
    "sec",
    "chapter",
    "division",
    "article",
    "part",
    "rule",
    "form",
    "version",
    "v",
    "no",
    "number",
    "exhibit",
    "page",
    "room",
    "suite",
    "item",
    "proposition",
    "measure",
    "attachment",
    "appendix",
    "step",
    "ratio",
    "route",
    "lot",
];

impl<'t> DatedText<'t> {
    /// What a text says, but for the paragraphs that are to be passed over.
    pub fn of(text: &'t str, sight: Sight, passes: &Passes<'_>) -> Self {
        let tokens = Tokens::of(text, sight, passes);
        let mut said = Vec::new();
        let mut at = 0;
        while at < tokens.list.len() {
            let found = what(&tokens, at).filter(|(what, _)| {
                let plain = !matches!(what, What::Date(_) | What::ENumber { .. });
                plain || !follows_no_days(&tokens, at) || tokens.word(at).is_some_and(|word| word.len() > 1)
            });
            let end = found.as_ref().map_or(at + 1, |(_, end)| *end);
            if let Some((what, end)) = found {
                said.push(Said { what, range: tokens.range(&(at..end)), tokens: at..end });
            }
            at = end;
        }
        DatedText { tokens, said }
    }

    /// What stands between one thing that is said and the next, its words in small letters: ", the". Nothing, if it is
    /// long, or if they do not stand in one paragraph, item or row.
    pub fn between(&self, first: usize) -> Option<String> {
        let (first, next) = (self.said.get(first)?, self.said.get(first + 1)?);
        self.words(first.tokens.end..next.tokens.start)
    }

    /// The date that is said at a place among the others, if it is one.
    pub fn date(&self, at: usize) -> Option<&WrittenDate> {
        match &self.said.get(at)?.what {
            What::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Some tokens as words and signs.
    fn words(&self, tokens: Range<usize>) -> Option<String> {
        const MOST: usize = 6;
        if tokens.len() > MOST || tokens.clone().any(|at| self.tokens.ends(at)) {
            return None;
        }
        let mut words = String::new();
        for at in tokens {
            if !words.is_empty() {
                words.push(' ');
            }
            let range = &self.tokens.list[at].range;
            match self.tokens.is_sign(at, '-') {
                true => words.push('-'),
                false => words.push_str(&self.tokens.text[range.clone()].to_lowercase()),
            }
        }
        Some(words)
    }

    /// The word before a token, in small letters; empty if there is none.
    pub fn word_before(&self, at: usize) -> String {
        at.checked_sub(1).and_then(|at| self.tokens.word(at)).unwrap_or_default().to_lowercase()
    }
}

/// Whether words join one day to another: "and", ", or", "to", a dash.
pub(super) fn joins(between: &str) -> bool {
    let word = between.strip_prefix(", ").unwrap_or(between);
    matches!(word, "," | "-" | "&" | "/") || AND.contains(&word) || THROUGH.contains(&word)
}

fn follows_no_days(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let before = if tokens.is_sign(before, '.') { at.saturating_sub(2) } else { before };
    tokens.is_word(before, &NO_DAYS) || tokens.is_sign(before, '#') || tokens.is_sign(before, '§')
}

/// What begins at a token, and where it ends.
fn what(tokens: &Tokens<'_>, at: usize) -> Option<(What, usize)> {
    if tokens.figures(at).is_some() {
        let date = tokens.in_figures(at).or_else(|| tokens.day_first(at));
        return date
            .map(|(written, end)| (What::Date(written), end))
            .or_else(|| tokens.misspelled_after_day(at).map(|(month, end)| (What::Misspelled(month), end)))
            .or_else(|| before_election(tokens, at))
            .or_else(|| counted(tokens, at).map(|end| (What::Counted, end)));
    }
    let word = tokens.word(at)?;
    if let Some((day, short, end)) = tokens.weekday(at) {
        return Some((What::Weekday { day, short }, end));
    }
    if word == "E" {
        return e_number(tokens, at);
    }
    tokens
        .month_first(at)
        .map(|(written, end)| (What::Date(written), end))
        .or_else(|| tokens.month_alone(at).map(|end| (What::Month, end)))
        .or_else(|| tokens.misspelled_month(at).map(|(month, end)| (What::Misspelled(month), end)))
}

/// "E-60", "E+2".
fn e_number(tokens: &Tokens<'_>, at: usize) -> Option<(What, usize)> {
    if tokens.glued(at) && tokens.is_sign(at - 1, '-') {
        return None;
    }
    let before = tokens.is_sign(at + 1, '-');
    let figures = tokens.figures(at + 2).filter(|_| before || tokens.is_sign(at + 1, '+'))?;
    // "E - 60", but no dash between two thoughts.
    let alike = tokens.glued(at + 1) == tokens.glued(at + 2);
    let longer = tokens.glued(at + 3) && (tokens.word(at + 3).is_some() || tokens.is_sign(at + 3, '%'));
    let days: i64 = figures.parse().ok().filter(|_| alike && !longer && figures.len() <= 4)?;
    Some((What::ENumber { days: if before { -days } else { days }, in_words: false }, at + 3))
}

/// "60 days before the election", "the 28th day after the election".
fn before_election(tokens: &Tokens<'_>, at: usize) -> Option<(What, usize)> {
    let (days, next) = match tokens.ordinal(at) {
        Some((days, next)) => (days, next),
        None => (tokens.figures(at)?.parse().ok()?, at + 1),
    };
    let next = next + usize::from(tokens.is_word(next, &["calendar"]));
    let before = tokens.is_word(next + 1, &["before"]);
    let there = tokens.is_word(next, &["day", "days"])
        && (before || tokens.is_word(next + 1, &["after"]))
        && tokens.is_word(next + 2, &["the"])
        && tokens.is_word(next + 3, &["election"]);
    let days = i64::from(days);
    there.then_some((What::ENumber { days: if before { -days } else { days }, in_words: true }, next + 4))
}

/// "60-Day", "28th day", "30 calendar days", "the 30th".
fn counted(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let ordinal = tokens.ordinal(at).map(|(_, end)| end);
    if tokens.glued(at) && !tokens.is_sign(at - 1, '(') {
        return None;
    }
    let end = ordinal.unwrap_or(at + 1);
    let next = end + usize::from(tokens.is_sign(end, '-'));
    let next = next + usize::from(tokens.is_word(next, &["calendar", "working", "business"]));
    if tokens.is_word(next, &["day", "days"]) {
        return Some(next + 1);
    }
    ordinal.filter(|_| at > 0 && tokens.is_word(at - 1, &["the"]))
}
