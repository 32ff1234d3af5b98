//! Made memos and queries, and what a look through every memo finds.
//!
//! Alike for the same seed. Words are few, so that phrases are met; they are written as people and PDFs write them.

use std::collections::BTreeMap;

use ccrov::search::{self, Output, SearchEntry, query::Query};
use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value, json};

/// Words as they stand in memos and are typed.
const WORDS: [&str; 48] = [
    "vote",
    "votes",
    "Voting",
    "by",
    "mail",
    "vote-by-mail",
    "votebymail",
    "drop",
    "box",
    "Drop-Box",
    "dropbox",
    "county",
    "counties",
    "COUNTIES",
    "county’s",
    "office",
    "o\u{fb03}ce",
    "regis\u{ad}tration",
    "José",
    "Jose\u{301}",
    "jose",
    "“mock",
    "election”",
    "elections",
    "8/31/2021",
    "21001",
    "#19003",
    "E-60",
    "e60",
    "VoteCal",
    "votecal@sos.ca.gov",
    "sos.ca.gov",
    "July—August",
    "1–2",
    "a",
    "Z",
    "§",
    "--",
    "isn't",
    "500\u{a0}forms",
    "EIMS_sync",
    "v2.10.3",
    "2103(a)",
    "İstanbul",
    "ΣΊΣΥΦΟΣ",
    "straße",
    "constructor",
    "__proto__",
];
/// What is typed only.
const TYPED: [&str; 12] = [
    "voter",
    "voted",
    "mailing",
    "countywide",
    "registrations",
    "electing",
    "zebra",
    "21",
    "19003",
    "\u{2011}",
    "\"",
    "boxes",
];
const TOPICS: [Option<&str>; 4] = [Some("VoteCal"), Some("Motor  Voter \"NVRA\""), Some("Nuñez"), None];
const STATUS: [&str; 3] = ["issued", "withdrawn", "archived"];

/// Numbers that look as if by chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    fn words(&mut self, count: usize) -> String {
        let gaps = [" ", " ", " ", "\n", "\n\n", "\u{a0}", ", ", ". "];
        (0..count).flat_map(|_| [self.of(&WORDS), self.of(&gaps)]).collect()
    }
}

#[derive(Debug)]
pub struct Memo {
    page: String,
    number: Option<String>,
    title: String,
    date: NaiveDate,
    topic: Option<&'static str>,
    status: &'static str,
    opening: String,
    text: String,
}

/// Memos of three years, of which some are long, some have no text, and some no number.
pub fn memos(seed: u64) -> Vec<Memo> {
    let mut chance = Chance(seed);
    let memo = |at: usize| {
        let date = NaiveDate::from_ymd_opt(
            2019 + (at % 3) as i32,
            1 + chance.below(12) as u32,
            1 + chance.below(3) as u32,
        );
        let year = date.unwrap().year() - 2000;
        let length = match chance.below(8) {
            0 => 0,
            1 => 450 + chance.below(1_300),
            _ => chance.below(60),
        };
        let above = if chance.below(4) == 0 { 0 } else { chance.below(12) };
        let title = 1 + chance.below(5);
        Memo {
            page: format!("ccrov/20{year}/{at}.html"),
            number: (chance.below(6) > 0).then(|| format!("{year}{at:03}")),
            title: chance.words(title),
            date: date.unwrap(),
            topic: chance.of(&TOPICS),
            status: chance.of(&STATUS),
            opening: chance.words(above),
            text: chance.words(length),
        }
    };
    (0..60).map(memo).collect()
}

impl Memo {
    fn entry(&self) -> SearchEntry<'_> {
        SearchEntry {
            page: &self.page,
            number: self.number.as_deref(),
            title: &self.title,
            date: self.date,
            topic: self.topic,
            status: self.status,
            superseded: None,
            opening: &self.opening,
            text: &self.text,
        }
    }
}

/// The files of the search.
pub fn files(memos: &[Memo]) -> Vec<Output> {
    let mut years: BTreeMap<i32, Vec<SearchEntry<'_>>> = BTreeMap::new();
    memos.iter().for_each(|memo| years.entry(memo.date.year()).or_default().push(memo.entry()));
    let parts: Vec<Vec<Output>> = years.iter().map(|(year, memos)| search::part(*year, memos)).collect();
    let places = |files: &Vec<Output>| {
        let places = files.iter().filter(|(path, _)| search::is_places(path));
        places.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect()
    };
    let words = search::words(&parts.iter().map(places).collect::<Vec<_>>());
    parts.into_iter().flatten().chain(words).collect()
}

