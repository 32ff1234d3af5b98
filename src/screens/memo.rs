//! A memo: its fields and its text on the left, its page and its PDF on the right.
//!
//! In: a memo's id; a form that comes back. Out: the page; the saved memo. An issued memo is shown and not changed. Not here: how
//! fields become controls (`form`), what somebody typed and did not save (`typed`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    comments::{self, CommentLine},
    controls::{self, ShownField},
    copies,
    faults::{FaultLine, Told},
    file::screen,
    form::{self, Growing, Left},
    history, news,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, Named, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    model::Status,
    records::Readings,
    words::capitalized,
};

/// The fields above the text.
pub(super) const HEAD: [ShownField; 10] = [
    ShownField { key: "subject", help: "What the memo is about, in one line." },
    ShownField { key: "date", help: "The date that the memo bears, such as March 2, 2026." },
    ShownField {
        key: "to",
        help: "One box for each addressee. An address takes several lines: press Enter.",
    },
    ShownField { key: "from", help: "Who signs it, in this order." },
    ShownField { key: "letterhead", help: "" },
    ShownField { key: "analyst", help: "Blank: the first person in From." },
    ShownField {
        key: "contact",
        help: "The person or desk that counties can call. The text takes the name, telephone and e-mail from here.",
    },
    ShownField { key: "release", help: "Its dates can stand in the text, and its schedule can be attached." },
    ShownField { key: "election", help: "Dates such as E-60 are counted from it." },
    ShownField { key: "attachments", help: "They are printed in this order." },
];

/// The fields under "More".
const MORE: [ShownField; 12] = [
    ShownField {
        key: "status",
        help: "Draft, in review, or approved. Issue comes later, and locks the memo.",
    },
    ShownField { key: "number", help: "Leave it blank: the memo gets the next number when it is issued." },
    ShownField { key: "signed", help: "Yes prints /s/ before the names." },
    ShownField { key: "updates", help: "Earlier memos that still hold." },
    ShownField { key: "supersedes", help: "Earlier memos that no longer hold." },
    ShownField { key: "corrects", help: "Earlier memos in which something was wrong." },
    ShownField {
        key: "deadlines",
        help: "What is due, from whom, by when: a day, or what it follows, such as E-45. They stand in the text and in the calendar.",
    },
    ShownField { key: "template", help: "The name of a template, for a memo that has no text of its own." },
    ShownField { key: "knows", help: "Which plan of the release the memo tells. Blank: the latest." },
    ShownField { key: "attachment_label", help: "Blank: Attachment." },
    ShownField { key: "list_attachments", help: "No leaves their titles out of the memo." },
    ShownField { key: "fields", help: "Yes makes the PDF a form." },
];

/// What can be added under "More".
const GROWING: [Growing; 1] =
    [Growing { key: "deadlines", names: "what", words: "A new deadline: what is due", is_list: true }];

/// The text.
pub(super) const BODY: ShownField = ShownField {
    key: "body",
    help: "An empty line begins a new paragraph. A fact in double braces always shows its value of today.",
};

/// Attachments that a button adds.
const READY: &[(&str, &str)] = &[
    ("Add the schedule", "schedule"),
    ("Add the table of changes", "changes"),
    ("Add a text", "{title: Attachment, body: \"\"}"),
];

/// A fact that can be put into the text, and the screen on which it is changed.
#[derive(Serialize)]
struct FactLine {
    #[serde(flatten)]
    fact: desk::Fact,
    from: Option<String>,
}

/// `GET /memo/ID`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || {
        match page(&shared, &open, &id, &Left::default()) {
            // The file is there and cannot be read: it shows the line.
            Err(Refused::Faulty { .. }) => Answer::Go(format!("/file/memo/{}", values::encoded(&id))),
            Err(Refused::Unknown { .. }) => gone(&shared, &open, &id),
            shown => answered(&shared, shown.map(Answer::Page)),
        }
    })
    .await
}

/// What is shown of a memo that is not there: its history, and what somebody typed into it.
fn gone(shared: &Shared, open: &OpenFolder, id: &str) -> Answer {
    let mut context = Context::new();
    context.insert("title", &format!("There is no memo {id}"));
    context.insert("id", id);
    let page = screen(&SourceFile::Memo(id.to_owned()));
    typed::offer(shared, open, &page, &mut context);
    Answer::Problem(StatusCode::NOT_FOUND, shared.pages.page(shared, "gone.html", "", context))
}

/// `POST /memo/ID`: saves the form.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, saved(&shared, &open, &id, &form))).await
}

fn saved(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let file = SourceFile::Memo(id.to_owned());
    let mut wish = form::request(form, &GROWING);
    if form.filled("now:template").is_some() {
        wish.blank.push("body".to_owned());
    }
    match form::save(shared, open, &file, form, &wish, |left| page(shared, open, id, left)) {
        Err(Refused::Locked { .. }) => {
            let said = "This memo has been issued meanwhile, so it is locked. What you typed is kept: it stands on the memo's page.";
            Ok(Answer::Problem(StatusCode::CONFLICT, shared.pages.refusal(shared, said)))
        }
        Err(Refused::Unknown { .. }) => Ok(gone(shared, open, id)),
        saved => saved,
    }
}

