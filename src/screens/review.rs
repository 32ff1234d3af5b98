//! Review: a memo is sent to somebody to read, somebody's approval is written down, or the memo goes back to its analyst.
//!
//! In: a memo, a step. Out: the page with the three steps; the memo's file. Nobody is told by the program. Not here: whether an approval
//! still holds, which the desk compares.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    comments,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    unhurried, values, word_file,
};
use crate::{
    desk::{self, Refused, ReviewRequest, ReviewStep, Reviewed},
    folder::Snapshot,
    model::date,
    words::capitalized,
};

/// How memos are approved, as the page offers it.
const WAYS: [&str; 4] = ["by e-mail", "on paper", "in Word", "by telephone"];

/// `GET /memo/ID/review`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &id, None, None).map(Answer::Page))).await
}

/// `POST /memo/ID/review`.
pub(super) async fn review(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, step(&shared, &open, &id, &form))).await
}

fn step(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let text = |name: &str| form.filled(name).unwrap_or_default().to_owned();
    let day = date::read(&text("day"));
    let step = match (form.get("do"), day) {
        (Some("back"), _) => ReviewStep::Back { why: text("why"), by: comments::by(shared, open) },
        (_, Err(_)) => {
            let wrong = "The day is no date. Write it as March 2, 2026.";
            return Ok(Answer::Page(page(shared, open, id, Some(form), Some(wrong))?));
        }
        (Some("approve"), Ok(on)) => ReviewStep::Approve {
            by: text("by"),
            on,
            how: text("how"),
            recorded_by: shared.settings().person(&open.root),
        },
        (_, Ok(on)) => ReviewStep::Send { to: text("to"), on },
    };
    let now = open.snapshot()?;
    if form.get("mark").is_some_and(|mark| mark != desk::review_mark(&now, id)) {
        let wrong = "The memo has changed since you opened this page. Look at it again, then go on.";
        let page = page(shared, open, id, Some(form), Some(wrong))?;
        return Ok(Answer::Problem(StatusCode::CONFLICT, page));
    }
    if day.is_ok_and(|day| day > shared.now().date()) && form.get("do") != Some("back") {
        let wrong = "That day has not come yet.";
        return Ok(Answer::Page(page(shared, open, id, Some(form), Some(wrong))?));
    }
    let wish = ReviewRequest { memo: id.to_owned(), step };
    match shared.carry_out(open, |now| desk::review(now, &wish)) {
        Ok(_) => {
            let memo = format!("/memo/{}", values::encoded(id));
            if matches!(wish.step, ReviewStep::Send { .. }) {
                // The page says whom it is with, and has the mail.
                return Ok(Answer::Go(format!("{memo}/review#word")));
            }
            let said = said(&open.snapshot()?, open, id).unwrap_or_else(|| "It is a draft again.".to_owned());
            shared.say(&memo, said);
            Ok(Answer::Go(memo))
        }
        Err(refused @ (Refused::Blank(_) | Refused::Unknown { .. } | Refused::Locked { .. })) => {
            let wrong = refusal::words(&refused);
            Ok(Answer::Page(page(shared, open, id, Some(form), Some(&wrong))?))
        }
        Err(Refused::Faults(_) | Refused::Faulty { .. }) => {
            let wrong = "The memo has things to fix, so it cannot be approved yet.";
            Ok(Answer::Page(page(shared, open, id, Some(form), Some(wrong))?))
        }
        Err(refused) => Err(refused),
    }
}

/// "With Debra Long since September 2, 2021."
pub(super) fn said(snapshot: &Snapshot, open: &OpenFolder, id: &str) -> Option<String> {
    let words = Reviewed::of_memo(snapshot, id)?
        .words(|person| open.person_name(person).unwrap_or_else(|| person.to_owned()));
    Some(format!("{}.", capitalized(&words)))
}

/// A person who can be chosen.
#[derive(Serialize)]
struct PersonChoice {
    id: String,
    name: String,
}

pub(super) fn page(
    shared: &Shared,
    open: &OpenFolder,
    id: &str,
    form: Option<&FormData>,
    wrong: Option<&str>,
) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    if snapshot.memo(id).is_none() {
        return Err(desk::fields(&snapshot, &desk::SourceFile::Memo(id.to_owned()))
            .err()
            .unwrap_or(Refused::NoOffice));
    }
    let typed = |name: &str| form.and_then(|form| form.get(name)).unwrap_or_default().to_owned();
    let today = date::prose(shared.now().date());
    let people: Vec<PersonChoice> =
        open.people().into_iter().map(|(id, name)| PersonChoice { id, name }).collect();
    let mut context = Context::new();
    context.insert("title", &format!("Review of {id}"));
    context.insert("id", id);
    context.insert("locked", &desk::is_locked(&snapshot, &desk::SourceFile::Memo(id.to_owned())));
    comments::fill(&mut context, &snapshot, (shared, open), id, form);
    word_file::fill(&mut context, &snapshot, id, form);
    context.insert("reviewed", &said(&snapshot, open, id));
    context.insert("mark", &desk::review_mark(&snapshot, id));
    let is_approved = matches!(Reviewed::of_memo(&snapshot, id), Some(Reviewed::Approved { .. }));
    context.insert("approved", &is_approved);
    context.insert("wrong", &wrong);
    context.insert("people", &people);
    context.insert("ways", &WAYS);
    context.insert("to", &typed("to"));
    context.insert("by", &typed("by"));
    context.insert("how", &typed("how"));
    context.insert("why", &typed("why"));
    context.insert("day", &form.map_or(today, |_| typed("day")));
    Ok(shared.pages.page(shared, "review.html", "memo", context))
}
