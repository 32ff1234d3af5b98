//! A mail that tells counties of a memo.
//!
//! In: a memo that has gone out, what is told of it. Out: the page with the mail's words; the mail as a file, which the browser saves. Not here: what
//! it says (`desk`), and sending it: the analyst does that in a mail program.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::desk::{self, MailKind, MailRequest, Refused};

/// `GET /memo/ID/mail`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &id, &FormData::default()).map(Answer::Page)))
        .await
}

/// `POST /memo/ID/mail`.
pub(super) async fn make(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, made(&shared, &open, &id, &form))).await
}

fn made(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let wish = wish(id, form);
    match form.get("do") {
        // The page has the words already, for a clipboard.
        Some("copied") => {
            shared.carry_out(open, |now| desk::mail(now, &wish))?;
            Ok(Answer::Go(format!("/memo/{}/mail", values::encoded(id))))
        }
        Some("file") => match shared.carry_out(open, |now| desk::mail(now, &wish)) {
            Ok(report) => Ok(Answer::File { path: report.file, bytes: report.bytes }),
            Err(_) => Ok(Answer::Page(page(shared, open, id, form)?)),
        },
        _ => Ok(Answer::Page(page(shared, open, id, form)?)),
    }
}

fn wish(id: &str, form: &FormData) -> MailRequest {
    let tells = form.get("tells").and_then(MailKind::named);
    MailRequest { memo: id.to_owned(), tells, with_pdf: form.get("pdf").is_some(), is_written: false }
}

fn page(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let mut context = Context::new();
    context.insert("title", &format!("Mail about {id}"));
    context.insert("id", id);
    context.insert("pdf", &form.get("pdf").is_some());
    match desk::mail(&snapshot, &wish(id, form)) {
        Ok(plan) => {
            let choices = plan.report.choices.iter().map(|kind| (kind.word(), choice(*kind)));
            context.insert("choices", &choices.collect::<Vec<_>>());
            context.insert("tells", plan.report.tells.word());
            context.insert("mail", &plan.report);
            context.insert("html", &plan.report.html);
        }
        Err(
            refused @ (Refused::NothingToTell { .. }
            | Refused::Faults(_)
            | Refused::NothingBuilt
            | Refused::NotCurrent { .. }),
        ) => {
            context.insert("wrong", &refusal::words(&refused));
        }
        Err(refused) => return Err(refused),
    }
    Ok(shared.pages.page(shared, "mail.html", "memo", context))
}

/// What a mail tells, as the page offers it.
fn choice(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Issue => "it is published",
        MailKind::Correction => "it was corrected",
        MailKind::Withdrawal => "it was withdrawn",
    }
}
