//! The file behind a screen: its YAML, to be changed by whoever knows it.
//!
//! In: a file, a text. Out: the page with its faults; the file saved. Not here: fields (`form`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    form::line,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::desk::{self, Refused, SourceFile};

/// The file of an address.
pub(super) fn named(kind: &str, id: &str) -> Option<SourceFile> {
    match kind {
        "office" => Some(SourceFile::Office),
        "release" => Some(SourceFile::Release(id.to_owned())),
        "memo" => Some(SourceFile::Memo(id.to_owned())),
        _ => None,
    }
}

/// The screen of a file.
pub(super) fn screen(file: &SourceFile) -> String {
    match file {
        SourceFile::Office => "/office".to_owned(),
        SourceFile::Release(id) => format!("/release/{}", values::encoded(id)),
        SourceFile::Memo(id) => format!("/memo/{}", values::encoded(id)),
    }
}

/// `GET /file/KIND/ID`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path((kind, id)): Path<(String, String)>,
) -> Response {
    unhurried(move || match named(&kind, &id) {
        Some(file) => answered(&shared, page(&shared, &open, &file, &kind, &id, None).map(Answer::Page)),
        None => {
            Answer::Problem(StatusCode::NOT_FOUND, shared.pages.refusal(&shared, "There is no such file."))
        }
    })
    .await
}

/// `POST /file/KIND/ID`.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path((kind, id)): Path<(String, String)>,
    form: FormData,
) -> Response {
    unhurried(move || {
        let Some(file) = named(&kind, &id) else {
            let page = shared.pages.refusal(&shared, "There is no such file.");
            return Answer::Problem(StatusCode::NOT_FOUND, page);
        };
        let (read, typed) = (form.get("read").unwrap_or_default(), form.get("text").unwrap_or_default());
        let saved =
            shared.carry_out(&open, |now| desk::save_text(now, &file, read, typed)).and_then(|report| {
                match report.now {
                    None => {
                        let page = format!("/file/{kind}/{}", values::encoded(&id));
                        shared.tell(&page, &[]);
                        Ok(Answer::Go(page))
                    }
                    Some(now) => {
                        let page = page(&shared, &open, &file, &kind, &id, Some((typed, &now)))?;
                        Ok(Answer::Problem(StatusCode::CONFLICT, page))
                    }
                }
            });
        answered(&shared, saved)
    })
    .await
}

/// The page; in a conflict, with what was typed and what others have written.
fn page(
    shared: &Shared,
    open: &OpenFolder,
    file: &SourceFile,
    kind: &str,
    id: &str,
    conflict: Option<(&str, &str)>,
) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let text = desk::text(&snapshot, file)?;
    let mut context = Context::new();
    let findings = desk::file_faults(&snapshot, file)?;
    let faults: Vec<_> = findings.faults.iter().map(|fault| line(fault, &findings)).collect();
    context.insert("title", &format!("The file of {id}"));
    context.insert("kind", kind);
    context.insert("id", id);
    context.insert("screen", &screen(file));
    context.insert("read", text);
    context.insert("text", conflict.map_or(text, |(typed, _)| typed));
    context.insert("theirs", &conflict.map(|(_, now)| now));
    context.insert("faults", &faults);
    context.insert("locked", &desk::is_locked(&snapshot, file));
    context.insert("done", &shared.told(&format!("/file/{kind}/{}", values::encoded(id))));
    Ok(shared.pages.page(shared, "file.html", "", context))
}
