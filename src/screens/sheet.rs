//! A spreadsheet's clipboard, or its file, taken into a release: what changes, what is to be asked, and the deed.
//!
//! In: the clipboard as text, answers, ticks. Out: the page; the part of it that follows while somebody ticks; the steps changed, or a delay
//! that is gone on with on its own page. Not here: what a sheet would change, which the desk finds.

use std::sync::Arc;

use axum::{
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, get},
};
use serde::Serialize;
use tera::Context;

use super::{
    deed::{self, Deed},
    file, follow,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    sheet_file::{self, TableForm},
    slip,
    slip_conflicts::fault_words,
    unhurried,
    upload::{self, UploadForm},
    values,
};
use crate::{
    desk::{
        self, ChangeKind, OwnerAnswer, Refused, RowAnswer, SheetChange, SheetColumn, SheetReport,
        SheetRequest,
    },
    folder::Snapshot,
    words::{counted, series},
};

/// `POST /release/ID/tasks/paste/follows`: what follows from the ticks so far, for the page's script. Nothing is written.
pub(super) async fn follows(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || {
        let mut context = Context::new();
        let wish = request(&form, &id);
        let shown = open.snapshot().and_then(|now| {
            let plan = desk::paste_sheet(&now, &wish)?;
            context.insert("agreed", &plan.digest());
            let how = meant(&form, || !desk::issued_memos(&now, &id).is_empty());
            insert(&mut context, &shared, &now, how, &wish, &plan.report)
        });
        if let Err(refused) = shown {
            context.insert("refused", &refusal::words(&refused));
        }
        Answer::Page(shared.pages.part("sheet-follows.html", &context))
    })
    .await
}

/// How many columns can be told apart.
const MOST_COLUMNS: usize = 200;

/// The address of the page.
pub(super) fn address(id: &str) -> String {
    format!("/release/{}/tasks/paste", values::encoded(id))
}

/// `/release/ID/tasks/paste`: where the clipboard or a file goes; what it changes; or what was shown, done.
pub(super) fn answers() -> MethodRouter<Arc<Shared>> {
    let answer = move |shared: Arc<Shared>, open: Arc<OpenFolder>, id: String, sent: UploadForm| {
        unhurried(move || {
            let UploadForm { mut form, files } = sent;
            let table = TableForm::of(&mut form, &files);
            answered(&shared, page(&shared, &open, &id, &form, &table))
        })
    };
    get(move |State(shared), Desk(open), Path(id)| {
        let form = FormData::asked(Vec::new());
        answer(shared, open, id, UploadForm { form, files: Vec::new() })
    })
    .post(move |State(shared), Desk(open), Path(id), form| answer(shared, open, id, form))
    .layer(DefaultBodyLimit::max(upload::MOST))
}

