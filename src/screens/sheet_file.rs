//! A spreadsheet's file in the place of a clipboard: chosen, or dropped; and the Excel file of a release.
//!
//! In: a form with a file. Out: the same form with the table's cells as if they had been pasted, what was found of the file, and which
//! sheets could be meant; an .xlsx. Not here: what becomes of the table (`sheet`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried,
    upload::UploadForm,
    values,
};
use crate::desk::{self, BroughtFile, FileTable, NotATable, Refused, TextTable};

/// A form in which a table stands, if a file has one.
#[derive(Default)]
pub(super) struct TableForm {
    /// Why the file has none that could be taken.
    pub wrong: Option<String>,
    /// The sheets among which somebody has to choose.
    pub choices: Vec<SheetChoice>,
}

/// A sheet that could be meant, with its table, so that the file need not be chosen again.
#[derive(Serialize)]
pub(super) struct SheetChoice {
    name: String,
    text: String,
    told: String,
}

impl TableForm {
    /// Puts the table of a file, or of the sheet that somebody has chosen, into the form.
    pub fn of(form: &mut FormData, files: &[BroughtFile]) -> TableForm {
        let mut found = TableForm::default();
        if let Some(at) = form.get("chosen").map(str::to_owned) {
            let field = |kind: &str| form.get(&format!("{kind}:{at}")).unwrap_or_default().to_owned();
            let (text, told) = (field("of-sheet"), field("told-of-sheet"));
            put(form, &FileTable { text, told: lines(&told), ..FileTable::default() });
        }
        let Some(file) = files.first() else { return found };
        match desk::table_of(&file.bytes, None) {
            Ok(table) => put(form, &table),
            Err(NotATable::WhichSheet { sheets, .. }) => {
                let choice = |name: String| {
                    let FileTable { text, told, .. } = desk::table_of(&file.bytes, Some(&name)).ok()?;
                    Some(SheetChoice { name, text, told: told.join("\n") })
                };
                found.choices = sheets.into_iter().filter_map(choice).collect();
            }
            Err(why) => found.wrong = Some(format!("{}: {why}.", file.name)),
        }
        found
    }
}

fn put(form: &mut FormData, table: &FileTable) {
    form.set("sheet", table.text.clone());
    form.set("told-of-file", table.told.join("\n"));
}

/// What was found of a file, as a form carries it.
pub(super) fn lines(told: &str) -> Vec<String> {
    told.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `GET /spreadsheet`: where a spreadsheet that was dropped on Home may belong.
pub(super) async fn places(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || answered(&shared, spreadsheet(&shared, &open, &[], None).map(Answer::Page))).await
}

/// `POST /spreadsheet`: its sheets as tables in Markdown, to be put into a memo's text.
pub(super) async fn as_table(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    UploadForm { files, .. }: UploadForm,
) -> Response {
    unhurried(move || {
        let tables = match files.first() {
            None => Err("Choose a file first.".to_owned()),
            Some(file) => desk::tables_in_text(&file.bytes).map_err(|why| format!("{}: {why}.", file.name)),
        };
        let page = match &tables {
            Ok(tables) => spreadsheet(&shared, &open, tables, None).map(Answer::Page),
            Err(wrong) => spreadsheet(&shared, &open, &[], Some(wrong))
                .map(|page| Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page)),
        };
        answered(&shared, page)
    })
    .await
}

fn spreadsheet(
    shared: &Shared,
    open: &OpenFolder,
    tables: &[TextTable],
    wrong: Option<&str>,
) -> Result<String, Refused> {
    let now = open.snapshot()?;
    let releases = now.texts.releases.iter().map(|(id, _)| (values::encoded(id), id));
    let mut context = Context::new();
    context.insert("title", "A spreadsheet");
    context.insert("releases", &releases.collect::<Vec<_>>());
    context.insert("tables", tables);
    context.insert("wrong", &wrong);
    Ok(shared.pages.page(shared, "spreadsheet.html", "home", context))
}

/// `GET /release/ID/tasks/excel`: the steps as an Excel file.
pub(super) async fn excel(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || {
        let exported = open.snapshot().and_then(|now| desk::exported_steps(&now, &id));
        answered(&shared, exported.map(|bytes| Answer::File { path: format!("{id}.xlsx"), bytes }))
    })
    .await
}