fn page(shared: &Shared, open: &OpenFolder, id: &str, left: &Left) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let file = SourceFile::Memo(id.to_owned());
    let mut readings = Readings::default();
    let report = desk::fields_with(&snapshot, &file, &mut readings)?;
    let address = format!("/file/memo/{}", values::encoded(id));
    let lists = [&HEAD[..], &MORE[..], &[BODY]];
    let told = Told::of(&report, &lists, &address);
    let [mut head, mut more, mut body] = lists.map(|shown| controls::rows(&report, &told, shown, left));
    for row in head.iter_mut().filter(|row| row.key == "attachments") {
        row.ready = READY;
    }
    controls::with_adding(&mut more, &GROWING);
    // Issue and withdraw lock and print: no field does that.
    for row in more.iter_mut().filter(|row| row.key == "status") {
        row.options.retain(|choice| !["issued", "withdrawn"].contains(&choice.value.as_str()));
    }
    let beside = [&head, &more, &body].map(|rows| controls::faults_of(rows)).concat();
    let written = |key: &str| {
        report.fields.iter().find(|field| field.key == key).and_then(|field| field.written.clone())
    };
    let subject = written("subject").unwrap_or_default();
    let built = open.built.state.borrow().clone();
    let row = built.shown.memos.iter().find(|memo| memo.id == id);
    let title = row.map_or(&subject, |row| &row.subject);
    let mut context = Context::new();
    context.insert("id", id);
    context.insert("locked", &desk::is_locked(&snapshot, &file));
    context.insert("reviewed", &super::review::said(&snapshot, open, id));
    context.insert("withdrawn", &(written("status").as_deref() == Some(Status::Withdrawn.word())));
    context.insert("reads", &Some(title).filter(|title| **title != subject));
    context.insert("title", title);
    context.insert("name", &row.and_then(|row| row.number.as_deref()).unwrap_or(id));
    let labels = report.fields.iter().map(|field| (field.key.clone(), capitalized(&field.label))).collect();
    let rows = [&mut head, &mut more, &mut body];
    let comments = comments_beside(comments::lines(&snapshot, open, id, &labels), rows);
    context.insert("comments", &comments);
    context.insert("head", &head);
    context.insert("more", &more);
    context.insert("body", &body);
    context.insert("others", &FaultLine::others(&beside, &told));
    let facts = desk::facts(&snapshot, id, &mut readings).into_iter();
    let facts = facts.map(|fact| FactLine { from: fact.from.as_ref().map(screen), fact });
    context.insert("facts", &facts.collect::<Vec<_>>());
    context.insert("done", &shared.told(&screen(&file)));
    context.insert("conflicts", &left.conflicts());
    typed::offer(shared, open, &screen(&file), &mut context);
    news::place(shared, open, &desk::texts(&snapshot, &file)?, &file, &mut context);
    let own = snapshot.memo(id).map(|(source, _)| snapshot.sources.get(source).name.clone());
    context.insert("copies", &copies::of_file(&snapshot, |path| own.as_deref() == Some(path)));
    context.insert("sheets", &shared.pages.part("sheets.html", &sheets(open, id)));
    Ok(shared.pages.page(shared, "memo.html", "memo", context))
}

/// Gives each row the open comments on its field; the others are those of the page.
fn comments_beside(
    lines: Result<Vec<CommentLine>, Refused>,
    lists: [&mut Vec<controls::FormRow>; 3],
) -> Vec<CommentLine> {
    // What cannot be read is told where comments are answered.
    let mut lines = lines.unwrap_or_default();
    lines.retain(CommentLine::is_open);
    for row in lists.into_iter().flatten() {
        let (own, others) = lines.into_iter().partition(|line| line.on == row.key);
        (row.comments, lines) = (own, others);
    }
    lines
}

/// `GET /memo/ID/shown`: the right side, after a build.
pub(super) async fn shown(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || Answer::Page(shared.pages.part("sheets.html", &sheets(&open, &id)))).await
}

/// What was built of a memo last.
#[derive(Serialize)]
struct BuiltSheet {
    path: String,
    sha: String,
}

fn sheets(open: &OpenFolder, id: &str) -> Context {
    let state = open.built.state.borrow().clone();
    let row = state.shown.memos.iter().find(|memo| memo.id == id);
    let sheet = |link: &Option<crate::serve::PreviewFile>| {
        link.as_ref().map(|link| BuiltSheet { path: link.path.clone(), sha: link.sha256.clone() })
    };
    let faults: Vec<_> =
        state.shown.faults.iter().filter(|fault| fault.memos.iter().any(|memo| memo == id)).collect();
    let errors = faults.iter().filter(|fault| !fault.warning).count();
    let mut context = Context::new();
    context.insert("built", &(state.version > 0));
    context.insert("version", &state.name());
    context.insert("trouble", &state.shown.trouble);
    context.insert("to_fix", &errors);
    context.insert("to_check", &(faults.len() - errors));
    context.insert("page", &row.and_then(|row| sheet(&row.page)));
    context.insert("pdf", &row.and_then(|row| sheet(&row.pdf)));
    context
}

/// `POST /memo/ID/delete`: a draft goes; its text stays in the history.
pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    _: FormData,
) -> Response {
    unhurried(move || {
        let named = Named { file: SourceFile::Memo(id.clone()), kind: "memo", id };
        let deleted = shared.carry_out(&open, |now| desk::delete_draft(now, &named.id));
        answered(&shared, deleted.map(|report| history::deleted(&shared, &open, &named, &report)))
    })
    .await
}
