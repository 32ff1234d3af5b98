//! The steps of a release as a table in which somebody types.
//!
//! In: a release, the table's form. Out: its page; what each cell gives while somebody types; the form saved. Not here: rows
//! (`grid_rows`), and what a form asks for (`grid_form`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    faults::{FaultLine, Told},
    file,
    form::{self, Left},
    grid_form::{self, LostText, PlacedForm},
    grid_rows::Grid,
    news,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{self, FieldsReport, FormReport, Refused, SourceFile, TaskDates},
    folder::{Plan, Snapshot},
    words::counted,
};

/// `GET /release/ID/tasks`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &id, &Left::default(), &[]).map(Answer::Page)))
        .await
}

/// `POST /release/ID/tasks`.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, saved(&shared, &open, &id, &form))).await
}

/// `POST /release/ID/tasks/follows`: what each cell gives with what is typed so far, for the page's script. Nothing is written.
pub(super) async fn follows(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || {
        let part = open.snapshot().and_then(|now| followed(&shared, &now, &id, &form));
        // What cannot be shown now is said in the place of what follows.
        let part = part.or_else(|refused| {
            let mut context = Context::new();
            context.insert("summary", &refusal::words(&refused));
            Ok(shared.pages.part("grid-follows.html", &context))
        });
        answered(&shared, part.map(Answer::Page))
    })
    .await
}

/// The address of a release's table.
fn address(id: &str) -> String {
    format!("/release/{}/tasks", values::encoded(id))
}

fn saved(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let (report, placed) = shared.carry_out(open, |now| {
        let placed = PlacedForm::of(form, &desk::task_ids(now, id)?);
        if !placed.lost.is_empty() {
            return Ok(Plan::nothing((None, placed)));
        }
        let (wish, new) = grid_form::request(&placed.form);
        Ok(desk::save_tasks(now, id, wish, new.as_ref())?.map(|report| (Some(report), placed)))
    })?;
    let page = |left: &Left| page(shared, open, id, left, &placed.lost);
    let Some(report): Option<FormReport> = report else {
        let left = Left::of(&placed.form, &[]);
        return Ok(Answer::Problem(StatusCode::CONFLICT, page(&left)?));
    };
    form::saved(shared, open, &address(id), &placed.form, &report, page)
}

fn page(
    shared: &Shared,
    open: &OpenFolder,
    id: &str,
    left: &Left,
    lost: &[LostText],
) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let file = SourceFile::Release(id.to_owned());
    let (report, dates) = desk::task_fields(&snapshot, id)?;
    let address = address(id);
    let mut context = Context::new();
    insert(&mut context, id, &report, dates.as_ref(), left);
    context.insert("title", &format!("The steps of {id}"));
    context.insert("id", id);
    context.insert("screen", &address);
    context.insert("done", &shared.told(&address));
    context.insert("conflicts", &left.conflicts());
    context.insert("lost", &lost.iter().map(LostText::words).collect::<Vec<_>>());
    context.insert("copied", &desk::copied_steps(&snapshot, id).ok());
    context.insert("summary", "The dates below the cells follow while you type.");
    typed::offer(shared, open, &address, &mut context);
    news::place(shared, open, &desk::texts(&snapshot, &file)?, &file, &mut context);
    Ok(shared.pages.page(shared, "grid.html", "release", context))
}

/// Gives a template the rows.
fn insert(context: &mut Context, id: &str, report: &FieldsReport, dates: Option<&TaskDates>, left: &Left) {
    let in_file = file::address("release", id);
    let told = Told::of(report, &[], &in_file);
    let grid = Grid::of(report, dates, &told, left);
    context.insert("others", &FaultLine::others(&grid.faults(), &told));
    context.insert("grid", &grid);
}

fn followed(shared: &Shared, now: &Snapshot, id: &str, form: &FormData) -> Result<String, Refused> {
    let placed = PlacedForm::of(form, &desk::task_ids(now, id)?);
    let (wish, _) = grid_form::request(&placed.form);
    let typed = desk::typed_tasks(now, id, &wish)?;
    let summary = match typed.moved {
        None => "First put right what is marked To fix; then the dates follow.".to_owned(),
        Some(0) => "No date changes.".to_owned(),
        Some(1) => "1 date changes. Nothing is saved yet.".to_owned(),
        Some(moved) => format!("{} change. Nothing is saved yet.", counted(moved, "date")),
    };
    let mut context = Context::new();
    insert(&mut context, id, &typed.fields, typed.dates.as_ref(), &Left::default());
    context.insert("summary", &summary);
    Ok(shared.pages.part("grid-follows.html", &context))
}
