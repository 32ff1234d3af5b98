//! Home: what is in work, and what comes next.
//!
//! In: the folder, what was built of it last. Out: one page. The list of memos does not wait for a build. Not here: what a memo
//! still needs, which the desk says.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::State,
    response::{Html, IntoResponse as _, Response},
};
use serde::Serialize;
use tera::Context;

use super::{
    file::screen,
    open::{OpenFolder, Shared},
    request::{Answer, answered},
    start::start,
    typed, unhurried, values,
};
use crate::{
    desk::{self, ComingDate, ListedMemo, Refused, memo_list},
    folder::{history, stem},
    model::Status,
    serve::MemoRow,
    words::series,
};

/// How many of the last changes are looked at for the memo that somebody wrote last.
const LOOKED_AT: usize = 20;

/// How many issued memos are shown.
const ISSUED: usize = 8;

/// A memo of a table.
#[derive(Serialize)]
struct HomeRow {
    id: String,
    name: String,
    subject: String,
    date: String,
    who: String,
    status: String,
    left: String,
    wrong: bool,
    approved: bool,
}

/// How many days are looked ahead.
const COMING: u64 = 14;

/// Something that is due, with the screen that it stands on.
#[derive(Serialize)]
struct ComingRow<'c> {
    #[serde(flatten)]
    coming: &'c ComingDate,
    screen: String,
}

impl ComingRow<'_> {
    fn of(coming: &ComingDate) -> ComingRow<'_> {
        ComingRow { coming, screen: screen(&coming.file.file()) }
    }
}

/// `GET /`.
pub(super) async fn home(State(shared): State<Arc<Shared>>) -> Response {
    let Some(open) = shared.folder() else {
        return Html(start(&shared, None, "")).into_response();
    };
    unhurried(move || answered(&shared, page(&shared, &open))).await
}

fn page(shared: &Shared, open: &OpenFolder) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let state = open.built.state.borrow().clone();
    let built: BTreeMap<&str, &MemoRow> =
        state.shown.memos.iter().map(|memo| (memo.id.as_str(), memo)).collect();
    let people: BTreeMap<String, String> = open.people().into_iter().collect();
    let row = |memo: ListedMemo| {
        let built = built.get(memo.id.as_str());
        let who = memo.analyst.map(|id| people.get(&id).cloned().unwrap_or(id)).unwrap_or_default();
        HomeRow {
            name: memo.number.unwrap_or_else(|| memo.id.clone()),
            subject: built.map_or(memo.subject, |row| row.subject.clone()),
            left: built.map(|row| row.left.clone()).unwrap_or_default(),
            approved: memo.status == Status::Approved.word(),
            wrong: built.is_some_and(|row| !row.current),
            date: memo.date,
            id: memo.id,
            status: memo.review.map_or(memo.status, |review| {
                review.words(|id| people.get(id).cloned().unwrap_or_else(|| id.to_owned()))
            }),
            who,
        }
    };
    let listed = memo_list(&snapshot);
    let manifest = desk::manifest(&snapshot)?;
    let coming = desk::coming(&snapshot, &manifest, &listed, shared.now().date(), COMING);
    let (work, rest): (Vec<_>, Vec<_>) = listed.into_iter().partition(|memo| memo.is_in_work);
    let count = rest.len();
    let mut context = Context::new();
    context.insert("title", "Home");
    context.insert("work", &work.into_iter().map(row).collect::<Vec<_>>());
    context.insert("issued", &rest.into_iter().take(ISSUED).map(row).collect::<Vec<_>>());
    context.insert("issued_count", &count);
    context.insert("coming", &coming.iter().map(ComingRow::of).collect::<Vec<_>>());
    context.insert("days", &COMING);
    context.insert("built", &(state.version > 0));
    context.insert("done", &shared.told("/"));
    context.insert("trouble", &state.shown.trouble);
    context.insert("kept", &typed::unsaved(shared, open));
    context.insert("last", &last(shared, open));
    context.insert("copies", &snapshot.copies.len());
    let waiting: Vec<Waiting> = desk::unpublished(&snapshot, &manifest)
        .into_iter()
        .map(|at| Waiting {
            words: format!("Not yet at {}: {}.", at.target, series(&at.memos)),
            target: values::encoded(&at.target),
            name: at.target,
        })
        .collect();
    context.insert("waiting", &waiting);
    context.insert("unmailed", &desk::unmailed(&snapshot, &manifest));
    context.insert("proposals", &desk::open_proposals(&snapshot));
    let releases: Vec<&String> = snapshot.texts.releases.iter().map(|(id, _)| id).collect();
    context.insert("releases", &releases);
    Ok(Answer::Page(shared.pages.page(shared, "home.html", "home", context)))
}

/// What a target does not have yet.
#[derive(Serialize)]
struct Waiting {
    words: String,
    /// As it stands in an address.
    target: String,
    name: String,
}

/// The memo that whoever sits here wrote last.
#[derive(Serialize)]
struct LastMemo {
    id: String,
    when: String,
}

fn last(shared: &Shared, open: &OpenFolder) -> Option<LastMemo> {
    let by = shared.settings().person(&open.root);
    let mut mine = history(&open.root).take(LOOKED_AT).filter(|change| by.is_some() && change.by == by);
    mine.find_map(|change| {
        let text = change.texts.iter().find(|text| text.after.is_some() && is_memo(text.path.as_str()))?;
        let when = change.at.map(values::moment).unwrap_or_default();
        Some(LastMemo { id: stem(text.path.as_str()), when })
    })
}

fn is_memo(path: &str) -> bool {
    path.matches('/').count() == 2 && !path.starts_with("memos/releases/") && path.ends_with(".yaml")
}