#[derive(Debug)]
pub struct Asked {
    q: String,
    year: Option<i32>,
    topic: Option<&'static str>,
    status: Option<&'static str>,
}

/// What is asked: words, phrases, both; what is written apart; choices.
pub fn queries(seed: u64) -> Vec<Asked> {
    let mut chance = Chance(seed + 1_000);
    let query = |_| {
        let mut pieces = Vec::new();
        for _ in 0..chance.below(4) {
            let words: Vec<&str> = (0..1 + chance.below(3)).map(|_| chance.of(&WORDS)).collect();
            pieces.push(match chance.below(5) {
                0 => chance.of(&TYPED).to_owned(),
                1 => format!("\"{}\"", words.join(" ")),
                2 => words.join("-"),
                _ => words[0].to_owned(),
            });
        }
        let some = chance.below(3) == 0;
        Asked {
            q: pieces.join(" "),
            year: (some && chance.below(2) == 0).then(|| 2018 + chance.below(4) as i32),
            topic: (some && chance.below(2) == 0).then(|| chance.of(&TOPICS)).flatten(),
            status: (some && chance.below(2) == 0).then(|| chance.of(&STATUS)),
        }
    };
    (0..250).map(query).collect()
}

impl Asked {
    pub fn json(&self) -> Value {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        // As the choice is read from the page.
        let topic = self.topic.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        json!({ "q": self.q, "year": year, "topic": topic, "status": self.status.unwrap_or_default() })
    }

    /// What is found, as the script prints it.
    pub fn found(&self, memos: &[Memo]) -> Value {
        let query = Query::new(&self.q);
        let chosen = memos.iter().filter(|memo| {
            self.year.is_none_or(|year| memo.date.year() == year)
                && self.topic.is_none_or(|topic| memo.topic == Some(topic))
                && self.status.is_none_or(|status| memo.status == status)
        });
        let mut hits: Vec<_> = chosen.filter_map(|memo| Some((memo, query.found(&memo.entry())?))).collect();
        let place = |memo: &Memo| (query.asks_for(memo.number.as_deref()), memo.entry().place());
        hits.sort_by_key(|(hit, _)| std::cmp::Reverse(place(hit)));
        let shown = hits.iter().map(|(memo, found)| {
            let (words, before, after) = found.excerpt();
            json!({ "page": memo.page, "words": words, "before": before, "after": after })
        });
        shown.collect()
    }
}

/// Words of the shipped memos, and made ones: beginnings with every ending that a stemmer knows.
pub fn words() -> Vec<String> {
    const BEGIN: [&str; 24] = [
        "", "a", "ad", "eg", "even", "cann", "inn", "out", "herr", "y", "dy", "by", "proc", "exc", "succ",
        "past", "organ", "univers", "gener", "hop", "hopp", "rat", "ñ", "sky",
    ];
    const END: [&str; 66] = [
        "", "s", "es", "ss", "us", "sses", "ied", "ies", "eed", "eedly", "ed", "edly", "ing", "ingly", "y",
        "e", "l", "ll", "tional", "enci", "anci", "abli", "entli", "izer", "ization", "ational", "ation",
        "ator", "alism", "aliti", "alli", "fulness", "ousli", "ousness", "iveness", "iviti", "biliti", "bli",
        "ogi", "logi", "ogist", "fulli", "lessli", "li", "tli", "icate", "iciti", "ical", "alize", "ative",
        "ful", "ness", "al", "ance", "ence", "er", "ic", "able", "ement", "ment", "ent", "ism", "ate", "iti",
        "sion", "ion",
    ];
    const LETTERS: [&str; 16] =
        ["a", "e", "i", "o", "u", "y", "s", "t", "l", "n", "w", "b", "b", "ing", "é", "1"];
    let mut chance = Chance(7);
    let mut words: Vec<String> = Vec::new();
    for folder in ["memos", "docs"] {
        for name in crate::common::files(&crate::shipped().join(folder)) {
            let text = std::fs::read_to_string(crate::shipped().join(folder).join(name)).unwrap_or_default();
            let text = text.to_lowercase();
            words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
    }
    for begin in BEGIN {
        words.extend(END.iter().flat_map(|one| END.map(|two| format!("{begin}{one}{two}"))));
    }
    for _ in 0..60_000 {
        let begin: String = (0..1 + chance.below(5)).map(|_| chance.of(&LETTERS)).collect();
        words.push(format!("{begin}{}", chance.of(&END)));
    }
    words.retain(|word| !word.is_empty());
    words.sort();
    words.dedup();
    words
}
