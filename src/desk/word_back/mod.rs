//! A reviewer's Word file comes back: what was done in it, and what of that becomes part of the memo.
//!
//! In: a snapshot, the file, which changes somebody takes. Out: every change with its page, its words, the comments beside it, and where it
//! stands in the memo; the plan that takes those that are chosen. The file is compared with the copy that was sent, so what the analyst has
//! written since stays. Not here: how the file is read (`word`), and how the list looks.
//!
//! ```text
//! copy --units--> sent ----\
//! file --units--> returned --pairs, differences--> what was done --splice, blocks--> splices of the memo's texts
//! memo --source--> its texts -------------------------------------/
//! ```

mod blocks;
mod differences;
mod pairs;
mod report;
mod source;
mod splice;
mod taken;
mod units;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

pub use report::{ChangePlace, ChangeStanding, ReviewerChange, ReviewerChangeKind, WordBackReport};

use super::{BroughtFile, NotFromWord, Refused, no_memo, review_file::ReviewFile, sent_copies, word_file};
use crate::{
    folder::{Plan, Snapshot, stem},
    word::{
        SentCopy,
        read::{self, WordText},
    },
};
use differences::{WordDifference, differences};
use source::MemoSource;
use splice::{Footing, MemoComparison};
use units::{CellText, ReturnedUnit, SentUnit};

/// What becomes of a reviewer's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordBackRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// The Word file.
    pub file: BroughtFile,
    /// The changes and comments that are taken, by their numbers.
    pub take: BTreeSet<usize>,
    /// Of these, those that are written out in this memo, though a template fills them in.
    pub as_text: BTreeSet<usize>,
    /// Those that are left: they are not offered again.
    pub leave: BTreeSet<usize>,
    /// When, for comments without a day.
    pub at: NaiveDateTime,
}

/// What is known of a file that came back.
struct ReturnedFile {
    copy: SentCopy,
    text: WordText,
    sent: Vec<SentUnit>,
    returned: Vec<ReturnedUnit>,
    pairs: Vec<Option<usize>>,
    differences: Vec<WordDifference>,
    source: MemoSource,
    /// What would be printed now, paragraph by paragraph.
    now: Vec<Vec<String>>,
    footings: Vec<Footing>,
}

/// Plans to take what a reviewer did. Without numbers, the report lists it, and nothing is planned.
///
/// # Errors
/// [`Refused`]: the file cannot be read, is of another memo, or nobody knows what was sent; the memo has gone out or has things to fix; a
/// change cannot be taken.
pub fn word_back(snapshot: &Snapshot, wish: &WordBackRequest) -> Result<Plan<WordBackReport>, Refused> {
    let memo = stem(&wish.memo);
    if snapshot.memo(&memo).is_none() {
        return Err(no_memo(&memo, snapshot));
    }
    let file = ReturnedFile::read(snapshot, &memo, &wish.file)?;
    let kept = ReviewFile::of(snapshot, &memo)?;
    let report = file.report(snapshot, &memo, &kept);
    let chosen = [&wish.take, &wish.as_text, &wish.leave];
    if chosen.iter().all(|numbers| numbers.is_empty()) {
        return Ok(Plan::nothing(report));
    }
    file.taken(snapshot, &memo, wish, kept, report)
}

impl ReturnedFile {
    fn read(snapshot: &Snapshot, memo: &str, file: &BroughtFile) -> Result<ReturnedFile, Refused> {
        let text = read::read(&file.bytes)
            .map_err(|why| Refused::NotFromWord(NotFromWord::UnreadWord { file: file.name.clone(), why }))?;
        let copy = copy(snapshot, memo, file, &text)?;
        let (sent, returned) = (units::sent(&copy), units::returned(&text));
        let pairs = pairs::pairs(&sent, &returned);
        if !is_of(&copy, &text, &sent, &pairs) {
            return Err(Refused::NotFromWord(NotFromWord::NotACopy {
                file: file.name.clone(),
                memo: memo.to_owned(),
            }));
        }
        let differences = differences(&sent, &returned, &pairs);
        let source = MemoSource::read(snapshot, memo, &sent)?;
        let now = printed(&copy_now(snapshot, memo)?);
        let comparison =
            MemoComparison { sent: &sent, returned: &returned, pairs: &pairs, source: &source, now: &now };
        let footings = differences.iter().map(|difference| comparison.footing(difference)).collect();
        Ok(ReturnedFile { copy, text, sent, returned, pairs, differences, source, now, footings })
    }
}

/// The copy that a file was made from: what the file says of it, else the last that was made of the memo.
fn copy(snapshot: &Snapshot, memo: &str, file: &BroughtFile, text: &WordText) -> Result<SentCopy, Refused> {
    let own = text.records.iter().find_map(|record| SentCopy::read(record).ok());
    match own {
        Some(copy) if copy.memo == memo => Ok(copy),
        Some(copy) => Err(Refused::NotFromWord(NotFromWord::OfOtherMemo {
            file: file.name.clone(),
            of: copy.memo,
            memo: memo.to_owned(),
        })),
        None => {
            let last = sent_copies(snapshot, memo)?.pop();
            let unknown = || {
                Refused::NotFromWord(NotFromWord::NotACopy { file: file.name.clone(), memo: memo.to_owned() })
            };
            last.map(|(_, copy)| copy).ok_or_else(unknown)
        }
    }
}

/// What a copy of the memo would say now.
fn copy_now(snapshot: &Snapshot, memo: &str) -> Result<SentCopy, Refused> {
    Ok(word_file::printed(snapshot, memo, Vec::new())?.word.sent)
}

/// Whether a file without a record of its own can be a copy at all: half of what was sent is in it.
fn is_of(copy: &SentCopy, text: &WordText, sent: &[SentUnit], pairs: &[Option<usize>]) -> bool {
    let has_record = text.records.iter().any(|record| SentCopy::read(record).is_ok_and(|own| own == *copy));
    let filled = sent.iter().filter(|unit| !unit.cells.iter().all(CellText::is_empty)).count();
    has_record || pairs.iter().flatten().count() * 2 >= filled
}

/// The words of each paragraph and row of a copy.
fn printed(copy: &SentCopy) -> Vec<Vec<String>> {
    let words = |unit: &SentUnit| {
        unit.cells.iter().flat_map(|cell| &cell.words).map(|word| word.word.clone()).collect()
    };
    units::sent(copy).iter().map(words).collect()
}
