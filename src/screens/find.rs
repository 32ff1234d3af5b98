//! Find: memos, releases and the office by their words.
//!
//! In: words. Out: a page with the lines that say them, each with the way to its screen. Not here: the finding (`desk::mentions`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    file::screen,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, answered},
    unhurried,
};
use crate::{
    desk::{Mention, Refused, SourceFile, mentions},
    words::cut,
};

/// How many places are shown.
const MOST: usize = 100;

/// A place in which the words stand.
#[derive(Serialize)]
struct FoundPlace {
    /// What it is of: "Memo 26002".
    what: String,
    href: String,
    line: String,
}

/// `GET /find?q=...`.
pub(super) async fn find(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    unhurried(move || {
        let words = asked.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
        answered(&shared, page(&shared, &open, &words))
    })
    .await
}

fn page(shared: &Shared, open: &OpenFolder, words: &str) -> Result<Answer, Refused> {
    let found = mentions(&open.snapshot()?, words);
    let places: Vec<FoundPlace> = found.iter().take(MOST).map(place).collect();
    let mut context = Context::new();
    context.insert("title", "Find");
    context.insert("words", words);
    context.insert("places", &places);
    context.insert("count", &found.len());
    Ok(Answer::Page(shared.pages.page(shared, "find.html", "find", context)))
}

fn place(found: &Mention) -> FoundPlace {
    let what = match &found.file {
        SourceFile::Office => "The office".to_owned(),
        SourceFile::Release(id) => format!("Release {id}"),
        SourceFile::Memo(id) => format!("Memo {id}"),
    };
    FoundPlace { what, href: screen(&found.file), line: cut(&found.line, 160) }
}