/// The page of a form in which a table may stand.
pub(super) fn page(
    shared: &Shared,
    open: &OpenFolder,
    id: &str,
    form: &FormData,
    table: &TableForm,
) -> Result<Answer, Refused> {
    let wish = request(form, id);
    let mut context = Context::new();
    context.insert("wrong", &table.wrong);
    context.insert("choices", &table.choices);
    context.insert("told_of_file", &wish.told.join("\n"));
    context.insert("title", &format!("From Excel into {id}"));
    context.insert("id", id);
    context.insert("screen", &address(id));
    context.insert("sheet", &wish.text);
    context.insert("done", &shared.told(&address(id)));
    let is_blank = wish.text.trim().is_empty();
    match deed::deed(shared, open, form, |now| desk::paste_sheet(now, &wish)) {
        Ok(Deed::Done(report)) => {
            let tasks = format!("/release/{}/tasks", values::encoded(id));
            let taken = counted(report.taken, "change");
            let are = if report.taken == 1 { "is" } else { "are" };
            // Dates of a sheet hang on nothing: what they follow is asked, and never taken by itself.
            let offered = desk::offered_rules(&open.snapshot()?, id);
            let follows = offered.is_ok_and(|offered| !offered.offers.is_empty());
            let to = if follows { follow::address(id) } else { tasks };
            shared.say(&to, format!("{taken} of the sheet {are} saved."));
            return Ok(Answer::Go(to));
        }
        Ok(Deed::Shown(shown)) if !is_blank => {
            let now = open.snapshot()?;
            let issued = desk::issued_memos(&now, id);
            let how = meant(form, || !issued.is_empty());
            insert(&mut context, shared, &now, how, &wish, &shown.report)?;
            context.insert("issued", &series(&issued));
            context.insert("agreed", &shown.agreed);
            context.insert("is_other", &shown.is_other);
        }
        // Whether there is such a release is known by now.
        Ok(Deed::Shown(_)) => {
            let is_asked = table.wrong.is_some() || !table.choices.is_empty();
            context.insert("is_blank", &(form.get("sheet").is_some() && !is_asked));
        }
        Err(refused @ Refused::TooManyRows { .. }) => {
            context.insert("wrong", &refusal::words(&refused));
            let page = shared.pages.page(shared, "sheet.html", "release", context);
            return Ok(Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(Refused::Faults(_) | Refused::Faulty { .. }) => {
            context.insert("faulty", &file::address("release", id));
            let page = shared.pages.page(shared, "sheet.html", "release", context);
            return Ok(Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(refused) => return Err(refused),
    }
    Ok(deed::shown(form, shared.pages.page(shared, "sheet.html", "release", context)))
}

/// What somebody asks of the desk.
pub(super) fn request(form: &FormData, id: &str) -> SheetRequest {
    let mut wish = SheetRequest {
        release: id.to_owned(),
        text: form.get("sheet").unwrap_or_default().to_owned(),
        told: sheet_file::lines(form.get("told-of-file").unwrap_or_default()),
        seen: form.all("seen").into_iter().collect(),
        taken: form.all("take").into_iter().collect(),
        ..SheetRequest::default()
    };
    for (name, value) in form.iter() {
        let Some((kind, key)) = name.split_once(':') else { continue };
        match kind {
            "column" => {
                let Ok(at) = key.parse::<usize>() else { continue };
                if at < MOST_COLUMNS {
                    wish.columns.resize(wish.columns.len().max(at + 1), None);
                    wish.columns[at] = column(value);
                }
            }
            "owner" => {
                wish.owners.extend(OwnerAnswer::of_key(value).map(|answer| (key.to_owned(), answer)));
            }
            "row" => wish.rows.extend(key.parse().ok().zip(RowAnswer::of_key(value))),
            "date" if !value.trim().is_empty() => {
                let Some((line, name)) = key.split_once(' ') else { continue };
                let place = line.parse().ok().zip(column(name));
                wish.dates.extend(place.map(|place| (place, value.to_owned())));
            }
            _ => {}
        }
    }
    wish
}

fn column(key: &str) -> Option<SheetColumn> {
    SheetColumn::ALL.into_iter().find(|column| column.key() == key)
}

/// Changes of one kind, under one heading.
#[derive(Serialize)]
struct ChangeGroup<'r> {
    key: &'static str,
    heading: &'static str,
    help: &'static str,
    changes: Vec<&'r SheetChange>,
}

/// What a sheet means, as somebody says; else what counties have read has moved, by a delay, and other plans were wrong.
fn meant(form: &FormData, is_read: impl FnOnce() -> bool) -> &str {
    let said = form.get("how").filter(|how| ["wrong", "moved"].contains(how));
    said.unwrap_or_else(|| if is_read() { "moved" } else { "wrong" })
}

/// Gives a template what is compared.
fn insert(
    context: &mut Context,
    shared: &Shared,
    now: &Snapshot,
    how: &str,
    wish: &SheetRequest,
    report: &SheetReport,
) -> Result<(), Refused> {
    if how == "moved" && !report.asks_columns {
        let today = shared.now().date();
        context.insert("moves", &desk::sheet_moves(now, wish, &report.changes, today)?);
    }
    let group = |kind: ChangeKind, key, heading, help| {
        let changes: Vec<_> = report.changes.iter().filter(|change| change.kind == kind).collect();
        ChangeGroup { key, heading, help, changes }
    };
    let groups = [
        group(
            ChangeKind::New,
            "new",
            "New",
            "The release has no such step. It comes where the sheet has it.",
        ),
        group(ChangeKind::Changed, "changed", "Changed", ""),
        group(
            ChangeKind::Computed,
            "computed",
            "The plan finds something else",
            "Tick what the sheet is to decide. What is not ticked stays as the plan finds it.",
        ),
        group(
            ChangeKind::Gone,
            "gone",
            "Not in the sheet",
            "If you copied a part of a sheet only, leave these alone. Tick the steps that are to be removed.",
        ),
    ];
    context.insert("id", &wish.release);
    context.insert("report", report);
    context.insert("groups", &groups.iter().filter(|group| !group.changes.is_empty()).collect::<Vec<_>>());
    context.insert("columns", &SheetColumn::ALL.map(|column| [column.key(), column.label()]));
    context.insert("how", how);
    context.insert("slip", &slip::address(&wish.release));
    context.insert("use", &format!("Use {}", these(report.taken)));
    context.insert("open", &open_words(report.open_questions()));
    context.insert("nothing", &report.is_nothing());
    context.insert("faults", &report.findings.faults.iter().map(fault_words).collect::<Vec<_>>());
    Ok(())
}

/// "these 14 changes".
fn these(count: usize) -> String {
    if count == 1 { "this change".to_owned() } else { format!("these {}", counted(count, "change")) }
}

fn open_words(open: usize) -> String {
    match open {
        0 => String::new(),
        1 => "1 question is open. What it asks about is not used before it is answered.".to_owned(),
        open => format!(
            "{} are open. What they ask about is not used before they are answered.",
            counted(open, "question")
        ),
    }
}
