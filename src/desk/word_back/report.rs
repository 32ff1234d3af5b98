//! What a reviewer did, as it is listed.
//!
//! In: a file that came back. Out: [`WordBackReport`]: changes first, in reading order, then comments; each with a number. Not here: which are taken.

use serde::Serialize;

use super::{
    super::review_file::ReviewFile, Footing, MemoSource, ReturnedFile, WordDifference, units::ReturnedUnit,
};
use crate::{
    folder::Snapshot,
    model::date,
    output::digest,
    word::read::{TextRevision, WordComment},
    words::{capitalized, counted, cut},
    yaml::{outline, value},
};

/// How many words are shown on either side of changed ones.
const AROUND: usize = 6;

/// How much of a passage is shown, in characters.
const SHOWN: usize = 400;

/// What a reviewer did in a Word file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordBackReport {
    /// The memo's id.
    pub memo: String,
    /// Who changed or commented something, by their names in Word.
    pub reviewers: Vec<String>,
    /// The day that the copy bears which was sent, in words.
    pub sent: String,
    /// What was done, by number: the first is 1.
    pub changes: Vec<ReviewerChange>,
    /// What of the file was not read.
    pub not_read: Vec<String>,
}

/// Something that a reviewer did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewerChange {
    /// Its number, from 1.
    pub number: usize,
    /// What it is known by, whatever else changes.
    pub key: String,
    /// What it is.
    pub kind: ReviewerChangeKind,
    /// The page of the reviewer's file, if the file says so.
    pub page: Option<usize>,
    /// Who did it, as far as that is known.
    pub by: Option<String>,
    /// What was sent; of a comment, the passage that it is on.
    pub was: String,
    /// What stands there now; of a comment, what it says.
    pub is: String,
    /// The words before it and behind it with the blanks between, where it is within a sentence.
    pub around: [String; 2],
    /// The comments beside it.
    pub comments: Vec<String>,
    /// Where it stands in the memo.
    pub place: Option<ChangePlace>,
    /// Whether it can be taken.
    pub standing: ChangeStanding,
    /// Why it cannot be taken, or what else is to be known.
    pub why: Option<String>,
    /// What a template fills in where it stands, as it is written: `{{ milestones.release.date }}`.
    pub fills: Vec<String>,
    /// Whether it can be written out in this memo, though a template fills it in.
    pub can_be_text: bool,
}

/// What a reviewer did, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewerChangeKind {
    /// Words became others.
    Words,
    /// A paragraph or a row came.
    New,
    /// A paragraph or a row went.
    Gone,
    /// A paragraph or a row stands elsewhere.
    Moved,
    /// A comment.
    Comment,
}

/// Where a change stands in the memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangePlace {
    /// The file, by its path from the working folder.
    pub file: String,
    /// The field, such as `body`.
    pub field: String,
    /// What the field is called.
    pub label: String,
    /// The line, from 1.
    pub line: usize,
}

/// How a change stands to the memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeStanding {
    /// It can be taken.
    Open,
    /// The memo has it already.
    There,
    /// Somebody has left it.
    Left,
    /// It is worked out, and can be taken only as text.
    WorkedOut,
    /// The memo was changed there since.
    Changed,
    /// It is to be changed elsewhere, or by hand.
    ByHand,
}

impl ReturnedFile {
    pub(super) fn report(&self, snapshot: &Snapshot, memo: &str, kept: &ReviewFile) -> WordBackReport {
        let reviewers = self.reviewers();
        let mut changes: Vec<ReviewerChange> =
            (0..self.differences.len()).map(|at| self.change(at, memo, snapshot)).collect();
        changes.extend(self.text.comments.iter().map(|comment| self.comment(comment, kept)));
        for (nth, change) in changes.iter_mut().enumerate() {
            change.number = nth + 1;
            if change.by.is_none()
                && let [only] = &reviewers[..]
            {
                change.by = Some(only.clone());
            }
            if kept.left.contains(&change.key) && !matches!(change.standing, ChangeStanding::There) {
                change.standing = ChangeStanding::Left;
            }
        }
        let sent = date::prose(self.copy.day);
        WordBackReport { memo: memo.to_owned(), reviewers, sent, changes, not_read: self.not_read() }
    }

    fn reviewers(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let tracked = self.text.authors.iter().map(|author| &author.name);
        for name in tracked.chain(self.text.comments.iter().map(|comment| &comment.author)) {
            if !name.is_empty() && !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    fn not_read(&self) -> Vec<String> {
        let unread = &self.text.unread;
        let told = [
            (unread.pictures, "picture"),
            (unread.boxes, "text box"),
            (unread.formulas, "formula"),
            (unread.hidden, "hidden passage"),
            (unread.objects, "embedded file"),
            (unread.formats, "tracked change of form, such as bold"),
        ];
        told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what)).collect()
    }

