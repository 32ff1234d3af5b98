//! The office and its releases: facts that memos take, each in one place.
//!
//! In: a form. Out: the page; the facts saved or added. Not here: how fields become controls (`form`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    form::{self, Growing, Left},
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried,
};
use crate::desk::{self, Refused, SourceFile};

/// What can be added to the office.
const GROWING: [Growing; 7] = [
    Growing {
        key: "office_holders",
        names: "name",
        words: "A new Secretary of State: the name",
        is_list: true,
    },
    Growing {
        key: "letterheads",
        names: "division",
        words: "A new letterhead: the division",
        is_list: false,
    },
    Growing { key: "people", names: "name", words: "A new person: the name", is_list: false },
    Growing { key: "contacts", names: "name", words: "A new contact: the name", is_list: false },
    Growing {
        key: "calendars",
        names: "name",
        words: "A new calendar of closed days: whose",
        is_list: false,
    },
    Growing { key: "entities", names: "name", words: "Another responsible party: the name", is_list: false },
    Growing { key: "elections", names: "name", words: "A new election: the name", is_list: false },
];

/// `GET /office`.
pub(super) async fn show(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || {
        answered(&shared, page(&shared, &open, &SourceFile::Office, &Left::default()).map(Answer::Page))
    })
    .await
}

/// `GET /release/ID`.
pub(super) async fn show_release(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || {
        let file = SourceFile::Release(id);
        answered(&shared, page(&shared, &open, &file, &Left::default()).map(Answer::Page))
    })
    .await
}

/// `POST /office`.
pub(super) async fn save(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || answered(&shared, saved(&shared, &open, &SourceFile::Office, &form))).await
}

/// `POST /release/ID`.
pub(super) async fn save_release(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, saved(&shared, &open, &SourceFile::Release(id), &form))).await
}

fn saved(shared: &Shared, open: &OpenFolder, file: &SourceFile, form: &FormData) -> Result<Answer, Refused> {
    let mut wish = form::request(form);
    if matches!(file, SourceFile::Office) {
        form::additions(form, &GROWING, &mut wish);
    }
    let report = shared.carry_out(open, |now| desk::save_form(now, file, &wish))?;
    if report.conflicts.is_empty() {
        let screen = super::file::screen(file);
        shared.tell(&screen, &report.merged);
        return Ok(Answer::Go(screen));
    }
    let left = Left::of(form, &report.conflicts);
    let page = page(shared, open, file, &left)?;
    Ok(Answer::Problem(StatusCode::CONFLICT, page))
}

fn page(shared: &Shared, open: &OpenFolder, file: &SourceFile, left: &Left) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let report = desk::fields(&snapshot, file)?;
    let mut context = Context::new();
    let (kind, id, title) = match file {
        SourceFile::Release(id) => ("release", id.as_str(), format!("Release {id}")),
        _ => ("office", "office", "The office".to_owned()),
    };
    context.insert("title", &title);
    context.insert("kind", kind);
    context.insert("id", id);
    context.insert("screen", &super::file::screen(file));
    let mut rows = form::all_rows(&report, left);
    if matches!(file, SourceFile::Office) {
        form::with_adding(&mut rows, &GROWING);
        form::with_uses(&mut rows, &desk::uses(&snapshot));
    }
    context.insert("rows", &rows);
    context.insert("done", &shared.told(&super::file::screen(file)));
    context.insert("conflicts", &left.conflicts());
    context.insert("others", &form::other_faults(&report, &[]));
    Ok(shared.pages.page(shared, "office.html", kind, context))
}
