//! What people say of a memo that is being reviewed: comments, with answers, until they are resolved.
//!
//! In: a memo, who says what, when. Out: the plan that writes it beside the memo; the comments as they stand, each with its passage.
//! Two hands lose none: each step is put into the file as it is by then. Not here: the file (`review_file`).

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    Blank, Refused, SourceFile, Thing, fields::all, no_memo, review::approved, review_file::ReviewFile,
};
use crate::{
    document::Document,
    folder::{Plan, Snapshot, stem},
    output::digest,
    schema::FileField,
    words::{as_read, capitalized, counted},
    yaml::{outline, value},
};

/// A comment on a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// What it is known by.
    pub id: String,
    /// Who and when.
    pub by: Byline,
    /// The field that it is on, such as `body`; nothing, if it is on the whole memo.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// The passage that it is on, as it read then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The comment.
    pub text: String,
    /// What was answered, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<CommentAnswer>,
    /// Who resolved it, if somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Byline>,
}

/// An answer to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentAnswer {
    /// Who and when.
    pub by: Byline,
    /// The answer.
    pub text: String,
}

/// Who said something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Byline {
    /// The person, by the name in the office's file, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When.
    pub at: NaiveDateTime,
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRequest {
    /// The memo, by the name of its file.
    pub memo: String,
    /// Who and when.
    pub by: Byline,
    /// What.
    pub step: CommentStep,
}

/// What happens to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommentStep {
    /// A new one.
    Add {
        /// The field, such as `body`; nothing, if it is on the whole memo.
        on: String,
        /// The passage; nothing, if it is on the whole field.
        quote: String,
        /// The comment.
        text: String,
    },
    /// An answer.
    Answer {
        /// The comment's id.
        id: String,
        /// The answer.
        text: String,
    },
    /// It is settled.
    Resolve {
        /// The comment's id.
        id: String,
        /// An answer that is given with it; blank, if there is none.
        text: String,
    },
    /// It is not settled after all.
    Reopen {
        /// The comment's id.
        id: String,
    },
}

/// What came of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommentReport {
    /// The memo's id.
    pub memo: String,
    /// The comment's id.
    pub id: String,
}

/// Plans what somebody says of a memo.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo, field or comment; [`Refused::Blank`]; [`Refused::UnreadReview`].
pub fn comment(snapshot: &Snapshot, wish: &CommentRequest) -> Result<Plan<CommentReport>, Refused> {
    let memo = stem(&wish.memo);
    if let CommentStep::Add { on, .. } = &wish.step
        && !on.is_empty()
        && field(&written_fields(snapshot, &memo)?, on).is_none()
    {
        return Err(Refused::Unknown { thing: Thing::Key, name: on.clone(), offer: String::new() });
    }
    let mut file = ReviewFile::of(snapshot, &memo)?;
    let (what, id) = file.say(wish)?;
    let edit = file.edit(snapshot, &memo)?;
    let what = format!("desk: {what} {memo}");
    Ok(Plan::of_sources(what, CommentReport { memo, id }, edit.into_iter().collect()))
}

impl ReviewFile {
    /// Takes in what somebody says; what that is, and the comment's id.
    fn say(&mut self, wish: &CommentRequest) -> Result<(&'static str, String), Refused> {
        let filled = |text: &str| match text.trim() {
            "" => Err(Refused::Blank(Blank::Comment)),
            text => Ok(text.to_owned()),
        };
        match &wish.step {
            CommentStep::Add { on, quote, text } => {
                Ok(("comment on", self.add(&wish.by, on, quote, filled(text)?)))
            }
            CommentStep::Answer { id, text } => {
                let answer = CommentAnswer { by: wish.by.clone(), text: filled(text)? };
                self.comment(id)?.answer(answer);
                Ok(("answer a comment on", id.clone()))
            }
            CommentStep::Resolve { id, text } => {
                let comment = self.comment(id)?;
                if let Ok(text) = filled(text) {
                    comment.answer(CommentAnswer { by: wish.by.clone(), text });
                }
                comment.resolved.get_or_insert_with(|| wish.by.clone());
                Ok(("resolve a comment on", id.clone()))
            }
            CommentStep::Reopen { id } => {
                self.comment(id)?.resolved = None;
                Ok(("reopen a comment on", id.clone()))
            }
        }
    }

    /// Adds a comment, if it is not there; its id.
    pub(super) fn add(&mut self, by: &Byline, on: &str, quote: &str, text: String) -> String {
        let who = by.who.as_deref().unwrap_or_default();
        let id = digest(format!("{who}\n{}\n{on}\n{quote}\n{text}", by.at).as_bytes())[..8].to_owned();
        if self.comments.iter().all(|comment| comment.id != id) {
            let (on, quote) = (on.to_owned(), quote.trim().to_owned());
            let (answers, resolved) = (Vec::new(), None);
            self.comments.push(Comment {
                id: id.clone(),
                by: by.clone(),
                on,
                quote,
                text,
                answers,
                resolved,
            });
        }
        id
    }

