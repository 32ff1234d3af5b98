//! "What if": a question of the window, and what would move.
//!
//! In: a milestone, its days, when counties are told. Out: a page with the table of what would move, and all
//! that `ccrov slip --dry-run` says. Nothing is written. Not here: the answer, which the advisor finds.

use axum::{
    extract::{Query, State as Shared, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use tera::Context;

use super::{Server, advisor::words, sentence};
use crate::schedule::ChangeRow;

/// What somebody asks. A field that is left blank is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    /// The release that is offered; all are, if it is not said.
    pub release: String,
    /// The release and the milestone: "votecal-2021-2/release".
    pub moved: String,
    /// Its new day, or its new first day.
    pub start: String,
    /// Its new last day.
    pub end: String,
    /// When counties are told; today if it is not said.
    pub announced: String,
    /// The cause.
    pub reason: String,
}

/// What would follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Forecast {
    /// What it is, in a few words.
    pub heading: &'static str,
    /// The table of what would move.
    pub rows: Vec<ChangeRow>,
    /// All that a terminal would say.
    pub said: String,
    /// What to type to have it so; nothing if it cannot be had.
    pub command: Option<String>,
}

/// `GET /what-if`: the form, and the answer if something was asked.
pub(super) async fn what_if(
    Shared(desk): Shared<Server>,
    asked: Result<Query<Question>, QueryRejection>,
) -> Response {
    let Ok(Query(question)) = asked else {
        return sentence(
            StatusCode::BAD_REQUEST,
            "This question cannot be read: ask it again on the page `What if`.",
        );
    };
    let page = tokio::task::spawn_blocking(move || {
        let mut context = Context::new();
        let state = desk.built.state.borrow().clone();
        context.insert("version", &state.name());
        match desk.advisor.releases() {
            Ok(mut releases) => {
                if releases.iter().any(|release| release.id == question.release) {
                    releases.retain(|release| release.id == question.release);
                }
                context.insert("releases", &releases);
            }
            Err(refused) => context.insert("wrong", &words(&refused)),
        }
        context.insert("question", &question);
        if !question.moved.is_empty() {
            context.insert("answer", &desk.advisor.what_if(&question));
        }
        desk.pages.frame(&mut context, &state.shown);
        desk.pages.fill("what-if.html", &context)
    });
    match page.await {
        Ok(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(_) => sentence(
            StatusCode::INTERNAL_SERVER_ERROR,
            "ccrov itself failed at this question: tell those who look after it.",
        ),
    }
}