    fn change(&self, at: usize, memo: &str, snapshot: &Snapshot) -> ReviewerChange {
        let difference = &self.differences[at];
        let (kind, was, is) = self.said(difference);
        let (sent, returned) = match difference {
            WordDifference::Words { sent, returned, .. }
            | WordDifference::Moved { sent, returned, .. }
            | WordDifference::Reshaped { sent, returned } => (Some(*sent), Some(*returned)),
            WordDifference::Came { returned, after } => (*after, Some(*returned)),
            WordDifference::Went { sent } => (Some(*sent), None),
        };
        let unit = returned.map(|returned| &self.returned[returned]);
        let (standing, why, fills, can_be_text) = self.standing(at, memo, snapshot);
        let names = sent.map(|sent| self.sent[sent].names.join(" ")).unwrap_or_default();
        let key = digest(format!("{kind:?}\n{names}\n{was}\n{is}").as_bytes())[..8].to_owned();
        ReviewerChange {
            number: 0,
            key,
            kind,
            page: unit.and_then(|unit| unit.page),
            by: unit.and_then(|unit| self.author(unit, difference)),
            was,
            is,
            around: self.around(difference),
            comments: unit.map(|unit| self.beside(unit)).unwrap_or_default(),
            place: sent.and_then(|sent| self.place(sent, difference)),
            standing,
            why,
            fills,
            can_be_text,
        }
    }

    /// What a difference is, with the words before and after.
    pub(super) fn said(&self, difference: &WordDifference) -> (ReviewerChangeKind, String, String) {
        let whole = |cells: &[super::CellText]| {
            let texts: Vec<String> =
                cells.iter().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            texts.join(" | ")
        };
        match difference {
            WordDifference::Words { sent, returned, cell, was, is } => {
                let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let (old, new) = (&self.sent[*sent].cells[*cell], &self.returned[*returned].cells[*cell]);
                (ReviewerChangeKind::Words, one(old.said(was.clone())), one(new.said(is.clone())))
            }
            WordDifference::Came { returned, .. } => {
                (ReviewerChangeKind::New, String::new(), whole(&self.returned[*returned].cells))
            }
            WordDifference::Went { sent } => {
                (ReviewerChangeKind::Gone, whole(&self.sent[*sent].cells), String::new())
            }
            WordDifference::Moved { sent, returned, after } => {
                let above = after.map(|after| whole(&self.sent[after].cells)).unwrap_or_default();
                let _ = returned;
                (ReviewerChangeKind::Moved, whole(&self.sent[*sent].cells), above)
            }
            WordDifference::Reshaped { sent, returned } => (
                ReviewerChangeKind::Words,
                whole(&self.sent[*sent].cells),
                whole(&self.returned[*returned].cells),
            ),
        }
    }

