//! What changed in a memo: words inserted and deleted since somebody read it, or since the memo that it updates.
//!
//! In: a memo, with what it is compared. Out: one page. Not here: what changed, which the desk finds.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::desk::{self, ComparedText, Refused, SourceFile, TextChoice};

/// A text that can be chosen.
#[derive(Serialize)]
struct OfferedText {
    name: String,
    words: String,
    chosen: bool,
}

/// `GET /memo/ID/changes?with=...`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Response {
    unhurried(move || {
        let form = FormData::asked(asked);
        answered(&shared, page(&shared, &open, &id, form.filled("with")).map(Answer::Page))
    })
    .await
}

fn page(shared: &Shared, open: &OpenFolder, id: &str, with: Option<&str>) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let mut context = Context::new();
    context.insert("title", &format!("What changed in {id}"));
    context.insert("id", id);
    context.insert("locked", &desk::is_locked(&snapshot, &SourceFile::Memo(id.to_owned())));
    match desk::compare_texts(&snapshot, id, with) {
        Ok(changes) => {
            let choice = |(at, choice): (usize, &TextChoice)| OfferedText {
                name: values::encoded(choice.text.name()),
                words: words(choice, open),
                chosen: changes.with == Some(at),
            };
            let choices: Vec<OfferedText> = changes.choices.iter().enumerate().map(choice).collect();
            context
                .insert("chosen", &choices.iter().find(|choice| choice.chosen).map(|choice| &choice.words));
            context.insert("choices", &choices);
            context.insert("sentences", &changes.sentences);
            context.insert("blocks", &changes.blocks);
        }
        Err(Refused::Faults(_) | Refused::Faulty { .. }) => {
            context.insert("wrong", "The memo has things to fix, so its text cannot be compared yet.");
        }
        Err(refused) => return Err(refused),
    }
    Ok(shared.pages.page(shared, "changes.html", "memo", context))
}

/// "what Debra Long approved on September 2, 2021".
fn words(choice: &TextChoice, open: &OpenFolder) -> String {
    let TextChoice { text, who, day } = choice;
    let who = who.as_deref().map(|who| open.person_name(who).unwrap_or_else(|| who.to_owned()));
    let who = who.unwrap_or_default();
    match text {
        ComparedText::Approved => format!("what {who} approved on {day}"),
        ComparedText::Sent => format!("what {who} got to read on {day}"),
        ComparedText::Memo(id) => format!("memo {id} of {day}"),
    }
}
