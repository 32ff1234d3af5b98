//! Which memos are found by which words.
//!
//! In: what somebody typed; a memo. Out: whether it is found, and where its words stand. Not here: reading memos,
//! printing.
//!
//! A memo is found if it has all the words, each in any of its forms ("county" finds "counties"). Words in
//! quotation marks have to follow one another, in the text, the title, the date or the number. The page's script,
//! `search.js`, asks pagefind for each word and phrase by itself and keeps what all of them find.

use super::{Searched, words::Words};

/// What somebody looks for.
pub struct Query {
    /// Phrases of one or several words.
    phrases: Vec<Vec<String>>,
    words: Words,
}

/// What was found in a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The pieces of the memo's text between spaces, each with whether it was looked for.
    pub text: Vec<(String, bool)>,
}

/// How many words an excerpt has at most, and how many of them stand before the first that was found.
const EXCERPT: (usize, usize) = (30, 6);

impl Query {
    /// Reads what was typed; what has no letter and no figure is left out.
    ///
    /// ```
    /// use ccrov::search::query::Query;
    /// assert!(!Query::new("votecal \"mock election\"").is_empty());
    /// assert!(Query::new(" \"?\" <> ").is_empty());
    /// ```
    pub fn new(typed: &str) -> Query {
        let words = Words::new();
        // What stands between the first and second, third and fourth, ... mark is a phrase.
        let pieces = typed.split(['"', '“', '”']).enumerate();
        let phrases = pieces.flat_map(|(at, piece)| match at % 2 {
            1 => vec![piece.split_whitespace().filter_map(|word| words.asked(word)).collect::<Vec<_>>()],
            _ => piece.split_whitespace().map(|word| words.asked(word).into_iter().collect()).collect(),
        });
        let phrases = phrases.filter(|phrase| !phrase.is_empty()).collect();
        Query { phrases, words }
    }

    /// Nothing is looked for, so every memo is found.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Looks through a memo.
    ///
    /// ```
    /// use ccrov::search::{Searched, query::Query};
    /// let memo = Searched {
    ///     page: "ccrov/21144.html",
    ///     number: Some("21144"),
    ///     title: "VoteCal: Release",
    ///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
    ///     topic: Some("VoteCal"),
    ///     status: "issued",
    ///     text: "Counties take part in the mock election.",
    /// };
    /// let found = |typed: &str| Query::new(typed).found(&memo).is_some();
    /// assert!(found("county 21144 \"mock elections\""));
    /// assert!(!found("\"election mock\""));
    /// assert!(!found("count"));
    /// ```
    pub fn found(&self, memo: &Searched<'_>) -> Option<Found> {
        let content = memo.content();
        let content: Vec<&str> = content.split_whitespace().collect();
        let of = |pieces: &[&str]| pieces.iter().map(|piece| self.words.of(piece)).collect::<Vec<_>>();
        let text = of(&content);
        let fields: Vec<_> =
            memo.fields().map(|(_, value)| of(&value.split_whitespace().collect::<Vec<_>>())).collect();
        let mut marked = vec![false; text.len()];
        for phrase in &self.phrases {
            let places = places(phrase, &text);
            if places.is_empty() && fields.iter().all(|field| self::places(phrase, field).is_empty()) {
                return None;
            }
            for place in places {
                marked[place..place + phrase.len()].fill(true);
            }
        }
        let text = content.iter().map(|piece| (*piece).to_owned()).zip(marked).collect();
        Some(Found { text })
    }
}

/// Where a phrase begins.
fn places(phrase: &[String], text: &[Vec<String>]) -> Vec<usize> {
    let windows = text.windows(phrase.len()).enumerate();
    let same = |window: &[Vec<String>]| window.iter().zip(phrase).all(|(words, word)| words.contains(word));
    windows.filter(|(_, window)| same(window)).map(|(at, _)| at).collect()
}

impl Found {
    /// The stretch of the text in which most of what was looked for stands: its words, and whether text stands
    /// before and after it.
    pub fn excerpt(&self) -> (&[(String, bool)], bool, bool) {
        let (length, before) = EXCERPT;
        let marks: Vec<usize> = self.text.iter().enumerate().filter(|(_, piece)| piece.1).map(|(at, _)| at).collect();
        let within = |start: &usize| marks.iter().filter(|at| (*start..start + length - before).contains(*at)).count();
        // Of several that have as many, the first.
        let start = marks.iter().rev().max_by_key(|start| within(start)).copied().unwrap_or(0);
        let end = (start.saturating_sub(before) + length).min(self.text.len());
        let start = start.saturating_sub(before).min(end.saturating_sub(length));
        (&self.text[start..end], start > 0, end < self.text.len())
    }
}
