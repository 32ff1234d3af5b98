//! What differs between two texts in Markdown: words inserted and deleted, as a word processor shows them.
//!
//! In: two texts. Out: [`ChangedBlock`]s, with what is around them. All that a reader sees is compared, so two texts without a change
//! here read alike. Not here: which texts are compared, how a change looks.

use serde::Serialize;

use super::{
    Document,
    unit::{TextUnit, UnitKind, WordToken, lines, units},
};
use crate::in_common::{in_common, likeness, side_by_side};

/// How many blocks are shown on either side of a change.
const AROUND: usize = 1;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFate {
    /// It is as it was.
    Same,
    /// It came.
    Inserted,
    /// It went.
    Deleted,
    /// Something in it came or went.
    Changed,
}

/// Words that became the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedWords {
    /// What became of them.
    pub mark: TextFate,
    /// The words, with the space after them.
    pub text: String,
    /// How they are set, where that is not plain: `bold`, `a link to https://sos.ca.gov`.
    pub face: Option<String>,
}

/// A paragraph, an item, or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedBlock {
    /// What became of it.
    pub mark: TextFate,
    /// What it is.
    pub kind: ChangedKind,
    /// How far it stands in.
    pub depth: usize,
    /// What stands before it: "2.", "TO:".
    pub label: Vec<ComparedWords>,
    /// Its words.
    pub words: Vec<ComparedWords>,
    /// Of a table, its rows.
    pub rows: Vec<ChangedRow>,
    /// How many blocks or rows before it are as they were, and are not shown.
    pub skipped: usize,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangedKind {
    /// A heading.
    Heading,
    /// A paragraph, with its label if it has one.
    Text,
    /// A table.
    Table,
    /// Nothing: what is as it was, up to the end.
    End,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedRow {
    /// What became of it.
    pub mark: TextFate,
    /// Whether it heads the columns.
    pub is_head: bool,
    /// Its cells.
    pub cells: Vec<Vec<ComparedWords>>,
    /// How many rows before it are as they were, and are not shown.
    pub skipped: usize,
}

/// What differs between two texts; nothing if a reader sees the same. What is no document is compared line by line.
///
/// ```
/// use ccrov::document::{TextFate, compare};
/// let changes = compare("Polls close at 7:00 p.m.\n", "Polls close at 8:00 p.m.\n");
/// let words: Vec<_> = changes[0].words.iter().map(|run| (run.mark, run.text.as_str())).collect();
/// assert_eq!(words, [
///     (TextFate::Same, "Polls close at "), (TextFate::Deleted, "7:00 "), (TextFate::Inserted, "8:00 "), (TextFate::Same, "p.m.")
/// ]);
/// ```
pub fn compare(was: &str, is: &str) -> Vec<ChangedBlock> {
    let (old, new) = match (Document::parse(was), Document::parse(is)) {
        (Ok(old), Ok(new)) => (units(&old), units(&new)),
        _ => (lines(was), lines(is)),
    };
    let pairs = pairs(&old, &new);
    match pairs.iter().all(|pair| pair.mark() == TextFate::Same) {
        // What Markdown hides, such as a comment, is told as it is written; where its lines break is nothing to tell.
        true if !was.split_whitespace().eq(is.split_whitespace()) => {
            let (old, new) = (lines(was), lines(is));
            shown(&self::pairs(&old, &new))
        }
        true => Vec::new(),
        false => shown(&pairs),
    }
}

/// A unit as it was and as it is.
#[derive(Clone, Copy)]
struct UnitPair<'u> {
    was: Option<&'u TextUnit>,
    is: Option<&'u TextUnit>,
}

impl<'u> UnitPair<'u> {
    fn mark(&self) -> TextFate {
        match (self.was, self.is) {
            (Some(was), Some(is)) if was == is => TextFate::Same,
            (Some(_), Some(_)) => TextFate::Changed,
            (None, _) => TextFate::Inserted,
            (_, None) => TextFate::Deleted,
        }
    }

    fn unit(&self) -> Option<&'u TextUnit> {
        self.is.or(self.was)
    }

    fn shape(&self) -> UnitKind {
        self.unit().map_or(UnitKind::Text, |unit| unit.shape)
    }

    fn label(&self) -> Vec<ComparedWords> {
        let label = |unit: Option<&'u TextUnit>| unit.map_or(&[][..], |unit| &unit.label);
        runs(label(self.was), label(self.is))
    }

    fn cells(&self) -> Vec<Vec<ComparedWords>> {
        let count = self.unit().map_or(0, |unit| unit.cells.len());
        let cell = |unit: Option<&'u TextUnit>, nth: usize| {
            unit.and_then(|unit| unit.cells.get(nth)).map_or(&[][..], Vec::as_slice)
        };
        (0..count).map(|nth| runs(cell(self.was, nth), cell(self.is, nth))).collect()
    }
}

