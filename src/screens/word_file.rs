//! A memo's Word file, for a reviewer who tracks changes, and the mail that brings it.
//!
//! In: a memo, what it is compared with, who reads it. Out: the file, or a mail with it, which the browser saves; what the Word file says is kept in the
//! working folder. Not here: what is in them (`word`, `mail`), and sending: the analyst does that in a mail program.

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
    review, unhurried,
};
use crate::{
    desk::{self, Refused, ReviewMailRequest, Reviewed, WordFileRequest},
    folder::Snapshot,
};

/// `POST /memo/ID/word`.
pub(super) async fn make(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, made(&shared, &open, &id, &form))).await
}

fn made(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let (memo, against) = (id.to_owned(), form.filled("against").map(str::to_owned));
    let file = match form.get("do") {
        Some("mail") => {
            let to = form.filled("mail-to").map(str::to_owned);
            let wish = ReviewMailRequest { memo, against, to, is_written: false };
            shared
                .carry_out(open, |now| desk::review_mail(now, &wish))
                .map(|report| (report.file, report.bytes))
        }
        _ => {
            let wish = WordFileRequest { memo, against, is_written: false };
            shared
                .carry_out(open, |now| desk::word_file(now, &wish))
                .map(|report| (report.file, report.bytes))
        }
    };
    match file {
        Ok((path, bytes)) => Ok(Answer::File { path, bytes }),
        Err(refused) => {
            let wrong = match &refused {
                Refused::Faults(_) | Refused::Faulty { .. } => {
                    "The memo has things to fix, so there is no Word file and no mail of it yet.".to_owned()
                }
                refused => refusal::words(refused),
            };
            Ok(Answer::Page(review::page(shared, open, id, Some(form), Some(&wrong))?))
        }
    }
}

/// What the page of a review shows of the Word file: with what it can be compared, and whom the mail is to.
pub(super) fn fill(context: &mut Context, snapshot: &Snapshot, id: &str, form: Option<&FormData>) {
    // What keeps them from being read is told when the file is made.
    let choices = desk::compared_copies(snapshot, id).unwrap_or_default();
    context.insert("word_texts", &choices);
    context.insert("against", form.and_then(|form| form.get("against")).unwrap_or_default());
    let reader = match Reviewed::of_memo(snapshot, id) {
        Some(Reviewed::With { person, .. }) => person,
        _ => String::new(),
    };
    context.insert("mail_to", form.and_then(|form| form.get("mail-to")).unwrap_or(&reader));
}
