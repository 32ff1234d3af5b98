//! What is kept of a memo's review, in a file beside the memo: `26002.review`. No reader gets it.
//!
//! In: the file. Out: [`ReviewFile`], and the edit that writes it. It goes with the memo: to its new name when it is issued, into the
//! history when the draft is deleted. Not here: what a review is (`review`).

use serde::{Deserialize, Serialize};

use super::{Comment, Refused, no_memo};
use crate::{
    diagnostic::Source,
    folder::{Edit, Snapshot, writable},
    format::Format,
};

/// What is kept of a memo's review.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewFile {
    /// The number of its format.
    #[serde(default, skip_serializing_if = "Format::is_first")]
    format: Format,
    /// What was sent to somebody last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<ReadText>,
    /// What was approved last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<ReadText>,
    /// What was said of it, in the order in which it was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// The changes of reviewers' Word files that somebody has left, by what they are known by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<String>,
}

/// A memo as somebody has read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadText {
    /// Who, by the name in the office's file.
    pub who: String,
    /// The day on which it was sent or approved.
    pub on: String,
    /// What it said, in Markdown.
    pub text: String,
}

impl ReviewFile {
    /// What is kept of a memo's review; nothing if there was none.
    ///
    /// # Errors
    /// [`Refused::UnreadReview`] if the file is there and cannot be read.
    pub fn of(snapshot: &Snapshot, id: &str) -> Result<ReviewFile, Refused> {
        let unread = |file: &str, why: String| Refused::UnreadReview { file: file.to_owned(), why };
        let Some(source) = snapshot.reviews.iter().find(|(memo, _)| memo == id).map(|(_, source)| *source)
        else {
            return match path(snapshot, id).filter(|path| snapshot.texts.files.contains(path)) {
                Some(path) => Err(unread(&path, "it is no plain text".to_owned())),
                None => Ok(ReviewFile::default()),
            };
        };
        ReviewFile::read(snapshot.sources.get(source))
    }

    fn read(file: &Source) -> Result<ReviewFile, Refused> {
        let unread = |why: String| Refused::UnreadReview { file: file.name.clone(), why };
        Format::check(file.text.as_bytes(), Format::FIRST).map_err(|newer| unread(newer.to_string()))?;
        serde_yaml::from_str(&file.text).map_err(|error| unread(error.to_string()))
    }

    /// The text that says what two files of one memo say: every comment and answer of both, and of the texts the later.
    ///
    /// # Errors
    /// [`Refused::UnreadReview`] if one of them cannot be read.
    pub fn of_both(one: &Source, other: &Source) -> Result<String, Refused> {
        let (mut both, other) = (ReviewFile::read(one)?, ReviewFile::read(other)?);
        let later = |one: Option<ReadText>, other: Option<ReadText>| match (one, other) {
            (Some(one), Some(other)) if other.on > one.on => Some(other),
            (one, other) => one.or(other),
        };
        both.sent = later(both.sent.take(), other.sent);
        both.approved = later(both.approved.take(), other.approved);
        for comment in other.comments {
            let Some(known) = both.comments.iter_mut().find(|known| known.id == comment.id) else {
                both.comments.push(comment);
                continue;
            };
            for answer in comment.answers {
                if !known.answers.contains(&answer) {
                    known.answers.push(answer);
                }
            }
            known.answers.sort_by_key(|answer| answer.by.at);
            // One that is open in either is looked at again.
            known.resolved = known.resolved.take().filter(|_| comment.resolved.is_some());
        }
        both.comments.sort_by_key(|comment| comment.by.at);
        let new = other.left.into_iter().filter(|key| !both.left.contains(key)).collect::<Vec<_>>();
        both.left.extend(new);
        Ok(both.to_yaml())
    }

    /// The edit that writes it, if it says something else by now.
    ///
    /// # Errors
    /// [`Refused`]: there is no such memo, or its folder cannot be written.
    pub fn edit(&self, snapshot: &Snapshot, id: &str) -> Result<Option<Edit>, Refused> {
        let path = path(snapshot, id).ok_or_else(|| no_memo(id, snapshot))?;
        let there = snapshot.reviews.iter().find(|(memo, _)| memo == id);
        let was = there.map(|(_, source)| snapshot.sources.get(*source).text.clone());
        let becomes = self.to_yaml();
        let edit = Edit { path: writable(&path)?, was, becomes: Some(becomes), like: None };
        Ok(Some(edit).filter(|edit| edit.was != edit.becomes))
    }

    fn to_yaml(&self) -> String {
        let yaml = serde_yaml::to_string(self).expect("text, numbers and lists always serialise");
        format!(
            "# What was read and said of the memo beside it. ccrov writes this file; nothing of it is published.\n{yaml}"
        )
    }
}

/// Where it stands, or would stand.
pub(super) fn path(snapshot: &Snapshot, id: &str) -> Option<String> {
    let memo = &snapshot.sources.get(snapshot.memo(id)?.0).name;
    let (folder, _) = memo.rsplit_once('/')?;
    Some(format!("{folder}/{id}.review"))
}
