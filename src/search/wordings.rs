//! In which ways the same can be written: apart, with hyphens, as one word.
//!
//! In: words as they were typed. Out: for each word or phrase its wordings, any of which will do. Not here: forms of a
//! word ("county", "counties"). `search.js` does the same.

use super::words::letters;

/// Words that follow one another, in small letters.
pub(super) type Wording = Vec<String>;

/// How many words of a phrase can be written as one, and how many words it may have to be looked for in that way.
const JOINED: (usize, usize) = (4, 8);

/// A word as it was typed.
pub(super) struct TypedWord {
    /// Without hyphens: "votebymail".
    joined: String,
    /// Between its hyphens: "vote", "by", "mail".
    parts: Vec<String>,
}

impl TypedWord {
    /// `None` if nothing of it is searched.
    pub fn new(typed: &str) -> Option<TypedWord> {
        let joined = letters(typed);
        let parts = typed.split('-').map(letters).filter(|part| !part.is_empty());
        (!joined.is_empty()).then(|| TypedWord { joined, parts: parts.collect() })
    }

    /// Whether others may write it as a part of a word.
    fn is_plain(&self) -> bool {
        self.parts.len() == 1 && is_plain(&self.joined)
    }
}

fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// Words that need not follow one another. With the word before or after it, each may be one.
pub(super) fn apart(words: &[TypedWord]) -> Vec<Vec<Wording>> {
    let mut all: Vec<_> = words.iter().map(|word| vec![vec![word.joined.clone()]]).collect();
    for (wordings, word) in all.iter_mut().zip(words).filter(|(_, word)| word.parts.len() > 1) {
        wordings.push(word.parts.clone());
    }
    for (at, pair) in words.windows(2).enumerate().filter(|(_, pair)| pair.iter().all(TypedWord::is_plain)) {
        let one = vec![format!("{}{}", pair[0].joined, pair[1].joined)];
        all[at].push(one.clone());
        all[at + 1].push(one);
    }
    all
}

/// Words that follow one another.
pub(super) fn together(words: &[TypedWord]) -> Vec<Wording> {
    let parts: Vec<String> = words.iter().flat_map(|word| word.parts.clone()).collect();
    let mut wordings = vec![words.iter().map(|word| word.joined.clone()).collect(), parts.clone()];
    let (longest, most) = JOINED;
    for length in (2..=longest.min(parts.len())).filter(|_| parts.len() <= most) {
        for (start, run) in parts.windows(length).enumerate() {
            if run.iter().all(|part| is_plain(part)) {
                wordings.push([&parts[..start], &[run.concat()], &parts[start + length..]].concat());
            }
        }
    }
    wordings.sort();
    wordings.dedup();
    wordings.retain(|wording| !wording.is_empty());
    wordings
}
