//! New memo: from one of ours, from a delay, or blank; then what it carries over, to be looked at.
//!
//! In: a name, an origin. Out: the memo begun. Not here: what is copied, which the desk knows.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{self, Blank, NewMemo, NewMemoReport, Origin, Refused, memo_list},
    words::capitalized,
};

/// Where a memo is begun.
const ADDRESS: &str = "/new";

/// `GET /new`.
pub(super) async fn form(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &asked, None).map(Answer::Page))).await
}

/// `POST /new`.
pub(super) async fn begin(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        match form.filled("name").map_or(Err(Refused::Blank(Blank::Name)), |_| begun(&shared, &open, &form)) {
            Ok(report) => {
                typed::forget(&shared, &open, ADDRESS);
                match report.carried.is_empty() {
                    true => Answer::Go(format!("/memo/{}", values::encoded(&report.id))),
                    false => Answer::Page(carried(&shared, &report)),
                }
            }
            Err(refused) => {
                let asked = form.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                let words = format!("{}.", capitalized(&refused.to_string()));
                match page(&shared, &open, &asked, Some(&words)) {
                    Ok(page) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page),
                    Err(refused) => answered(&shared, Err(refused)),
                }
            }
        }
    })
    .await
}

fn begun(shared: &Shared, open: &OpenFolder, form: &FormData) -> Result<NewMemoReport, Refused> {
    let origin = match form.get("from") {
        Some("memo") => Origin::Copy(form.filled("memo").unwrap_or_default().to_owned()),
        Some("delay") => Origin::Announcing {
            release: form.filled("release").unwrap_or_default().to_owned(),
            changes: form.get("changes").is_some(),
        },
        _ => Origin::Empty,
    };
    let wish = NewMemo {
        name: form.filled("name").map(str::to_owned),
        // One that tells a delay bears the day on which it was announced.
        date: (!matches!(origin, Origin::Announcing { .. })).then(|| shared.now().date()),
        written: None,
        from: shared.settings().person(&open.root),
        origin,
    };
    shared.carry_out(open, |now| desk::new_memo(now, &wish))
}

fn page(
    shared: &Shared,
    open: &OpenFolder,
    asked: &BTreeMap<String, String>,
    wrong: Option<&str>,
) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let releases: Vec<&String> = snapshot.texts.releases.iter().map(|(id, _)| id).collect();
    let mut context = Context::new();
    context.insert("title", "New memo");
    context.insert("memos", &memo_list(&snapshot));
    context.insert("releases", &releases);
    context.insert("asked", asked);
    context.insert("wrong", &wrong);
    context.insert("page", ADDRESS);
    context.insert("mine", &typed::mine(shared, open, ADDRESS));
    Ok(shared.pages.page(shared, "new.html", "new", context))
}

/// What a copy says that may be the other memo's own, each with a box.
fn carried(shared: &Shared, report: &NewMemoReport) -> String {
    let mut context = Context::new();
    context.insert("title", "Still right?");
    context.insert("id", &report.id);
    context.insert("carried", &report.carried);
    shared.pages.page(shared, "new.html", "new", context)
}