    fn comment(&mut self, id: &str) -> Result<&mut Comment, Refused> {
        let found = self.comments.iter_mut().find(|comment| comment.id == id);
        found.ok_or_else(|| Refused::Unknown {
            thing: Thing::Comment,
            name: id.to_owned(),
            offer: "look at the comments again".to_owned(),
        })
    }
}

impl Comment {
    /// Takes in an answer; a button that is pressed twice says it once.
    fn answer(&mut self, answer: CommentAnswer) {
        if self.answers.last() != Some(&answer) {
            self.answers.push(answer);
        }
    }
}

/// A comment, and whether what it is on is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedComment {
    /// The comment.
    pub comment: Comment,
    /// Whether the passage still stands in the field, as it is written or as it is printed; without a passage, whether the field does.
    pub is_there: bool,
}

/// The comments on a memo: the open ones first, each kind in the order in which they were made.
///
/// # Errors
/// [`Refused::UnreadReview`].
pub fn comments(snapshot: &Snapshot, memo: &str) -> Result<Vec<PlacedComment>, Refused> {
    let mut comments = ReviewFile::of(snapshot, memo)?.comments;
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    comments.sort_by_key(|comment| (comment.resolved.is_some(), comment.by.at));
    // A file that cannot be read has no fields; then no passage is found, and the comments are shown all the same.
    let fields = written_fields(snapshot, memo).unwrap_or_default();
    let mut printed = None;
    let place = |comment: Comment| {
        let is_there = match (comment.on.as_str(), comment.quote.as_str()) {
            ("", "") => true,
            ("", quote) => fields.iter().any(|field| says(field, snapshot, memo, quote)),
            (on, "") => field(&fields, on).is_some_and(|field| field.range.is_some()),
            (on, quote) => field(&fields, on).is_some_and(|field| says(field, snapshot, memo, quote)),
        };
        // What is printed says of the text and of the whole memo what it says, and not in which other field.
        let may_be_printed = !comment.quote.is_empty() && ["", "body"].contains(&comment.on.as_str());
        let is_there = is_there
            || (may_be_printed
                && printed
                    .get_or_insert_with(|| words_of(snapshot, memo))
                    .contains(&as_read(&comment.quote)));
        PlacedComment { comment, is_there }
    };
    Ok(comments.into_iter().map(place).collect())
}

/// How many comments on a memo are open; `None` if they cannot be read.
pub(super) fn open_comments(snapshot: &Snapshot, id: &str) -> Option<usize> {
    let file = ReviewFile::of(snapshot, id).ok()?;
    Some(file.comments.iter().filter(|comment| comment.resolved.is_none()).count())
}

/// "2 open comments"; nothing if there are none.
///
/// ```
/// use ccrov::desk::open_comments_words;
/// assert_eq!(open_comments_words(Some(2)).as_deref(), Some("2 open comments"));
/// assert_eq!(open_comments_words(Some(0)), None);
/// ```
pub fn open_comments_words(count: Option<usize>) -> Option<String> {
    match count {
        Some(0) => None,
        Some(count) => Some(counted(count, "open comment")),
        None => Some("comments that cannot be read".to_owned()),
    }
}

/// What the fields of a memo are called, by their keys, in the order of its form.
pub fn memo_labels(snapshot: &Snapshot, memo: &str) -> Vec<(String, String)> {
    let fields = written_fields(snapshot, memo).unwrap_or_default();
    fields.into_iter().map(|field| (field.at.to_string(), capitalized(&field.shape.label))).collect()
}

fn written_fields(snapshot: &Snapshot, memo: &str) -> Result<Vec<FileField>, Refused> {
    let (_, text) = snapshot.memo(memo).ok_or_else(|| no_memo(memo, snapshot))?;
    Ok(all(text, &SourceFile::Memo(memo.to_owned())).unwrap_or_default())
}

fn field<'f>(fields: &'f [FileField], key: &str) -> Option<&'f FileField> {
    fields.iter().find_map(|one| if one.at.to_string() == key { Some(one) } else { field(&one.fields, key) })
}

/// Whether a passage stands in a field, or in the text beside the memo that the field names.
fn says(field: &FileField, snapshot: &Snapshot, memo: &str, quote: &str) -> bool {
    let beside = super::fields::beside(snapshot, &SourceFile::Memo(memo.to_owned()), field);
    let beside = beside.map(|source| snapshot.sources.get(source).text.as_str());
    let quote = as_read(quote);
    field.text.as_deref().into_iter().chain(beside).any(|text| as_read(text).contains(&quote))
        || field.fields.iter().any(|inner| says(inner, snapshot, memo, &quote))
}

/// The words of a memo as it would be printed; none if it has things to fix.
fn words_of(snapshot: &Snapshot, memo: &str) -> String {
    let written = snapshot.memo(memo).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let printed = approved(snapshot, memo, value(&written, "date")).ok();
    let document = printed.and_then(|(_, printed)| Document::parse(&printed.memo).ok());
    document.map(|document| as_read(&document.plain_text())).unwrap_or_default()
}
