//! The memos of a year -> the files that a browser searches in and shows.
//!
//! In: memos in their order. Out: two kinds of files. *Places* say for a word in which memos of the year it stands, and
//! where in them; a word's line is in the file that [`part_of`] names. *Memos* hold what is shown of four memos: a file
//! for what is said of each and its first [`PIECE`] words, one for the next words of those that are longer, and so on.
//! Each file begins with its year's head, so that a browser sees when a file is of another day than what it
//! counts by. Not here: the words of all years, which are `merge`'s.

use std::collections::BTreeMap;

use super::{Output, SearchEntry, ascending::ascending, normal::normal, output, words::WordForms};
use crate::{model::date, output::digest};

/// So many memos are in a file.
const MEMOS: usize = 4;
/// So many words of each are in a file.
const PIECE: usize = 500;

/// Among how many files the words of so many memos are divided. It doubles with them, so that it seldom changes.
pub(super) fn parts(memos: usize) -> usize {
    1 << (memos / 10).max(1).ilog2()
}

/// In which of so many files a word stands (FNV-1a). `index.js` does the same.
pub(super) fn part_of(word: &str, parts: usize) -> usize {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    word.bytes().fold(2_166_136_261, mix) as usize % parts
}

/// The first line of a year's files: how many memos it has, and which in which order.
pub(super) fn head(year: i32, memos: &[SearchEntry<'_>]) -> String {
    let pages: Vec<&str> = memos.iter().map(|memo| memo.page).collect();
    format!("{year}\t{}\t{}", memos.len(), &digest(pages.join("\n").as_bytes())[..8])
}

/// The files of a year.
pub(super) fn files(year: i32, memos: &[SearchEntry<'_>]) -> Vec<Output> {
    let head = head(year, memos);
    let mut words = YearWords::default();
    let mut files = Vec::new();
    for (number, group) in memos.chunks(MEMOS).enumerate() {
        let contents: Vec<String> = group.iter().map(SearchEntry::content).collect();
        let contents: Vec<Vec<&str>> =
            contents.iter().map(|text| text.split_whitespace().collect()).collect();
        for (at, (memo, content)) in group.iter().zip(&contents).enumerate() {
            words.add(number * MEMOS + at, memo, content);
        }
        let longest = contents.iter().map(Vec::len).max().unwrap_or_default();
        for piece in 0..longest.div_ceil(PIECE).max(1) {
            let line = |(memo, content): (&SearchEntry<'_>, &Vec<&str>)| {
                let words = content.chunks(PIECE).nth(piece).unwrap_or_default().join(" ");
                if piece == 0 { format!("{}\t{words}", memo.about(content.len())) } else { words }
            };
            let lines: Vec<String> = group.iter().zip(&contents).map(line).collect();
            let name = format!("search/{year}/memos-{number}-{piece}.txt");
            files.push(output(&name, format!("{head}\n{}\n", lines.join("\n"))));
        }
    }
    files.extend(words.files(year, &head, parts(memos.len())));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

impl SearchEntry<'_> {
    /// The words that are searched and shown around what is found.
    pub(super) fn content(&self) -> String {
        let words = match self.opening.trim().is_empty() && self.text.trim().is_empty() {
            true => normal(self.title),
            false => format!("{}\n{}", normal(self.opening), normal(self.text)),
        };
        dashed(&words)
    }

    /// How many of these words stand above the text.
    pub(super) fn above(&self) -> usize {
        dashed(&normal(self.opening)).split_whitespace().count()
    }

    /// What is searched besides.
    pub(super) fn fields(&self) -> impl Iterator<Item = String> {
        let number = self.number.map(str::to_owned);
        [normal(self.title), date::prose(self.date)].into_iter().chain(number)
    }

    /// What is no word of it, but is asked for: what can be chosen on the page, and its number.
    fn choices(&self) -> impl Iterator<Item = String> {
        let number = self.number.map(|number| format!("#{number}"));
        let topic = self.topic.map(|topic| format!("topic:{}", one_line(topic)));
        [Some(format!("status:{}", self.status)), topic, number].into_iter().flatten()
    }

    /// What the page says of it.
    fn about(&self, words: usize) -> String {
        let counts = [self.above().to_string(), words.to_string()];
        let said = [self.page, self.number.unwrap_or_default(), self.title, &date::prose(self.date)];
        let state = [self.topic.unwrap_or_default(), self.status, self.superseded.unwrap_or_default()];
        let all = counts.iter().map(String::as_str).chain(said).chain(state);
        all.map(one_line).collect::<Vec<_>>().join("\t")
    }
}

/// A dash ends a word: "July 4–August 1" has the word "August".
fn dashed(words: &str) -> String {
    words.replace('–', "– ").replace('—', "— ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the words of a year stand: word, memo, places.
#[derive(Default)]
struct YearWords {
    places: BTreeMap<String, BTreeMap<usize, Vec<usize>>>,
    forms: BTreeMap<String, Vec<String>>,
    words: WordForms,
}

impl YearWords {
    fn add(&mut self, memo: usize, entry: &SearchEntry<'_>, content: &[&str]) {
        let mut at = 0;
        self.add_text(memo, content.iter().copied(), &mut at);
        for field in entry.fields() {
            // No phrase goes from one into the next.
            at += 1;
            self.add_text(memo, field.split_whitespace(), &mut at);
        }
        for choice in entry.choices() {
            self.places.entry(choice).or_default().entry(memo).or_default();
        }
    }

    fn add_text<'a>(&mut self, memo: usize, pieces: impl Iterator<Item = &'a str>, at: &mut usize) {
        for piece in pieces {
            if !self.forms.contains_key(piece) {
                let mut words = self.words.of(piece);
                words.sort();
                words.dedup();
                self.forms.insert(piece.to_owned(), words);
            }
            for word in &self.forms[piece] {
                let memos = match self.places.get_mut(word) {
                    Some(memos) => memos,
                    None => self.places.entry(word.clone()).or_default(),
                };
                memos.entry(memo).or_default().push(*at);
            }
            *at += 1;
        }
    }

    fn files(&self, year: i32, head: &str, parts: usize) -> Vec<Output> {
        let mut texts = vec![format!("{head}\n"); parts];
        for (word, memos) in &self.places {
            let places: Vec<String> = memos.values().map(|at| ascending(at.iter().copied())).collect();
            let line = format!("{word}\t{}\t{}\n", ascending(memos.keys().copied()), places.join(" "));
            texts[part_of(word, parts)].push_str(&line);
        }
        let named = texts.into_iter().enumerate();
        named.map(|(part, text)| output(&format!("search/{year}/places-{part}.txt"), text)).collect()
    }
}