/// Units side by side: those that are the same, and between them those that are much alike.
fn pairs<'u>(old: &'u [TextUnit], new: &'u [TextUnit]) -> Vec<UnitPair<'u>> {
    let bags = |units: &'u [TextUnit]| units.iter().map(TextUnit::bag).collect::<Vec<_>>();
    let (old_bags, new_bags) = (bags(old), bags(new));
    let places = side_by_side(old, new, |a, b| {
        let (was, is) = (&old[a], &new[b]);
        match (was.shape, was.cells.len()) == (is.shape, is.cells.len()) {
            true => likeness(&old_bags[a], &new_bags[b]),
            false => 0,
        }
    });
    places
        .into_iter()
        .map(|(was, is)| UnitPair { was: was.map(|at| &old[at]), is: is.map(|at| &new[at]) })
        .collect()
}

/// Words that were and words that are, as runs.
fn runs(was: &[WordToken], is: &[WordToken]) -> Vec<ComparedWords> {
    let mut runs: Vec<ComparedWords> = Vec::new();
    let mut put = |mark: TextFate, token: &WordToken| {
        let face = face(token);
        // A line end that came or went is seen.
        let text = match (token.text.as_str(), mark) {
            ("\n", TextFate::Inserted | TextFate::Deleted) => "↵\n",
            (text, _) => text,
        };
        let text = format!("{text}{}", if token.gap { " " } else { "" });
        match runs.last_mut().filter(|last| last.mark == mark && last.face == face) {
            Some(last) => last.text.push_str(&text),
            None => runs.push(ComparedWords { mark, text, face }),
        }
    };
    let mut at = (0, 0);
    for next in in_common(was, is).into_iter().map(Some).chain([None]) {
        let end = next.unwrap_or((was.len(), is.len()));
        was[at.0..end.0].iter().for_each(|token| put(TextFate::Deleted, token));
        is[at.1..end.1].iter().for_each(|token| put(TextFate::Inserted, token));
        if let Some((a, b)) = next {
            put(TextFate::Same, &is[b]);
            at = (a + 1, b + 1);
        }
    }
    runs
}

fn face(token: &WordToken) -> Option<String> {
    let bold = token.face.bold.then(|| "bold".to_owned());
    let italic = token.face.italic.then(|| "italic".to_owned());
    let link = token.href.as_ref().map(|href| format!("a link to {href}"));
    let faces: Vec<String> = [bold, italic, link].into_iter().flatten().collect();
    (!faces.is_empty()).then(|| faces.join(", "))
}

/// The pairs that changed, with what stands around them; rows of a table together.
fn shown(pairs: &[UnitPair<'_>]) -> Vec<ChangedBlock> {
    let mut blocks: Vec<ChangedBlock> = Vec::new();
    let (mut skipped, mut is_in_table) = (0, false);
    for (pair, is_kept) in pairs.iter().zip(kept(pairs)) {
        let shape = pair.shape();
        is_in_table = is_in_table && shape == UnitKind::Row;
        if !is_kept {
            skipped += 1;
            continue;
        }
        let is_row = matches!(shape, UnitKind::Head | UnitKind::Row);
        if !is_in_table {
            blocks.push(block(pair, is_row, std::mem::take(&mut skipped)));
        }
        if is_row {
            let (cells, is_head, mark) = (pair.cells(), shape == UnitKind::Head, pair.mark());
            let row = ChangedRow { mark, is_head, cells, skipped: std::mem::take(&mut skipped) };
            blocks.iter_mut().last().into_iter().for_each(|table| table.rows.push(row.clone()));
        }
        is_in_table = is_row;
    }
    if skipped > 0 {
        let nothing = UnitPair { was: None, is: None };
        blocks.push(ChangedBlock { kind: ChangedKind::End, ..block(&nothing, true, skipped) });
    }
    blocks
}

fn block(pair: &UnitPair<'_>, is_table: bool, skipped: usize) -> ChangedBlock {
    let (kind, mark) = match pair.shape() {
        _ if is_table => (ChangedKind::Table, TextFate::Changed),
        UnitKind::Heading(_) => (ChangedKind::Heading, pair.mark()),
        _ => (ChangedKind::Text, pair.mark()),
    };
    let words = if is_table { Vec::new() } else { pair.cells().concat() };
    let depth = pair.unit().map_or(0, |unit| unit.depth);
    ChangedBlock { mark, kind, depth, label: pair.label(), words, rows: Vec::new(), skipped }
}

/// Which pairs are shown: what changed, what stands beside it, and the heads of the columns above it.
fn kept(pairs: &[UnitPair<'_>]) -> Vec<bool> {
    let differs: Vec<bool> = pairs.iter().map(|pair| pair.mark() != TextFate::Same).collect();
    let near = |at: usize| &differs[at.saturating_sub(AROUND)..differs.len().min(at + AROUND + 1)];
    let mut kept: Vec<bool> = (0..pairs.len()).map(|at| near(at).contains(&true)).collect();
    let mut head = None;
    for at in 0..pairs.len() {
        match pairs[at].shape() {
            UnitKind::Head => head = Some(at),
            UnitKind::Row => {}
            _ => head = None,
        }
        if let Some(head) = head.filter(|_| kept[at]) {
            kept[head] = true;
        }
    }
    kept
}
