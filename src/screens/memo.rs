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
    controls::{self, Shown},
    faults::FaultLine,
    form::{self, Growing, Left},
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    model::Status,
    records::Readings,
};

/// The fields above the text.
pub(super) const HEAD: [Shown; 10] = [
    Shown { key: "subject", label: "Subject (RE)", help: "What the memo is about, in one line." },
    Shown { key: "date", label: "Date", help: "The date that the memo bears, such as March 2, 2026." },
    Shown {
        key: "to",
        label: "To",
        help: "One box for each addressee. An address takes several lines: press Enter.",
    },
    Shown { key: "from", label: "From", help: "Who signs it, in this order." },
    Shown { key: "letterhead", label: "Letterhead", help: "" },
    Shown { key: "analyst", label: "Who is on it", help: "Blank: the first person in From." },
    Shown {
        key: "contact",
        label: "Contact",
        help: "The person or desk that counties can call. The text takes the name, telephone and e-mail from here.",
    },
    Shown {
        key: "release",
        label: "Release",
        help: "Its dates can stand in the text, and its schedule can be attached.",
    },
    Shown { key: "election", label: "Election", help: "Dates such as E-60 are counted from it." },
    Shown { key: "attachments", label: "Attachments", help: "They are printed in this order." },
];

/// The fields under "More".
const MORE: [Shown; 12] = [
    Shown {
        key: "status",
        label: "State",
        help: "Draft, in review, or approved. Issue comes later, and locks the memo.",
    },
    Shown {
        key: "number",
        label: "Number",
        help: "Leave it blank: the memo gets the next number when it is issued.",
    },
    Shown { key: "signed", label: "Signed", help: "Yes prints /s/ before the names." },
    Shown { key: "updates", label: "Read together with", help: "Earlier memos that still hold." },
    Shown { key: "supersedes", label: "Replaces", help: "Earlier memos that no longer hold." },
    Shown {
        key: "corrects",
        label: "Corrects an error in",
        help: "Earlier memos in which something was wrong.",
    },
    Shown {
        key: "deadlines",
        label: "Deadlines of this memo",
        help: "What is due, from whom, by when: a day, or what it follows, such as E-45. They stand in the text and in the calendar.",
    },
    Shown {
        key: "template",
        label: "Standard text",
        help: "The name of a template, for a memo that has no text of its own.",
    },
    Shown {
        key: "knows",
        label: "Delays that this memo announces",
        help: "How many of the release's delays. Blank: all of them.",
    },
    Shown { key: "attachment_label", label: "Heading above the attachments", help: "Blank: Attachment." },
    Shown {
        key: "list_attachments",
        label: "List the attachments",
        help: "No leaves their titles out of the memo.",
    },
    Shown { key: "fields", label: "Blanks can be filled in on screen", help: "Yes makes the PDF a form." },
];

/// What can be added under "More".
const GROWING: [Growing; 1] =
    [Growing { key: "deadlines", names: "what", words: "A new deadline: what is due", is_list: true }];

/// The text.
pub(super) const BODY: Shown = Shown {
    key: "body",
    label: "Text",
    help: "An empty line begins a new paragraph. A fact in double braces always shows its value of today.",
};

/// Attachments that a button adds.
const READY: &[(&str, &str)] = &[
    ("Add the schedule", "schedule"),
    ("Add the table of changes", "changes"),
    ("Add a text", "{title: Attachment, body: \"\"}"),
];

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
    context.insert("mine", &typed::mine(shared, open, id));
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
        saved => {
            if let Ok(Answer::Go(_)) = &saved {
                typed::forget(shared, open, id);
            }
            saved
        }
    }
}

fn page(shared: &Shared, open: &OpenFolder, id: &str, left: &Left) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let file = SourceFile::Memo(id.to_owned());
    let mut readings = Readings::default();
    let report = desk::fields_with(&snapshot, &file, &mut readings)?;
    let [mut head, mut more, body] =
        [&HEAD[..], &MORE[..], &[BODY]].map(|shown| controls::rows(&report, shown, left));
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
    context.insert("withdrawn", &(written("status").as_deref() == Some(Status::Withdrawn.word())));
    context.insert("reads", &Some(title).filter(|title| **title != subject));
    context.insert("title", title);
    context.insert("name", &row.and_then(|row| row.number.as_deref()).unwrap_or(id));
    context.insert("head", &head);
    context.insert("more", &more);
    context.insert("body", &body);
    context.insert("others", &FaultLine::others(&beside, &report.findings));
    context.insert("facts", &desk::facts(&snapshot, id, &mut readings));
    context.insert("done", &shared.told(&super::file::screen(&file)));
    context.insert("conflicts", &left.conflicts());
    context.insert("typed", &typed::others(shared, open, id));
    context.insert("mine", &typed::mine(shared, open, id));
    context.insert("sheets", &shared.pages.part("sheets.html", &sheets(open, id)));
    Ok(shared.pages.page(shared, "memo.html", "memo", context))
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
struct Sheet {
    path: String,
    sha: String,
}

fn sheets(open: &OpenFolder, id: &str) -> Context {
    let state = open.built.state.borrow().clone();
    let row = state.shown.memos.iter().find(|memo| memo.id == id);
    let sheet = |link: &Option<crate::serve::FileLink>| {
        link.as_ref().map(|link| Sheet { path: link.path.clone(), sha: link.sha256.clone() })
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
        let deleted = shared.carry_out(&open, |now| desk::delete_draft(now, &id)).map(|report| {
            typed::forget(&shared, &open, &id);
            let page = format!("/history/memo/{}", values::encoded(&report.id));
            shared.say(&page, format!("{} is deleted. Here it can be brought back.", report.id));
            Answer::Go(page)
        });
        answered(&shared, deleted)
    })
    .await
}
