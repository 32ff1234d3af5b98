//! Where the memo's own file says what was printed.
//!
//! In: a snapshot, a memo, units of a copy. Out: [`MemoSource`]: the memo's texts with their units, and for each unit of the copy the one that
//! it was printed from. Not here: how a text is changed (`splice`).

use super::{
    super::{
        Refused, SourceFile,
        fields::{all, beside, editable},
    },
    pairs::likeness,
    units::SentUnit,
};
use crate::{
    document::{PlacedUnit, PlacedWord, placed_text, placed_units},
    folder::Snapshot,
    in_common::aligned,
    schema::{FieldKind, FileField},
    yaml::edit::At,
};

/// The fields of a memo that are printed as they are written, in the order in which they are printed.
const PRINTED: [&str; 4] = ["to", "subject", "body", "attachments"];

/// A text of a memo.
#[derive(Debug)]
pub(super) struct SourceText {
    /// The field, such as `body`.
    pub at: At,
    /// What the desk calls it: "Text".
    pub label: String,
    /// The file, by its path from the working folder.
    pub file: String,
    /// Whether it stands in a file of its own.
    pub is_beside: bool,
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    pub text: String,
    pub units: Vec<PlacedUnit>,
    pub is_markdown: bool,
}

/// The texts of a memo.
#[derive(Debug)]
pub(super) struct MemoSource {
    pub texts: Vec<SourceText>,
    /// For each unit of the copy, the text and the unit that it was printed from.
    pub of: Vec<Option<(usize, usize)>>,
}

impl MemoSource {
    /// # Errors
    /// [`Refused`]: there is no such memo, it has gone out, or its file cannot be read.
    pub fn read(snapshot: &Snapshot, memo: &str, sent: &[SentUnit]) -> Result<MemoSource, Refused> {
        let file = SourceFile::Memo(memo.to_owned());
        let source = editable(snapshot, &file)?;
        let own = snapshot.sources.get(source);
        let fields = all(&own.text, &file).unwrap_or_default();
        let mut texts = Vec::new();
        for key in PRINTED {
            let at = At::default().key(key);
            fields
                .iter()
                .filter(|field| field.at == at)
                .for_each(|field| add(snapshot, &file, field, &mut texts));
        }
        let of = pairs(sent, &texts);
        Ok(MemoSource { texts, of })
    }

    pub fn unit(&self, of_sent: usize) -> Option<(&SourceText, &PlacedUnit, usize)> {
        let (text, unit) = self.of.get(of_sent).copied().flatten()?;
        Some((&self.texts[text], &self.texts[text].units[unit], text))
    }

    /// The file and the line of a place in a text.
    pub fn line(text: &SourceText, at: usize) -> usize {
        text.line + text.text[..at.min(text.text.len())].matches('\n').count()
    }
}

/// The texts of a field and of those in it.
fn add(snapshot: &Snapshot, file: &SourceFile, field: &FileField, texts: &mut Vec<SourceText>) {
    let is_text = matches!(field.shape.kind, FieldKind::Text | FieldKind::Prose) || field.fields.is_empty();
    let key = field.at.to_string();
    let is_wanted = key.starts_with("to")
        || ["subject", "body"].contains(&key.as_str())
        || [".body", ".title"].iter().any(|end| key.ends_with(end));
    if let (true, true, Some(text)) = (is_text, is_wanted, field.text.clone()) {
        let is_markdown = key.ends_with("body");
        let other = beside(snapshot, file, field);
        let own = editable(snapshot, file).ok().map(|source| snapshot.sources.get(source));
        let (path, text, line) = match (other, own) {
            (Some(source), _) => {
                let beside = snapshot.sources.get(source);
                (beside.name.clone(), beside.text.clone(), 1)
            }
            (None, Some(own)) => {
                let start = field.range.clone().map_or(0, |range| range.start);
                let line = own.text[..start].matches('\n').count() + 1;
                // A text in lines of its own begins below its key.
                let is_block = own.text[start..].lines().next().is_some_and(|first| {
                    first.trim_end().ends_with(['|', '>', '-', '+']) && text.contains('\n')
                });
                (own.name.clone(), text, line + usize::from(is_block))
            }
            (None, None) => return,
        };
        let units = if is_markdown { placed_units(&text) } else { vec![placed_text(&text)] };
        texts.push(SourceText {
            at: field.at.clone(),
            label: field.shape.label.clone(),
            file: path,
            is_beside: other.is_some(),
            line,
            text,
            units,
            is_markdown,
        });
    }
    field.fields.iter().for_each(|inner| add(snapshot, file, inner, texts));
}

/// The unit of a text that each sent unit was printed from.
fn pairs(sent: &[SentUnit], texts: &[SourceText]) -> Vec<Option<(usize, usize)>> {
    let places: Vec<(usize, usize)> = texts
        .iter()
        .enumerate()
        .flat_map(|(text, of)| (0..of.units.len()).map(move |unit| (text, unit)))
        .collect();
    let unit = |at: usize| &texts[places[at].0].units[places[at].1];
    let words_of_sent: Vec<Vec<&PlacedWord>> =
        sent.iter().map(|unit| unit.cells.iter().flat_map(|cell| &cell.words).collect()).collect();
    let words: Vec<Vec<&PlacedWord>> =
        (0..places.len()).map(|at| unit(at).cells.iter().flatten().collect()).collect();
    let mut of = vec![None; sent.len()];
    let alike = aligned(sent.len(), places.len(), |a, b| match sent[a].cells.len() == unit(b).cells.len() {
        true => likeness(&words_of_sent[a], &words[b]),
        false => 0,
    });
    for (a, b) in alike {
        of[a] = Some(places[b]);
    }
    // What was moved since stands elsewhere in the same words.
    for at in 0..sent.len() {
        let same = |place: &usize| {
            let said = |words: &[&PlacedWord]| words.iter().map(|word| word.word.clone()).collect::<Vec<_>>();
            !of.contains(&Some(places[*place])) && said(&words[*place]) == said(&words_of_sent[at])
        };
        if of[at].is_none() && !words_of_sent[at].is_empty() {
            of[at] = (0..places.len()).find(same).map(|place| places[place]);
        }
    }
    of
}