    /// The words on either side of changed ones.
    fn around(&self, difference: &WordDifference) -> [String; 2] {
        let WordDifference::Words { returned, cell, is, .. } = difference else { return Default::default() };
        let cell = &self.returned[*returned].cells[*cell];
        let word = |at: usize| cell.words.get(at).map(|word| word.range.clone());
        let (first, last) = (is.start.saturating_sub(AROUND), cell.words.len().min(is.end + AROUND));
        let text = |start: Option<usize>, end: Option<usize>| {
            let text = cell.text.get(start?..end?)?;
            let blank = |at: bool| if at { " " } else { "" };
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (before, behind) =
                (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
            Some(if words.is_empty() {
                blank(before).to_owned()
            } else {
                format!("{}{words}{}", blank(before), blank(behind))
            })
        };
        // Where words went, what stood around them stands side by side.
        let starts = word(is.start).map_or(cell.text.len(), |word| word.start);
        let ends = match is.is_empty() {
            true => is.end.checked_sub(1).and_then(word).map_or(0, |word| word.end),
            false => word(is.end - 1).map_or(0, |word| word.end),
        };
        let before = text(word(first).map(|word| word.start), Some(starts));
        let behind = text(Some(ends), last.checked_sub(1).and_then(word).map(|word| word.end));
        [before.unwrap_or_default(), behind.unwrap_or_default()]
    }

    fn standing(
        &self,
        at: usize,
        memo: &str,
        snapshot: &Snapshot,
    ) -> (ChangeStanding, Option<String>, Vec<String>, bool) {
        let plain = |standing, why: Option<String>| (standing, why, Vec::new(), false);
        match &self.footings[at] {
            Footing::Open(_) => plain(ChangeStanding::Open, None),
            Footing::There => plain(ChangeStanding::There, None),
            Footing::Filled { with, written_out } => {
                (ChangeStanding::WorkedOut, None, with.clone(), written_out.is_some())
            }
            Footing::Changed(now) => {
                let now = match now.trim() {
                    "" => "the memo does not say this any more".to_owned(),
                    now => format!("the memo says here by now: {}", cut(now, SHOWN)),
                };
                plain(ChangeStanding::Changed, Some(now))
            }
            Footing::Elsewhere => {
                let written = snapshot.memo(memo).and_then(|(_, text)| outline(text)).unwrap_or_default();
                let release = value(&written, "release");
                let of = release.map_or_else(String::new, |release| format!(" the release {release},"));
                let why =
                    format!("it is not in the memo’s own text: it comes from{of} the office or a template");
                plain(ChangeStanding::ByHand, Some(why))
            }
            Footing::ByHand(why) => plain(ChangeStanding::ByHand, Some((*why).to_owned())),
        }
    }

    fn place(&self, sent: usize, difference: &WordDifference) -> Option<ChangePlace> {
        let (text, unit, _) = self.source.unit(sent)?;
        let start = match difference {
            WordDifference::Words { cell, .. } => {
                unit.cell_spans.get(*cell).map_or(unit.span.start, |span| span.start)
            }
            _ => unit.span.start,
        };
        Some(ChangePlace {
            file: text.file.clone(),
            field: text.at.to_string(),
            label: capitalized(&text.label),
            line: MemoSource::line(text, start),
        })
    }

    /// Who did it, if it was tracked.
    fn author(&self, unit: &ReturnedUnit, difference: &WordDifference) -> Option<String> {
        let name =
            |author: usize| Some(self.text.authors.get(author)?.name.clone()).filter(|name| !name.is_empty());
        let came = unit.runs.iter().flatten().find_map(|run| match run.fate {
            TextRevision::Came(author) => Some(author),
            _ => None,
        });
        let is_deletion = matches!(difference, WordDifference::Words { is, .. } if is.is_empty());
        let author = if is_deletion { unit.went.or(came) } else { came.or(unit.went) };
        name(author?)
    }

    /// The comments on a unit.
    fn beside(&self, unit: &ReturnedUnit) -> Vec<String> {
        let on =
            |comment: &&WordComment| unit.runs.iter().flatten().any(|run| run.comments.contains(&comment.id));
        self.text
            .comments
            .iter()
            .filter(on)
            .map(|comment| format!("{}: {}", comment.author, comment.text))
            .collect()
    }

    fn comment(&self, comment: &WordComment, kept: &ReviewFile) -> ReviewerChange {
        let (quote, unit) = self.passage(comment);
        let sent = unit.and_then(|unit| self.pairs[unit]);
        let place = sent.and_then(|sent| self.place(sent, &WordDifference::Went { sent }));
        let key = digest(
            format!("comment\n{}\n{}\n{quote}\n{}", comment.author, comment.at, comment.text).as_bytes(),
        )[..8]
            .to_owned();
        let text = self.comment_text(comment);
        let is_there = kept.comments.iter().any(|known| known.text == text && known.quote == quote);
        ReviewerChange {
            number: 0,
            key,
            kind: ReviewerChangeKind::Comment,
            page: unit.and_then(|unit| self.returned[unit].page),
            by: Some(comment.author.clone()).filter(|author| !author.is_empty()),
            was: quote,
            is: comment.text.clone(),
            around: Default::default(),
            comments: Vec::new(),
            place,
            standing: if is_there { ChangeStanding::There } else { ChangeStanding::Open },
            why: None,
            fills: Vec::new(),
            can_be_text: false,
        }
    }

    /// The passage that a comment is on, and the unit in which it begins.
    pub(super) fn passage(&self, comment: &WordComment) -> (String, Option<usize>) {
        let mut words = String::new();
        let mut unit = None;
        for (at, one) in self.returned.iter().enumerate() {
            for run in one.runs.iter().flatten().filter(|run| run.comments.contains(&comment.id)) {
                if unit.is_some_and(|unit| unit != at) && !words.ends_with(' ') {
                    words.push(' ');
                }
                unit = unit.or(Some(at));
                words.push_str(&run.words());
            }
        }
        (cut(&words.split_whitespace().collect::<Vec<_>>().join(" "), SHOWN), unit)
    }

    /// A comment as it is kept, with who made it.
    pub(super) fn comment_text(&self, comment: &WordComment) -> String {
        let answered =
            comment.answers.as_ref().and_then(|id| self.text.comments.iter().find(|one| one.id == *id));
        let to = answered.map(|one| format!(", answering {}", one.author)).unwrap_or_default();
        format!("{}{to}: {}", comment.author, comment.text)
    }
}
