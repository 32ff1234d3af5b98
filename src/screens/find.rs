//! Find: memos by their words, and facts of the office: a telephone, an address, a step's text.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, answered},
    unhurried, values,
};
use crate::{desk::Refused, words::cut};

/// How many places are shown.
const MOST: usize = 100;

/// A place in which the words stand.
#[derive(Serialize)]
struct Place {
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
    let snapshot = open.snapshot()?;
    let wanted = words.to_lowercase();
    let mut places = Vec::new();
    let files = {
        let memos = snapshot.texts.memos.iter().rev();
        let memos = memos
            .map(|(id, source)| (format!("Memo {id}"), format!("/memo/{}", values::encoded(id)), *source));
        let releases = snapshot.texts.releases.iter();
        let releases = releases.map(|(id, source)| {
            (format!("Release {id}"), format!("/release/{}", values::encoded(id)), *source)
        });
        let office = snapshot.texts.office.map(|source| ("Office".to_owned(), "/office".to_owned(), source));
        let bodies = snapshot.texts.bodies.iter();
        let bodies = bodies.map(|(path, source)| {
            let file = path.rsplit_once('/').map_or(path.as_str(), |(_, file)| file);
            let memo =
                snapshot.texts.memos.iter().find(|(_, memo)| snapshot.sources.get(*memo).text.contains(file));
            let href = memo.map_or("/".to_owned(), |(id, _)| format!("/memo/{}", values::encoded(id)));
            (format!("Text {file}"), href, *source)
        });
        office.into_iter().chain(releases).chain(memos).chain(bodies).collect::<Vec<_>>()
    };
    if !wanted.is_empty() {
        for (what, href, source) in files {
            let text = &snapshot.sources.get(source).text;
            let hits = text.lines().filter(|line| line.to_lowercase().contains(&wanted));
            for line in hits.take(3) {
                places.push(Place { what: what.clone(), href: href.clone(), line: cut(line.trim(), 160) });
            }
        }
    }
    let count = places.len();
    places.truncate(MOST);
    let mut context = Context::new();
    context.insert("title", "Find");
    context.insert("words", words);
    context.insert("places", &places);
    context.insert("count", &count);
    Ok(Answer::Page(shared.pages.page(shared, "find.html", "find", context)))
}
