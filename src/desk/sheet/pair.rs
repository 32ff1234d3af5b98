//! Which step of the release each row of a sheet is.
//!
//! In: rows, the steps of the release, what somebody answered. Out: for each row, what it is. A row that could be two steps is none before
//! somebody says which: it is a question. Not here: what changes.

use std::collections::{BTreeMap, BTreeSet};

use super::{RowAnswer, columns::SheetColumn, known::KnownStep, rows::SheetRow};

/// What a row of the sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowIs {
    /// A step, by its place among those that are known.
    Step(usize),
    /// A step that the release has not.
    New,
    /// Nobody can tell: one of these, or a new one.
    Open(Vec<usize>),
    /// Somebody leaves it out.
    LeftOut,
}

/// How alike the words of a step and of a row with its number are that are one step.
const ALIKE: f64 = 0.6;

/// What rows and steps are told by.
#[derive(Default)]
struct Traits {
    numbers: Vec<String>,
    words: Vec<String>,
    who: String,
    id: Option<String>,
}

/// Ways in which a row is like a step, from the surest to the weakest.
const WAYS: [fn(&Traits, &Traits) -> bool; 6] = [
    |row, step| row.has_number_of(step) && row.has_words_of(step) && row.who == step.who,
    |row, step| row.has_number_of(step) && row.has_words_of(step),
    // Whoever sorts some columns of a sheet only leaves the ids where they were: so words go first.
    |row, step| row.id.is_some() && row.id == step.id,
    |row, step| row.has_words_of(step) && row.who == step.who,
    |row, step| row.has_words_of(step),
    |row, step| row.has_number_of(step) && (row.words.is_empty() || row.is_alike(step)),
];

impl Traits {
    fn of_row(row: &SheetRow) -> Traits {
        let plain = |column| row.filled(column).map(normal);
        Traits {
            numbers: row.filled(SheetColumn::Step).map(str::to_lowercase).into_iter().collect(),
            words: plain(SheetColumn::Task).into_iter().collect(),
            who: plain(SheetColumn::Who).unwrap_or_default(),
            id: row.filled(SheetColumn::Id).map(str::to_owned),
        }
    }

    fn of_step(step: &KnownStep) -> Traits {
        Traits {
            numbers: step.numbers.iter().map(|number| number.to_lowercase()).collect(),
            words: step.texts.iter().map(|text| normal(text)).collect(),
            who: normal(&step.owners_printed),
            id: Some(step.id.clone()),
        }
    }

    fn has_number_of(&self, step: &Traits) -> bool {
        self.numbers.iter().any(|number| step.numbers.contains(number))
    }

    fn has_words_of(&self, step: &Traits) -> bool {
        self.words.iter().any(|words| step.words.contains(words))
    }

    fn is_alike(&self, step: &Traits) -> bool {
        let Some(words) = self.words.first() else { return false };
        step.words.iter().any(|text| strsim::normalized_levenshtein(text, words) >= ALIKE)
    }
}

/// Finds them, in the order of the rows.
pub(super) fn pairs(
    rows: &[SheetRow],
    steps: &[KnownStep],
    answers: &BTreeMap<usize, RowAnswer>,
) -> Vec<RowIs> {
    let mut found: Vec<Option<RowIs>> = rows.iter().map(|row| answered(row, steps, answers)).collect();
    let rows: Vec<Traits> = rows.iter().map(Traits::of_row).collect();
    let steps: Vec<Traits> = steps.iter().map(Traits::of_step).collect();
    for is_like in WAYS {
        let used = used(&found);
        let left = (0..rows.len()).filter(|row| found[*row].is_none());
        let like = |row: &usize| -> Vec<usize> {
            let free = (0..steps.len()).filter(|at| !used.contains(at));
            free.filter(|at| is_like(&rows[*row], &steps[*at])).collect()
        };
        let all: Vec<(usize, Vec<usize>)> = left.map(|row| (row, like(&row))).collect();
        let mut wanted: BTreeMap<usize, usize> = BTreeMap::new();
        all.iter().flat_map(|(_, like)| like).for_each(|at| *wanted.entry(*at).or_default() += 1);
        for (row, like) in all {
            if let [at] = like.as_slice()
                && wanted[at] == 1
            {
                found[row] = Some(RowIs::Step(*at));
            }
        }
    }
    let used = used(&found);
    let is = |(found, row): (Option<RowIs>, &Traits)| {
        let could_be = |at: &usize| {
            let step = &steps[*at];
            row.has_words_of(step) || row.has_number_of(step) || row.is_alike(step)
        };
        let open = || (0..steps.len()).filter(|at| !used.contains(at)).filter(could_be).collect::<Vec<_>>();
        found.unwrap_or_else(|| match open() {
            none if none.is_empty() => RowIs::New,
            open => RowIs::Open(open),
        })
    };
    found.into_iter().zip(&rows).map(is).collect()
}

/// The steps that rows are known to be.
fn used(found: &[Option<RowIs>]) -> BTreeSet<usize> {
    let step = |is: &RowIs| if let RowIs::Step(at) = is { Some(*at) } else { None };
    found.iter().flatten().filter_map(step).collect()
}

/// What somebody says of a row. A step that two rows are said to be is the first one's; what the second is stays open.
fn answered(row: &SheetRow, steps: &[KnownStep], answers: &BTreeMap<usize, RowAnswer>) -> Option<RowIs> {
    match answers.get(&row.line)? {
        RowAnswer::New => Some(RowIs::New),
        RowAnswer::LeaveOut => Some(RowIs::LeftOut),
        answer @ RowAnswer::Step(id) => {
            let is_second = answers.range(..row.line).any(|(_, other)| other == answer);
            let at = steps.iter().position(|step| step.id == *id)?;
            Some(if is_second { RowIs::Open(vec![at]) } else { RowIs::Step(at) })
        }
    }
}

/// A text without what does not tell it from another: capitals, signs, blanks.
pub(super) fn normal(text: &str) -> String {
    let plain: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
