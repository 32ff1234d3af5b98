//! What is taken of a reviewer's changes, as a plan.
//!
//! In: a file that came back, the numbers that are taken. Out: the plan, whose result is printed once more before it is shown: what would be
//! printed has to differ by just the words that were taken. Not here: which changes there are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::{
    super::{
        Byline, NotFromWord, Refused, SourceFile,
        fields::{editable, text_with},
        review_file::ReviewFile,
    },
    Footing, ReturnedFile, WordBackReport, WordBackRequest, WordDifference, copy_now, printed,
    report::{ChangeStanding, ReviewerChangeKind},
    splice::{Splice, spliced},
};
use crate::{
    document::renumbered,
    folder::{Edits, Plan, Snapshot},
    word::read::WordComment,
};

impl ReturnedFile {
    pub(super) fn taken(
        &self,
        snapshot: &Snapshot,
        memo: &str,
        wish: &WordBackRequest,
        mut kept: ReviewFile,
        report: WordBackReport,
    ) -> Result<Plan<WordBackReport>, Refused> {
        let wanted: BTreeSet<usize> = wish.take.union(&wish.as_text).copied().collect();
        let all = wanted.iter().chain(&wish.leave);
        if let Some(number) = all.copied().find(|number| !(1..=report.changes.len()).contains(number)) {
            return Err(Refused::NotFromWord(NotFromWord::NoSuchChange {
                number,
                last: report.changes.len(),
            }));
        }
        let (mut splices, mut taken) = (Vec::new(), Vec::new());
        for number in wanted {
            let change = &report.changes[number - 1];
            match (change.kind, change.standing) {
                (_, ChangeStanding::There) => {}
                (ReviewerChangeKind::Comment, _) => {
                    let comment = &self.text.comments[number - 1 - self.differences.len()];
                    self.keep(
                        comment,
                        &change.was,
                        change.place.as_ref().map_or("", |place| &place.field),
                        wish.at,
                        &mut kept,
                    );
                }
                _ => {
                    let not_taken = || {
                        Refused::NotFromWord(NotFromWord::NotTaken {
                            number,
                            why: change.why.clone().unwrap_or_else(|| WORKED_OUT.to_owned()),
                        })
                    };
                    let own =
                        self.splices(number - 1, wish.as_text.contains(&number)).ok_or_else(not_taken)?;
                    splices.extend(own);
                    taken.push(&self.differences[number - 1]);
                }
            }
        }
        for number in &wish.leave {
            let key = &report.changes[number - 1].key;
            if !kept.left.contains(key) {
                kept.left.push(key.clone());
            }
        }
        let edits = self.edited(snapshot, memo, &splices)?;
        if !taken.is_empty() {
            self.check(&edits.snapshot, memo, &taken)?;
        }
        let mut sources = edits.files()?;
        sources.extend(kept.edit(snapshot, memo)?);
        Ok(Plan::of_sources(format!("take changes from Word into {memo}"), report, sources))
    }

    fn splices(&self, at: usize, as_text: bool) -> Option<Vec<Splice>> {
        match &self.footings[at] {
            Footing::Open(splices) => Some(splices.clone()),
            Footing::Filled { written_out: Some(splice), .. } if as_text => Some(vec![splice.clone()]),
            _ => None,
        }
    }

    /// The memo's texts with splices in them.
    fn edited(&self, snapshot: &Snapshot, memo: &str, splices: &[Splice]) -> Result<Edits, Refused> {
        let file = SourceFile::Memo(memo.to_owned());
        let own = editable(snapshot, &file)?;
        let mut edits = Edits::of(snapshot);
        for (nth, text) in self.source.texts.iter().enumerate() {
            let of_text: Vec<&Splice> = splices.iter().filter(|splice| splice.text == nth).collect();
            if of_text.is_empty() {
                continue;
            }
            let new = spliced(&text.text, &of_text).ok_or(Refused::NotFromWord(NotFromWord::SameWords))?;
            let new = if text.is_markdown { renumbered(&text.text, &new) } else { new };
            let beside = snapshot.texts.bodies.iter().find(|(path, _)| text.is_beside && **path == text.file);
            match beside {
                Some((_, source)) => edits.edit(*source, &new),
                None => {
                    let before = edits.snapshot.sources.get(own).text.clone();
                    let name = edits.snapshot.sources.get(own).name.clone();
                    edits.edit(own, &text_with(&before, &file, &text.at, &new, &name)?);
                }
            }
        }
        Ok(edits)
    }

    /// Prints the memo as it would be: it has to differ by the words that were taken, and by no other.
    fn check(&self, edited: &Snapshot, memo: &str, taken: &[&WordDifference]) -> Result<(), Refused> {
        let after = printed(&copy_now(edited, memo)?);
        let mut expected = Balance::default();
        for difference in taken {
            match difference {
                WordDifference::Words { sent, returned, cell, was, is } => {
                    let (old, new) = (&self.sent[*sent].cells[*cell], &self.returned[*returned].cells[*cell]);
                    expected.count(old.words[was.clone()].iter().map(|word| word.word.as_str()), -1);
                    expected.count(new.words[is.clone()].iter().map(|word| word.word.as_str()), 1);
                }
                WordDifference::Came { returned, .. } => {
                    expected.count(
                        self.returned[*returned]
                            .cells
                            .iter()
                            .flat_map(|cell| &cell.words)
                            .map(|word| word.word.as_str()),
                        1,
                    );
                    expected.units += 1;
                }
                WordDifference::Went { sent } => {
                    expected.count(
                        self.sent[*sent]
                            .cells
                            .iter()
                            .flat_map(|cell| &cell.words)
                            .map(|word| word.word.as_str()),
                        -1,
                    );
                    expected.units -= 1;
                }
                WordDifference::Moved { .. } | WordDifference::Reshaped { .. } => {}
            }
        }
        let mut found = Balance::default();
        found.count(self.now.iter().flatten().map(String::as_str), -1);
        found.count(after.iter().flatten().map(String::as_str), 1);
        let units = |texts: &[Vec<String>]| {
            i64::try_from(texts.iter().filter(|words| !words.is_empty()).count()).unwrap_or(0)
        };
        found.units = units(&after) - units(&self.now);
        match found == expected {
            true => Ok(()),
            false => Err(Refused::NotFromWord(NotFromWord::PrintsOtherwise { memo: memo.to_owned() })),
        }
    }

    /// Keeps a comment with the memo.
    fn keep(&self, comment: &WordComment, quote: &str, on: &str, at: NaiveDateTime, kept: &mut ReviewFile) {
        let written = comment.at.trim_end_matches('Z');
        let made = NaiveDateTime::parse_from_str(written, "%Y-%m-%dT%H:%M:%S%.f").ok();
        let by = Byline { who: None, at: made.unwrap_or(at) };
        // A comment without a day would be another one each time.
        let text = self.comment_text(comment);
        if !kept.comments.iter().any(|known| known.text == text && known.quote == quote) {
            kept.add(&by, on, quote, text);
        }
    }
}

/// Why what a template fills in is not taken.
const WORKED_OUT: &str = "a template fills it in. Write it out in this memo, or change it where it is kept";

/// How many times each word came, less how many times it went; and paragraphs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Balance {
    words: BTreeMap<String, i64>,
    units: i64,
}

impl Balance {
    fn count<'w>(&mut self, words: impl Iterator<Item = &'w str>, by: i64) {
        for word in words {
            let count = self.words.entry(word.to_owned()).or_default();
            *count += by;
            if *count == 0 {
                self.words.remove(word);
            }
        }
    }
}
