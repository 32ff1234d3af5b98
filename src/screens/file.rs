//! The file behind a screen: its YAML, to be changed by whoever knows it.
//!
//! In: a file, a text. Out: the page with its faults; the file saved. Not here: fields (`form`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    faults::{FaultLine, Told},
    news,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, Named, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    folder::Snapshot,
};

/// The address of a file's screen.
pub(super) fn screen(file: &SourceFile) -> String {
    match file {
        SourceFile::Office => "/office".to_owned(),
        SourceFile::Release(id) => format!("/release/{}", values::encoded(id)),
        SourceFile::Memo(id) => format!("/memo/{}", values::encoded(id)),
    }
}

/// The address of the file itself.
pub(super) fn address(kind: &str, id: &str) -> String {
    format!("/file/{kind}/{}", values::encoded(id))
}

/// `GET /file/KIND/ID`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let line = asked.get("line").and_then(|line| line.parse().ok());
    unhurried(move || answered(&shared, page(&shared, &open, &named, line, None).map(Answer::Page))).await
}

/// `POST /file/KIND/ID`.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, saved(&shared, &open, &named, &form))).await
}

fn saved(shared: &Shared, open: &OpenFolder, named: &Named, form: &FormData) -> Result<Answer, Refused> {
    let (read, typed) = (form.get("read").unwrap_or_default(), form.get("text").unwrap_or_default());
    let report = shared.carry_out(open, |now| {
        let (path, _) = own(now, &named.file)?;
        desk::save_text(now, &named.file, path, read, typed)
    })?;
    match report.now {
        None => {
            let address = address(named.kind, &named.id);
            typed::forget(shared, open, &address);
            shared.tell(&address, &[]);
            Ok(Answer::Go(address))
        }
        Some(now) => {
            Ok(Answer::Problem(StatusCode::CONFLICT, page(shared, open, named, None, Some((typed, &now)))?))
        }
    }
}

/// A file's own text, with its path.
pub(super) fn own<'s>(snapshot: &'s Snapshot, file: &SourceFile) -> Result<(&'s str, &'s str), Refused> {
    Ok(desk::texts(snapshot, file)?[0])
}

/// The page, at a line; in a conflict, with what was typed and what others have written.
fn page(
    shared: &Shared,
    open: &OpenFolder,
    named: &Named,
    line: Option<usize>,
    conflict: Option<(&str, &str)>,
) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let Named { file, kind, id } = named;
    let (_, text) = own(&snapshot, file)?;
    let mut context = Context::new();
    context.insert("title", &format!("The file of {id}"));
    context.insert("kind", kind);
    context.insert("id", id);
    context.insert("screen", &screen(file));
    context.insert("read", text);
    context.insert("text", conflict.map_or(text, |(typed, _)| typed));
    context.insert("theirs", &conflict.map(|(_, now)| now));
    let faults = desk::file_faults(&snapshot, file)?;
    context.insert("faults", &FaultLine::others(&[], &Told::of_file(&faults)));
    context.insert("line", &line);
    context.insert("says", &line.and_then(|line| text.lines().nth(line.checked_sub(1)?)));
    context.insert("locked", &desk::is_locked(&snapshot, file));
    news::place(shared, open, &[own(&snapshot, file)?], file, &mut context);
    let address = address(kind, id);
    context.insert("done", &shared.told(&address));
    typed::offer(shared, open, &address, &mut context);
    Ok(shared.pages.page(shared, "file.html", "", context))
}
