//! Comments on a memo: beside its fields, and on its review page with the forms that add, answer, resolve and reopen.
//!
//! In: a memo, what somebody says. Out: the comments as pages show them; what was said, written. Not here: what a comment is, which the
//! desk knows.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    review, typed, unhurried, values,
};
use crate::{
    desk::{self, Byline, CommentRequest, CommentStep, PlacedComment, Refused},
    folder::Snapshot,
};

/// A comment as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CommentLine {
    id: String,
    /// Who said it, and when: "Debra Long, September 2, 2021 at 2:05 p.m."
    by: String,
    text: String,
    /// What it is on, if that is not the whole memo: "Text".
    field: String,
    quote: String,
    /// Whether what it is on is still there.
    is_there: bool,
    answers: Vec<AnswerLine>,
    /// An answer that was typed and not taken.
    answer: String,
    /// Who resolved it, and when.
    resolved: Option<String>,
    /// The key of the field, for the row beside which it stands.
    #[serde(skip)]
    pub on: String,
}

#[derive(Debug, Clone, Serialize)]
struct AnswerLine {
    by: String,
    text: String,
}

impl CommentLine {
    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }
}

/// The fields of a new comment.
const NEW: [&str; 3] = ["on", "quote", "text"];

/// `POST /memo/ID/comments`.
pub(super) async fn say(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, said(&shared, &open, &id, &form))).await
}

fn said(shared: &Shared, open: &OpenFolder, memo: &str, form: &FormData) -> Result<Answer, Refused> {
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let (what, id) = form.get("do").unwrap_or_default().split_once(' ').unwrap_or_default();
    let (id, answer) = (id.to_owned(), format!("answer:{id}"));
    let step = match what {
        "answer" => CommentStep::Answer { id, text: text(&answer) },
        "resolve" => CommentStep::Resolve { id, text: text(&answer) },
        "reopen" => CommentStep::Reopen { id },
        _ => CommentStep::Add { on: text("on"), quote: text("quote"), text: text("text") },
    };
    let is_new = matches!(step, CommentStep::Add { .. });
    let wish = CommentRequest { memo: memo.to_owned(), by: by(shared, open), step };
    match shared.carry_out(open, |now| desk::comment(now, &wish)) {
        Ok(report) => {
            let is_typed = |name: &str| NEW.contains(&name) || name.starts_with("answer:");
            let is_said = |name: &str| if is_new { NEW.contains(&name) } else { name == answer };
            typed::keep_rest(shared, open, &address(memo), form, |name| is_typed(name) && !is_said(name));
            Ok(Answer::Go(format!("{}#c-{}", address(memo), report.id)))
        }
        Err(refused @ (Refused::Blank(_) | Refused::Unknown { .. } | Refused::UnreadReview { .. })) => {
            let wrong = match &refused {
                Refused::Unknown { thing: desk::Thing::Comment, .. } => {
                    "This comment is not there any more. Look at the comments again.".to_owned()
                }
                refused => refusal::words(refused),
            };
            Ok(Answer::Page(review::page(shared, open, memo, Some(form), Some(&wrong))?))
        }
        // What somebody typed is on the page, to be sent once more.
        Err(refused @ Refused::Disk(_)) => {
            let wrong = refusal::words(&refused);
            let page = review::page(shared, open, memo, Some(form), Some(&wrong))?;
            Ok(Answer::Problem(StatusCode::CONFLICT, page))
        }
        Err(refused) => Err(refused),
    }
}

/// Who sits here, now.
pub(super) fn by(shared: &Shared, open: &OpenFolder) -> Byline {
    Byline { who: shared.settings().person(&open.root), at: shared.now() }
}

fn address(memo: &str) -> String {
    format!("/memo/{}/review", values::encoded(memo))
}

/// The comments on a memo, the open ones first. `labels` are what its fields are called, by their keys.
///
/// # Errors
/// [`Refused`] if they cannot be read.
pub(super) fn lines(
    snapshot: &Snapshot,
    open: &OpenFolder,
    memo: &str,
    labels: &BTreeMap<String, String>,
) -> Result<Vec<CommentLine>, Refused> {
    let people: BTreeMap<String, String> = open.people().into_iter().collect();
    let by = |said: &Byline| {
        let who = said.who.as_ref().map(|id| people.get(id).unwrap_or(id).clone());
        format!("{}, {}", who.unwrap_or_else(|| "Somebody".to_owned()), values::moment(said.at))
    };
    let line = |PlacedComment { comment, is_there }| CommentLine {
        by: by(&comment.by),
        field: labels.get(&comment.on).unwrap_or(&comment.on).clone(),
        is_there,
        answers: comment
            .answers
            .iter()
            .map(|answer| AnswerLine { by: by(&answer.by), text: answer.text.clone() })
            .collect(),
        resolved: comment.resolved.as_ref().map(by),
        answer: String::new(),
        id: comment.id,
        text: comment.text,
        quote: comment.quote,
        on: comment.on,
    };
    Ok(desk::comments(snapshot, memo)?.into_iter().map(line).collect())
}

/// Gives a review page its comments, what was typed and not sent, and the form that adds one as it was left.
pub(super) fn fill(
    context: &mut Context,
    snapshot: &Snapshot,
    (shared, open): (&Shared, &OpenFolder),
    memo: &str,
    form: Option<&FormData>,
) {
    typed::offer(shared, open, &address(memo), context);
    // A file that cannot be read has no fields; its comments are shown all the same.
    let fields = desk::memo_labels(snapshot, memo);
    let labels: BTreeMap<String, String> = fields.iter().cloned().collect();
    let typed = |name: &str| form.and_then(|form| form.get(name)).unwrap_or_default().to_owned();
    let answers = form.into_iter().flat_map(FormData::iter);
    let answers = answers.filter_map(|(name, text)| Some((name.strip_prefix("answer:")?, text)));
    let mut answers: BTreeMap<&str, &str> = answers.filter(|(_, text)| !text.trim().is_empty()).collect();
    let is_unsaved = !answers.is_empty() || NEW.into_iter().any(|name| !typed(name).is_empty());
    match lines(snapshot, open, memo, &labels) {
        Ok(mut all) => {
            for line in &mut all {
                line.answer = answers.remove(line.id.as_str()).unwrap_or_default().to_owned();
            }
            let (resolved, open): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|line| line.resolved.is_some());
            context.insert("comments", &open);
            context.insert("resolved", &resolved);
        }
        Err(refused) => context.insert("unread", &refusal::words(&refused)),
    }
    // An answer to what is not there any more stands in the form of a new comment.
    let text = std::iter::once(typed("text")).chain(answers.into_values().map(str::to_owned));
    let text = text.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
    context.insert("fields", &fields);
    context.insert("unsaved", &is_unsaved);
    context.insert("on", &typed("on"));
    context.insert("quote", &typed("quote"));
    context.insert("text", &text);
}
