//! New memo: from one of ours, from a delay, or blank; then what it carries over, to be looked at.
//!
//! In: a name, an origin. Out: the memo begun. Not here: what is copied, which the desk knows.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    file::screen,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    typed, unhurried,
    upload::{self, UploadForm},
    values,
};
use crate::{
    desk::{
        self, AttachReport, Blank, BroughtFile, CarriedText, Field, FieldsReport, NewMemo, NewMemoReport,
        Origin, Refused, SourceFile, memo_list,
    },
    model::date,
    schema::FieldKind,
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
pub(super) async fn begin(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    UploadForm { form, files }: UploadForm,
) -> Response {
    unhurried(move || {
        // A Word file may have a number, which is its name.
        let is_named = form.filled("name").is_some() || form.get("from") == Some("word");
        let named = if is_named { Ok(()) } else { Err(Refused::Blank(Blank::Name)) };
        match named.and_then(|()| begun(&shared, &open, &form, &files)) {
            Ok((report, attached)) => {
                typed::forget(&shared, &open, ADDRESS);
                if !attached.attached.is_empty() {
                    let page = screen(&SourceFile::Memo(report.id.clone()));
                    shared.say(&page, upload::said(&attached, &values::clock(shared.now())));
                }
                match report.carried.is_empty() && report.not_taken.is_empty() {
                    true => Answer::Go(format!("/memo/{}", values::encoded(&report.id))),
                    false => answered(&shared, carried(&shared, &open, &report).map(Answer::Page)),
                }
            }
            Err(refused) => {
                let asked = form.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                let mut wrong = refusal::words(&refused);
                if !files.is_empty() {
                    wrong.push_str(" Choose the files again: a browser forgets them.");
                }
                match page(&shared, &open, &asked, Some(&wrong)) {
                    Ok(page) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page),
                    Err(refused) => answered(&shared, Err(refused)),
                }
            }
        }
    })
    .await
}

fn begun(
    shared: &Shared,
    open: &OpenFolder,
    form: &FormData,
    files: &[BroughtFile],
) -> Result<(NewMemoReport, AttachReport), Refused> {
    let mut files = files.to_vec();
    let origin = match form.get("from") {
        Some("word") => {
            let word = files.iter().position(|file| desk::is_word_name(&file.name));
            // Other files that come with it are attached.
            Origin::Word(files.remove(word.ok_or(Refused::Blank(Blank::Word))?))
        }
        Some("memo") => Origin::Copy(form.filled("memo").unwrap_or_default().to_owned()),
        Some(from @ ("delay" | "proposal")) => Origin::Announcing {
            proposed: from == "proposal",
            release: form.filled("release").unwrap_or_default().to_owned(),
            changes: form.get("changes").is_some(),
        },
        _ => Origin::Empty,
    };
    // One that tells a delay bears the day on which it was announced, a Word file its own, if it has one.
    let has_day = matches!(origin, Origin::Announcing { .. } | Origin::Word(_));
    let wish = NewMemo {
        name: form.filled("name").map(str::to_owned),
        date: (!has_day).then(|| shared.now().date()),
        written: None,
        from: shared.settings().person(&open.root),
        origin,
    };
    let begin = |wish: &NewMemo| shared.carry_out(open, |now| desk::new_memo_with(now, wish, &files));
    match begin(&wish) {
        Err(Refused::NoYear { .. }) => begin(&NewMemo { date: Some(shared.now().date()), ..wish }),
        begun => begun,
    }
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
    context.insert("proposes", &desk::has_proposals(&snapshot));
    context.insert("asked", asked);
    context.insert("wrong", &wrong);
    context.insert("page", ADDRESS);
    context.insert("mine", &typed::mine(shared, open, ADDRESS));
    Ok(shared.pages.page(shared, "new.html", "new", context))
}

/// A place that a copy carries over.
#[derive(Serialize)]
struct CarriedPlace {
    place: String,
    what: String,
}

/// What a copy says that may be the other memo's own, each with a box.
fn carried(shared: &Shared, open: &OpenFolder, report: &NewMemoReport) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let file = SourceFile::Memo(report.id.clone());
    let fields = desk::fields(&snapshot, &file)?;
    let texts = desk::texts(&snapshot, &file)?;
    let places: Vec<CarriedPlace> =
        report.carried.iter().map(|carried| place(carried, &fields, &texts)).collect();
    let mut context = Context::new();
    context.insert("title", "Still right?");
    context.insert("id", &report.id);
    context.insert("carried", &places);
    context.insert("not_taken", &report.not_taken);
    Ok(shared.pages.page(shared, "new.html", "new", context))
}

/// Where something stands, as the screen of the memo calls it, and what it says, a date in words.
fn place(carried: &CarriedText, fields: &FieldsReport, texts: &[(&str, &str)]) -> CarriedPlace {
    let text = texts.iter().find(|(path, _)| *path == carried.file).map_or("", |(_, text)| text);
    let beside = carried.file != fields.file;
    let name = carried.file.rsplit('/').next().unwrap_or_default();
    let is_here = |field: &Field| match beside {
        true => field.written.as_deref() == Some(name),
        false => field.line.is_some_and(|line| line <= carried.line),
    };
    let mut labels = Vec::new();
    let mut prose = None;
    let mut within =
        fields.fields.iter().filter(|field| holds(field, &is_here)).max_by_key(|field| field.line);
    while let Some(field) = within {
        labels.push(capitalized(&field.label));
        prose =
            (field.kind == FieldKind::Prose).then(|| if beside { 0 } else { field.line.unwrap_or_default() });
        within = field.fields.iter().filter(|inner| holds(inner, &is_here)).max_by_key(|inner| inner.line);
    }
    labels.dedup();
    if let Some(paragraph) = prose.and_then(|start| paragraph(text, start, carried.line)) {
        labels.push(format!("paragraph {paragraph}"));
    }
    let what = match carried.what.split_once(": ") {
        Some((key, value)) if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => value,
        _ => &carried.what,
    };
    let what = date::read(what).map_or_else(|_| what.to_owned(), date::prose);
    CarriedPlace { place: labels.join(", "), what }
}

/// Whether a field is a place, or has it in itself.
fn holds(field: &Field, is_here: &impl Fn(&Field) -> bool) -> bool {
    is_here(field) || field.fields.iter().any(|inner| holds(inner, is_here))
}

/// The how-manieth paragraph of a text a line stands in, counted after the line of its key.
fn paragraph(text: &str, start: usize, line: usize) -> Option<usize> {
    let lines: Vec<&str> = text.lines().skip(start).take(line.checked_sub(start)?).collect();
    let begins = |at: usize| !lines[at].trim().is_empty() && (at == 0 || lines[at - 1].trim().is_empty());
    Some((0..lines.len()).filter(|at| begins(*at)).count()).filter(|count| *count > 0)
}
