//! Which memos are found by which words.
//!
//! In: what somebody typed; a memo. Out: whether it is found, and where its words stand. Not here: reading memos,
//! printing.
//!
//! A memo is found if it has all the words, each in any of its forms ("county" finds "counties"). Words in
//! quotation marks have to follow one another, in the text, the title, the date or the number. What people write apart,
//! with hyphens or as one word is the same: vote by mail, vote-by-mail; drop box, drop-box, dropbox. The page's script,
//! `search.js`, asks pagefind for each wording by itself and keeps what all words and phrases find.

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    SearchEntry,
    normal::normal,
    wordings::{TypedWord, Wording, apart, together},
    words::WordForms,
};
use crate::{model::Number, prose::five_figures};

/// What somebody looks for.
pub struct Query {
    /// The words, each once.
    asked: Vec<String>,
    /// What a memo has all of: the wordings of a word or phrase, any of which will do, each as the places of its words
    /// among those that are asked for.
    terms: Vec<Vec<Vec<usize>>>,
    /// The numbers of memos that were typed.
    numbers: Vec<Number>,
    words: WordForms,
    /// Which of the words a piece of text is, for the pieces that were met: texts say the same again and again.
    met: RefCell<BTreeMap<String, Vec<usize>>>,
}

/// What was found in a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchMatch {
    /// The pieces of the memo's text between spaces, each with whether it was looked for.
    pub text: Vec<(String, bool)>,
    /// How many of them stand above the text: the date, the title, TO, FROM and RE.
    pub above: usize,
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
        let typed = normal(typed);
        let mut query = Query {
            asked: Vec::new(),
            terms: Vec::new(),
            numbers: five_figures(&typed).filter_map(|at| typed[at].parse().ok()).collect(),
            words: WordForms::default(),
            met: RefCell::new(BTreeMap::new()),
        };
        // What stands between the first and second, third and fourth, ... mark is a phrase.
        for (at, piece) in typed.split('"').enumerate() {
            let ends = |c: char| c.is_whitespace() || matches!(c, '–' | '—');
            let words: Vec<TypedWord> = piece.split(ends).filter_map(TypedWord::new).collect();
            let terms = if at % 2 == 1 { vec![together(&words)] } else { apart(&words) };
            for wordings in terms.into_iter().filter(|wordings| !wordings.is_empty()) {
                let term = wordings.iter().map(|wording| query.places(wording)).collect();
                query.terms.push(term);
            }
        }
        query
    }

    /// The places of words among those that are asked for.
    fn places(&mut self, wording: &Wording) -> Vec<usize> {
        let place = |word: &String| {
            let word = self.words.asked(word);
            self.asked.iter().position(|known| *known == word).unwrap_or_else(|| {
                self.asked.push(word);
                self.asked.len() - 1
            })
        };
        wording.iter().map(place).collect()
    }

    /// Nothing is looked for, so every memo is found.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a memo's number was typed: it comes before others that were found.
    ///
    /// ```
    /// use ccrov::search::query::Query;
    /// let query = Query::new("CC/ROV #21144");
    /// assert!(query.asks_for(Some("21144")) && !query.asks_for(Some("21145")) && !query.asks_for(None));
    /// ```
    pub fn asks_for(&self, number: Option<&str>) -> bool {
        number.is_some_and(|number| self.numbers.iter().any(|asked| asked.as_str() == number))
    }

    /// Looks through a memo.
    ///
    /// ```
    /// use ccrov::search::{SearchEntry, query::Query};
    /// let memo = SearchEntry {
    ///     page: "ccrov/21144.html",
    ///     number: Some("21144"),
    ///     title: "VoteCal: Release",
    ///     date: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
    ///     topic: Some("VoteCal"),
    ///     status: "issued",
    ///     superseded: None,
    ///     opening: "August 31, 2021",
    ///     text: "Counties take part in the mock election.",
    /// };
    /// let found = |typed: &str| Query::new(typed).found(&memo).is_some();
    /// assert!(found("county 21144 \"mock elections\""));
    /// assert!(!found("\"election mock\""));
    /// assert!(!found("count"));
    /// ```
    pub fn found(&self, memo: &SearchEntry<'_>) -> Option<SearchMatch> {
        let content = memo.content();
        let text = self.words_of(&content);
        let fields: Vec<_> = memo.fields().map(|value| self.words_of(&value)).collect();
        let mut marked = vec![false; text.len()];
        for term in &self.terms {
            let mut is_found = false;
            for wording in term {
                let found = places(wording, &text);
                is_found |=
                    !found.is_empty() || fields.iter().any(|field| !places(wording, field).is_empty());
                for place in found {
                    marked[place..place + wording.len()].fill(true);
                }
            }
            if !is_found {
                return None;
            }
        }
        let text = content.split_whitespace().map(str::to_owned).zip(marked).collect();
        Some(SearchMatch { text, above: memo.above() })
    }

    /// For each piece of a text, which of the words it is.
    fn words_of(&self, text: &str) -> Vec<Vec<usize>> {
        let mut met = self.met.borrow_mut();
        let of = |piece: &str| match met.get(piece) {
            Some(words) => words.clone(),
            None => {
                let forms = self.words.of(piece);
                let words = (0..self.asked.len()).filter(|word| forms.contains(&self.asked[*word])).collect();
                met.entry(piece.to_owned()).or_insert(words).clone()
            }
        };
        text.split_whitespace().map(of).collect()
    }
}

/// Where a wording begins.
fn places(phrase: &[usize], text: &[Vec<usize>]) -> Vec<usize> {
    let same = |window: &[Vec<usize>]| window.iter().zip(phrase).all(|(words, word)| words.contains(word));
    let windows = text.windows(phrase.len()).enumerate();
    windows.filter(|(_, window)| same(window)).map(|(at, _)| at).collect()
}

impl SearchMatch {
    /// The stretch of the text in which most of what was looked for stands: its words, and whether text stands
    /// before and after it. It is one of what is printed above the text only if nothing stands in the text.
    pub fn excerpt(&self) -> (&[(String, bool)], bool, bool) {
        let (length, before) = EXCERPT;
        let marks = self.text.iter().enumerate().filter(|(_, piece)| piece.1).map(|(at, _)| at);
        let mut marks: Vec<usize> = marks.collect();
        if marks.last().is_some_and(|last| *last >= self.above) {
            marks.retain(|at| *at >= self.above);
        }
        let within = |start: &usize| {
            let ends = marks.partition_point(|at| *at < start + length - before);
            ends - marks.partition_point(|at| at < start)
        };
        // Of several that have as many, the first.
        let start = marks.iter().rev().max_by_key(|start| within(start)).copied();
        // What stands above the text is not what leads to it.
        let least = start.map_or(self.above, |start| if start < self.above { 0 } else { self.above });
        let first = start.unwrap_or(0).saturating_sub(before).max(least);
        let end = (first + length).min(self.text.len());
        let start = first.min(end.saturating_sub(length).max(least));
        (&self.text[start..end], start > least, end < self.text.len())
    }
}
